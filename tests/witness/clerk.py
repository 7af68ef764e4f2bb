"""A clerk of a few seconds, in a process of its own: looks around, appends leaves, publishes, has it witnessed.

    python -m tests.witness.clerk HOME LEAVES

Prints one object: the size that is signed, how many witnesses have cosigned it, and why it would not sign, if so. What
the real clerk does in a day with supporters and threads, done in the same order.
"""

import json
import secrets
import sys
from pathlib import Path
from typing import Any

from standwith.config import django
from standwith.config.home import Home
from standwith.ledger.asking import ask_sizes, ask_witnesses
from standwith.ledger.errors import LogForked
from standwith.ledger.leaf import campaign_tag, make_signature
from standwith.ledger.policy import read_policy

SECONDS = 5.0


def work(home: Home, leaves: int) -> dict[str, Any]:
    """One turn; raises LogForked when a witness has seen more than our tables hold."""
    from django.db import transaction

    from standwith.ledger.founding import read_signer
    from standwith.ledger.log import Log, Seen, read_lock
    from standwith.ledger.rows import append, origin

    signer, policy = read_signer(home.keys), read_policy(home.policy.read_bytes())
    urls = {name: url for name, (_, url) in policy.witnesses.items()}
    signed, known = read_lock(signer), dict[str, int]()
    sizes = dict(ask_sizes(urls, signed.cosigned, seconds=SECONDS))
    seen = [Seen(name, None, size) for name, size in sizes.items() if isinstance(size, int)]
    log = Log.open(home.log, signer, seen=seen)
    tag = campaign_tag(origin(), "stand-with-belarus")
    with transaction.atomic():
        append([make_signature(tag, *map(secrets.token_bytes, (16, 32, 16))) for _ in range(leaves)])
    log.publish()
    for _, answer in ask_witnesses(urls, log.checkpoint, log.tree(), known, seconds=SECONDS):
        if isinstance(answer, bytes):
            log.cosign(answer, policy)
    return {"size": log.size, "cosigned": len(policy.witnessed(log.checkpoint).cosigned)}


def main() -> None:
    """Work, and print what came of it."""
    home = Home(Path(sys.argv[1]))
    django.configure(home)
    try:
        print(json.dumps(work(home, int(sys.argv[2]))))
    except LogForked as forked:
        print(json.dumps({"refused": str(forked)}))


if __name__ == "__main__":
    main()

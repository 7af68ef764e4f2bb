"""The people and the clerk of an installation whose tables are lost one day; each act of the story is a process.

    python -m tests.cli.restoring HOME before|since|after

before   Amina, Noor and Sami sign; all are in the ledger
since    Noor withdraws, Sami is taken out, a text is stated, Lea signs: none of it is in the backup
after    Mira signs; Lea, whose record is lost, withdraws
Prints what the ledger says then. A clerk that will not sign prints why.
"""

import json
import sys
from pathlib import Path

from standwith.config import django
from standwith.config.home import Home
from standwith.config.settings import read_settings

TEXT = b"standwith/text/1\nlanguage en\nblock 4\nStand.\n"


def record(name: str) -> bytes:
    """Something to look for in files."""
    return f"the sealed record of {name}, ".encode() * 8


def w_of(name: str) -> bytes:
    """What withdraws the signature of that name."""
    return name.encode().ljust(16, b"w")


def make_stall(home: Home):  # type: ignore[no-untyped-def]
    """A stand with the keys and the journal of this home."""
    from standwith.journal.store import Journal
    from standwith.supporters.epochs import Epochs
    from standwith.supporters.keys import Keyring
    from standwith.supporters.versions import register
    from tests.supporters.stand import CAMPAIGN, MORNING, TEXTS, Stand

    stall = Stand.__new__(Stand)
    stall.path, stall.now = home.path, MORNING
    stall.keys, stall.journal, stall.epochs = Keyring.open(home.keys), Journal(home.journal), Epochs(None)
    register(CAMPAIGN, TEXTS, note=None, now=MORNING)
    return stall


def play(home: Home, act: str) -> dict[str, object]:
    """Let one act of the story happen, and the clerk put it into the ledger."""
    from standwith.config.bookkeeping import Bookkeeper
    from standwith.ledger.leaf import Kind, Reason, campaign_tag, make_statement
    from standwith.ledger.rows import published, queue
    from standwith.supporters.erase import void
    from tests.supporters.stand import CAMPAIGN, ORIGIN

    stall, tag = make_stall(home), campaign_tag(ORIGIN, CAMPAIGN)
    for name in {"before": ("amina", "noor", "sami"), "since": ("lea",), "after": ("mira",)}[act]:
        stall.count_in(name, f"{name}@example.org", record=record(name), w=w_of(name))
    if act == "since":
        queue(make_statement(Kind.TEXT, tag, TEXT, b"\0\1en"), TEXT)
        void(CAMPAIGN, [2], Reason.DUPLICATE, "Alex Example", now=stall.now)
    if act != "before":
        stall.take_back(w_of({"since": "noor", "after": "lea"}[act]))
    books = Bookkeeper(home, read_settings(home.settings))
    stall.work()
    books.publish(stall.now)
    books.close()
    told = published(tag)
    return {"size": told.size, "number": told.number, "confirmed": stall.confirmed}


def main() -> None:
    """Play, and print what came of it."""
    home = Home(Path(sys.argv[1])).require()
    django.configure(home)
    from standwith.ledger.errors import LedgerError

    try:
        print(json.dumps(play(home, sys.argv[2])))
    except LedgerError as problem:
        print(json.dumps({"refused": str(problem)}))


if __name__ == "__main__":
    main()

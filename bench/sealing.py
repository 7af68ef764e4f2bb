"""How many records a second are sealed to two of three custodians on one core, and opened again share by share.

    .venv/bin/python -m bench.sealing [--seconds 5]

The reference in the same run is bare HPKE of a key to each of the three custodians: what cannot be left out. Sharing,
padding, the record itself and the envelope are ours, and what the ratio shows. Times are those of this process on its
core, so that neighbours on the machine count less.
"""

import time
from collections.abc import Callable
from datetime import date
from typing import Annotated

import typer

from standwith.sealing.age import make_age_key
from standwith.sealing.keys import make_key
from standwith.sealing.lock import seal_record
from standwith.sealing.record import Record
from standwith.sealing.unlock import open_share, open_with_shares

NEEDED = 2
RECORD = Record(
    campaign="stand-with-examples",
    name="Amina Example",
    address="amina@example.org",
    country="TN",
    organisation="",
    consents=(("sign", "c" * 64),),
    text="a" * 64,
    language="en",
    evidence="web form",
    salt=bytes(32),
    code=bytes(16),
    made=date(2026, 3, 1),
)


def rate(work: Callable[[], object], seconds: float) -> float:
    """How often a second; in portions, of which the best third counts, since cores of others' machines change speed."""
    rates = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        began = time.process_time()
        for _ in range(100):
            work()
        rates.append(100 / (time.process_time() - began))
    return sorted(rates)[-(len(rates) // 3 or 1)]


def run(seconds: Annotated[float, typer.Option(help="How long each measurement takes.")] = 5) -> None:
    """Measure sealing and opening."""
    ours = [make_key("custodian") for _ in range(3)]
    mixed = [*ours[:2], make_age_key()]
    halves = [(secret.public.suite, secret.public.half) for secret in ours]
    sealed = seal_record(RECORD, [secret.public for secret in ours], NEEDED)
    shares = [open_share(sealed, secret) for secret in ours[:NEEDED]]
    bare = rate(lambda: [suite.encrypt(bytes(33), half, b"head") for suite, half in halves], seconds)
    for name, secrets in (("own keys", ours), ("one of them age", mixed)):
        recipients = [secret.public for secret in secrets]
        found = rate(lambda keys=recipients: seal_record(RECORD, keys, NEEDED), seconds)
        print(f"sealed 2 of 3, {name:16} {found:6.0f} records/s   ratio {found / bare:5.2f}")
    print(f"bare HPKE, three times          {bare:6.0f} records/s")
    print(f"one share opened                {rate(lambda: open_share(sealed, ours[0]), seconds):6.0f} records/s")
    print(f"record from two shares          {rate(lambda: open_with_shares(sealed, shares), seconds):6.0f} records/s")


if __name__ == "__main__":
    typer.run(run)

"""How many acts a second the clerk does, from the journal to the number.

    .venv/bin/python -m bench.clerk [--people 20000] [--stored 1000000] [--at DIR]

Fills a journal with signatures, lets the clerk ask everyone, then with the confirmations, and lets it count them: two
acts for each person. The number must then be the number of people. The bare reference does the least that could be
called the same, in batches of the same size: for a signature it opens the contact, makes two tags and inserts a row;
for a confirmation it moves the row. No rule, no letter, no tally, no cursor, no journal, and no Django.
`--stored` puts so many signatures into the table before. Nothing else should run meanwhile.
"""

import hmac
import secrets
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from standwith.config.django import PRAGMAS, configure, create_tables
from standwith.config.home import Home
from standwith.journal.acts import ConfirmationAct, SignatureAct, decode, encode
from standwith.journal.store import Journal, create
from standwith.sealing.keys import PublicKey
from standwith.sealing.lock import seal_contact
from standwith.sealing.record import Contact
from standwith.sealing.unlock import open_contact
from standwith.supporters.keys import Keyring, create_keys

CAMPAIGN, TEXT = "stand-with-belarus", "5" * 64
COUNTRIES = ("FR", "PL", "DE", "TN", "BR", "GB", "BY", "GE", "KG", "UA")
RECORD_BYTES = 2240  # a sealed record with an ordinary name
BATCH = 1000
Item = TypeVar("Item")
NOW = datetime(2026, 3, 1, 6, tzinfo=UTC)


def run(
    people: Annotated[int, typer.Option(help="Signatures, and as many confirmations.")] = 20_000,
    stored: Annotated[int, typer.Option(help="Signatures in the table before.")] = 0,
    at: Annotated[Path | None, typer.Option(help="Directory for the home, on the disk to measure.")] = None,
) -> None:
    """Measure the clerk and its bare reference."""
    place = Path(tempfile.mkdtemp(prefix="standwith-bench-", dir=at))
    try:
        keys = lay_out(place, stored)
        acts = signatures(keys, people)
        clerk = measure_clerk(place, keys, acts, stored)
        bare = measure_bare(place, keys, acts)
    finally:
        shutil.rmtree(place)
    for name, mine, reference in zip(("asking", "counting"), clerk, bare, strict=True):
        show(name, people, mine, reference)
    show("together", 2 * people, sum(clerk), sum(bare))


def show(name: str, acts: int, mine: float, reference: float) -> None:
    """One line: acts a second, the bare reference's, and the ratio."""
    print(
        f"{name:9} {acts / mine:7.0f} acts/s   bare {acts / reference:7.0f}   ratio {reference / mine:5.2f}", flush=True
    )


def lay_out(place: Path, stored: int) -> Keyring:
    """A home with keys, an empty journal, a campaign, and `stored` signatures."""
    create_keys(place / "keys", NOW)
    create(place / "journal.sqlite")
    configure(Home(place))
    create_tables()
    from standwith.supporters.versions import register  # models need a configured Django

    keys = Keyring.open(place / "keys")
    register(CAMPAIGN, {"en": TEXT}, keys=keys, note=None, now=NOW)
    if stored:
        fill(place / "standwith.sqlite", stored)
        print(f"{stored} signatures stored before")
    return keys


def fill(database: Path, stored: int) -> None:
    """Put signatures and their tally into the tables, past the clerk."""
    insert = "INSERT INTO supporters_signature (text_id, country, record, address, withdrawal, confirmed)"
    connection = sqlite3.connect(database)
    for _ in range(0, stored, 10_000):
        rows = [
            (secrets.token_bytes(RECORD_BYTES), secrets.token_bytes(16), secrets.token_bytes(32)) for _ in range(10_000)
        ]
        with connection:
            connection.executemany(f"{insert} VALUES (1, 'FR', ?, ?, ?, '2026-02-01')", rows)
    with connection:
        connection.execute("INSERT INTO supporters_tally (text_id, country, number) VALUES (1, 'FR', ?)", (stored,))
    connection.close()


def signatures(keys: Keyring, people: int) -> list[bytes]:
    """The acts of so many people, as the intake would append them."""
    clerk = PublicKey.parse((keys.directory / "clerk.pub").read_text())
    return [
        encode(
            SignatureAct(
                campaign=CAMPAIGN,
                language="en",
                text=TEXT,
                country=COUNTRIES[number % len(COUNTRIES)],
                record=secrets.token_bytes(RECORD_BYTES),
                contact=seal_contact(
                    Contact(f"person{number}@example.org", f"Person Example {number}"), clerk, CAMPAIGN
                ),
                at=int(NOW.timestamp()) // 3600,
            )
        )
        for number in range(people)
    ]


def measure_clerk(place: Path, keys: Keyring, acts: Sequence[bytes], stored: int) -> tuple[float, float]:
    """Seconds for asking everyone and for counting everyone."""
    from standwith.supporters.models import Pending
    from standwith.supporters.queries import numbers
    from standwith.supporters.work import work

    def read_all() -> None:
        while work(journal, keys, NOW, BATCH):
            pass

    with Journal(place / "journal.sqlite") as journal:
        append(journal, acts)
        asking = timed(read_all)
        hashes = [bytes(link) for link in Pending.objects.order_by("pk").values_list("link", flat=True)]
        append(journal, [encode(ConfirmationAct(CAMPAIGN, "en", link, "link")) for link in hashes])
        counting = timed(read_all)
    if numbers(CAMPAIGN).confirmed != len(acts) + stored:
        raise SystemExit(f"{len(acts)} people confirmed, {numbers(CAMPAIGN).confirmed - stored} were counted")
    return asking, counting


def measure_bare(place: Path, keys: Keyring, acts: Sequence[bytes]) -> tuple[float, float]:
    """The same, with nothing but the work that cannot be spared."""
    connection = sqlite3.connect(place / "bare.sqlite", isolation_level=None)
    connection.executescript(PRAGMAS)
    for table in ("pending", "signature"):
        connection.execute(
            f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, person BLOB UNIQUE, address BLOB, record BLOB)"
        )
    key, tags = secrets.token_bytes(32), []

    def ask(batch: Sequence[bytes]) -> None:
        rows = []
        for data in batch:
            act = decode(data)
            assert isinstance(act, SignatureAct)
            contact = open_contact(act.contact, keys.secrets)
            address = hmac.digest(key, contact.address.encode(), "sha256")
            person = hmac.digest(key, contact.name.encode() + address, "sha256")
            rows.append((person, address, act.record))
            tags.append((person,))
        connection.executemany("INSERT INTO pending (person, address, record) VALUES (?, ?, ?)", rows)

    def count(batch: Sequence[tuple[bytes]]) -> None:
        columns = "person, address, record"
        move = f"INSERT INTO signature ({columns}) SELECT {columns} FROM pending WHERE person = ?"
        connection.executemany(move, batch)
        connection.executemany("DELETE FROM pending WHERE person = ?", batch)

    asking = timed(lambda: in_batches(connection, acts, ask))
    counting = timed(lambda: in_batches(connection, tags, count))
    assert connection.execute("SELECT count(*) FROM signature").fetchone() == (len(acts),)
    connection.close()
    return asking, counting


def in_batches(connection: sqlite3.Connection, items: Sequence[Item], do: Callable[[Sequence[Item]], None]) -> None:
    """Do items in transactions of BATCH."""
    for start in range(0, len(items), BATCH):
        connection.execute("BEGIN IMMEDIATE")
        do(items[start : start + BATCH])
        connection.execute("COMMIT")


def append(journal: Journal, acts: Sequence[bytes]) -> None:
    """Put acts into the journal, a thousand at a time."""
    for start in range(0, len(acts), 1000):
        journal.append(acts[start : start + 1000])


def timed(do: Callable[[], None]) -> float:
    """Seconds that it takes."""
    start = time.perf_counter()
    do()
    return time.perf_counter() - start


if __name__ == "__main__":
    typer.run(run)

"""How many acts a second the clerk does, from the journal to the number.

    .venv/bin/python -m bench.clerk [--people 20000] [--stored 1000000] [--at DIR]

Fills a journal with signatures, lets the clerk ask everyone, then with the confirmations, and lets it count them: two
acts for each person. The number must then be the number of people. The bare reference does the least that could be
called the same, from a journal and in transactions like the clerk's: for a signature it opens the contact, makes two
tags and three tokens, seals the letter and inserts two rows; for a confirmation it moves one and deletes the other. It
has the indexes without which tokens could not be found. No rule, no look for duplicates, no blocks, no quotas, no
tally, no cursor, and no Django.
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
from typing import Annotated

import typer

from standwith.config.django import PRAGMAS, configure, create_tables
from standwith.config.founding import create_database
from standwith.config.home import Home
from standwith.journal.acts import ConfirmationAct, SignatureAct, decode, encode
from standwith.journal.store import Journal, create
from standwith.sealing.keys import PublicKey
from standwith.sealing.lock import seal_contact
from standwith.sealing.record import Contact
from standwith.sealing.tokens import make_confirmation_code, make_confirmation_token, make_withdrawal_token
from standwith.sealing.unlock import open_contact
from standwith.supporters.invitation import Invitation, seal_invitation
from standwith.supporters.keys import Keyring, create_keys

CAMPAIGN, TEXT = "stand-with-belarus", "5" * 64
COUNTRIES = ("FR", "PL", "DE", "TN", "BR", "GB", "BY", "GE", "KG", "UA")
RECORD_BYTES = 2240  # a sealed record with an ordinary name
BATCH = 1000
NOW = datetime(2026, 3, 1, 6, tzinfo=UTC)
BARE_TABLES = """
    CREATE TABLE pending (
        id INTEGER PRIMARY KEY, link BLOB UNIQUE, code BLOB UNIQUE, person BLOB, address BLOB, record BLOB
    );
    CREATE TABLE signature (id INTEGER PRIMARY KEY, person BLOB UNIQUE, address BLOB, record BLOB);
    CREATE TABLE letter (id INTEGER PRIMARY KEY, about BLOB UNIQUE, sealed BLOB);
"""


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
    home = Home(place)
    for directory in (home.keys, home.journal.parent, home.database.parent):
        directory.mkdir(exist_ok=True)
    create_keys(home.keys, NOW)
    create(home.journal)
    create_database(home.database)
    configure(home)
    create_tables()
    from standwith.supporters.versions import register  # models need a configured Django

    keys = Keyring.open(home.keys)
    register(CAMPAIGN, {"en": TEXT}, keys=keys, note=None, now=NOW)
    if stored:
        fill(home.database, stored)
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

    with Journal(Home(place).journal) as journal:
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
    create_database(place / "bare.sqlite")
    create(place / "bare-journal.sqlite")
    connection = sqlite3.connect(place / "bare.sqlite", isolation_level=None)
    connection.executescript(PRAGMAS + BARE_TABLES)
    links: list[bytes] = []

    def ask(batch: Sequence[bytes]) -> None:
        pending, letters = zip(*(bare_request(data, keys) for data in batch), strict=True)
        links.extend(row[0] for row in pending)
        connection.executemany(
            "INSERT INTO pending (link, code, person, address, record) VALUES (?, ?, ?, ?, ?)", pending
        )
        connection.executemany("INSERT INTO letter (about, sealed) VALUES (?, ?)", letters)

    def count(batch: Sequence[bytes]) -> None:
        tokens = [(decode(data).hash,) for data in batch]
        columns = "person, address, record"
        move = f"INSERT INTO signature ({columns}) SELECT {columns} FROM pending WHERE link = ?"
        connection.executemany(move, tokens)
        connection.executemany("DELETE FROM pending WHERE link = ?", tokens)
        connection.executemany("DELETE FROM letter WHERE about = ?", tokens)

    with Journal(place / "bare-journal.sqlite") as journal:
        append(journal, acts)
        asking = timed(lambda: read_bare(journal, connection, ask))
        append(journal, [encode(ConfirmationAct(CAMPAIGN, "en", link, "link")) for link in links])
        counting = timed(lambda: read_bare(journal, connection, count))
    assert connection.execute("SELECT count(*) FROM signature").fetchone() == (len(acts),)
    connection.close()
    return asking, counting


def bare_request(data: bytes, keys: Keyring) -> tuple[tuple[bytes, ...], tuple[bytes, bytes]]:
    """What must be stored of a signature so that its person can be asked: the row, and the letter with three tokens."""
    act = decode(data)
    assert isinstance(act, SignatureAct)
    contact = open_contact(act.contact, keys.secrets)
    address = hmac.digest(keys.link_key, contact.address.encode(), "sha256")[:16]
    person = hmac.digest(keys.link_key, contact.name.encode() + address, "sha256")[:16]
    link = make_confirmation_token(keys.link_key, CAMPAIGN, NOW)
    code = make_confirmation_code(keys.link_key, CAMPAIGN)
    withdrawal = make_withdrawal_token(keys.link_key, CAMPAIGN, person)
    letter = Invitation(CAMPAIGN, act.language, contact.address, link.text, code.text, withdrawal.text)
    row = link.hash, code.hash, withdrawal.hash, address, act.record
    return row, (row[0], seal_invitation(letter, keys.current_spool_key))


def read_bare(journal: Journal, connection: sqlite3.Connection, do: Callable[[Sequence[bytes]], None]) -> None:
    """Do everything in the journal, in transactions of BATCH, and let the journal forget it."""
    after = 0
    while entries := journal.read(after, BATCH):
        connection.execute("BEGIN IMMEDIATE")
        do([data for _, data in entries])
        connection.execute("COMMIT")
        after = entries[-1][0]
        journal.forget(after)


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

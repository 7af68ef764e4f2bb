"""How many acts a second the clerk does, from the journal to the number.

    .venv/bin/python -m bench.clerk [--people 20000] [--stored 1000000] [--at DIR]

Fills a journal with signatures, lets the clerk ask everyone, then with the confirmations, and lets it count them: two
acts for each person. Every second, as in its working day, it gives those that are confirmed their places in the ledger
and publishes a checkpoint. The number of the last checkpoint must be the number of people. The bare reference does the
least that could be called the same, from a journal and in transactions like the clerk's: for a signature it opens the
contact, makes two tags and three tokens, seals the letter and inserts two rows; for a confirmation it moves one with
its leaf and deletes the other. It has the indexes without which tokens could not be found. No rule, no look for
duplicates, no blocks, no quotas, no tally, no cursor, no tree, no checkpoint, and no Django.
`--stored` puts so many signatures into table and ledger before. Nothing else should run meanwhile.
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
from standwith.ledger.leaf import campaign_tag, make_signature, withdraw_hash
from standwith.sealing.codes import write_code
from standwith.sealing.keys import PublicKey
from standwith.sealing.lock import seal_contact
from standwith.sealing.record import Contact
from standwith.sealing.tokens import make_confirmation_code, make_confirmation_token, make_withdrawal_token
from standwith.sealing.unlock import open_contact
from standwith.supporters.epochs import Epochs
from standwith.supporters.invitation import Invitation, seal_invitation
from standwith.supporters.keys import Keyring, create_keys

CAMPAIGN, TEXT, ORIGIN = "stand-with-belarus", "5" * 64, "act.example.org/log"
COUNTRIES = ("FR", "PL", "DE", "TN", "BR", "GB", "BY", "GE", "KG", "UA")
RECORD_BYTES = 4603  # a record with an ordinary name, sealed to two of three custodians
BATCH = 1000
LEAVES_EVERY = 1.0  # seconds between two checkpoints, as in config/clerk.py
FILLING = 10_000
NOW = datetime(2026, 3, 1, 6, tzinfo=UTC)
BARE_TABLES = """
    CREATE TABLE pending (
        id INTEGER PRIMARY KEY, link BLOB UNIQUE, code BLOB UNIQUE, person BLOB, address BLOB, leaf BLOB, record BLOB
    );
    CREATE TABLE signature (id INTEGER PRIMARY KEY, person BLOB UNIQUE, address BLOB, record BLOB);
    CREATE TABLE leaf (id INTEGER PRIMARY KEY, data BLOB);
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
    """A home with keys, an empty journal, a ledger, a campaign, and `stored` signatures."""
    home = Home(place)
    for directory in (home.keys, home.journal.parent, home.database.parent, home.site):
        directory.mkdir(exist_ok=True)
    create_keys(home.keys, NOW)
    create(home.journal)
    create_database(home.database)
    configure(home)
    create_tables()
    from standwith.ledger.founding import found_log  # models need a configured Django
    from standwith.supporters.versions import register

    found_log(ORIGIN, home.log, home.keys, NOW)
    keys = Keyring.open(home.keys)
    register(CAMPAIGN, {"en": TEXT}, note=None, now=NOW)
    if stored:
        fill(home, stored)
        print(f"{stored} signatures stored before")
    return keys


def fill(home: Home, stored: int) -> None:
    """Put signatures, their leaves and their tally into the tables, past the clerk."""
    from django.db import transaction

    from standwith.ledger.rows import append as append_leaves

    tag, epoch = campaign_tag(ORIGIN, CAMPAIGN), secrets.token_bytes(8)
    columns = 'text_id, country, confirmed, "index", epoch, address, person, withdrawal, record'
    insert = f"INSERT INTO supporters_signature ({columns}) VALUES (1, 'FR', '2026-02-01', ?, ?, ?, ?, ?, ?)"
    connection = sqlite3.connect(home.database)
    for _ in range(0, stored, FILLING):
        rows = [
            (epoch, *(secrets.token_bytes(16) for _ in range(3)), secrets.token_bytes(RECORD_BYTES))
            for _ in range(FILLING)
        ]
        with transaction.atomic():
            first = append_leaves(
                [make_signature(tag, secrets.token_bytes(16), secrets.token_bytes(32), row[3]) for row in rows]
            )
        with connection:
            connection.executemany(insert, [(first + place, *row) for place, row in enumerate(rows)])
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
                    Contact(f"person{number}@example.org", f"Person Example {number}", secrets.token_bytes(16)),
                    clerk,
                    CAMPAIGN,
                ),
                at=int(NOW.timestamp()) // 3600,
                commitment=secrets.token_bytes(32),
                code=secrets.token_bytes(16),
            )
        )
        for number in range(people)
    ]


def measure_clerk(place: Path, keys: Keyring, acts: Sequence[bytes], stored: int) -> tuple[float, float]:
    """Seconds for asking everyone and for counting everyone."""
    from standwith.ledger.founding import read_signer
    from standwith.ledger.log import Log
    from standwith.ledger.rows import published
    from standwith.supporters.enter import enter
    from standwith.supporters.models import Pending
    from standwith.supporters.work import work

    home = Home(place)
    log = Log.open(home.log, read_signer(home.keys))
    log.publish()  # what was stored before
    epochs = Epochs.open(place)
    epochs.tags(CAMPAIGN, "", "", guarded=False, now=NOW)
    epochs.take_begun()  # the epoch began before anybody signed

    def publish() -> None:
        while enter(NOW):
            log.publish()

    def read_all() -> None:
        due = time.perf_counter() + LEAVES_EVERY
        while work(journal, keys, epochs, NOW, BATCH):
            if time.perf_counter() >= due:
                publish()
                due = time.perf_counter() + LEAVES_EVERY
        publish()

    try:
        with Journal(home.journal) as journal:
            append(journal, acts)
            asking = timed(read_all)
            hashes = [bytes(link) for link in Pending.objects.order_by("pk").values_list("link", flat=True)]
            append(journal, [encode(ConfirmationAct(CAMPAIGN, "en", link, "link")) for link in hashes])
            counting = timed(read_all)
    finally:
        epochs.destroy(CAMPAIGN)
    counted = published(campaign_tag(ORIGIN, CAMPAIGN)).number
    if counted != len(acts) + stored:
        raise SystemExit(f"{len(acts)} people confirmed, {counted - stored} were counted")
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
            "INSERT INTO pending (link, code, person, address, leaf, record) VALUES (?, ?, ?, ?, ?, ?)", pending
        )
        connection.executemany("INSERT INTO letter (about, sealed) VALUES (?, ?)", letters)

    def count(batch: Sequence[bytes]) -> None:
        tokens = [(decode(data).hash,) for data in batch]
        columns = "person, address, record"
        connection.executemany("INSERT INTO leaf (data) SELECT leaf FROM pending WHERE link = ?", tokens)
        move = f"INSERT INTO signature ({columns}) SELECT {columns} FROM pending WHERE link = ?"
        connection.executemany(move, tokens)
        connection.executemany("DELETE FROM pending WHERE link = ?", tokens)
        connection.executemany("DELETE FROM letter WHERE about = ?", tokens)

    with Journal(place / "bare-journal.sqlite") as journal:
        append(journal, acts)
        asking = timed(lambda: read_bare(journal, connection, ask))
        append(journal, [encode(ConfirmationAct(CAMPAIGN, "en", link, "link")) for link in links])
        counting = timed(lambda: read_bare(journal, connection, count))
    assert connection.execute("SELECT count(*) FROM leaf").fetchone() == (len(acts),)
    connection.close()
    return asking, counting


def bare_request(data: bytes, keys: Keyring) -> tuple[tuple[bytes, ...], tuple[bytes, bytes]]:
    """What must be stored of a signature so that its person can be asked: the row, and the letter with three tokens."""
    act = decode(data)
    assert isinstance(act, SignatureAct)
    contact = open_contact(act.contact, keys.secrets)
    address = hmac.digest(keys.link_key, contact.address.encode(), "sha256")[:16]
    person = hmac.digest(keys.link_key, contact.name.encode() + address, "sha256")[:16]
    link = make_confirmation_token(keys.link_key, CAMPAIGN, NOW, act.code)
    code = make_confirmation_code(keys.link_key, CAMPAIGN)
    withdrawal = make_withdrawal_token(keys.link_key, CAMPAIGN, contact.w)
    known = write_code(act.code)
    letter = Invitation(CAMPAIGN, act.language, contact.address, link.text, code.text, withdrawal.text, known, "open")
    leaf = make_signature(bytes(8), act.code, act.commitment, withdraw_hash(contact.w))
    row = link.hash, code.hash, person, address, leaf, act.record
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

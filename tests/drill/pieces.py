"""Pieces of what must be deleted: a few bytes of every contact, letter and record, noted while they were in the tables.

Whoever deletes a row has not deleted its bytes yet; a drill that only knew the keys that are left could not tell.
Invariant: a piece is cut out of ciphertext, so it stands nowhere else. Whose it is, the recognition code tells.
"""

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from standwith.config.home import Home
from standwith.journal.acts import SignatureAct, decode
from tests.drill.search import VALUE


class Piece(NamedTuple):
    """Whose it is, and of what: "contact", "letter" or "record"."""

    person: int
    of: str


def pieces_in_journal(
    home: Home, people: Mapping[bytes, int], temporary: Collection[int]
) -> Iterator[tuple[bytes, Piece]]:
    """The pieces of all acts that the clerk has not read yet; `people` by recognition code.

    `temporary`: those whose record will have to go, too.
    """
    for (data,) in _ask(home.journal, "SELECT act FROM acts"):
        act = decode(data)
        if isinstance(act, SignatureAct):
            person = people[act.code]
            yield _cut(act.contact), Piece(person, "contact")
            if person in temporary:
                yield _cut(act.record), Piece(person, "record")


def pieces_in_tables(home: Home, people: Mapping[bytes, int]) -> Iterator[tuple[bytes, Piece]]:
    """The pieces of the letters of everybody who waits."""
    for code, box in _ask(home.database, "SELECT code, envelope FROM supporters_pending"):
        yield _cut(box), Piece(people[code], "letter")


def _cut(sealed: bytes) -> bytes:
    return sealed[-64:][:VALUE]


def _ask(database: Path, question: str) -> list[tuple[bytes, ...]]:
    with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True, timeout=20)) as connection:
        return connection.execute(question).fetchall()

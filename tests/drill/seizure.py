"""A seizure: the machine as it stands in one minute, everything on its disks, and then what lies in its memory as well.

Invariant: nothing is judged here; promise.py says what may be found.
"""

import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from standwith.sealing.envelope import RECORD, take_apart
from standwith.sealing.unlock import open_record
from tests.drill.crowd import Person, is_forgotten, strangers
from tests.drill.days import Days, Late
from tests.drill.drill import Found, drill, keys_in_memory
from tests.drill.pieces import Piece
from tests.drill.store import Store, deleted_but_open

FORGOTTEN, LATELY, STRANGERS = 150, 50, 200
DISKS = "machine"
OPENED = 20  # records that custodians open, to show that they are there
SQLITE_TEMPORARY = "etilqs_"


class Seizure(NamedTuple):
    """What was there. `tried`: the people whose addresses were on the list, strangers among them."""

    now: datetime
    over: bool  # whether the open campaign is
    crowd: Sequence[Person]
    late: Late
    blocked: Sequence[Person]
    tried: Sequence[Person]
    found: Found
    pieces: Mapping[Piece, Collection[str]]  # of what was deleted, or moved: in which files they stand
    readable: int  # records that custodians opened, of OPENED
    outside: Sequence[str]  # places that were written to and are not below those that were searched
    files: int
    size: int  # of the files, in bytes


def seize(days: Days, late: Late, blocked: Sequence[Person], *, over: bool, hands: int) -> Seizure:
    """Take the machine and drill it."""
    store, tried = disks(days), _choose(days, late, blocked)
    memory = keys_in_memory(days.memory, days.office.ask("memory"))
    found = drill(store, tried, memory=memory, watched=days.pieces, hands=hands)
    return Seizure(
        now=days.now,
        over=over,
        crowd=days.crowd,
        late=late,
        blocked=blocked,
        tried=tried,
        found=found,
        pieces={days.pieces[piece]: places for piece, places in found.watched.items()},
        readable=_open_some(days, store),
        outside=sorted(_written_outside(days, store)),
        files=len(store.files()),
        size=sum(path.stat().st_size for path, _ in store.files()),
    )


def disks(days: Days) -> Store:
    """Everything below the machine's place, and files without a name that its processes still hold open."""
    held: dict[str, Path] = {}
    for process in days.processes:
        held |= deleted_but_open(process.pid)
    return Store({DISKS: days.place}, held)


def key_beside_the_tables(days: Days, place: Path) -> Store:
    """The control: the same tables, and the key of the open campaign as a file beside them, as others keep it."""
    lines = days.office.ask("memory")
    (place / "keys").mkdir()
    (place / "keys" / "tag.key").write_text(next(line for name, line in lines.items() if name.startswith("open")))
    return Store({DISKS: place, "tables": days.home.database.parent})


def _choose(days: Days, late: Late, blocked: Sequence[Person]) -> list[Person]:
    """Whose addresses are tried: people of every kind, those that the promise covers first."""
    chance = random.Random(len(days.crowd))
    covered = [person for person in days.crowd if is_forgotten(person, days.now) and person not in blocked]
    others = [person for person in days.crowd if person.signs < days.visit and not is_forgotten(person, days.now)]
    chosen = chance.sample(covered, min(FORGOTTEN, len(covered)))
    lately = chance.sample(others, min(LATELY, len(others)))
    here = [person for group in late for person in group]
    return [*chosen, *lately, *here, *blocked, *strangers(STRANGERS)]


def _open_some(days: Days, store: Store) -> int:
    """How many of some records name a marked person once two custodians come together."""
    opened = 0
    for sealed in store.records[:: max(1, len(store.records) // OPENED)][:OPENED]:
        secrets = days.custodians[take_apart(sealed, RECORD).campaign]
        opened += open_record(sealed, *secrets[:2]).address.endswith((".org", ".net"))
    return opened


def _written_outside(days: Days, store: Store) -> Iterator[str]:
    elsewhere = Store({"memory": days.memory})
    for process in days.processes:
        places, spoken_to = process.ask("written")
        yield from (place for place in places if not store.holds(place) and not elsewhere.holds(place))
        yield from (other for other in spoken_to if days.relay.address not in other.replace("', ", ":"))
    yield from (name for name in days.watch.names() if name.startswith(SQLITE_TEMPORARY))

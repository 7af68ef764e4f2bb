"""The course of the drill: the days go by, the machine is taken twice, and once more with a key beside its tables."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tests.drill.crowd import OPEN, Person, has_confirmed, is_forgotten, latecomers
from tests.drill.days import BLOCKING, ENDED, RUNNING, Days
from tests.drill.drill import Found, drill
from tests.drill.seizure import Seizure, key_beside_the_tables, seize

LATE = 30
BLOCKED = 5


class Course(NamedTuple):
    """What came of it. `countable`: those on the list who stand in the open campaign's tables; the key that lay beside
    the control's tables must tell of them all, and `told` of these."""

    running: Seizure
    ended: Seizure
    countable: set[int]
    told: set[int]


def run_course(place: Path, crowd: Sequence[Person], *, hands: int, keep: int = 1) -> Course:
    """Found a machine below `place`, and drill it while both campaigns run, and after one of them is over."""
    memory = Path("/dev/shm") if Path("/dev/shm").is_dir() else place
    with (
        tempfile.TemporaryDirectory(prefix="standwith-drill-", dir=memory) as keys,
        tempfile.TemporaryDirectory() as aside,
        Days(place / "machine", Path(keys), crowd, keep=keep) as days,
    ):
        days.until(BLOCKING)
        blocked = [person for person in crowd if has_confirmed(person, days.now)][:BLOCKED]
        days.block(blocked)
        days.until(RUNNING)
        late = days.be_busy(latecomers(LATE, len(crowd), days.visit - 1, both=True))
        running = seize(days, late, blocked, over=False, hands=hands)
        control = drill(key_beside_the_tables(days, Path(aside)), running.tried, hands=hands)
        days.crowd = [*crowd, *late.asked, *late.unread, *(one._replace(confirms=one.signs) for one in late.confirmed)]
        days.until(ENDED)
        late = days.be_busy(latecomers(LATE, len(days.crowd), days.visit - 1, both=False))
        ended = seize(days, late, blocked, over=True, hands=hands)
        countable = {one.number for one in running.tried if _counts(one, running)}
        return Course(running, ended, countable, countable & _told(control))


def _told(control: Found) -> set[int]:
    return {one.person for one in control.confirmed if one.tag == f"address in {OPEN}"}


def _counts(person: Person, seizure: Seizure) -> bool:
    """Whether the tables hold a signature of theirs in the open campaign."""
    withdrew = person.withdraws is not None
    here = person.number < len(seizure.crowd) and is_forgotten(person, seizure.now)
    return here and person.campaign == OPEN and has_confirmed(person, seizure.now) and not withdrew

"""The crowd: marked people who sign, and what each of them does when. Strangers carry another mark, and never sign.

Invariant: everything follows from the number of people. Every name, address and organisation holds the mark, and so
does whatever else a browser tells a server; nobody is real.
"""

import hashlib
import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

MARK, STRANGER = "zqvxkjwyb", "wjhtqkzvf"
CLIENT = "203.0.113.77"  # the IP address that everybody comes from
OPEN, GUARDED = "stand-with-the-marked", "whisper-with-the-marked"
COUNTRIES = ("FR", "PL", "DE", "TN", "BR")

BEGIN = datetime(2026, 3, 2, 6, tzinfo=UTC)
HOURS = (8, 13, 19, 22)  # of the day, at which people come
DAYS, OPEN_DAYS = 8, 4
NO_TIME, DAY, LIFE = timedelta(0), timedelta(hours=24), timedelta(hours=48)
MAILBOXES = 100  # of which one is refused, and one slow
CONFIRMING = timedelta(minutes=1)  # after the visit's letters
VISITS = [BEGIN.replace(hour=hour) + timedelta(days=day) for day in range(DAYS) for hour in HOURS]


class Person(NamedTuple):
    """Somebody, and the visits (places in VISITS, None for never) at which they act."""

    number: int
    campaign: str
    signs: int
    confirms: int | None
    by: str  # "link" or "code"
    withdraws: int | None
    again: int | None  # signs a second time, having confirmed

    @property
    def address(self) -> str:
        mark = MARK.upper() if self.number % 10 == 3 else MARK
        return f"{mark}.{self.number:06d}@example.{'net' if self.number % 3 else 'org'}"

    @property
    def name(self) -> str:
        return f"{MARK.title()} Example-{self.number:06d}"

    @property
    def organisation(self) -> str:
        return f"Union {MARK} {self.number:06d}"

    @property
    def guarded(self) -> bool:
        return self.campaign == GUARDED

    def code(self, time: int = 0) -> bytes:
        """The recognition code that the browser draws, another one each time that somebody signs."""
        return hashlib.sha256(f"{self.number} {time}".encode()).digest()[:16]


def make_crowd(people: int) -> list[Person]:
    """So many people."""
    chance = random.Random(people)
    return [_person(number, chance) for number in range(people)]


def strangers(number: int) -> list[Person]:
    """People like the others who have never been here."""
    return [Stranger(-n, OPEN if n % 2 else GUARDED, 0, None, "link", None, None) for n in range(1, number + 1)]


class Stranger(Person):
    """Nobody whom the machine ever met."""

    @property
    def address(self) -> str:
        return f"{STRANGER}.{-self.number:06d}@example.org"

    @property
    def name(self) -> str:
        return f"{STRANGER.title()} Example-{-self.number:06d}"


def is_refused(number: int) -> bool:
    """Whether their mailbox is no more."""
    return number % MAILBOXES == 7


def is_slow(number: int) -> bool:
    """Whether their mailbox takes a letter at the second attempt only, some visit later."""
    return number % MAILBOXES == 9


def latecomers(people: int, first: int, visit: int, *, both: bool) -> list[Person]:
    """So many more who sign in the minute before a seizure, numbered from `first` on; only `both`: open ones, too."""
    return [
        Person(number, OPEN if both and number % 2 else GUARDED, visit, None, "link", None, None)
        for number in range(first, first + people)
    ]


class Acts(NamedTuple):
    """Who does what at a visit."""

    sign: list[Person]
    confirm: list[Person]
    withdraw: list[Person]


def acts_of(crowd: Sequence[Person], visit: int) -> Acts:
    """What people do at this visit."""
    return Acts(
        [person for person in crowd if visit in (person.signs, person.again)],
        [person for person in crowd if person.confirms == visit],
        [person for person in crowd if person.withdraws == visit],
    )


def waits(person: Person, now: datetime) -> bool:
    """Whether an act of theirs waits to be confirmed.

    Who signs a guarded campaign for the second time, another hour, is not known again, and asked anew.
    """
    asked = _lately(person.signs, now) and not has_confirmed(person, now)
    return asked or (person.guarded and _lately(person.again, now))


def has_signed(person: Person, now: datetime, within: timedelta) -> bool:
    """Whether they signed in the time before now."""
    return _lately(person.signs, now, within) or _lately(person.again, now, within)


def has_confirmed(person: Person, now: datetime, ago: timedelta = NO_TIME) -> bool:
    """Whether they confirmed, so long ago or longer."""
    return person.confirms is not None and VISITS[person.confirms] + CONFIRMING <= now - ago


def is_forgotten(person: Person, now: datetime) -> bool:
    """Whether the promise covers them: they confirmed a day ago, or let two days go by; and nothing waits."""
    lately = has_confirmed(person, now) and not has_confirmed(person, now, DAY)
    return VISITS[person.signs] <= now and not lately and not waits(person, now)


def _lately(visit: int | None, now: datetime, within: timedelta = LIFE) -> bool:
    return visit is not None and now - within < VISITS[visit] <= now


def _person(number: int, chance: random.Random) -> Person:
    guarded = number % 4 == 0
    visits = len(VISITS) if guarded and chance.random() < 0.3 else OPEN_DAYS * len(HOURS)
    signs, fate = chance.randrange(visits), chance.random()
    confirms = signs + max(_patience(fate), int(is_slow(number)))
    if fate >= 0.92 or confirms >= len(VISITS) or is_refused(number):
        return Person(number, GUARDED if guarded else OPEN, signs, None, "link", None, None)
    later = confirms + chance.randrange(1, 4)
    withdraws = later if chance.random() < 0.05 and later < len(VISITS) else None
    again = later if withdraws is None and chance.random() < 0.01 and later < visits else None
    by = "code" if chance.random() < 0.1 else "link"
    return Person(number, GUARDED if guarded else OPEN, signs, confirms, by, withdraws, again)


def _patience(fate: float) -> int:
    """Visits between signing and confirming: most at once, some later that day, some after the reminder."""
    if fate < 0.80:
        return 0
    return 1 + int(fate * 1000) % 3 if fate < 0.88 else 5 + int(fate * 1000) % 2

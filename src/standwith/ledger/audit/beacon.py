"""Beacons: public randomness that nobody knows before its time.

    drand:52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971:27946612    a round of a chain of drand
    dice:the congress in May, on the stage                                             thrown before an audience

People may write `quicknet` or `default` for the two chains of the League of Entropy; their rounds come at times that
anybody can work out, so a round whose time has passed cannot be named as one to come. The value of a round is its
`randomness`, 64 hexadecimal digits; that of dice the numbers thrown, in their order, at least 25 of them.
Invariant: `read_beacon` gives a name in its one form and a time in whole seconds (UTC). Whether a value is the one that
the beacon gave, nothing here can say: it asks nobody. Standard: drand's public HTTP API, for the address of a round.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from standwith.ledger.errors import AuditRefused

AHEAD = timedelta(hours=1)
MOST_ROUNDS = 1_000_000_000
LEAST_THROWS = 25  # some 64 bits; the commitment stands before them, so there is nothing to try out
QUICKNET = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
DEFAULT = "8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce"
NAMES = {"quicknet": QUICKNET, "default": DEFAULT}
_DRAND = re.compile(r"drand:([0-9a-z]{1,64}):([1-9][0-9]{0,8})")
_DICE = re.compile(r"dice:[^\x00-\x1f\x7f\s](?:[^\x00-\x1f\x7f]{0,198}[^\x00-\x1f\x7f\s])?")
_RANDOMNESS, _THROWS = re.compile(r"[0-9a-f]{64}"), re.compile(rf"[1-6]{{{LEAST_THROWS},1000}}")


class Chain(NamedTuple):
    """When the first round of a chain of drand came (seconds since 1970), and how many seconds lie between two."""

    first: int
    period: int


CHAINS = {QUICKNET: Chain(1692803367, 3), DEFAULT: Chain(1595431050, 30)}


class Beacon(NamedTuple):
    """A draw of chance to come: its name and its time."""

    name: str
    time: datetime

    @property
    def address(self) -> str:
        """Where everybody can read the value of a round; empty for dice."""
        scheme, _, rest = self.name.partition(":")
        chain, _, number = rest.rpartition(":")
        return f"https://api.drand.sh/{chain}/public/{number}" if scheme == "drand" else ""


def read_beacon(text: str) -> Beacon:
    """The beacon that somebody wrote as NAME@TIME; the time of a round may be left out. Raises AuditRefused."""
    name, at, told = text.strip().rpartition("@")
    if not at:
        name, told = told, ""
    if match := _DRAND.fullmatch(name):
        beacon = beacon_of_round(int(match[2]), match[1])
        if told and _read_time(told) != beacon.time:
            raise AuditRefused(f"Round {match[2]} of this chain comes at {write_time(beacon.time)}, not at {told}.")
        return beacon
    if not _DICE.fullmatch(name) or not told:
        raise AuditRefused("Write a beacon like drand:quicknet:27946612 or “dice:who, where@2026-03-01T18:00:00Z”.")
    return Beacon(name, _read_time(told))


def beacon_of_round(number: int, chain: str = "quicknet") -> Beacon:
    """A round of drand, with its time; raises AuditRefused for a chain whose times are not known here."""
    named = NAMES.get(chain, chain)
    if named not in CHAINS:
        raise AuditRefused("The times of this chain are not known here; take quicknet or default, or throw dice.")
    if not 1 <= number < MOST_ROUNDS:
        raise AuditRefused(f"Rounds are numbered from 1 on; {number} is none.")
    first, period = CHAINS[named]
    return Beacon(f"drand:{named}:{number}", datetime.fromtimestamp(first + (number - 1) * period, UTC))


def first_round(after: datetime, chain: str = "quicknet") -> int:
    """The first round that comes at this time or later."""
    first, period = CHAINS[NAMES.get(chain, chain)]
    return max(1, -(-(int(after.timestamp()) - first) // period) + 1)


def check_beacon(beacon: Beacon) -> None:
    """Raise AuditRefused unless the beacon is written in its one form, and a round comes at its time."""
    if read_beacon(f"{beacon.name}@{write_time(beacon.time)}") != beacon:
        raise AuditRefused(f"The beacon {beacon.name} is not written the one way it should be.")


def check_ahead(beacon: Beacon, now: datetime) -> None:
    """Raise AuditRefused unless the beacon comes in an hour or later."""
    if beacon.time - now < AHEAD:
        least = write_time(now + AHEAD + timedelta(seconds=59))
        raise AuditRefused(f"{beacon.name} comes at {write_time(beacon.time)}; name one that comes after {least}.")


def read_value(beacon: Beacon, typed: str) -> str:
    """What the beacon gave, as somebody typed it, in its one form; raises AuditRefused."""
    value = "".join(typed.split()).lower()
    if beacon.name.startswith("dice:"):
        if not _THROWS.fullmatch(value):
            raise AuditRefused(f"Type what the dice showed, 1 to 6, at least {LEAST_THROWS} throws: 3164…")
    elif not _RANDOMNESS.fullmatch(value):
        raise AuditRefused("The randomness of a round has 64 hexadecimal digits; it stands at " + beacon.address)
    return value


def value_bytes(beacon: Beacon, value: str) -> bytes:
    """The bytes that go into the seed: those of the randomness; of dice the numbers as ASCII. Raises AuditRefused."""
    if read_value(beacon, value) != value:
        raise AuditRefused("The value of the beacon is not written the one way it should be.")
    return value.encode() if beacon.name.startswith("dice:") else bytes.fromhex(value)


def write_time(time: datetime) -> str:
    """A time as these pages write it: 2026-03-01T18:00:00Z."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _read_time(text: str) -> datetime:
    refusal = AuditRefused(f"“{text[:40]}” is no time; write it like 2026-03-01T18:00:00Z.")
    try:
        time = datetime.fromisoformat(text.strip())
    except ValueError:
        raise refusal from None
    if time.tzinfo is None:
        raise refusal
    return time.astimezone(UTC).replace(microsecond=0)

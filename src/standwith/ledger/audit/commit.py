"""The commitment: what an audit will do, in the ledger before anybody can know whom it will meet.

    detail     01, 15 bytes of zero
    addendum   {"beacon":"drand:52db…:27946612","campaign":"stand-with-belarus","confidence":95,"kind":"commit","n":149,
                "root":"9f86…","rubric":{"digest":"60c1…","version":1},"size":4711,"tags":"2c26…",
                "time":"2026-04-20T00:00:00Z"}

It draws n of the campaign's signatures that count in the first `size` leaves, whose root is `root`. `tags` is the
SHA-256 of the file of duplicate tags (tags.py), which goes to the custodians and to nobody else. `confidence` is what n
was chosen for; the report gives both bounds.
Invariant: what `read_commit` gives can be drawn from, as far as it can be seen without the log.
"""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from standwith.ledger.addendum import write_addendum
from standwith.ledger.audit.beacon import Beacon, check_beacon
from standwith.ledger.errors import AuditRefused
from standwith.ledger.leaf import Kind, campaign_tag, make_statement

COMMIT = 1  # the first byte of the leaf's detail
MOST = 10_000  # records in a sample

Digest = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
Campaign = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,99}\Z")]
Number = Annotated[int, msgspec.Meta(ge=1, le=MOST)]
Size = Annotated[int, msgspec.Meta(ge=1, le=(1 << 63) - 1)]


class RubricName(msgspec.Struct, frozen=True):
    """Which rubric judges: rubric.py has its words."""

    digest: Digest
    version: int


class Commit(msgspec.Struct, frozen=True, kw_only=True):
    """The addendum of a commitment."""

    beacon: str
    campaign: Campaign
    confidence: Literal[95, 99]
    kind: Literal["commit"]
    n: Number
    root: Digest
    rubric: RubricName
    size: Size
    tags: Digest
    time: datetime

    @property
    def drawn_by(self) -> Beacon:
        """The beacon that chooses the sample."""
        return Beacon(self.beacon, self.time)


def write_commit(commit: Commit, origin: str) -> tuple[bytes, bytes]:
    """Leaf and addendum of a commitment; raises AuditRefused for one that could not be read."""
    body = write_addendum(commit)
    read_commit(body)
    leaf = make_statement(Kind.AUDIT, campaign_tag(origin, commit.campaign), body, bytes([COMMIT]))
    return leaf, body


def read_commit(body: bytes) -> Commit:
    """The commitment in an addendum; raises AuditRefused."""
    try:
        commit = msgspec.json.decode(body, type=Commit)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise AuditRefused("The commitment is not written as commitments are.") from None
    if commit.time.tzinfo is None:
        raise AuditRefused("The commitment gives a time without saying that it is UTC.")
    check_beacon(commit.drawn_by)
    return commit

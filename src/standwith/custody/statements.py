"""What custodians state in the ledger: that they rehearsed, were replaced, or destroyed their keys.

    detail     01 rehearsed, 02 rotated, 03 destroyed, 04 sifted; 15 bytes of zero
    addendum   {"campaign":"stand-with-belarus","custodians":["5b3f0c6a2d9e4f71","age1…"],"date":"2026-03-01",
                "needed":2,"statement":"rehearsed"}

A statement "sifted" has "up_to", too: the leaf up to which they removed duplicates.
`custodians` are those who took part, those who took over, or those whose records are gone: the ids of standwith's own
keys, age recipients as they are. Their names stand in the statement of keys (kind 7), if the campaign gave any.
Invariant: stated in the caller's transaction. A statement says what was done here; that a secret key is destroyed, only
its custodian knows.
"""

from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

import msgspec

from standwith.ledger.addendum import write_addendum
from standwith.ledger.leaf import COMMITMENT, Kind, campaign_tag, make_statement
from standwith.ledger.models import Addendum
from standwith.ledger.rows import origin, queue
from standwith.ledger.statements import latest_statement
from standwith.sealing.age import AgeRecipient
from standwith.sealing.recipients import parse_recipient

Statement = Literal["rehearsed", "rotated", "destroyed", "sifted"]
DETAILS: dict[Statement, bytes] = {"rehearsed": b"\1", "rotated": b"\2", "destroyed": b"\3", "sifted": b"\4"}


class Told(msgspec.Struct, frozen=True, omit_defaults=True):
    """A statement of custodians, as its addendum has it; `up_to` is there for "sifted" only."""

    campaign: str
    custodians: tuple[str, ...]
    date: date
    needed: int
    statement: Statement
    up_to: int | None = None


class Standing(NamedTuple):
    """The latest statement of each kind about a campaign, None where there is none."""

    rehearsed: Told | None
    rotated: Told | None
    destroyed: Told | None
    sifted: Told | None


def state(
    campaign: str, statement: Statement, keys: Sequence[str], needed: int, day: date, *, up_to: int | None = None
) -> None:
    """Queue the statement; raises NoLog."""
    told = Told(campaign, names_of(keys), day, needed, statement, up_to)
    addendum = write_addendum(told)
    queue(make_statement(Kind.CUSTODIAN, campaign_tag(origin(), campaign), addendum, DETAILS[statement]), addendum)


def standing(campaign: str) -> Standing:
    """What was stated about a campaign's custodians, queued or in the ledger; raises NoLog."""
    tag = campaign_tag(origin(), campaign)
    return Standing(*(_latest(tag, detail) for detail in DETAILS.values()))


def names_of(keys: Sequence[str]) -> tuple[str, ...]:
    """How statements name these public keys: ours by their ids, age recipients as they are."""
    recipients = map(parse_recipient, keys)
    return tuple(str(key) if isinstance(key, AgeRecipient) else key.id.hex() for key in recipients)


def _latest(tag: bytes, detail: bytes) -> Told | None:
    leaf = latest_statement(Kind.CUSTODIAN, tag, detail)
    body = Addendum.objects.filter(digest=leaf[COMMITMENT]).values_list("body", flat=True).first() if leaf else None
    return msgspec.json.decode(bytes(body), type=Told) if body is not None else None

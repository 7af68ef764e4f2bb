"""Erasing: signatures are taken out of the number, for a reason that the ledger says, and their records are destroyed.

    by request, twice, no person, erased, a test of ours, ordered by law     ledger.leaf.Reason

Invariant: one transaction, one Removal that says who decided; whoever takes out more than ALONE signatures of a
campaign on one day, in one go or in several, needs a second person. A sealed
record is gone from the tables with the row that held it (secure_delete); the leaf stays, and another leaf takes it out
of the number. What is out already is told, and nothing happens to it; what never was a signature of the campaign is
refused, and then nothing is done at all. Does not know why: that is for people to decide.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q, Sum

from standwith.ledger.leaf import CODE, TAG, VERSION, Kind, Reason, campaign_tag, make_void
from standwith.ledger.rows import origin, queue, read
from standwith.supporters.errors import NeedsSecond, NotASignature
from standwith.supporters.models import Removal
from standwith.supporters.rows import PORTION, Signed, forget_signed, read_signed
from standwith.supporters.tallies import change_tallies

ALONE = 100
PAGE = 4096
SHOWN = 10


class Removed(NamedTuple):
    """What became of the indexes: `standing` ones were or would be taken out, `gone` ones were out already."""

    standing: tuple[int, ...]
    gone: tuple[int, ...]
    batch: int = 0


def look(campaign: str, indexes: Collection[int]) -> Removed:
    """What `void` would do; raises NotASignature."""
    found = {signed.place for signed in _read_signed(campaign, indexes) if signed.place is not None}
    gone = sorted(set(indexes) - found)
    tag = campaign_tag(origin(), campaign)
    strangers = [index for index in gone if not _is_signature(index, tag)]
    if strangers:
        told = ", ".join(map(str, strangers[:SHOWN])) + (" …" if len(strangers) > SHOWN else "")
        raise NotASignature(f"No signature of {campaign} has the index {told}; nothing was done.")
    return Removed(tuple(sorted(found)), tuple(gone))


@transaction.atomic
def void(
    campaign: str, indexes: Collection[int], reason: Reason, by: str, second: str | None = None, *, now: datetime
) -> Removed:
    """Take these signatures out of the number; raises NotASignature, NeedsSecond."""
    seen = look(campaign, indexes)
    if not seen.standing:
        return seen
    check_people(campaign, len(seen.standing), by, second, now=now)
    signatures = _read_signed(campaign, seen.standing)
    removal = Removal.objects.create(
        campaign=campaign,
        reason=reason,
        count=len(signatures),
        by=by.strip(),
        second=(second or "").strip() if _are_two(by, second) else "",
        day=now.date(),
    )
    forget_signed([signed.row for signed in signatures])
    change_tallies({key: -number for key, number in Counter((one.text, one.country) for one in signatures).items()})
    tag = campaign_tag(origin(), campaign)
    for index in seen.standing:
        queue(make_void(tag, index, reason, removal.batch))
    return seen._replace(batch=removal.batch)


def check_people(campaign: str, count: int, by: str, second: str | None, *, now: datetime) -> None:
    """Raise NeedsSecond where one person alone may not take out so many, with what one person took out today."""
    if _are_two(by, second):
        return
    before = Removal.objects.filter(campaign=campaign, day=now.date(), second="").aggregate(Sum("count"))["count__sum"]
    if count + (before or 0) > ALONE:
        told = f", and {before} went today" if before else ""
        raise NeedsSecond(
            f"These are {count} signatures{told}: more than {ALONE} on one day are taken out by two people only. Name "
            "the second with --with NAME."
        )


def find_codes(campaign: str, codes: Collection[bytes]) -> Mapping[bytes, list[int]]:
    """The indexes of the leaves of a campaign that carry these recognition codes; reads the whole log.

    Nobody but the signer knows a code before its leaf is public: the first index is theirs, any other a copy's.
    """
    head = bytes((VERSION, Kind.SIGNATURE)) + campaign_tag(origin(), campaign)
    found: dict[bytes, list[int]] = {code: [] for code in codes}
    for index, leaf in enumerate(_read_log()):
        if leaf[CODE] in found and leaf[: TAG.stop] == head:
            found[leaf[CODE]].append(index)
    return found


def _are_two(by: str, second: str | None) -> bool:
    one, other = by.casefold().split(), (second or "").casefold().split()
    return bool(other) and one != other


def _read_log() -> Iterator[bytes]:
    start = 0
    while page := read(start, PAGE):
        yield from page
        start += len(page)


def _read_signed(campaign: str, indexes: Collection[int]) -> list[Signed]:
    wanted = sorted(set(indexes))
    return [
        signed
        for start in range(0, len(wanted), PORTION)
        for signed in read_signed(Q(index__in=wanted[start : start + PORTION], text__campaign=campaign))
    ]


def _is_signature(index: int, tag: bytes) -> bool:
    head = bytes((VERSION, Kind.SIGNATURE)) + tag
    return index >= 0 and any(leaf[: TAG.stop] == head for leaf in read(index, 1))

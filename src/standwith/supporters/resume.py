"""Resuming: rows restored from an older copy, brought to where the ledger is. The ledger's own rows are there already.

    waited, and has a leaf       it gets its index: it enters no second time
    waited, and was overtaken    whoever confirmed later is in the ledger: it was taken back meanwhile, and is deleted
    taken out by a leaf          deleted, its sealed record with it
    counts, and has no row       its record is lost; a row without one is made, so that it can still be taken back
    a campaign that was closed   is closed again, for good
    a batch of voids             is known again, so that no later decision gets its number

Invariant: afterwards the signatures in the tables that have an index are those that count, except for those whose
removal waits in the queue, and the tallies say the same; done again, nothing changes. Which text a lost signature was
given to nobody knows any more: its row says so (versions.unknown_text). Runs in the caller's transaction.
"""

import collections
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from datetime import datetime
from typing import NamedTuple, TypeVar

from django.db.models import Q

from standwith.ledger.count import Counter
from standwith.ledger.leaf import CODE, COMMITMENT, NOWHERE, TAG, VERSION, WITHDRAW, Kind, campaign_tag, read_leaf
from standwith.ledger.rows import origin, read
from standwith.supporters.models import Closing, Guarded, Removal, Signature, TextVersion
from standwith.supporters.rows import (
    PORTION,
    Entering,
    forget_signed,
    give_indexes,
    read_entering,
    read_guarded,
    read_signed,
    write_anew,
)
from standwith.supporters.tallies import change_tallies
from standwith.supporters.versions import unknown_text

EVERY = 1 << 31  # more rows than wait
_SIGNATURE, _VOID, _CLOSE = (bytes((VERSION, kind)) for kind in (Kind.SIGNATURE, Kind.VOID, Kind.CLOSE))

Thing = TypeVar("Thing")
Changes = collections.Counter[tuple[int, str]]
"""By text and country, how many signatures more or fewer there are."""


class Resumed(NamedTuple):
    """How many signatures: found in the ledger, overtaken, deleted because a leaf took them out, counted though their
    records are lost; and how many count for campaigns of which these tables know no text."""

    entered: int
    overtaken: int
    removed: int
    lost: int
    unknown: int


def resume(first: int, leaves: Sequence[bytes], counter: Counter, leaving: Set[int], now: datetime) -> Resumed:
    """Do again what the ledger says of these tables. `leaves` are those that they had not, the first with index
    `first`; `counter` has counted all there are; `leaving` are the signatures that queued removals take out."""
    news, changes = _News(first, leaves), Changes()
    entered, overtaken = _settle_queues(news, changes)
    removed = _forget_removed(counter.gone, changes)
    lost = _make_up(news, counter, leaving, changes, now)
    change_tallies(changes)
    _close_again(news, now)
    _remember_batches(news, now)
    unknown = sum(counter.count(tag).number for tag in counter.campaigns() if tag not in news.campaigns)
    return Resumed(entered, overtaken, removed, lost, unknown)


class _News:
    """The new leaves, and what they are looked up by."""

    def __init__(self, first: int, leaves: Sequence[bytes]) -> None:
        self.first, self.leaves = first, leaves
        self.texts = dict(TextVersion.objects.values_list("pk", "campaign"))
        self.tags = {campaign: campaign_tag(origin(), campaign) for campaign in set(self.texts.values())}
        self.campaigns = {tag: campaign for campaign, tag in self.tags.items()}
        signed = ((index, leaf) for index, leaf in enumerate(leaves, first) if leaf[:2] == _SIGNATURE)
        self.signatures = {(leaf[TAG], leaf[CODE], leaf[COMMITMENT], leaf[WITHDRAW]): index for index, leaf in signed}

    def index(self, row: Entering) -> int | None:
        """The index of a signature that waits here, if it entered."""
        said = self.tags[self.texts[row.text]], row.code, row.commitment, row.withdrawal
        return self.signatures.get(said)

    def strangers(self, known: Collection[int]) -> set[bytes]:
        """The tags of the campaigns that others have signed than those whose indexes are known."""
        return {said[0] for said, index in self.signatures.items() if index not in known}

    def leaf(self, index: int) -> bytes:
        """A leaf of the log, new or not."""
        return self.leaves[index - self.first] if index >= self.first else read(index, 1)[0]


def _settle_queues(news: _News, changes: Changes) -> tuple[int, int]:
    """Give their indexes to those who waited and entered, and delete who was overtaken; return how many of each."""
    opened, guarded = read_entering(EVERY), read_guarded(EVERY)
    waiting = [*opened, *(row.entering for row in guarded)]
    places = {row.row: index for row in waiting if (index := news.index(row)) is not None}
    strangers = news.strangers(set(places.values()))
    hidden = {campaign_tag(origin(), name) for name in Guarded.objects.values_list("campaign", flat=True)}
    overtaken = [
        *_overtaken(opened, places, everybody=bool(strangers & (news.campaigns.keys() - hidden))),
        *_overtaken([row.entering for row in guarded], places, everybody=bool(strangers & hidden)),
    ]
    forget_signed(overtaken)
    give_indexes((places[row.row], row) for row in opened if row.row in places)
    # In the order of the ledger, in which chance had put them.
    write_anew(sorted((places[row.entering.row], row) for row in guarded if row.entering.row in places))
    changes.update((row.text, row.country) for row in waiting if row.row in places)
    return len(places), len(overtaken)


def _overtaken(queue: Sequence[Entering], places: Mapping[int, int], *, everybody: bool) -> list[int]:
    """The rows of those who did not enter though somebody behind them did: a queue enters from its beginning."""
    last = max((row.row for row in queue if row.row in places), default=0)
    return [row.row for row in queue if row.row not in places and (everybody or row.row < last)]


def _forget_removed(gone: Set[int], changes: Changes) -> int:
    """Delete the signatures that leaves took out, their records with them."""
    removed = [signed for some in _portions(sorted(gone & _places())) for signed in read_signed(Q(index__in=some))]
    forget_signed([signed.row for signed in removed])
    changes.subtract((signed.text, signed.country) for signed in removed)
    return len(removed)


def _make_up(news: _News, counter: Counter, leaving: Set[int], changes: Changes, now: datetime) -> int:
    """Make rows without records for signatures that count and have none; return how many."""
    kept = leaving | _places()
    made: list[Signature] = []
    for tag, campaign in news.campaigns.items():
        if lost := [index for index in counter.standing(tag) if index not in kept]:
            made += _empty_rows(unknown_text(campaign, now), {index: news.leaf(index) for index in lost})
    Signature.objects.bulk_create(made, batch_size=500)
    changes.update((row.text_id, row.country) for row in made)
    return len(made)


def _empty_rows(text: TextVersion, leaves: Mapping[int, bytes]) -> Iterator[Signature]:
    """Rows for these leaves; none for one that what is in the tables already can withdraw."""
    hashes = [leaf[WITHDRAW] for leaf in leaves.values()]
    known = {
        bytes(withdrawal)
        for some in _portions(hashes)
        for withdrawal in Signature.objects.filter(withdrawal__in=some).values_list("withdrawal", flat=True)
    }
    for index, leaf in leaves.items():
        said = read_leaf(leaf)
        if said.withdraw not in known:
            known.add(said.withdraw)
            country = "" if said.country == NOWHERE else said.country
            yield Signature(text=text, country=country, index=index, withdrawal=said.withdraw, record=b"")


def _close_again(news: _News, now: datetime) -> None:
    """Note which campaigns are over for good."""
    closed = {leaf[TAG] for leaf in news.leaves if leaf[:2] == _CLOSE} & news.campaigns.keys()
    for campaign in sorted(news.campaigns[tag] for tag in closed):
        Closing.objects.get_or_create(campaign=campaign, defaults={"since": now})
        Closing.objects.filter(campaign=campaign, destroyed=None).update(destroyed=now)


def _remember_batches(news: _News, now: datetime) -> None:
    """Note the decisions that voids name and that are not known here; who took them, nobody knows any more."""
    voids = collections.defaultdict(list)
    for leaf in map(read_leaf, (leaf for leaf in news.leaves if leaf[:2] == _VOID)):
        voids[leaf.batch].append(leaf)
    for batch in voids.keys() - {0} - set(Removal.objects.values_list("batch", flat=True)):
        campaign, reason = news.campaigns.get(voids[batch][0].campaign, ""), voids[batch][0].reason
        Removal.objects.create(batch=batch, campaign=campaign, reason=reason, count=len(voids[batch]), day=now.date())


def _places() -> set[int]:
    """The indexes of the signatures in the tables."""
    indexes = Signature.objects.filter(index__isnull=False).values_list("index", flat=True)
    return {index for index in indexes if index is not None}


def _portions(things: Sequence[Thing]) -> Iterator[Sequence[Thing]]:
    return (things[start : start + PORTION] for start in range(0, len(things), PORTION))

"""New custodians for old records: opened once, offline, by the old custodians, and sealed to the new ones.

Index, leaf and proof stay as they are: the ledger speaks of the record, not of who can open it. On the server nobody
can look into what comes back, so `check_resealed` holds all of it that can be seen against what the server has.
Invariant: every record of the bundle is resealed, or none is. It writes no files and no tables.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from standwith.custody.errors import ResealingRefused
from standwith.custody.opening import Opened
from standwith.ledger.leaf import VERSION, Kind, campaign_tag
from standwith.sealing.bundle import Bundle, BundleEntry
from standwith.sealing.envelope import RECORD, take_apart
from standwith.sealing.errors import SealError
from standwith.sealing.lock import seal_record
from standwith.sealing.recipients import Recipient, parse_recipient


def reseal(opened: Iterable[Opened], custodians: Sequence[Recipient], needed: int) -> Iterator[BundleEntry]:
    """The entries of the new bundle; raises ResealingRefused at the first record that is not given out."""
    for each in opened:
        if each.record is None or each.entry is None:
            raise ResealingRefused(f"{each.problem} All records must open, so that none is left to the old custodians.")
        yield replace(each.entry, sealed=seal_record(each.record, custodians, needed))


def check_resealed(
    bundle: Bundle, keys: Sequence[str], needed: int, leaf_at: Callable[[int], bytes]
) -> Iterator[tuple[int, bytes]]:
    """Index and record of every entry that may take the old one's place; raises ResealingRefused.

    `keys` and `needed` are the campaign's custodians of now, `leaf_at` gives this server's own leaves.
    """
    ids = tuple(parse_recipient(key).id for key in keys)
    beginning = bytes((VERSION, Kind.SIGNATURE)) + campaign_tag(bundle.head.origin, bundle.head.campaign)
    for entry in bundle.entries():
        try:
            envelope = take_apart(entry.sealed, RECORD)
        except SealError as problem:
            raise ResealingRefused(f"Record {entry.index}: {problem}") from None
        theirs = envelope.campaign == bundle.head.campaign and entry.leaf.startswith(beginning)
        if not theirs or leaf_at(entry.index) != entry.leaf:
            raise ResealingRefused(f"Record {entry.index} is not the one that this server has at that place.")
        if (envelope.key_ids, envelope.needed) != (ids, needed):
            raise ResealingRefused(
                f"Record {entry.index} is sealed to other custodians than the campaign has now; publish the new "
                "custodians first, or rotate to those that are published."
            )
        yield entry.index, entry.sealed

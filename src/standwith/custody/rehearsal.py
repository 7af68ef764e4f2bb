"""The rehearsal: one test record, sealed like every other; custodians show that they can open it, and nobody is read.

The server makes the bundle and keeps a copy. Each custodian opens their share on their own machine and sends the file
of shares back; the server joins them. The test record is new and random each time, so an old answer fits no new
rehearsal.
Invariant: a custodian counts as proven only if the record opens with their share, told apart from a wrong one among
enough right ones. The record holds nobody's name, and is sealed for a name that no campaign has: so a supporter's
record in its place, which is how a server that was taken over could have one read, is opened by nobody. It writes no
files and states nothing: statements.py.
"""

import secrets
from collections.abc import Sequence
from datetime import date
from itertools import combinations, islice

from standwith.custody.errors import RehearsalFailed
from standwith.custody.shares import Shares
from standwith.ledger.leaf import COMMITMENT, campaign_tag, make_signature
from standwith.sealing.bundle import Bundle, BundleEntry, BundleHead
from standwith.sealing.envelope import RECORD, take_apart
from standwith.sealing.errors import SealError
from standwith.sealing.lock import seal_record
from standwith.sealing.recipients import parse_recipient
from standwith.sealing.record import Record, commitment
from standwith.sealing.unlock import MOST_TRIES, open_with_shares

NAME, ADDRESS, EVIDENCE = "Rehearsal", "rehearsal@example.org", "rehearsal"


def make_rehearsal(
    campaign: str, keys: Sequence[str], needed: int, *, origin: str, today: date
) -> tuple[BundleHead, BundleEntry]:
    """The head and the only record of a bundle for a rehearsal with these custodians."""
    head = BundleHead(
        campaign=campaign, texts={}, origin=origin, log_key="", checkpoint="", needed=needed, custodians=tuple(keys)
    )
    record = Record(
        campaign=head.sealed_for,
        name=NAME,
        address=ADDRESS,
        country="",
        organisation="",
        consents=(),
        text="0" * 64,
        language="en",
        evidence=EVIDENCE,
        salt=secrets.token_bytes(32),
        code=secrets.token_bytes(16),
        made=today,
    )
    leaf = make_signature(campaign_tag(origin, campaign), record.code, commitment(record), bytes(16))
    sealed = seal_record(record, [parse_recipient(key) for key in keys], needed)
    return head, BundleEntry(0, leaf, (), sealed)


def proven(bundle: Bundle, files: Sequence[Shares]) -> list[str]:
    """The key lines of the custodians who showed that they can open, if they are enough; raises RehearsalFailed.

    Raises SharesForeign for shares of another bundle.
    """
    entry = next(bundle.entries(), None)
    if entry is None or not bundle.head.is_rehearsal:
        raise RehearsalFailed("This is not a bundle for a rehearsal.")
    shares = [share for file in files for share in _shares_of(file, bundle, entry.index)]
    found = _who_opens(entry, shares)
    if not found:
        raise RehearsalFailed(
            f"The test record did not open. Custodians who have to answer: {bundle.head.needed}; shares given: "
            f"{len(set(shares))}."
        )
    return [bundle.head.custodians[place - 1] for place in sorted(found)]


def _shares_of(file: Shares, bundle: Bundle, wanted: int) -> list[bytes]:
    file.check_bundle(bundle)
    return [share for index, share in file.all() if index == wanted]


def _who_opens(entry: BundleEntry, shares: Sequence[bytes]) -> set[int]:
    """The places, from 1, of all with whose share, together with others, the test record opens."""
    needed, found = take_apart(entry.sealed, RECORD).needed, set[int]()
    for together in islice(combinations(set(shares), needed), MOST_TRIES):
        places = {share[0] for share in together}
        if not found.issuperset(places) and _opens(entry, together):
            found |= places
    return found


def _opens(entry: BundleEntry, shares: Sequence[bytes]) -> bool:
    try:
        return commitment(open_with_shares(entry.sealed, shares)) == entry.leaf[COMMITMENT]
    except SealError:
        return False

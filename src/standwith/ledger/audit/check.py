"""Checking audits: everything that follows from public bytes is worked out anew, by anybody who can read the log.

    commitment   stands behind the leaves that it names; their root is the log's; its beacon comes when it says
    sample       seed and tickets from checkpoint, commitment and the beacon's value; the n smallest
    report       one for its commitment; sample, number of invalid ones and bounds are those that follow
    in time      a receipt that the report carries, or that somebody kept, shows which witnesses had seen the commitment
                 before the beacon had a value

Invariant: nothing is believed before the whole log was read and verified. What remains the word of others is said by
whoever prints this: that the value is the beacon's, and that custodians judged the records truly.
"""

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from standwith.ledger.addendum import addendum_path, check_addendum
from standwith.ledger.audit.beacon import value_bytes
from standwith.ledger.audit.commit import COMMIT, Commit, read_commit
from standwith.ledger.audit.draw import Drawn, draw, make_seed
from standwith.ledger.audit.report import REPORT, Report, bounds_of, read_report
from standwith.ledger.checkpoint import Checkpoint, read_checkpoint
from standwith.ledger.count import Counter
from standwith.ledger.errors import AuditRefused
from standwith.ledger.leaf import CODE, COMMITMENT, TAG, VERSION, Kind, campaign_tag
from standwith.ledger.merkle import leaf_hash, verify_inclusion
from standwith.ledger.note import read_note, verified
from standwith.ledger.policy import Policy
from standwith.ledger.receipt import read_receipt
from standwith.ledger.verification import Read, Tell, Verified, verify_log

_HEAD = bytes((VERSION, Kind.AUDIT))


@dataclass
class Committed:
    """A commitment in a log that was verified; `standing` are the signatures that counted at its size."""

    index: int
    leaf: bytes
    commit: Commit
    checkpoint: Checkpoint
    standing: Sequence[int] = ()


@dataclass(frozen=True)
class Stated:
    """A report in the log: its leaf's index and, as far as they can be read, its words; why it does not hold."""

    index: int
    report: Report | None
    problem: str = ""


@dataclass
class Audits:
    """The audits of a log, all of it verified. `wrong`: index of a commitment -> why nothing can be drawn from it."""

    verified: Verified
    committed: dict[int, Committed] = field(default_factory=dict)
    wrong: dict[int, str] = field(default_factory=dict)
    stated: list[Stated] = field(default_factory=list)

    def reports_of(self, commit: int) -> list[Report]:
        """The reports that name this commitment, wrong ones included; the first counts."""
        return [each.report for each in self.stated if each.report and each.report.commit == commit]


def read_audits(read: Read, policy: Policy, *, at_once: int = 1, tell: Tell | None = None) -> Audits:
    """Verify a log and check all its audits; raises LedgerError if the log itself does not hold.

    It reads the log twice if there are audits: which signatures stood at a commitment's size, only a second look tells.
    """
    first = verify_log(read, policy, at_once=at_once, tell=tell)
    said = [(index, leaf) for index, leaf in first.others if leaf[:2] == _HEAD]
    audits = Audits(first)
    for index, leaf in said:
        if leaf[CODE][0] == COMMIT:
            _take_commitment(audits, read, index, leaf)
    _find_standing(audits, read, policy, at_once, tell)
    for index, leaf in said:
        if leaf[CODE][0] == REPORT:
            audits.stated.append(_check_stated(audits, read, index, leaf))
    return audits


def draw_again(committed: Committed, value: str) -> Drawn:
    """The sample that this value of the beacon draws; raises AuditRefused for what is no value."""
    commit = committed.commit
    seed = make_seed(committed.checkpoint, committed.leaf, value_bytes(commit.drawn_by, value))
    return Drawn(
        beacon=commit.beacon,
        campaign=commit.campaign,
        commit=committed.index,
        confidence=commit.confidence,
        n=commit.n,
        origin=committed.checkpoint.origin,
        population=len(committed.standing),
        rubric=commit.rubric,
        sample=draw(seed, committed.standing, commit.n),
        seed=seed.hex(),
        size=commit.size,
        tags=commit.tags,
        value=value,
    )


def check_report(report: Report, committed: Committed) -> None:
    """The report follows from its commitment and the value that it gives; raises AuditRefused."""
    drawn = draw_again(committed, report.value)
    told = (report.campaign, report.size, report.n, report.confidence)
    if told != (drawn.campaign, drawn.size, drawn.n, drawn.confidence):
        raise AuditRefused("Campaign, size, n or confidence are not those of its commitment.")
    if report.seed != drawn.seed:
        raise AuditRefused("The seed does not follow from checkpoint, commitment and the value of the beacon.")
    if report.sample != drawn.sample:
        raise AuditRefused("The sample is not the one that the seed draws.")
    if report.bounds != bounds_of(drawn.population, drawn.n, report.invalid):
        raise AuditRefused("The bounds are not those that follow from the sample.")


def seen_in_time(receipt: bytes, committed: Committed, policy: Policy) -> Mapping[str, int]:
    """Which witnesses of the policy saw the commitment before its beacon, and when (seconds since 1970).

    The receipt is one of the commitment, whose checkpoint the log signed; raises LedgerError if it does not hold.
    """
    taken = read_receipt(receipt)
    if (taken.index, taken.leaf) != (committed.index, committed.leaf):
        raise AuditRefused("The receipt is not one of this commitment.")
    note = read_note(taken.checkpoint)
    verified(note, [log for log, _ in policy.logs])
    checkpoint = read_checkpoint(note.text)
    if checkpoint.origin != committed.checkpoint.origin:
        raise AuditRefused("The receipt is one of another log.")
    verify_inclusion(leaf_hash(taken.leaf), taken.index, checkpoint.size, taken.proof, checkpoint.root)
    times = {}
    for name, (witness, _) in policy.witnesses.items():
        for signature in note.signatures:
            if signature[:2] == (witness.name, witness.key_id):
                witness.check(note.text, signature.raw)
                times[name] = int.from_bytes(signature.raw[:8], "big")
    return {name: time for name, time in times.items() if time < committed.commit.time.timestamp()}


def kept(read: Read) -> Read:
    """The same, with tiles kept in memory: for addresses, whose files are wanted twice."""
    tiles: dict[str, bytes] = {}

    def read_once(path: str) -> bytes:
        if not path.startswith("tile/"):
            return read(path)
        if path not in tiles:
            tiles[path] = read(path)
        return tiles[path]

    return read_once


def _words(read: Callable[[str], bytes], leaf: bytes) -> bytes:
    """The addendum; raises AuditRefused where it is missing."""
    try:
        return check_addendum(leaf[COMMITMENT], read(addendum_path(leaf[COMMITMENT])))
    except (FileNotFoundError, KeyError):
        raise AuditRefused("Its words are missing from the log's files.") from None


def _check_campaign(audits: Audits, leaf: bytes, campaign: str) -> None:
    if campaign_tag(audits.verified.checkpoint.origin, campaign) != leaf[TAG]:
        raise AuditRefused("Its leaf names another campaign than its words.")


def _take_commitment(audits: Audits, read: Read, index: int, leaf: bytes) -> None:
    try:
        commit = read_commit(_words(read, leaf))
        _check_campaign(audits, leaf, commit.campaign)
        if commit.size > index:
            raise AuditRefused("It names leaves that came after it.")
    except AuditRefused as problem:
        audits.wrong[index] = str(problem)
        return
    checkpoint = Checkpoint(audits.verified.checkpoint.origin, commit.size, bytes.fromhex(commit.root))
    audits.committed[index] = Committed(index, leaf, commit, checkpoint)


def _find_standing(audits: Audits, read: Read, policy: Policy, at_once: int, tell: Tell | None) -> None:
    """Read the log again, for which signatures stood at the sizes of the commitments, and for its roots there."""
    wanted: dict[int, set[bytes]] = {}
    for each in audits.committed.values():
        wanted.setdefault(each.commit.size, set()).add(each.leaf[TAG])
    if not wanted:
        return
    standing: dict[tuple[int, bytes], Sequence[int]] = {}

    def look(size: int, counter: Counter) -> None:
        for tag in wanted.get(size, ()):
            standing[size, tag] = array("Q", counter.standing(tag))

    again = verify_log(read, policy, sizes=wanted, at_once=at_once, tell=tell, at=look)
    for index, each in list(audits.committed.items()):
        each.standing = standing[each.commit.size, each.leaf[TAG]]
        problem = ""
        if again.roots[each.commit.size] != each.checkpoint.root:
            problem = "The root that it names is not the log's at that size."
        elif len(each.standing) < each.commit.n:
            problem = "It would draw more records than there were signatures."
        if problem:
            audits.wrong[index] = problem
            del audits.committed[index]


def _check_stated(audits: Audits, read: Read, index: int, leaf: bytes) -> Stated:
    report = None
    try:
        report = read_report(_words(read, leaf))
        _check_campaign(audits, leaf, report.campaign)
        if report.commit in audits.wrong:
            raise AuditRefused(f"Its commitment does not hold. {audits.wrong[report.commit]}")
        committed = audits.committed.get(report.commit)
        if committed is None or committed.index >= index:
            raise AuditRefused("It names no commitment that stands before it.")
        if audits.reports_of(report.commit):
            raise AuditRefused("There is an earlier report of the same commitment, and that one counts.")
        check_report(report, committed)
    except AuditRefused as problem:
        return Stated(index, report, str(problem))
    return Stated(index, report)

"""Who gets a cosignature: the rules of tlog-witness in their order, from the bytes that came to the lines that go back.

    no submission, no note, no checkpoint, old size above the new one    SubmissionRefused
    a log that nobody told us to watch                                   LogUnknown
    no signature by one of its keys                                      LogNotProven
    not from where the log stood, or another tree of the same size       Conflict
    the new tree does not continue the old one                           ProofRefused

Invariant: a cosignature exists only after the state behind it is on disk, and says the time at which that tree was the
largest. It knows nothing of HTTP (app.py does) and keeps nothing of a request that was turned away, except the signed
proof that a log forked.
"""

from collections.abc import Callable
from datetime import datetime

from standwith.ledger.checkpoint import Checkpoint, read_checkpoint
from standwith.ledger.cosignature import cosign
from standwith.ledger.errors import LedgerError, SubmissionRefused
from standwith.ledger.merkle import EMPTY_ROOT, verify_consistency
from standwith.ledger.note import Note, Signer, read_note, verified
from standwith.ledger.submission import Submission, read_submission
from standwith.witness.errors import Conflict, Forked, LogNotProven, LogUnknown
from standwith.witness.logs import Logs
from standwith.witness.state import Seen, State

Clock = Callable[[], datetime]


def witness_checkpoint(body: bytes, *, logs: Logs, state: State, signer: Signer, clock: Clock) -> bytes:
    """The cosignature line for a submission; raises one of the errors above, or WitnessBusy when the disk failed."""
    submission = read_submission(body)
    note, checkpoint = open_submission(submission)
    check_signature(note, checkpoint, logs)
    times: list[datetime] = []

    def allow(latest: Seen | None) -> None:
        check_move(latest, submission, checkpoint)
        times.append(clock())  # inside the transaction: of two cosignatures the later time has the larger tree

    try:
        state.move(Seen(checkpoint.origin, checkpoint.size, checkpoint.root, submission.checkpoint), allow)
    except Forked:
        state.keep_fork(checkpoint.origin, submission.checkpoint)
        raise
    return cosign(signer, note.text, int(times[0].timestamp())).encode()


def open_submission(submission: Submission) -> tuple[Note, Checkpoint]:
    """The note and the checkpoint in it; raises SubmissionRefused."""
    try:
        note = read_note(submission.checkpoint)
        checkpoint = read_checkpoint(note.text)
    except LedgerError as problem:
        raise SubmissionRefused(str(problem)) from None
    if submission.old > checkpoint.size:
        raise SubmissionRefused("The old size is larger than the checkpoint's.")
    return note, checkpoint


def check_signature(note: Note, checkpoint: Checkpoint, logs: Logs) -> None:
    """Raise LogUnknown or LogNotProven unless a log that we watch signed this note. Other signatures are ignored."""
    if checkpoint.origin not in logs:
        raise LogUnknown("This witness does not watch that log.")
    try:
        names = verified(note, [log.verifier for log in logs[checkpoint.origin]])
    except LedgerError:
        names = []
    if not names:
        raise LogNotProven("No signature on the checkpoint is by a key of that log.")


def check_move(latest: Seen | None, submission: Submission, checkpoint: Checkpoint) -> None:
    """Raise Conflict or ProofRefused unless the checkpoint continues what was cosigned last."""
    size, root = (latest.size, latest.root) if latest else (0, EMPTY_ROOT)
    if checkpoint.size == size and checkpoint.root != root:
        raise Forked(size) if latest else Conflict(size)
    if submission.old != size:
        raise Conflict(size)
    verify_consistency(size, root, checkpoint.size, checkpoint.root, submission.proof)

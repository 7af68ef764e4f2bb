"""What can go wrong with the ledger.

LedgerError
├── LeafDamaged     76 bytes that no standwith wrote, or parts of the wrong length    no retry
├── TileMissing     a tile or bundle that the size of the log calls for isn't there   retry later, or another mirror
├── TileDamaged     a tile, bundle or addendum whose bytes can't be right             no retry: take it from a mirror
├── ProofRefused    a proof or receipt that doesn't lead to the root                  no retry: do not believe it
├── NoteRefused     a note, key or checkpoint that is malformed or wrongly signed     no retry: do not believe it
├── NumberWrong     a number that is shown and the log's do not agree                 read both again; then ask why
├── PolicyRefused   a policy file that breaks a rule; carries the number of its line  mend the file
├── AuditRefused    a commitment, sample, result or report of an audit that does not hold     no retry
├── SubmissionRefused  what came to a witness is not written as tlog-witness has it   no retry
├── AskingFailed    a witness or mirror was asked, and this came of it; carries whom we asked
│   ├── NoAnswer           none in time, or one that makes no sense          retry later
│   ├── Declined           it will not; carries the status of HTTP           no retry: talk to its people
│   ├── WitnessAhead       it has cosigned a larger tree; carries the size   do not sign: is this a restored backup?
│   └── WitnessDisagrees   it has cosigned another tree than ours            do not sign: there are two logs
├── NoLog           there is no ledger at this home                                   make one: standwith ledger init
├── LogExists       there is a ledger already; a second one would be a second truth   no retry
├── LogForked       somebody has seen a later or another log than this one            do not sign: ledger catch-up
└── LogDamaged      the rows don't lead to the root that was signed                   do not sign; restore the newest

What is refused here is never half believed: no function gives back a value beside its doubts.
"""


class LedgerError(Exception):
    """The ledger could not do, or not believe, what was asked."""


class LeafDamaged(LedgerError):
    """The bytes are not a leaf that any writer of this version would write."""


class TileMissing(LedgerError):
    """A file that the size of the log calls for could not be read."""


class TileDamaged(LedgerError):
    """A file of the log has a length or a form that it can't have."""


class ProofRefused(LedgerError):
    """The proof doesn't lead to the root, or is not written as proofs are."""


class NoteRefused(LedgerError):
    """A note, a key or a checkpoint that is malformed, or whose signature is wrong or missing."""


class NumberWrong(LedgerError):
    """Somebody shows another number than the log of that size comes to."""


class PolicyRefused(LedgerError):
    """A policy file breaks a rule; `line` counts from 1, and is 0 for what is missing from the whole."""

    def __init__(self, line: int, reason: str) -> None:
        self.line = line
        super().__init__(f"Line {line} of the policy: {reason}" if line else f"The policy: {reason}")


class AuditRefused(LedgerError):
    """What an audit committed to, drew, found or reported is malformed, or does not follow from what came before."""


class SubmissionRefused(LedgerError):
    """The bytes are no submission to a witness."""


class AskingFailed(LedgerError):
    """A witness or a mirror gave us nothing to use; `url` says which."""

    def __init__(self, url: str, reason: str) -> None:
        self.url = url
        super().__init__(f"{url}: {reason}")


class NoAnswer(AskingFailed):
    """Nobody answered in time, or the answer makes no sense."""


class Declined(AskingFailed):
    """The answer was a refusal."""

    def __init__(self, url: str, status: int) -> None:
        self.status = status
        super().__init__(url, f"it declined, with status {status}.")


class WitnessAhead(AskingFailed):
    """The witness has cosigned a larger tree of our log than we have."""

    def __init__(self, url: str, size: int) -> None:
        self.size = size
        super().__init__(url, f"it has cosigned a larger tree of this log, of {size} leaves.")


class WitnessDisagrees(AskingFailed):
    """The witness has cosigned a tree that ours did not grow from."""

    def __init__(self, url: str, size: int) -> None:
        self.size = size
        super().__init__(url, f"it has cosigned another tree of this log, of {size} leaves.")


class NoLog(LedgerError):
    """There is no ledger here; none is ever made by accident."""


class LogExists(LedgerError):
    """There is a ledger already."""


class LogForked(LedgerError):
    """A witness or a mirror has seen a log that this one can't have grown from or into."""


class LogDamaged(LedgerError):
    """The rows of the ledger don't lead to what was signed."""

"""What can go wrong with the ledger.

LedgerError
├── LeafDamaged     76 bytes that no standwith wrote, or parts of the wrong length    no retry
├── TileMissing     a tile or bundle that the size of the log calls for isn't there   retry later, or another mirror
├── TileDamaged     a tile, bundle or addendum whose bytes can't be right             no retry: take it from a mirror
├── ProofRefused    a proof or receipt that doesn't lead to the root                  no retry: do not believe it
├── NoteRefused     a note, key or checkpoint that is malformed or wrongly signed     no retry: do not believe it
├── PolicyRefused   a policy file that breaks a rule; carries the number of its line  mend the file
├── NoLog           there is no ledger at this home                                   make one: standwith ledger init
├── LogExists       there is a ledger already; a second one would be a second truth   no retry
├── LogForked       somebody has seen a later or another log than this one            do not sign; restore the newest
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


class PolicyRefused(LedgerError):
    """A policy file breaks a rule; `line` counts from 1, and is 0 for what is missing from the whole."""

    def __init__(self, line: int, reason: str) -> None:
        self.line = line
        super().__init__(f"Line {line} of the policy: {reason}" if line else f"The policy: {reason}")


class NoLog(LedgerError):
    """There is no ledger here; none is ever made by accident."""


class LogExists(LedgerError):
    """There is a ledger already."""


class LogForked(LedgerError):
    """A witness or a mirror has seen a log that this one can't have grown from or into."""


class LogDamaged(LedgerError):
    """The rows of the ledger don't lead to what was signed."""

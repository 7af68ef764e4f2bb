"""What can go wrong with the witness.

WitnessError
├── WitnessMissing   key, state or list of logs is not there   no retry: `standwith witness init`
├── WitnessRefused   one of them is there and cannot be used   no retry: the sentence says what mends it
├── WitnessBusy      the state cannot be written just now      retry; nothing was cosigned
├── LogUnknown       nobody told us to watch this log          no retry: ask the witness's people
├── LogNotProven     no signature by a key that we know        no retry: ask them to add the key
└── Conflict         the log must start from another size      retry from `size`
    └── Forked       two trees of one size, both signed        no retry: the log has shown two views

Whatever is raised, nothing was cosigned.
"""


class WitnessError(Exception):
    """The witness could not do what was asked."""


class WitnessMissing(WitnessError):
    """A part of the witness is not there; it is never made by accident."""


class WitnessRefused(WitnessError):
    """A part of the witness is damaged, or of another version."""


class WitnessBusy(WitnessError):
    """The disk did not take the state: locked for too long, full, or failing."""


class LogUnknown(WitnessError):
    """The checkpoint's origin is no log of ours."""


class LogNotProven(WitnessError):
    """The checkpoint is not signed by a key that we have for its origin."""


class Conflict(WitnessError):
    """What was asked does not continue what was cosigned last; `size` is the size of that."""

    def __init__(self, size: int) -> None:
        super().__init__(f"The latest checkpoint that was cosigned has size {size}.")
        self.size = size


class Forked(Conflict):
    """The log signed two different trees of this size."""

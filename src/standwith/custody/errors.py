"""What can go wrong when custodians come together.

CustodyError
├── BundleRefused     its checkpoint is not signed by the log, or it belongs to something else    fetch the right one
├── SharesDamaged     the file is no file of shares, or not as it was written                     make it again
├── SharesForeign     the shares belong to another bundle or campaign                             make them for this one
├── RehearsalFailed   too few custodians showed that they can open, or none is under way          try again with more
└── ResealingRefused  what came back is not what the server gave out                              do it again

Messages are sentences for people and hold nothing of a record.
"""


class CustodyError(Exception):
    """A ceremony cannot go on; the sentence says what mends it."""


class BundleRefused(CustodyError):
    """The bundle is not what the log of this campaign signed."""


class SharesDamaged(CustodyError):
    """The file is not one of shares, or was cut or changed."""


class SharesForeign(CustodyError):
    """The shares were opened from another bundle."""


class RehearsalFailed(CustodyError):
    """It was not shown that enough custodians can open."""


class ResealingRefused(CustodyError):
    """Resealed records that cannot take the place of those on the server."""

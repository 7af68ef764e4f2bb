"""What can go wrong with the journal.

JournalError
├── JournalBusy     somebody else writes, or too much waits     retry soon; nothing was taken
├── JournalFull     the disk has no room                        retry when there is room; nothing was taken
├── JournalMissing  there is no journal at this place           no retry: create it
├── JournalRefused  the file is not a journal, or is damaged    no retry: restore it
└── ActUnreadable   an entry that this version can't decode     no retry: use the version that wrote it

Every one of them means: do not thank anybody.
"""


class JournalError(Exception):
    """The journal could not do what was asked."""


class JournalBusy(JournalError):
    """The journal is in use by others for longer than we wait."""


class JournalFull(JournalError):
    """There is no room for another act."""


class JournalMissing(JournalError):
    """No journal at this path; it is never created by accident."""


class JournalRefused(JournalError):
    """The file is something else, of another version, or damaged."""


class ActUnreadable(JournalError):
    """An entry is no act that this version knows."""

"""What can go wrong with supporters.

SupporterError
├── NeedsNote      a signed statement changed and nobody said what     no retry: publish with a note
├── WrongJournal   the journal is older than what was read of it       no retry: put the right file back
├── KeysMissing    keys that an installation needs are not there       no retry: restore them
├── KeysExist      keys would be made where there are some             no retry
├── CampaignOver   its duplicate key was destroyed at its close        no retry: a new campaign
├── ProfileFixed   open or guarded would change after people signed    no retry: a new campaign
├── NoEpoch        a duplicate key that nobody may have, or is none    no retry
├── NotASignature  what shall be removed is no signature there         no retry: check the indexes
├── NeedsSecond    one person alone may not remove so many             ask a second person
└── NotAnAddress   nobody can be written to at this address            the act is put aside

Messages are sentences for people; none holds a name, an address or a key.
"""


class SupporterError(Exception):
    """Something about supporters is not as it must be."""


class NeedsNote(SupporterError):
    """The statement changed after the first signature; a note must say what changed."""


class WrongJournal(SupporterError):
    """The journal ends before the place up to which it was read."""


class KeysMissing(SupporterError):
    """The clerk cannot work without these keys."""


class KeysExist(SupporterError):
    """Keys are never overwritten."""


class CampaignOver(SupporterError):
    """The campaign was closed and its duplicate key destroyed; it cannot open again."""


class ProfileFixed(SupporterError):
    """Who signed a campaign was promised what its profile promises; it cannot change any more."""


class NoEpoch(SupporterError):
    """There is no such duplicate key, or nobody may have it."""


class NotASignature(SupporterError):
    """What should be taken out of the number is no signature of this campaign."""


class NeedsSecond(SupporterError):
    """So many signatures are taken out of the number by two people only."""


class NotAnAddress(SupporterError):
    """The text is not an address that a mail can be sent to."""

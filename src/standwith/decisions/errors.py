"""Why a decision was not taken.

DecisionRefused
├── NoName          nobody said who decides                          say it with --by
├── NothingShown    consent and risk allow nothing to be shown       no retry: the row has to say more
├── Held            somebody holds the person back                   release first
├── NotAccepted     no first person accepted this version            accept first
├── SamePerson      the second has the name of the first             ask somebody else
├── Settled         it was decided like this already                 nothing to do
└── NotKnown        nobody ever decided about this person            check the id

Messages are sentences for people and name a person by the id that was given.
"""


class DecisionRefused(Exception):
    """The decision was not taken, and nothing was changed."""


class NoName(DecisionRefused):
    """A decision without somebody who took it is none."""


class NothingShown(DecisionRefused):
    """There is nothing to decide: consent and risk let nothing be shown."""


class Held(DecisionRefused):
    """The person is held back."""


class NotAccepted(DecisionRefused):
    """Nobody accepted this version of the row, or the row was changed since."""


class SamePerson(DecisionRefused):
    """One person alone may not show anybody."""


class Settled(DecisionRefused):
    """It was decided like this already."""


class NotKnown(DecisionRefused):
    """No decision was ever taken about this person."""

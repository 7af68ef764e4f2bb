"""What an outlet may answer instead of taking a letter.

MailError
├── Refused     there is no such mailbox (5xx)                no retry
├── Deferred    not now (4xx, policy), or nobody knows        retry later, the same letter under the same Message-ID
└── OutletDown  no letter goes out at present                 retry all later; nobody's letter is to blame

They carry a reply code and never a reply's text, for that tends to hold the address.
"""


class MailError(Exception):
    """The outlet did not take the letter. `code` is the server's reply code, 0 where there was none."""

    def __init__(self, code: int = 0) -> None:
        super().__init__(f"{type(self).__name__} {code}")
        self.code = code


class Refused(MailError):
    """The receiving side said no for good."""


class Deferred(MailError):
    """The receiving side said not now, or no for a reason that can be mended, or the connection broke."""


class OutletDown(MailError):
    """The outlet itself is out of reach, or refuses us rather than a letter."""

"""What can be wrong with a language, a date or a catalogue; none of these is worth a retry.

LanguageError
├── UnknownLanguage      a code that BCP 47 or CLDR does not know
├── NotADate             a text that is not YYYY, YYYY-MM or YYYY-MM-DD
└── CatalogueDamaged     a PO file that cannot be read; carries the line
"""


class LanguageError(ValueError):
    """The root of the tree; its text is a sentence for people."""


class UnknownLanguage(LanguageError):
    """No language goes by this code."""


class NotADate(LanguageError):
    """The text is not a calendar date, nor a month or year of one."""


class CatalogueDamaged(LanguageError):
    """A PO file breaks its grammar at `line` (counted from 1)."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(f"line {line}: {what}")
        self.line = line
        self.what = what

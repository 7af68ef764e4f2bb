"""What can keep a dossier from being printed.

    DossierError
      FontsMissing       a font of the thirteen languages is not installed; names the package that brings it
      LettersMissing     a text holds letters that no installed font has; names them
      SettingFailed      the typesetter refused; a mistake of ours

Invariant: each is one sentence for the person at the keyboard. Trying again helps after what the sentence asks for.
"""


class DossierError(Exception):
    """The dossier cannot be printed; the sentence says why and what mends it."""


class FontsMissing(DossierError):
    """Fonts that a dossier is set in are not installed."""


class LettersMissing(DossierError):
    """Letters for which there is no font; a dossier is never printed with holes."""


class SettingFailed(DossierError):
    """The typesetter refused the document."""

"""The dossier: the record of a campaign as a printed document, for a ministry, a court or a complaint to the ILO.

`compose` says what stands in it, in one language; `press` sets it. Nothing of a campaign is ever read as markup, and
nothing is shown here that the public pages would not show. Reads no campaign folder and no clock; draws nothing.
"""

from standwith.dossier.compose import compose
from standwith.dossier.errors import DossierError, FontsMissing, LettersMissing, SettingFailed
from standwith.dossier.press import PAPERS, press

__all__ = ["PAPERS", "DossierError", "FontsMissing", "LettersMissing", "SettingFailed", "compose", "press"]

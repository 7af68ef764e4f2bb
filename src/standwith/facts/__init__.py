"""Facts: figures with their wording, date and source; written once, shown in every language.

Holds the structure of a fact and its small vocabularies. Invariant: a figure is never without a wording and a wording
never claims a figure it does not have (see `wording.figures_fit`). Does not read files and does not choose a language.
"""

from standwith.facts.fact import CONFIDENCES, UNITS, Fact
from standwith.facts.wording import WORDINGS, Figures, figures_of

__all__ = ["CONFIDENCES", "UNITS", "WORDINGS", "Fact", "Figures", "figures_of"]

"""A fact's figure as it is printed: in words, and with the spaces at which no line may end ("80 %", "7 000")."""

from markupsafe import Markup

from standwith.facts import Fact
from standwith.languages import Voice
from standwith.site.figures import figure


def print_figure(fact: Fact, voice: Voice) -> str:
    """Return the figure with its wording, as text."""
    said = figure(fact, voice).replace("<b>", "").replace("</b>", "")
    return Markup(said).unescape()  # noqa: S704 read as text again, never shown as HTML

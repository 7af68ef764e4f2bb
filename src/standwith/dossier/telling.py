"""One campaign being told in one language: its texts with the figures put in, and the footnotes as they come.

Invariant: a text says in which language it is when that is not the dossier's, and that it is not translated, or is
older than its original, which is then printed with it. It does not choose what is told; the chapters do.
"""

import unicodedata
from collections.abc import Mapping
from datetime import date

from standwith.campaigns.model import Campaign
from standwith.campaigns.model import Source as Cited
from standwith.campaigns.translations import Localised, Text, localise
from standwith.dossier.figures import print_figure
from standwith.dossier.notes import Notes
from standwith.dossier.told import Said, Source
from standwith.facts import Fact
from standwith.languages import PartialDate, Voice, language
from standwith.languages.placeholders import fill

STALE = "The original has changed since this was translated. Read the original."
MISSING = "Not translated yet."
# Both sentences are those of the pages (said.html), where they are marked for translation.


class Telling:
    """What all chapters need."""

    def __init__(self, campaign: Campaign, voice: Voice, today: date) -> None:
        self.campaign, self.voice, self.today = campaign, voice, today
        self.facts: Mapping[str, Fact] = {fact.id: fact for fact in campaign.facts}
        self.sources: Mapping[str, Source] = {source.id: self._source(source) for source in campaign.sources}
        self.notes = Notes(self.sources, voice)
        self.texts: Localised = localise(campaign, voice.code)
        self._originals: Localised = localise(campaign, campaign.source_language)

    def say(self, key: str, *, marked: bool = True) -> Said:
        """Return a text of the campaign by its key; `marked` adds what is to be said of its translation."""
        text = self.texts.text(key)
        lang, direction = self.spoken(text.language)
        original = self.original(key) if marked and text.state == "stale" else None
        return Said(
            text=self.filled(text.text),
            lang=lang,
            dir=direction,
            mark=self.mark(text) if marked else "",
            original=self._plain(original) if original else None,
        )

    def foreign(self, text: str, code: str) -> Said:
        """Return a text that stands in the language it was written in, such as the title of a source."""
        lang, direction = self.spoken(code)
        return Said(text=text, lang=lang, dir=direction)

    def name(self, text: str) -> Said:
        """Return a name as its owner writes it, with its direction where that is not the dossier's."""
        direction = _direction(text)
        return Said(text=text, dir=direction if direction not in ("", self.voice.dir) else "")

    def within(self, text: str) -> str:
        """Return a name to be put into a sentence of ours, set apart where it runs the other way."""
        return f"\u2068{text}\u2069" if _direction(text) not in ("", self.voice.dir) else text

    def filled(self, text: str) -> str:
        """The text with every `{fact:ID}` replaced by the figure in words."""
        return fill(text, self._figure)

    def original(self, key: str) -> Text:
        """The same text in the language the campaign is written in."""
        return self._originals.text(key)

    def mark(self, text: Text) -> str:
        """The sentence on the state of a translation; "" where there is nothing to say."""
        if text.state == "stale":
            return self.voice.gettext(STALE)
        return self.voice.gettext(MISSING) if text.language != self.voice.code else ""

    def spoken(self, code: str) -> tuple[str, str]:
        """The language and direction of a text, both "" where they are the dossier's own."""
        return (code, language(code).direction) if code and code != self.voice.code else ("", "")

    def day(self, when: PartialDate | None) -> str:
        """A date in words, "" for none."""
        return self.voice.date(when) if when else ""

    def _figure(self, name: str) -> str | None:
        fact = self.facts.get(name.removeprefix("fact:"))
        return print_figure(fact, self.voice) if fact else None

    def _plain(self, text: Text) -> Said:
        lang, direction = self.spoken(text.language)
        return Said(text=self.filled(text.text), lang=lang, dir=direction)

    def _source(self, source: Cited) -> Source:
        return Source(
            publisher=self.name(source.publisher),
            title=self.foreign(source.title, source.language),
            date=self.day(source.date),
            address=source.url,
            language=language(source.language).name if source.language else "",
            digest=source.sha256,
        )


def _direction(text: str) -> str:
    """The direction of the first letter that has one; "" where none has. Standard: UAX 9, rules P2 and P3."""
    for letter in text:
        match unicodedata.bidirectional(letter):
            case "L":
                return "ltr"
            case "R" | "AL":
                return "rtl"
    return ""

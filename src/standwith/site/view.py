"""One campaign in one language, laid out for the templates: no template meets a campaign structure or a catalogue.

Invariant: every text says in which language it is and whether it is current, older than its source, or missing; nobody
is shown beyond what their consent and risk allow. It reads no files and counts nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup, escape

from standwith.campaigns.model import Action, Campaign, Demand, Source
from standwith.campaigns.translations import Localised, Text, localise
from standwith.facts import Fact
from standwith.languages import PartialDate, Voice, language
from standwith.languages.placeholders import fill
from standwith.look import SignForm
from standwith.site.events import Dated, chronicle
from standwith.site.figures import figure, plain_figure
from standwith.site.labels import CONFIDENCES
from standwith.site.matters import Arrangement, arrange
from standwith.site.pictures import Hung, hang_pictures
from standwith.site.prose import SECTION, last_level, put_facts, read_markdown
from standwith.site.roll import Chapter, call_roll, countries_of, size_of


@dataclass(frozen=True)
class Said:
    """A text of the campaign: HTML, its language and direction, and "current", "stale" or "missing"."""

    html: Markup
    language: str
    state: str

    @property
    def dir(self) -> str:
        return language(self.language).direction

    def __html__(self) -> str:
        return str(self.html)

    def __str__(self) -> str:
        return self.html.striptags()


@dataclass(frozen=True)
class FactView:
    """A figure, what it counts, when, who says so, and how sure it is."""

    id: str
    figure: Markup
    what: Said
    as_of: PartialDate
    source: Source
    disputed: Said | None
    confidence: str


@dataclass(frozen=True)
class DemandView:
    """A demand, whom it is addressed to, and how far it is met according to whom."""

    id: str
    text: Said
    addressee: Said
    state: str
    source: Source | None
    date: PartialDate | None


@dataclass(frozen=True)
class EventView:
    """A dated event with its source."""

    id: str
    date: PartialDate
    end: PartialDate | None
    kind: str
    title: Said
    place: Said | None
    country: str
    source: Source | None


@dataclass(frozen=True)
class ActionView:
    """Something the page asks for, and which body asks for it."""

    id: str
    title: Said
    text: Said
    asked_by: str


@dataclass(frozen=True)
class PictureView:
    """A picture: its address, its size in pixels, what it shows, who made it."""

    address: str
    width: int
    height: int
    alt: Said
    credit: str


class CampaignView:
    """What the pages of one campaign in one language show."""

    def __init__(self, campaign: Campaign, voice: Voice, *, text: str, open_: bool) -> None:
        self.campaign, self.voice, self.open = campaign, voice, open_
        self.id, self.accent, self.source_language = campaign.id, campaign.accent, campaign.source_language
        self.opened, self.closes, self.country = campaign.opened, campaign.closes, campaign.country
        self.owner, self.beneficiary, self.affiliate = campaign.owner, campaign.beneficiary, campaign.affiliate
        self.guarded = campaign.profile == "guarded"
        affiliate = campaign.affiliate.name if campaign.affiliate else ""
        self.form = SignForm(campaign.id, text, campaign.owner.name, affiliate, self.guarded)
        self._words: Localised = localise(campaign, voice.code)
        self._facts: Mapping[str, Fact] = {fact.id: fact for fact in campaign.facts}
        self._sources: Mapping[str, Source] = {source.id: source for source in campaign.sources}

    @cached_property
    def title(self) -> Said:
        return self.say("title")

    @cached_property
    def headline(self) -> Said:
        return self.say("headline")

    @cached_property
    def summary(self) -> Said | None:
        return self.say("summary") if self.campaign.summary else None

    @cached_property
    def statement(self) -> tuple[Said, ...]:
        """The blocks of the statement, facts put in."""
        blocks, level = [], SECTION
        for number in range(1, len(self.campaign.statement) + 1):
            block = self._block(number, level)
            level = last_level(block.html, level)
            blocks.append(block)
        return tuple(blocks)

    @cached_property
    def demands(self) -> tuple[DemandView, ...]:
        return tuple(self.demand(demand) for demand in self.campaign.demands)

    @cached_property
    def arranged(self) -> Arrangement:
        """All facts, matter by matter."""
        return arrange(self.campaign)

    @cached_property
    def facts(self) -> tuple[tuple[FactView, ...], ...]:
        """The foremost facts in groups: one alone, or those of several sources on the same matter side by side."""
        return tuple(tuple(self.fact(fact, brief=True) for fact in matter.facts) for matter in self.arranged.front)

    @cached_property
    def timeline(self) -> tuple[EventView, ...]:
        """The latest events, in the order of time."""
        return tuple(map(self.event, chronicle(self.campaign).latest))

    @cached_property
    def roll(self) -> tuple[Chapter, ...]:
        return call_roll(self.campaign.organisations, self.voice)

    @cached_property
    def roll_size(self) -> int:
        return size_of(self.roll)

    @cached_property
    def roll_countries(self) -> int:
        return countries_of(self.roll)

    @cached_property
    def beneficiary_name(self) -> Said | None:
        return self.say("beneficiary") if self.campaign.beneficiary else None

    @cached_property
    def coming(self) -> tuple[ActionView, ...]:
        """The actions that are announced and not open yet."""
        return tuple(self._action(action) for action in self.campaign.actions if action.state == "coming")

    @cached_property
    def pictures(self) -> tuple[PictureView, ...]:
        """The pictures in their order, without those of people; the first one leads the page."""
        return tuple(self.picture(hung) for hung in hang_pictures(self.campaign) if not hung.portrait)

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        return self.campaign.sources

    def source(self, name: str) -> Source | None:
        """Return the source of this id."""
        return self._sources.get(name)

    def say(self, key: str) -> Said:
        """Return a one-line text of the campaign, facts put in as plain words."""
        text: Text = self._words.text(key)
        html = put_facts(str(escape(text.text)), self._facts, lambda fact: str(escape(plain_figure(fact, self.voice))))
        return Said(html, text.language, text.state)

    def plain(self, key: str) -> Text:
        """Return a one-line text of the campaign for files that are not HTML, facts put in as plain words."""
        text = self._words.text(key)
        if "{" not in text.text:
            return text
        return Text(fill(text.text, self._figure_named), text.language, text.state)

    def _figure_named(self, name: str) -> str | None:
        fact = self._facts.get(name.removeprefix("fact:"))
        return plain_figure(fact, self.voice) if fact else None

    def _block(self, number: int, above: int) -> Said:
        text = self._words.text(f"statement:{number}")
        html = put_facts(read_markdown(text.text, above), self._facts, self._linked)
        return Said(html, text.language, text.state)

    def _action(self, action: Action) -> ActionView:
        key = f"action:{action.id}"
        return ActionView(action.id, self.say(f"{key}:title"), self.say(f"{key}:text"), action.asked_by)

    def _linked(self, fact: Fact) -> str:
        """The figure with a link to its fact: on the page of the campaign, or on the one of facts that has it."""
        page = "" if fact.id in self.arranged.on_front else self.arranged.places[fact.id]
        return f'<a href="{page}#fact-{fact.id}">{plain_figure(fact, self.voice)}</a>'

    def demand(self, demand: Demand) -> DemandView:
        """Return a demand laid out."""
        return DemandView(
            id=demand.id,
            text=self.say(f"demand:{demand.id}"),
            addressee=self.say(f"demand:{demand.id}:addressee"),
            state=demand.state,
            source=self._sources.get(demand.state_source),
            date=demand.state_date,
        )

    def fact(self, fact: Fact, *, brief: bool = False) -> FactView:
        """Return a fact laid out; in brief it does not say that it is reported, for its source says so."""
        tells = fact.confidence and not (brief and fact.confidence == "reported")
        return FactView(
            id=fact.id,
            figure=figure(fact, self.voice),
            what=self.say(f"fact:{fact.id}:what"),
            as_of=fact.as_of,
            source=self._sources[fact.source],
            disputed=self.say(f"fact:{fact.id}:disputed") if fact.disputed else None,
            confidence=self.voice.gettext(CONFIDENCES[fact.confidence]) if tells else "",
        )

    def picture(self, hung: Hung) -> PictureView:
        """Return a picture that hangs, with the words for those who do not see it."""
        alt = self.say(f"media:{hung.media.file}:alt")
        return PictureView(f"/{hung.path}", hung.width, hung.height, alt, hung.media.credit)

    def event(self, dated: Dated) -> EventView:
        """Return an event laid out."""
        event = dated.event
        return EventView(
            id=dated.anchor,
            date=event.date,
            end=event.end,
            kind=event.kind,
            title=self.say(f"{dated.key}:title"),
            place=self.say(f"{dated.key}:place") if event.place else None,
            country=event.country,
            source=self._sources.get(event.source),
        )

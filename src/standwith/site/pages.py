"""Which files the site is made of: every page in every language, its place, what it is made from, and how.

Invariant: a page's digest covers everything that can change its bytes (texts, numbers, languages, templates, style,
the code and the libraries that make it), so equal digests mean equal bytes. Making a page reads no clock and writes
nothing.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from msgspec.structs import replace

from standwith import look
from standwith.campaigns.directory import Directory
from standwith.campaigns.model import Campaign
from standwith.languages import Voice, voice
from standwith.languages import translatable as _t
from standwith.site import count, feeds, sitemap
from standwith.site.data import plan_calendar, plan_data
from standwith.site.digests import digest
from standwith.site.directory import gather, plan_directory, plan_search
from standwith.site.edition import Edition, editions_of
from standwith.site.explaining import Explanation, Keepers, explanations
from standwith.site.labels import DEMAND_STATES, EVENT_KINDS, SCOPES
from standwith.site.ledger import LedgerShown
from standwith.site.numbers import START, Numbers, marks_around, shown_countries
from standwith.site.packing import tighten
from standwith.site.pictures import hang_pictures
from standwith.site.planned import Page, Sheet
from standwith.site.record import plan_record
from standwith.site.record.people import tell_front
from standwith.site.scripts import script
from standwith.site.told import tell_receipt
from standwith.site.view import FactView

HERE = Path(__file__).parent
PARTS = ("check-your-mail", "thank-you", "withdrawn")
TITLES = {
    "check-your-mail": _t("Now check your mail"),
    "thank-you": _t("Thank you"),
    "withdrawn": _t("Withdrawn"),
    "how-we-count": _t("How we count"),
    "your-data": _t("Your data and the risk"),
    "audits": _t("Audits"),
    "verify": _t("Check it yourself"),
}
ANSWERS = {"thank-you": False, "check-your-mail": True}  # which of them may show a code: that of a guarded campaign?
NAME = "standwith"
MOST_NAMED = 150  # organisations that the page of a campaign names; of more it says how many there are
Show = Callable[[], tuple[Voice, dict[str, Any]]]


class Site:
    """All pages of the campaigns on one day, at one address."""

    def __init__(
        self,
        campaigns: Sequence[Campaign],
        *,
        site_url: str,
        numbers: Mapping[str, Numbers],
        now: datetime,
        ledger: LedgerShown | None = None,
        keepers: Keepers = MappingProxyType({}),
        directory: Directory | None = None,
    ) -> None:
        self.url, self.ledger, self._keepers = site_url.rstrip("/"), ledger, keepers
        self.roster = gather(campaigns, directory)
        self.editions = editions_of(campaigns, numbers, now.date(), self.roster.federations)
        self.codes = tuple(dict.fromkeys(code for group in self.editions.values() for code in group)) or ("en",)
        self._plans: dict[str, Sequence[Sheet]] = {}
        self._templates = look.environment(HERE / "templates")
        self._templates.globals.update(
            scope_name=SCOPES.__getitem__,
            state_name=DEMAND_STATES.__getitem__,
            marks_around=marks_around,
            disagree=disagree,
            kind_name=EVENT_KINDS.__getitem__,
            most_named=MOST_NAMED,
        )

    def pages(self) -> Iterator[Page]:
        """Every file of the site; what people come for first."""
        everything = [edition for group in self.editions.values() for edition in group.values()]
        for edition in everything:
            yield self._campaign_page(edition)
        for group in self.editions.values():
            first = next(iter(group.values()))
            yield self._count_of(first)
            yield from self._pictures_of(first.campaign)
            yield from plan_data(group, self.url)
        for code in self.codes:
            yield from self._pages_of_language(code)
        for edition in everything:
            yield from self._parts_of(edition)
            yield from self._record_of(edition)
        yield from self._pages_of_all()

    def _campaign_page(self, edition: Edition) -> Page:
        inputs = (self._made_from(edition), counted(edition.numbers, guarded=edition.guarded))
        return self._page(edition.path, inputs, "campaign.html", partial(self._show_campaign, edition))

    def _count_of(self, edition: Edition) -> Page:
        inputs = (self._made_from(edition), self.ledger, replace(edition.numbers, as_of=START))
        return Page(f"{edition.id}/count.json", digest(inputs), partial(count.write, edition, self.url, self.ledger))

    def _pictures_of(self, campaign: Campaign) -> Iterator[Page]:
        for path, data in {hung.path: hung.media.data for hung in hang_pictures(campaign)}.items():
            yield Page(path, digest(path), partial(bytes, data))

    def _parts_of(self, edition: Edition) -> Iterator[Page]:
        for name in PARTS:
            show = partial(self._show_answer if name in ANSWERS else self._show_part, edition, name)
            yield self._page(f"{edition.path}{name}/", self._made_from(edition), f"{name}.html", show)
        inputs = (self._made_from(edition), edition.numbers.versions)
        yield Page(f"{edition.path}feed.xml", digest(inputs), partial(feeds.write, edition, self.url))
        yield from plan_calendar(edition, self.url)

    def _record_of(self, edition: Edition) -> Iterator[Page]:
        frame = self._framed_by(edition, edition.made_of.frame)
        for sheet in self._planned(edition):
            show = partial(self._show_sheet, edition, sheet)
            yield self._page(edition.path + sheet.place, (frame, sheet.made_from), sheet.template, show)

    def _pages_of_language(self, code: str) -> Iterator[Page]:
        stories = self._stories(code)
        told = [
            (story.code, story.open, story.numbers.paused, story.made_of.whole, story.numbers.confirmed)
            for story in stories
        ]
        shown = told, bool(self.roster.listings)
        yield self._page(f"{code}/", (code, self.codes, shown), "home.html", partial(self._show_home, code))
        known = (code, self.codes, [one[:3] for one in told])
        for page in explanations(stories, voice(code), site_url=self.url, ledger=self.ledger, keepers=self._keepers):
            show = partial(self._show_explanation, code, page)
            yield self._page(f"{code}/{page.name}/", (known, page.inputs), f"{page.name}.html", show)
        yield self._page(f"{code}/404.html", (code, self.codes), "missing.html", partial(self._show_missing, code))
        for sheet in plan_directory(self.roster, voice(code), stories):
            show = partial(self._show_directory, code, sheet)
            place = f"{code}/organisations/{sheet.place}"
            yield self._page(place, (code, self.codes, sheet.made_from), sheet.template, show)

    def _pages_of_all(self) -> Iterator[Page]:
        yield self._page("", self.codes, "chooser.html", self._show_chooser)
        yield self._page("404.html", self.codes, "missing.html", partial(self._show_missing, self.codes[0]))
        listed = [(name, tuple(group), self._listed(group)) for name, group in self.editions.items()]
        of_site = sitemap.OF_SITE + (sitemap.OF_LEDGER if self.ledger else ()) + self._listed_in_directory()
        inputs = (listed, self.codes, of_site, self.url)
        yield Page("sitemap.xml", digest(inputs), partial(sitemap.write, listed, self.codes, self.url, of_site))
        yield Page("robots.txt", digest(self.url), partial(sitemap.write_robots, self.url))
        yield from plan_search(self.roster)
        for name in ("number", "receipt", "search"):
            yield Page(f"{name}.js", digest(name), partial(script(name).encode))
        yield Page("icon.svg", digest("icon.svg"), (HERE / "icon.svg").read_bytes)

    def _page(self, place: str, inputs: object, template: str, show: Show) -> Page:
        """`place` is a directory ("" the root) or a file; `show` gives the voice and what the template is told."""

        def make() -> bytes:
            spoken, context = show()
            return tighten(look.render_page(self._templates.get_template(template), spoken, **context)).encode()

        path = place if place.endswith(".html") else f"{place}index.html"
        return Page(path, digest(inputs, template, place, self.url), make)

    def _made_from(self, edition: Edition) -> object:
        return self._framed_by(edition, edition.made_of.whole)

    def _framed_by(self, edition: Edition, texts: str) -> object:
        languages = tuple(self.editions[edition.id])
        return texts, edition.code, edition.open, languages, self.codes, self.ledger is None

    def _listed(self, group: Mapping[str, Edition]) -> tuple[str, ...]:
        """The places of a campaign, under its own, that stand in the sitemap; all languages have the same."""
        first = next(iter(group.values()))
        return ("", *(sheet.place for sheet in self._planned(first) if sheet.listed))

    def _planned(self, edition: Edition) -> Sequence[Sheet]:
        """The pages of the record of an edition, planned once."""
        if edition.path not in self._plans:
            self._plans[edition.path] = tuple(plan_record(edition))
        return self._plans[edition.path]

    def _listed_in_directory(self) -> tuple[str, ...]:
        sheets = plan_directory(self.roster, voice(self.codes[0]), self._stories(self.codes[0]))
        return tuple(f"organisations/{sheet.place}" for sheet in sheets if sheet.listed)

    def _stories(self, code: str) -> list[Edition]:
        """Each campaign in this language, or in its source language where it has no such edition; open ones first."""
        stories = [group.get(code) or group[_source(group)] for group in self.editions.values()]
        return sorted(stories, key=lambda story: (not story.open, -story.numbers.confirmed))

    def _frame(self, place: str, codes: Sequence[str], code: str) -> dict[str, Any]:
        """What the page's frame is told when the page lies at `place` under each language's directory."""
        absolute = [(other, f"{self.url}/{other}/{place}") for other in codes]
        absolute.append(("x-default", f"{self.url}/{codes[0]}/{place}" if place else f"{self.url}/"))
        return {
            "canonical": f"{self.url}/{code}/{place}",
            "alternates": absolute if len(codes) > 1 else (),
            "editions": [(other, f"/{other}/{place}") for other in codes],
            "home": f"/{code}/",
            "masthead": NAME,
            "ledger": self.ledger,
        }

    def _show_campaign(self, edition: Edition) -> tuple[Voice, dict[str, Any]]:
        spoken, context = self._show_part(edition, "")
        view, numbers = edition.view, edition.numbers
        told = {
            "title": str(view.headline),
            "description": str(view.summary or view.headline),
            "script": True,
            "numbers": numbers,
            "shown_countries": () if view.guarded else shown_countries(numbers),
        }
        return spoken, context | told | tell_front(edition)

    def _show_part(self, edition: Edition, name: str) -> tuple[Voice, dict[str, Any]]:
        view = edition.view
        place = f"{edition.id}/{name}/" if name else f"{edition.id}/"
        frame = self._frame(place, tuple(self.editions[edition.id]), edition.code)
        frame |= {
            "masthead": str(view.title),
            "home": f"/{edition.path}",
            "accent": view.accent,
            "campaign": edition.id,
        }
        told = {"c": view, "title": part_title(name, edition.voice), "address": f"{self.url}/{edition.path}"}
        return edition.voice, frame | told | {"picture": self.url + view.pictures[0].address if view.pictures else ""}

    def _show_sheet(self, edition: Edition, sheet: Sheet) -> tuple[Voice, dict[str, Any]]:
        spoken, context = self._show_part(edition, sheet.place.rstrip("/"))
        return spoken, context | sheet.tell()

    def _show_answer(self, edition: Edition, name: str) -> tuple[Voice, dict[str, Any]]:
        """A page that answers an act; where it may show a code, it has the script for that."""
        spoken, context = self._show_part(edition, name)
        shows = self.ledger is not None and ANSWERS[name] == edition.guarded
        return spoken, context | {"script": shows, "told": tell_receipt(spoken, "/log/") if shows else ""}

    def _show_home(self, code: str) -> tuple[Voice, dict[str, Any]]:
        title = voice(code).gettext("Campaigns")
        stories = [(story.view, story.numbers) for story in self._stories(code)]
        return voice(code), self._frame("", self.codes, code) | {
            "title": title,
            "stories": stories,
            "organisations": bool(self.roster.listings),
        }

    def _show_explanation(self, code: str, page: Explanation) -> tuple[Voice, dict[str, Any]]:
        told = {"title": part_title(page.name, voice(code))} | page.tell()
        return voice(code), self._frame(f"{page.name}/", self.codes, code) | told

    def _show_directory(self, code: str, sheet: Sheet) -> tuple[Voice, dict[str, Any]]:
        return voice(code), self._frame(f"organisations/{sheet.place}", self.codes, code) | sheet.tell()

    def _show_missing(self, code: str) -> tuple[Voice, dict[str, Any]]:
        frame = self._frame("", self.codes, code)
        return voice(code), frame | {"title": voice(code).gettext("This page is not here")}

    def _show_chooser(self) -> tuple[Voice, dict[str, Any]]:
        spoken = voice("en")
        frame = self._frame("", self.codes, "") | {"canonical": f"{self.url}/", "home": "", "editions": ()}
        title = spoken.gettext("Choose your language")
        return spoken, frame | {"title": title, "voices": [voice(code) for code in self.codes]}


def part_title(name: str, spoken: Voice) -> str:
    """Return the title of one of the small pages, "" for a name that has none."""
    return spoken.gettext(TITLES[name]) if name in TITLES else ""


def counted(numbers: Numbers, *, guarded: bool = False) -> object:
    """Return what of the numbers a campaign page shows; neither when they were counted nor how large the ledger is."""
    witnessed = (numbers.cosigned, numbers.witnesses) if numbers.witnesses else ()
    sifted = numbers.sifted if guarded else 0
    shown = shown_countries(numbers)
    return numbers.confirmed, numbers.countries, shown, numbers.versions, witnessed, sifted, numbers.paused


def disagree(group: Sequence[FactView]) -> bool:
    """Return whether the sources of one matter give different figures."""
    return len({fact.figure for fact in group}) > 1


def _source(group: Mapping[str, Edition]) -> str:
    return next(iter(group.values())).campaign.source_language

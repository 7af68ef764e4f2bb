"""People as a CSV that Uwazi imports, the archive software of human-rights organisations; one row for each person.

Uwazi matches columns with the properties of a template. A column in several languages has the language behind two
underscores (`title__fr`), and stands in every live language; where a text is not translated, the source stands there,
for Uwazi keeps no holes. Several values of a cell are parted by `|`, so a bar inside a text becomes a slash. Dates are
2020/08/09; one that is less exact, and a time of several days, is a range from its first day to its last,
2020/08/01:2020/08/31. There is no column `id`: that would overwrite entries of the archive.
Invariant: nobody is shown beyond what people.json shows; no cell is a formula. docs/data.md says which template fits.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from standwith.campaigns.model import Campaign
from standwith.languages import PartialDate
from standwith.people import Status
from standwith.site.data.csv_files import cells, write_csv
from standwith.site.data.shown import Shown, show_people
from standwith.site.labels import STATUSES
from standwith.site.view import CampaignView

SPOKEN = ("title", "role", "organisation", "status", "statuses", "status_history")
"""The columns that stand in every language."""
PLAIN = ("status_since", "status_dates", "hearing", "born", "sources", "page", "standwith_id")


def columns(languages: Sequence[str]) -> tuple[str, ...]:
    """The header for these languages."""
    return (*(f"{name}__{code}" for name in SPOKEN for code in languages), *PLAIN)


def write(campaign: Campaign, views: Sequence[CampaignView], site_url: str) -> bytes:
    """Return people-uwazi.csv; the view in the source language stands first."""
    sources = {source.id: f"{source.publisher}: {source.title}" for source in campaign.sources}
    spoken = [(view, {name: view.voice.gettext(word) for name, word in STATUSES.items()}) for view in views]
    home = f"{site_url}/{views[0].voice.code}/{campaign.id}/people/"
    rows = (
        [*_spoken(shown, spoken), *_plain(shown, sources), f"{home}{shown.called}/", f"{campaign.id}/{shown.called}"]
        for shown in show_people(campaign)
    )
    return write_csv(columns([view.voice.code for view in views]), map(cells, rows))


def _spoken(shown: Shown, views: Iterable[tuple[CampaignView, Mapping[str, str]]]) -> Iterator[str]:
    told = [_tell(shown, view, statuses) for view, statuses in views]
    for name in SPOKEN:
        for one in told:
            yield one[name]


def _tell(shown: Shown, view: CampaignView, statuses: Mapping[str, str]) -> Mapping[str, str]:
    """What the row says in one language."""
    person, key = shown.person, shown.key
    words = [statuses[change.status] for change in person.history]
    lines = (_line(shown, place, word, view) for place, word in enumerate(words, start=1))
    return {
        "title": view.plain(f"{key}:name").text if person.shown == "full name" else person.name,
        "role": view.plain(f"{key}:role").text if person.role else "",
        "organisation": view.plain(f"{key}:organisation").text if person.organisation else "",
        "status": words[-1] if words else "",
        "statuses": bar(list(dict.fromkeys(words))),
        "status_history": "\n".join(lines),
    }


def _line(shown: Shown, place: int, word: str, view: CampaignView) -> str:
    change = shown.person.history[place - 1]
    detail = view.plain(f"{shown.key}:detail-{place}").text if change.detail else ""
    return f"{change.date}: {word}" + (f" ({detail})" if detail else "")


def _plain(shown: Shown, sources: Mapping[str, str]) -> Iterator[object]:
    person = shown.person
    yield span(person.history[-1].date) if person.history else ""
    yield bar([span(change.date) for change in person.history])
    yield span(person.hearing) if person.hearing else ""
    yield person.born
    yield bar(_titles(person.history, person.sources, sources))


def _titles(history: Sequence[Status], more: Sequence[str], sources: Mapping[str, str]) -> list[str]:
    names = dict.fromkeys((*more, *(change.source for change in history)))
    return [sources[name] for name in names if name in sources]


def bar(values: Sequence[str]) -> str:
    """Several values of one cell."""
    return "|".join(value.replace("|", "/") for value in values)


@lru_cache(maxsize=4096)
def span(when: PartialDate) -> str:
    """A range that Uwazi reads, from the first day that is meant to the last."""
    return f"{when.first_day()}:{when.last_day()}".replace("-", "/")

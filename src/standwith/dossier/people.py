"""People as far as they may be shown, by what became of them, each with the whole history and who says so.

Invariant: nobody is shown beyond what the register of the pages holds of them. Who decided that they may be printed is
for the command. Photographs and birthdays are not printed.
"""

from datetime import date

from standwith.dossier import told
from standwith.dossier.notes import near
from standwith.dossier.telling import Telling
from standwith.languages import PartialDate, Voice
from standwith.people import Days, Person, Status, days_inside
from standwith.site.labels import FATES, STATUSES
from standwith.site.persons import Entry, Register, is_to_come, register


def tell_people(telling: Telling) -> told.Chapter | None:
    """The people under the headings of the pages, in the same order; None where nobody is shown."""
    everybody, voice = register(telling.campaign), telling.voice
    if not everybody.entries:
        return None
    groups = (_group(telling, heading, everybody) for heading in FATES if everybody.counts[heading])
    only = voice.gettext("Only people whose names are already public, or who agreed to be named.")
    return told.Chapter(
        kind="people",
        heading=voice.gettext("People"),
        lead=" ".join((only, *_missing(everybody, voice))),
        groups=tuple(groups),
    )


def _missing(everybody: Register, voice: Voice) -> list[str]:
    found = []
    if everybody.hidden:
        one, many = (
            "{n} person is not named here, for their safety.",
            "{n} people are not named here, for their safety.",
        )
        found.append(voice.ngettext(one, many, everybody.hidden))
    if everybody.withdrawn:
        one, many = "{n} person was taken out of this record.", "{n} people were taken out of this record."
        found.append(voice.ngettext(one, many, everybody.withdrawn))
    return found


def _group(telling: Telling, heading: str, everybody: Register) -> told.Group:
    return told.Group(
        heading=telling.voice.gettext(heading),
        count=telling.voice.number(everybody.counts[heading]),
        people=tuple(_someone(telling, entry) for entry in everybody.entries if entry.heading == heading),
    )


def _someone(telling: Telling, entry: Entry) -> told.Someone:
    person = entry.person
    marks = near(len(person.history))
    about = (f"{entry.key}:{part}" for part in ("role", "organisation") if getattr(person, part))
    return told.Someone(
        name=_name(telling, entry),
        about=tuple(telling.say(key, marked=False) for key in about),
        facts=tuple(_facts(person, telling.voice, telling.today)),
        notes=telling.notes.cite(person.sources, marks),
        history=tuple(
            _change(telling, change, f"{entry.key}:detail-{place}", marks)
            for place, change in enumerate(person.history, 1)
        ),
    )


def _name(telling: Telling, entry: Entry) -> told.Said:
    if entry.person.shown == "full name":
        return telling.say(f"{entry.key}:name", marked=False)
    return telling.foreign(entry.person.name, telling.campaign.source_language)


def _facts(person: Person, voice: Voice, today: date) -> list[str]:
    """What a line below the name says: how long inside, the next hearing, the year of birth."""
    found = []
    if days := days_inside(person, today):
        found.append(_inside_for(days, voice))
    if person.hearing and is_to_come(person.hearing, today):
        found.append(voice.gettext("Next hearing: {date}", date=person.hearing))
    if person.born:
        found.append(voice.gettext("Born in {year}.", year=voice.date(PartialDate(person.born))))
    return found


def _inside_for(days: Days, voice: Voice) -> str:
    if days.low == days.high:
        return voice.ngettext("{count} day in detention", "{count} days in detention", days.high, count=days.high)
    return voice.gettext("{low} to {high} days in detention", low=days.low, high=days.high)


def _change(telling: Telling, change: Status, key: str, marks: dict[str, told.Mark] | None) -> told.Change:
    return told.Change(
        date=telling.voice.date(change.date),
        status=telling.voice.gettext(STATUSES[change.status]),
        detail=telling.say(key) if change.detail else None,
        notes=telling.notes.cite([change.source], marks),
    )

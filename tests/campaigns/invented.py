"""Invented campaigns for property tests: hypothesis strategies that follow the shapes of the format.

Every campaign that is drawn is without an error: ids are unique, sources exist, wording and figures agree. Its texts
hold whatever people may type: every script, quotation marks, commas, backslashes, markup, line breaks where allowed.
"""

import unicodedata
from hashlib import sha256
from itertools import pairwise

from hypothesis import strategies as st
from msgspec.structs import replace

from standwith.campaigns import model
from standwith.campaigns.people_rows import gather, spread
from standwith.facts import UNITS, WORDINGS, Fact, Figures
from standwith.languages import Catalogue, Entry, PartialDate
from standwith.manuscript import FILE_MISTAKES, Report, check_letters
from standwith.organisations import SCOPES, Organisation
from standwith.people import CONSENTS, RISKS, SHOWN, STATUSES, Person, Status
from tests.campaigns.good_folder import PICTURE, custodian_key

TRICKY = st.sampled_from(
    [
        *(
            'say "no"',
            '"',
            '""',
            '"""',
            "'''",
            "O'Neill",
            "a,b;c",
            ",",
            "C:\\new\\",
            "\\u0041",
            "# no comment",
            "[x]",
            "a = 1",
        ),
        *(
            "=1+1",
            "<b>&amp;</b>",
            "$x %s <% y %>",
            "1. 2,000",
            "- a",
            "---",
            "msgid",
            "#, fuzzy",
            "a\u00a0b",
            "\u00e9 e\u0301",
        ),
        *("«Жыве»", "ქართული", "العربية ١٢", "李", "👩🏽 ☭", "x" * 300),
    ]
)
WEIRD = TRICKY | st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"], exclude_characters="{}"), max_size=9
)


def clean(text: str) -> str:
    """The text as a person could have typed it: composed, without spaces at its ends, without deceiving signs."""
    text = unicodedata.normalize("NFC", text).strip()
    report = Report(FILE_MISTAKES)
    check_letters(text, "", report)
    return "".join(letter for letter in text if letter not in "\ufffd\u200d\u200c") if not report.findings else "plain"


line = WEIRD.map(clean)
filled = line.filter(bool)
text = st.lists(WEIRD, max_size=3).map("\n".join).map(clean)
ids = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,4})?", fullmatch=True)
countries = st.sampled_from(["", "BY", "FR", "CI", "XK"])
urls = st.sampled_from(["", "https://example.org", "https://example.org/?a=1,2&b=%20#c", "http://пример.example/путь"])
days = st.dates().map(lambda day: PartialDate(day.year, day.month, day.day)).filter(lambda day: day.year >= 1000)
dates = st.one_of(
    days, days.map(lambda day: PartialDate(day.year, day.month)), days.map(lambda day: PartialDate(day.year))
)
maybe_dates = st.none() | dates
numbers = st.integers(0, 10**15 - 2)


def unique(items: st.SearchStrategy, key: str, most: int = 4, least: int = 0) -> st.SearchStrategy:
    """A tuple of items without two of the same key."""
    return st.lists(items, unique_by=lambda item: getattr(item, key), min_size=least, max_size=most).map(tuple)


sources = unique(
    st.builds(
        model.Source,
        id=ids,
        publisher=filled,
        title=filled,
        date=maybe_dates,
        url=urls,
        language=st.sampled_from(["", "en", "pt-BR", "sr-Latn"]),
        sha256=st.sampled_from(["", "0f" * 32]),
    ),
    "id",
    least=1,
)
kept = st.dictionaries(st.sampled_from(["letter.pdf", "Письмо (1).txt", "a,b.eml"]), st.binary(max_size=9), max_size=2)


@st.composite
def sources_with_copies(draw: st.DrawFn) -> tuple[tuple[model.Source, ...], dict[str, bytes]]:
    """Sources, of which some have a kept copy, and the copies."""
    rows, copies = draw(sources), draw(kept)
    for place, (name, data) in enumerate(copies.items()):
        row = replace(rows[place % len(rows)], file=name, sha256=sha256(data).hexdigest())
        rows = tuple(row if other.id == row.id else other for other in rows)
    return rows, {row.file: copies[row.file] for row in rows if row.file}


@st.composite
def facts(draw: st.DrawFn, source: st.SearchStrategy[str]) -> Fact:
    wording = draw(st.sampled_from(list(WORDINGS)))
    unit = draw(st.sampled_from(UNITS))
    small = draw(st.integers(0, 99) if unit == "percent" else numbers)
    low, high = {
        Figures.NONE: (None, None),
        Figures.LOW: (small, None),
        Figures.HIGH: (None, small),
        Figures.BOTH_EQUAL: (small, small),
        Figures.RANGE: (small, small + 1),
    }[WORDINGS[wording].figures]
    return Fact(
        id=draw(ids),
        what=draw(filled),
        low=low,
        high=high,
        unit=unit,
        wording=wording,
        as_of=draw(dates),
        source=draw(source),
        disputed=(disputed := draw(text)),
        group=draw(st.just("") | ids),
        confidence=draw(st.sampled_from(["", "disputed" if disputed else "reported"])),
    )


@st.composite
def history(draw: st.DrawFn, figures: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The facts, some in place of the one before, some in a series of their unit."""
    rows = list(figures)
    for place, (older, newer) in enumerate(pairwise(figures), start=1):
        if newer.as_of.last_day() >= older.as_of.first_day() and draw(st.booleans()):
            rows[place] = replace(rows[place], supersedes=older.id)
        elif (newer.unit, newer.as_of != older.as_of) == (older.unit, True) and not rows[place - 1].series:
            rows[place - 1 : place + 1] = (replace(row, series="s") for row in rows[place - 1 : place + 1])
            break
    return tuple(rows)


@st.composite
def people(draw: st.DrawFn, source: st.SearchStrategy[str]) -> Person:
    statuses = st.builds(Status, date=dates, status=st.sampled_from(STATUSES), detail=text, source=source)
    if draw(st.integers(0, 9)) == 0:
        return Person(id=f"withdrawn-{draw(st.integers(1, 99))}", shown="none", consent="withdrawn", risk="high")
    person = Person(
        id=draw(ids),
        name=draw(filled),
        role=draw(line),
        organisation=draw(line),
        shown=draw(st.sampled_from(SHOWN)),
        consent=draw(st.sampled_from([consent for consent in CONSENTS if consent != "withdrawn"])),
        risk=draw(st.sampled_from(RISKS)),
        history=tuple(draw(st.lists(statuses, max_size=3))),
        sources=(draw(source), *draw(st.lists(source, max_size=2))),
        review=draw(maybe_dates),
    )
    if person.consent != "withheld":
        person = replace(person, **draw(st.fixed_dictionaries({}, optional=DETAILS)))
    (person,) = gather(spread([person]))  # lowers `shown` to what may be shown
    return replace(person, photo="gate.png", photo_consent="own") if person.shown == "full name" else person


DETAILS = {
    "born": st.integers(1900, 2099),
    "birthday": st.dates().map(lambda day: f"{day:%m-%d}"),
    "hearing": dates,
    "photo_consent": st.sampled_from(CONSENTS),
}


organisations = st.builds(
    Organisation,
    name=filled,
    acronym=line,
    scope=st.sampled_from(SCOPES),
    sector=line,
    country=countries.filter(bool),
    url=urls,
    endorses=st.booleans(),
)
blocks = st.lists(WEIRD.map(clean).filter(bool).map(lambda text: f"x{text}"), min_size=1, max_size=3).map("\n".join)
named = {"name": filled, "url": urls}


@st.composite
def catalogues(draw: st.DrawFn, code: str) -> Catalogue:
    contexts = draw(st.lists(st.sampled_from(["headline", "statement:1", "demand:a", "fact:b:what"]), unique=True))
    entries = [
        Entry(
            context=context,
            source=draw(filled),
            target=draw(text),
            fuzzy=(fuzzy := draw(st.booleans())),
            previous=draw(filled) if fuzzy else "",
            comments=tuple(draw(st.lists(st.sampled_from(["ask Kofi", "« bien »"]), max_size=2))),
            obsolete=draw(st.booleans()),
        )
        for context in contexts
    ]
    return Catalogue(language=code, entries=tuple(entries))


@st.composite
def campaigns(draw: st.DrawFn) -> model.Campaign:
    known, copies = draw(sources_with_copies())
    source = st.sampled_from([row.id for row in known])
    some = st.lists(source, max_size=2).map(tuple)
    figures = draw(history(draw(unique(facts(source), "id"))))
    said = st.just("{fact:" + figures[0].id + "}") | filled if figures else filled
    state = {"state": "met", "state_source": draw(source), "state_date": draw(dates)} if draw(st.booleans()) else {}
    demands = st.builds(
        model.Demand, id=ids, text=said, addressee=filled, sources=some, **{k: st.just(v) for k, v in state.items()}
    )
    actions = st.builds(
        model.Action,
        id=ids,
        kind=st.sampled_from(model.ACTION_KINDS[1:]),
        title=filled,
        text=said | st.just(""),
        asked_by=line,
        source=st.just("") | source,
        state=st.sampled_from(model.ACTION_STATES),
    )
    events = st.builds(
        model.Event,
        date=days,
        kind=st.sampled_from(model.EVENT_KINDS),
        title=filled,
        place=line,
        country=countries,
        source=source,
    )
    targets = st.builds(
        model.Target,
        name=filled,
        office=line,
        organisation=line,
        country=countries,
        email=st.sampled_from(["", "a.b+c@example.org"]),
        postal=text,
        source=source,
        checked_on=maybe_dates,
    )
    closes = draw(maybe_dates)
    custodians = tuple(
        draw(st.builds(model.Custodian, name=filled, key=st.just(custodian_key(which))))
        for which in range(draw(st.integers(0, 3)))
    )
    return model.Campaign(
        id=draw(ids),
        title=draw(filled),
        headline=draw(filled),
        summary=draw(text),
        country=draw(countries),
        source_language="en",
        languages=tuple(draw(st.permutations(["en", "fr", "pt-BR", "ar"]))),
        opened=closes or draw(dates),
        closes=closes,
        accent="#224466",
        owner=draw(st.builds(model.Owner, email=st.just("desk@example.org"), **named)),
        beneficiary=draw(st.none() | st.builds(model.Beneficiary, **named)),
        affiliate=draw(st.none() | st.builds(model.Affiliate, **named)),
        custodians=custodians,
        custodians_needed=draw(st.sampled_from([None, len(custodians)])) if custodians else None,
        profile=draw(st.sampled_from(["open", "guarded"])) if len(custodians) > 1 else "open",
        demands=draw(unique(demands, "id", least=1)),
        actions=draw(unique(actions, "id")),
        media=draw(
            st.tuples(st.builds(model.Media, file=st.just("gate.png"), alt=filled, credit=line, data=st.just(PICTURE)))
        ),
        statement=tuple(draw(st.lists(blocks | said.map(lambda text: f"x {text}"), min_size=1, max_size=4))),
        facts=figures,
        people=draw(unique(people(source), "id", most=3)),
        copies=copies,
        timeline=tuple(
            draw(st.lists(events, max_size=3, unique_by=lambda event: (event.date, event.title.casefold())))
        ),
        organisations=draw(unions()),
        targets=tuple(draw(st.lists(targets, max_size=3))),
        sources=known,
        translations={
            code: draw(catalogues(code)) for code in draw(st.lists(st.sampled_from(["fr", "ar"]), unique=True))
        },
    )


@st.composite
def unions(draw: st.DrawFn) -> tuple[Organisation, ...]:
    """Organisations of which no two share a name or an acronym; some stand under the first."""
    names = (lambda row: row.name.casefold(), lambda row: row.acronym.casefold())
    first, *others = draw(st.lists(organisations, min_size=1, max_size=4, unique_by=names))
    return (first, *(replace(row, parent=draw(st.sampled_from(["", first.name]))) for row in others))

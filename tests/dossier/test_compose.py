"""What stands in a dossier: everything that the pages show, in the language asked for, every source in a footnote."""

from msgspec.structs import replace

from standwith.campaigns.model import Campaign, Source
from standwith.dossier import compose
from standwith.dossier.told import Chapter, Dossier, Mark
from standwith.languages import PartialDate, voice
from standwith.people import Person, Status
from tests.campaigns.belarus import CAMPAIGN, WORKERS, translate
from tests.dossier.reading import DAY


def dossier(campaign: Campaign = CAMPAIGN, code: str = "en") -> Dossier:
    return compose(campaign, voice(code), DAY)


def chapter(kind: str, campaign: Campaign = CAMPAIGN, code: str = "en") -> Chapter:
    return next(one for one in dossier(campaign, code).chapters if one.kind == kind)


def test_chapters_stand_in_order_and_empty_ones_are_left_out() -> None:
    kinds = [one.kind for one in dossier().chapters]
    assert kinds == ["statement", "demands", "facts", "people", "timeline", "sources"]
    bare = replace(CAMPAIGN, facts=(), people=(), timeline=(), statement=("Free them.",), sources=())
    assert [one.kind for one in dossier(bare).chapters] == ["statement", "demands"]


def test_a_source_is_named_in_full_once_and_then_by_the_number_of_that_note() -> None:
    statement = chapter("statement")
    first = next(node.note for node in statement.blocks[1].nodes[0].parts if node.note)
    assert first.number == 1 and first.see == "" and first.source
    later = chapter("facts").matters[0].facts[0].notes[0]
    assert (later.number, later.first, later.see) == (2, 1, "see note 1")


def test_notes_are_numbered_without_a_gap_in_the_order_of_the_document() -> None:
    numbers: list[int] = []

    def walk(thing: object) -> None:
        if isinstance(thing, Mark):
            numbers.extend([] if thing.again else [thing.number])
        elif isinstance(thing, tuple):
            for one in thing:
                walk(one)
        elif hasattr(thing, "__struct_fields__"):
            for name in thing.__struct_fields__:
                walk(getattr(thing, name))

    walk(dossier())
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) == 6  # the statement, two facts, a history, two events


def test_rows_of_one_history_share_the_note_of_one_source() -> None:
    rows = tuple(Status(date=PartialDate(2020, month), status="detained", source="s") for month in (8, 9))
    campaign = replace(CAMPAIGN, people=(replace(CAMPAIGN.people[0], history=rows),))
    first, second = chapter("people", campaign).groups[0].people[0].history
    assert second.notes == (Mark(number=first.notes[0].number, again=True),)


def test_nobody_is_shown_beyond_consent_and_risk() -> None:
    told = str(dossier())
    assert "Amina Example" in told
    assert "B. E." in told
    for hidden in ("Bela Example", "Cyril", "driver"):
        assert hidden not in told
    assert "1 person is not named here" in chapter("people").lead


def test_a_person_has_days_inside_the_next_hearing_and_the_whole_history() -> None:
    rows = (
        Status(date=PartialDate(2026, 11, 12), status="detained", source="s"),
        Status(date=PartialDate(2026, 11, 20), status="charged", detail="with striking", source="s"),
    )
    amina = replace(CAMPAIGN.people[0], history=rows, hearing=PartialDate(2026, 12, 1), born=1980, birthday="03-14")
    found = chapter("people", replace(CAMPAIGN, people=(amina,))).groups[0]
    assert found.heading == "Still inside"
    assert found.people[0].facts == ("10 days in detention", "Next hearing: 1 December 2026", "Born in 1980.")
    assert [row.status for row in found.people[0].history] == ["detained", "charged"]
    assert "March" not in str(found)


def test_a_figure_that_was_replaced_stands_behind_the_new_one() -> None:
    old, other = CAMPAIGN.facts
    new = replace(old, id="killed-2", low=4, supersedes="killed", disputed="", confidence="confirmed")
    (matter, _) = chapter("facts", replace(CAMPAIGN, facts=(old, other, new))).matters
    assert [(fact.figure, fact.replaced) for fact in matter.facts] == [
        ("at least 4", False),
        ("Before: at least 2", True),
    ]
    assert matter.facts[0].confidence == "Confirmed"
    assert matter.heading == ""


def test_sources_that_disagree_stand_side_by_side() -> None:
    fact = CAMPAIGN.facts[0]
    facts = (replace(fact, group="killed"), replace(fact, id="more", low=5, group="killed"))
    (matter,) = chapter("facts", replace(CAMPAIGN, facts=facts)).matters
    assert matter.heading == "Sources disagree: both are shown"


def test_what_is_not_translated_says_so_in_its_own_language() -> None:
    campaign = translate(CAMPAIGN, "fr", but=lambda key: key == "statement:1")
    missing, done = chapter("statement", campaign, "fr").blocks[:2]
    assert (missing.lang, missing.mark) == ("en", voice("fr").gettext("Not translated yet."))
    assert (done.lang, done.mark) == ("", "")


def test_a_stale_translation_is_printed_with_its_original() -> None:
    campaign = translate(CAMPAIGN, "fr")
    changed = replace(campaign, statement=(WORKERS.replace("many", "all"), *campaign.statement[1:]))
    block = chapter("statement", changed, "fr").blocks[0]
    assert block.lang == "" and "fr: We are workers" in str(block.nodes)
    assert block.original is not None and block.original.lang == "en" and "all countries" in str(block.original.nodes)


def test_a_title_keeps_the_language_it_was_written_in() -> None:
    campaign = replace(CAMPAIGN, sources=(Source(id="s", publisher="Union", title="ماذا حدث", language="ar"),))
    title = chapter("sources", campaign).sources[0].title
    assert (title.lang, title.dir) == ("ar", "rtl")


def test_a_person_without_news_stands_last() -> None:
    quiet = Person(id="q", name="Quiet Example", shown="full name", consent="own", risk="none", sources=("s",))
    groups = chapter("people", replace(CAMPAIGN, people=(quiet, *CAMPAIGN.people))).groups
    assert groups[-1].heading == "No news yet"
    assert groups[-1].people[0].notes[0].see == "see note 1"


def test_no_line_ends_within_a_figure() -> None:
    fact = replace(CAMPAIGN.facts[0], low=80, high=80, unit="percent", wording="exactly", disputed="")
    assert chapter("facts", replace(CAMPAIGN, facts=(fact,)), "fr").matters[0].facts[0].figure == "80\u00a0%"


def test_of_people_who_may_not_be_shown_nothing_is_printed_whatever_was_recorded() -> None:
    people = tuple(
        Person(
            id=f"secret-{number}",
            name=f"Hidden{number} Name{number}",
            role=f"role-{number}" if shown != "none" else f"secret role {number}",
            shown=shown,
            consent="withheld" if shown == "none" else "own",
            risk="high",
            birthday="03-14",
            born=1980,
            photo="secret.jpg",
            history=(Status(date=PartialDate(2020), status="detained", detail=f"detail {shown}", source="s"),),
        )
        for number in range(200)
        for shown in ("none", "initials")
    )
    told = str(dossier(replace(CAMPAIGN, people=people)))
    for hidden in ("Hidden", "secret", "detail none", "1980", "March"):
        assert hidden not in told
    assert told.count("detail initials") == 200

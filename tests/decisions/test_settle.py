"""What is published of a folder: of people what two approved, and no word, picture or translation beyond it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from standwith.campaigns.folder import dump, load_files
from standwith.campaigns.model import Campaign, Media
from standwith.campaigns.strings import strings
from standwith.campaigns.translations import localise
from standwith.decisions.settle import settle_people
from standwith.languages.catalogue import Catalogue, Entry
from standwith.people import CONSENTS, RISKS, SHOWN, Person
from tests.campaigns.good_folder import PICTURE, good_folder
from tests.decisions.people import AMINA, BO, QUIET, RELEASED


@pytest.fixture
def campaign() -> Campaign:
    """The good folder with our three people, and a translation of everything."""
    loaded = load_files(good_folder()).campaign
    source = loaded.sources[0].id
    people = tuple(
        replace(one, sources=(source,), history=tuple(replace(each, source=source) for each in one.history))
        for one in (AMINA, BO, QUIET)
    )
    return translated(replace(loaded, people=people, media=(), translations={}))


def translated(campaign: Campaign) -> Campaign:
    entries = tuple(
        Entry(context=string.key, source=string.text, target=f"«{string.text}»", comments=_remark(string.key))
        for string in strings(campaign)
    )
    return replace(campaign, translations={"fr": Catalogue(language="fr", entries=entries)})


def _remark(key: str) -> tuple[str, ...]:
    """A translator's own remark, which may say anything."""
    return ("Amina Example?",) if key.startswith("person:") else ()


def settled(campaign: Campaign, *approved: Person) -> Campaign:
    return settle_people(campaign, {person.id: person for person in approved})


def hidden(campaign: Campaign) -> int:
    return sum(person.shown == "none" for person in campaign.people)


def written(campaign: Campaign) -> str:
    return b"\n".join(dump(campaign).values()).decode(errors="replace")


def test_without_a_decision_nobody_is_in_what_is_kept(campaign: Campaign) -> None:
    kept = settled(campaign)
    assert hidden(kept) == 3
    for trace in ("Amina Example", "amina-", "welder", "at the gate", "bo-example", "Quiet", "quiet"):
        assert trace not in written(kept), trace


def test_who_is_approved_is_shown_and_the_others_leave_no_name(campaign: Campaign) -> None:
    kept = settled(campaign, campaign.people[0])
    assert [one.id for one in kept.people] == ["amina-example", "not-shown-2", "not-shown-3"]
    assert "«welder»" in written(kept)
    assert "bo-example" not in written(kept)


def test_what_is_kept_can_be_read_again(campaign: Campaign) -> None:
    stone = Person(id="withdrawn-1", shown="none", consent="withdrawn", risk="high")
    campaign = replace(campaign, people=(*campaign.people, stone))
    for approved in ((), campaign.people[:1], campaign.people):
        kept = settled(campaign, *approved)
        found = load_files(dump(kept))
        assert found.campaign == kept, found.findings


def test_settling_again_changes_nothing(campaign: Campaign) -> None:
    for approved in ((), campaign.people[:2]):
        kept = settled(campaign, *approved)
        assert settled(kept, *approved) == kept
        assert hidden(settled(kept)) == 3


def test_the_day_of_review_is_nobody_s_business(campaign: Campaign) -> None:
    assert settled(campaign, *campaign.people).people[0].review is None


def test_a_translation_of_words_that_nobody_approved_is_not_shown(campaign: Campaign) -> None:
    """Its catalogue is ahead of the approval: the words would come through in another language."""
    approved = campaign.people[0]
    changed = replace(
        approved, history=(*approved.history, replace(RELEASED, source=approved.sources[0], detail="ill"))
    )
    later = translated(replace(campaign, people=(replace(changed, role="on sick leave"), *campaign.people[1:])))
    kept = settled(later, approved)
    assert "sick" not in written(kept)
    assert "ill" not in {text.text for text in localise(kept, "fr").texts.values()}
    assert "«sick" not in "".join(text.text for text in localise(kept, "fr").texts.values())


@pytest.mark.parametrize("stale", [{"fuzzy": True, "previous": "chief"}, {"obsolete": True}])
def test_a_translation_of_older_words_about_a_person_is_not_shown(campaign: Campaign, stale: dict) -> None:
    catalogue = campaign.translations["fr"]
    entries = tuple(
        replace(entry, **stale) if entry.context == "person:amina-example:role" else entry
        for entry in catalogue.entries
    )
    aged = replace(campaign, translations={"fr": replace(catalogue, entries=entries)})
    kept = settled(aged, *campaign.people)
    assert "person:amina-example:role" not in {entry.context for entry in kept.translations["fr"].entries}
    assert "chief" not in written(kept)


def test_all_that_is_not_about_people_stays_as_it_was(campaign: Campaign) -> None:
    kept = settled(campaign)
    assert replace(kept, people=campaign.people, translations=campaign.translations) == campaign
    before = {entry.key: entry for entry in campaign.translations["fr"].entries if "person:" not in entry.context}
    assert {entry.key: entry for entry in kept.translations["fr"].entries} == before


def test_a_photograph_goes_with_the_person_and_other_pictures_stay(campaign: Campaign) -> None:
    pictures = (
        Media(file="amina.png", alt="Amina Example at work", data=PICTURE),
        Media(file="gate.png", alt="The gate", data=PICTURE),
    )
    amina = replace(campaign.people[0], photo="amina.png", photo_consent="own")
    hung = translated(replace(campaign, people=(amina, *campaign.people[1:]), media=pictures, translations={}))
    assert [one.file for one in settled(hung, amina).media] == ["amina.png", "gate.png"]
    for kept in (settled(hung), settled(hung, replace(amina, shown="initials"))):
        assert [one.file for one in kept.media] == ["gate.png"]
        assert "amina.png" not in written(kept)
        assert "media/amina.png" not in dump(kept)


def test_a_portrait_whose_cell_was_emptied_is_no_picture_of_the_campaign(campaign: Campaign) -> None:
    picture = Media(file="amina.png", alt="Amina Example at work", data=PICTURE)
    amina = replace(campaign.people[0], photo="amina.png", photo_consent="own")
    emptied = translated(replace(campaign, media=(picture,), translations={}))
    assert settled(emptied, amina).media == ()


def test_a_portrait_of_two_needs_both(campaign: Campaign) -> None:
    picture = Media(file="both.png", alt="Two people at the gate", data=PICTURE)
    one, other = (replace(person, photo="both.png", photo_consent="own") for person in campaign.people[:2])
    both = replace(campaign, people=(one, replace(other, shown="full name", risk="low"), *campaign.people[2:]))
    both = translated(replace(both, media=(picture,), translations={}))
    assert settled(both, *both.people[:2]).media == (picture,)
    alone = settled(both, one)
    assert (alone.media, alone.people[0].photo) == ((), "")
    assert settled(alone, one) == alone


def test_a_row_that_has_the_name_of_a_nameless_one_stays_apart(campaign: Campaign) -> None:
    odd = replace(campaign.people[0], id="not-shown-2")
    kept = settled(replace(campaign, people=(odd, *campaign.people[1:])), odd)
    assert [one.id for one in kept.people] == ["not-shown-2", "not-shown-2-x", "not-shown-3"]
    assert settled(kept, odd) == kept


def test_a_tombstone_stays(campaign: Campaign) -> None:
    stone = Person(id="withdrawn-1", shown="none", consent="withdrawn", risk="high")
    assert settled(replace(campaign, people=(stone,))).people == (stone,)


def test_a_name_that_was_left_beside_a_withdrawal_goes(campaign: Campaign) -> None:
    by_hand = replace(campaign.people[0], shown="none", consent="withdrawn")
    kept = settled(replace(campaign, people=(campaign.people[1], by_hand)))
    assert kept.people[1] == Person(id="withdrawn-2", shown="none", consent="withdrawn", risk="high")
    assert "Amina Example" not in written(kept)


def test_a_campaign_without_people_is_not_touched(campaign: Campaign) -> None:
    alone = replace(campaign, people=())
    assert settled(alone) is alone


MARK = "Withheld"
people = st.builds(
    Person,
    id=st.just("p"),
    name=st.sampled_from(["A. B.", f"{MARK} name"]),
    role=st.sampled_from(["", f"{MARK} role", "nurse"]),
    organisation=st.sampled_from(["", f"{MARK} union"]),
    shown=st.sampled_from(SHOWN),
    consent=st.sampled_from(CONSENTS),
    risk=st.sampled_from(RISKS),
)


@given(st.lists(st.tuples(people, st.none() | people), min_size=1, max_size=6))
def test_whatever_is_decided_no_word_is_kept_that_only_one_row_says(rows) -> None:
    base = load_files(good_folder()).campaign
    now = tuple(replace(row, id=f"p-{number}") for number, (row, _) in enumerate(rows))
    approved = {f"p-{number}": replace(row, id=f"p-{number}") for number, (_, row) in enumerate(rows) if row}
    kept = settle_people(translated(replace(base, people=now, media=(), translations={})), approved)
    for place, row in enumerate(now):
        first = approved.get(row.id)
        shown = kept.people[place]
        for name in ("name", "role", "organisation"):
            said = {getattr(row, name)} & {getattr(first, name)} if first else set()
            assert getattr(shown, name) in {"", *said}
        if first is None or "none" in (row.shown, first.shown):
            assert (shown.name, shown.role, shown.organisation) == ("", "", "")
            assert f"{row.id}:" not in "".join(entry.context for entry in kept.translations["fr"].entries)
    assert settle_people(kept, approved) == kept

"""Of a person who was approved, no more is shown than both rows allow, and nothing that only one of them says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import asdict, replace

from standwith.languages import PartialDate
from standwith.people import CONSENTS, RISKS, SHOWN, Person, Status, ceiling, settle, strictest

DETAINED = Status(date=PartialDate(2020, 8, 11), status="detained", detail="at the gate", source="a")
RELEASED = Status(date=PartialDate(2020, 8, 17), status="released", source="b")
AMINA = Person(
    id="amina",
    name="Amina Example",
    role="welder",
    organisation="Metalworkers",
    shown="full name",
    consent="own",
    risk="low",
    history=(DETAINED,),
    sources=("a", "b"),
    photo="amina.png",
    photo_consent="own",
    born=1980,
    birthday="03-14",
    hearing=PartialDate(2020, 9, 1),
    review=PartialDate(2020, 12),
)


def test_nobody_is_shown_before_an_approval():
    assert settle(AMINA, None) is None


def test_an_approved_row_is_shown_as_it_is():
    assert settle(AMINA, AMINA) == AMINA


@pytest.mark.parametrize(
    "hidden",
    [
        replace(AMINA, shown="none", consent="withheld"),
        replace(AMINA, shown="none"),
        Person(id="withdrawn-1", shown="none", consent="withdrawn", risk="high"),
    ],
)
def test_a_row_that_shows_nothing_passes_at_once(hidden):
    assert settle(hidden, AMINA) == settle(hidden, None) == hidden


def test_consent_that_was_taken_back_counts_whatever_the_column_shown_says():
    assert settle(replace(AMINA, consent="withheld"), AMINA).shown == "none"


@pytest.mark.parametrize(
    ("changes", "shown"),
    [({"shown": "initials"}, "initials"), ({"risk": "high"}, "initials"), ({"shown": "none"}, "none")],
)
def test_the_stricter_of_the_two_rows_wins(changes, shown):
    stricter = replace(AMINA, **changes)
    assert settle(stricter, AMINA).shown == shown
    assert settle(AMINA, stricter).shown == shown


@pytest.mark.parametrize(
    ("name", "other", "blank"),
    [
        ("role", "worker", ""),
        ("organisation", "", ""),
        ("born", None, None),
        ("born", 1981, None),
        ("birthday", "", ""),
        ("hearing", PartialDate(2020, 9, 2), None),
        ("photo", "other.png", ""),
        ("photo_consent", "withheld", ""),
    ],
)
def test_what_was_changed_is_shown_neither_old_nor_new(name, other, blank):
    changed = replace(AMINA, **{name: other})
    for settled in (settle(changed, AMINA), settle(AMINA, changed)):
        assert getattr(settled, name.removesuffix("_consent")) == blank
        assert settled.name == "Amina Example"


def test_a_changed_name_hides_the_person_until_it_is_approved():
    assert settle(replace(AMINA, name="A. E."), AMINA) is None


def test_there_is_no_photograph_beside_initials():
    settled = settle(replace(AMINA, shown="initials"), AMINA)
    assert (settled.photo, settled.photo_consent) == ("", "")


def test_new_changes_of_status_wait_and_old_ones_can_be_taken_out():
    assert settle(replace(AMINA, history=(DETAINED, RELEASED)), AMINA).history == (DETAINED,)
    assert settle(replace(AMINA, history=(RELEASED,)), AMINA).history == ()
    quiet = replace(DETAINED, detail="at home")
    assert settle(replace(AMINA, history=(quiet,)), AMINA).history == (replace(DETAINED, detail=""),)


def test_a_source_that_was_taken_out_is_not_named():
    assert settle(replace(AMINA, sources=("b", "c")), AMINA).sources == ("b",)


rows = st.builds(
    Person,
    id=st.just("a"),
    name=st.sampled_from(["A", "B"]),
    role=st.sampled_from(["", "x", "y"]),
    organisation=st.sampled_from(["", "x"]),
    shown=st.sampled_from(SHOWN),
    consent=st.sampled_from(CONSENTS),
    risk=st.sampled_from(RISKS),
    history=st.lists(
        st.builds(
            Status,
            date=st.just(PartialDate(2020)),
            status=st.sampled_from(["detained", "released"]),
            detail=st.sampled_from(["", "d", "e"]),
            source=st.just("s"),
        ),
        max_size=2,
        unique_by=lambda change: change.status,
    ).map(tuple),
    photo=st.sampled_from(["", "p.png"]),
    photo_consent=st.sampled_from(["", "own", "withheld"]),
    born=st.none() | st.just(1980),
)


@given(rows, rows)
def test_whatever_the_two_rows_say(current, approved):
    settled = settle(current, approved)
    if settled is None or settled.shown == "none":
        return
    for row in (current, approved):
        most = strictest(row.shown, ceiling(row.consent, row.risk))
        assert SHOWN.index(settled.shown) <= SHOWN.index(most)
        for name in ("name", "role", "organisation", "photo", "born"):
            assert asdict(settled)[name] in (asdict(row)[name], "", None)
        said = {(change.status, change.detail) for change in row.history}
        assert all((change.status, change.detail) in said or not change.detail for change in settled.history)
    assert not settled.photo or (settled.photo_consent == "own" and settled.shown == "full name")

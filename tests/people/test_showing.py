import pytest

from standwith.people import CONSENTS, RISKS, SHOWN, Person, ceiling, may_show_photo, strictest


@pytest.mark.parametrize(
    ("consent", "risk", "most"),
    [
        ("own", "none", "full name"),
        ("already public", "low", "full name"),
        ("family", "high", "initials"),
        ("withheld", "none", "none"),
        ("withheld", "high", "none"),
        ("withdrawn", "none", "none"),
        ("", "none", "none"),
        ("own", "", "none"),
        ("", "", "none"),
    ],
)
def test_consent_and_risk_set_a_ceiling(consent, risk, most):
    assert ceiling(consent, risk) == most


def test_the_strictest_level_wins():
    assert strictest("full name", "initials") == "initials"
    assert strictest("full name", "none", "initials") == "none"
    assert strictest("", "full name") == "none"


@pytest.mark.parametrize("consent", [*CONSENTS, ""])
@pytest.mark.parametrize("risk", [*RISKS, ""])
def test_no_wish_is_shown_beyond_the_ceiling(consent, risk):
    for wish in (*SHOWN, ""):
        assert SHOWN.index(strictest(wish, ceiling(consent, risk))) <= SHOWN.index(ceiling(consent, risk))


@pytest.mark.parametrize(
    ("shown", "photo", "consent", "may"),
    [
        ("full name", "a.png", "own", True),
        ("full name", "a.png", "already public", True),
        ("full name", "a.png", "withheld", False),
        ("full name", "a.png", "withdrawn", False),
        ("full name", "a.png", "", False),
        ("full name", "", "own", False),
        ("initials", "a.png", "own", False),
        ("none", "a.png", "own", False),
    ],
)
def test_a_photograph_needs_consent_and_a_full_name(shown, photo, consent, may):
    person = Person(id="a", shown=shown, consent="own", risk="low", photo=photo, photo_consent=consent)
    assert may_show_photo(person) is may

"""The roll: every endorsing organisation once, by scope, then by country in the order of the language."""

from standwith.campaigns.model import Campaign
from standwith.languages import voice
from standwith.organisations import SCOPES, Organisation
from standwith.site.roll import call_roll, countries_of, size_of


def organisation(name: str, scope: str = "local", country: str = "FR", *, endorses: bool = True) -> Organisation:
    """An organisation that endorses, unless told otherwise."""
    return Organisation(name=name, scope=scope, country=country, endorses=endorses)


def test_scopes_come_in_their_order_and_countries_in_that_of_the_language() -> None:
    members = [organisation("c", "network", ""), organisation("b", country="DE"), organisation("a", country="AT")]
    roll = call_roll(members, voice("en"))
    assert [chapter.scope for chapter in roll] == ["local", "network"]
    assert [place for place, _ in roll[0].countries] == ["Austria", "Germany"]
    assert [place for place, _ in call_roll(members, voice("fr"))[0].countries] == ["Allemagne", "Autriche"]
    assert roll[1].countries[0][0] == ""
    assert countries_of(roll) == 2


def test_who_does_not_endorse_is_not_called() -> None:
    assert call_roll([organisation("a", endorses=False)], voice("en")) == ()


def test_the_example_has_ninety_seven_each_once(example: Campaign) -> None:
    roll = call_roll(example.organisations, voice("ka"))
    names = [(one.name, one.country) for chapter in roll for _, ones in chapter.countries for one in ones]
    assert size_of(roll) == len(names) == len(set(names)) == 97
    assert [chapter.scope for chapter in roll] == list(SCOPES)

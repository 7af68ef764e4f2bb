"""Which listing a campaign's row means."""

import pytest

from standwith.organisations import Listing, Organisation, Register

CUB = Listing(id="cub", name="Confederazione Unitaria di Base", acronym="CUB", scope="network", country="IT")
RAIL = Listing(id="rail", name="Rail Union", acronym="RU", former=("Łódź Rail League",), scope="local", country="PL")
SNCF = Listing(id="rail-fr", name="Rail Union", acronym="RU", scope="local", country="FR")
FIRST = Listing(id="first", name="First", acronym="FU", scope="local", country="FR")
SECOND = Listing(id="second", name="Second", acronym="F.U", scope="local", country="FR")
WORLD = Listing(id="world", name="Workers of the World", acronym="WW", scope="international")
REGISTER = Register([CUB, RAIL, SNCF, FIRST, SECOND, WORLD])


@pytest.mark.parametrize(
    ("name", "acronym", "country", "meant"),
    [
        ("Confederazione Unitaria di Base", "", "IT", "cub"),
        ("CONFEDERAZIONE UNITARIA DI BASE.", "", "IT", "cub"),
        ("Confederazione Unitaria", "cub", "IT", "cub"),
        ("Confederazione Unitaria di Base", "CUB", "FR", ""),
        ("Lodz Rail League", "", "PL", "rail"),
        ("Rail Union", "", "FR", "rail-fr"),
        ("Workers of the World", "", "", "world"),
        ("Somebody", "FU", "FR", "first"),
        ("Somebody", "", "FR", ""),
    ],
)
def test_find(name: str, acronym: str, country: str, meant: str) -> None:
    assert REGISTER.find(Organisation(name=name, acronym=acronym, scope="local", country=country)) == meant


def test_what_could_mean_two_means_neither() -> None:
    register = Register([FIRST, Listing(id="third", name="Third", acronym="fu", scope="local", country="FR")])
    assert register.find(Organisation(name="Somebody", acronym="FU", scope="local", country="FR")) == ""
    assert register.find(Organisation(name="Third", acronym="FU", scope="local", country="FR")) == "third"

"""What a person is called in public: the folder's id names nobody who may not be named."""

from standwith.people import Person, public_id, public_ids


def person(name: str, shown: str) -> Person:
    return Person(id=name, name=name, shown=shown, consent="own", risk="low")


PEOPLE = (person("amina-example", "full name"), person("bo-example", "initials"), person("cy-example", "none"))


def test_only_a_full_name_keeps_its_id() -> None:
    assert public_ids(PEOPLE) == ("amina-example", "nr-2", "nr-3")


def test_one_by_one_it_is_the_same() -> None:
    assert tuple(public_id(PEOPLE, one) for one in PEOPLE) == public_ids(PEOPLE)


def test_an_id_that_looks_like_the_number_of_a_row_or_of_a_page_is_not_used() -> None:
    people = [person(name, "full name") for name in ("nr-2", "7", "nr-two", "1st")]
    assert public_ids(people) == ("nr-1", "nr-2", "nr-two", "1st")

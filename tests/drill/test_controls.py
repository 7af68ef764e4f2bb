"""The drill finds what is there: a store for each way in which somebody could be named, and one where nobody is."""

import secrets
from collections.abc import Sequence
from pathlib import Path

import pytest

from standwith.sealing.keys import make_shared_key
from tests.drill import controls
from tests.drill.crowd import OPEN, Person, make_crowd, strangers
from tests.drill.drill import Found, drill
from tests.drill.store import Store

PEOPLE = make_crowd(6)


def drilled(place: Path, make: controls.Make) -> Found:
    make(place, PEOPLE)
    return drill(Store({"machine": place}), [*PEOPLE, *strangers(4)], watched={controls.WATCHED})


@pytest.mark.parametrize("leak", controls.NAMED)
def test_a_mark_is_seen(leak: str, tmp_path: Path) -> None:
    assert drilled(tmp_path, controls.NAMED[leak]).seen.marks


@pytest.mark.parametrize("leak", controls.TOLD)
def test_a_key_tells_of_everybody_and_of_no_stranger(leak: str, tmp_path: Path) -> None:
    found = drilled(tmp_path, controls.TOLD[leak])
    assert {one.person for one in found.confirmed} == {person.number for person in PEOPLE}


@pytest.mark.parametrize("leak", controls.HASHED)
def test_a_hash_without_a_key_is_worked_out(leak: str, tmp_path: Path) -> None:
    assert drilled(tmp_path, controls.HASHED[leak]).hashed == {person.number for person in PEOPLE}


@pytest.mark.parametrize("leak", controls.OPENED)
def test_what_a_key_opens_is_read(leak: str, tmp_path: Path) -> None:
    opened = {one.address for one in drilled(tmp_path, controls.OPENED[leak]).opened}
    assert opened == {PEOPLE[0].address}


@pytest.mark.parametrize("leak", controls.LEFT)
def test_what_was_deleted_and_is_there_is_seen(leak: str, tmp_path: Path) -> None:
    assert controls.WATCHED in drilled(tmp_path, controls.LEFT[leak]).watched


@pytest.mark.parametrize("leak", controls.CLOSED)
def test_what_cannot_be_looked_into_is_told(leak: str, tmp_path: Path) -> None:
    assert drilled(tmp_path, controls.CLOSED[leak]).seen.closed


def test_where_nobody_is_named_nobody_is_found(tmp_path: Path) -> None:
    """The tags of people whose key is gone, another key, and bytes by chance."""

    def make(place: Path, people: Sequence[Person]) -> None:
        controls.tagged(place, people)
        (place / "other.key").write_text(f"{make_shared_key('tag')}\n")
        (place / "noise").write_bytes(secrets.token_bytes(3_000_000))

    found = drilled(tmp_path, make)
    assert (found.seen.marks, found.confirmed, found.hashed, found.opened) == (set(), [], set(), [])
    assert (found.watched, found.seen.closed, len(found.keys)) == ({}, set(), 1)


def test_several_hands_find_what_one_finds(tmp_path: Path) -> None:
    controls.key_line(tmp_path, PEOPLE)
    (tmp_path / "clerk.log").write_text(controls.TEXT)
    one, two = (drill(Store({"machine": tmp_path}), PEOPLE, hands=hands) for hands in (1, 2))
    assert (one.seen, one.confirmed) == (two.seen, two.confirmed)
    assert {told.tag for told in one.confirmed} == {f"address in {person.campaign}" for person in PEOPLE}
    assert OPEN in {person.campaign for person in PEOPLE}

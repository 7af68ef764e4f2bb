"""What every journal promises, whatever it stands on. A new backend adds itself to BACKENDS and passes unchanged."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import pytest

from standwith.journal import store
from standwith.journal.errors import JournalBusy


class Backend(Protocol):
    """How the tests get at a backend."""

    def create(self, place: Path) -> None: ...
    def open(self, place: Path) -> store.Journal: ...


class Sqlite:
    def create(self, place: Path) -> None:
        store.create(place / "journal.sqlite")

    def open(self, place: Path) -> store.Journal:
        return store.Journal(place / "journal.sqlite", busy_seconds=0.05)


BACKENDS = {"sqlite": Sqlite()}
Opener = Callable[[], store.Journal]


@pytest.fixture(params=BACKENDS)
def opener(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opener]:
    """Opens the same fresh journal as often as asked."""
    backend: Backend = BACKENDS[request.param]
    backend.create(tmp_path)
    opened: list[store.Journal] = []

    def open_one() -> store.Journal:
        opened.append(backend.open(tmp_path))
        return opened[-1]

    yield open_one
    for journal in opened:
        journal.close()


@pytest.fixture
def journal(opener: Opener) -> store.Journal:
    return opener()


def acts(count: int, first: int = 1) -> list[bytes]:
    return [b"act %d" % number for number in range(first, first + count)]


def test_an_empty_journal_holds_nothing(journal: store.Journal) -> None:
    assert journal.last() == 0
    assert journal.read(0, 10) == []


def test_acts_come_back_in_order_with_growing_positions(journal: store.Journal) -> None:
    journal.append(acts(3))
    journal.append(acts(2, 4))
    assert [act for _, act in journal.read(0, 10)] == acts(5)
    positions = [position for position, _ in journal.read(0, 10)]
    assert positions == sorted(set(positions))
    assert journal.last() == positions[-1]


def test_reading_goes_on_where_it_stopped(journal: store.Journal) -> None:
    journal.append(acts(5))
    found: list[bytes] = []
    after = 0
    while batch := journal.read(after, 2):
        assert len(batch) <= 2
        found += [act for _, act in batch]
        after = batch[-1][0]
    assert found == acts(5)
    assert journal.read(journal.last(), 10) == []


def test_any_bytes_are_kept_as_they_are(journal: store.Journal) -> None:
    strange = [b"", b"\0", bytes(range(256)), b"x" * 100_000]
    journal.append(strange)
    assert [act for _, act in journal.read(0, 10)] == strange


def test_appending_nothing_changes_nothing(journal: store.Journal) -> None:
    journal.append([])
    assert journal.last() == 0


def test_others_see_what_was_appended_and_it_outlives_the_writer(opener: Opener) -> None:
    writer, reader = opener(), opener()
    writer.append(acts(2))
    writer.close()
    assert [act for _, act in reader.read(0, 10)] == acts(2)
    assert [act for _, act in opener().read(0, 10)] == acts(2)


def test_forgetting_takes_the_old_and_leaves_the_new(journal: store.Journal) -> None:
    journal.append(acts(5))
    third = journal.read(0, 3)[-1][0]
    journal.forget(third)
    assert [act for _, act in journal.read(0, 10)] == acts(2, 4)
    journal.forget(third)
    assert [act for _, act in journal.read(0, 10)] == acts(2, 4)


def test_a_position_is_never_given_twice_even_when_all_is_forgotten(opener: Opener) -> None:
    journal = opener()
    journal.append(acts(3))
    last = journal.last()
    journal.forget(last)
    assert (journal.last(), journal.read(0, 10)) == (last, [])
    journal.close()
    again = opener()
    assert again.last() == last
    again.append(acts(1, 4))
    assert [position > last for position, _ in again.read(0, 10)] == [True]


def test_more_than_one_transaction_of_acts_is_forgotten_in_one_call(journal: store.Journal) -> None:
    journal.append(acts(store.FORGET_AT_ONCE * 2 + 1))
    journal.forget(journal.last() - 1)
    assert [act for _, act in journal.read(0, 10)] == acts(1, store.FORGET_AT_ONCE * 2 + 1)


def test_two_writers_take_turns(opener: Opener) -> None:
    one, two = opener(), opener()
    for number in range(1, 11):
        (one if number % 2 else two).append(acts(1, number))
    assert [act for _, act in one.read(0, 20)] == acts(10)
    assert two.last() == one.last()


def test_while_somebody_else_writes_it_is_busy_and_takes_nothing(opener: Opener) -> None:
    one, two = opener(), opener()
    with one._writing():  # holds the writer's lock, as a writer in the middle of a transaction does
        with pytest.raises(JournalBusy):
            two.append(acts(1))
        assert two.read(0, 10) == []
    two.append(acts(1))
    assert [act for _, act in one.read(0, 10)] == acts(1)


def test_a_failed_append_takes_none_of_its_acts(journal: store.Journal) -> None:
    journal.append(acts(1))
    with pytest.raises(Exception, match=r"(?i)journal|bind"):
        journal.append([b"good", object()])  # type: ignore[list-item]
    journal.append(acts(1, 2))
    assert [act for _, act in journal.read(0, 10)] == acts(2)

"""A value is found wherever it stands, and a large file is searched whole."""

import base64
import random
from pathlib import Path

import pytest

from tests.drill import search
from tests.drill.keys import keys_in_lines
from tests.drill.search import VALUE, Search, chunks, sweep, windows

CHANCE = random.Random(1)
SOUGHT = CHANCE.randbytes(VALUE)


@pytest.mark.parametrize("before", range(17))
@pytest.mark.parametrize("behind", [0, 1, 5, 100])
def test_a_value_is_found_at_every_offset(before: int, behind: int) -> None:
    data = CHANCE.randbytes(before) + SOUGHT + CHANCE.randbytes(behind)
    assert sweep(data, windows([SOUGHT, CHANCE.randbytes(VALUE)])) == {SOUGHT}


@pytest.mark.parametrize("offset", range(-VALUE, VALUE))
def test_a_value_is_found_across_the_borders_of_what_is_read(offset: int) -> None:
    data = bytearray(CHANCE.randbytes(2 * search.SWEEP))
    data[search.SWEEP + offset : search.SWEEP + offset + VALUE] = SOUGHT
    assert sweep(bytes(data), windows([SOUGHT])) == {SOUGHT}


@pytest.mark.parametrize("start", [search.CHUNK - 5, search.CHUNK, search.CHUNK + search.OVERLAP - 5])
def test_words_and_values_are_found_across_the_borders_of_chunks(start: int, tmp_path: Path) -> None:
    with (tmp_path / "dump").open("wb") as file:
        file.seek(start)
        file.write(b"Amina Example " + SOUGHT)
        file.truncate(search.CHUNK * 2)
    seen = Search(("amina",), [SOUGHT]).files([(tmp_path / "dump", "dump")])
    assert (seen.marks, set(seen.values)) == ({("dump", "plain")}, {SOUGHT})


def test_an_empty_file_is_one_chunk() -> None:
    assert list(chunks(0)) == [(0, 0)]


def test_zeros_in_plenty_hide_nothing() -> None:
    data = bytes(5000) + SOUGHT + bytes(5000) + b"amina" + bytes(300)
    seen = Search(("amina",), [SOUGHT]).look(data, "page")
    assert (seen.marks, set(seen.values)) == ({("page", "plain")}, {SOUGHT})


@pytest.mark.parametrize("lost", range(9))
def test_a_line_that_a_page_of_a_database_cuts_is_read_as_far_as_it_goes(lost: int) -> None:
    key = CHANCE.randbytes(1216)
    line = b"standwith-custodian-1 " + b"5b" * 8 + b" " + base64.b64encode(key)
    seen = Search(()).look(line[: len(line) - lost] + b"\0", "page")
    (found,) = keys_in_lines(seen)
    assert key.startswith(found.raw)
    assert len(found.raw) >= len(key) - lost

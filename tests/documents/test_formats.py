"""The same letter says the same in every format."""

import pytest

from standwith.documents import Document, read_document
from tests.documents.writing import WRITERS, Piece

LETTER: list[Piece] = [
    ("", "**Example Federation**\n**Fédération d'exemple**"),
    ("#", "Free Amina Example & her colleagues!"),
    ("", "On 9 August 2020 the police arrested **42 people** in front of the plant; *nobody* has been told why."),
    ("", "We stand with them, and we ask three things of the ministry that is responsible for the prisons:"),
    ("1.", "Release everyone who was detained;"),
    ("1.", "pay the wages that are owed;"),
    ("1.", "talk to the union."),
    ("##", "Who signs"),
    ("-", "Example Union of Miners (**EUM**) - Belarus"),
    ("-", "Syndicat d'exemple – France"),
    ("", "The list is open. Letters reach us under the address of the federation, which stands above."),
]


def read(ending: str) -> Document:
    return read_document(f"letter.{ending}", WRITERS[ending](LETTER))


@pytest.mark.parametrize("ending", ["txt", "html", "docx", "odt"])
def test_a_letter_is_the_same_in_every_format(ending: str) -> None:
    expected = [(b.kind, b.level, b.number, b.text) for b in read("md").blocks]
    assert [(b.kind, b.level, b.number, b.text) for b in read(ending).blocks] == expected
    kinds = "paragraph heading paragraph paragraph item item item heading item item paragraph"
    assert [kind for kind, *_ in expected] == kinds.split()


def test_a_pdf_says_the_same_without_emphasis() -> None:
    expected = [(b.kind, b.level, b.number, b.plain) for b in read("md").blocks]
    assert [(b.kind, b.level, b.number, b.plain) for b in read("pdf").blocks if not b.beside] == expected


@pytest.mark.parametrize("ending", WRITERS)
def test_every_block_says_where_it_stands(ending: str) -> None:
    words = [block.place.words for block in read(ending).blocks if not block.beside]
    assert all(words) and len(set(words)) == len(words)
    assert words[-1].startswith("line" if ending in ("md", "txt", "html") else "page 1")

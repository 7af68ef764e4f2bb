"""Whatever a document is made of, every block of it is in the folder or in the report, whole."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from standwith.campaigns.importing import ImportRefused, bring
from standwith.documents import Block, read_document
from tests.campaigns.importing.network import LETTERHEAD, VERSIONS, WISHES
from tests.documents.writing import as_markdown

SENTENCES = [text for texts in VERSIONS.values() for text in texts] + list(LETTERHEAD)
LINES = [
    "Example Union (EU) - Italie",
    "Example Union (EU) - Italy.",
    "Dockers - United - France",
    "(مثال) - Syndicat (SY) – Iran",
    "Union (EU) - Utopia",
    "release them all;",
    "14 March 2023",
    "Paris, le 14 mars 2023",
    "www.example.org",
    "28 August, 2020Unions of the world",
    "Jump to main content",
    "Signed by:",
    "and then it went on in the small letters of a page that was torn",
]
texts = st.one_of(
    st.sampled_from(SENTENCES), st.sampled_from(LINES), st.lists(st.sampled_from(LINES), min_size=2).map("\n".join)
)
one_line = st.one_of(st.sampled_from(SENTENCES), st.sampled_from(LINES))
pieces = st.lists(
    st.one_of(st.tuples(st.just(""), texts), st.tuples(st.sampled_from(["#", "##", "###", "-", "1."]), one_line)),
    min_size=1,
    max_size=25,
)


def squeeze(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


def kept(block: Block, said: str) -> bool:
    """Whether the block is there whole, or in the parts that an organisation's row and the report hold."""
    if squeeze(block.plain) in said:
        return True
    parts = re.split(r"[()]|\s[-–]\s|\n|(?<=2020)(?=Unions)", block.plain)
    return all(squeeze(part) in said for part in parts)


@settings(max_examples=150)
@given(pieces)
def test_every_block_is_somewhere(made: list[tuple[str, str]]) -> None:
    data = as_markdown(made)
    document = read_document("letter.md", data)
    try:
        brought = bring([(document, data)], WISHES)
    except ImportRefused:
        return
    said = squeeze("\n".join(text.decode() for name, text in brought.files.items() if not name.startswith("sources/")))
    assert [block.plain for block in document.blocks if not kept(block, said)] == []

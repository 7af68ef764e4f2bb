"""Markdown and plain text."""

import pytest

from standwith.documents import Block, read_document


def read(text: str, name: str = "letter.txt") -> tuple[Block, ...]:
    return read_document(name, text.encode()).blocks


def test_lines_that_a_machine_broke_are_one_paragraph_and_lines_of_an_address_are_not() -> None:
    wrapped = (
        "We ask for the release of all who were\ndetained in front of the plant, and for the\nwages that are owed."
    )
    address = "Example Union\nRue Exemple 1"
    paragraph, lines = read(f"{wrapped}\n\n{address}")
    assert paragraph.plain == wrapped.replace("\n", " ")
    assert lines.plain == address and lines.text == "Example Union\\\nRue Exemple 1"


def test_plain_text_has_no_code_no_html_and_no_link_definitions() -> None:
    text = "    Indented\n\n<b>bold</b> & co\n\n[1]: https://example.org\n\n`quoted`"
    assert [block.plain for block in read(text)] == [
        "Indented",
        "<b>bold</b> & co",
        "[1]: https://example.org",
        "`quoted`",
    ]


def test_markdown_keeps_what_a_campaign_can_show() -> None:
    text = "# Title\n\n> said\n\n1. *one*\n2. [two](https://example.org)\n   - below\n\n"
    text += "| a | b |\n|---|---|\n| c | d |\n\n---\n\nend"
    blocks = read(text, "letter.md")
    assert [block.markdown for block in blocks] == [
        "# Title",
        "> said",
        "1. *one*",
        "2. [two](https://example.org)",
        "- below",
        "a | b",
        "c | d",
        "end",
    ]
    assert [block.level for block in blocks if block.kind == "item"] == [1, 1, 2]
    assert blocks[-1].place.line == 15


@pytest.mark.parametrize("text", ["1. May is our day", "- a dash", "# no heading", "> no quote", "2) two"])
def test_a_paragraph_that_looks_like_a_list_stays_a_paragraph(text: str) -> None:
    guarded = text.replace(".", "\\.").replace(")", "\\)") if text[0].isdigit() else f"\\{text}"
    (block,) = read(guarded)
    assert (block.kind, block.plain) == ("paragraph", text)
    assert read(block.markdown, "again.md")[0].plain == text


def test_utf_16_and_named_encodings() -> None:
    assert read_document("a.txt", "Свободу!".encode("utf-16")).blocks[0].plain == "Свободу!"
    assert read_document("a.txt", "Свободу!".encode("windows-1251"), "windows-1251").blocks[0].plain == "Свободу!"

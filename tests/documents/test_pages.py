"""PDF: words that were divided, pages that tore a paragraph, scripts from right to left, margins."""

import io

import pytest
import typst
from pypdf import PdfWriter

from standwith.documents import Document, read_document
from standwith.documents.pages import Line
from standwith.documents.pages_layout import _Layout

SENTENCE = "We ask the ministry for the release of everyone who was detained in front of the plant on that day. "
ARABIC = "نحن نقف مع العمال الذين اعتقلوا أمام المصنع في 9 أغسطس ونطالب الوزارة بالإفراج عنهم جميعا ودفع أجورهم"


def read(source: str) -> Document:
    set_up = '#set text(font: ("Libertinus Serif", "DejaVu Sans Mono"), size: 11pt)\n'
    return read_document("letter.pdf", bytes(typst.compile((set_up + source).encode())))


def test_a_paragraph_that_goes_over_three_pages_is_one_block() -> None:
    text = SENTENCE * 60
    source = (
        f'#set page(width: 15cm, height: 10cm, header: [Example Federation], numbering: "1 / 1")\n= Title\n\n{text}'
    )
    found = read(source)
    inside = [block for block in found.blocks if not block.beside]
    assert [(block.kind, block.plain) for block in inside] == [("heading", "Title"), ("paragraph", text.strip())]
    margin = {block.plain for block in found.blocks if block.beside}
    assert "Example Federation" in margin and any(line.startswith("2 / ") for line in margin)


def test_divided_words_are_whole_and_compounds_keep_their_hyphen() -> None:
    words = "solidarity international self-determination Gewerkschaftsnetzwerk well-being organisation "
    source = f'#set page(width: 9cm)\n#set par(justify: true)\n#set text(lang: "en", hyphenate: true)\n{words * 12}'
    (block,) = read(source).blocks
    assert set(block.plain.split()) == set(words.split())


def test_arabic_is_read_from_right_to_left() -> None:
    blocks = read(f"#set page(width: 12cm)\n#set text(dir: rtl)\n= الحرية للعمال\n\n{ARABIC}").blocks
    assert [block.plain for block in blocks] == ["الحرية للعمال", ARABIC]


def test_a_list_without_bullets_stays_a_list() -> None:
    lines = ["Example Union (EU) – Italie", "Dockers of Example (DE) – Grèce", "Miners – France"]
    (block,) = read(" \\\n".join(lines) + "\n").blocks
    assert block.plain.split("\n") == lines


def test_who_wrote_it_is_said_to_be_hidden_in_it() -> None:
    writer = PdfWriter(clone_from=io.BytesIO(bytes(typst.compile(b"Text"))))
    writer.add_metadata({"/Author": "Amina Example"})
    data = io.BytesIO()
    writer.write(data)
    assert read_document("letter.pdf", data.getvalue()).hidden == ("the name of who wrote it",)


@pytest.mark.parametrize("text", ["ends here.", "goes on"])
def test_paragraphs_that_only_an_indent_tells_apart(text: str) -> None:
    full = "x" * 80
    lines = [
        Line(1, left, 700.0 - 13 * at, 11.0, False, said)
        for at, (left, said) in enumerate(
            ((70.0, full), (70.0, f"{full[:-10]} {text}"), (90.0, full[:-4]), (70.0, "end"))
        )
    ]
    assert len(list(_Layout(lines).lots())) == (2 if text.endswith(".") else 1)

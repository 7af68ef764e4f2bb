"""What LibreOffice writes: headers, notes, comments, tracked changes, nested lists, tables."""

from standwith.documents import read_document
from tests.documents.writing import ODF, opendocument


def test_text_around_the_body_and_what_is_hidden() -> None:
    masters = (
        f"<office:document-styles {ODF}><office:master-styles><style:master-page>"
        "<style:header><text:p>Example Federation</text:p></style:header>"
        "<style:footer><text:p>Rue Exemple 1</text:p></style:footer>"
        "</style:master-page></office:master-styles></office:document-styles>"
    )
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>beg</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        "<text:p>We<text:s text:c='2'/>ask<office:annotation><text:p>why?</text:p></office:annotation> for"
        "<text:tab/>her<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Amina</text:p>"
        "</text:note-body></text:note> release.</text:p>"
    )
    meta = "<o:meta xmlns:o='urn:o' xmlns:d='urn:d'><d:creator>Amina Example</d:creator></o:meta>"
    found = read_document("letter.odt", opendocument(body, styles=masters, meta=meta))
    assert [(block.plain, block.beside) for block in found.blocks] == [
        ("Example Federation", False),
        ("We ask for her release.", False),
        ("Amina", False),
        ("Rue Exemple 1", True),
    ]
    assert found.hidden == ("the name of who wrote it", "comments", "changes that were tracked, deleted words included")


def test_lists_in_lists_and_tables() -> None:
    body = (
        "<text:list text:style-name='L2'><text:list-item><text:p>first</text:p><text:list><text:list-item>"
        "<text:p>below</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>second</text:p>"
        "</text:list-item></text:list><table:table><table:table-row><table:table-cell><text:p>EUM</text:p>"
        "</table:table-cell><table:table-cell><text:p>Greece</text:p></table:table-cell></table:table-row></table:table>"
    )
    blocks = read_document("letter.odt", opendocument(body)).blocks
    assert [(block.kind, block.level, block.number, block.plain) for block in blocks] == [
        ("item", 1, "1.", "first"),
        ("item", 2, "1.", "below"),
        ("item", 1, "2.", "second"),
        ("row", 0, "", "EUM | Greece"),
    ]

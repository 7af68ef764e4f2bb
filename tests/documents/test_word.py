"""What Word hides in a .docx: headers, notes, boxes, tracked changes, comments, tables."""

from standwith.documents import Document, read_document
from tests.documents.writing import W, packed, word


def read(data: bytes) -> Document:
    return read_document("letter.docx", data)


def p(text: str, properties: str = "") -> str:
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def test_header_notes_and_footer_are_read_and_told_apart() -> None:
    found = read(
        word(
            p("We ask for her release."),
            word__header1=f"<w:hdr {W}>{p('Example Federation')}</w:hdr>",
            word__header2=f"<w:hdr {W}>{p('Example Federation')}</w:hdr>",
            word__footer1=f"<w:ftr {W}>{p('Rue Exemple 1')}</w:ftr>",
            word__footnotes=f"<w:footnotes {W}><w:footnote w:type='separator'>{p('x')}</w:footnote>"
            f"<w:footnote>{p('Decided on 1 May.')}</w:footnote></w:footnotes>",
        )
    )
    assert [(block.plain, block.place.words, block.beside) for block in found.blocks] == [
        ("Example Federation", "header, paragraph 1", False),
        ("We ask for her release.", "page 1, paragraph 1", False),
        ("Decided on 1 May.", "footnotes, paragraph 1", False),
        ("Rue Exemple 1", "footer, paragraph 1", True),
    ]


def test_deleted_words_are_no_text_and_the_copy_is_said_to_carry_them() -> None:
    body = (
        "<w:p><w:r><w:t xml:space='preserve'>We ask </w:t></w:r><w:del><w:r><w:delText>beg </w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>for her release.</w:t></w:r></w:ins></w:p>"
    )
    core = "<c:core xmlns:c='urn:c' xmlns:d='urn:d'><d:creator>Amina Example</d:creator></c:core>"
    found = read(word(body, word__comments=f"<w:comments {W}/>", docProps__core=core))
    assert [block.plain for block in found.blocks] == ["We ask for her release."]
    assert found.hidden == (
        "the name of who wrote it",
        "comments",
        "changes that were tracked, deleted words included",
    )
    assert "Amina" not in str(found)


def test_boxes_tables_and_breaks() -> None:
    box = (
        "<w:p><w:r><w:t>Join us!</w:t><w:pict><w:txbxContent>"
        + p("In the box")
        + "</w:txbxContent></w:pict></w:r></w:p>"
    )
    fallback = (
        "<w:p><w:r><w:AlternateContent><w:Choice><w:t>once</w:t></w:Choice><w:Fallback><w:t>twice</w:t></w:Fallback>"
    )
    rows = "".join(
        f"<w:tr>{''.join(f'<w:tc>{p(cell)}</w:tc>' for cell in row)}</w:tr>" for row in (("EUM", "Greece"), ("ED", ""))
    )
    body = box + fallback + f"</w:AlternateContent></w:r></w:p><w:tbl>{rows}</w:tbl>"
    body += "<w:p><w:r><w:t>one</w:t><w:br w:type='page'/></w:r></w:p>" + p("on page two")
    blocks = read(word(body)).blocks
    assert [block.text for block in blocks] == [
        "Join us!",
        "In the box",
        "once",
        "EUM | Greece",
        "ED",
        "one",
        "on page two",
    ]
    assert blocks[3].cells == ("EUM", "Greece") and blocks[4].cells == ("ED", "")
    assert blocks[-1].place.page == 2


def test_headings_are_known_by_name_by_outline_and_by_what_a_style_is_based_on() -> None:
    styles = f"""<w:styles {W}><w:style w:styleId="A"><w:name w:val="heading 2"/></w:style>
    <w:style w:styleId="B"><w:name w:val="Our own"/><w:basedOn w:val="A"/></w:style>
    <w:style w:styleId="C"><w:name w:val="C"/><w:basedOn w:val="D"/></w:style>
    <w:style w:styleId="D"><w:name w:val="D"/><w:basedOn w:val="C"/></w:style>
    <w:style w:styleId="T"><w:name w:val="Title"/></w:style></w:styles>"""
    body = p("based", "<w:pStyle w:val='B'/>") + p("outlined", "<w:outlineLvl w:val='2'/>")
    body += p("in a circle", "<w:pStyle w:val='C'/>") + p("title", "<w:pStyle w:val='T'/>")
    document = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    blocks = read(packed({"word/document.xml": document, "word/styles.xml": styles})).blocks
    assert [(block.kind, block.level) for block in blocks] == [
        ("heading", 2),
        ("heading", 3),
        ("paragraph", 0),
        ("heading", 1),
    ]


def test_links_keep_their_address_and_other_targets_do_not() -> None:
    links = (
        "<r:Relationships xmlns:r='urn:r'><r:Relationship Id='r1' Target='https://example.org/list'/>"
        "<r:Relationship Id='r2' Target='javascript:alert(1)'/></r:Relationships>"
    )
    body = "<w:p>" + "".join(
        f"<w:hyperlink xmlns:r='urn:x' r:id='{name}'><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:hyperlink>"
        for name, text in (("r1", "the list"), ("r2", " and more"))
    )
    document = f"<w:document {W}><w:body>{body}</w:p></w:body></w:document>"
    data = packed({"word/document.xml": document, "word/_rels/document.xml.rels": links})
    assert read(data).blocks[0].text == "[the list](https://example.org/list) and more"

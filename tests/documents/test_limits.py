"""No document takes a machine down, and whatever is refused says what mends it."""

import io
import struct
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter

from standwith.documents import ENDINGS, DocumentRefused, read_document
from tests.documents.writing import LETTER_PDF, ODF, W, opendocument, packed, word


def refusal(name: str, data: bytes) -> str:
    with pytest.raises(DocumentRefused) as refused:
        read_document(name, data)
    return str(refused.value)


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = packed({"word/document.xml": b"<a>" + b" " * 200_000_000})
    assert len(bomb) < 1_000_000
    started = time.monotonic()
    assert "unpacks to more than 60,000,000 bytes" in refusal("bomb.docx", bomb)
    assert time.monotonic() - started < 20


def test_a_package_that_lies_about_its_size_is_refused() -> None:
    bomb = bytearray(packed({"content.xml": b" " * 100_000_000}))
    end = bomb.rfind(b"PK\x01\x02")
    bomb[end + 24 : end + 28] = struct.pack("<I", 100)
    assert refusal("bomb.odt", bytes(bomb))


def test_a_package_of_too_many_parts_is_refused() -> None:
    assert "packed of more parts" in refusal("parts.odt", packed({f"part{n}": b"" for n in range(5_001)}))


@pytest.mark.parametrize(
    "entities",
    [
        '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]>',
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a SYSTEM "http://example.org/a.dtd">',
    ],
)
def test_entities_are_refused(entities: str) -> None:
    body = f"{entities}<w:document {W}><w:body><w:p><w:r><w:t>text</w:t></w:r></w:p></w:body></w:document>"
    assert "it defines entities" in refusal("letter.docx", packed({"word/document.xml": body}))
    assert "it defines entities" in refusal("letter.odt", packed({"content.xml": f"{entities}<a {ODF}/>"}))


def test_text_that_lies_too_deep_is_refused() -> None:
    assert "deeper in itself" in refusal("deep.docx", word("<w:x>" * 1_000 + "</w:x>" * 1_000))


def test_deep_html_is_read() -> None:
    page = "<div>" * 20_000 + "<p>Free Amina Example</p>" + "</div>" * 20_000
    assert [block.plain for block in read_document("deep.html", page.encode()).blocks] == ["Free Amina Example"]


def test_files_that_are_locked_are_refused() -> None:
    manifest = "<m:manifest xmlns:m='urn:m'><m:encryption-data/></m:manifest>"
    locked = packed({"META-INF/manifest.xml": manifest, "content.xml": b"\x01\x02"})
    assert "locked with a password" in refusal("letter.odt", locked)
    assert "locked with a password" in refusal("letter.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512)
    writer = PdfWriter(clone_from=io.BytesIO(LETTER_PDF))
    writer.encrypt("secret", algorithm="AES-256")
    data = io.BytesIO()
    writer.write(data)
    assert "locked with a password" in refusal("letter.pdf", data.getvalue())


def test_a_pdf_without_text_says_so() -> None:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    data = io.BytesIO()
    writer.write(data)
    assert "run a programme for text recognition" in refusal("scan.pdf", data.getvalue())


def test_large_files_and_too_many_blocks_are_refused() -> None:
    assert "10,000,000 are the most" in refusal("large.txt", b"a" * 10_000_001)
    assert "import it in parts" in refusal("many.txt", b"a\n\n" * 50_002)


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("letter.doc", b"text", "it is none of .txt, .md"),
        ("letter", b"text", "it is none of"),
        ("letter.pdf", b"PK\x03\x04", "it is called .pdf, but"),
        ("letter.txt", b"%PDF-1.7", "it is called .txt, but"),
        ("letter.docx", b"text", "it is called .docx, but"),
        ("letter.txt", b"\xc3\x28", "it is not UTF-8 text"),
        ("letter.txt", b" \n", "it holds no text"),
        ("letter.html", b"<script>alert(1)</script>", "it holds no text"),
        ("letter.docx", b"PK\x03\x04 and no more", "it is damaged"),
        ("letter.docx", packed({"other.xml": "<a/>"}), "it is no Word document"),
        ("letter.odt", packed({"content.xml": f"<a {ODF}/>"}), "it is no text document"),
        ("letter.odt", packed({"content.xml": "<a>"}), "it is damaged"),
        ("letter.pdf", b"%PDF-1.7 and no more", "it is damaged"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(name: str, data: bytes, why: str) -> None:
    assert why in refusal(name, data)


@settings(max_examples=150)
@given(
    ending=st.sampled_from(sorted(ENDINGS)),
    cut=st.integers(0, 4_000),
    junk=st.binary(min_size=1, max_size=40),
)
def test_damage_never_raises_anything_else(ending: str, cut: int, junk: bytes) -> None:
    good = {
        "pdf": LETTER_PDF,
        "docx": word("<w:p><w:r><w:t>a</w:t></w:r></w:p>"),
        "odt": opendocument("<text:p>a</text:p>"),
    }
    data = good.get(ending, "# Freedom\n\n<p>for *all* – свобода</p>".encode())
    place = cut % len(data)
    spoiled = data[:place] + junk + data[place + len(junk) :]
    try:
        read_document(f"letter.{ending}", spoiled)
    except DocumentRefused as refused:
        assert str(refused).endswith(".")


def test_a_bad_checksum_inside_is_damage() -> None:
    data = bytearray(word("<w:p><w:r><w:t>Freedom</w:t></w:r></w:p>"))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as package:
        place = package.getinfo("word/document.xml").header_offset + 30 + len("word/document.xml") + 5
    data[place] ^= 0xFF
    assert "it is damaged" in refusal("letter.docx", bytes(data))

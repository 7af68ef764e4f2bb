"""One letter in every format: blocks of Markdown go in, the bytes of a file come out.

The files are written as the programmes write them, with styles, runs and lists, by hand or by a typesetter: nothing
of the readers is used.
"""

import html
import io
import re
import zipfile
from collections.abc import Callable, Iterable

import typst

Piece = tuple[str, str]
"""What a block is ("#", "##", "-", "1.", ""), and its text; **bold** and *italic*, and a line break as \\n."""

_MARKS = re.compile(r"(\*\*[^*]+\*\*|\*[^*]+\*|\n)")


def runs(text: str) -> list[tuple[str, str]]:
    """(manner, text): "b", "i", "" or "br"."""
    found = []
    for part in filter(None, _MARKS.split(text)):
        manner = "br" if part == "\n" else "b" if part.startswith("**") else "i" if part.startswith("*") else ""
        found.append((manner, part.strip("*") if manner in ("b", "i") else part))
    return found


def as_markdown(pieces: Iterable[Piece]) -> bytes:
    blocks: list[str] = []
    last = ""
    for mark, text in pieces:
        block = f"{mark} {text}" if mark else text.replace("\n", "  \n")
        if mark in ("-", "1.") and mark == last:
            blocks[-1] += f"\n{block}"
        else:
            blocks.append(block)
        last = mark
    return "\n\n".join(blocks).encode() + b"\n"


def as_html(pieces: Iterable[Piece]) -> bytes:
    tags = {"b": "<strong>{}</strong>", "i": "<em>{}</em>", "": "{}", "br": "<br>"}
    body, last = [], ""
    for mark, text in pieces:
        inner = "".join(tags[manner].format(html.escape(part)) for manner, part in runs(text))
        if mark != last and last in ("-", "1."):
            body.append("</ul>" if last == "-" else "</ol>")
        if mark != last and mark in ("-", "1."):
            body.append("<ul>" if mark == "-" else "<ol>")
        tag = f"h{len(mark)}" if mark.startswith("#") else "li" if mark else "p"
        body.append(f"<{tag}>{inner}</{tag}>")
        last = mark
    return f"<!doctype html><meta charset=utf-8><body>{chr(10).join(body)}</body>".encode()


def packed(parts: dict[str, str | bytes]) -> bytes:
    """A ZIP package."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return data.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STYLES = f"""<w:styles {W}>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift3"><w:name w:val="heading 3"/></w:style>
<w:style w:type="paragraph" w:styleId="Liste"><w:name w:val="List Bullet"/>
<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>
</w:pPr></w:style></w:styles>"""
NUMBERING = f"""<w:numbering {W}>
<w:abstractNum w:abstractNumId="5"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="6"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="6"/></w:num>
</w:numbering>"""


def word_runs(text: str) -> str:
    """The runs of a paragraph, each word of plain text torn in two, as Word does after a correction."""
    made = []
    for manner, part in runs(text):
        if manner == "br":
            made.append("<w:r><w:br/></w:r>")
            continue
        look = f"<w:rPr><w:{manner}/></w:rPr>" if manner else "<w:rPr><w:b w:val='0'/></w:rPr>"
        middle = len(part) // 2
        for half in filter(None, (part[:middle], part[middle:])):
            made.append(f'<w:r>{look}<w:t xml:space="preserve">{html.escape(half, quote=False)}</w:t></w:r>')
    return "".join(made)


def word(body: str, **more: str) -> bytes:
    """A .docx with this body; `more` are further parts, their names with _ for /."""
    parts: dict[str, str | bytes] = {
        "word/document.xml": f"<w:document {W}><w:body>{body}<w:sectPr/></w:body></w:document>",
        "word/styles.xml": STYLES,
        "word/numbering.xml": NUMBERING,
    }
    return packed(parts | {name.replace("__", "/") + ".xml": part for name, part in more.items()})


def as_word(pieces: Iterable[Piece]) -> bytes:
    shapes = {
        "-": '<w:pStyle w:val="Liste"/>',
        "1.": '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>',
        **{"#" * level: f'<w:pStyle w:val="berschrift{level}"/>' for level in (1, 2, 3)},
    }
    body = "".join(f"<w:p><w:pPr>{shapes.get(mark, '')}</w:pPr>{word_runs(text)}</w:p>" for mark, text in pieces)
    return word(body)


ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
)
AUTOMATIC = """<office:automatic-styles>
<style:style style:name="T1"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="T2"><style:text-properties fo:font-style="italic"/></style:style>
<text:list-style style:name="L1"><text:list-level-style-bullet text:level="1"/></text:list-style>
<text:list-style style:name="L2"><text:list-level-style-number text:level="1"/></text:list-style>
</office:automatic-styles>"""


def opendocument(body: str, **more: str) -> bytes:
    """An .odt with this body."""
    text = f"<office:body><office:text>{body}</office:text></office:body>"
    content = f"<office:document-content {ODF}>{AUTOMATIC}{text}</office:document-content>"
    parts: dict[str, str | bytes] = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}
    return packed(parts | {f"{name}.xml": part for name, part in more.items()})


def as_opendocument(pieces: Iterable[Piece]) -> bytes:
    looks = {
        "b": '<text:span text:style-name="T1">{}</text:span>',
        "i": '<text:span text:style-name="T2">{}</text:span>',
    }
    body, last = [], ""
    for mark, text in pieces:
        inner = "<text:line-break/>".join(
            "".join(looks.get(manner, "{}").format(html.escape(part, quote=False)) for manner, part in runs(line))
            for line in text.split("\n")
        )
        if last in ("-", "1.") and mark != last:
            body.append("</text:list>")
        if mark in ("-", "1.") and mark != last:
            body.append(f'<text:list text:style-name="{"L1" if mark == "-" else "L2"}">')
        if mark.startswith("#"):
            body.append(f'<text:h text:outline-level="{len(mark)}">{inner}</text:h>')
        elif mark:
            body.append(f"<text:list-item><text:p>{inner}</text:p></text:list-item>")
        else:
            body.append(f"<text:p>{inner}</text:p>")
        last = mark
    return opendocument("".join(body) + ("</text:list>" if last in ("-", "1.") else ""))


def as_pdf(pieces: Iterable[Piece]) -> bytes:
    def said(text: str) -> str:
        quoted = text.replace("\\", "\\\\").replace('"', '\\"')
        return f'#text("{quoted}")'

    blocks = ['#set text(font: ("Libertinus Serif", "DejaVu Sans Mono"), size: 11pt)\n#set par(justify: true)']
    blocks.append('#set page(margin: 2.5cm, numbering: "1")\n#set text(hyphenate: true)')
    for mark, text in pieces:
        lines = " \\\n".join(said("".join(part for _, part in runs(line))) for line in text.split("\n"))
        lead = "=" * len(mark) if mark.startswith("#") else {"-": "-", "1.": "+"}.get(mark, "")
        blocks.append(f"{lead} {lines}".strip())
    return bytes(typst.compile("\n\n".join(blocks).encode()))


WRITERS: dict[str, Callable[[Iterable[Piece]], bytes]] = {
    "md": as_markdown,
    "txt": as_markdown,
    "html": as_html,
    "docx": as_word,
    "odt": as_opendocument,
    "pdf": as_pdf,
}

LETTER_PDF = as_pdf([("#", "Free Amina Example"), ("", "We ask for her release.")])

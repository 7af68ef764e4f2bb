"""Small workbooks for tests, as office programmes write them: .xlsx and .ods packages by hand."""

import io
import zipfile
from xml.sax.saxutils import escape

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ODS = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


def pack(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return out.getvalue()


def xlsx(rows: str, shared: tuple[str, ...] = (), name: str = "Sheet 1", book: str = "") -> bytes:
    """A workbook with one sheet; style 1 is a date of the programme's own, style 2 one of this file's."""
    strings = "".join(f"<si><t>{escape(text)}</t></si>" for text in shared)
    return pack(
        {
            "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{REL}">{book}<sheets>'
            f'<sheet name="{name}" sheetId="1" r:id="rId7"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            'relationships"><Relationship Id="rId7" Target="worksheets/one.xml" Type="x"/></Relationships>',
            "xl/styles.xml": f'<styleSheet {MAIN}><numFmts><numFmt numFmtId="170" formatCode="dd.mm.yyyy;@"/>'
            '<numFmt numFmtId="171" formatCode="0.0 &quot;days&quot;"/></numFmts><cellXfs><xf numFmtId="0"/>'
            '<xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>',
            "xl/sharedStrings.xml": f"<sst {MAIN}>{strings}</sst>",
            "xl/worksheets/one.xml": f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>",
        }
    )


def ods(rows: str, name: str = "Blatt") -> bytes:
    table = f'<table:table table:name="{name}">{rows}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    return pack({"content.xml": f"<office:document-content {ODS}>{body}</office:document-content>"})

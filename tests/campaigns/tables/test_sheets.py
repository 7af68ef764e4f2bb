import codecs

import pytest

from standwith.campaigns.tables.sheets import Sheet, TableRefused, read_sheets
from tests.campaigns.tables.workbooks import ods, pack, xlsx


def rows(name: str, data: bytes, encoding: str = "") -> list[tuple[int, tuple[str, ...]]]:
    (sheet,) = read_sheets(name, data, encoding)
    return [(line.number, line.cells) for line in sheet.lines]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_csv_file_may_have_any_separator(separator):
    text = "\n".join(separator.join(row) for row in (("name", "land"), ('"a, b; c"', "BY"), ("d", "FR")))
    assert rows("a.csv", text.encode()) == [(1, ("name", "land")), (2, ("a, b; c", "BY")), (3, ("d", "FR"))]


def test_the_separator_that_the_file_names_counts():
    assert rows("a.csv", b"sep=;\r\nname;a,b\r\n1;2,5\r\n") == [(2, ("name", "a,b")), (3, ("1", "2,5"))]


RUSSIAN = "имя;страна\nАмина Пример;Беларусь\n"
FRENCH = "nom;pays\nAmélie Exemplé;Côte d’Ivoire\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(RUSSIAN, code) for code in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1251")]
    + [(FRENCH, code) for code in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "windows-1252")],
)
def test_the_encoding_is_guessed(text, encoding):
    expected = [tuple(line.split(";")) for line in text.splitlines()]
    assert [cells for _, cells in rows("a.csv", text.encode(encoding))] == expected


def test_an_encoding_that_cannot_be_guessed_is_named():
    data = "nazwisko;kraj\nŁucja Przykład;Polska\n".encode("windows-1250")
    assert rows("a.csv", data, "windows-1250")[1] == (2, ("Łucja Przykład", "Polska"))
    for encoding in ("ascii", "no-such"):
        with pytest.raises(TableRefused, match=f"not written in {encoding}"):
            read_sheets("a.csv", data, encoding)


def test_rows_keep_their_numbers_where_a_cell_has_several_lines():
    assert rows("a.csv", b'name,x\n"a\nb",1\n\nc,2\n') == [(1, ("name", "x")), (2, ("a\nb", "1")), (4, ("c", "2"))]


def test_a_quotation_mark_that_never_ends_takes_nothing_away():
    found = rows("a.csv", codecs.BOM_UTF8 + b'name,x\n"a,1\nb,2\n')
    assert "".join("".join(cells) for _, cells in found).replace('"', "").replace("\n", "") in (
        "namexa,1b,2",
        "namexa1b2",
    )


def test_an_xlsx_file_gives_text_dates_and_formulas():
    data = xlsx(
        '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" s="1"><v>44054</v></c><c r="D2" s="2"><v>44054.5</v></c>'
        "</row>"
        '<row r="4"><c r="A4" t="inlineStr"><is><r><t>Kofi </t></r><r><t>Example</t></r></is></c>'
        '<c r="B4"><f>SUM(A1:A9)</f><v>7</v></c><c r="C4"><v>7000</v></c><c r="D4" s="3"><v>1.5</v></c>'
        '<c r="AA4" t="b"><v>1</v></c></row>',
        ("Amina  Example",),
    )
    assert rows("a.xlsx", data) == [
        (2, ("Amina Example", "", "2020-08-11", "2020-08-11")),
        (4, ("Kofi Example", "=SUM(A1:A9)", "7000", "1.5", *[""] * 22, "yes")),
    ]


def test_an_xlsx_file_may_count_its_days_from_1904():
    data = xlsx('<row><c s="1"><v>42592</v></c></row>', book='<workbookPr date1904="1"/>')
    assert rows("a.xlsx", data) == [(1, ("2020-08-11",))]


def test_an_ods_file_gives_text_dates_formulas_and_repeated_cells():
    data = ods(
        '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="9"/>'
        "</table:table-row><table:table-row><table:table-cell><text:p>Amina</text:p><text:p>Example</text:p>"
        '</table:table-cell><table:table-cell office:value-type="date" office:date-value="2020-08-11T00:00:00">'
        '<text:p>11.08.20</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2" '
        'office:value-type="float" office:value="7000"><text:p>7.000</text:p></table:table-cell>'
        '<table:table-cell table:formula="of:=[.A1]&amp;1"><text:p>x</text:p></table:table-cell>'
        '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>'
    )
    assert rows("a.ods", data) == [(3, ("Amina\nExample", "2020-08-11", "7000", "7000", "=[.A1]&1"))]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xls", b"\xd0\xcf", "save it as .xlsx"),
        ("a.xlsx", b"no zip", "damaged"),
        ("a.xlsx", pack({"a": "b"}), "no workbook"),
        ("a.ods", pack({"content.xml": "<a/>"}), "no table"),
        ("a.ods", pack({"content.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "defines entities"),
        ("a.csv", b"x" * 20_000_001, "Split it"),
    ],
)
def test_what_is_no_table_is_refused_with_what_mends_it(name, data, words):
    with pytest.raises(TableRefused, match=words):
        read_sheets(name, data)


def test_rows_without_end_are_refused():
    many = '<table:table-row table:number-rows-repeated="1000000"><table:table-cell><text:p>x</text:p>'
    with pytest.raises(TableRefused, match="more than 1,000,000 cells"):
        read_sheets(
            "a.ods",
            ods(f"{many}</table:table-cell><table:table-cell><text:p>y</text:p></table:table-cell></table:table-row>"),
        )


def test_an_empty_file_is_an_empty_sheet():
    assert read_sheets("a.csv", b"") == (Sheet("", ()),)

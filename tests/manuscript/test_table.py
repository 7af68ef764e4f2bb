from hypothesis import given
from hypothesis import strategies as st

from standwith.manuscript import FILE_MISTAKES, Report, read_table, write_table

COLUMNS = ("id", "what", "low")


def read(text: str) -> tuple[list[dict[str, tuple[str, int, int]]], list[tuple[str, int, int]]]:
    report = Report(FILE_MISTAKES)
    table = read_table(text, "file", COLUMNS, report)
    rows = [
        {name: (cell.value, cell.place.line, cell.place.column) for name, cell in row.cells.items()}
        for row in (table.rows if table else ())
        if row.whole
    ]
    return rows, [(finding.code, finding.line, finding.column) for finding in report.findings]


def test_cells_know_where_they_stand():
    rows, findings = read('id,what,low\na,"x, ""y""\nz", 7\nb,,\n')
    assert rows == [
        {"id": ("a", 2, 1), "what": ('x, "y"\nz', 2, 3), "low": ("7", 3, 4)},
        {"id": ("b", 4, 1), "what": ("", 4, 3), "low": ("", 4, 4)},
    ]
    assert findings == []


def test_a_last_line_without_an_end_counts():
    assert read("id,what,low\na,b,")[0] == [{"id": ("a", 2, 1), "what": ("b", 2, 3), "low": ("", 2, 5)}]


def test_rows_without_a_value_are_skipped():
    assert read("id,what,low\n\n,,\n , ,\n")[0] == []


def test_columns_may_stand_in_any_order():
    assert read("low,id,what\n1,a,b\n")[0] == [{"low": ("1", 2, 1), "id": ("a", 2, 3), "what": ("b", 2, 5)}]


def test_what_is_wrong_with_the_header():
    assert read("id,what,low,extra,id\n")[1] == [("unknown-column", 1, 13), ("duplicate-column", 1, 19)]
    assert read("id\n")[1] == [("missing-column", 1, 3), ("missing-column", 1, 3)]
    assert read("")[1] == [("no-header", 1, 1)]
    assert read("id;what;low\na;b;c\n")[1] == [("semicolon-table", 1, 1)]


def test_the_first_of_two_equal_columns_counts():
    assert read("id,what,low,id\na,b,1,z\n")[0][0]["id"] == ("a", 2, 1)


def test_rows_of_the_wrong_width_are_reported_where_it_shows():
    rows, findings = read("id,what,low\na,b\nc,d,1,2\ne,f,3\n")
    assert findings == [("ragged-row", 2, 4), ("ragged-row", 3, 7)]
    assert [row["id"][0] for row in rows] == ["e"]


def test_quotation_marks_that_do_not_fit():
    assert read('id,what,low\na,b "c" d,1\n')[1] == [("stray-quote", 2, 3)]
    assert read('id,what,low\na,"b" c,1\n')[1] == [("stray-quote", 2, 3)]
    assert read('id,what,low\na,"b,1\nc,d,2\n')[1] == [("unclosed-quote", 2, 3)]


VALUES = st.text(st.characters(codec="utf-8", exclude_characters="\r")).map(str.strip)


@given(st.lists(st.tuples(VALUES.filter(bool), VALUES, VALUES)))
def test_what_is_written_is_read_back(rows):
    text = write_table(COLUMNS, rows)
    found, findings = read(text)
    assert [tuple(row[name][0] for name in COLUMNS) for row in found] == rows
    assert findings == []


def test_only_values_that_need_them_have_quotation_marks():
    assert write_table(("id", "what"), [("a", "x y"), ("b", 'say "no", please\nnow')]) == (
        'id,what\na,x y\nb,"say ""no"", please\nnow"\n'
    )

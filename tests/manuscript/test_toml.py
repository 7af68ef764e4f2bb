import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standwith.manuscript import FILE_MISTAKES, Document, Place, Report, read_toml, write_toml

HARD = '''\
# about
title = "a # b" # and more
"quoted key" = 'it\\'
dates = [ 2020-08-17, [ "x", # inside
  "y" ] ]
owner.name = "n"

[a . b]
text = """
two "" lines \\""" of text""""
raw = \'\'\'it's ''raw\'\'\'\'\'
inline = { x = 1, "y z" = { w = [1, 2] } }

[[list]]
[[list]]
key = 1
[list.sub]
deep = true
[[list.more]]
last = -1.5
'''


def read(text: str) -> Document:
    report = Report(FILE_MISTAKES)
    document = read_toml(text, "file", report)
    assert document is not None, report.findings
    return document


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    """The paths of everything in the data but tables."""
    if isinstance(value, dict):
        return {leaf for key, item in value.items() for leaf in leaves(item, (*path, key))}
    if isinstance(value, list):
        return {path} | {leaf for index, item in enumerate(value) for leaf in leaves(item, (*path, index))}
    return {path}


def test_every_value_has_the_place_where_it_is_written():
    document = read(HARD)
    assert document.data == tomllib.loads(HARD)
    written = {path: (place.line, place.column) for path, place in document.values.items()}
    assert written == {
        ("title",): (2, 9),
        ("quoted key",): (3, 16),
        ("dates",): (4, 9),
        ("dates", 0): (4, 11),
        ("dates", 1): (4, 23),
        ("dates", 1, 0): (4, 25),
        ("dates", 1, 1): (5, 3),
        ("owner", "name"): (6, 14),
        ("a", "b"): (8, 1),
        ("a", "b", "text"): (9, 8),
        ("a", "b", "raw"): (11, 7),
        ("a", "b", "inline"): (12, 10),
        ("a", "b", "inline", "x"): (12, 16),
        ("a", "b", "inline", "y z"): (12, 27),
        ("a", "b", "inline", "y z", "w"): (12, 33),
        ("a", "b", "inline", "y z", "w", 0): (12, 34),
        ("a", "b", "inline", "y z", "w", 1): (12, 37),
        ("list", 0): (14, 1),
        ("list", 1): (15, 1),
        ("list", 1, "key"): (16, 7),
        ("list", 1, "sub"): (17, 1),
        ("list", 1, "sub", "deep"): (18, 8),
        ("list", 1, "more", 0): (19, 1),
        ("list", 1, "more", 0, "last"): (20, 8),
    }
    assert leaves(document.data) - written.keys() == {("list",), ("list", 1, "more")}
    assert document.keys[("a", "b", "inline")] == Place("file", 12, 1)
    assert document.comments == (Place("file", 1, 1), Place("file", 2, 17), Place("file", 4, 30))


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [('a = "x"\nb = x\n', 2, 5), ('a = "x', 1, 7), ("a = 1\na = 2\n", 2, 6), ("[a\n", 1, 3), ('a = """\nx\n', 2, 2)],
)
def test_what_is_not_toml_is_reported_where_it_breaks(text, line, column):
    report = Report(FILE_MISTAKES)
    assert read_toml(text, "file", report) is None
    (finding,) = report.findings
    assert (finding.code, finding.line, finding.column) == ("toml-syntax", line, column)
    assert finding.what.startswith("This is not TOML: ") and finding.what.endswith(".")


KEYS = st.from_regex(r"[a-z_]{1,8}", fullmatch=True)
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\r"))
PAIRS = st.dictionaries(KEYS, TEXTS | st.lists(TEXTS, max_size=3), max_size=3)


@given(PAIRS, st.dictionaries(KEYS.map("t{}".format), PAIRS), st.dictionaries(KEYS.map("l{}".format), st.lists(PAIRS)))
def test_what_is_written_is_read_back_with_a_place_for_every_value(values, tables, lists):
    values = {f"v{key}": value for key, value in values.items()}
    text = write_toml(values, tables, lists)
    document = read(text)
    assert document.data == values | tables | {name: rows for name, rows in lists.items() if rows}
    assert leaves(document.data) - document.values.keys() <= {(name,) for name in lists}
    assert document.comments == ()


def test_the_canonical_form():
    text = write_toml(
        {"title": 'Say "no"', "languages": ["en", "fr"]},
        {"owner": {"name": "Example"}},
        {"demand": [{"text": "Two\nlines"}, {"sources": ["source-number-" + "x" * 40] * 3}]},
    )
    assert text == (
        'title = "Say \\"no\\""\nlanguages = ["en", "fr"]\n\n'
        '[owner]\nname = "Example"\n\n'
        '[[demand]]\ntext = """\nTwo\nlines"""\n\n'
        "[[demand]]\nsources = [\n" + f'  "source-number-{"x" * 40}",\n' * 3 + "]\n"
    )

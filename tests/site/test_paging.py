"""A long list cut into pages: nothing lost, nothing twice, and the way from each page to the others."""

import pytest

from standwith import look
from standwith.languages import voice
from standwith.site.pages import HERE
from standwith.site.paging import cut, cut_by_weight


@pytest.mark.parametrize(("rows", "pages"), [(0, 1), (1, 1), (40, 1), (41, 2), (80, 2), (5000, 125)])
def test_every_row_stands_on_one_page_in_its_order(rows: int, pages: int) -> None:
    cuts = cut("people/", range(rows), 40)
    assert [row for piece in cuts for row in piece.rows] == list(range(rows))
    assert [piece.number for piece in cuts] == list(range(1, pages + 1))
    assert all(len(piece.rows) <= 40 for piece in cuts)


def test_where_pages_lie_and_lead_to() -> None:
    first, second, third = cut("people/", range(3), 1)
    assert [piece.place for piece in (first, second, third)] == ["people/", "people/2/", "people/3/"]
    ways = [(piece.first, piece.previous, piece.next, piece.last) for piece in (first, second, third)]
    assert ways == [
        ("", "", "people/2/", "people/3/"),
        ("people/", "people/", "people/3/", "people/3/"),
        ("people/", "people/2/", "", ""),
    ]


def turn(size: int, page: int) -> str:
    """What the macro makes of a page of a list of 100."""
    text = '{% from "paging.html" import turn with context %}{{ turn(piece, "/en/x/") }}'
    template = look.environment(HERE / "templates").from_string(text)
    return look.render_page(template, voice("en"), piece=cut("people/", range(100), size)[page])


def test_a_list_of_one_page_needs_no_way_through() -> None:
    assert turn(100, 0).strip() == ""


def test_the_way_is_said_in_words_and_linked() -> None:
    html = turn(30, 1)
    assert "Page 2 of 4" in html
    assert '<a href="/en/x/people/" rel="prev">Previous page</a>' in html
    assert '<a href="/en/x/people/4/">Last page</a>' in html


def test_by_weight_a_heavy_row_has_a_page_of_its_own() -> None:
    cuts = cut_by_weight("facts/", "abcdef", [1, 1, 9, 1, 1, 1], 3)
    assert [list(piece.rows) for piece in cuts] == [["a", "b"], ["c"], ["d", "e", "f"]]
    assert {piece.of for piece in cuts} == {3}


def test_by_weight_a_list_without_rows_has_one_page() -> None:
    [piece] = cut_by_weight("facts/", (), [], 3)
    assert (piece.place, list(piece.rows), piece.of) == ("facts/", [], 1)

"""Packing: the same document in fewer bytes."""

import gzip as reference

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from standwith.site.packing import SEAMS, gzip, pack, tighten
from tests.look.pages import Page

HTML = """<ul>
<li><a href="/en/" lang="en">English</a></li>
<li>two <b>words</b>
here</li>
</ul>
<dl><dt>x</dt><dd title="a b">y = "z"</dd></dl>
<select>
<option value="">-</option>
<option value="FR" selected>France</option>
</select>
"""


def test_a_tightened_page_has_the_same_elements_attributes_and_words() -> None:
    before, after = Page(HTML), Page(tighten(HTML))
    seen = [[(one.tag, one.attributes, "".join(one.text.split())) for one in page.elements] for page in (before, after)]
    assert seen[0] == seen[1]
    assert before.one("b").text == after.one("b").text
    assert len(tighten(HTML)) < len(HTML)


def test_values_that_need_their_quotes_keep_them() -> None:
    assert tighten('<p title="a b" lang="en" id="x=y" class="">') == '<p title="a b" lang=en id="x=y" class="">'
    assert tighten('<path d="M0"/>') == '<path d="M0"/>'


def test_a_script_stays_as_it_is() -> None:
    script = '<script type="application/json" id="told">{"a":"</li>"}</script>\n<script>if (x=="y")\n<z;</script>'
    assert tighten(f'<p id="a">{script}</p>') == f"<p id=a>{script}</p>"
    assert (
        tighten('<script src="/number.js" defer></script><p id="a">')
        == "<script src=/number.js defer></script><p id=a>"
    )


@given(st.lists(st.sampled_from([b"text ", "ტექსტი ".encode(), *SEAMS]), max_size=30).map(b"".join))
def test_both_packings_open_to_what_was_packed(data: bytes) -> None:
    packed = pack(data)
    assert packed[""] == data
    assert brotli.decompress(packed[".br"]) == data
    assert reference.decompress(packed[".gz"]) == data


def test_packing_twice_gives_the_same_bytes() -> None:
    assert pack(HTML.encode()) == pack(HTML.encode())


@pytest.mark.parametrize("seams", [SEAMS])
def test_gzip_carries_no_time(seams: tuple[bytes, ...]) -> None:
    assert gzip(b"".join(seams))[4:8] == bytes(4)

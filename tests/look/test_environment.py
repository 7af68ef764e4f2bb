"""Templates: everything escaped, every hole an error, every page in its own language and direction."""

from pathlib import Path

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from standwith import look
from standwith.languages import voice
from standwith.look.environment import country_options, say
from tests.look.pages import Page


def render(folder: Path, source: str, code: str = "en", **context: object) -> str:
    """The page whose main block is `source`."""
    (folder / "page_under_test.html").write_text(
        '{% extends "page.html" %}{% block main %}' + source + "{% endblock %}", "utf-8"
    )
    template = look.environment(folder).get_template("page_under_test.html")
    return look.render_page(template, voice(code), **{"title": "Title", **context})


def test_text_is_escaped_and_a_link_stays_a_link(tmp_path: Path) -> None:
    source = '{{ t("To {whom}", whom=name) }} {{ t("See {link}", link=link) }}'
    html = render(tmp_path, source, name="<b>O'Neill</b>", link=Markup('<a href="/x">here</a>'))
    assert "To &lt;b&gt;O&#39;Neill&lt;/b&gt;" in html
    assert 'See <a href="/x">here</a>' in html


def test_a_value_is_never_read_as_a_placeholder() -> None:
    assert say("{a} and {b}", {"a": "{b}", "b": "{a}"}) == "{b} and {a}"


def test_numbers_take_the_form_of_the_language(tmp_path: Path) -> None:
    html = render(tmp_path, '{{ number(48213) }} {{ tn("{n} year", "{n} years", 26) }}', "ar")
    assert "٤٨" in html
    assert "٢٦" in html


def test_an_undefined_name_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UndefinedError):
        render(tmp_path, "{{ nobody }}")


@pytest.mark.parametrize(("code", "direction"), [("en", "ltr"), ("ar", "rtl"), ("ka", "ltr")])
def test_a_page_says_its_language_and_direction(tmp_path: Path, code: str, direction: str) -> None:
    page = Page(render(tmp_path, "", code))
    assert page.one("html").attributes == {"lang": code, "dir": direction}


def test_errors_come_first_in_the_title(tmp_path: Path) -> None:
    html = render(tmp_path, "", title="Sign", masthead="Stand with Belarus", errors={"email": "Write an address."})
    assert "<title>Error: Sign · Stand with Belarus</title>" in html


def test_the_switch_marks_the_language_that_is_shown(tmp_path: Path) -> None:
    page = Page(render(tmp_path, "", "ar", editions=[("en", "/en/c/"), ("ar", "/ar/c/")]))
    assert page.one("a", aria_current="page").attributes["href"] == "/ar/c/"
    assert page.one("a", lang="en").text == "English"


def test_one_language_needs_no_switch(tmp_path: Path) -> None:
    assert not Page(render(tmp_path, "", editions=[("en", "/en/c/")])).all("nav")


def test_the_chosen_country_is_selected_and_only_it() -> None:
    assert country_options(voice("en")).count(" selected") == 0
    options = country_options(voice("en"), "FR")
    assert options.count(" selected") == 1
    assert "<option value=FR selected>France" in options
    assert country_options(voice("en"), '"><script>') == country_options(voice("en"))

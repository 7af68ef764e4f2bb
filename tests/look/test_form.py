"""The sign form: every field labelled, nothing ticked, everything still there after an error."""

import dataclasses
from pathlib import Path

import pytest

from standwith import look
from standwith.languages import voice
from tests.look.pages import Page

FORM = look.SignForm(campaign="belarus", text="ab" * 32, owner="Example Union", affiliate="Example Affiliate")
GUARDED = dataclasses.replace(FORM, guarded=True)
SOURCE = """{% extends "page.html" %}
{% from "form.html" import sign_form, error_summary, press_button, code_form with context %}
{% set sheets = ("form",) %}
{% block main %}<h1>x</h1>{{ error_summary(errors) }}{{ sign_form(form, values, errors) }}{{ more }}{% endblock %}"""


def form(
    folder: Path,
    values: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
    form: look.SignForm = FORM,
) -> Page:
    """The page with the form as it comes back with these values and errors."""
    (folder / "form_under_test.html").write_text(SOURCE, "utf-8")
    template = look.environment(folder).get_template("form_under_test.html")
    context = {"form": form, "values": values or {}, "errors": errors or {}, "more": ""}
    return Page(look.render_page(template, voice("en"), title="Sign", **context))


def test_fields_are_those_that_the_intake_reads(tmp_path: Path) -> None:
    page = form(tmp_path)
    named = [one.attributes["name"] for one in page.elements if "name" in one.attributes and one.tag != "meta"]
    consents = ["sign", "show_name", "news_owner", "news_affiliate"]
    assert named == ["text", "name", "email", "country", "organisation", *consents]
    sent = page.one("form", id="sign").attributes
    assert (sent["method"], sent["action"]) == ("post", "/act/en/belarus/sign")
    assert page.one("input", name="text").attributes["value"] == "ab" * 32


def test_every_field_has_a_label_and_a_purpose(tmp_path: Path) -> None:
    page = form(tmp_path)
    labelled = {label.attributes["for"] for label in page.all("label")}
    fields = [one for one in page.elements if one.tag in ("input", "select") and one.attributes.get("type") != "hidden"]
    assert {one.attributes["id"] for one in fields} == labelled
    purposes = {one.attributes["name"]: one.attributes.get("autocomplete") for one in fields}
    assert purposes["name"] == "name"
    assert purposes["email"] == "email"
    assert purposes["country"] == "country"


def test_no_box_is_ticked_beforehand(tmp_path: Path) -> None:
    boxes = form(tmp_path).all("input", type="checkbox")
    assert len(boxes) == 4
    assert not [box for box in boxes if "checked" in box.attributes]
    assert [box.attributes["name"] for box in boxes if "required" in box.attributes] == ["sign"]


def test_what_was_typed_comes_back(tmp_path: Path) -> None:
    values = {"name": 'O\'Neill "李"', "email": "amina@example.org", "country": "FR", "sign": "yes", "show_name": "no"}
    page = form(tmp_path, values)
    assert page.one("input", id="f-name").attributes["value"] == 'O\'Neill "李"'
    assert page.one("input", id="f-email").attributes["value"] == "amina@example.org"
    assert "selected" in page.one("option", value="FR").attributes
    assert [box.attributes["name"] for box in page.all("input", type="checkbox") if "checked" in box.attributes] == [
        "sign"
    ]


@pytest.mark.parametrize("field", ["name", "email", "country", "organisation", "sign"])
def test_an_error_stands_by_its_field_and_in_the_summary(tmp_path: Path, field: str) -> None:
    page = form(tmp_path, errors={field: "Mend <this>."})
    assert page.one(id=f"e-{field}").text.split() == ["Error:", "Mend", "<this>."]
    broken = page.one(id=f"f-{field}")
    assert broken.attributes["aria-invalid"] == "true"
    assert f"e-{field}" in broken.attributes["aria-describedby"].split()
    summary = page.one(role="alert")
    assert "autofocus" in summary.attributes
    assert summary.attributes["tabindex"] == "-1"
    assert page.one("a", href=f"#f-{field}").text == "Mend <this>."


def test_hints_are_tied_to_their_field(tmp_path: Path) -> None:
    page = form(tmp_path)
    assert page.one("input", id="f-email").attributes["aria-describedby"] == "h-email"
    assert page.one(id="h-email").text


def test_the_risk_is_said_before_the_first_field(tmp_path: Path) -> None:
    elements = form(tmp_path).elements
    risk = next(place for place, one in enumerate(elements) if one.attributes.get("href") == "/en/your-data/#risk")
    first = next(place for place, one in enumerate(elements) if one.attributes.get("id") == "f-name")
    assert risk < first


def test_a_guarded_form_asks_for_no_country_and_nothing_to_show(tmp_path: Path) -> None:
    page = form(tmp_path, form=GUARDED)
    named = [one.attributes["name"] for one in page.elements if "name" in one.attributes and one.tag != "meta"]
    assert named == ["text", "name", "email", "organisation", "sign", "news_owner", "news_affiliate", "codes"]
    labelled = {label.attributes["for"] for label in page.all("label")}
    assert labelled == {f"f-{name}" for name in named[1:]}


def test_codes_are_a_box_that_is_not_ticked_and_not_needed(tmp_path: Path) -> None:
    box = form(tmp_path, form=GUARDED).one("input", id="f-codes").attributes
    assert not {"checked", "required"} & set(box)
    assert "checked" in form(tmp_path, {"codes": "yes"}, form=GUARDED).one("input", id="f-codes").attributes


def test_a_guarded_form_tells_another_risk(tmp_path: Path) -> None:
    calm, grave = (form(tmp_path, form=one).one("p", class_="risk").text for one in (FORM, GUARDED))
    assert "can be punished" in grave
    assert "mail provider" in grave
    assert "can be punished" not in calm


def test_the_code_that_a_browser_drew_comes_back_unseen(tmp_path: Path) -> None:
    drawn = form(tmp_path, {"code": "7R4QZ0XK2M9T3BCW8E1N5DGJKA"}).one("input", name="code").attributes
    assert (drawn["type"], drawn["value"]) == ("hidden", "7R4QZ0XK2M9T3BCW8E1N5DGJKA")
    for one in (FORM, GUARDED):
        assert form(tmp_path, form=one).all("input", name="code") == []

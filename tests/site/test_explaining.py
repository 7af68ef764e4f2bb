"""The pages that explain: what the ledger counts, who can open records, what was audited, and the page that checks."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from standwith.campaigns.custodians import Custodians
from standwith.campaigns.model import Campaign, Custodian
from standwith.site.numbers import Numbers
from tests.look.pages import Page
from tests.site.conftest import AUDIT, LARGE, LEDGER, NUMBERS, SITE_URL, Publish, pages_in

CUSTODIANS = tuple(Custodian(name=f"{name} Example", key=f"key of {name}") for name in ("Amina", "Kofi", "Noor"))


Reader = Callable[[str], Page]


@pytest.fixture
def page(tmp_path: Path) -> Reader:
    """Reads a page of tmp_path/site."""
    return lambda path: Page((tmp_path / "site" / path / "index.html").read_text("utf-8"))


def rows(page: Page) -> list[tuple[str, str]]:
    """What stands in the lists of terms, in order."""
    said = [(one.tag, " ".join(one.text.split())) for one in page.elements if one.tag in ("dt", "dd")]
    return [(name, value) for (_, name), (_, value) in zip(said[::2], said[1::2], strict=True)]


def test_how_we_count_tells_everything_that_the_ledger_counts(small: Campaign, publish: Publish, page: Reader) -> None:
    publish(small, numbers={small.id: LARGE})
    shown = page("en/how-we-count")
    assert rows(shown) == [
        ("The number", "1,048,213"),
        ("Signatures that ever entered the ledger", "1,055,864"),
        ("Withdrawn by the signers", "1,204"),
        (
            "Removed",
            "at the signer's request: 14 · duplicate: 5,120 · not a person: 1,311 · by legal order: 2",
        ),
        ("Confirmed, waiting for the next batch", "117"),
        (
            "Audit",
            "With 95 % certainty at most 1.6% of the signatures are not valid. Audited up to leaf 40,000.",
        ),
    ]
    said = shown.one("main").text
    assert "The ledger has 1,310,720 leaves" in said
    assert "2 of 5 have signed this one" in said
    assert "For now you have to trust" not in said
    assert shown.all("a", href="/en/verify/")


def test_nothing_tells_how_many_wait_in_a_guarded_campaign(
    small: Campaign, publish: Publish, page: Reader, tmp_path: Path
) -> None:
    publish(replace(small, profile="guarded"), numbers={small.id: LARGE})
    assert "Confirmed, waiting for the next batch" not in dict(rows(page("en/how-we-count")))
    assert json.loads((tmp_path / "site/belarus/count.json").read_bytes())["ledger"]["waiting"] == 0


def test_how_we_count_without_much_to_tell(small: Campaign, publish: Publish, page: Reader) -> None:
    publish(small, numbers={small.id: Numbers(confirmed=3, size=4, removed=((99, 1),))})
    shown = page("en/how-we-count")
    assert dict(rows(shown))["Removed"] == "99: 1"
    assert dict(rows(shown))["Audit"] == "none yet"
    assert "No independent witness signs it yet." in shown.one("main").text


def test_without_a_ledger_nothing_is_promised(small: Campaign, publish: Publish, page: Reader, tmp_path: Path) -> None:
    publish(small, ledger=None)
    assert "For now you have to trust" in page("en/how-we-count").one("main").text
    assert not [path for path in pages_in(tmp_path / "site") if "verify" in path or "audits" in path]
    for path in ("en/belarus", "en/belarus/thank-you", "en/how-we-count", "en/your-data"):
        assert not [link for link in page(path).all("a") if "/verify/" in link.attributes["href"]]
    assert [one.attributes["href"] for one in page("en/belarus").all("a") if one.text == "How we count"] == [
        "/en/how-we-count/",
        "/en/how-we-count/",
    ]


@pytest.mark.parametrize(
    ("count", "needed", "said"),
    [
        (1, None, "One custodian alone can open the records. Their names: Amina Example."),
        (
            3,
            None,
            "Of 3 custodians, 2 together can open the records. Their names: Amina Example, Kofi Example and Noor",
        ),
        (3, 3, "Of 3 custodians, 3 together can open the records."),
    ],
)
def test_who_can_open_the_records(
    small: Campaign, publish: Publish, page: Reader, count: int, needed: int | None, said: str
) -> None:
    publish(replace(small, custodians=CUSTODIANS[:count], custodians_needed=needed), numbers={small.id: LARGE})
    [shown] = [one for one in page("en/your-data").all("li") if "desk@example.org" in one.text]
    assert said in shown.text
    assert "They last showed on 1 October 2020 that they still hold their keys." in shown.text


def test_the_installations_custodians_where_the_campaign_names_none(
    small: Campaign, publish: Publish, page: Reader
) -> None:
    unnamed = tuple(replace(one, name="") for one in CUSTODIANS)
    publish(replace(small, custodians=()), keepers={small.id: Custodians(unnamed, 2)})
    [shown] = [one for one in page("en/your-data").all("li") if "desk@example.org" in one.text]
    assert "Of 3 custodians, 2 together can open the records." in shown.text
    assert "Their names" not in shown.text
    assert "last showed" not in shown.text


def test_guarded_campaigns_are_explained_where_there_are_some(small: Campaign, publish: Publish, page: Reader) -> None:
    publish(small)
    assert not page("en/your-data").all("h2", id="guarded")
    publish(small, replace(small, id="kept-safe", title="Kept safe", profile="guarded"))
    shown = page("en/your-data")
    assert shown.one("h2", id="guarded").text == "Guarded campaigns"
    said = shown.one("main").text
    assert "These are: Kept safe." in said
    assert "batches of at least 16, or after an hour, and shuffled" in said
    assert "For a guarded campaign such a test reaches back one hour" in said


def test_no_audit_yet(small: Campaign, publish: Publish, page: Reader) -> None:
    publish(small)
    shown = page("ar/audits")
    assert not shown.all("svg")
    assert shown.all("table")


def test_an_audit_in_words_in_a_drawing_and_with_its_report(small: Campaign, publish: Publish, page: Reader) -> None:
    publish(small, numbers={small.id: replace(NUMBERS, audits=(replace(AUDIT, n=59, invalid=0, bound95=0.05), AUDIT))})
    shown = page("en/audits")
    assert [one.text for one in shown.all("h2")][:2] == ["Stand with Belarus, 18 November 2020"] * 2
    assert "With 95 % certainty at most 1.6% of the signatures are not valid." in shown.one("main").text
    assert ("Records drawn at random and opened", "298") in rows(shown)
    assert len(shown.all("svg", role="img")) == 2
    reports = [one.attributes["href"] for one in shown.all("a") if "addenda" in one.attributes["href"]]
    assert reports == [f"{SITE_URL}/log/addenda/ab/ab/{'ab' * 32}"] * 2


def test_the_page_that_checks_holds_all_that_it_trusts(small: Campaign, publish: Publish, page: Reader) -> None:
    publish(small)
    shown = page("fr/verify")
    assert shown.one("pre", id="policy").text.split() == LEDGER.policy.split()
    told = json.loads(shown.one("script", id="told").text)
    assert told["log"] == f"{SITE_URL}/log/"
    assert told["vkey"] == LEDGER.vkey
    assert told["campaigns"] == {LEDGER.tag("belarus"): ["fr: Stand with Belarus", f"{SITE_URL}/fr/belarus/"]}
    programs = shown.all("pre")[0].text
    assert f"standwith verify {SITE_URL}/log\n" in programs
    assert f"verify.py {SITE_URL}/log {LEDGER.vkey}" in programs


def test_without_a_script_the_page_that_checks_shows_no_form_and_says_where_to_turn(
    small: Campaign, publish: Publish, page: Reader
) -> None:
    publish(small)
    shown = page("en/verify")
    assert [one.attributes["id"] for one in shown.all("form", hidden="")] == ["receipt", "code", "number"]
    assert len(shown.all("form")) == 3
    assert "hidden" not in shown.one("p", id="unscripted").attributes
    assert not [one for one in shown.elements if one.tag == "form" and "action" in one.attributes]

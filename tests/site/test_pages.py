"""Every page in every language: light, whole, safe, linked, and put together so that everyone can use it."""

import gzip
import json
import re
from base64 import b64encode
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import brotli
import pytest
from msgspec.structs import replace

from standwith.campaigns.model import Campaign
from standwith.languages import INTERFACE, PartialDate
from standwith.site.ledger import LedgerShown
from standwith.site.numbers import Numbers
from tests.campaigns.belarus import translate
from tests.look.pages import Element, Page
from tests.site.conftest import LARGE, LEDGER, NUMBERS, SITE_URL, Publish, pages_in

BUDGET = 14_000
ID = "stand-with-belarus"
SECTIONS = ["number", "statement", "demands", "next", "countries", "versions"]
SECTIONS += ["facts", "people", "timeline", "organisations"]


@pytest.fixture(scope="module")
def pages(example_site: Path) -> dict[str, Page]:
    """Every HTML page of the example's site, by path."""
    return {path: Page((example_site / path).read_text("utf-8")) for path in pages_in(example_site)}


def test_all_addresses_are_there(pages: dict[str, Page], example_site: Path) -> None:
    parts = ["", "check-your-mail/", "thank-you/", "withdrawn/", "sources/", "organisations/"]
    parts += ["people/", "people/nikolai-zimin/"]
    for code in INTERFACE:
        for part in parts:
            assert f"{code}/{ID}/{part}index.html" in pages
        for rules in ("", "how-we-count/", "your-data/", "verify/", "audits/"):
            assert f"{code}/{rules}index.html" in pages
        assert (example_site / code / ID / "feed.xml").exists()
    for file in (
        "index.html",
        "404.html",
        "sitemap.xml",
        "robots.txt",
        "number.js",
        "receipt.js",
        "icon.svg",
        f"{ID}/count.json",
    ):
        assert (example_site / file).exists()


def test_every_page_is_within_the_budget_both_ways(example_site: Path) -> None:
    heavy = {
        f"{path}{suffix}": size
        for path in pages_in(example_site)
        for suffix in (".br", ".gz")
        if (size := (example_site / f"{path}{suffix}").stat().st_size) > BUDGET
    }
    assert heavy == {}


@pytest.mark.parametrize("profile", ["open", "guarded"])
def test_the_largest_numbers_fit_too(example: Campaign, publish: Publish, profile: str) -> None:
    assert publish(replace(example, profile=profile), numbers={example.id: LARGE}).heavy == ()


def test_packed_pages_hold_the_same_page(example_site: Path) -> None:
    for path in pages_in(example_site):
        plain = (example_site / path).read_bytes()
        assert gzip.decompress((example_site / f"{path}.gz").read_bytes()) == plain
        assert brotli.decompress((example_site / f"{path}.br").read_bytes()) == plain


def test_every_page_says_its_language_and_direction(pages: dict[str, Page]) -> None:
    for path, page in pages.items():
        code = path.split("/")[0] if "/" in path else "en"
        wanted = {"lang": code, "dir": "rtl" if code == "ar" else "ltr"}
        assert page.one("html").attributes == wanted, path


def test_the_policy_allows_the_style_in_the_page_and_nothing_inline_else(pages: dict[str, Page]) -> None:
    for path, page in pages.items():
        rules = page.one("meta", http_equiv="Content-Security-Policy").attributes["content"]
        digest = b64encode(sha256(page.one("style").text.encode()).digest()).decode()
        assert f"style-src 'sha256-{digest}'" in rules, path
        assert "unsafe" not in rules
        for element in page.elements:
            inline = [name for name in element.attributes if name == "style" or name.startswith("on")]
            assert not inline, (path, element)
            if element.tag == "script" and element.attributes.get("type") != "application/json":
                assert_script_is_allowed(element, rules, path)


def assert_script_is_allowed(element: Element, rules: str, path: str) -> None:
    """One of ours by its address; in the page that checks, the one whose digest the policy names."""
    if "src" in element.attributes:
        assert element.attributes["src"] in ("/number.js", "/receipt.js", "/search.js"), path
        assert not element.text
        assert "script-src 'self'; connect-src 'self';" in rules
    else:
        assert path.endswith("verify/index.html")
        digest = b64encode(sha256(element.text.encode()).digest()).decode()
        assert f"script-src 'sha256-{digest}'; connect-src {SITE_URL}/log/;" in rules


def test_headings_descend_one_step_at_a_time_from_one_h1(pages: dict[str, Page]) -> None:
    for path, page in pages.items():
        levels = [int(one.tag[1]) for one in page.elements if re.fullmatch("h[1-6]", one.tag)]
        assert levels[0] == 1, path
        assert levels.count(1) == 1, path
        for above, below in pairwise(levels):
            assert below <= above + 1, (path, levels)


def test_ids_are_unique_and_what_refers_to_them_finds_them(pages: dict[str, Page]) -> None:
    for path, page in pages.items():
        ids = [one.attributes["id"] for one in page.elements if "id" in one.attributes]
        assert len(ids) == len(set(ids)), path
        for element in page.elements:
            for name in ("for", "aria-labelledby", "aria-describedby"):
                for wanted in element.attributes.get(name, "").split():
                    assert wanted in ids, (path, element)


def test_every_link_inside_the_site_leads_somewhere(pages: dict[str, Page], example_site: Path) -> None:
    for path, page in pages.items():
        for link in page.all("a"):
            address = link.attributes["href"]
            if re.match("https?:|mailto:", address):
                continue
            target, _, anchor = address.partition("#")
            place = path if not target else target.lstrip("/") if target.startswith("/") else _beside(path, target)
            place += "index.html" if place.endswith("/") or not place else ""
            assert (example_site / place).exists(), (path, address)
            if anchor:
                assert pages[place].all(id=anchor), (path, address)


def _beside(path: str, target: str) -> str:
    return path.rpartition("/")[0] + "/" + target


def test_sections_have_the_same_ids_in_every_language(pages: dict[str, Page]) -> None:
    for code in INTERFACE:
        page = pages[f"{code}/{ID}/index.html"]
        assert [one.attributes["id"] for one in page.all("section")] == SECTIONS
    ids = [
        {one.attributes["id"] for one in pages[f"{code}/{ID}/index.html"].elements if "id" in one.attributes}
        for code in INTERFACE
    ]
    assert all(one == ids[0] for one in ids)


def test_the_switch_leads_to_the_same_page_in_every_language(pages: dict[str, Page]) -> None:
    for path, page in pages.items():
        if "/" not in path or path.endswith("404.html"):
            continue
        code, _, rest = path.partition("/")
        switch = [link.attributes["href"] for link in page.all("a") if "nav" in link.inside]
        assert switch == [f"/{other}/{rest.removesuffix('index.html')}" for other in INTERFACE], path
        assert page.one("a", aria_current="page").attributes["lang"] == code


def test_machines_find_the_other_languages_too(pages: dict[str, Page]) -> None:
    page = pages[f"ka/{ID}/index.html"]
    others = {
        link.attributes["hreflang"]: link.attributes["href"]
        for link in page.all("link")
        if "hreflang" in link.attributes
    }
    assert set(others) == {*INTERFACE, "x-default"}
    assert others["ar"] == f"{SITE_URL}/ar/{ID}/"
    assert page.one("link", rel="canonical").attributes["href"] == f"{SITE_URL}/ka/{ID}/"
    assert page.one("meta", property="og:title").attributes["content"]


def test_landmarks_and_a_way_past_the_masthead(pages: dict[str, Page]) -> None:
    for page in pages.values():
        page.one("main", id="main")
        first = page.all("a")[0]
        assert first.attributes["href"] == "#main"
        assert page.all("footer")


def test_names_of_other_scripts_are_kept_apart_in_arabic(pages: dict[str, Page]) -> None:
    page = pages[f"ar/{ID}/index.html"]
    publishers = [one for one in page.all("bdi") if "cite" in one.inside]
    assert len(publishers) > 10


def test_the_number_stands_in_the_form_of_each_language(pages: dict[str, Page]) -> None:
    shown = {code: pages[f"{code}/{ID}/index.html"].one("strong", data_count="48213").text for code in INTERFACE}
    assert shown["en"] == "48,213"
    assert shown["de"] == "48.213"
    assert shown["ar"] == "٤٨٬٢١٣"


def test_pages_that_answer_an_act_are_not_for_search_engines(pages: dict[str, Page]) -> None:
    for name in ("check-your-mail", "thank-you", "withdrawn"):
        assert pages[f"en/{ID}/{name}/index.html"].one("meta", name="robots").attributes["content"] == "noindex"


def test_figures_that_disagree_stand_side_by_side(pages: dict[str, Page]) -> None:
    sides = pages[f"en/{ID}/index.html"].all("div", class_="sides")
    disagreeing = [one.text for one in sides if "disagree" in one.text]
    assert len(disagreeing) == 1
    assert "several thousand" in disagreeing[0]
    assert "7,000" in disagreeing[0]


def test_the_code_form_is_on_the_page_that_sends_to_the_mail(pages: dict[str, Page]) -> None:
    form = pages[f"fr/{ID}/check-your-mail/index.html"].one("form")
    assert form.attributes["action"] == f"/act/fr/{ID}/confirm"


def test_beside_the_number_stand_its_witnesses_and_the_way_to_check_it(
    small: Campaign, publish: Publish, tmp_path: Path
) -> None:
    publish(small)
    page = Page((tmp_path / "site/en/belarus/index.html").read_text("utf-8"))
    number = page.one("section", id="number")
    assert "From 61 countries. Each one confirmed by mail. Witnessed by 2 of 3. Check this number" in number.text
    assert [one.text for one in page.all("a", href="/en/verify/")] == ["Check this number"]
    publish(small, numbers={small.id: replace(NUMBERS, cosigned=0, witnesses=0)})
    page = Page((tmp_path / "site/en/belarus/index.html").read_text("utf-8"))
    assert "Witnessed" not in page.one("section", id="number").text
    assert page.all("a", href="/en/verify/")


def test_a_guarded_campaign_says_what_that_means(small: Campaign, publish: Publish, tmp_path: Path) -> None:
    publish(replace(small, profile="guarded"), numbers={small.id: replace(NUMBERS, sifted=40000)})
    page = Page((tmp_path / "site/en/belarus/index.html").read_text("utf-8"))
    said = page.one("section", id="guarded").text
    assert "at least 16 together or once an hour" in said
    assert "Custodians have removed duplicates up to leaf 40,000" in said
    assert page.all("a", href="/en/your-data/#guarded")
    assert not page.all("select")
    publish(small)
    assert not Page((tmp_path / "site/en/belarus/index.html").read_text("utf-8")).all("section", id="guarded")


@pytest.mark.parametrize(
    ("profile", "ledger", "shows"),
    [
        ("open", LEDGER, {"thank-you"}),
        ("guarded", LEDGER, {"check-your-mail"}),
        ("open", None, set()),
        ("guarded", None, set()),
    ],
)
def test_where_a_code_is_shown(
    small: Campaign, publish: Publish, tmp_path: Path, profile: str, ledger: LedgerShown | None, shows: set[str]
) -> None:
    publish(replace(small, profile=profile), ledger=ledger)
    for name in ("thank-you", "check-your-mail", "withdrawn"):
        page = Page((tmp_path / f"site/ar/belarus/{name}/index.html").read_text("utf-8"))
        assert bool(page.all("section", id="yours")) == (name in shows)
        assert bool(page.all("script", src="/receipt.js")) == (name in shows)
        if name in shows:
            assert json.loads(page.one("script", id="told").text)["log"] == "/log/"
            [plain] = [one for one in page.all("p") if "data-plain" in one.attributes]
            assert "#" in plain.text
            assert "hidden" not in plain.attributes


def test_nobody_has_signed_yet(small: Campaign, publish: Publish, tmp_path: Path) -> None:
    publish(small, numbers={})
    page = Page((tmp_path / "site/en/belarus/index.html").read_text("utf-8"))
    assert page.one("h2", id="how-many").text == "Be the first to sign"
    assert not page.all("strong", data_count="0")
    assert not page.all("section", id="versions")


def test_a_campaign_without_people_events_facts_and_organisations(
    small: Campaign, publish: Publish, tmp_path: Path
) -> None:
    statement = (small.statement[0],)
    bare = replace(
        small, people=(), timeline=(), facts=(), organisations=(), sources=(), statement=statement, actions=()
    )
    publish(bare, numbers={bare.id: Numbers(confirmed=1, countries=1)})
    page = Page((tmp_path / "site/en/belarus/index.html").read_text("utf-8"))
    assert [one.attributes["id"] for one in page.all("section")] == ["number", "statement", "demands", "next"]
    assert page.one("h2", id="how-many").text == "1 person has signed"


def test_a_closed_campaign_takes_no_signatures_and_says_so(small: Campaign, publish: Publish, tmp_path: Path) -> None:
    publish(replace(small, closes=PartialDate(2020, 11, 19)))
    page = Page((tmp_path / "site/en/belarus/index.html").read_text("utf-8"))
    assert not page.all("form")
    assert "19 November 2020" in page.one("section", id="sign").text
    counted = json.loads((tmp_path / "site/belarus/count.json").read_bytes())
    assert counted["data"]["attributes"]["state"] == "closed"


def test_the_last_day_is_still_open(small: Campaign, publish: Publish, tmp_path: Path) -> None:
    publish(replace(small, closes=PartialDate(2020, 11)))
    assert Page((tmp_path / "site/en/belarus/index.html").read_text("utf-8")).all("form", id="sign")


def test_no_affiliate_no_box(small: Campaign, publish: Publish, tmp_path: Path) -> None:
    publish(replace(small, affiliate=None))
    page = Page((tmp_path / "site/ar/belarus/index.html").read_text("utf-8"))
    assert [box.attributes["name"] for box in page.all("input", type="checkbox")] == ["sign", "show_name", "news_owner"]


def test_a_guarded_campaign_names_no_country(small: Campaign, publish: Publish, tmp_path: Path) -> None:
    publish(replace(small, profile="guarded"))
    assert not Page((tmp_path / "site/en/belarus/index.html").read_text("utf-8")).all("section", id="countries")
    counted = json.loads((tmp_path / "site/belarus/count.json").read_bytes())
    assert counted["data"]["attributes"]["signatures_by_country"] == []


def test_hostile_texts_do_no_harm_anywhere(small: Campaign, publish: Publish, tmp_path: Path) -> None:
    evil = '"><script>alert(1)</script>{{7*7}}'
    hostile = replace(
        small,
        title=evil,
        headline=evil,
        summary=evil,
        owner=replace(small.owner, name=evil),
        demands=tuple(replace(demand, text=evil, addressee=evil) for demand in small.demands),
        sources=tuple(replace(source, title=evil, publisher=evil) for source in small.sources),
        statement=(evil,),
    )
    publish(hostile, numbers={hostile.id: NUMBERS})
    for path in pages_in(tmp_path / "site"):
        page = Page((tmp_path / "site" / path).read_text("utf-8"))
        written = [one for one in page.all("script") if "alert" in one.text and "type" not in one.attributes]
        assert not written, path
        assert not [one for one in page.all("script") if one.text and "</" in one.text], path
        [name] = [one for one in page.all("title") if "svg" not in one.inside]
        assert "49" not in name.text


def test_headings_of_the_statement_keep_the_order_in_every_language(
    small: Campaign, publish: Publish, tmp_path: Path
) -> None:
    headed = replace(small, statement=(small.statement[0], "## What happened", small.statement[1], "### In August"))
    french = translate(headed, "fr")
    entries = tuple(
        replace(entry, target=f"{entry.source.split()[0]} fr") if entry.source.startswith("#") else entry
        for entry in french.translations["fr"].entries
    )
    catalogue = replace(french.translations["fr"], entries=entries)
    publish(replace(french, translations={**french.translations, "fr": catalogue}))
    for code, words in (("en", ["What happened", "In August"]), ("fr", ["fr", "fr"])):
        page = Page((tmp_path / f"site/{code}/belarus/index.html").read_text("utf-8"))
        shown = [(one.tag, one.text) for one in page.elements if "section" in one.inside and one.tag in ("h3", "h4")]
        assert shown[:2] == list(zip(("h3", "h4"), words, strict=True))


def test_two_versions_are_told_apart(pages: dict[str, Page]) -> None:
    told = pages[f"en/{ID}/index.html"].one("section", id="versions").text
    assert "Version 2 · 16 November 2020 · 7,213 signaturesNames the arrests of November" in told
    assert "Version 1 · 17 August 2020 · 41,000 signatures" in told


def test_a_stale_block_has_a_mark_with_a_link_to_the_original(
    small: Campaign, publish: Publish, tmp_path: Path
) -> None:
    changed = replace(small, statement=("We are workers of many countries.", *small.statement[1:]))
    publish(changed)
    page = Page((tmp_path / "site/fr/belarus/index.html").read_text("utf-8"))
    [link] = [one for one in page.all("a") if "small" in one.inside]
    assert link.attributes["href"] == "/en/belarus/#statement"


def test_a_missing_block_is_marked_as_another_language(small: Campaign, publish: Publish, tmp_path: Path) -> None:
    publish(replace(small, translations={}))
    page = Page((tmp_path / "site/ar/belarus/index.html").read_text("utf-8"))
    [heading] = page.all("h1")
    assert (heading.attributes["lang"], heading.attributes["dir"]) == ("en", "ltr")

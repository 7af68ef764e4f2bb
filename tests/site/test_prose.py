"""Statements: Markdown, facts put in, and nothing that could harm a reader."""

import pytest

from standwith.site.prose import last_level, put_facts, read_markdown
from tests.campaigns.belarus import CAMPAIGN

FACTS = {fact.id: fact for fact in CAMPAIGN.facts}


def test_emphasis_links_and_lists_are_read() -> None:
    assert read_markdown("We **stand** with [you](https://example.org).") == (
        '<p>We <strong>stand</strong> with <a href="https://example.org">you</a>.</p>'
    )
    assert read_markdown("- one\n- two").startswith("<ul>")


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "![x](https://example.org/x.png)",
        '<https://example.org/"onclick=alert(1)>',
    ],
)
def test_nothing_but_text_comes_of_what_a_statement_may_not_hold(hostile: str) -> None:
    html = read_markdown(hostile)
    for forbidden in ("<script", "<img", 'href="javascript', '"onclick'):
        assert forbidden not in html


@pytest.mark.parametrize(
    ("typed", "above", "shown"),
    [
        ("## What happened", 2, "<h3>What happened</h3>"),
        ("What happened\n---", 2, "<h3>What happened</h3>"),
        ("### The arrests", 3, "<h4>The arrests</h4>"),
        ("## The next chapter", 5, "<h3>The next chapter</h3>"),
        ("## One\n### Two\n#### Three\n##### Four\n###### Five", 2, None),
        # what the check refuses in the original, and a translation may still hold
        ("# A title", 2, "<h3>A title</h3>"),
        ("A title\n===", 2, "<h3>A title</h3>"),
        ("##### Skipped", 2, "<h3>Skipped</h3>"),
        ("> ## Quoted", 2, "<blockquote>\n<p>Quoted</p>\n</blockquote>"),
        ("- ## Listed", 2, "<ul>\n<li>\n<p>Listed</p>\n</li>\n</ul>"),
    ],
)
def test_headings_stand_below_the_sections_own_and_skip_none(typed: str, above: int, shown: str | None) -> None:
    five = "<h3>One</h3>\n<h4>Two</h4>\n<h5>Three</h5>\n<h6>Four</h6>\n<h6>Five</h6>"
    assert read_markdown(typed, above) == (shown or five)


def test_a_block_goes_on_at_the_level_of_the_last_heading() -> None:
    assert last_level("<h3>a</h3>\n<h4>b</h4>", 2) == 4
    assert last_level("<p>c</p>", 4) == 4


def test_a_fact_stands_in_the_text_and_an_unknown_one_stays_visible() -> None:
    html = put_facts(
        read_markdown("They killed {fact:killed} and {fact:nobody}."), FACTS, lambda fact: f"<b>{fact.id}</b>"
    )
    assert html == "<p>They killed <b>killed</b> and {fact:nobody}.</p>"

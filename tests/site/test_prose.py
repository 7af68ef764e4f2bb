"""Statements: Markdown, facts put in, and nothing that could harm a reader."""

import pytest

from standwith.site.prose import put_facts, read_markdown
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
        "# a heading",
        '<https://example.org/"onclick=alert(1)>',
    ],
)
def test_nothing_but_text_comes_of_what_a_statement_may_not_hold(hostile: str) -> None:
    html = read_markdown(hostile)
    for forbidden in ("<script", "<img", "<h1", 'href="javascript', '"onclick'):
        assert forbidden not in html


def test_a_fact_stands_in_the_text_and_an_unknown_one_stays_visible() -> None:
    html = put_facts(
        read_markdown("They killed {fact:killed} and {fact:nobody}."), FACTS, lambda fact: f"<b>{fact.id}</b>"
    )
    assert html == "<p>They killed <b>killed</b> and {fact:nobody}.</p>"

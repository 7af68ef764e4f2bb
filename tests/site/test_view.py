"""A campaign laid out: texts honest about their language, groups of sources kept together."""

from msgspec.structs import replace

from standwith.campaigns.model import Campaign
from tests.campaigns.belarus import translate
from tests.site.conftest import edition


def test_a_missing_text_is_shown_in_the_source_language_and_says_so(small: Campaign) -> None:
    partly = translate(replace(small, translations={}), "fr", but=lambda key: key == "statement:2")
    blocks = edition(partly, "fr").view.statement
    assert [(block.language, block.state) for block in blocks] == [
        ("fr", "current"),
        ("en", "missing"),
        ("fr", "current"),
    ]


def test_a_changed_source_makes_its_translation_stale(small: Campaign) -> None:
    changed = replace(small, headline="Set all of them free.")
    headline = edition(changed, "fr").view.headline
    assert (str(headline), headline.state) == ("fr: Set them free.", "stale")


def test_the_statement_carries_its_figures_linked_to_their_fact(small: Campaign) -> None:
    assert '<a href="#fact-killed">at least 2</a>' in edition(small).view.statement[1].html


def test_markup_in_any_text_is_only_text(small: Campaign) -> None:
    hostile = replace(small, headline="<script>alert(1)</script>", title='"><b>', summary="{{ 7 * 7 }}")
    view = edition(hostile).view
    assert view.headline.__html__() == "&lt;script&gt;alert(1)&lt;/script&gt;"
    assert view.title.__html__() == "&#34;&gt;&lt;b&gt;"
    assert str(view.summary) == "{{ 7 * 7 }}"


def test_sources_on_one_matter_stand_side_by_side(example: Campaign) -> None:
    groups = [[fact.id for fact in group] for group in edition(example).view.facts]
    assert ["detained-ituc", "detained-ilnss"] in groups
    assert ["activists-detained"] in groups


def test_events_come_in_the_order_of_time(example: Campaign) -> None:
    dates = [event.date for event in edition(example).view.timeline]
    assert dates == sorted(dates)

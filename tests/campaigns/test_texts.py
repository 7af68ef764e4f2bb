from hashlib import sha256

import pytest
from msgspec.structs import replace

from standwith.campaigns import texts
from standwith.campaigns.texts import canonical_text, text_digest
from tests.campaigns.belarus import CAMPAIGN, HOPE, KILLED, WORKERS, translate

ENGLISH = """\
standwith/text/1
language en
block 56
We are workers and friends of Belarus in many countries.
block 68
The security forces killed {fact:killed} people during the protests.
block 47
We will speak about you until everyone is free.
demand 17
Release everyone.
addressee 21
Government of Belarus
demand 28
Respect the right to strike.
addressee 21
Government of Belarus
fact 36
killed|2||people|at least|2020-08-17
"""


def test_the_bytes_are_as_documented() -> None:
    assert canonical_text(CAMPAIGN, "en").decode() == ENGLISH
    assert text_digest(CAMPAIGN, "en") == sha256(ENGLISH.encode()).hexdigest()


def test_the_digest_never_changes_between_releases() -> None:
    """Frozen: every signature refers to such a digest."""
    assert text_digest(CAMPAIGN, "en") == "a20dc2799168ab7dcd9aa4d68a6c353feccb9ef5cc387716b221886061f01a01"


def test_the_example_in_the_docstring_counts_its_bytes_right() -> None:
    lines = [line.strip() for line in (texts.__doc__ or "").splitlines() if line.startswith("    ")]
    assert [len(text.encode()) for text in lines[3::2]] == [int(head.split()[1]) for head in lines[2::2]]


@pytest.mark.parametrize(
    "change",
    [
        {"statement": (WORKERS, KILLED)},
        {"statement": (KILLED, WORKERS, HOPE)},
        {"statement": (WORKERS, KILLED, HOPE + "\n")},
        {"demands": CAMPAIGN.demands[:1]},
        {"facts": (replace(CAMPAIGN.facts[0], low=3), CAMPAIGN.facts[1])},
        {"facts": (replace(CAMPAIGN.facts[0], wording="more than"), CAMPAIGN.facts[1])},
    ],
)
def test_a_change_of_what_is_signed_changes_the_digest(change: dict[str, object]) -> None:
    assert text_digest(replace(CAMPAIGN, **change), "en") != text_digest(CAMPAIGN, "en")


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Another title"},
        {"timeline": ()},
        {"facts": (CAMPAIGN.facts[0], replace(CAMPAIGN.facts[1], low=27, high=27))},
        {"facts": (replace(CAMPAIGN.facts[0], what="persons killed"), CAMPAIGN.facts[1])},
    ],
)
def test_a_change_of_anything_else_does_not(change: dict[str, object]) -> None:
    assert text_digest(replace(CAMPAIGN, **change), "en") == text_digest(CAMPAIGN, "en")


def test_each_language_has_a_text_of_its_own() -> None:
    campaign = translate(CAMPAIGN)
    assert b"fr: Release everyone." in canonical_text(campaign, "fr")
    assert text_digest(campaign, "fr") != text_digest(campaign, "en") == text_digest(CAMPAIGN, "en")


def test_a_block_cannot_pretend_to_be_two() -> None:
    one = replace(CAMPAIGN, statement=("a\nblock 1\nb",))
    two = replace(CAMPAIGN, statement=("a", "b"))
    assert text_digest(one, "en") != text_digest(two, "en")

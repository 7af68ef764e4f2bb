"""Versions side by side: equal ones, one that lacks a paragraph, one that cuts a paragraph in two."""

from hypothesis import given
from hypothesis import strategies as st

from standwith.campaigns.importing.aligning import align
from standwith.campaigns.importing.tongue_runs import Passage
from standwith.documents import Block


def passage(text: str, kind: str = "paragraph") -> Passage:
    return Passage(blocks=(Block(kind=kind, text=text, plain=text),))  # type: ignore[arg-type]


def of_lengths(*lengths: int) -> list[Passage]:
    return [passage("a" * length) for length in lengths]


def shape(source: list[Passage], target: list[Passage]) -> list[tuple[int, int, bool]]:
    return [(len(pair.source), len(pair.target), bool(pair.doubts)) for pair in align(source, target)]


def test_equal_versions_go_one_to_one_whatever_the_language_s_length() -> None:
    assert shape(of_lengths(300, 500, 200), of_lengths(360, 610, 235)) == [(1, 1, False)] * 3


def test_a_paragraph_that_one_version_lacks_is_found() -> None:
    assert shape(of_lengths(300, 500, 700, 200), of_lengths(310, 690, 205)) == [
        (1, 1, False),
        (1, 0, True),
        (1, 1, False),
        (1, 1, False),
    ]


def test_a_paragraph_that_one_version_cuts_in_two_is_doubtful() -> None:
    assert shape(of_lengths(300, 900, 200), of_lengths(310, 400, 510, 205)) == [
        (1, 1, False),
        (1, 2, True),
        (1, 1, False),
    ]


def test_a_heading_goes_with_a_heading() -> None:
    source = [passage("a" * 300), passage("b" * 40, "heading"), passage("c" * 300)]
    target = [passage("a" * 300), passage("x" * 50), passage("b" * 42, "heading"), passage("c" * 300)]
    pairs = align(source, target)
    assert [[p.kind for p in pair.target] for pair in pairs if pair.source and pair.source[0].kind == "heading"] == [
        ["heading"]
    ]


def test_numbers_that_differ_are_told() -> None:
    source, target = (
        passage("On 9 August 7,000 people were there, 42 of them old."),
        passage("Le 9 août 7000 y étaient, 43 âgés."),
    )
    (pair,) = align([source], [target])
    assert pair.doubts == ("only the source has 42", "only the translation has 43")


passages = st.lists(st.builds(passage, st.text("abc 1", min_size=1, max_size=400)), max_size=12)


@given(passages, passages)
def test_every_passage_is_in_exactly_one_pair_in_order(source: list[Passage], target: list[Passage]) -> None:
    pairs = align(source, target)
    assert [each for pair in pairs for each in pair.source] == source
    assert [each for pair in pairs for each in pair.target] == target
    assert all(pair.source or pair.target for pair in pairs)

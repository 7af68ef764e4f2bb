"""Paragraphs that a page tore."""

import pytest

from standwith.documents import read_document


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        ("will be able to return the power in\n\nthe country to the people.", 1),
        ("reporting rape, beatings e espancamentos e\n\n\n\nhumilhação pelas forças.", 1),
        ("They have been counted by hand, in soli-\n\ndarity with them.", 1),
        ("They have been counted by hand.\n\nthe rest is to come.", 2),
        ("They have been counted by hand, in\n\nSolidarity with them.", 2),
        ("Example Union\n\ne-mail comes here", 2),
        ("Write to the desk of the campaign at\n\ndesk@example.org", 2),
        ("We ask for the following three things:\n\nrelease, wages, talks.", 2),
    ],
)
def test_only_a_sentence_that_goes_on_is_joined(torn: str, whole: int) -> None:
    found = read_document("letter.txt", torn.encode())
    assert len(found.blocks) == whole
    assert len(found.notes) == 2 - whole
    words = " ".join(block.plain for block in found.blocks)
    assert words.replace(" ", "") == torn.replace("soli-", "soli").replace("\n", "").replace(" ", "")

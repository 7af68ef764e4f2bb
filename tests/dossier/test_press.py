"""What comes out of the press: text that stays text, files that are the same again, and no holes."""

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from standwith.campaigns.model import Campaign, Source
from standwith.dossier import FontsMissing, LettersMissing, compose, press
from standwith.dossier.fonts import find_fonts
from standwith.languages import voice
from tests.campaigns.belarus import CAMPAIGN
from tests.dossier.reading import DAY, fonts_of, info_of, printed, text_of

WICKED = (
    '#read("/etc/passwd")',
    '#import "@preview/x:1.0.0": *',
    "#let a = 1; #panic()",
    "$ x^2 $ and $",
    "@note-1 <label> \\ \\u{41} = Head",
    "*stars* _lines_ `code` // gone /* gone */",
    "] ) } #[",
)


def with_text(text: str) -> Campaign:
    """A campaign in which nearly every text is this one."""
    return replace(
        CAMPAIGN,
        title=text,
        headline=text,
        summary=text,
        owner=replace(CAMPAIGN.owner, name=text),
        demands=tuple(replace(one, text=text, addressee=text) for one in CAMPAIGN.demands),
        facts=tuple(replace(one, what=text, disputed=text) for one in CAMPAIGN.facts),
        people=tuple(replace(one, name=text, role=text, organisation=text) for one in CAMPAIGN.people),
        statement=(f"- {text}", text),
        timeline=tuple(replace(one, title=text, place=text) for one in CAMPAIGN.timeline),
        sources=(Source(id="s", publisher=text, title=text),),
    )


@pytest.mark.parametrize("wicked", WICKED)
def test_no_text_of_a_folder_is_read_as_markup(wicked: str) -> None:
    found = text_of(printed(with_text(wicked)))
    for part in ("What we demand", "What is known", "People", "What happened", "Sources"):
        chapter = found.rpartition(part)[2]
        assert "".join(wicked.split()) in "".join(chapter.split()), part
    assert "root:" not in found


def test_the_statement_keeps_its_few_marks_and_nothing_else() -> None:
    statement = (
        '**Free** #read("/etc/passwd") [them](https://example.org) {fact:killed}',
        "- one\n- *two*\n*x*",
        "> said",
    )
    found = text_of(printed(replace(CAMPAIGN, statement=statement)))
    assert 'Free #read("/etc/passwd") them at least 2' in found
    assert "two x" in found


def test_the_same_record_gives_the_same_bytes() -> None:
    assert printed(CAMPAIGN) == printed(CAMPAIGN)
    assert printed(CAMPAIGN) != printed(replace(CAMPAIGN, title="Another"))


def test_the_file_says_what_it_is_and_nothing_of_the_machine() -> None:
    pdf = printed(CAMPAIGN)
    info = info_of(pdf)
    assert info["Title"] == "Stand with Belarus"
    assert info["Author"] == "Example Union"
    assert info["Tagged"] == "yes"
    assert "2026" in info["CreationDate"]
    assert b"pdfuaid:part" in pdf
    assert b"pdfaid:part" in pdf
    assert str(Path.home()).encode() not in pdf
    assert b"/site-packages" not in pdf


def test_papers_have_their_sizes() -> None:
    assert info_of(printed(CAMPAIGN))["Page size"].endswith("(A4)")
    assert info_of(printed(CAMPAIGN, paper="letter"))["Page size"].endswith("(letter)")


def test_every_font_is_embedded_and_of_the_noto_family() -> None:
    for line in fonts_of(printed(CAMPAIGN, "ar")):
        assert re.match(r"[A-Z]{6}\+Noto", line), line
        assert " yes yes yes " in f"{line} ", line


def test_pages_are_numbered_of_how_many_and_contents_lead_to_them() -> None:
    pdf = printed(CAMPAIGN)
    found, pages = text_of(pdf), info_of(pdf)["Pages"]
    assert f"2 of {pages}" in found
    assert f"{pages} of {pages}" in found
    assert re.search(r"The statement[ .]*3 What we demand[ .]*4", text_of(pdf, "-layout"))


def test_letters_that_no_font_has_are_named_and_nothing_is_printed() -> None:
    with pytest.raises(LettersMissing, match="“\U0001f9ff"):
        printed(replace(CAMPAIGN, title="An eye \U0001f9ff"))


def test_a_missing_font_is_told_with_the_package_that_brings_it(tmp_path: Path) -> None:
    with pytest.raises(FontsMissing, match=r"Noto Serif Georgian.*fonts-noto-core"):
        find_fonts((tmp_path,))


def test_a_right_to_left_name_stands_apart_in_a_left_to_right_page() -> None:
    campaign = replace(CAMPAIGN, sources=(Source(id="s", publisher="اتحاد (مثال)", title="x"),))
    told = compose(campaign, voice("en"), DAY)
    assert told.chapters[-1].sources[0].publisher.dir == "rtl"
    assert "اتحاد" in text_of(press(told))

"""Every kind of mistake, one at a time: a good folder, one slip, exactly one finding at exactly that place."""

import pytest

from standwith.campaigns.folder import load, load_files
from standwith.campaigns.mistakes import MISTAKES
from standwith.manuscript import Place
from tests.campaigns.good_folder import good_folder, spoil
from tests.campaigns.slips import CASES, FACTS, MD, TARGETS, TOML, WHOLE_FILES, Case
from tests.campaigns.test_folder import write


def names(case: Case) -> str:
    return f"{case.code}-{case.file}"


def found(files: dict[str, bytes]) -> list[tuple[str, Place]]:
    return [(finding.code, Place(finding.file, finding.line, finding.column)) for finding in load_files(files).findings]


@pytest.mark.parametrize("case", CASES, ids=names)
def test_one_slip_is_one_finding_at_its_place(case):
    files, place = spoil(case.file, case.old, case.new)
    assert found(files) == [(case.code, place)]


@pytest.mark.parametrize(
    ("code", "changes", "place"), WHOLE_FILES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_file_that_is_wrong_as_a_whole_is_one_finding(code, changes, place):
    files = {name: data for name, data in (good_folder() | changes).items() if data is not None}
    errors = [finding for finding in found(files) if finding[0] not in CONSEQUENCES.get((code, *changes), ())]
    assert errors == [(code, Place(*place))]


CONSEQUENCES = {
    ("missing-key", TOML): ("unknown-key",),  # renaming [owner] makes an unknown key too
    ("secret-in-folder", "sources/strike.txt"): ("copy-changed",),
}

LINKED = [
    ("link-in-folder", lambda path, tmp: path.symlink_to(tmp / "elsewhere.csv")),
    ("file-too-large", lambda path, tmp: path.write_bytes(b"x" * 10_000_001)),
]


@pytest.mark.parametrize(("code", "make"), LINKED)
def test_what_is_on_disk_but_not_read(tmp_path, code, make):
    folder = write(tmp_path / "folder", good_folder())
    (tmp_path / "elsewhere.csv").write_bytes(good_folder()[TARGETS])
    (folder / TARGETS).unlink()
    make(folder / TARGETS, tmp_path)
    assert [(finding.code, finding.file) for finding in load(folder).findings] == [(code, TARGETS)]


def test_every_kind_of_mistake_has_a_case():
    tested = {case.code for case in CASES} | {code for code, *_ in WHOLE_FILES} | {code for code, _ in LINKED}
    assert tested == set(MISTAKES)


def test_one_torn_row_does_not_make_its_id_unknown():
    files, _ = spoil(FACTS, "people,more than", "people»")
    assert found(files) == [("ragged-row", Place(FACTS, 2, 78))]


GOOD_STATEMENTS = [
    "On the 13th of November, on 13 November and November 13, 2020 {fact:detained} were held.\n",
    "1. COVID-19 and the G7\n2. see https://example.org/2020/13?x=42 or <https://example.org/9>\n",
    "a < b and c > d, {not a placeholder\n",
    "## Two\n\n### Three\n\n## Two again\n",
    "Ceux du 9 & > “quoted” — naïve 李 Ó\n".replace("9", "matin"),
    "می‌خواهم و 👩‍👩‍👧\n",
]


@pytest.mark.parametrize("text", GOOD_STATEMENTS)
def test_statements_that_need_no_finding(text):
    assert found(good_folder() | {MD: text.encode()}) == []


def test_a_finding_says_what_why_and_how_to_mend_it():
    files, _ = spoil(FACTS, "wounded,10", 'wounded,»"10,000"')
    (finding,) = load_files(files).findings
    assert (finding.severity, finding.what, finding.mend) == (
        "error",
        "“10,000” is not a whole number.",
        "Write 10000.",
    )
    assert finding.why == "Each language puts its own separators into a number."

"""`standwith open`: from sealed to readable, or nothing."""

import csv
import re
import stat
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standwith.cli.open import COLUMNS, SIGNS, open_bundle, safe_cell
from standwith.cli.refusal import Refusal
from standwith.sealing.bundle import BundleHead, write_bundle
from standwith.sealing.keys import make_key
from standwith.sealing.lock import seal_record
from standwith.sealing.record import Record

SECRET = make_key("custodian")
CAMPAIGN = "stand-with-examples"
HEAD = BundleHead(CAMPAIGN, {"a" * 64: ("ar", 2)})
HEADER = (
    "campaign,signed_on,name,email,country,organisation,language,text_version,text_digest,"
    "consent_sign,consent_show_name,consent_news_owner,consent_news_affiliate"
)


def record(name="Amina Example", **changed):
    usual = {
        "campaign": CAMPAIGN,
        "name": name,
        "address": "amina@example.org",
        "country": "TN",
        "organisation": "",
        "consents": (("sign", "c" * 64), ("news_owner", "d" * 64)),
        "text": "a" * 64,
        "language": "ar",
        "evidence": "web form",
        "salt": bytes(32),
        "code": bytes(16),
        "made": date(2026, 3, 1),
    }
    return Record(**usual | changed)


@pytest.fixture
def place(tmp_path):
    (tmp_path / "key").write_text(f"{SECRET}\n")
    return tmp_path


def bundle(place: Path, *records, key=SECRET, head=HEAD) -> Path:
    with (place / "bundle").open("wb") as file:
        write_bundle(file, head, [seal_record(record, key.public) for record in records])
    return place / "bundle"


def opened(place, *records, **more) -> str:
    open_bundle(bundle(place, *records), [place / "key"], place / "out.csv", **more)
    return (place / "out.csv").read_bytes().decode()


def refused(place, path, key="key") -> str:
    with pytest.raises(Refusal) as caught:
        open_bundle(path, [place / key], place / "out.csv")
    assert not any("out.csv" in file.name for file in place.iterdir())
    return str(caught.value)


def test_a_record_becomes_a_row(place):
    assert opened(place, record()) == (
        f"{HEADER}\r\n"
        f"stand-with-examples,2026-03-01,Amina Example,amina@example.org,TN,,ar,2,{'a' * 64},yes,no,yes,no\r\n"
    )
    assert ",".join(COLUMNS) == HEADER


def test_only_its_owner_may_read_the_table(place):
    opened(place, record())
    assert stat.S_IMODE((place / "out.csv").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "name",
    [
        "Ćma, გამარჯობა",
        "مرحبا",
        "李",
        'She said "no"',
        "a;b,c",
        "line\nbreak",
        "O'Neill",
        "💪" * 50,
        "{{ 7*7 }}",
        "<b>",
    ],
)
def test_every_name_comes_back_as_it_was(place, name):
    rows = list(csv.DictReader(opened(place, record(name)).splitlines(keepends=True)))
    assert [row["name"] for row in rows] == [name]


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "=HYPERLINK(1)",
        "+375 29",
        "-1",
        "@SUM(1)",
        "\tx",
        "\rx",
        "\nx",
        " =1+1",
        "\u00a0=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠x",
        "﹦1",
        "|cmd",
        "%0A=1",
    ],
)
def test_a_formula_is_a_text(place, cell):
    assert safe_cell(cell) == f"'{cell}"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Anna;=cmd|' /C calc'!A0", "Anna;'=cmd|' /C calc'!A0"),
        ("Anna\t+1", "Anna\t'+1"),
        ("Anna; \u00a0-1;@x", "Anna;' \u00a0-1;'@x"),
        ("Anna;＝1", "Anna;'＝1"),
        ('Anna;"=1"', 'Anna;\'"=1"'),
        ("Anna\n=1", "Anna\n'=1"),
        ("Anna;\n=1", "Anna;'\n'=1"),
        ("=1;=1", "'=1;'=1"),
        ("'=1;'=1", "''=1;''=1"),
        ("Anna; Noor;b=c", "Anna; Noor;b=c"),
    ],
)
def test_a_formula_behind_what_may_part_cells_is_a_text(typed, written):
    assert safe_cell(typed) == written


def as_typed(cell):
    """What a cell was before, by the rule that the head of cli/open.py gives."""
    skipped = r"['\"\s\u200b-\u200f\u2060\ufeff]*"
    return re.sub(rf"(\A|(?<=[;\t\r\n]))'(?={skipped}[{re.escape(SIGNS)}]|(?<=\A'){skipped}[\t\r\n])", "", cell)


@given(st.text("=+-@＝'\" ;\t\r\n\u200ba,", max_size=12))
def test_every_cell_can_be_had_back_and_no_part_of_it_is_a_formula(cell):
    written = safe_cell(cell)
    assert as_typed(written) == cell
    assert not any(part.strip('" \u200b')[:1] in set(SIGNS) for part in re.split(r"[;\t\r\n]", written))


def test_no_sign_is_forgotten():
    assert {c for c in map(chr, range(0x20, 0x10000)) if unicodedata.normalize("NFKC", c)[0] in "=+-@|%"} <= set(SIGNS)


@pytest.mark.parametrize("cell", ["", "Amina", "1 = 1", "O'Neill", "a=b", "李", "é", "'quoted'"])
def test_what_is_no_formula_stays(cell):
    assert safe_cell(cell) == cell


def test_a_formula_in_any_field_of_the_form_is_defused(place):
    text = opened(place, record("=1", organisation="@evil", address="+a@example.org"))
    assert list(csv.reader(text.splitlines()))[1][2:6] == ["'=1", "'+a@example.org", "TN", "'@evil"]


def test_for_excel_the_table_begins_with_its_mark(place):
    assert opened(place, record(), excel=True).startswith("\ufeffcampaign,")


def test_an_empty_bundle_is_a_table_without_rows(place):
    assert opened(place) == f"{HEADER}\r\n"


def test_records_sealed_to_two_keys_need_both(place, capsys):
    other = make_key("custodian")
    (place / "other").write_text(f"{other}\n")
    with (place / "bundle").open("wb") as file:
        write_bundle(file, HEAD, [seal_record(record(), key.public) for key in (SECRET, other)])
    with pytest.raises(SystemExit) as caught:
        open_bundle(place / "bundle", [place / "key"], place / "part.csv")
    assert caught.value.code == 1
    assert f"Record 2: It needs the custodian's key {other.id.hex()}" in capsys.readouterr().err
    assert len((place / "part.csv").read_text().splitlines()) == 2
    open_bundle(place / "bundle", [place / "key", place / "other"], place / "out.csv")
    assert len((place / "out.csv").read_text().splitlines()) == 3


def test_another_key_opens_nothing(place):
    message = refused(place, bundle(place, record(), key=make_key("custodian")))
    assert SECRET.id.hex() not in message
    assert "needs the custodian's key" in message


def test_a_damaged_last_record_leaves_nothing_half_written(place):
    path = bundle(place, *[record(f"Person {number}") for number in range(5)])
    data = bytearray(path.read_bytes())
    data[-100] ^= 1
    path.write_bytes(data)
    refused(place, path)


@pytest.mark.parametrize(
    "bad",
    [
        b"x",
        b"SWR\x01",
        seal_record(record(campaign="another-cause"), SECRET.public),
        seal_record(record(), SECRET.public)[:-1],
    ],
    ids=["short", "head-only", "another-campaign", "cut"],  # fixed names: random bytes would differ between workers
)
def test_one_bad_record_keeps_no_other_shut(place, bad, capsys):
    good = seal_record(record(), SECRET.public)
    with (place / "bundle").open("wb") as file:
        write_bundle(file, HEAD, [good, bad, good])
    with pytest.raises(SystemExit) as caught:
        open_bundle(place / "bundle", [place / "key"], place / "out.csv")
    assert caught.value.code == 1
    assert "Record 2: " in capsys.readouterr().err
    assert len((place / "out.csv").read_text().splitlines()) == 3


def test_a_record_that_is_no_record_keeps_no_other_shut(place, monkeypatch):
    good = seal_record(record(), SECRET.public)
    monkeypatch.setattr("standwith.sealing.lock.write_record", lambda _: b'{"version":1,"campaign":"\xff"}')
    bad = seal_record(record(), SECRET.public)
    with (place / "bundle").open("wb") as file:
        write_bundle(file, HEAD, [bad, good])
    with pytest.raises(SystemExit):
        open_bundle(place / "bundle", [place / "key"], place / "out.csv")
    assert len((place / "out.csv").read_text().splitlines()) == 2


def test_a_bundle_that_was_cut_short_leaves_nothing_half_written(place):
    path = bundle(place, record())
    path.write_bytes(path.read_bytes()[:-33])
    assert "fetch it again" in refused(place, path)


def test_a_record_of_another_campaign_is_noticed(place):
    refused(place, bundle(place, record(), head=BundleHead("another-cause", {})))


@pytest.mark.parametrize(
    "content",
    ["", "hello\n", f"{SECRET.public}\n", f"{make_key('clerk')}\n", f"{SECRET}\n"[:-20]],
    ids=["nothing", "a word", "public", "of a clerk", "cut short"],
)
def test_what_is_no_custodians_secret_key_is_named(place, content):
    (place / "bad").write_text(content)
    assert "bad" in refused(place, bundle(place, record()), "bad")


def test_files_that_are_not_there_are_named(place):
    assert "missing" in refused(place, place / "missing")
    assert "nokey" in refused(place, bundle(place, record()), "nokey")


def test_a_table_that_is_there_is_not_overwritten(place):
    (place / "out.csv").write_text("precious")
    with pytest.raises(Refusal):
        open_bundle(bundle(place, record()), [place / "key"], place / "out.csv")
    assert (place / "out.csv").read_text() == "precious"


def test_a_directory_that_is_not_there_is_named(place):
    with pytest.raises(Refusal) as caught:
        open_bundle(bundle(place, record()), [place / "key"], place / "nowhere" / "out.csv")
    assert "nowhere" in str(caught.value)

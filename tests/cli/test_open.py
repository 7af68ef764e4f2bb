"""`standwith open`: from sealed to readable, or nothing."""

import csv
import json
import re
import stat
from datetime import UTC, datetime

import pytest

from standwith.cli.open import open_records
from standwith.cli.refusal import Refusal
from standwith.cli.table import COLUMNS
from standwith.ledger.note import make_signer
from standwith.sealing.codes import write_code
from standwith.sealing.keys import make_key, make_shared_key
from standwith.supporters.epochs import Epochs
from tests.custody.examples import (
    KEYS,
    ORIGIN,
    OTHER,
    TEXT,
    leaf_of,
    make_bundle,
    make_shares,
    read_bundle,
    record,
    signer,
    with_sealed,
)
from tests.sealing.examples import seal

HEADER = (
    "index,code,campaign,signed_on,name,email,country,organisation,language,text_version,text_digest,"
    "consent_sign,consent_show_name,consent_news_owner,consent_news_affiliate"
)
LOG_KEY = str(signer().verifier)


@pytest.fixture
def place(tmp_path):
    for number, secret in enumerate(KEYS):
        (tmp_path / f"key{number}").write_text(f"{secret}\n")
    return tmp_path


def keys(place, *numbers):
    return [place / f"key{number}" for number in numbers or (0, 1)]


def bundle(place, *records, name="bundle", **more):
    (place / name).write_bytes(make_bundle(list(records), **more))
    return place / name


def shares(place, path, number, **more):
    file = place / f"{path.name}-{number}.shares"
    file.write_bytes(make_shares(read_bundle(path.read_bytes()), KEYS[number], **more))
    return file


def opened(place, *records, **more) -> str:
    open_records(bundle(place, *records), keys(place), to=place / "out.csv", log_key=LOG_KEY, **more)
    return (place / "out.csv").read_bytes().decode()


def partly(path, given, **more):
    """Open where something is left out; the status must be 1."""
    with pytest.raises(SystemExit) as caught:
        open_records(path, given, log_key=LOG_KEY, **more)
    assert caught.value.code == 1


def refused(place, path, given=None, shares=None, **more) -> str:
    before = {file.name for file in place.iterdir()}
    with pytest.raises(Refusal) as caught:
        open_records(path, given if given is not None or shares else keys(place), shares, place / "out.csv", **more)
    assert {file.name for file in place.iterdir()} == before
    return str(caught.value)


def test_a_record_becomes_a_row(place):
    assert opened(place, record(7)) == (
        f"{HEADER}\r\n"
        f"1,{write_code(record(7).code)},stand-with-examples,2026-03-01,Person 7,person7@example.org,TN,,ar,2,{TEXT},"
        "yes,no,yes,no\r\n"
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
    rows = list(csv.DictReader(opened(place, record(name=name)).splitlines(keepends=True)))
    assert [row["name"] for row in rows] == [name]


def test_a_formula_in_any_field_of_the_form_is_defused(place):
    text = opened(place, record(name="=1", organisation="@evil", address="+a@example.org"))
    assert list(csv.reader(text.splitlines()))[1][4:8] == ["'=1", "'+a@example.org", "TN", "'@evil"]


def test_for_excel_the_table_begins_with_its_mark(place):
    assert opened(place, record(), excel=True).startswith("\ufeffindex,")


def test_an_empty_bundle_is_a_table_without_rows(place):
    assert opened(place) == f"{HEADER}\r\n"


@pytest.mark.parametrize("who", [(0, 1), (0, 2), (1, 2), (0, 1, 2)])
def test_shares_of_enough_custodians_open_without_any_key(place, who, capsys):
    path = bundle(place, record(0), record(1))
    open_records(path, None, [shares(place, path, number) for number in who], place / "out.csv", log_key=LOG_KEY)
    assert [row["name"] for row in csv.DictReader((place / "out.csv").open())] == ["Person 0", "Person 1"]
    assert "Records opened: 2." in capsys.readouterr().out


def test_only_the_records_that_were_asked_for_are_opened(place):
    path = bundle(place, *map(record, range(5)))
    open_records(path, keys(place), to=place / "some.csv", indexes="3,7,9-9", log_key=LOG_KEY)
    assert [row["index"] for row in csv.DictReader((place / "some.csv").open())] == ["3", "7", "9"]


def test_what_was_asked_for_and_is_not_in_the_bundle_is_told(place, capsys):
    partly(bundle(place, record(0)), keys(place), to=place / "out.csv", indexes="1-3")
    told = capsys.readouterr()
    assert "Records opened: 1." in told.out
    assert "Record 2: it is not in the bundle." in told.err


@pytest.mark.parametrize("typed", ["x", "3-", "9-3", "3;4", "-1", "1e3"])
def test_what_is_no_number_of_a_record_is_refused(place, typed):
    assert "is no number of a record" in refused(place, bundle(place, record()), indexes=typed)


def test_lost_shares_leave_only_their_records_shut(place, capsys):
    path = bundle(place, record(0), record(1))
    given = [shares(place, path, 0), shares(place, path, 1, indexes={1})]
    partly(path, None, shares=given, to=place / "out.csv")
    assert "Record 3: Shares needed: 2; given: 1." in capsys.readouterr().err
    assert [row["index"] for row in csv.DictReader((place / "out.csv").open())] == ["1"]


def test_too_few_custodians_open_nothing(place):
    path = bundle(place, record())
    assert "Shares needed: 2; given: 1." in refused(place, path, keys(place, 0))
    assert "Shares needed: 2; given: 1." in refused(place, path, shares=[shares(place, path, 2)])


def test_another_key_opens_nothing(place):
    (place / "other").write_text(f"{make_key('custodian')}\n")
    message = refused(place, bundle(place, record()), [place / "other"])
    assert KEYS[0].id.hex() in message
    assert "none of them was given" in message


def test_nothing_to_open_with_is_told(place):
    path = bundle(place, record())
    with pytest.raises(Refusal, match="with --key FILE, or what they unsealed"):
        open_records(path, to=place / "out.csv")
    with pytest.raises(Refusal, match="Say where the table goes"):
        open_records(path, keys(place))


def test_shares_of_another_bundle_are_named(place):
    one, two = bundle(place, record(), name="one"), bundle(place, record(), name="two")
    given = [shares(place, one, 0), shares(place, two, 1)]
    assert "two-1.shares: The shares were opened from another bundle" in refused(place, one, shares=given)


def test_shares_of_another_campaign_are_named(place):
    one = bundle(place, record(), name="one")
    file = place / "other.shares"
    file.write_bytes(make_shares(read_bundle(one.read_bytes()), KEYS[0], head={"campaign": OTHER}))
    assert f"The shares are for {OTHER}, the bundle holds stand-with-examples" in refused(place, one, shares=[file])


def test_a_damaged_file_of_shares_is_named(place):
    path = bundle(place, record())
    file = shares(place, path, 0)
    file.write_bytes(file.read_bytes()[:-1])
    assert "-0.shares: The file of shares is damaged" in refused(place, path, shares=[file])
    assert "nowhere" in refused(place, path, shares=[place / "nowhere"])
    assert "This is not a file of shares" in refused(place, path, shares=[path])


@pytest.mark.parametrize("at", [5, 60, -2000, -100, -1])
def test_a_damaged_bundle_leaves_nothing_half_written(place, at):
    path = bundle(place, *map(record, range(3)))
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)
    assert "nothing was written" in refused(place, path)


def test_a_bundle_that_was_cut_short_leaves_nothing_half_written(place):
    path = bundle(place, record())
    path.write_bytes(path.read_bytes()[:-33])
    assert "fetch it again" in refused(place, path)


def test_a_bundle_that_the_log_did_not_sign_is_refused(place):
    stranger = str(make_signer(ORIGIN).verifier)
    assert "The checkpoint of the bundle is not the log's" in refused(place, bundle(place, record()), log_key=stranger)


def test_without_the_key_of_the_log_that_of_the_bundle_is_shown(place, capsys):
    open_records(bundle(place, record()), keys(place), to=place / "out.csv")
    said = capsys.readouterr().err
    assert "The ledger's key was taken from the bundle itself" in said
    assert LOG_KEY in said
    open_records(place / "bundle", keys(place), to=place / "again.csv", log_key=LOG_KEY)
    assert "taken from the bundle" not in capsys.readouterr().err


def test_a_record_that_is_not_the_one_of_its_leaf_is_left_out(place, capsys):
    leaves = [leaf_of(record(0)), leaf_of(record(9)), leaf_of(record(2))]
    partly(bundle(place, *map(record, range(3)), leaves=leaves), keys(place), to=place / "out.csv")
    assert "Record 3: it is not the record that its leaf in the ledger stands for." in capsys.readouterr().err
    assert [row["index"] for row in csv.DictReader((place / "out.csv").open())] == ["1", "5"]


@pytest.mark.parametrize(
    "bad",
    [b"x", b"SWR\x02", seal(record(0, OTHER), KEYS, 2), seal(record(), KEYS, 2)[:-1]],
    ids=["short", "head-only", "another-campaign", "cut"],  # fixed names: random bytes would differ between workers
)
def test_one_bad_record_keeps_no_other_shut(place, bad, capsys):
    def spoil(entries):
        return [entries[0], with_sealed(entries[1], bad), entries[2]]

    partly(bundle(place, *map(record, range(3)), spoil=spoil), keys(place), to=place / "out.csv")
    assert "Record 3: " in capsys.readouterr().err
    assert len((place / "out.csv").read_text().splitlines()) == 3


def test_a_record_that_is_no_record_keeps_no_other_shut(place, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("standwith.sealing.lock.write_record", lambda _: b'{"version":1,"campaign":"\xff"}')
        bad = seal(record(), KEYS, 2)
    path = bundle(place, record(0), record(1), spoil=lambda entries: [with_sealed(entries[0], bad), entries[1]])
    partly(path, keys(place), to=place / "out.csv")
    assert len((place / "out.csv").read_text().splitlines()) == 2


@pytest.mark.parametrize(
    "content",
    ["", "hello\n", f"{KEYS[0].public}\n", f"{make_key('clerk')}\n", f"{KEYS[0]}\n"[:-20], f"{KEYS[2].public}\n"],
    ids=["nothing", "a word", "public", "of a clerk", "cut short", "age public"],
)
def test_what_is_no_custodians_secret_key_is_named(place, content):
    (place / "bad").write_text(content)
    assert "bad holds no secret key of a custodian" in refused(place, bundle(place, record()), [place / "bad"])


def test_files_that_are_not_there_are_named(place):
    assert "missing" in refused(place, place / "missing")
    assert "nokey" in refused(place, bundle(place, record()), [place / "nokey"])


def test_a_table_that_is_there_is_not_overwritten(place):
    (place / "out.csv").write_text("precious")
    with pytest.raises(Refusal):
        open_records(bundle(place, record()), keys(place), to=place / "out.csv")
    assert (place / "out.csv").read_text() == "precious"


def test_a_directory_that_is_not_there_is_named(place):
    with pytest.raises(Refusal, match="nowhere"):
        open_records(bundle(place, record()), keys(place), to=place / "nowhere" / "out.csv")


def test_an_audit_is_told_what_its_rubric_asks_for_and_no_names(place):
    people = [
        record(0),
        record(1, text="e" * 64, consents=(), language="fr", evidence="paper"),
        record(2, name="PERSON 0", address="Person0+news@EXAMPLE.org"),
        record(3),
        record(4),
    ]
    leaves = [leaf_of(person) for person in people[:3]] + [leaf_of(record(8)), leaf_of(people[4])]
    path = bundle(place, *people, leaves=leaves, spoil=lambda entries: [*entries[:4], with_sealed(entries[4], b"x")])
    partly(path, keys(place), audit=place / "audit.jsonl", indexes="1-9")
    text = (place / "audit.jsonl").read_text()
    lines = [json.loads(line) for line in text.splitlines()]
    assert lines[0] == {
        "index": 1,
        "opened": True,
        "commitment": True,
        "text": True,
        "consent": True,
        "language": "ar",
        "domain": "example.org",
        "evidence": "web form",
        "duplicate_of": None,
        "person": "",
        "epoch": "",
        "problem": "",
    }
    assert [line["index"] for line in lines] == list(range(1, 10))
    told = {line["index"]: line for line in lines}
    fields = ("opened", "commitment", "text", "consent", "language", "evidence", "duplicate_of")
    assert tuple(told[3][field] for field in fields) == (True, True, False, False, "fr", "paper", None)
    assert told[5]["duplicate_of"] == 1
    assert tuple(told[7][field] for field in fields) == (True, False, False, False, "", "", None)
    assert (told[2]["opened"], told[2]["problem"]) == (False, "Record 2: it is not in the bundle.")
    assert told[9]["opened"] is False

    assert not re.search("person[0-9]|Person", text)
    assert stat.S_IMODE((place / "audit.jsonl").stat().st_mode) == 0o600


def test_an_audit_with_the_key_of_an_epoch_is_told_the_tags_that_the_clerk_had(place):
    tags = make_shared_key("tag")
    (place / "tags").write_text(f"{tags}\n")
    (place / "memory").mkdir()
    (place / "memory" / "stand-with-examples.key").write_text(f"{tags}\n")
    people = [record(0, name="Amina Example", address="Amina+news@example.org"), record(1)]
    path = bundle(place, *people)
    open_records(path, keys(place), audit=place / "audit.jsonl", tag_key=place / "tags", log_key=LOG_KEY)
    lines = [json.loads(line) for line in (place / "audit.jsonl").read_text().splitlines()]
    clerk = Epochs(place / "memory")
    for line, address, name in zip(
        lines, ("amina@example.org", "person1@example.org"), ("amina example", "1 person"), strict=True
    ):
        known = clerk.tags("stand-with-examples", address, name, guarded=False, now=datetime(2026, 3, 1, tzinfo=UTC))
        assert (line["person"], line["epoch"]) == (known.person.hex(), known.epoch.hex())


@pytest.mark.parametrize("content", ["", f"{make_shared_key('spool')}\n"])
def test_what_is_no_key_of_an_epoch_is_refused(place, content):
    (place / "tags").write_text(content)
    assert "tags holds no key that tells who signed twice" in refused(
        place, bundle(place, record()), tag_key=place / "tags"
    )


def test_an_audit_and_a_table_are_written_together_or_not_at_all(place):
    path = bundle(place, record())
    open_records(path, keys(place), to=place / "out.csv", audit=place / "audit.jsonl", log_key=LOG_KEY)
    assert (place / "audit.jsonl").exists() and (place / "out.csv").exists()
    (place / "audit.jsonl").unlink()
    with pytest.raises(Refusal):
        open_records(path, keys(place), to=place / "out.csv", audit=place / "audit.jsonl")
    assert not (place / "audit.jsonl").exists()

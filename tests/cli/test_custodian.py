"""What custodians do on their own machines: keys, shares, new custodians, duplicates, and the end of a key."""

import stat

import pyrage
import pytest

from standwith.cli import asking
from standwith.cli.custodian import duplicates, rotate, unseal
from standwith.cli.destroying import destroy
from standwith.cli.key import key
from standwith.cli.open import open_records
from standwith.cli.refusal import Refusal
from standwith.ledger.note import make_signer
from standwith.sealing.age import make_age_key
from standwith.sealing.keys import make_key
from standwith.sealing.recipients import parse_custodian_secret
from tests.custody.examples import (
    KEYS,
    ORIGIN,
    leaf_of,
    make_bundle,
    make_shares,
    read_bundle,
    read_shares,
    record,
    signer,
    with_sealed,
)

LOG_KEY = str(signer().verifier)


@pytest.fixture
def place(tmp_path):
    for number, secret in enumerate(KEYS):
        (tmp_path / f"key{number}").write_text(f"{secret}\n")
    return tmp_path


@pytest.fixture
def at_keyboard(monkeypatch):
    """Somebody sits there and gives these answers."""

    def sit(*answers):
        left = list(answers)
        monkeypatch.setattr("standwith.cli.asking.on_terminal", lambda: True)
        monkeypatch.setattr("standwith.cli.custodian.on_terminal", lambda: True)
        monkeypatch.setattr("typer.prompt", lambda _: left.pop(0))
        monkeypatch.setattr("typer.confirm", lambda _: left.pop(0))

    return sit


def bundle(place, *records, **more):
    (place / "bundle").write_bytes(make_bundle(list(records), **more))
    return place / "bundle"


def test_from_keys_to_a_table_share_by_share(tmp_path, capsys):
    key(tmp_path / "amina.key")
    key(tmp_path / "kofi.key", age=True)
    key(tmp_path / "noor.key")
    secrets = [parse_custodian_secret((tmp_path / f"{name}.key").read_text()) for name in ("amina", "kofi", "noor")]
    assert [str(secret.public) in capsys.readouterr().out for secret in secrets[:1]] == [True]
    path = bundle(tmp_path, *map(record, range(3)), secrets=secrets)
    for name in ("kofi", "noor"):
        unseal(path, tmp_path / f"{name}.key", tmp_path / f"{name}.shares", log_key=LOG_KEY)
        assert "Your shares of stand-with-examples in" in capsys.readouterr().out
    given = [tmp_path / "kofi.shares", tmp_path / "noor.shares"]
    open_records(path, None, given, tmp_path / "out.csv", log_key=LOG_KEY)
    assert len((tmp_path / "out.csv").read_text().splitlines()) == 4


def test_a_key_for_age_is_one_that_age_understands(tmp_path, capsys):
    key(tmp_path / "age.key", age=True)
    comment, secret = (tmp_path / "age.key").read_text().splitlines()
    identity = pyrage.x25519.Identity.from_str(secret)
    assert comment == f"# public key: {identity.to_public()}"
    assert f'key = "{identity.to_public()}"' in capsys.readouterr().out
    assert stat.S_IMODE((tmp_path / "age.key").stat().st_mode) == 0o600
    with pytest.raises(Refusal, match="never overwritten"):
        key(tmp_path / "age.key", age=True)


def test_a_file_of_shares_is_for_its_owner_and_says_whose_it_is(place):
    path = bundle(place, record(0), record(1))
    unseal(path, place / "key2", place / "mine", indexes="3", log_key=LOG_KEY)
    assert stat.S_IMODE((place / "mine").stat().st_mode) == 0o600
    found = read_shares((place / "mine").read_bytes())
    assert found.head.custodian == KEYS[2].id.hex()
    assert [index for index, _ in found.all()] == [3]


def test_what_cannot_be_unsealed_is_told_and_the_rest_is_written(place, capsys):
    path = bundle(place, record(0), record(1), spoil=lambda entries: [with_sealed(entries[0], b"x"), entries[1]])
    with pytest.raises(SystemExit) as caught:
        unseal(path, place / "key0", place / "mine", log_key=LOG_KEY)
    assert caught.value.code == 1
    assert "Record 1: This is not what standwith seals." in capsys.readouterr().err
    assert [index for index, _ in read_shares((place / "mine").read_bytes()).all()] == [3]


def test_unsealing_that_cannot_be_leaves_no_file(place):
    path = bundle(place, record())
    (place / "other").write_text(f"{make_key('custodian')}\n")
    stranger = str(make_signer(ORIGIN).verifier)
    for (source, secret), more, said in (
        ((path, "other"), {}, "holds nothing that your key opens. Record 1: It was"),
        ((path, "key0"), {"indexes": "99"}, "holds nothing that your key opens. It is empty."),
        ((path, "key0"), {"log_key": stranger}, "The checkpoint of the bundle is not the log's"),
        ((place / "key0", "key0"), {}, "This is not a bundle"),
        ((path, "nowhere"), {}, "nowhere"),
    ):
        with pytest.raises(Refusal, match=said):
            unseal(source, place / secret, place / "mine", **{"log_key": LOG_KEY} | more)
        assert not (place / "mine").exists()


def test_at_the_keyboard_a_custodian_is_asked_before_a_share_is_opened(place, at_keyboard, capsys):
    path = bundle(place, record())
    at_keyboard(False)
    with pytest.raises(Refusal, match="Nothing was opened"):
        unseal(path, place / "key0", place / "mine", log_key=LOG_KEY)
    asked = capsys.readouterr().out
    assert "your share of 1 records of people, for the campaign stand-with-examples at act.example.org/log" in asked
    at_keyboard(True)
    unseal(path, place / "key0", place / "mine", log_key=LOG_KEY)
    unseal(path, place / "key0", place / "again", log_key=LOG_KEY, yes=True)


def test_records_go_over_to_new_custodians(place):
    new = [make_key("custodian"), make_age_key(), make_key("custodian")]
    (place / "new.pub").write_text(f"{new[1].public}\n")
    lines = [str(new[0].public), str(place / "new.pub"), f"{new[2].public} Noor Example"]
    path = bundle(place, record(0), record(1))
    rotate(path, place / "new.bundle", lines, [place / "key0", place / "key2"], log_key=LOG_KEY)
    found = read_bundle((place / "new.bundle").read_bytes())
    assert (found.head.needed, found.head.custodians) == (2, tuple(str(secret.public) for secret in new))
    for number, secret in enumerate(new):
        (place / f"new{number}").write_text(f"{secret}\n")
    open_records(place / "new.bundle", [place / "new1", place / "new2"], to=place / "out.csv", log_key=LOG_KEY)
    assert len((place / "out.csv").read_text().splitlines()) == 3
    with pytest.raises(Refusal):
        open_records(place / "new.bundle", [place / "key0", place / "key1"], to=place / "old.csv", log_key=LOG_KEY)


def test_shares_reseal_as_keys_do_and_one_that_is_lost_stops_it(place):
    path = bundle(place, record(0), record(1))
    found = read_bundle(path.read_bytes())
    for number, indexes in ((0, None), (1, None), (2, {1})):
        (place / f"{number}.shares").write_bytes(make_shares(found, KEYS[number], indexes=indexes))
    line = [str(make_key("custodian").public)]
    rotate(path, place / "new", line, None, [place / "0.shares", place / "1.shares"], log_key=LOG_KEY)
    assert read_bundle((place / "new").read_bytes()).count == 2
    with pytest.raises(Refusal, match="All records must open"):
        rotate(path, place / "other", line, None, [place / "0.shares", place / "2.shares"], log_key=LOG_KEY)
    with pytest.raises(Refusal, match="Not every record has enough shares"):
        (place / "0.shares").write_bytes(make_shares(found, KEYS[0], indexes={1}))
        rotate(path, place / "other", line, None, [place / "0.shares", place / "2.shares"], log_key=LOG_KEY)
    assert not (place / "other").exists()


@pytest.mark.parametrize(
    ("lines", "needed", "said"),
    [
        (["nonsense"], 0, "is neither a custodian's public line nor a file that holds one"),
        ([str(KEYS[0].public)] * 2, 0, "the same key stands there twice"),
        ([str(KEYS[0].public)], 2, "2 are needed and 1 are named"),
        (["SECRET"], 0, "This is a secret key"),
    ],
)
def test_new_custodians_that_cannot_be_are_refused(place, lines, needed, said):
    lines = [str(place / "key2") if line == "SECRET" else line for line in lines]
    with pytest.raises(Refusal, match=said):
        rotate(bundle(place, record()), place / "new", lines, [place / "key0"], needed=needed, log_key=LOG_KEY)


def test_people_who_are_counted_twice_are_found_by_their_later_records(place, capsys):
    people = [
        record(0, name="Amina Example", address="amina@gmail.com"),
        record(1, name="Noor Example", address="amina@gmail.com"),
        record(2, name="EXAMPLE, Ámina", address="A.mina+news@googlemail.com"),
        record(3, name="Third Example", address="amina@gmail.com"),
        record(4, name="Amina Example", address="other@example.org"),
        record(5, name="Amina Example", address="amina@gmail.com"),
        record(6, name="Lin", address="not an address"),
        record(7, name="lin", address="Not an Address"),
    ]
    duplicates(bundle(place, *people), place / "twice", [place / "key0", place / "key1"], log_key=LOG_KEY)
    assert (place / "twice").read_text() == "5\n7\n11\n15\n"
    assert "Records of people who had signed before: 4." in capsys.readouterr().out


def test_records_that_do_not_open_are_told_while_duplicates_are_sought(place, capsys):
    leaves = [leaf_of(record(0)), leaf_of(record(9))]
    with pytest.raises(SystemExit):
        duplicates(
            bundle(place, record(0), record(1), leaves=leaves),
            place / "twice",
            [place / "key0", place / "key1"],
            log_key=LOG_KEY,
        )
    assert "Record 3: " in capsys.readouterr().err
    assert (place / "twice").read_text() == ""


def test_a_key_is_destroyed_only_with_its_own_id(place, capsys):
    path, identity = place / "key0", KEYS[0].id.hex()
    for given in ("", "yes", KEYS[1].id.hex()):
        with pytest.raises(Refusal, match=f"Nothing was done.*--confirm {identity}"):
            destroy(key=path, confirm=given)
    assert path.exists()
    destroy(key=path, confirm=identity)
    assert not path.exists()
    assert f"The key {identity} is destroyed" in capsys.readouterr().out


def test_a_destroyed_key_is_overwritten_first(place):
    other = place / "link"
    other.hardlink_to(place / "key2")
    destroy(key=place / "key2", confirm=KEYS[2].id.hex())
    assert other.read_bytes() == bytes(len(f"{KEYS[2]}\n"))


def test_at_the_keyboard_the_word_is_typed(place, at_keyboard):
    at_keyboard("no")
    with pytest.raises(Refusal):
        destroy(key=place / "key0")
    at_keyboard(KEYS[0].id.hex())
    destroy(key=place / "key0")
    assert not (place / "key0").exists()


def test_what_to_destroy_has_to_be_said(place):
    for arguments in ({}, {"key": place / "key0", "campaign": "x"}):
        with pytest.raises(Refusal, match="Say what to destroy"):
            destroy(**arguments)
    (place / "letter").write_text("dear")
    with pytest.raises(Refusal, match="holds no secret key"):
        destroy(key=place / "letter", confirm="dear")
    assert (place / "letter").read_text() == "dear"


def test_where_nobody_sits_nothing_waits_for_an_answer():
    assert asking.on_terminal() is False
    with pytest.raises(Refusal, match=r"Their name\? Say it with --name"):
        asking.ask("Their name", "", "--name")
    assert asking.ask("Their name", "Amina", "--name") == "Amina"

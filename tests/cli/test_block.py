"""`standwith block`: addresses on standard input."""

import io

import pytest

from standwith.cli.block import block
from standwith.cli.refusal import Refusal
from tests.cli.installation import installation


@pytest.fixture
def stand(tmp_path, monkeypatch):
    return installation(tmp_path, monkeypatch, "block")


def hand_in(monkeypatch, text):
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def test_nobody_on_the_list_is_asked(stand, tmp_path, monkeypatch, capsys):
    hand_in(monkeypatch, "amina@gmail.com\n\n  noor@example.org \r\n")
    block(tmp_path)
    assert capsys.readouterr().out == "2 addresses will not be written to.\n"
    stand.sign("Amina Example", "a.mina@googlemail.com")
    stand.sign("Noor Example", "noor@example.org")
    stand.sign("Ivan Example", "ivan@example.org")
    stand.work()
    assert [invitation.address for invitation in stand.asked()] == ["ivan@example.org"]


def test_what_is_no_address_is_told_by_its_place_and_not_repeated(stand, tmp_path, monkeypatch, capsys):
    hand_in(monkeypatch, "amina@example.org\nnot an address\n")
    with pytest.raises(SystemExit) as caught:
        block(tmp_path)
    assert caught.value.code == 1
    told = capsys.readouterr()
    assert "1 addresses" in told.out
    assert "address 2 of 2" in told.err
    assert "not an address" not in told.err


def test_without_its_key_nothing_is_blocked(stand, tmp_path, monkeypatch):
    (tmp_path / "keys" / "block.key").unlink()
    hand_in(monkeypatch, "amina@example.org\n")
    with pytest.raises(Refusal):
        block(tmp_path)

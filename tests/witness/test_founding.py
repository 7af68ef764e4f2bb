"""A witness begins once; its key never stands without its state."""

from pathlib import Path

import pytest

from standwith.ledger.note import COSIGNATURE
from standwith.witness.app import read_signer
from standwith.witness.errors import WitnessRefused
from standwith.witness.founding import found_witness
from standwith.witness.logs import LOGS, read_logs
from standwith.witness.state import STATE, Seen, State

NAME = "act.example.org/witness"


def found(home: Path) -> str:
    return str(found_witness(home / "witness", home / "witness.key", NAME))


def test_a_witness_has_a_key_a_state_and_an_empty_list(tmp_path: Path) -> None:
    made = found(tmp_path)
    signer = read_signer(tmp_path / "witness.key")
    assert (str(signer), signer.name, signer.verifier.algorithm) == (made, NAME, COSIGNATURE)
    with State(tmp_path / "witness" / STATE) as state:
        assert state.latest("act.example.net/log") is None
    assert read_logs((tmp_path / "witness" / LOGS).read_bytes()) == {}
    assert (tmp_path / "witness").stat().st_mode & 0o777 == 0o700
    for name in ("witness.key", f"witness/{STATE}", f"witness/{LOGS}"):
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    found(tmp_path)
    before = (tmp_path / "witness.key").read_bytes()
    with pytest.raises(WitnessRefused, match="There is a witness already"):
        found(tmp_path)
    assert (tmp_path / "witness.key").read_bytes() == before


def test_a_key_that_lost_its_state_gets_no_new_one(tmp_path: Path) -> None:
    found(tmp_path)
    (tmp_path / "witness" / STATE).unlink()
    with pytest.raises(WitnessRefused, match="has lost its state"):
        found(tmp_path)
    assert not (tmp_path / "witness" / STATE).exists()


def test_a_founding_that_was_cut_short_is_finished(tmp_path: Path) -> None:
    found(tmp_path)
    with State(tmp_path / "witness" / STATE) as state:
        state.move(Seen("act.example.net/log", 3, bytes(32), b"note"), lambda _: None)
    (tmp_path / "witness" / LOGS).write_text("# agreed\n")
    (tmp_path / "witness.key").unlink()
    found(tmp_path)
    with State(tmp_path / "witness" / STATE) as state:
        assert state.latest("act.example.net/log").size == 3
    assert (tmp_path / "witness" / LOGS).read_text() == "# agreed\n"


def test_a_state_that_is_none_is_not_taken_over(tmp_path: Path) -> None:
    (tmp_path / "witness").mkdir()
    (tmp_path / "witness" / STATE).write_text("something else" * 1000)
    with pytest.raises(WitnessRefused):
        found(tmp_path)
    assert not (tmp_path / "witness.key").exists()

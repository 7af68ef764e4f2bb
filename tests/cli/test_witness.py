"""`standwith witness`: two federations agree to cosign each other's logs, and see how it goes."""

from pathlib import Path

import pytest

from standwith.cli import witness as witness_group
from standwith.cli.refusal import Refusal
from standwith.config.home import Home
from standwith.config.settings import Settings
from standwith.ledger.checkpoint import add_signatures
from standwith.ledger.cosignature import cosign
from standwith.ledger.note import COSIGNATURE, Signer, Verifier, make_signer, read_note
from standwith.ledger.policy import read_policy
from tests.typed import type_command
from tests.witness.invented_log import ORIGIN, InventedLog, open_witness, post

init, watch, trust, status = (command.callback for command in witness_group.witness.registered_commands)
URL = "https://act.example.net/witness/"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """The home of act.example.org, where a ledger has been made and nothing else."""
    place = Home(tmp_path)
    place.keys.mkdir()
    place.log.mkdir(parents=True)
    place.policy.write_text(f"log {make_signer(ORIGIN).verifier} https://act.example.org/log/\nquorum none\n")
    settings = Settings(site_url="https://act.example.org")
    monkeypatch.setattr(witness_group, "enter", lambda path: (Home(path), settings))
    return place


@pytest.fixture
def theirs() -> Verifier:
    return make_signer("act.example.net/witness", COSIGNATURE).verifier


def own_key(home: Home) -> Verifier:
    return Signer.parse(home.witness_key.read_text().strip()).verifier


def test_a_witness_is_made_and_tells_its_key(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    init(home.path)
    said = capsys.readouterr().out
    assert own_key(home).name == "act.example.org/witness"
    assert str(own_key(home)) in said
    assert "https://act.example.org/witness/" in said
    assert "PRIVATE" not in said
    assert home.witness_key.stat().st_mode & 0o777 == 0o600


def test_another_name(home: Home) -> None:
    init(home.path, "witness.example.org/first")
    assert own_key(home).name == "witness.example.org/first"


def test_a_witness_is_made_once(home: Home) -> None:
    init(home.path)
    before = home.witness_key.read_bytes()
    with pytest.raises(Refusal, match="There is a witness already"):
        init(home.path)
    assert home.witness_key.read_bytes() == before


def test_a_name_that_none_can_have(home: Home) -> None:
    with pytest.raises(Refusal, match="cannot be a witness's name"):
        init(home.path, "two words")
    assert not home.witness_key.exists()


def test_a_log_is_watched(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    log = InventedLog(make_signer("act.example.net/log"))
    init(home.path)
    watch(str(log.signer.verifier), "https://act.example.net/log/", home.path)
    assert "now cosigns the log act.example.net/log" in capsys.readouterr().out
    witness = open_witness_of(home)
    assert post(witness, log.submission(0, 7)).status == 200
    with pytest.raises(Refusal, match="this key has a line already"):
        watch(str(log.signer.verifier), "", home.path)


def open_witness_of(home: Home):
    """The witness as the server opens it."""
    return open_witness(home.path, key=home.witness_key)


def test_only_the_key_of_a_log_is_watched(home: Home, theirs: Verifier) -> None:
    init(home.path)
    with pytest.raises(Refusal, match="That is the key of a witness"):
        watch(str(theirs), "", home.path)
    with pytest.raises(Refusal, match="That is no verifier key"):
        watch("act.example.net/log", "", home.path)


def test_who_is_no_witness_watches_nothing(home: Home) -> None:
    with pytest.raises(Refusal, match="standwith witness init"):
        watch(str(make_signer(ORIGIN).verifier), "", home.path)


def test_witnesses_are_trusted(home: Home, theirs: Verifier, capsys: pytest.CaptureFixture[str]) -> None:
    trust("noor", str(theirs), URL, home.path)
    assert "noor is asked from now on. Of 1 witnesses 1 must cosign." in capsys.readouterr().out
    other = make_signer("act.example.com/witness", COSIGNATURE).verifier
    trust("amina", str(other), "https://act.example.com/witness/", home.path, 2)
    assert "amina is asked from now on. Of 2 witnesses 2 must cosign." in capsys.readouterr().out
    policy = read_policy(home.policy.read_bytes())
    assert policy.witnesses == {"noor": (theirs, URL), "amina": (other, "https://act.example.com/witness/")}
    with pytest.raises(Refusal, match="noor is one of its witnesses already"):
        trust("noor", str(theirs), URL, home.path)
    trust("noor", str(theirs), "https://act.example.net/w/", home.path, replace=True)
    assert read_policy(home.policy.read_bytes()).witnesses["noor"] == (theirs, "https://act.example.net/w/")


def test_who_cannot_be_trusted(home: Home, theirs: Verifier) -> None:
    before = home.policy.read_bytes()
    init(home.path)
    with pytest.raises(Refusal, match="your own witness"):
        trust("us", str(own_key(home)), URL, home.path)
    with pytest.raises(Refusal, match="key of a log, not of a witness"):
        trust("noor", str(make_signer(ORIGIN).verifier), URL, home.path)
    with pytest.raises(Refusal, match="no public key"):
        trust("noor", "noor", URL, home.path)
    with pytest.raises(Refusal, match="is no address"):
        trust("noor", str(theirs), "act.example.net", home.path)
    with pytest.raises(Refusal, match="of 1 witnesses, 0 to 1 can be needed"):
        trust("noor", str(theirs), URL, home.path, 2)
    assert home.policy.read_bytes() == before


def test_without_a_ledger_there_is_nothing_to_witness(home: Home, theirs: Verifier) -> None:
    home.policy.unlink()
    with pytest.raises(Refusal, match="standwith ledger init"):
        trust("noor", str(theirs), URL, home.path)


def test_status_before_anything(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    status(home.path)
    said = capsys.readouterr().out
    assert "standwith witness init" in said
    assert "standwith witness trust NAME VKEY URL" in said
    home.policy.unlink()
    init(home.path)
    status(home.path)
    said = capsys.readouterr().out
    assert "standwith witness watch VKEY" in said
    assert "standwith ledger init" in said


def test_status_of_both_sides(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    ours = InventedLog()
    silent, log = InventedLog(make_signer("act.example.com/log")), InventedLog(make_signer("act.example.net/log"))
    init(home.path)
    for each in (log, silent):
        watch(str(each.signer.verifier), "", home.path)
    post(open_witness_of(home), log.submission(0, 7))
    noor = make_signer("act.example.net/witness", COSIGNATURE)
    trust("noor", str(noor.verifier), URL, home.path)
    trust("amina", str(make_signer("x", COSIGNATURE).verifier), URL, home.path)
    capsys.readouterr()
    status(home.path)
    assert "Our log has published nothing yet. Of 2 witnesses 1 must cosign." in capsys.readouterr().out
    lines = cosign(noor, read_note(ours.checkpoint(9)).text, 1)
    (home.log / "checkpoint").write_bytes(add_signatures(ours.checkpoint(9), lines))
    status(home.path)
    said = capsys.readouterr().out
    assert "act.example.net/log: cosigned up to 7 leaves" in said
    assert "act.example.com/log: has not asked yet" in said
    assert "Our log, 9 leaves. Of 2 witnesses 1 must cosign." in said
    assert f"noor: has cosigned it ({URL})" in said
    assert f"amina: has not cosigned it ({URL})" in said


def test_status_shows_the_proof_of_a_fork(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    log = InventedLog()
    fork = InventedLog(log.signer, seed="other")
    init(home.path)
    watch(str(log.signer.verifier), "", home.path)
    witness = open_witness_of(home)
    post(witness, log.submission(0, 7))
    post(witness, fork.submission(7, 7))
    with pytest.raises(SystemExit) as caught:
        status(home.path)
    assert caught.value.code == 1
    said = capsys.readouterr().err
    assert f"{ORIGIN} HAS FORKED" in said
    assert log.checkpoint(7).decode() in said
    assert fork.checkpoint(7).decode() in said


def test_a_list_that_was_spoiled_by_hand_is_told_by_its_line(home: Home) -> None:
    init(home.path)
    (home.witness / "logs.txt").write_text("# ours\nrubbish\n")
    with pytest.raises(Refusal, match="Line 2 of logs"):
        status(home.path)


@pytest.mark.parametrize("command", ["init", "watch", "trust", "status"])
def test_at_the_keyboard(tmp_path: Path, command: str) -> None:
    helped = type_command("witness", command, "--help", COLUMNS="200")
    assert helped.returncode == 0
    assert f"Usage: standwith witness {command}" in helped.stdout
    arguments = {"watch": ["k"], "trust": ["n", "k", "u"]}.get(command, [])
    done = type_command("witness", command, *arguments, "--home", tmp_path / "nowhere")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "There is no installation in" in done.stderr

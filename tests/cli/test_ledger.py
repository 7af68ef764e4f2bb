"""`standwith ledger`: made once, looked at, a receipt taken from the public files."""

import subprocess
import sys
from pathlib import Path

import pytest

from standwith.ledger.checkpoint import open_checkpoint
from standwith.ledger.note import Signer
from standwith.ledger.policy import read_policy
from standwith.ledger.receipt import check_receipt, read_receipt
from tests.ledger.examples import TAGS, leaf
from tests.typed import type_command

GROW = """
import sys
from pathlib import Path
from standwith.config.django import configure
from standwith.config.home import Home
home = Home(Path(sys.argv[1]))
configure(home)
from django.db import transaction
from standwith.ledger.founding import read_signer
from standwith.ledger.log import Log
from standwith.ledger.rows import append
from tests.ledger.examples import leaf
with transaction.atomic():
    append([leaf(index) for index in range(20)])
Log.open(home.log, read_signer(home.keys)).publish()
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("installation") / "home"
    made = type_command("init", path, "--mail-relay", "mailbox", "--site-url", "https://act.example.org")
    assert made.returncode == 0, made.stderr
    return path


def expect_sentence(*words: object, said: str) -> None:
    done = type_command(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_life_of_a_ledger(home: Path, tmp_path: Path) -> None:
    expect_sentence("ledger", "status", "--home", home, said="There is no ledger; make one with")
    expect_sentence("ledger", "proof", "0", "--to", tmp_path / "r", "--home", home, said="There is no checkpoint")

    made = type_command("ledger", "init", "--home", home)
    signer = Signer.parse((home / "keys" / "log.key").read_text().strip())
    assert (made.returncode, signer.name) == (0, "act.example.org/log")
    assert str(signer.verifier) in made.stdout
    assert "PRIVATE" not in made.stdout + made.stderr
    assert open_checkpoint((home / "site/log/checkpoint").read_bytes(), signer.verifier).size == 0
    policy = read_policy((home / "policy").read_bytes())
    assert policy.logs == ((signer.verifier, "https://act.example.org/log/"),)
    assert (home / "site/log/policy").read_bytes() == (home / "policy").read_bytes()

    expect_sentence("ledger", "init", "--home", home, said="There is a ledger already")
    expect_sentence("ledger", "init", "--home", home, "--origin", "other.example.org/log", said="already")
    assert Signer.parse((home / "keys" / "log.key").read_text().strip()).verifier == signer.verifier

    grow = [sys.executable, "-c", GROW, home]
    subprocess.run(grow, cwd=Path(__file__).parents[2], check=True, timeout=120)
    told = type_command("ledger", "status", "--home", home)
    assert told.returncode == 0, told.stderr
    lines = told.stdout.splitlines()
    assert lines[0] == "act.example.org/log: 20 leaves are signed, 0 wait for a signature."
    assert f"Verifier: {signer.verifier}" in lines
    assert any(line.startswith(f"{TAGS[0].hex()}: ") for line in lines)

    receipt = tmp_path / "seven.tlog-proof"
    assert type_command("ledger", "proof", "7", "--to", receipt, "--home", home).returncode == 0
    assert check_receipt(read_receipt(receipt.read_bytes()), policy).size == 20
    assert read_receipt(receipt.read_bytes()).leaf == leaf(7)
    expect_sentence("ledger", "proof", "7", "--to", receipt, "--home", home, said="already there")
    expect_sentence("ledger", "proof", "20", "--to", tmp_path / "r", "--home", home, said="no leaf 20")
    expect_sentence("ledger", "proof", "-1", "--to", tmp_path / "r", "--home", home, said="-1")


def test_a_founding_that_was_cut_short_behind_the_log_is_finished(tmp_path: Path) -> None:
    path = tmp_path / "home"
    assert type_command("init", path, "--mail-relay", "mailbox").returncode == 0
    assert type_command("ledger", "init", "--home", path).returncode == 0
    key = (path / "keys" / "log.key").read_bytes()
    for lost in (path / "policy", path / "keys" / "witness.key"):
        lost.unlink()
    for file in (path / "witness").iterdir():
        file.unlink()
    again = type_command("ledger", "init", "--home", path)
    assert again.returncode == 0, again.stderr
    assert read_policy((path / "policy").read_bytes()).logs
    assert (path / "keys" / "witness.key").exists()
    assert (path / "keys" / "log.key").read_bytes() == key
    assert type_command("ledger", "init", "--home", path).returncode == 2

"""Founding: a key, a lock row and a first checkpoint, once; nothing that is there is written over."""

import os

import pytest

from standwith.ledger.checkpoint import open_checkpoint
from standwith.ledger.errors import LogExists, NoLog, NoteRefused
from standwith.ledger.founding import first_policy, found_log, read_signer
from standwith.ledger.log import Log
from standwith.ledger.merkle import EMPTY_ROOT
from standwith.ledger.models import Lock
from standwith.ledger.note import Signer
from standwith.ledger.policy import read_policy
from standwith.ledger.rows import log_exists, origin
from tests.ledger.examples import ORIGIN
from tests.ledger.founded import NOW


@pytest.fixture
def found(tables):
    (tables / "keys").mkdir()
    return lambda name=ORIGIN: found_log(name, tables / "log", tables / "keys", NOW)


def everything(path):
    files = {place: (place.read_bytes(), place.stat().st_mode) for place in path.rglob("*") if place.is_file()}
    return files, list(Lock.objects.values())


def test_a_key_a_row_and_a_checkpoint_of_nothing(found, tables):
    signer = found()
    key = tables / "keys" / "log.key"
    assert key.stat().st_mode & 0o777 == 0o600
    assert str(Signer.parse(key.read_text().strip())) == str(signer) == str(read_signer(tables / "keys"))
    assert open_checkpoint((tables / "log" / "checkpoint").read_bytes(), signer.verifier)[:3] == (ORIGIN, 0, EMPTY_ROOT)
    assert origin() == signer.name == ORIGIN
    assert Log.open(tables / "log", signer).size == 0


def test_the_key_is_never_readable_by_others_whatever_the_mask(found, tables):
    before = os.umask(0)
    try:
        found()
    finally:
        os.umask(before)
    assert (tables / "keys" / "log.key").stat().st_mode & 0o777 == 0o600


def test_every_log_has_a_key_of_its_own(found, tables):
    one = found()
    Lock.objects.all().delete()
    (tables / "keys" / "log.key").unlink()
    (tables / "log" / "checkpoint").unlink()
    assert found().verifier.raw != one.verifier.raw


def test_twice_is_refused(found, tables):
    found()
    before = everything(tables)
    with pytest.raises(LogExists, match="already"):
        found()
    assert everything(tables) == before


@pytest.mark.parametrize("left", ["keys/log.key", "log/checkpoint"])
def test_what_is_left_of_a_log_is_not_written_over(found, tables, left):
    found()
    Lock.objects.all().delete()
    for part in {"keys/log.key", "log/checkpoint"} - {left}:
        (tables / part).unlink()
    before = everything(tables)
    with pytest.raises(LogExists, match=left.rpartition("/")[0]):
        found()
    assert everything(tables) == before
    assert not log_exists()


def test_tables_that_know_a_log_refuse_another_key(found, tables):
    found()
    (tables / "keys" / "log.key").unlink()
    with pytest.raises(LogExists):
        found("other.example.org/log")
    assert not (tables / "keys" / "log.key").exists()


@pytest.mark.parametrize("name", ["", "act example.org/log", "act.example.org+log", "act.example.org/log\n"])
def test_a_name_that_no_note_could_carry(found, tables, name):
    with pytest.raises(NoteRefused):
        found(name)
    assert everything(tables) == ({}, [])


def test_a_founding_that_was_cut_short_before_the_checkpoint_is_finished_by_the_clerk(found, tables, monkeypatch):
    with monkeypatch.context() as full, pytest.raises(OSError, match="full"):
        full.setattr("standwith.ledger.files.LogFiles.put_checkpoint", refuse)
        found()
    signer = read_signer(tables / "keys")
    Log.open(tables / "log", signer)
    assert open_checkpoint((tables / "log" / "checkpoint").read_bytes(), signer.verifier).size == 0


def refuse(*_):
    raise OSError(28, "The disk is full")


@pytest.mark.parametrize("text", [None, "", "PRIVATE+KEY+act.example.org/log+c2b21eb0+AAAA", "\xff"])
def test_a_key_that_is_missing_or_damaged_is_one_sentence(tables, text):
    if text is not None:
        (tables / "log.key").write_text(text, encoding="latin-1")
    with pytest.raises(NoLog, match=r"log\.key is missing or damaged") as told:
        read_signer(tables)
    assert "PRIVATE" not in str(told.value)


def test_the_first_policy_believes_this_log_and_asks_nobody(found):
    signer = found()
    policy = read_policy(first_policy(signer, "https://act.example.org/log/"))
    assert policy.logs == ((signer.verifier, "https://act.example.org/log/"),)
    assert (dict(policy.witnesses), policy.quorum) == ({}, "none")

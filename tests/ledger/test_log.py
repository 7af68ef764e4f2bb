"""The log: what was appended is signed and shown, whole and once; whatever fails, the next call finishes it."""

import os

import pytest
from django.db import transaction

from standwith.ledger.addendum import addendum_path
from standwith.ledger.cosignature import cosign
from standwith.ledger.count import Counter
from standwith.ledger.errors import LogForked
from standwith.ledger.leaf import Kind, make_statement, read_leaf
from standwith.ledger.log import TALLY_EVERY, Log
from standwith.ledger.merkle import EMPTY_ROOT, leaf_hash, root_of, verify_consistency
from standwith.ledger.models import Lock, Number
from standwith.ledger.note import make_signer, read_note
from standwith.ledger.policy import read_policy
from standwith.ledger.receipt import check_receipt, read_receipt, write_receipt
from standwith.ledger.roll import roll_path
from standwith.ledger.rows import published, queue, read
from standwith.ledger.tiles import Tree
from standwith.sealing.codes import read_code
from tests.ledger.examples import TAGS, TIME, WITNESS_KEY, leaves

WORDS = b'{"campaign":"stand-with-belarus","closed":"2026-04-01"}\n'


def root(size):
    return root_of([leaf_hash(leaf) for leaf in leaves(size)])


def count(size, tag):
    counter = Counter()
    counter.fold(leaves(size))
    return counter.count(tag)


def test_what_was_appended_is_signed_and_shown(place):
    log = place.open()
    assert (log.size, log.publish(), place.shown()[1:3]) == (0, False, (0, EMPTY_ROOT))
    size = 0
    for more in (1, 2, 253, 1, 700):
        size += more
        place.grow(more)
        assert log.publish()
        assert not log.publish()
        assert place.shown()[1:3] == (size, root(size))
        assert (log.size, log.tree().root(), list(log.tree().leaves())) == (size, root(size), leaves(size))
        assert log.checkpoint == (place.directory / "checkpoint").read_bytes()


def test_the_number_is_that_of_the_leaves_whatever_the_batches(place):
    log = place.open()
    for size in (10, 11, 400):
        place.grow(size - log.size)
        log.publish()
        for tag in TAGS:
            shown, expected = published(tag), count(size, tag)
            assert (shown.signatures, shown.withdrawn, shown.voided) == expected
            assert (shown.size, shown.number) == (size, expected.number)
    assert published(TAGS[0]).number < published(TAGS[0]).signatures


def test_every_leaf_gets_a_receipt_and_every_size_continues_the_one_before(place):
    log, roots = place.open(), {}
    for more in (5, 300, 1):
        place.grow(more)
        log.publish()
        roots[log.size] = log.tree().root()
    policy = read_policy(f"log {place.signer.verifier}\nquorum none\n".encode())
    for index in (0, 4, 5, 255, 256, 305):
        data = write_receipt(index, log.tree().inclusion(index), log.checkpoint, log.tree().leaf(index))
        assert check_receipt(read_receipt(data), policy).size == 306
        assert read_receipt(data).leaf == leaves(306)[index]
    for old in roots:
        verify_consistency(old, roots[old], 306, roots[306], log.tree().consistency(old))


def test_more_rows_than_are_taken_at_once(place, monkeypatch):
    monkeypatch.setattr("standwith.ledger.log.AT_ONCE", 64)
    monkeypatch.setattr("standwith.ledger.survey.AT_ONCE", 48)
    place.grow(600)
    log = place.open()
    assert log.publish()
    assert place.shown()[1:3] == (600, root(600))
    assert place.open().checkpoint == log.checkpoint


def test_only_what_is_committed_is_published(place):
    log = place.open()
    with transaction.atomic(), pytest.raises(RuntimeError):
        log.publish()


def test_everybody_may_read_the_files_whatever_the_mask(place):
    before = os.umask(0o077)
    try:
        queue(make_statement(Kind.CLOSE, TAGS[0], WORDS), WORDS)
        place.grow(300)
        place.open().publish()
    finally:
        os.umask(before)
    modes = {(path.is_dir(), path.stat().st_mode & 0o777) for path in place.directory.rglob("*")}
    assert modes == {(True, 0o755), (False, 0o644)}
    assert place.directory.stat().st_mode & 0o777 == 0o755


def test_partial_tiles_are_kept_until_the_full_one_is_there(place):
    log = place.open()
    for more in (100, 100):
        place.grow(more)
        log.publish()
    names = {path for path in place.files() if path.startswith("tile/")}
    assert names == {f"tile/{kind}/000.p/{width}" for kind in ("0", "entries") for width in (100, 200)}
    older = Tree(log.tree()._read, 100)
    place.grow(56)
    log.publish()
    assert {path for path in place.files() if path.startswith("tile/")} == {
        "tile/0/000",
        "tile/entries/000",
        "tile/1/000.p/1",
    }
    assert older.root() == root(100)


def test_statements_are_published_with_their_words(place):
    queue(make_statement(Kind.CLOSE, TAGS[0], WORDS), WORDS)
    place.grow(2)
    log = place.open()
    log.publish()
    statement = read_leaf(log.tree().leaf(0))
    assert statement.kind == Kind.CLOSE
    assert (place.directory / addendum_path(statement.digest)).read_bytes() == WORDS


def test_the_roll_has_a_line_for_every_signature(place):
    log = place.open()
    for more in (40, 60):
        place.grow(more)
        log.publish()
    for tag in TAGS:
        found = [line.split(" ") for line in (place.directory / roll_path(tag)).read_text().splitlines()]
        told = [(int(index), read_code(code)) for index, code in found]
        signed = [(index, leaf[10:26]) for index, leaf in enumerate(leaves(100)) if leaf[:10] == b"\1\1" + tag]
        assert told == signed


def test_a_tally_every_4096_leaves(place):
    log = place.open()
    for more, tallies in ((TALLY_EVERY - 1, 0), (2, 1), (5, 0)):
        place.grow(more)
        log.publish()
        with transaction.atomic():
            found = [read_leaf(leaf) for leaf in read_queue()]
        assert [leaf.kind for leaf in found] == [Kind.TALLY] * tallies
        if found:
            assert found[0].campaign == bytes(8)
            assert int.from_bytes(found[0].detail[:8], "big") == log.size == TALLY_EVERY + 1


def test_the_words_of_a_tally_are_the_numbers_of_its_size(place):
    place.grow(TALLY_EVERY)
    log = place.open()
    log.publish()
    place.grow(1)
    log.publish()
    statement = read_leaf(log.tree().leaf(TALLY_EVERY))
    words = (place.directory / addendum_path(statement.digest)).read_text()
    expected = count(TALLY_EVERY, TAGS[1])
    assert words.startswith('{"campaigns":{"') and words.endswith(f'"size":{TALLY_EVERY}}}\n')
    assert f'"{TAGS[1].hex()}":{{"signatures":{expected.signatures},"voided":' in words


def read_queue():
    from standwith.ledger.models import Statement

    return [bytes(row.leaf) for row in Statement.objects.all()]


class TestWitnesses:
    """Cosignatures come in after a checkpoint is shown, and belong to this one only."""

    @pytest.fixture
    def log(self, place):
        place.grow(3)
        log = place.open()
        log.publish()
        return log

    @pytest.fixture
    def keys(self):
        return [WITNESS_KEY, *(make_signer(f"witness.example.com/{name}", 4) for name in "bc")]

    @pytest.fixture
    def policy(self, place, keys):
        lines = [f"witness w{number} {key.verifier}" for number, key in enumerate(keys)]
        return read_policy("\n".join([f"log {place.signer.verifier}", *lines, "quorum w0", ""]).encode())

    def line(self, log, key, time=TIME):
        return cosign(key, read_note(log.checkpoint).text, time).encode()

    def test_it_is_shown_and_counted(self, place, log, policy, keys):
        assert log.cosign(self.line(log, keys[0]), policy)
        assert policy.witnessed((place.directory / "checkpoint").read_bytes()).cosigned == ("w0",)
        assert log.cosign(self.line(log, keys[1]) + self.line(log, keys[2]), policy)
        assert published(TAGS[0])[-2:] == (3, 3)
        assert place.open().checkpoint == log.checkpoint == (place.directory / "checkpoint").read_bytes()

    def test_how_many_there_are_is_known_before_any_has_answered(self, log, policy):
        assert published(TAGS[0])[-2:] == (0, 0)
        assert not log.cosign(b"", policy)
        assert published(TAGS[0])[-2:] == (0, 3)

    def test_twice_is_once(self, log, policy, keys):
        line = self.line(log, keys[0])
        assert log.cosign(line + line, policy)
        before = log.checkpoint
        assert not log.cosign(line, policy)
        assert log.checkpoint == before

    def test_strangers_forgeries_and_other_checkpoints_are_left_out(self, place, log, policy, keys):
        before = log.checkpoint
        stranger, old = self.line(log, make_signer("witness.example.com/x", 4)), self.line(log, keys[0])
        forged = old.decode().replace(keys[0].name, keys[1].name).encode()
        assert not log.cosign(stranger + forged + b"rubbish\n", policy)
        assert log.checkpoint == before
        place.grow(1)
        log.publish()
        assert not log.cosign(old, policy)
        assert log.cosign(forged + self.line(log, keys[1]), policy)
        assert published(TAGS[0])[-2:] == (1, 3)

    def test_the_next_checkpoint_begins_without_any(self, place, log, policy, keys):
        log.cosign(self.line(log, keys[0]), policy)
        place.grow(1)
        log.publish()
        assert published(TAGS[0])[-2:] == (0, 3)
        assert policy.witnessed(log.checkpoint).cosigned == ()


class TestTwoClerks:
    """Whoever signs must have seen what was signed last."""

    def test_the_second_signs_nothing(self, place):
        first, second = place.open(), place.open()
        place.grow(10)
        first.publish()
        place.grow(10)
        for _ in range(2):
            with pytest.raises(LogForked, match="one clerk"):
                second.publish()
        assert place.shown().size == 10
        first.publish()
        assert place.shown()[1:3] == (20, root(20))
        assert published(TAGS[0]).signatures == count(20, TAGS[0]).signatures

    def test_nor_does_it_when_there_is_nothing_new(self, place):
        first, second = place.open(), place.open()
        place.grow(10)
        first.publish()
        with pytest.raises(LogForked):
            second.publish()
        assert place.shown().size == 10


class TestFailures:
    """A disk that is full for a while: nothing is lost and nothing is signed twice."""

    @pytest.mark.parametrize("step", ["put", "put_checkpoint"])
    def test_the_next_call_finishes(self, place, monkeypatch, step):
        log = place.open()
        place.grow(300)
        with monkeypatch.context() as full:
            full.setattr(f"standwith.ledger.files.LogFiles.{step}", refuse)
            with pytest.raises(OSError, match="full"):
                log.publish()
            assert place.shown().size == 0
        place.grow(7)
        assert log.publish()
        assert place.shown()[1:3] == (307, root(307))
        assert published(TAGS[0]).signatures == count(307, TAGS[0]).signatures
        assert place.open().publish() is False

    def test_a_checkpoint_that_could_not_be_shown_is_shown_although_nothing_is_new(self, place, monkeypatch):
        log = place.open()
        place.grow(3)
        with monkeypatch.context() as full:
            full.setattr("standwith.ledger.files.LogFiles.put_checkpoint", refuse)
            with pytest.raises(OSError, match="full"):
                log.publish()
        assert place.shown().size == 0
        log.publish()
        assert place.shown()[1:3] == (3, root(3))

    def test_a_transaction_that_fails_leaves_lock_and_numbers_as_they_were(self, place, monkeypatch):
        log = place.open()
        place.grow(3)
        log.publish()
        place.grow(30)
        before = list(Lock.objects.values()), list(Number.objects.order_by("pk").values())
        with monkeypatch.context() as broken:
            broken.setattr("standwith.ledger.models.Number.objects.bulk_create", refuse)
            with pytest.raises(OSError, match="full"):
                log.publish()
        assert (list(Lock.objects.values()), list(Number.objects.order_by("pk").values())) == before
        assert place.shown().size == 3
        assert log.publish()
        assert published(TAGS[0]).signatures == count(33, TAGS[0]).signatures

    def test_open_goes_on_where_another_was_killed(self, place):
        place.open()
        place.grow(20)
        log = place.open()
        assert (log.size, place.shown().size, len(read(0, 100))) == (0, 0, 20)
        assert log.publish()
        assert place.shown()[1:3] == (20, root(20))


def refuse(*_, **__):
    raise OSError(28, "The disk is full")


def test_a_log_is_never_opened_where_none_was_founded(tables):
    from standwith.ledger.errors import NoLog

    with pytest.raises(NoLog):
        Log.open(tables / "log", make_signer("act.example.org/log"))
    assert not (tables / "log").exists()

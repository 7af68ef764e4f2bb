"""An older copy of the tables takes from the public log what it has not; if anything is wrong with that, nothing."""

import shutil
from pathlib import Path

import pytest
from django.db import connection, transaction

from standwith.ledger import recovery
from standwith.ledger.addendum import addendum_path
from standwith.ledger.checkpoint import Checkpoint, sign_checkpoint
from standwith.ledger.cosignature import cosign
from standwith.ledger.errors import LedgerError, LogDamaged, LogForked, NoteRefused, ProofRefused, TileMissing
from standwith.ledger.leaf import Kind, Reason, make_statement, make_void
from standwith.ledger.log import Log
from standwith.ledger.merkle import leaf_hash, root_of
from standwith.ledger.mirrors import open_mirror
from standwith.ledger.models import Leaf, Lock, Number, Statement
from standwith.ledger.note import COSIGNATURE, make_signer, read_note
from standwith.ledger.policy import read_policy
from standwith.ledger.recovery import read_public, take
from standwith.ledger.rows import append, published, queue, read, size
from standwith.ledger.tiles import Growth
from tests.ledger.examples import ORIGIN, TAGS, TIME, WITNESS_KEY, leaf, leaves
from tests.ledger.published import flip

OLD, NEW = 300, 700
WORDS = b"Stand with them.\n"
STATEMENT = make_statement(Kind.TEXT, TAGS[0], WORDS, b"\0\1en")
POLICY = read_policy(f"witness north {WITNESS_KEY.verifier}\nquorum north\n".encode())
KEPT = (Leaf, Lock, Number, Statement)


class Restored:
    """A log of NEW leaves and a copy of its public files; its tables are again those of OLD leaves."""

    def __init__(self, place) -> None:
        self.place, self.copy = place, place.path / "copy"
        log = place.open()
        place.grow(OLD)
        log.publish()
        backup = place.back_up()
        queue(STATEMENT, WORDS)
        place.grow(NEW - OLD - 1)
        log.publish()
        log.cosign(cosign(WITNESS_KEY, read_note(log.checkpoint).text, TIME).encode(), POLICY)
        self.log, self.leaves, self.numbers = log, read(0, NEW), {tag: published(tag) for tag in TAGS}
        shutil.copytree(place.directory, self.copy)
        place.restore(backup)

    def catch_up(self, copy: Path | None = None, policy=POLICY):
        public = read_public(open_mirror(str(copy or self.copy)).read, self.place.signer)
        with transaction.atomic():
            return take(public, self.place.signer, policy)

    def rewrite(self, grown: list[bytes], signer=None) -> None:
        """Put another log into the copy."""
        growth = Growth()
        for path, data in growth.grow(grown).items():
            (self.copy / path).parent.mkdir(parents=True, exist_ok=True)
            (self.copy / path).write_bytes(data)
        self.sign(growth.size, growth.root(), signer)

    def sign(self, of: int, root: bytes, signer=None) -> None:
        signer = signer or self.place.signer
        (self.copy / "checkpoint").write_bytes(sign_checkpoint(Checkpoint(signer.name, of, root), signer))

    def expect(self, error: type[LedgerError], said: str) -> None:
        """Nothing is taken, and why is one line."""
        before = [list(model.objects.values()) for model in KEPT]
        with pytest.raises(error, match=said) as refused:
            self.catch_up()
        assert "\n" not in str(refused.value)
        assert [list(model.objects.values()) for model in KEPT] == before


@pytest.fixture
def restored(place):
    return Restored(place)


def test_the_tables_are_as_they_were_and_the_log_goes_on(restored):
    place = restored.place
    with pytest.raises(LogForked, match="standwith ledger catch-up --from LOG --home HOME"):
        place.open()
    taken = restored.catch_up()
    assert (read(0, NEW + 1), taken.dropped, taken.leaving) == (restored.leaves, 0, frozenset())
    assert {tag: published(tag) for tag in TAGS} == restored.numbers
    assert [taken.counter.count(tag).number for tag in TAGS] == [restored.numbers[tag].number for tag in TAGS]
    before = place.files()
    log = place.open()
    assert (log.size, log.checkpoint, place.files()) == (NEW, restored.log.checkpoint, before)
    place.grow(30)
    assert log.publish()
    assert place.shown()[1:3] == (NEW + 30, root_of([leaf_hash(each) for each in read(0, NEW + 30)]))


def test_public_files_that_were_lost_with_the_machine_are_written_again(restored):
    place, before = restored.place, restored.place.files()
    shutil.rmtree(place.directory)
    restored.catch_up()
    log = place.open()
    assert place.files().items() <= before.items()
    assert (log.tree().root(), list(log.tree().leaves())) == (place.shown().root, restored.leaves)


def test_it_can_be_done_again_and_by_halves(restored):
    half = root_of([leaf_hash(each) for each in restored.leaves[:500]])
    restored.sign(500, half)
    restored.catch_up()
    assert (size(), Lock.objects.get().size) == (500, 500)
    shutil.copy2(restored.place.directory / "checkpoint", restored.copy / "checkpoint")
    restored.catch_up()
    before = [list(model.objects.values()) for model in KEPT]
    restored.catch_up()
    assert [list(model.objects.values()) for model in KEPT] == before
    assert restored.place.open().checkpoint == restored.log.checkpoint


def test_more_leaves_than_are_taken_at_once(restored, monkeypatch):
    monkeypatch.setattr(recovery, "AT_ONCE", 64)
    told = []
    read_public(open_mirror(str(restored.copy)).read, restored.place.signer, tell=lambda *seen: told.append(seen))
    assert told[0] == (64, NEW)
    assert told[-1] == (NEW, NEW)
    restored.catch_up()
    assert read(0, NEW) == restored.leaves


def test_rows_that_were_not_signed_yet_may_be_the_public_ones(restored):
    with transaction.atomic():
        append(restored.leaves[OLD : OLD + 50])
    restored.catch_up()
    assert read(0, NEW) == restored.leaves
    restored.place.open()


def test_rows_beyond_the_public_log_still_wait_to_be_signed(restored):
    further = [*restored.leaves[OLD:], leaf(1_000), leaf(1_001)]
    with transaction.atomic():
        append(further)
    taken = restored.catch_up()
    assert (size(), Lock.objects.get().size, taken.counter.size) == (NEW + 2, NEW, NEW + 2)
    assert {tag: published(tag) for tag in TAGS} == restored.numbers
    log = restored.place.open()
    assert (log.publish(), log.size) == (True, NEW + 2)


def test_what_was_queued_and_has_entered_leaves_the_queue_as_often_as_it_entered(restored):
    void = make_void(TAGS[0], 11, Reason.ERASED, 3)
    for _ in range(3):
        queue(STATEMENT, WORDS)
    queue(void)
    taken = restored.catch_up()
    assert [bytes(each) for each in Statement.objects.order_by("pk").values_list("leaf", flat=True)] == [
        STATEMENT,
        STATEMENT,
        void,
    ]
    assert (taken.dropped, taken.leaving) == (1, {11})


def test_of_cosignatures_only_those_of_the_policy_are_kept(restored):
    text = read_note(restored.log.checkpoint).text
    stranger = cosign(make_signer("witness.example.com/x", COSIGNATURE), text, TIME)
    false = cosign(make_signer(WITNESS_KEY.name, COSIGNATURE), text, TIME)
    (restored.copy / "checkpoint").write_bytes(restored.log.checkpoint + f"{stranger}{false}".encode())
    restored.catch_up()
    lock = Lock.objects.get()
    assert (bytes(lock.cosigned), lock.witnessed, lock.witnesses) == (restored.log.checkpoint, 1, 1)
    assert read_note(bytes(lock.checkpoint)).signatures == read_note(restored.log.checkpoint).signatures[:1]


def test_a_spoiled_cosignature_keeps_nobody_from_the_leaves(restored):
    note = restored.log.checkpoint
    (restored.copy / "checkpoint").write_bytes(note[:-40] + b"A" * 20 + note[-20:])
    restored.catch_up()
    lock = Lock.objects.get()
    assert (lock.size, lock.witnessed, lock.witnesses) == (NEW, 0, 1)
    assert restored.place.open().size == NEW


def test_without_a_policy_no_cosignature_is_kept(restored):
    restored.catch_up(policy=None)
    lock = Lock.objects.get()
    assert (lock.cosigned, lock.witnessed, lock.witnesses) == (lock.checkpoint, 0, 0)


def test_tiles_are_not_needed(restored):
    for level in "01":
        shutil.rmtree(restored.copy / "tile" / level)
    restored.catch_up()
    assert restored.place.open().size == NEW


def test_words_of_statements_that_are_in_the_tables_need_not_be_public(restored):
    shutil.rmtree(restored.copy / "addenda")
    queue(STATEMENT, WORDS)
    restored.catch_up()
    assert restored.place.open().size == NEW


class TestRefused:
    """Whatever is wrong with a copy, the tables stay as they are."""

    def test_a_leaf_that_was_changed(self, restored):
        for path in ("tile/entries/000", "tile/entries/001"):
            place = restored.copy / path
            before = place.read_bytes()
            place.write_bytes(flip(before, 8 * 78 * 70 + 300))
            restored.expect(ProofRefused, "do not lead to the root")
            place.write_bytes(before)

    def test_a_checkpoint_of_another_key(self, restored):
        restored.rewrite([*restored.leaves, leaf(1_000)], make_signer(ORIGIN))
        restored.expect(NoteRefused, "was not signed with the key of act.example.org/log in keys/log.key")

    def test_a_checkpoint_of_another_log(self, restored):
        restored.rewrite([*restored.leaves, leaf(1_000)], make_signer("other.example.org/log"))
        restored.expect(NoteRefused, "was not signed with the key")

    def test_a_checkpoint_that_was_changed(self, restored):
        place = restored.copy / "checkpoint"
        place.write_bytes(place.read_bytes().replace(b"\n700\n", b"\n701\n"))
        restored.expect(NoteRefused, "was not signed with the key")

    def test_a_fork_behind_what_is_signed_here(self, restored):
        restored.rewrite([*restored.leaves[:200], *restored.leaves[201:]])
        restored.expect(LogForked, "two logs of one name")

    def test_tables_that_went_on_by_themselves(self, restored):
        restored.place.grow(1)
        restored.rewrite([*restored.leaves[:OLD], STATEMENT, *restored.leaves[OLD:]])
        restored.expect(LogForked, f"Leaf {OLD} there is another one than that which waits here")

    def test_damaged_tables(self, restored):
        Leaf.objects.filter(pk=77).update(data=leaf(1_000))
        restored.expect(LogDamaged, "Leaf 77 in the tables here is not the one that was signed")

    def test_a_copy_that_is_older_than_the_tables(self, restored):
        restored.rewrite(leaves(OLD - 1))
        restored.expect(TileMissing, f"There are {OLD - 1} leaves there and {OLD} signed here")

    def test_a_copy_that_lacks_leaves(self, restored):
        (restored.copy / "tile/entries/001").unlink()
        restored.expect(TileMissing, "no tile/entries/001")

    def test_a_copy_that_lacks_the_words_of_a_statement(self, restored):
        path = addendum_path(STATEMENT[26:58])
        (restored.copy / path).write_bytes(b"Stand against them.\n")
        restored.expect(LedgerError, "not the one that its leaf names")
        (restored.copy / path).unlink()
        restored.expect(TileMissing, path)

    def test_tables_that_somebody_writes_to_meanwhile(self, restored):
        public = read_public(open_mirror(str(restored.copy)).read, restored.place.signer)
        with transaction.atomic():
            append(restored.leaves[OLD : OLD + 1])
        with pytest.raises(LogForked, match="nothing was taken"), transaction.atomic():
            take(public, restored.place.signer, POLICY)
        assert (size(), Lock.objects.get().size) == (OLD + 1, OLD)

    def test_a_log_that_was_signed_on_meanwhile(self, restored):
        public = read_public(open_mirror(str(restored.copy)).read, restored.place.signer)
        Lock.objects.update(root=bytes(32))
        with pytest.raises(LogForked, match="nothing was taken"), transaction.atomic():
            take(public, restored.place.signer, POLICY)
        assert size() == OLD


def test_a_log_that_was_founded_only_takes_all(place):
    backup = place.back_up()
    log: Log = place.open()
    place.grow(20)
    log.publish()
    place.restore(backup)
    public = read_public(open_mirror(str(place.directory)).read, place.signer)
    with transaction.atomic():
        take(public, place.signer, None)
    assert (size(), place.open().checkpoint) == (20, log.checkpoint)
    assert connection.in_atomic_block is False

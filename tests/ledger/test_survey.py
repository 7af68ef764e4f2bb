"""The start: rows that don't lead to what was signed end it, files that are missing come back, a fork is refused."""

import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standwith.ledger.checkpoint import Checkpoint, sign_checkpoint
from standwith.ledger.errors import LogDamaged, LogForked
from standwith.ledger.files import CHECKPOINT
from standwith.ledger.leaf import Kind, make_statement
from standwith.ledger.log import Seen
from standwith.ledger.merkle import EMPTY_ROOT
from standwith.ledger.models import Addendum, Leaf, Lock, Number
from standwith.ledger.note import make_signer
from standwith.ledger.rows import published, queue, size
from standwith.ledger.survey import right_edge
from standwith.ledger.tiles import Growth
from tests.ledger.examples import ORIGIN, TAGS, digest

SIZE = 600
WORDS = b"Stand with them.\n"


@pytest.fixture
def grown(place):
    """A log of some hundred leaves, a statement among them, as its clerk left it."""
    queue(make_statement(Kind.TEXT, TAGS[0], WORDS, b"\0\1en"), WORDS)
    log = place.open()
    for more in (SIZE - 301, 300):
        place.grow(more)
        log.publish()
    return place


def test_nothing_changes_when_nothing_is_wrong(grown):
    before = grown.files(), list(Lock.objects.values()), list(Number.objects.values())
    log = grown.open()
    assert not log.publish()
    assert (grown.files(), list(Lock.objects.values()), list(Number.objects.values())) == before


@given(st.lists(st.integers(0, 70_000), max_size=3))
def test_the_right_edge_is_what_growing_leaves_there(sizes):
    growth, partial = Growth(), {}
    for size_wanted in sorted(sizes):
        files = growth.grow([b""] * (size_wanted - growth.size))
        partial = {path: data for path, data in (partial | files).items() if ".p/" in path}
    assert right_edge(growth.size) <= partial.keys()


class TestFiles:
    """Whatever lies in the public directory can be made again from the rows."""

    def test_an_empty_directory_is_filled_again(self, grown):
        before = needed(grown)
        shutil.rmtree(grown.directory)
        grown.open()
        assert grown.files() == before

    def test_each_file_that_is_missing_or_torn_comes_back(self, grown):
        before = needed(grown)
        assert {path.partition("/")[0] for path in before} == {"addenda", "checkpoint", "roll", "tile"}
        for path, data in before.items():
            (grown.directory / path).unlink()
            grown.open()
            assert grown.files()[path] == data
            (grown.directory / path).write_bytes(data[: len(data) // 2])
            grown.open()
            assert grown.files()[path] == data

    def test_a_file_that_somebody_changed_is_named_and_left(self, grown):
        changed = [path for path in needed(grown) if path.startswith(("tile", "addenda"))]
        assert len(changed) > 5
        for path in changed:
            place = grown.directory / path
            right = place.read_bytes()
            place.write_bytes(bytes(len(right)))
            with pytest.raises(LogDamaged, match=path):
                grown.open()
            assert place.read_bytes() == bytes(len(right))
            place.write_bytes(right)

    def test_a_changed_tile_that_is_still_to_be_signed_is_not_signed(self, grown):
        path = grown.directory / "tile/0/002.p/89"
        path.write_bytes(bytes(89 * 32))
        grown.grow(1)
        log = grown.open()
        with pytest.raises(LogDamaged, match=r"002\.p/89"):
            log.publish()
        assert Lock.objects.get().size == SIZE

    def test_what_a_killed_clerk_left_aside_is_removed(self, grown):
        aside = grown.directory / "tile" / "0" / ".002.5f0c5f0c5f0c.tmp"
        aside.write_bytes(b"half")
        partial = grown.directory / "tile" / "0" / "001.p" / "3"
        partial.parent.mkdir()
        partial.write_bytes(bytes(96))
        grown.open()
        assert not aside.exists()
        assert not partial.parent.exists()

    def test_half_a_line_at_the_end_of_a_roll_goes_and_the_next_lines_follow(self, grown):
        roll = grown.directory / f"roll/{TAGS[0].hex()}.txt"
        before = roll.read_bytes()
        with roll.open("ab") as file:
            file.write(b"600 7R4QZ0XK2M9")
        log = grown.open()
        assert roll.read_bytes() == before
        grown.grow(10)
        log.publish()
        assert roll.read_bytes().startswith(before)
        assert b"7R4QZ0XK2M9" not in roll.read_bytes()

    def test_a_roll_that_goes_while_the_clerk_works_is_made_again(self, grown):
        roll = grown.directory / f"roll/{TAGS[0].hex()}.txt"
        before = roll.read_bytes()
        log = grown.open()
        roll.unlink()
        grown.grow(10)
        log.publish()
        assert roll.read_bytes().startswith(before)


class TestRows:
    """The tables are believed only as far as they lead to what was signed."""

    def test_a_changed_leaf(self, grown):
        Leaf.objects.filter(pk=17).update(data=digest("other", 1) * 2 + bytes(12))
        expect_damage(grown, "do not lead to the root")

    def test_a_lost_leaf(self, grown):
        Leaf.objects.filter(pk=SIZE - 1).delete()
        expect_damage(grown, "do not lead to the root")

    def test_a_gap(self, grown):
        Leaf.objects.filter(pk=3).delete()
        expect_damage(grown, "do not lead to the root")

    def test_a_changed_lock(self, grown):
        Lock.objects.update(size=SIZE - 1)
        expect_damage(grown, "differ")

    def test_lost_words(self, grown):
        Addendum.objects.all().delete()
        expect_damage(grown, "words")

    def test_another_key(self, grown):
        grown.signer = make_signer(ORIGIN)
        expect_damage(grown, "keys/log.key")

    @pytest.mark.parametrize("change", [{"signatures": 9}, {"withdrawn": 9}, {"voided": {"2": 9}}, {"roll": 9}])
    def test_numbers_are_only_kept_and_come_from_the_leaves(self, grown, change):
        before, files = published(TAGS[0]), needed(grown)
        Number.objects.update(**change)
        grown.open()
        assert published(TAGS[0]) == before
        Number.objects.all().delete()
        grown.open()
        assert published(TAGS[0]) == before
        assert needed(grown) == files


class TestForks:
    """Whoever has seen more of this log than we have, or other leaves, ends the start before anything is signed."""

    def test_a_restored_backup(self, grown):
        backup = grown.back_up()
        log = grown.open()
        grown.grow(20)
        log.publish()
        before = grown.files()
        grown.restore(backup)
        assert size() == SIZE
        with pytest.raises(LogForked) as refused:
            grown.open()
        told = str(refused.value)
        assert f"{grown.directory}/checkpoint has {SIZE + 20} leaves of this log, here are {SIZE} signed" in told
        assert "nothing is signed" in told.lower() and "successor" in told
        assert grown.files() == before

    def test_a_restored_backup_whose_public_files_are_gone_is_known_by_those_who_saw_it(self, grown):
        backup = grown.back_up()
        log = grown.open()
        grown.grow(20)
        log.publish()
        note = log.checkpoint
        grown.restore(backup)
        shutil.rmtree(grown.directory)
        for seen in (Seen("https://mirror.example.net", note, 0), Seen("witness.example.net/a", None, SIZE + 20)):
            with pytest.raises(LogForked, match=seen.where):
                grown.open(seen=[seen])
        assert not grown.directory.exists()

    def test_a_backup_that_lost_nothing_signed_is_no_fork(self, grown):
        backup = grown.back_up()
        note = grown.open().checkpoint
        grown.grow(5)
        grown.restore(backup)
        log = grown.open(seen=[Seen("https://mirror.example.net", note, SIZE), Seen("witness", None, SIZE)])
        grown.grow(9)
        assert log.publish()

    def test_older_checkpoints_of_ours_are_fine(self, grown):
        old = grown.open()
        seen = [Seen("mirror", old.checkpoint, SIZE), Seen("slow witness", None, 3), Seen("new witness", None, 0)]
        grown.grow(100)
        old.publish()
        assert grown.open(seen=seen).size == SIZE + 100

    @pytest.mark.parametrize("length", [0, 7, SIZE])
    def test_another_root_at_the_same_size_or_before(self, grown, length):
        forked = sign_checkpoint(Checkpoint(ORIGIN, length, digest("other", length)), grown.signer)
        with pytest.raises(LogForked, match=f"another log of {length} leaves"):
            grown.open(seen=[Seen("https://mirror.example.net", forked, length)])

    def test_the_local_checkpoint_counts_as_seen(self, grown):
        other = sign_checkpoint(Checkpoint(ORIGIN, SIZE, digest("other", 0)), grown.signer)
        (grown.directory / CHECKPOINT).write_bytes(other)
        with pytest.raises(LogForked, match="another log"):
            grown.open()
        assert (grown.directory / CHECKPOINT).read_bytes() == other

    def test_an_older_local_checkpoint_is_what_a_killed_clerk_left(self, grown):
        old = (grown.directory / CHECKPOINT).read_bytes()
        log = grown.open()
        grown.grow(5)
        log.publish()
        (grown.directory / CHECKPOINT).write_bytes(old)
        assert grown.open().size == SIZE + 5
        assert grown.shown().size == SIZE + 5

    @pytest.mark.parametrize("rubbish", [b"", b"\0" * 180, b"503 Service Unavailable\n\n\xe2\x80\x94 x\n"])
    def test_what_is_no_checkpoint_of_ours_says_nothing(self, grown, rubbish):
        stranger = make_signer(ORIGIN)
        foreign = sign_checkpoint(Checkpoint(ORIGIN, SIZE + 1, EMPTY_ROOT), stranger)
        (grown.directory / CHECKPOINT).write_bytes(rubbish)
        log = grown.open(seen=[Seen("mirror", rubbish, 0), Seen("mirror", foreign, SIZE + 1)])
        assert grown.shown().size == log.size == SIZE


def expect_damage(grown, words):
    before = grown.files()
    with pytest.raises(LogDamaged, match=words):
        grown.open()
    assert grown.files() == before


def needed(grown):
    """The public files without partial ones of older sizes."""
    edge = right_edge(Lock.objects.get().size)
    return {path: data for path, data in grown.files().items() if ".p/" not in path or path in edge}

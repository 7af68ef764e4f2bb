"""Tiles: paths as the specification writes them, growth in any steps, full tiles in place of partial ones."""

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standwith.ledger.errors import TileDamaged, TileMissing
from standwith.ledger.merkle import EMPTY_ROOT, leaf_hash, root_of
from standwith.ledger.tiles import Growth, Tree, entries_path, tile_path
from tests.ledger.examples import grow_to, leaves, reader, root_drawn

LARGE = 70_000


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (tile_path(0, 0), "tile/0/000"),
        (tile_path(1, 999), "tile/1/999"),
        (tile_path(0, 1000), "tile/0/x001/000"),
        (tile_path(0, 1234067), "tile/0/x001/x234/067"),
        (tile_path(0, 1067, 12), "tile/0/x001/067.p/12"),
        (tile_path(2, 5, 256), "tile/2/005"),
        (entries_path(1234067), "tile/entries/x001/x234/067"),
        (entries_path(3, 255), "tile/entries/003.p/255"),
    ],
)
def test_paths(path: str, expected: str) -> None:
    assert path == expected


def files_by_definition(size: int) -> dict[str, bytes]:
    """Every file that a tree of this size calls for, straight from the specification."""
    files: dict[str, bytes] = {}
    hashes = [leaf_hash(leaf) for leaf in leaves(size)]
    for level in range(8):
        for index in range(-(-len(hashes) // 256)):
            tile = hashes[index * 256 : (index + 1) * 256]
            files[tile_path(level, index, len(tile))] = b"".join(tile)
            if level == 0:
                bundle = leaves(size)[index * 256 : (index + 1) * 256]
                files[entries_path(index, len(tile))] = b"".join(len(each).to_bytes(2, "big") + each for each in bundle)
        hashes = [root_of(hashes[at : at + 256]) for at in range(0, len(hashes) // 256 * 256, 256)]
    return files


def test_growth_leaf_by_leaf_has_every_root_and_every_file() -> None:
    growth, files = Growth(), {}
    for size in range(601):
        assert (growth.size, growth.root()) == (size, root_drawn([leaf_hash(leaf) for leaf in leaves(600)[:size]]))
        if size % 50 == 0 or size in (255, 256, 257, 511, 512, 513):
            needed = files_by_definition(size)
            assert {path: files.get(path) for path in needed} == needed
        if size < 600:
            files |= growth.grow([leaves(600)[size]])


@given(st.lists(st.integers(0, 700), max_size=8))
def test_growth_in_any_steps_gives_what_the_size_calls_for(steps: list[int]) -> None:
    sizes = list(itertools.accumulate(steps, initial=0))
    files, roots = grow_to(sizes)
    growth = Growth.of(leaves(sizes[-1]))
    assert growth.root() == roots[sizes[-1]] == Tree(reader(files), sizes[-1]).root()
    needed = files_by_definition(sizes[-1])
    assert {path: files.get(path) for path in needed} == needed


def test_one_step_gives_no_file_that_the_size_does_not_call_for() -> None:
    for size in (1, 255, 256, 257, 600):
        assert Growth().grow(leaves(size)) == files_by_definition(size)


def test_a_step_gives_only_what_is_new() -> None:
    growth = Growth.of(leaves(300))
    assert set(growth.grow(leaves(310)[300:])) == {"tile/0/001.p/54", "tile/entries/001.p/54"}
    assert growth.grow([]) == {}
    assert set(growth.grow(leaves(512)[310:])) == {"tile/0/001", "tile/entries/001", "tile/1/000.p/2"}


def test_the_example_of_the_specification() -> None:
    files, roots = grow_to([LARGE])
    tiles = [path for path in files if not path.startswith("tile/entries/")]
    assert len([path for path in tiles if path.startswith("tile/0/") and ".p/" not in path]) == 273
    assert {path for path in tiles if ".p/" in path} == {"tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"}
    assert {path for path in tiles if path.startswith("tile/1/")} == {"tile/1/000", "tile/1/001.p/17"}
    assert Tree(reader(files), LARGE).root() == roots[LARGE] == root_of([leaf_hash(leaf) for leaf in leaves(LARGE)])


def test_a_copy_grows_by_itself() -> None:
    growth = Growth.of(leaves(300))
    before = growth.root()
    other = growth.copy()
    assert other.grow(leaves(600)[300:]) == growth.copy().grow(leaves(600)[300:])
    assert (growth.size, growth.root(), other.size) == (300, before, 600)
    assert other.root() == Growth.of(leaves(600)).root()


def test_an_empty_tree() -> None:
    assert Growth().root() == Growth.of([]).root() == Tree(reader({}), 0).root() == EMPTY_ROOT
    assert list(Tree(reader({}), 0).leaves()) == []


def test_leaves_are_read_bundle_by_bundle() -> None:
    files, _ = grow_to([600])
    read: list[str] = []
    tree = Tree(lambda path: read.append(path) or files[path], 600)  # type: ignore[func-returns-value]
    assert list(tree.leaves(500)) == leaves(600)[500:]
    assert read == ["tile/entries/001", "tile/entries/002.p/88"]
    assert list(tree.leaves()) == leaves(600)
    assert [tree.leaf(index) for index in (0, 255, 256, 599)] == [leaves(600)[index] for index in (0, 255, 256, 599)]
    assert list(tree.leaves(600)) == []


def test_full_tiles_stand_in_for_partial_ones_that_are_gone() -> None:
    files, roots = grow_to([300, 600, 70_000])
    for gone in ("tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/001.p/44"):
        del files[gone]
    tree = Tree(reader(files), 300)
    assert tree.root() == roots[300]
    assert list(tree.leaves(250)) == leaves(300)[250:]
    assert tree.inclusion(299) == Tree(reader(files_by_definition(300)), 300).inclusion(299)


def test_files_may_be_read_from_a_directory(tmp_path) -> None:
    files, roots = grow_to([300])
    for path, content in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    tree = Tree(lambda path: (tmp_path / path).read_bytes(), 300)
    assert tree.root() == roots[300]
    (tmp_path / "tile/0/001.p/44").unlink()
    with pytest.raises(TileMissing):
        Tree(lambda path: (tmp_path / path).read_bytes(), 300).root()


@pytest.mark.parametrize("change", [lambda data: data[:-1], lambda data: data + b"\0", lambda data: b""])
def test_files_of_the_wrong_length_are_refused(change) -> None:
    files, _ = grow_to([300])
    for path in files:
        tree = Tree(reader(files | {path: change(files[path])}), 300)
        with pytest.raises(TileDamaged):
            tree.root(), tree.inclusion(0), list(tree.leaves())


def test_a_bundle_with_a_leaf_missing_is_refused() -> None:
    files, _ = grow_to([300])
    short = files["tile/entries/001.p/44"][:-78]
    with pytest.raises(TileDamaged):
        Tree(reader(files | {"tile/entries/001.p/44": short}), 300).leaf(256)


def test_nobody_gets_a_proof_of_what_is_not_there() -> None:
    tree = Tree(reader(grow_to([5])[0]), 5)
    for ask, number in ((tree.inclusion, 5), (tree.inclusion, -1), (tree.consistency, 6), (tree.leaf, 5)):
        with pytest.raises(TileMissing):
            ask(number)


def test_leaves_of_any_length_up_to_what_two_bytes_can_say() -> None:
    chance = random.Random(1)
    odd = [chance.randbytes(chance.choice([0, 1, 76, 1000, 65_535])) for _ in range(20)]
    growth = Growth()
    files = growth.grow(odd)
    assert list(Tree(reader(files), 20).leaves()) == odd

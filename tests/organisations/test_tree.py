"""Who belongs to whom, circles and lost parents included."""

from standwith.organisations import Listing, Tree


def listing(name: str, parent: str = "") -> Listing:
    return Listing(id=name, name=name.upper(), scope="network", parent=parent)


WORLD, LAND, TOWN, OTHER = listing("world"), listing("land", "world"), listing("town", "land"), listing("other", "lost")
TREE = Tree([TOWN, LAND, WORLD, OTHER])


def test_children_and_all_above() -> None:
    assert TREE.children == {"world": (LAND,), "land": (TOWN,)}
    assert list(TREE.above(TOWN)) == [LAND, WORLD]
    assert (TREE.below("world"), TREE.below("land"), TREE.below("town")) == (2, 1, 0)
    assert TREE.parent_of(OTHER) is None


def test_kin_have_the_same_root() -> None:
    assert TREE.are_kin(TOWN, WORLD) and TREE.are_kin(LAND, TOWN)
    assert not TREE.are_kin(TOWN, OTHER)


def test_circles_are_cut_and_every_walk_ends() -> None:
    one, two, below = listing("one", "two"), listing("two", "one"), listing("below", "one")
    tree = Tree([one, two, below, listing("self", "self")])
    assert tree.in_circles == {"one", "two", "self"}
    assert list(tree.above(below)) == [one]
    assert tree.children == {"one": (below,)}


def test_a_long_chain_does_not_end_the_program() -> None:
    chain = Tree([listing(f"n{number}", f"n{number - 1}") for number in range(2000)])
    assert chain.below("n0") == 1999

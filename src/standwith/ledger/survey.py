"""The survey at the start: the whole log read once from its rows, and its public files held against them.

It works out what the rows lead to: the edge of the tree, the count, the roots at sizes that others have seen, and which
files are missing, torn or other than they should be. Invariant: it changes nothing, neither rows nor files.
A million leaves take a few seconds.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from standwith.ledger.addendum import addendum_path
from standwith.ledger.count import Counter
from standwith.ledger.errors import LogDamaged
from standwith.ledger.files import PARTIAL, LogFiles, State
from standwith.ledger.leaf import COMMITMENT, VERSION, Kind
from standwith.ledger.models import Addendum
from standwith.ledger.rows import read
from standwith.ledger.tiles import WIDTH, Growth, entries_path, tile_path

AT_ONCE = 1 << 14
_COUNTED = {Kind.SIGNATURE, Kind.WITHDRAWAL, Kind.VOID}
_NO_ADDENDUM = bytes(32)


@dataclass
class Survey:
    """What the first `growth.size` rows lead to."""

    growth: Growth = field(default_factory=Growth)
    counter: Counter = field(default_factory=Counter)
    roots: dict[int, bytes] = field(default_factory=dict)  # at the sizes that were asked for
    missing: list[str] = field(default_factory=list)  # paths of files to be written again
    other: list[str] = field(default_factory=list)  # paths of files that somebody changed


def take_survey(size: int, sizes: Collection[int], files: LogFiles) -> Survey:
    """Read the first `size` rows; `sizes` are those at which the root is wanted. Fewer rows than that: fewer roots."""
    found, last = Survey(), right_edge(size)
    stops = sorted({each for each in sizes if each <= size} | {0, size})
    for start, stop in pairwise(stops):
        found.roots[start] = found.growth.root()
        for leaves in leaves_between(start, stop):
            for path, data in _public_files(found.growth, leaves, last).items():
                _note(found, files.state(path, data), path)
            found.counter.fold(leaves)
    found.roots[found.growth.size] = found.growth.root()
    return found


def write_missing(size: int, missing: Collection[str], files: LogFiles) -> None:
    """Write these files again from the first `size` rows."""
    growth, last = Growth(), right_edge(size)
    for leaves in leaves_between(0, size):
        again = _public_files(growth, leaves, last)
        files.put({path: again[path] for path in again.keys() & missing})


def leaves_between(start: int, stop: int) -> Iterator[list[bytes]]:
    """The rows from index `start` up to and without `stop`, a few thousand at a time."""
    while start < stop and (leaves := read(start, min(AT_ONCE, stop - start))):
        yield leaves
        start += len(leaves)


def right_edge(size: int) -> set[str]:
    """The paths of the partial files that the tree of this size has."""
    edge, level, rest = set(), 0, size
    if size % WIDTH:
        edge.add(entries_path(size // WIDTH, size % WIDTH))
    while rest:
        if rest % WIDTH:
            edge.add(tile_path(level, rest // WIDTH, rest % WIDTH))
        level, rest = level + 1, rest // WIDTH
    return edge


def addenda_of(leaves: list[bytes]) -> dict[str, bytes]:
    """path -> content of what the statements among these leaves say at length; raises LogDamaged if it is not there."""
    digests = digests_of(leaves)
    bodies = find_addenda(digests)
    if lost := digests - bodies.keys():
        raise LogDamaged(
            f"{len(lost)} statements of the log have lost their words, which are kept in the tables. Nothing is "
            "signed: restore the newest backup of the tables."
        )
    return {addendum_path(digest): body for digest, body in bodies.items()}


def digests_of(leaves: Iterable[bytes]) -> set[bytes]:
    """The digests of what the statements among these leaves say at length."""
    return {leaf[COMMITMENT] for leaf in leaves if leaf[0] == VERSION and leaf[1] not in _COUNTED} - {_NO_ADDENDUM}


def find_addenda(digests: Collection[bytes]) -> dict[bytes, bytes]:
    """Those of these addenda that are in the tables, by digest."""
    some, found = sorted(digests), dict[bytes, bytes]()
    for start in range(0, len(some), 500):  # SQLite takes so many parameters in a statement, and a few more
        rows = Addendum.objects.filter(digest__in=some[start : start + 500]).values_list("digest", "body")
        found |= {bytes(digest): bytes(body) for digest, body in rows}
    return found


def _public_files(growth: Growth, leaves: list[bytes], last: Collection[str]) -> dict[str, bytes]:
    """Let the tree grow; the files that belong to the whole log, without the partial ones on the way there."""
    made = growth.grow(leaves)
    lasting = {path: data for path, data in made.items() if path in last or f"{PARTIAL}/" not in path}
    return lasting | addenda_of(leaves)


def _note(found: Survey, state: State, path: str) -> None:
    if state is State.MISSING:
        found.missing.append(path)
    elif state is State.OTHER:
        found.other.append(path)

"""The drill: a store is searched for marked people, every key in it is tried, everything sealed is opened if it can be.

    found = drill(store, tried)                      the disks of a machine that is switched off
    found = drill(store, tried, memory=…)            and what lay in its memory

It knows what is to be found, as whoever seizes a machine with a list of suspects does, and more: the spelling of the
marks, the names that go with the addresses, the program. `watched` are pieces of what was deleted, as they stood.
Invariant: it decides nothing about what may be found; the test does.
"""

from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple

import msgspec

from tests.drill.crowd import CLIENT, MARK, Person
from tests.drill.keys import Key, keys_in_lines, possible_keys
from tests.drill.opening import Opened, open_all
from tests.drill.search import KEY_HEADS, Search, Seen, chunks, key_lines
from tests.drill.store import Store
from tests.drill.trying import Confirmed, confirmed, fits, hash_values, tag_values
from tests.drill.wire import Process

WORDS = (MARK, CLIENT)
TRIES = 80_000
"""Tags that are made altogether with what only might be a key: of fewer people, the more there are to try."""
HASHED = 12
Part = tuple[Path, str, int, int]


class Found(NamedTuple):
    """What a drill found."""

    seen: Seen
    keys: Sequence[Key]  # that say so themselves
    possible: int  # others that were tried
    confirmed: Sequence[Confirmed]
    hashed: Collection[int]  # people found by a hash without a key
    watched: Mapping[bytes, Collection[str]]  # values found of those that were watched, and in which files
    opened: Sequence[Opened]


def drill(
    store: Store,
    tried: Sequence[Person],
    *,
    memory: Sequence[Key] = (),
    watched: Collection[bytes] = (),
    hands: int = 1,
) -> Found:
    """Do it. `memory`: keys from elsewhere than the store. `hands`: processes that search side by side."""
    possible = [key for key in possible_keys(store) if fits(key)]
    lines = [*keys_in_lines(_quick_look(store)), *memory]
    few = tried[: max(4, TRIES // (10 * max(1, len(possible))))]
    hashes = hash_values(tried[:HASHED])
    known = {*watched, *hashes, *tag_values(filter(fits, lines), tried)}
    seen = _search(store, known.union(tag_values(possible, few)), hands)
    late = [key for key in keys_in_lines(seen) if key.raw not in {line.raw for line in lines}]  # in layers
    works = [one.key for one in confirmed(possible, few, seen.values)] if seen.values.keys() - known else []
    more = {key.raw: key for key in [*filter(fits, late), *works]}
    if more:
        seen.add(Seen(values=_search(store, set(tag_values(more.values(), tried)), hands).values))
    keys = list({key.raw: key for key in [*more.values(), *late, *reversed(lines)]}.values())
    return Found(
        seen=seen,
        keys=keys,
        possible=len(possible),
        confirmed=confirmed(filter(fits, keys), tried, seen.values),
        hashed={hashes[value] for value in seen.values.keys() & hashes.keys()},
        watched={value: places for value, places in seen.values.items() if value in watched},
        opened=open_all(seen.contacts, store.boxes, store.records, [*keys, *possible]),
    )


def keys_in_memory(directory: Path, processes: Mapping[str, str]) -> list[Key]:
    """The keys in a directory in memory, and the lines of those that processes hold."""
    search = Search(())
    seen = search.files(Store({"memory": directory}).files())
    for name, line in processes.items():
        seen.add(search.look(line.encode(), f"process: {name}"))
    return keys_in_lines(seen)


def _quick_look(store: Store) -> Seen:
    """The key lines that stand in the open."""
    seen = Seen()
    for path, name in store.files():
        for start, end in chunks(path.stat().st_size):
            with path.open("rb") as file:
                file.seek(start)
                data = file.read(end - start)
            if any(head in data for head in KEY_HEADS):
                seen.keys.update((name, line) for line in key_lines(data))
    return seen


def _search(store: Store, values: Collection[bytes], hands: int) -> Seen:
    search = Search(WORDS, values)
    seen = search.look(store.names(), "names of files")
    parts = [(path, name, *part) for path, name in store.files() for part in chunks(path.stat().st_size)]
    if hands == 1:
        for part in parts:
            seen.add(search.part(*part))
        return seen
    waiting: SimpleQueue[Part | None] = SimpleQueue()
    for each in [*sorted(parts, key=lambda part: part[2] - part[3]), *[None] * hands]:  # the longest first
        waiting.put(each)
    with ThreadPoolExecutor(hands) as threads:
        for found in [threads.submit(_search_parts, waiting, values) for _ in range(hands)]:
            seen.add(found.result())
    return seen


def _search_parts(waiting: "SimpleQueue[Part | None]", values: Collection[bytes]) -> Seen:
    """Have a process of its own look through parts of files, as long as there are some."""
    seen, process = Seen(), Process("tests.drill.search")
    try:
        process.ask("prepare", WORDS, b"".join(values))
        while part := waiting.get():
            path, *rest = part
            seen.add(msgspec.convert(process.ask("part", str(path), *rest), Seen))
    finally:
        process.end()
    return seen

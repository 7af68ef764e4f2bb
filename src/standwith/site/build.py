"""Publishing: the pages that changed are made, packed and put in place; the ones that are no more go last.

Life of a page: planned (pages.py) - its digest compared with the state - rendered - compared with what lies there -
packed - written aside - renamed, its packed siblings first - named in the state. A page that lies there as it
was rendered has its siblings, therefore, and is left alone.
Invariant: a reader never sees half a file; a build that was killed is finished by the next one, and leaves the same
tree.
It decides nothing about campaigns, and leaves the ledger's files in `log/` to the ledger. One build at a time per
directory: the caller sees to that.
"""

import gc
import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct, field

from standwith.campaigns.directory import Directory
from standwith.campaigns.model import Campaign
from standwith.durable.files import remove_durably, write_together
from standwith.site.explaining import Keepers
from standwith.site.ledger import LedgerShown
from standwith.site.numbers import Numbers
from standwith.site.packing import forms, pack
from standwith.site.pages import Site
from standwith.site.planned import Page
from standwith.site.state import read_state, write_state

TOGETHER = 12  # pages renamed at once
FEW = 300  # pages that are made in one go without looking for memory to free
BUDGET = 14_000  # bytes of a page over the wire, style included
LEDGER = "log"  # the folder that the ledger writes to
HANDS = 4  # threads that pack and write; both release the interpreter, and the disk syncs several files in one go


class Put(Struct):
    """What was put in place so far: how many pages, and which of them are over the budget."""

    written: int = 0
    heavy: list[str] = field(default_factory=list)


class There(Struct):
    """What lies in the directory of a site, by path; what the ledger writes is its own.

    `left_aside` was by a killed build: .index.html.5f0c….tmp and the like.
    """

    files: set[str] = field(default_factory=set)
    left_aside: list[Path] = field(default_factory=list)

    def has(self, path: str) -> bool:
        """Whether the file and its packed siblings are there."""
        return all(path + suffix in self.files for suffix in forms(path))


class Report(Struct, frozen=True, kw_only=True):
    """How many pages were made, left as they were, and taken away; which of those made are over the budget."""

    written: int
    unchanged: int
    removed: int
    heavy: tuple[str, ...] = ()


def build(
    campaigns: Sequence[Campaign],
    out: Path,
    *,
    site_url: str,
    numbers: Mapping[str, Numbers],
    now: datetime,
    ledger: LedgerShown | None = None,
    keepers: Keepers = MappingProxyType({}),
    directory: Directory | None = None,
) -> Report:
    """Make `out` the site of these campaigns at `now` (aware, UTC); `site_url` has no path. Raises OSError.

    `ledger` is where the numbers can be checked, if they can; `keepers` the custodians of campaigns that name none;
    `directory` the organisations of which somebody keeps a list.
    """
    out.mkdir(parents=True, exist_ok=True)
    state = read_state(out)
    with _no_collection():
        site = Site(
            campaigns, site_url=site_url, numbers=numbers, now=now, ledger=ledger, keepers=keepers, directory=directory
        )
        pages, there = list(site.pages()), look_over(out)
    changed = [page for page in pages if state.get(page.path) != page.digest or not there.has(page.path)]
    gone = sorted(state.keys() - {page.path for page in pages})
    put = Put()
    if changed or gone:
        _announce(out, state, changed)
        pictures = [page for page in changed if len(forms(page.path)) == 1]
        with _no_collection() if len(changed) < FEW else nullcontext():
            _put_all(out, pictures, put)  # no page is there before its pictures
            _put_all(out, [page for page in changed if page not in pictures], put)
        _take_away(out, gone)
        write_state(out, {page.path: page.digest for page in pages})
    remove_durably(there.left_aside)
    unchanged = len(pages) - put.written
    return Report(written=put.written, unchanged=unchanged, removed=len(gone), heavy=tuple(put.heavy))


@contextmanager
def _no_collection() -> Iterator[None]:
    """Meanwhile memory is only freed by counting references: a record can be a million objects, none of them in a
    circle, and looking through all of them takes longer than to make a page."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def _announce(out: Path, state: Mapping[str, str], changed: Iterable[Page]) -> None:
    """Name every new path in the state before it exists, so that a killed build leaves nothing unknown."""
    new = {page.path: "" for page in changed if page.path not in state}
    if new:
        write_state(out, {**state, **new})


def _put_all(out: Path, pages: Sequence[Page], put: Put) -> None:
    """Make pages here and note them in `put`; packing and the wait for the disk go on beside it."""
    with ThreadPoolExecutor(HANDS) as hands:
        waiting: deque[Future[list[str]]] = deque()
        together = min(TOGETHER, 1 + len(pages) // (4 * HANDS))  # of a few, each is packed while the next is made
        for start in range(0, len(pages), together):
            made = {page.path: page.make() for page in pages[start : start + together]}
            new = {path: data for path, data in made.items() if not _lies_there(out, path, data)}
            put.written += len(new)
            waiting.append(hands.submit(_put, out, new))
            if len(waiting) > 2 * HANDS:
                put.heavy += waiting.popleft().result()
        for done in waiting:
            put.heavy += done.result()


def _put(out: Path, made: Mapping[str, bytes]) -> list[str]:
    files: dict[Path, bytes] = {}
    for path, data in made.items():
        place = out / path
        place.parent.mkdir(parents=True, exist_ok=True)
        packed = pack(data) if len(forms(path)) > 1 else {"": data}
        files |= {place.with_name(place.name + suffix): packed[suffix] for suffix in reversed(forms(path))}
    write_together(files)
    return [path for path in made if path.endswith(".html") and len(files[out / f"{path}.gz"]) > BUDGET]


def _lies_there(out: Path, path: str, data: bytes) -> bool:
    """Whether the file and its packed siblings are there, with this content."""
    there = all((out / (path + suffix)).exists() for suffix in forms(path))
    return there and (out / path).read_bytes() == data


def _take_away(out: Path, paths: Sequence[str]) -> None:
    ours = [path for path in paths if not path.startswith(f"{LEDGER}/")]
    files = [out / (path + suffix) for path in ours for suffix in forms(path)]
    remove_durably(file for file in files if file.parent.is_dir())
    for directory in sorted({file.parent for file in files}, reverse=True):
        _remove_empty(directory, out)


def _remove_empty(directory: Path, out: Path) -> None:
    while directory != out and directory.is_dir() and not any(directory.iterdir()):
        directory.rmdir()
        directory = directory.parent


def look_over(out: Path) -> There:
    """Look what lies there, once: a large site has tens of thousands of files."""
    there, folders = There(), [""]
    while folders:
        folder = folders.pop()
        for entry in os.scandir(f"{out}/{folder}"):
            name = folder + entry.name
            if entry.is_dir(follow_symlinks=False):
                folders += [f"{name}/"] if name != LEDGER else []
            elif entry.name.startswith(".") and entry.name.endswith(".tmp"):
                there.left_aside.append(Path(entry))
            else:
                there.files.add(name)
    return there

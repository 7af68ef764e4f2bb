"""Find every message of the interface in templates and code, and bring the catalogues up to date.

    python -m standwith.languages.extract

In templates: t("…"), tn("…", "…", n). In Python: _t("…"), voice.gettext("…"), voice.ngettext("…", "…", n). A comment
that begins with `Translators:` right above goes along as a note. Invariant: only literal texts count; the places named
are files, without line numbers, so that moving code changes no catalogue. English is the source: en.po lists
what there is to translate and stays empty. Standard: Babel's extractors.
"""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from babel.messages.extract import extract, extract_python
from jinja2.ext import babel_extract

from standwith.languages.catalogue import Catalogue
from standwith.languages.merge import Wanted, merge
from standwith.languages.messages import FOLDER, load_interface
from standwith.languages.tags import INTERFACE

PACKAGE = Path(__file__).parents[1]

_Reader = tuple[Callable[..., Any], Mapping[str, tuple[int, ...] | None], Mapping[str, str]]

_TEMPLATES: _Reader = (babel_extract, {"t": None, "tn": (1, 2)}, {"silent": "false"})
_PYTHON: _Reader = (extract_python, {"_t": None, "translatable": None, "gettext": None, "ngettext": (1, 2)}, {})
_READERS = {".html": _TEMPLATES, ".txt": _TEMPLATES, ".xml": _TEMPLATES, ".py": _PYTHON}


def extract_interface(root: Path = PACKAGE) -> tuple[Wanted, ...]:
    """All messages under `root`, each once, in the order of files and lines."""
    found: dict[str, Wanted] = {}
    for path in sorted(root.rglob("*")):
        if path.suffix in _READERS:
            for message in _read(path, path.relative_to(root).as_posix()):
                known = found.get(message.source)
                found[message.source] = _join(known, message) if known else message
    return tuple(found.values())


def update_interface(root: Path = PACKAGE, folder: Path = FOLDER) -> dict[str, Catalogue]:
    """Write interface/{code}.po for all interface languages; returns the catalogues as written."""
    wanted = extract_interface(root)
    folder.mkdir(exist_ok=True)
    updated = {code: merge(load_interface(code, folder), wanted) for code in INTERFACE}
    for code, catalogue in updated.items():
        (folder / f"{code}.po").write_bytes(catalogue.dump())
    return updated


def _read(path: Path, where: str) -> Iterator[Wanted]:
    method, keywords, options = _READERS[path.suffix]
    with path.open("rb") as file:
        hits = list(extract(method, file, keywords, ("Translators:",), options, strip_comment_tags=True))
    for _, message, comments, _ in hits:
        source, plural = (message, "") if isinstance(message, str) else message[:2]
        notes = (" ".join(comments),) if comments else ()
        yield Wanted(source=source, plural=plural, notes=notes, where=(where,))


def _join(one: Wanted, other: Wanted) -> Wanted:
    """One message found in two places."""
    return Wanted(
        source=one.source,
        plural=one.plural or other.plural,
        notes=tuple(dict.fromkeys(one.notes + other.notes)),
        where=tuple(dict.fromkeys(one.where + other.where)),
    )


def main(arguments: Sequence[str]) -> None:
    """Update the catalogues and say per language what is left to do."""
    if arguments:
        raise SystemExit("usage: python -m standwith.languages.extract")
    for code, catalogue in update_interface().items():
        live = list(catalogue.live())
        missing = sum(not entry.translated for entry in live)
        stale = sum(entry.fuzzy for entry in live)
        print(f"{code}: {len(live)} messages, {missing} missing, {stale} stale")


if __name__ == "__main__":
    main(sys.argv[1:])

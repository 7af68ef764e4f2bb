"""The interface's own catalogues, which travel with the package: interface/{code}.po, English the source of all.

Invariant: a file is read at most once and only when its language is spoken; a translation that is stale or has lost a
placeholder counts as none, for a message that says something else than the English is worse than English. Does
not fill placeholders.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from standwith.languages.catalogue import Catalogue
from standwith.languages.proofread import proofread
from standwith.languages.tags import SOURCE, spoken_as

FOLDER = Path(__file__).parent / "interface"


def load_interface(code: str, folder: Path = FOLDER) -> Catalogue:
    """The interface's catalogue of one language, empty if nobody has begun it."""
    path = folder / f"{code}.po"
    return Catalogue.load(path.read_bytes(), code) if path.exists() else Catalogue(language=code)


@cache
def messages(code: str) -> Mapping[str, tuple[str, ...]]:
    """The good translations of one interface language: English text (or singular) to its form or forms."""
    entries = (entry for entry in load_interface(code).live() if not proofread(entry, code))
    return MappingProxyType({entry.source: entry.forms or (entry.target,) for entry in entries})


@cache
def untranslated(code: str) -> tuple[str, ...]:
    """The interface's messages that a reader of this language would see in English; all of them if nobody speaks it."""
    spoken = spoken_as(code)
    if spoken == SOURCE:
        return ()
    known = messages(spoken) if spoken else {}
    return tuple(entry.source for entry in load_interface(SOURCE).live() if entry.source not in known)

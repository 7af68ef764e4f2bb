"""Where the name of somebody still stands in the texts of a folder, for a person to look at and rewrite.

A name is found in full, whatever its capitals and the spaces between its parts, and by each of its parts, whatever the
ending that a language gives them: “Amina Example”, “Aminy”, “EXAMPLE”. A part alone may well be somebody else, so those
places are only possible ones. Invariant: every file is either searched or named as not searched. Changes nothing.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping

from msgspec import Struct

from standwith.manuscript.finding import Lines

VOWELS = "aeiouyаеёиоуыэюяієїაეიოუäöüąęáéíóúãõàèìòù"
PICTURES = (".jpg", ".jpeg", ".png", ".webp")


class Trace(Struct, frozen=True, kw_only=True, order=True):
    """A place, as in a finding; `sure` where the whole name or the id stands there, not only a part of the name."""

    file: str
    line: int
    column: int
    sure: bool


def find_traces(files: Mapping[str, bytes], names: Collection[str], identifier: str) -> tuple[Trace, ...]:
    """Every place where one of the names stands, in full or in part, or the id."""
    sure, possible = _whole(names, identifier), _parts(names)
    found: list[Trace] = []
    for file, data in files.items():
        if (text := _text(data)) is not None:
            found += _search(Lines(text, file), text, sure, possible)
    return tuple(sorted(found))


def unsearched(files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Files that hold no plain text, such as a kept PDF; pictures left out."""
    rest = (file for file in files if not file.lower().endswith(PICTURES))
    return tuple(sorted(file for file in rest if _text(files[file]) is None))


def _text(data: bytes) -> str | None:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else unicodedata.normalize("NFC", text.replace("\r\n", "\n"))


def _search(lines: Lines, text: str, sure: re.Pattern[str] | None, possible: re.Pattern[str] | None) -> Iterator[Trace]:
    spans = []
    for match in sure.finditer(text) if sure else ():
        spans.append(match.span())
        yield _trace(lines, match.start(), sure=True)
    for match in possible.finditer(text) if possible else ():
        if not any(start <= match.start() < end for start, end in spans):
            yield _trace(lines, match.start(), sure=False)


def _trace(lines: Lines, offset: int, *, sure: bool) -> Trace:
    place = lines.place(offset)
    return Trace(file=place.file, line=place.line, column=place.column, sure=sure)


def _whole(names: Collection[str], identifier: str) -> re.Pattern[str] | None:
    full = [r"(?<!\w)" + r"[\s\u00a0]+".join(map(re.escape, name.split())) for name in names if name.strip()]
    full += [rf"(?<![\w-]){re.escape(identifier)}(?![\w-])"] if identifier else []
    return re.compile("|".join(sorted(full, key=len, reverse=True)), re.IGNORECASE) if full else None


def _parts(names: Collection[str]) -> re.Pattern[str] | None:
    """The beginnings of the parts of the names: initials and particles say nothing."""
    words = {word for name in names for word in re.findall(r"[^\W\d_]{3,}", name)}
    stems = {word[:-1] if len(word) > 3 and word[-1].lower() in VOWELS else word for word in words}
    found = (re.escape(stem) for stem in sorted(stems, key=lambda stem: (-len(stem), stem)))
    return re.compile(rf"(?<!\w)(?:{'|'.join(found)})\w{{0,4}}(?!\w)", re.IGNORECASE) if stems else None

"""TOML with the place of every key and value, which the standard library's parser does not tell.

The standard library parses (and so decides what is TOML); a small scanner then walks the same text and notes where
things stand. Invariant: for every value that `tomllib` finds there is a place under the same path, such as
("demand", 0, "text"). Does not judge values. Standard: TOML 1.0.
"""

import re
import tomllib
from collections.abc import Iterator
from typing import Any, NamedTuple

from standwith.manuscript.finding import Lines, Place, Report

Path = tuple[str | int, ...]

_AT_LINE = re.compile(r" \(at line (\d+), column (\d+)\)$")
_BLANK = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_COMMENT = re.compile(r"#[^\n]*")
_SPACE = re.compile(r"[ \t]*")
_KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*'""")
_STRING = re.compile(
    r'''"""(?:[^"\\]|\\[\s\S]|"{1,2}(?!"))*"{3,5}'''
    r"""|'''(?:[^']|'{1,2}(?!'))*'{3,5}"""
    r"""|"(?:[^"\\]|\\.)*"|'[^']*\'"""
)
_BARE = re.compile(r"[^,\]}\n#]*")


class Document(NamedTuple):
    """The data of a TOML file, and where keys, values, table headers and comments stand in it."""

    data: dict[str, Any]
    keys: dict[Path, Place]
    values: dict[Path, Place]
    comments: tuple[Place, ...]
    end: Place


def read_toml(text: str, file: str, report: Report) -> Document | None:
    """Reads a TOML text with LF line ends; None where it is not TOML, which is reported."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        report.add("toml-syntax", *_explain(error, text, file))
        return None
    scanner = _Scanner(text, file)
    scanner.walk()
    return Document(data, scanner.keys, scanner.values, tuple(scanner.comments), scanner.lines.place(len(text)))


def _explain(error: tomllib.TOMLDecodeError, text: str, file: str) -> tuple[Place, str]:
    said = str(error)
    at = _AT_LINE.search(said)
    place = Place(file, int(at[1]), int(at[2])) if at else Lines(text, file).place(len(text.rstrip()))
    reason = said[: at.start()] if at else said.removesuffix(" (at end of document)")
    return place, f"This is not TOML: {reason[:1].lower()}{reason[1:]}."


class _Scanner:
    """Walks a text that is known to be TOML and notes places; never judges."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.lines = Lines(text, file)
        self.at = 0
        self.keys: dict[Path, Place] = {}
        self.values: dict[Path, Place] = {}
        self.comments: list[Place] = []
        self.counts: dict[Path, int] = {}

    def walk(self) -> None:
        """The whole document."""
        table: Path = ()
        self.skip_blank()
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self.header()
            else:
                self.pair(table)
            self.skip_blank()

    def here(self) -> Place:
        return self.lines.place(self.at)

    def skip_blank(self) -> None:
        """Past spaces, line ends and comments, which are noted."""
        stop = _BLANK.match(self.text, self.at).end()  # type: ignore[union-attr]  # may be empty, always matches
        for comment in _COMMENT.finditer(self.text, self.at, stop):
            self.comments.append(self.lines.place(comment.start()))
        self.at = stop

    def header(self) -> Path:
        """[a.b] or [[a.b]]; the path of the table that it opens."""
        place = self.here()
        listed = self.text.startswith("[[", self.at)
        self.at += 1 + listed
        *parents, last = self.dotted_key()
        self.at += 1 + listed
        path = (*self.resolve(parents), last)
        if listed:
            count = self.counts[path] = self.counts.get(path, 0) + 1
            self.keys.setdefault(path, place)
            path = (*path, count - 1)
        self.keys[path] = self.values[path] = place
        return path

    def resolve(self, parts: list[str]) -> Path:
        """The path of a table, through the last element of every list of tables on the way."""
        path: Path = ()
        for part in parts:
            path = (*path, part)
            if path in self.counts:
                path = (*path, self.counts[path] - 1)
        return path

    def dotted_key(self) -> list[str]:
        """a."b".c, with spaces around."""
        parts = []
        while True:
            self.skip_space()
            key = _KEY.match(self.text, self.at)
            assert key is not None, "tomllib accepted this key"
            self.at = key.end()
            parts.append(key[0] if key[0][0] not in "\"'" else tomllib.loads(f"x = {key[0]}")["x"])
            self.skip_space()
            if not self.text.startswith(".", self.at):
                return parts
            self.at += 1

    def skip_space(self) -> None:
        self.at = _SPACE.match(self.text, self.at).end()  # type: ignore[union-attr]  # may be empty, always matches

    def pair(self, table: Path) -> None:
        """key = value"""
        place = self.here()
        path = (*table, *self.dotted_key())
        for length in range(len(table) + 1, len(path) + 1):
            self.keys.setdefault(path[:length], place)
        self.at += 1
        self.skip_space()
        self.value(path)

    def value(self, path: Path) -> None:
        """A string, a list, an inline table, or anything else up to the next separator."""
        self.values[path] = self.here()
        string = _STRING.match(self.text, self.at)
        if string:
            self.at = string.end()
        elif self.text[self.at] == "[":
            for index in self.members("]"):
                self.value((*path, index))
        elif self.text[self.at] == "{":
            for _ in self.members("}"):
                self.pair(path)
        else:
            self.at = _BARE.match(self.text, self.at).end()  # type: ignore[union-attr]  # may be empty, always matches

    def members(self, close: str) -> Iterator[int]:
        """Stops at each member of a list or an inline table; the caller reads it."""
        self.at += 1
        index = 0
        self.skip_blank()
        while self.text[self.at] != close:
            yield index
            index += 1
            self.skip_blank()
            if self.text[self.at] == ",":
                self.at += 1
                self.skip_blank()
        self.at += 1

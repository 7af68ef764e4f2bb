"""The ZIP packages that office programmes write, and the XML in them, opened with limits.

Invariant: nothing is unpacked beyond the limits, whatever sizes the package claims; XML with a document type, and so
with entities, is refused; nothing outside of the package is ever opened. Standards: ZIP, XML 1.0.
"""

import io
import zipfile
import zlib
from xml.etree.ElementTree import Element, ParseError, TreeBuilder
from xml.parsers import expat

from standwith.documents.errors import DocumentRefused
from standwith.documents.limits import DEEPEST, MOST_MEMBERS, MOST_UNPACKED

_DAMAGED = "it is damaged; open it in its programme and save it again."


class Package:
    """One opened package."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, OSError):
            raise DocumentRefused(_DAMAGED) from None
        if len(self._zip.infolist()) > MOST_MEMBERS:
            raise DocumentRefused("it is packed of more parts than any letter is; save it again.")
        self.names = frozenset(self._zip.namelist())
        self._left = MOST_UNPACKED

    def read(self, name: str) -> bytes:
        """The bytes of a part, unpacked only as far as the limit goes."""
        try:
            if self._zip.getinfo(name).flag_bits & 1:
                raise DocumentRefused("it is locked with a password; save it without one.")
            with self._zip.open(name) as part:
                data = part.read(self._left + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            KeyError,
            NotImplementedError,
            OSError,
            EOFError,
            ValueError,
            RuntimeError,
        ):
            raise DocumentRefused(_DAMAGED) from None
        self._left -= len(data)
        if self._left < 0:
            raise DocumentRefused(f"it unpacks to more than {MOST_UNPACKED:,} bytes; save it without pictures.")
        return data

    def xml(self, name: str) -> Element | None:
        """The root of a part; None if there is no such part."""
        return parse_xml(self.read(name)) if name in self.names else None


def parse_xml(data: bytes) -> Element:
    """The root of a tree that holds no entities and is not too deep."""
    builder = TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    depth = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise DocumentRefused("its text lies deeper in itself than any letter's; save it again.")
        builder.start(_name(tag), {_name(name): value for name, value in attributes.items()})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_name(tag))

    def refuse(*_: object) -> None:
        raise DocumentRefused("it defines entities, which no office programme does; it is not opened.")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)
        return builder.close()
    except (expat.ExpatError, ParseError, AssertionError, ValueError, LookupError):
        raise DocumentRefused(_DAMAGED) from None


def _name(tag: str) -> str:
    return f"{{{tag}" if "}" in tag else tag


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def attribute(element: Element, name: str) -> str:
    """An attribute by its name without the namespace; "" if it has none."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")

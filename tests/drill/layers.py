"""What lies folded up inside a file: compressed streams, found by how they begin wherever they begin, and encoded text.

gzip, zlib, xz, bzip2 and the members of zip archives anywhere in the data; brotli, which has no beginning of its own,
where a file's name ends in .br; runs of base64 and of hexadecimal digits. `unreadable` names what this cannot look
into. Standards: RFC 1950, 1951, 1952, 7932, 8878; APPNOTE (zip).
"""

import base64
import bz2
import lzma
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import brotli

MOST = 64 << 20  # bytes out of one stream
LEAST, STEP = 8, 256
MAGIC = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]|\xfd7zXZ\0|BZh[1-9]1AY&SY|PK\x03\x04")
ENCODED = re.compile(rb"[A-Za-z0-9+/_-]{22,}")  # 16 bytes or more
HEX = re.compile(rb"(?:[0-9A-Fa-f]{2}){16,}")  # always inside a run of the former
CLOSED_BOOKS = {b"\x28\xb5\x2f\xfd": "zstd", b"\x04\x22\x4d\x18": "lz4", b"7z\xbc\xaf": "7z", b"Rar!": "rar"}


def unpack(data: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """Every compressed stream in the data: how it was compressed, and what was inside."""
    if name.endswith(".br"):
        with suppress(brotli.error):
            yield "brotli", brotli.decompress(data)
    view = memoryview(data)
    for found in MAGIC.finditer(data):
        how, make, skip = _kind(found[0])
        start = found.start() + (skip(data, found.start()) if skip else 0)
        inside = _inflate(make(), view[start:])
        if len(inside) >= LEAST:
            yield how, inside


def decode(unfolded: bytes) -> Iterator[tuple[str, bytes]]:
    """What long runs of base64 letters and of hexadecimal digits stand for, at the alignment of the run's start."""
    for found in ENCODED.finditer(unfolded):
        run = found[0]
        yield "base64", base64.b64decode(run.translate(_URL)[: len(run) // 4 * 4])
        for digits in HEX.findall(run):
            yield "hexadecimal", bytes.fromhex(digits.decode())


def unreadable(data: bytes) -> str:
    """The name of a way of packing that we cannot unpack; "" if it is none."""
    return next((name for magic, name in CLOSED_BOOKS.items() if data.startswith(magic)), "")


_URL = bytes.maketrans(b"-_", b"+/")


def _kind(magic: bytes) -> tuple[str, Callable[[], Any], Callable[[bytes, int], int] | None]:
    if magic.startswith(b"\x1f\x8b"):
        return "gzip", lambda: zlib.decompressobj(31), None
    if magic.startswith(b"\xfd7z"):
        return "xz", lzma.LZMADecompressor, None
    if magic.startswith(b"BZh"):
        return "bzip2", bz2.BZ2Decompressor, None
    if magic.startswith(b"PK"):
        return "zip", lambda: zlib.decompressobj(-15), _past_zip_header
    return "zlib", zlib.decompressobj, None


def _past_zip_header(data: bytes, start: int) -> int:
    name, extra = data[start + 26 : start + 28], data[start + 28 : start + 30]
    return 30 + int.from_bytes(name, "little") + int.from_bytes(extra, "little")


def _inflate(stream: Any, data: memoryview) -> bytes:
    """As much as can be had, up to where the stream ends or is damaged."""
    inside = bytearray()
    for start in range(0, len(data), STEP):
        try:
            inside += stream.decompress(data[start : start + STEP], MOST)
        except (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError):
            break
        if stream.eof or len(inside) > MOST:
            break
    return bytes(inside)

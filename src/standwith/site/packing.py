"""A file as it travels: as it is, as brotli and as gzip.

Invariant: the same bytes pack to the same bytes, whenever and wherever. Standards: RFC 7932, RFC 1952.
"""

import gzip

import brotli

BROTLI_QUALITY = 9
GZIP_LEVEL = 9


def pack(data: bytes) -> dict[str, bytes]:
    """Return the bytes to write under the file's name plus each suffix: "", ".br" and ".gz"."""
    packed = brotli.compress(data, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY)
    return {"": data, ".br": packed, ".gz": gzip.compress(data, GZIP_LEVEL, mtime=0)}


SUFFIXES = ("", ".br", ".gz")

"""A file as it travels: without what HTML does not need, as it is, as brotli and as gzip; pictures only as they are.

Invariant: the same bytes pack to the same bytes, whenever and wherever; a tightened page is the same document.
Standards: HTML (optional tags, unquoted attribute values), RFC 7932 (brotli), RFC 1951 and 1952 (gzip).
"""

import re
import zlib

import brotli

SUFFIXES = ("", ".br", ".gz")
PICTURES = (".jpg", ".png", ".webp")  # packed already
BROTLI_QUALITY = 7  # 9 saves 0.2 % more and takes five times as long
GZIP_LEVEL, GZIP_MEMORY, GZIP_CONTAINER = 9, 9, 31
LARGE = 1 << 18  # from here on files are tables, for which the last tenth of the effort saves 3 % and takes most time
BROTLI_OF_LARGE, GZIP_OF_LARGE = 5, 6

# Where a page changes its nature: style, text, a list of names. A new Huffman table there saves 3 % of the gzip.
SEAMS = (b"<style>", b"</style>", b'<option value="">', b"</select>", b"<section id=organisations", b"<script type")

_OPTIONAL = re.compile(r"</(?:li|dt|dd|option)>")
_QUOTED = re.compile(r'="([^\s"\'=<>`]+)"(?!/)')
_SCRIPT = re.compile(r"(<script\b[^>]*>(?!</script>).*?</script>)", re.S)
_BETWEEN = re.compile(r">\n<(?=/?(?:li|ul|ol|dl|dt|dd|div|section|p|h[1-6]|link|meta|option|header|footer|main|nav)\b)")


def tighten(html: str) -> str:
    """Return the same document without end tags that are optional, quotes and line ends that mean nothing.

    Text holds no raw quotation mark (templates escape it), so a quoted value is always an attribute's; scripts stay as
    they are.
    """
    parts = _SCRIPT.split(html)
    return "".join(part if number % 2 else _tighten(part) for number, part in enumerate(parts))


def _tighten(html: str) -> str:
    return _BETWEEN.sub("><", _QUOTED.sub(r"=\1", _OPTIONAL.sub("", html)))


def forms(path: str) -> tuple[str, ...]:
    """Return the suffixes of the forms that the file at `path` lies in: "", ".br" and ".gz", or "" alone."""
    return ("",) if path.endswith(PICTURES) else SUFFIXES


def pack(data: bytes) -> dict[str, bytes]:
    """Return the bytes to write under the file's name plus each suffix: "", ".br" and ".gz"."""
    quality = BROTLI_OF_LARGE if len(data) >= LARGE else BROTLI_QUALITY
    packed = brotli.compress(data, mode=brotli.MODE_TEXT, quality=quality)
    return {"": data, ".br": packed, ".gz": gzip(data)}


def gzip(data: bytes) -> bytes:
    """Return gzip without a time stamp, with a block of its own for each part between `SEAMS`."""
    level = GZIP_OF_LARGE if len(data) >= LARGE else GZIP_LEVEL
    squeezer = zlib.compressobj(level, zlib.DEFLATED, GZIP_CONTAINER, GZIP_MEMORY)
    cuts = sorted(at for at in (data.find(seam) for seam in SEAMS) if at > 0)
    parts = [data[start:end] for start, end in zip([0, *cuts], [*cuts, len(data)], strict=True)]
    packed = [squeezer.compress(part) + squeezer.flush(zlib.Z_BLOCK) for part in parts[:-1]]
    return b"".join([*packed, squeezer.compress(parts[-1]), squeezer.flush()])

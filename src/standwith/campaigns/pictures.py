"""What a picture's first bytes say of it: its kind and its size.

Invariant: never raises; what is not a whole header of a JPEG, PNG or WebP picture is None. It decodes no picture.
Standards: JPEG (ISO 10918-1, B.2.2), PNG (W3C, IHDR), WebP (RFC 9649).
"""

from msgspec import Struct

FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""JPEG markers of a frame; those in between define tables."""
ALONE = frozenset(range(0xD0, 0xD9)) | {0x01}
"""JPEG markers without a length."""


class Picture(Struct, frozen=True):
    """`kind` is "jpeg", "png" or "webp"; width and height in pixels, above 0."""

    kind: str
    width: int
    height: int


def read_picture(data: bytes) -> Picture | None:
    """Return kind and size of the picture, or None if its header says neither."""
    for kind, start, measure in (
        ("jpeg", b"\xff\xd8\xff", _measure_jpeg),
        ("png", b"\x89PNG\r\n\x1a\n", _measure_png),
        ("webp", b"RIFF", _measure_webp),
    ):
        if data.startswith(start):
            width, height = measure(data)
            return Picture(kind, width, height) if width and height else None
    return None


def _measure_png(data: bytes) -> tuple[int, int]:
    if data[12:16] != b"IHDR" or len(data) < 24:
        return 0, 0
    return int.from_bytes(data[16:20]), int.from_bytes(data[20:24])


def _measure_jpeg(data: bytes) -> tuple[int, int]:
    """Walk from segment to segment until one opens a frame."""
    place = 2
    while place + 9 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker in FRAMES:
            return int.from_bytes(data[place + 7 : place + 9]), int.from_bytes(data[place + 5 : place + 7])
        if marker == 0xFF:  # filling
            place += 1
        elif marker in ALONE:
            place += 2
        else:
            place += 2 + max(2, int.from_bytes(data[place + 2 : place + 4]))
    return 0, 0


def _measure_webp(data: bytes) -> tuple[int, int]:
    chunk = data[12:16]
    if data[8:12] != b"WEBP" or len(data) < 30:
        return 0, 0
    if chunk == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if chunk == b"VP8L" and data[20] == 0x2F:
        bits = int.from_bytes(data[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if chunk == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        return int.from_bytes(data[26:28], "little") & 0x3FFF, int.from_bytes(data[28:30], "little") & 0x3FFF
    return 0, 0

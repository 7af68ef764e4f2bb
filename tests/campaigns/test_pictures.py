"""Headers of pictures: the size is found in every kind that may be shown; nothing damaged is believed or crashes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standwith.campaigns.pictures import Picture, read_picture

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x02\x80\0\0\x01\xe0\x08\x02\0\0\0"
FRAME = b"\xff\xc0\0\x11\x08\x01\xe0\x02\x80\x03\x01\x22\0"
JFIF = b"\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0"
TABLE = b"\xff\xc4\0\x05\0\0\0"  # its marker lies among those of frames
JPEG = b"\xff\xd8" + JFIF + TABLE + b"\xff" + FRAME
LOSSY = b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\x10\0\0\x9d\x01\x2a\x80\x02\xe0\x01"
LOSSLESS = b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f" + (639 | 479 << 14).to_bytes(4, "little") + bytes(8)
EXTENDED = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x7f\x02\0\xdf\x01\0"
KINDS = {"png": [PNG], "jpeg": [JPEG], "webp": [LOSSY, LOSSLESS, EXTENDED]}


@pytest.mark.parametrize(("kind", "data"), [(kind, data) for kind, ones in KINDS.items() for data in ones])
def test_kind_and_size_are_read(kind: str, data: bytes) -> None:
    assert read_picture(data) == Picture(kind, 640, 480)


@pytest.mark.parametrize(
    "data",
    [b"", b"GIF89a\x80\x02\xe0\x01", b"<svg/>", PNG[:20], JPEG[:20], LOSSY[:28], PNG.replace(b"\x02\x80", b"\0\0")],
)
def test_what_is_no_picture_or_no_whole_header_has_no_size(data: bytes) -> None:
    assert read_picture(data) is None


@given(st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBPVP8X", b""]), st.binary(max_size=200))
def test_no_bytes_make_it_fail(start: bytes, rest: bytes) -> None:
    picture = read_picture(start + rest)
    assert picture is None or (picture.width > 0 and picture.height > 0)

"""Pictures: each is there and listed, of a kind that every browser shows, and carries no hidden data.

Looks at the header and the chunks of a file; decodes no picture. Pictures without a readable size are refused, since a
page leaves the room for them before they arrive.
"""

from pathlib import PurePosixPath

from standwith.campaigns.draft import Draft
from standwith.campaigns.pictures import read_picture
from standwith.manuscript import Place

MOST_BYTES = 300_000
SUFFIXES = {".jpg": "jpeg", ".jpeg": "jpeg", ".png": "png", ".webp": "webp"}
_METADATA = {
    "jpeg": (b"Exif\0\0", b"http://ns.adobe.com/xap/", b"Photoshop 3.0\0"),
    "png": (b"eXIf", b"XML:com.adobe.xmp", b"Raw profile type exif"),
    "webp": (b"EXIF", b"XMP "),
}


def check_media(draft: Draft) -> None:
    """Every picture of [[media]] is in media/, and the other way round."""
    listed = {f"media/{entry.value.file}" for entry in draft.media}
    for entry in draft.media:
        name = f"media/{entry.value.file}"
        if entry.sound("file") and name not in draft.files and entry.value.file:
            draft.report.add("media-missing", entry.at("file"), f"There is no {name}.")
    for name in draft.files:
        beside = name.rpartition("/")[0] == "media"
        if beside and name not in listed and draft.head:
            draft.report.add("media-unlisted", Place(name, 1, 1), f"No [[media]] table speaks of {name}.")
        if beside or name in listed:
            _check_picture(draft, name, draft.files[name])


def _check_picture(draft: Draft, name: str, data: bytes) -> None:
    place = Place(name, 1, 1)
    picture, kind = read_picture(data), SUFFIXES.get(PurePosixPath(name).suffix.lower())
    if picture is None or picture.kind != kind:
        draft.report.add("media-type", place, f"{name} is not a JPEG, PNG or WebP picture.")
        return
    if any(mark in data for mark in _METADATA[picture.kind]):
        draft.report.add("media-metadata", place, f"{name} carries hidden data from a camera or an editor.")
    if len(data) > MOST_BYTES:
        what = f"{name} has {len(data) // 1000} kB; {MOST_BYTES // 1000} are the most."
        draft.report.add("media-too-large", place, what)

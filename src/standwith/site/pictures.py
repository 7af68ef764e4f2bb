"""The pictures of a campaign as the site publishes them: where each lies and how large it is.

    /stand-with-belarus/0f4c2a9b71d3.jpg

Invariant: the name is made of the bytes, so nothing that a file was called comes into an address, another picture has
another address, and one picture lies there once for all languages. It decodes and changes no picture.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from standwith.campaigns.model import Campaign, Media
from standwith.campaigns.pictures import read_picture

ENDINGS = {"jpeg": "jpg", "png": "png", "webp": "webp"}


@dataclass(frozen=True)
class Hung:
    """A picture in its place: `path` under the site's root, width and height in pixels."""

    path: str
    width: int
    height: int
    media: Media


def hang_pictures(campaign: Campaign) -> Iterator[Hung]:
    """Each picture of the campaign in its order; what is no picture is left out (`standwith check` refuses it)."""
    for media in campaign.media:
        picture = read_picture(media.data)
        if picture:
            name = f"{sha256(media.data).hexdigest()[:12]}.{ENDINGS[picture.kind]}"
            yield Hung(f"{campaign.id}/{name}", picture.width, picture.height, media)

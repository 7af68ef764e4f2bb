"""The pictures of a campaign as the site publishes them: where each lies and how large it is.

    /stand-with-belarus/0f4c2a9b71d3.jpg

Invariant: the name is made of the bytes, so nothing that a file was called comes into an address, another picture has
another address, and one picture lies there once for all languages. A photograph of somebody who may not be shown with
it is not published under any name. It decodes and changes no picture.
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from hashlib import sha256

from standwith.campaigns.model import Campaign, Media
from standwith.campaigns.pictures import read_picture
from standwith.campaigns.recall import recall
from standwith.people import may_show_photo

ENDINGS = {"jpeg": "jpg", "png": "png", "webp": "webp"}


@dataclass(frozen=True)
class Hung:
    """A picture in its place: `path` under the site's root, width and height in pixels; is it of one of the people?"""

    path: str
    width: int
    height: int
    media: Media
    portrait: bool = False


def hang_pictures(campaign: Campaign) -> Iterator[Hung]:
    """Each picture of the campaign that may be shown, in its order.

    What is no picture is left out (`standwith check` refuses it).
    """
    return iter(_hang(campaign))


@recall
def portraits(campaign: Campaign) -> Mapping[str, Hung]:
    """The photographs of people that may be shown, by the name of their file."""
    return {hung.media.file: hung for hung in hang_pictures(campaign) if hung.portrait}


@recall
def _hang(campaign: Campaign) -> tuple[Hung, ...]:
    """Of a photograph that several people share, all of them decide; and it is the same under another file's name."""
    posed = [person for person in campaign.people if person.photo]
    refused = {person.photo for person in posed if not may_show_photo(person)}
    withheld = {media.data for media in campaign.media if media.file in refused}
    named = {person.photo for person in posed}
    hung = (_hang_one(campaign.id, media, named) for media in campaign.media if media.data not in withheld)
    return tuple(one for one in hung if one)


def _hang_one(campaign: str, media: Media, of_people: Set[str]) -> Hung | None:
    picture = read_picture(media.data)
    if not picture:
        return None
    name = f"{sha256(media.data).hexdigest()[:12]}.{ENDINGS[picture.kind]}"
    return Hung(f"{campaign}/{name}", picture.width, picture.height, media, media.file in of_people)

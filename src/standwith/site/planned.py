"""Pages before they are made: a file of the site, and a page of a campaign in one language.

Invariant: whoever plans a page names everything that can change its bytes; making it reads no clock and writes nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Page:
    """One file: its path under the site's root, the digest of what it is made from, and the making."""

    path: str
    digest: str
    make: Callable[[], bytes]


@dataclass(frozen=True)
class Sheet:
    """A page of an edition, to be framed: `place` is its directory under that of the edition, such as "people/amina/".

    `made_from` (anything that MessagePack can carry) is what it shows beyond the frame. `tell` gives what the template
    is told beside the frame and `c`, the view of the campaign: `title` at least. One that is `listed` stands in the
    sitemap. Every language of the campaign has the same places.
    """

    place: str
    template: str
    made_from: object
    tell: Callable[[], dict[str, Any]]
    listed: bool = False

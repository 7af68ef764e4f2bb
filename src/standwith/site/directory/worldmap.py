"""The world as inline SVG: countries that are marked are hatched and outlined, small ones get a dot to be seen at all.

The outlines are Natural Earth's (public domain), simplified, in the Equal Earth projection, which keeps areas true;
docs/directory.md says how world.json was made. Which ground belongs to which country follows ISO 3166.
Invariant: nothing depends on colour alone; every country that can be marked has an outline or a point.
"""

import json
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup

WORLD = Path(__file__).with_name("world.json")


class World(NamedTuple):
    """Outlines as SVG paths by country, and the points of countries too small for theirs."""

    width: int
    height: int
    outlines: dict[str, str]
    points: dict[str, tuple[int, int]]


@cache
def world() -> World:
    """The map without marks."""
    return World(**json.loads(WORLD.read_text("utf-8")))


def draw(marked: Collection[str]) -> Markup:
    """Return what stands inside the `svg`: the ground, the marked countries, dots for small ones among them."""
    known = world()
    ground = "".join(path for code, path in known.outlines.items() if code not in marked)
    hatched = "".join(path for code, path in known.outlines.items() if code in marked)
    dots = "".join(f"M{x} {y}h0" for code, (x, y) in known.points.items() if code in marked)
    return Markup(  # noqa: S704 made of our own numbers
        '<pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<path d="M0 0v5"/></pattern>'
        f'<path class="ground" d="{ground}"/><path class="hatched" fill="url(#hatch)" d="{hatched}"/>'
        + "".join(f'<path class="{name}" vector-effect="non-scaling-stroke" d="{dots}"/>' for name in ("halo", "dots"))
    )

"""The map: every country can be marked, small ones are seen, and marks are more than a colour."""

import re

from standwith.languages import COUNTRIES
from standwith.site.directory.worldmap import draw, world
from standwith.site.packing import gzip


def test_every_country_but_the_antarctic_has_an_outline_or_a_point() -> None:
    known = world()
    assert {*known.outlines, *known.points} == COUNTRIES - {"AQ"}


def test_outlines_are_closed_and_points_lie_on_the_map() -> None:
    known = world()
    ring = r"M\d+ \d+l(?:-?\d+(?: |(?=-))-?\d+(?: |(?=[-z])))+z"
    assert [code for code, path in known.outlines.items() if not re.fullmatch(rf"(?:{ring})+", path)] == []
    assert all(0 <= x <= known.width and 0 <= y <= known.height for x, y in known.points.values())


def path_of(name: str, drawn: str) -> str:
    """The path of this class."""
    return drawn.partition(f'class="{name}"')[2].partition(' d="')[2].partition('"')[0]


def test_small_countries_are_dots() -> None:
    assert {"MQ", "MT", "PS", "HK", "SV", "HT", "RE", "SG"} <= set(world().points)
    assert not {"FR", "BY", "IT", "BR"} & set(world().points)


def test_what_is_marked_is_hatched_and_the_rest_is_ground() -> None:
    known, drawn = world(), draw({"BY", "MQ"})
    ground, hatched, halo, dots = (path_of(name, drawn) for name in ("ground", "hatched", "halo", "dots"))
    assert hatched == known.outlines["BY"] and known.outlines["BY"] not in ground
    x, y = known.points["MQ"]
    assert dots == halo == f"M{x} {y}h0"
    assert "<pattern" in drawn


def test_the_outlines_are_light() -> None:
    assert len(gzip(draw(set()).encode())) < 6_000

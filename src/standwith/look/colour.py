"""One accent colour per campaign, made readable on paper and on ink.

Holds the arithmetic of contrast. Invariant: what `readable` returns has at least the asked contrast on its ground.
It knows no page. Standard: WCAG 2.2, "relative luminance" and "contrast ratio".
"""

import colorsys
import re

HEX = re.compile(r"#[0-9a-fA-F]{6}\Z")
Colour = tuple[int, int, int]


class ColourRefused(ValueError):
    """Not a colour in the form #rrggbb. Not worth a retry."""


def parse(text: str) -> Colour:
    """Return (red, green, blue), 0 to 255 each, of `#rrggbb`."""
    if not HEX.match(text):
        raise ColourRefused(f"A colour is written #rrggbb, such as #a81f1f; this is {text!r}.")
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def write(colour: Colour) -> str:
    """Return `#rrggbb`."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


def luminance(colour: Colour) -> float:
    """Return the relative luminance, 0 (black) to 1 (white)."""
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((luminance(parse(one)), luminance(parse(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable(colour: str, ground: str, ratio: float) -> str:
    """Return `colour`, made lighter or darker in its own hue only as far as it takes to reach `ratio` on `ground`."""
    hue, start, strength = colorsys.rgb_to_hls(*(part / 255 for part in parse(colour)))
    towards = 1.0 if luminance(parse(ground)) < 0.18 else 0.0
    for step in range(101):
        lightness = start + (towards - start) * step / 100
        red, green, blue = (round(part * 255) for part in colorsys.hls_to_rgb(hue, lightness, strength))
        if contrast(moved := write((red, green, blue)), ground) >= ratio:
            return moved
    return "#ffffff" if towards else "#000000"


def ink_on(colour: str) -> str:
    """Return white or black, whichever reads better on `colour`."""
    return max("#ffffff", "#000000", key=lambda ink: contrast(ink, colour))

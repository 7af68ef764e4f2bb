"""The fonts that a dossier is set in: the Noto family, which has letters for all our languages, under the OFL.

Invariant: only fonts of that family are used, whatever else is installed, and never one of the typesetter's own, so a
dossier looks the same wherever it is made. All six must be there, or nothing is printed.
"""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import typst

from standwith.dossier.errors import FontsMissing

NEEDED = (
    "Noto Serif",
    "Noto Sans",
    "Noto Naskh Arabic",
    "Noto Sans Arabic",
    "Noto Serif Georgian",
    "Noto Sans Georgian",
)
PACKAGE = "fonts-noto-core"
PLACES = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path(os.path.expanduser("~/.local/share/fonts")),  # stays as it is where nobody is at home
)
WEIGHTS = {400, 700}


@cache
def find_fonts(places: tuple[Path, ...] = PLACES) -> typst.Fonts:
    """Return the fonts; raise FontsMissing with the package that brings them."""
    directories = sorted({str(directory) for place in places for directory in _with_noto(place)})
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=directories)
    found = {(font.family, font.weight) for font in fonts.fonts()}
    missing = [family for family in NEEDED if not all((family, weight) in found for weight in WEIGHTS)]
    if missing:
        raise FontsMissing(
            f"A dossier is set in fonts that are not installed here: {', '.join(missing)}. "
            f"On Debian and Ubuntu they come with: apt-get install {PACKAGE}"
        )
    return fonts


def _with_noto(place: Path) -> Iterator[Path]:
    for directory, _, files in os.walk(place):
        if any(name.startswith("Noto") for name in files):
            yield Path(directory)

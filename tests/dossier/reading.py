"""Reads a PDF back with poppler, as a ministry's own programs would: its text, and what it says of itself."""

import re
import subprocess
import unicodedata
from datetime import date

from standwith.campaigns.model import Campaign
from standwith.dossier import compose, press
from standwith.languages import voice

DAY = date(2026, 11, 22)
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")


def printed(campaign: Campaign, code: str = "en", paper: str = "a4") -> bytes:
    """The campaign's dossier in one language."""
    return press(compose(campaign, voice(code), DAY), paper)


def text_of(pdf: bytes, order: str = "-q") -> str:
    """All its text, without what is only there for the layout; with `-layout` in the order of lines."""
    return plain(_run(["pdftotext", order, "-", "-"], pdf))


def plain(text: str) -> str:
    """The text with one space for any room, without marks of direction and hyphens at line ends."""
    text = re.sub(r"(?<=\w)-\n", "", unicodedata.normalize("NFKC", text))
    return " ".join(_UNSEEN.sub("", text).split())


def squeezed(text: str) -> str:
    """The letters alone: lines may be broken anywhere."""
    return re.sub(r"[\s\-\u2010]+", "", plain(text))


def info_of(pdf: bytes) -> dict[str, str]:
    """What the file says of itself."""
    lines = _run(["pdfinfo", "-"], pdf).splitlines()
    return {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in lines)}


def fonts_of(pdf: bytes) -> list[str]:
    """The names of its fonts, each with yes or no for embedded."""
    return _run(["pdffonts", "-"], pdf).splitlines()[2:]


def _run(command: list[str], pdf: bytes) -> str:
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()

"""Sets a dossier and returns the PDF: PDF/A-2a for archives and PDF/UA-1 for those who have it read to them.

Invariant: nothing of the dossier is read as markup; the template reads no file, and the typesetter sees no directory
but the template's own, and no network. The same dossier, paper and fonts give the same bytes, which name no user and no
path of the machine. A letter that no font has is an error: these standards allow no holes.
"""

import re
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import typst

from standwith.dossier.errors import LettersMissing, SettingFailed
from standwith.dossier.fonts import find_fonts
from standwith.dossier.told import Dossier

PAPERS = {"a4": "a4", "letter": "us-letter"}
STANDARDS: list["typst.PDFStandard"] = ["a-2a", "ua-1"]
TEMPLATES = Path(__file__).parent / "templates"

_HOLE = re.compile(r'the text `"(.+?)"` could not be displayed')
_NAMED = re.compile(r"\\u\{([0-9a-f]+)\}")


def press(dossier: Dossier, paper: str = "a4") -> bytes:
    """Return the PDF of what `compose` made. Raises DossierError."""
    compiler = typst.Compiler(
        str(TEMPLATES / "dossier.typ"),
        root=str(TEMPLATES),
        font_paths=find_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"frame": _json(dossier.frame), "chapters": _json(dossier.chapters), "paper": PAPERS[paper]},
        package_path=str(TEMPLATES),
        package_cache_path=str(TEMPLATES),
    )
    made = int(datetime(*dossier.frame.day, tzinfo=UTC).timestamp())
    try:
        pdf = compiler.compile(format="pdf", pdf_standards=STANDARDS, timestamp=made)
    except typst.TypstError as refused:
        raise _explain(refused) from None
    assert isinstance(pdf, bytes), "one file was asked for"
    return pdf


def _json(part: object) -> str:
    return msgspec.json.encode(part).decode()


def _explain(refused: typst.TypstError) -> LettersMissing | SettingFailed:
    holes = dict.fromkeys(_NAMED.sub(_letter, hole) for hole in _HOLE.findall(refused.diagnostic))
    if not holes:
        return SettingFailed(f"The dossier could not be set: {refused.message}.")
    named = ", ".join(f"“{hole}”" for hole in holes)
    return LettersMissing(
        f"No font here has these letters: {named}. Install one of the Noto family that has them, such as the packages "
        f"fonts-noto-cjk (Chinese, Japanese, Korean) or fonts-noto-extra; or write the texts without them."
    )


def _letter(found: re.Match[str]) -> str:
    return f"U+{int(found[1], 16):04X}"

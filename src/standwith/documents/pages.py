"""PDF files with text into lines: where each begins, how large it is, and on which page.

Invariant: no line is dropped. What is written from right to left is put in the order in which it is read; forms of
letters that only print knows (ligatures, Arabic presentation forms) become letters. `pages_layout` makes blocks of the
lines. Standard: ISO 32000.
"""

import io
import logging
import re
import unicodedata
from typing import Any, NamedTuple

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError

from standwith.documents.errors import DocumentRefused
from standwith.documents.limits import MOST_LETTERS, MOST_PAGES

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is odd in a file is not for the terminal

_PRINTED = re.compile("[\ufb00-\ufb06\ufb13-\ufdff\ufe70-\ufefc]+")
_DAMAGE = (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, OSError)


_SIGNS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ .,:;!'’()[]/-–—"
_THOUSANDTHS = """
444 500 444 500 444 333 500 500 278 278 500 278 778 500 500 500 500 333 389 278 500 500 722 500 500 444
722 667 667 722 611 556 722 722 333 389 722 611 889 722 722 556 722 667 556 611 722 722 944 722 722 611
250 250 250 278 278 333 180 333 333 333 333 333 278 333 500 1000
"""
_WIDTHS = dict(zip(_SIGNS, map(int, _THOUSANDTHS.split()), strict=True))
"""How wide letters are, in thousandths of the size, as in the typefaces that most letters are set in."""
_MIRRORED = re.compile(r"\(([\u0590-\u08ff]+) ([-–—]) \)\s?(?=\w)")
"""A bracket closed too late, around a word from right to left and the dash after it."""


_BEFORE_STOP = re.compile(r"\s+(?=[.,،؛؟](?:\s|$))")
"""Blanks that come in where a stop is set in another typeface than its word."""
_WRONG_WAY = re.compile(r"^[^()]*\)[^()]*\(")
_SEAM = re.compile(r"(?<=[\u0620-\u064a])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z])(?=[\u0620-\u064a])")
_OPENING = re.compile(r"(?<=\S)\s*\(\s*")
_SWAPPED = {ord("("): ")", ord(")"): "("}


class Line(NamedTuple):
    """One line of a page; `left` and `height` in points from its lower left corner.

    `divided`: its last sign is a hyphen that was set by itself, as one is that divides a word. `paper` is the width of
    the page.
    """

    page: int
    left: float
    height: float
    size: float
    bold: bool
    text: str
    divided: bool = False
    paper: float = 0.0

    @property
    def right(self) -> float:
        """Where it ends, about: the width of letters is estimated, for fonts do not always tell it."""
        plain = unicodedata.normalize("NFD", self.text)
        widths = (0 if unicodedata.combining(sign) else _WIDTHS.get(sign, 500) for sign in plain)
        return self.left + self.size * sum(widths) / 1000


class _Piece(NamedTuple):
    text: str
    left: float
    height: float
    size: float
    bold: bool


def read_lines(data: bytes) -> tuple[list[Line], list[str]]:
    """All lines in the order of the file, and what the file hides."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentRefused("it is locked with a password; save it without one.")
        if len(reader.pages) > MOST_PAGES:
            raise DocumentRefused(f"it has more than {MOST_PAGES} pages; import it in parts.")
        lines = _all_lines(reader)
        about = reader.metadata
        hidden = ["the name of who wrote it"] if about and about.author else []
    except _DAMAGE:
        mend = "open it in a programme that shows PDF and print it into a new one."
        raise DocumentRefused(f"it is damaged; {mend}") from None
    if not lines:
        raise DocumentRefused("it holds pictures, but no text; run a programme for text recognition over it first.")
    return lines, hidden


def _all_lines(reader: PdfReader) -> list[Line]:
    lines: list[Line] = []
    letters = 0
    for number, page in enumerate(reader.pages, start=1):
        found = _lines_of(page, number)
        letters += sum(len(line.text) for line in found)
        if letters > MOST_LETTERS:
            raise DocumentRefused(f"it has more than {MOST_LETTERS:,} letters; import it in parts.")
        lines += found
    return lines


def _lines_of(page: PageObject, number: int) -> list[Line]:
    lines: list[list[_Piece]] = [[]]

    def take(text: str, matrix: list[float], place: list[float], font: Any, size: float) -> None:
        left = matrix[0] * place[4] + matrix[2] * place[5] + matrix[4]
        height = matrix[1] * place[4] + matrix[3] * place[5] + matrix[5]
        scale = abs(matrix[3] * place[3]) or abs(matrix[1] * place[1]) or 1.0
        bold = bool(re.search("bold|black|heavy", str(font.get("/BaseFont", "") if font else ""), re.IGNORECASE))
        for at, part in enumerate(text.split("\n")):
            if at:
                lines.append([])
            if part:
                lines[-1].append(_Piece(part, left, height, abs(size) * scale, bold))

    page.extract_text(visitor_text=take)
    paper = float(page.mediabox.width)
    return [_line(pieces, number, paper) for pieces in lines if any(piece.text.strip() for piece in pieces)]


def _line(pieces: list[_Piece], number: int, paper: float) -> Line:
    full = [piece for piece in pieces if piece.text.strip()]
    text = "".join(piece.text for piece in pieces)
    if _runs_left(text):
        text = _turn(pieces)
    text = _BEFORE_STOP.sub("", text)
    text = _PRINTED.sub(lambda printed: unicodedata.normalize("NFKC", printed[0]), text)
    return Line(
        page=number,
        left=min(piece.left for piece in full),
        height=full[0].height,
        size=max(piece.size for piece in full),
        bold=all(piece.bold for piece in full),
        text=_MIRRORED.sub(r"(\1) \2 ", " ".join(text.split())),
        divided=len(full) > 1 and full[-1].text.strip() in ("-", "\u2010"),
        paper=paper,
    )


def _turn(pieces: list[_Piece]) -> str:
    """The text of a line from right to left: pieces from the right, but words of other scripts from the left."""
    turned: list[_Piece] = []
    foreign: list[_Piece] = []
    for piece in sorted(pieces, key=lambda piece: -piece.left):
        if any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in piece.text):
            turned += [*_turn_back(foreign), piece]
            foreign = []
        elif foreign or any(sign.isalnum() for sign in piece.text):
            foreign.append(piece)
        else:
            turned.append(piece)
    text = "".join(piece.text for piece in (*turned, *_turn_back(foreign)))
    text = text.translate(_SWAPPED) if _WRONG_WAY.search(text) else text
    return _OPENING.sub(" (", _SEAM.sub(" ", text))


def _turn_back(pieces: list[_Piece]) -> list[_Piece]:
    """Words that run to the right, in their own order; blanks and stops behind them stay behind."""
    last = max((at for at, piece in enumerate(pieces) if any(sign.isalnum() for sign in piece.text)), default=-1)
    return [*pieces[last::-1], *pieces[last + 1 :]] if last >= 0 else pieces


def _runs_left(text: str) -> bool:
    """Whether most letters are Arabic or Hebrew."""
    kinds = [unicodedata.bidirectional(sign) for sign in text if sign.isalpha()]
    return 2 * sum(kind in ("R", "AL") for kind in kinds) > len(kinds)

"""Paragraphs that a page break tore apart become one again.

A paragraph that ends in the middle of a sentence and goes on with a small letter was one paragraph. Invariant: no
letter is lost but the hyphen of a word that was divided. Scripts without small letters (Arabic, Georgian) are joined
only across a page. Does not join lines; the readers do.
"""

import re
from collections.abc import Iterable

from msgspec.structs import replace

from standwith.documents.block import Block
from standwith.documents.marking import read_spans, write_spans

_ENDS = re.compile(r"[.!?:;…。؟۔।·|*\])»”“\"'’›]\s*$")
_ADDRESS = re.compile(r"^\S*(?:@|://|^www\.|\w\.\w)")
_DIVIDED = re.compile(r"(?<=[^\W\d_])[-\u2010]$")
_SHORTEST = 30
"""A line shorter than this is rather a line of an address than half a paragraph."""


def join_torn(blocks: Iterable[Block]) -> tuple[list[Block], list[str]]:
    """The blocks with torn paragraphs whole, and a note for each that was joined."""
    joined: list[Block] = []
    notes = []
    for block in blocks:
        if joined and _goes_on(joined[-1], block):
            notes.append(f"A paragraph that a page break had torn was joined: {block.place.words} goes on from before.")
            joined[-1] = _join(joined[-1], block)
        else:
            joined.append(block)
    return joined, notes


def _goes_on(before: Block, after: Block) -> bool:
    if after.kind != "paragraph" or before.kind not in ("paragraph", "item", "quote"):
        return False
    if before.beside != after.beside or before.place.part != after.place.part:
        return False
    if len(before.plain) < _SHORTEST or _ENDS.search(before.plain) or _ADDRESS.search(after.plain.split(maxsplit=1)[0]):
        return False
    first, across = after.plain[0], after.place.page > before.place.page > 0
    return (first.islower() and not _is_caseless(first)) or (across and _is_caseless(first))


def _is_caseless(letter: str) -> bool:
    return letter.isalpha() and (letter.lower() == letter.upper() or "\u10d0" <= letter <= "\u10ff")


def _join(before: Block, after: Block) -> Block:
    divided = bool(_DIVIDED.search(before.plain))
    text = before.text.removesuffix("-").removesuffix("\u2010") if divided else f"{before.text} "
    plain = before.plain[:-1] if divided else f"{before.plain} "
    return replace(before, text=write_spans(read_spans(text + after.text)), plain=plain + after.plain)

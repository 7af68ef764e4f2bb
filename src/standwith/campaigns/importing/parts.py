"""A document taken apart: letterhead, language versions of its text, lists of organisations, lines that are a date.

Invariant: every block of the document is in exactly one part. A heading belongs to what follows it; a list is one of
organisations when most of its lines look like one. Does not align versions and does not write anything.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from standwith.campaigns.importing.columns import part_columns
from standwith.campaigns.importing.dating import find_dates
from standwith.campaigns.importing.listing import Listed, read_listed, read_row
from standwith.campaigns.importing.tongue_runs import Passage, settle_languages
from standwith.documents import Block, Document, Place
from standwith.documents.tongues import guess_language

_MOST = 0.6  # of the lines that make a list one of organisations
_LONGEST_LINE = 250
_SURE = 0.7
_LONGEST_TITLE = 140
_NAVIGATION = re.compile(
    r"^(jump|skip|go) to (the )?(main )?(content|navigation)|^aller au contenu|^(ir|saltar) al contenido|"
    r"^(ir|pular|saltar) para o conteúdo|^vai al contenuto|^zum (haupt)?inhalt|^перейти к|^przejdź do|"
    r"logo(type|tipo)?$",
    re.IGNORECASE,
)
_FULL_STOP = re.compile(r"[.:;,…]$")


class Line(NamedTuple):
    """An organisation of a list, the block it was read from, and the heading above."""

    block: Block
    listed: Listed
    heading: str


class Version(Struct, frozen=True, kw_only=True):
    """The text of the document in one language."""

    code: str
    title: Block | None
    passages: tuple[Passage, ...]


class Parts(Struct, frozen=True, kw_only=True):
    """What the document is made of."""

    letterhead: tuple[tuple[Block, str], ...]
    dates: tuple[Block, ...]
    beside: tuple[Block, ...]
    list_headings: tuple[Block, ...]
    lines: tuple[Line, ...]
    versions: tuple[Version, ...]


def take_apart(document: Document) -> Parts:
    """The parts of a document."""
    beside = [block for block in document.blocks if block.beside]
    text = [piece for block in document.blocks if not block.beside for piece in _split_date(block)]
    headings, lines, rest = _take_lists(text)
    head, dates, body = _take_head(rest)
    menus = [block for block in head if _NAVIGATION.search(block.plain)]
    letterhead = [
        (line, guess_language(line.plain).code) for block in head if block not in menus for line in cut(block)
    ]
    return Parts(
        letterhead=tuple(letterhead),
        dates=tuple(dates),
        beside=(*beside, *menus),
        list_headings=tuple(headings),
        lines=tuple(lines),
        versions=_versions(settle_languages(part_columns(body))),
    )


def cut(block: Block) -> list[Block]:
    """The lines of a block as blocks of their own."""
    plain, text = block.plain.split("\n"), block.text.split("\\\n")
    if len(plain) == 1 or len(plain) != len(text):
        return [block]
    lines = zip(plain, text, strict=True)
    return [replace(block, plain=one, text=other, place=_below(block, at)) for at, (one, other) in enumerate(lines)]


def _below(block: Block, lines: int) -> Place:
    return block.place._replace(line=block.place.line + lines) if block.place.line else block.place


def _split_date(block: Block) -> list[Block]:
    """A date that ran into the first word of its paragraph ("28 August, 2020Unions") gets a block of its own."""
    dates = find_dates(block.plain)
    if block.kind != "paragraph" or not dates or dates[0].start or not dates[0].year:
        return [block]
    end = dates[0].end
    if not block.plain[end : end + 1].isupper() or block.text[:end] != block.plain[:end]:
        return [block]
    return [
        replace(block, text=part[0], plain=part[1])
        for part in zip(_at(block.text, end), _at(block.plain, end), strict=True)
    ]


def _at(text: str, place: int) -> tuple[str, str]:
    return text[:place], text[place:]


# Lists of organisations


def _take_lists(blocks: Sequence[Block]) -> tuple[list[Block], list[Line], list[Block]]:
    """Headings of lists, their lines, and everything else."""
    groups = _groups([line for block in blocks for line in _as_lines(block)])
    good = [_is_list(group) for group in groups]
    headings: list[Block] = []
    lines: list[Line] = []
    rest: list[Block] = []
    for at, group in enumerate(groups):
        beside_good = any(good[max(0, at - 1) : at + 2]) and _shaped(group) > 0
        if good[at] or (beside_good and group.items and _shaped(group) == len(group.items)):
            headings += group.headings
            above = group.headings[-1].plain if group.headings else (lines[-1].heading if lines else "")
            lines += [Line(block, read(block), above) for block in group.items]
        else:
            rest += [*group.headings, *group.items, *group.others]
    return headings, lines, rest


class _Group(NamedTuple):
    """Headings, the items under them; or other blocks."""

    headings: list[Block]
    items: list[Block]
    others: list[Block]


def _as_lines(block: Block) -> list[Block]:
    """A paragraph whose lines each are an organisation, line by line."""
    lines = cut(block)
    if block.kind != "paragraph" or len(lines) < 2 or max(len(line.plain) for line in lines) > _LONGEST_LINE:
        return [block]
    shaped = sum(read_listed(line.plain).shaped for line in lines)
    return lines if shaped >= _MOST * len(lines) else [block]


def _groups(blocks: Iterable[Block]) -> list[_Group]:
    groups: list[_Group] = []
    for block in blocks:
        listable = _is_listable(block)
        last = groups[-1] if groups else None
        if block.kind == "heading":
            if last and last.headings and not last.items and not last.others:
                last.headings.append(block)
            else:
                groups.append(_Group([block], [], []))
        elif listable and last and not last.others:
            last.items.append(block)
        elif listable:
            groups.append(_Group([], [block], []))
        elif last and not last.items and not last.headings:
            last.others.append(block)
        else:
            groups.append(_Group([], [], [block]))
    return groups


def _is_listable(block: Block) -> bool:
    if block.kind in ("item", "row"):
        return len(block.plain) <= _LONGEST_LINE
    return block.kind == "paragraph" and len(block.plain) <= _LONGEST_LINE and read_listed(block.plain).shaped


def _is_list(group: _Group) -> bool:
    """Two marked items are a list; of bare lines it takes three."""
    enough = 2 if any(block.kind != "paragraph" for block in group.items) else 3
    return len(group.items) >= enough and _shaped(group) >= _MOST * len(group.items)


def _shaped(group: _Group) -> int:
    return sum(read(block).shaped for block in group.items)


def read(block: Block) -> Listed:
    """The organisation of a line or a table row."""
    return read_row(block.cells) if block.cells else read_listed(block.plain)


# The head of the document


def _take_head(blocks: Sequence[Block]) -> tuple[list[Block], list[Block], list[Block]]:
    """What stands above the title, the lines around it that are nothing but a date, and the text."""
    after = _after_letterhead(blocks)
    start = next((at for at, block in enumerate(blocks) if block.kind == "heading" and at >= after), 0)
    if not start or any(_is_prose(block) for block in blocks[:start]):
        start = next((at for at, block in enumerate(blocks) if at >= after and not _is_before_title(block)), 0)
    head, rest = list(blocks[:start]), list(blocks[start:])
    dates = [block for block in (*head, *rest[:4]) if _is_date(block)]
    return [block for block in head if block not in dates], dates, [block for block in rest if block not in dates]


def _after_letterhead(blocks: Sequence[Block]) -> int:
    """Where a letterhead in several languages ends that was set like headings: before the last of them."""
    prose = next((at for at, block in enumerate(blocks) if _is_prose(block)), 0)
    spoken = {code for block in blocks[:prose] for code, sure in [guess_language(block.plain)] if sure > _SURE}
    return prose - 1 if len(spoken) > 2 else 0


def _is_prose(block: Block) -> bool:
    """Whether it is a sentence or more, not a name, a slogan or an address."""
    lines = block.plain.split("\n")
    return any(len(line) > 140 or (len(line) > 60 and _FULL_STOP.search(line)) for line in lines)


def _is_before_title(block: Block) -> bool:
    return bool(_NAVIGATION.search(block.plain)) or _is_date(block) or "\n" in block.plain


def _is_date(block: Block) -> bool:
    """Whether the block is a date and nothing else, but perhaps for a place: "Paris, le 9 août 2020"."""
    dates = find_dates(block.plain)
    return (
        block.kind != "heading"
        and len(dates) == 1
        and len(block.plain) - len(dates[0].words) <= 25
        and (dates[0].year is not None and "\n" not in block.plain and not block.plain.endswith(":"))
    )


# Versions


def _versions(passages: Sequence[Passage]) -> tuple[Version, ...]:
    """The versions in the order in which they begin; a language that says too little joins the one before."""
    codes = list(dict.fromkeys(passage.code for passage in passages))
    sizes = {code: sum(len(passage.plain) for passage in passages if passage.code == code) for code in codes}
    big = [code for code in codes if sizes[code] * 4 >= max(sizes.values())]
    taken: dict[str, list[Passage]] = {code: [] for code in big}
    current = big[0] if big else ""
    for passage in passages:
        current = passage.code if passage.code in taken else current
        taken[current].append(passage)
    return tuple(_version(code, found) for code, found in taken.items())


def _version(code: str, passages: list[Passage]) -> Version:
    """The version with its title apart; text without headings has one if it begins with a short line."""
    first = passages[0].blocks[0]
    lone = len(passages[0].blocks) == 1
    titled = first.kind == "heading" or (len(passages) > 1 and lone and _is_title(first, passages[1]))
    if not titled:
        return Version(code=code, title=None, passages=tuple(passages))
    return Version(code=code, title=first, passages=tuple(passages[1:]))


def _is_title(block: Block, following: Passage) -> bool:
    short = len(block.plain) <= _LONGEST_TITLE and "\n" not in block.plain
    return short and block.kind == "paragraph" and not _FULL_STOP.search(block.plain) and len(following.plain) > 60

"""The text of a document as passages, each in one language, smoothed to runs.

A passage is what a translator gets at once: a heading, a paragraph, or a whole list. Invariant: blocks keep their order
and none is lost. A short line that nobody could tell the language of is in the language of what it stands with: a
heading with what follows, anything else with what came before.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from standwith.documents import Block
from standwith.documents.tongues import guess_language

_SURE = 0.9
_LONGEST_LIST = 1900
"""Letters in one passage; translators get a longer list in parts."""


class Passage(Struct, frozen=True, kw_only=True):
    """One block of the statement-to-be, or the items of one list."""

    blocks: tuple[Block, ...]
    code: str = ""

    @property
    def kind(self) -> str:
        """What the blocks are."""
        return self.blocks[0].kind

    @property
    def text(self) -> str:
        """The passage as one block of Markdown."""
        lines = []
        for block in self.blocks:
            indent = "    " * max(0, block.level - 1) if block.kind == "item" else ""
            lines.append(indent + block.markdown.replace("\n", f"\n{indent}"))
        return "\n".join(lines)

    @property
    def plain(self) -> str:
        """The words alone."""
        return "\n".join(block.plain for block in self.blocks)


def settle_languages(blocks: Iterable[Block]) -> list[Passage]:
    """The passages with their languages."""
    passages = _group(blocks)
    guesses = [guess_language(passage.plain) for passage in passages]
    known = _spoken(passages, guesses)
    codes = [guess.code if guess.sure >= _SURE and guess.code in known else "" for guess in guesses]
    return [replace(passage, code=_settle(codes, at, passage, known)) for at, passage in enumerate(passages)]


def _group(blocks: Iterable[Block]) -> list[Passage]:
    passages: list[Passage] = []
    for block in blocks:
        last = passages[-1] if passages else None
        if last and block.kind == "item" == last.kind and len(last.plain) + len(block.plain) < _LONGEST_LIST:
            passages[-1] = replace(last, blocks=(*last.blocks, block))
        else:
            passages.append(Passage(blocks=(block,)))
    return passages


def _spoken(passages: Sequence[Passage], guesses: Sequence[tuple[str, float]]) -> list[str]:
    """The languages of the document, the most written first; one that is hardly there was a mistake."""
    letters: Counter[str] = Counter()
    for passage, (code, sure) in zip(passages, guesses, strict=True):
        if code:
            letters[code] += int(len(passage.plain) * sure)
    most = max(letters.values(), default=0)
    return [code for code, count in letters.most_common() if count * 30 >= most]


def _settle(codes: Sequence[str], at: int, passage: Passage, known: Sequence[str]) -> str:
    """The language of a passage, from its neighbours where its own words do not say."""
    if codes[at]:
        return codes[at]
    before = next((code for code in reversed(codes[:at]) if code), "")
    after = next((code for code in codes[at + 1 :] if code), "")
    nearest = (after or before) if passage.kind == "heading" else (before or after)
    return nearest or (known[0] if known else "en")

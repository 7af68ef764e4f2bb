"""One language's translations as a gettext catalogue: a header and entries, in the order of the file.

Invariant: `Catalogue.load(catalogue.dump())` is the same catalogue, and dumping a loaded file twice changes nothing.
What a translator's tool writes differently (line breaks, order of flags) is read and written back in the one form:

    msgid ""
    msgstr ""
    "Language: fr\\n"
    ...

    # A translator's own remark
    #. A note for translators
    #: where/it/stands.html
    #, fuzzy
    #| msgid "The older text, which the translation still follows"
    msgctxt "demand:release"
    msgid "The text now"
    msgstr "Le texte d'avant"

Does not decide what a stale or missing string means for a page. Standard: GNU gettext PO; the grammar is in `po.py`.
"""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from standwith.languages.errors import CatalogueDamaged
from standwith.languages.plurals import plurals
from standwith.languages.po import Block, quote, read_blocks

Key = tuple[str, str]
"""(context, source): what tells one entry from another."""

_KEPT_BY_US = ("Language", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Plural-Forms")


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One string: its source, its translation, and what a translator should know about it.

    A string that counts has a `plural` source and its translations in `forms`; any other has its translation in
    `target`. `fuzzy` means stale: the translation follows `previous`, not `source`. "" and () mean not yet translated.
    """

    source: str
    target: str = ""
    context: str = ""
    plural: str = ""
    forms: tuple[str, ...] = ()
    fuzzy: bool = False
    previous: str = ""
    comments: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    obsolete: bool = False

    @property
    def key(self) -> Key:
        """What tells this entry from others of its catalogue."""
        return (self.context, self.source)

    @property
    def translated(self) -> bool:
        """True if every form has a text, stale or not."""
        return all(self.forms) and bool(self.forms) if self.plural else bool(self.target)

    @property
    def current(self) -> bool:
        """True if it is translated and follows the source as it stands."""
        return self.translated and not self.fuzzy and not self.obsolete


class Catalogue(msgspec.Struct, frozen=True, kw_only=True):
    """All strings of one language; `headers` holds what tools and translators add to the header that we write."""

    language: str
    entries: tuple[Entry, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()

    @classmethod
    def load(cls, data: bytes, language: str = "") -> "Catalogue":
        """Read a PO file; raises CatalogueDamaged at the first line that breaks the grammar.

        `language` is used where the header names none.
        """
        return cls.of(read_entries(data), language)

    @classmethod
    def of(cls, entries: "Iterable[tuple[int, Entry]]", language: str = "") -> "Catalogue":
        """The catalogue of what `read_entries` gives."""
        found: dict[Key, Entry] = {}
        header: tuple[tuple[str, str], ...] = ()
        for line, entry in entries:
            if not entry.source and not entry.context:
                header = _read_header(entry.target)
            elif entry.key in found and not (entry.obsolete or found[entry.key].obsolete):
                raise CatalogueDamaged(line, f"the string “{entry.source[:40]}” stands here a second time")
            elif not (entry.key in found and entry.obsolete):
                found[entry.key] = entry
        named = dict(header).get("Language", "").replace("_", "-") or language
        kept = tuple((name, value) for name, value in header if name not in _KEPT_BY_US)
        return cls(language=named, entries=tuple(found.values()), headers=kept)

    def dump(self) -> bytes:
        """The canonical PO file."""
        header = "".join(f"{name}: {value}\n" for name, value in _header(self.language, self.headers))
        blocks = [
            f'msgid ""\nmsgstr {quote(header)}\n',
            *(_write(entry, plurals(self.language).count) for entry in self.entries),
        ]
        return "\n".join(blocks).encode()

    def live(self) -> Iterator[Entry]:
        """The entries that are still asked for."""
        return (entry for entry in self.entries if not entry.obsolete)

    def by_key(self) -> Mapping[Key, Entry]:
        """The entries that are still asked for, by context and source."""
        return {entry.key: entry for entry in self.live()}


def read_entries(data: bytes) -> Iterator[tuple[int, Entry]]:
    """Every entry of a PO file with the line of its msgid, the header (empty source) included."""
    for block in read_blocks(data):
        yield block.line, _entry(block)


def _entry(block: Block) -> Entry:
    texts = block.texts
    flags = tuple(sorted({flag.strip() for line in block.flags for flag in line.split(",")} - {""}))
    plural = texts.get("msgid_plural", "")
    forms = tuple(texts[f"msgstr[{index}]"] for index in range(len(texts)) if f"msgstr[{index}]" in texts)
    return Entry(
        source=texts["msgid"],
        target=texts.get("msgstr", ""),
        context=texts.get("msgctxt", ""),
        plural=plural,
        forms=forms if any(forms) else (),
        fuzzy="fuzzy" in flags,
        previous=texts.get("#| msgid", ""),
        comments=block.comments,
        notes=block.notes,
        where=tuple(place for line in block.where for place in line.split()),
        flags=tuple(flag for flag in flags if flag != "fuzzy"),
        obsolete=block.obsolete,
    )


def _read_header(text: str) -> tuple[tuple[str, str], ...]:
    pairs = (line.partition(":") for line in text.splitlines() if ":" in line)
    return tuple((name.strip(), value.strip()) for name, _, value in pairs)


def _header(language: str, more: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    yield "Language", language
    yield "MIME-Version", "1.0"
    yield "Content-Type", "text/plain; charset=UTF-8"
    yield "Content-Transfer-Encoding", "8bit"
    yield "Plural-Forms", plurals(language).header
    yield from more


def _write(entry: Entry, count: int) -> str:
    """One entry as text; an obsolete one has `#~` before every line of its own, as gettext writes it."""
    flags = (*(("fuzzy",) if entry.fuzzy else ()), *entry.flags)
    about = [
        *(f"# {line}".rstrip() for line in entry.comments),
        *(f"#. {line}".rstrip() for line in entry.notes),
        *(f"#: {place}" for place in entry.where),
        *([f"#, {', '.join(flags)}"] if flags else []),
    ]
    old = [f"#| msgid {quote(entry.previous)}"] if entry.previous else []
    texts = [f"msgctxt {quote(entry.context)}"] if entry.context else []
    texts.append(f"msgid {quote(entry.source)}")
    if entry.plural:
        texts.append(f"msgid_plural {quote(entry.plural)}")
        texts += (f"msgstr[{index}] {quote(form)}" for index, form in enumerate(entry.forms or ("",) * count))
    else:
        texts.append(f"msgstr {quote(entry.target)}")
    old = [line.replace("\n", "\n#| ") for line in old]
    lines = "\n".join([*old, *texts])
    if entry.obsolete:
        lines = "\n".join(f"#~{line[1:]}" if line.startswith("#|") else f"#~ {line}" for line in lines.split("\n"))
    return "\n".join([*about, lines]) + "\n"

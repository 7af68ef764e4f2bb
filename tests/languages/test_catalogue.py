import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standwith.languages import Catalogue, CatalogueDamaged, Entry
from standwith.languages.catalogue import read_entries

HEADER = b'msgid ""\nmsgstr "Language: fr\\n"\n\n'

LINE = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1).filter(
    lambda t: t[0] not in ".:,|~"
)
TEXT = st.text(st.characters(codec="utf-8"))
FILLED = st.text(st.characters(codec="utf-8"), min_size=1)
PLACES = st.lists(LINE, max_size=2).map(tuple)


@st.composite
def entries(draw: st.DrawFn, context: str) -> Entry:
    fuzzy, counts = draw(st.booleans()), draw(st.booleans())
    return Entry(
        context=context,
        source=draw(FILLED),
        target="" if counts else draw(TEXT),
        plural=draw(FILLED) if counts else "",
        forms=draw(st.sampled_from([(), ("a", ""), ("a", "b\n")])) if counts else (),
        fuzzy=fuzzy,
        previous=draw(TEXT) if fuzzy else "",
        comments=draw(PLACES),
        notes=draw(PLACES),
        where=draw(PLACES),
        flags=draw(st.sampled_from([(), ("no-wrap",), ("a", "b")])),
        obsolete=draw(st.booleans()),
    )


CATALOGUES = st.lists(st.text("abc:123-", min_size=1), unique=True, max_size=4).flatmap(
    lambda contexts: st.builds(
        Catalogue,
        language=st.sampled_from(["fr", "pt-BR", ""]),
        entries=st.tuples(*(entries(context) for context in contexts)),
        headers=st.sampled_from([(), (("X-Generator", "Poedit 3"), ("Last-Translator", ""))]),
    )
)


@given(CATALOGUES)
def test_a_catalogue_reads_back_as_it_was_written(catalogue: Catalogue) -> None:
    assert Catalogue.load(catalogue.dump()) == catalogue


FROM_A_TOOL = r"""# French translation
# of everything
msgid ""
msgstr ""
"Project-Id-Version: x\n"
"Language: pt_BR\n"
"Plural-Forms: nplurals=2; plural=n>1;\n"

#: campaign.toml:3 campaign.toml:9
#. a note
#, c-format, fuzzy
#| msgctxt "demand:release"
#| msgid ""
#| "Free "
#| "them"
msgctxt "demand:release"
msgid "Free them "
"all"
msgstr "Libérez-les"
msgid "b\ttab \"q\""
msgstr ""
# last words of a translator
#~ msgid "gone"
#~ msgstr "parti"
"""


def test_a_tool_s_way_of_writing_becomes_the_one_form() -> None:
    catalogue = Catalogue.load(FROM_A_TOOL.replace("\n", "\r\n").encode())
    assert catalogue.language == "pt-BR"
    assert catalogue.headers == (("Project-Id-Version", "x"),)
    assert catalogue.entries == (
        Entry(
            context="demand:release",
            source="Free them all",
            target="Libérez-les",
            fuzzy=True,
            previous="Free them",
            notes=("a note",),
            where=("campaign.toml:3", "campaign.toml:9"),
            flags=("c-format",),
        ),
        Entry(source='b\ttab "q"'),
        Entry(source="gone", target="parti", comments=("last words of a translator",), obsolete=True),
    )
    written = catalogue.dump()
    assert Catalogue.load(written).dump() == written


def test_the_one_form_is_gettext_s_own() -> None:
    assert shutil.which("msgcat"), "gettext is missing; `make test` installs it."
    catalogue = Catalogue(
        language="ar",
        entries=(
            Entry(
                source='a "q" \\ x', target="b\nc\n", comments=("", "x"), notes=("n",), where=("a.html",), context="k:1"
            ),
            Entry(source="now", target="avant", fuzzy=True, previous="then\nthen", flags=("no-wrap",)),
            Entry(source="{n} p", plural="{n} ps", forms=tuple("abcdef")),
            Entry(source="{n} q", plural="{n} qs"),
            Entry(source="z", target="y", obsolete=True, fuzzy=True, previous="l\nm"),
        ),
    )
    written = catalogue.dump()
    echoed = subprocess.run(["msgcat", "--no-wrap", "-"], input=written, capture_output=True, check=True).stdout
    assert echoed == written


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (b"hello\n", 4, "double quotes"),
        (b'msgid "a"\nmsgid "b"\nmsgstr "c"\n', 5, "twice"),
        (b'msgid "a"\nmsgstr "b\n', 5, "double quotes"),
        (b'msgid "a"\nmsgstr "b"c"\n', 5, "double quotes"),
        (b'"a"\n', 4, "belongs to no"),
        (b'msgid "a"\n\n', 4, "no msgstr"),
        (b'msgstr "a"\n', 4, "no msgid"),
        (b'msgid "a"\nmsgstr ""\n\nmsgid "a"\nmsgstr ""\n', 7, "second time"),
        (b'msgid "a"\nmsgstr "\xff"\n', 5, "UTF-8"),
    ],
)
def test_what_breaks_the_grammar_is_refused_with_its_line(text: bytes, line: int, what: str) -> None:
    with pytest.raises(CatalogueDamaged, match=what) as refused:
        Catalogue.load(HEADER + text)
    assert refused.value.line == line


def test_every_entry_knows_its_line() -> None:
    lines = [
        line for line, _ in read_entries(HEADER + b'# c\nmsgctxt "k"\nmsgid "a"\nmsgstr ""\n\nmsgid "b"\nmsgstr ""\n')
    ]
    assert lines == [1, 6, 9]


def test_a_stale_or_half_translated_string_is_not_current() -> None:
    stale = Entry(source="a", target="b", fuzzy=True)
    half = Entry(source="a", plural="b", forms=("c", ""))
    assert [entry.translated for entry in (stale, half, Entry(source="a"))] == [True, False, False]
    assert [entry.current for entry in (stale, half, Entry(source="a", target="b"))] == [False, False, True]


def test_a_continuation_without_its_keyword_is_told_with_its_line() -> None:
    with pytest.raises(CatalogueDamaged) as damaged:
        Catalogue.load(b'msgid ""\nmsgstr ""\n#, x\n"a"\n')
    assert damaged.value.line == 4

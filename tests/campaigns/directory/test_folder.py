"""A directory's folder: read with every mistake at its place, written back canonically."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standwith.campaigns.directory import Directory, dump, load, load_directory, load_files
from standwith.campaigns.directory.mistakes import DIRECTORY_MISTAKES, OWN_MISTAKES
from standwith.campaigns.directory.shapes import OWNER, TABLES, TOP, Keeper
from standwith.campaigns.errors import CampaignRefused
from standwith.campaigns.model import Source
from standwith.languages import COUNTRIES
from standwith.manuscript import Place
from standwith.manuscript.finding import Lines
from standwith.organisations import SCOPES, Listing
from standwith.sealing.keys import make_key

ROOT = Path(__file__).resolve().parents[3]
HEADER = "id,name,acronym,former,scope,sector,country,parent,languages,domains,url,source\n"
ROWS = (
    "workers-fr,Workers' Federation,WF,Old League | Older League,national-interprofessional,,FR,,fr br,"
    "example.org workers.example.net,https://example.org,page\n"
    "rail-fr,Rail Union,RU,,national-sectoral,rail,FR,workers-fr,fr,example.org,,page\n"
    "world,Workers of the World,,,international,,,,,,,\n"
)
GOOD = {
    "directory.toml": (
        b'title = "Unions"\nsource_language = "en"\n\n[owner]\nname = "Example Desk"\nurl = "https://example.org"\n'
    ),
    "organisations.csv": (HEADER + ROWS).encode(),
    "sources.csv": b"id,publisher,title,date,url,language,sha256\npage,Example,A page,2020-08,,en,\n",
}


def spoil(change: str, to: str, file: str = "organisations.csv") -> tuple[list[str], list[Place], list[Place]]:
    """What is found, where, and where » stood in `to`, once `change` in a file has become `to`."""
    text = GOOD[file].decode()
    assert change in text
    *parts, last = text.replace(change, to, 1).split("»")
    loaded = load_files(GOOD | {file: "".join([*parts, last]).encode()})
    assert (loaded.directory is None) == any(one.severity == "error" for one in loaded.findings)
    where = [Lines("".join([*parts, last]), file).place(sum(map(len, parts[: n + 1]))) for n in range(len(parts))]
    places = [Place(one.file, one.line, one.column) for one in loaded.findings]
    return [one.code for one in loaded.findings], places, where


def test_a_good_folder_has_no_findings_and_is_canonical() -> None:
    loaded = load_files(GOOD)
    assert loaded.findings == ()
    assert loaded.directory is not None
    assert loaded.directory.organisations[0] == Listing(
        id="workers-fr",
        name="Workers' Federation",
        acronym="WF",
        former=("Old League", "Older League"),
        scope="national-interprofessional",
        country="FR",
        languages=("fr", "br"),
        domains=("example.org", "workers.example.net"),
        url="https://example.org",
        source="page",
    )
    assert dump(loaded.directory) == GOOD


@pytest.mark.parametrize(
    ("change", "to", "codes"),
    [
        ("world,W", "»workers-fr,W", "duplicate-id"),
        ("rail-fr,", "»fr,", "address-taken"),
        ("rail-fr,", "»international,", "address-taken"),
        ("Rail Union", "»workers' federation", "duplicate-organisation"),
        ("rail,FR", "rail,»", "organisation-without-country"),
        ("workers-fr,fr,example.org", "»lost,fr,»example.org", "unknown-parent shared-domain"),
        ("workers-fr,fr,example.org", "»rail-fr,fr,»example.org", "parent-loop shared-domain"),
        (",workers-fr,fr,example.org", ",,fr,»example.org", "shared-domain"),
        ("Old League", "»Rail Union", "former-name-in-use"),
        ("Older League", "»OLD LEAGUE", "repeated-name"),
        ("international,,,,,,,", "international,,,,,»example.org,,", "shared-domain"),
        ("workers.example.net", "»gmail.com", "public-domain"),
        ("workers.example.net", "»https://a.example", "bad-domain"),
        ("workers.example.net", "»two", "bad-domain"),
        ("fr br", "fr »xx", "unknown-language"),
        (",page\nrail", ",»lost\nrail", "unknown-source"),
        ("national-sectoral", "»regional", "unknown-scope"),
    ],
)
def test_every_mistake_stands_at_its_place(change: str, to: str, codes: str) -> None:
    found, places, where = spoil(change, to)
    assert (found, places) == (codes.split(), where)


@pytest.mark.parametrize(
    ("change", "to", "codes"),
    [
        ('title = "Unions"\n', "", "missing-key"),
        ('title = "Unions"\n', 'title = "Unions"\nextra = "x"\n', "unknown-key"),
        ('[owner]\nname = "Example Desk"\nurl = "https://example.org"\n', "", "missing-key"),
        ("[owner]", "# by hand\n[owner]", "comment-lost"),
    ],
)
def test_mistakes_of_the_top(change: str, to: str, codes: str) -> None:
    assert spoil(change, to, "directory.toml")[0] == codes.split()


def test_what_is_missing_or_too_much_is_said() -> None:
    assert [(one.code, one.file) for one in load_files({}).findings] == [
        ("missing-file", "directory.toml"),
        ("missing-file", "organisations.csv"),
    ]
    assert [one.code for one in load_files(GOOD | {"organisation.csv": b""}).findings] == ["unknown-file"]
    assert load_files(GOOD | {"README.md": b"Who keeps this"}).findings == ()
    secret = str(make_key("custodian")).encode()
    assert [one.code for one in load_files(GOOD | {"README.md": secret}).findings] == ["secret-in-folder"]


def test_one_mistake_in_a_source_does_not_make_others() -> None:
    assert spoil("page,Example", "page,", "sources.csv")[0] == ["missing-value"]
    more = "page,E,T,,,,\nother,E,T,,,,\n"
    assert spoil("page,Example,A page,2020-08,,en,\n", more, "sources.csv")[0] == ["unused-source"]


def test_a_folder_on_disk_and_a_broken_one(tmp_path: Path) -> None:
    for name, data in GOOD.items():
        (tmp_path / name).write_bytes(data)
    assert load(tmp_path).directory == load_files(GOOD).directory
    (tmp_path / "organisations.csv").write_text(HEADER + "a,,,,network,,,,,,,\n")
    with pytest.raises(CampaignRefused) as refused:
        load_directory(tmp_path)
    assert [one.code for one in refused.value.findings if one.severity == "error"] == ["missing-value"]


def test_the_example_is_clean_and_holds_everybody_of_the_call() -> None:
    loaded = load(ROOT / "examples" / "directory")
    assert loaded.findings == () and loaded.directory is not None
    assert len(loaded.directory.organisations) == 98


WORDS = st.text(st.sampled_from("abcŁéяاქ '-.&/"), min_size=1, max_size=20).map(
    lambda text: "x" + " ".join(text.split())
)


@st.composite
def directories(draw: st.DrawFn) -> Directory:
    names = draw(st.lists(WORDS, max_size=8, unique_by=lambda name: name.casefold()))
    listings = []
    for number, name in enumerate(names):
        parent = draw(st.sampled_from(["", *(one.id for one in listings)]))
        listings.append(
            Listing(
                id=f"o-{number}",
                name=name,
                former=tuple(draw(st.lists(WORDS, max_size=3))),
                scope=draw(st.sampled_from(SCOPES)),
                sector=draw(st.sampled_from(["", "rail, sea", 'the "old" trade'])),
                country=draw(st.sampled_from(sorted(COUNTRIES))),
                parent=parent,
                languages=tuple(draw(st.lists(st.sampled_from(["fr", "pt-BR", "sr-Latn"]), max_size=2))),
                domains=(f"d{number}.example.org", "пример.бел")[: draw(st.integers(0, 1))],
                source=draw(st.sampled_from(["", "page"])),
            )
        )
    owner = Keeper(name=draw(WORDS), url=draw(st.sampled_from(["", "https://example.org"])))
    source = Source(id="page", publisher="Example", title="A page")
    return Directory(
        title=draw(WORDS), source_language="en", owner=owner, organisations=tuple(listings), sources=(source,)
    )


@given(directories())
def test_load_gives_back_what_dump_wrote(directory: Directory) -> None:
    loaded = load_files(dump(directory))
    assert loaded.directory == directory
    assert dump(loaded.directory) == dump(directory)


def test_the_document_names_every_column_key_and_mistake() -> None:
    text = (ROOT / "docs" / "directory.md").read_text("utf-8")
    for file, shape in TABLES.items():
        columns = re.search(rf"^## {file}\n\n`([\w*,]+)`$", text, flags=re.MULTILINE)
        assert columns and tuple(columns[1].replace("*", "").split(",")) == shape.names
    assert all(f"| {field.name}" in text for field in TOP) and all(f"`{name}`" in text for name in OWNER.names)
    for code, mistake in OWN_MISTAKES.items():
        assert f"| {code} | {mistake.severity} | {mistake.why} | {mistake.mend} |" in text
    assert set(OWN_MISTAKES) <= set(DIRECTORY_MISTAKES)

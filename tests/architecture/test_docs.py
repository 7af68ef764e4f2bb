"""The documents say what the house is: no command, option, setting, package or word without its place in them."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer
from tests.architecture.test_floors import packages

from standwith.campaigns import model, shapes
from standwith.cli import make_app
from standwith.config.settings import Settings
from standwith.facts import UNITS, WORDINGS
from standwith.organisations import SCOPES
from standwith.people import CONSENTS, RISKS, SHOWN, STATUSES

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"


def read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def sections(name: str) -> dict[str, str]:
    """The second-level sections of a document by heading, without back quotes."""
    parts = re.split(r"^## (.+)$", read(name), flags=re.MULTILINE)
    return {heading.replace("`", "").strip(): text for heading, text in zip(parts[1::2], parts[2::2], strict=True)}


@cache
def commands() -> dict[str, Any]:
    """Every command by the words that call it; a group stands for its commands."""
    found = {}
    for name, command in typer.main.get_command(make_app()).commands.items():
        inside = getattr(command, "commands", None)
        found |= {f"{name} {each}": inner for each, inner in inside.items()} if inside else {name: command}
    return found


def options(command: Any) -> set[str]:
    """Every option that `--help` lists, in its long form."""
    shown = [
        parameter for parameter in command.params if parameter.param_type_name == "option" and not parameter.hidden
    ]
    names = {name for option in shown for name in (*option.opts, *option.secondary_opts)}
    return {name for name in names if name.startswith("--")}


def arguments(command: Any) -> set[str]:
    found = [parameter for parameter in command.params if parameter.param_type_name == "argument"]
    return {re.sub(r"[^A-Z_]", "", (parameter.metavar or parameter.name).upper()) for parameter in found}


def test_every_command_has_its_section_and_no_section_is_left_over() -> None:
    headings = {
        heading.removeprefix("standwith ") for heading in sections("commands.md") if heading.startswith("standwith ")
    }
    assert headings == set(commands())


@pytest.mark.parametrize("name", sorted(commands()))
def test_a_command_s_section_names_its_options_and_arguments_and_no_others(name: str) -> None:
    text, command = sections("commands.md")[f"standwith {name}"], commands()[name]
    rows = re.findall(r"^\| (`[^|]+`) \|", text, flags=re.MULTILINE)
    documented = {word for row in rows for word in re.findall(r"`(--[\w-]+|[A-Z_]+)`", row)}
    assert documented == options(command) | arguments(command)


def test_every_setting_has_its_section_with_its_default() -> None:
    documented = {heading: text for heading, text in sections("settings.md").items() if heading != "In the environment"}
    assert list(documented) == list(Settings.__struct_fields__)
    for name, text in documented.items():
        assert f"Default: `{json.dumps(getattr(Settings(), name))}`" in text


@pytest.mark.parametrize("table", shapes.TABLES)
def test_every_column_of_the_folder_stands_in_its_section_in_order(table: str) -> None:
    columns = re.search(r"^`([\w*,]+)`$", sections("campaign-folder.md")[table], flags=re.MULTILINE)
    assert columns, f"no line of columns for {table}"
    assert tuple(columns[1].replace("*", "").split(",")) == shapes.TABLES[table].names


def test_every_key_of_campaign_toml_is_described_where_its_table_is() -> None:
    text = "`[]`" + sections("campaign-folder.md")["campaign.toml"]
    parts = re.split(r"`\[+(\w*)\]+`", text)
    described = dict(zip(parts[1::2], parts[2::2], strict=True))
    expected = {"": [field.name for field in shapes.CAMPAIGN]}
    expected |= {name: list(shape.names) for name, shape in (shapes.SECTIONS | shapes.LISTS).items()}
    missing = [f"[{name}] {key}" for name, keys in expected.items() for key in keys if not _says(described[name], key)]
    assert missing == []


def _says(text: str, key: str) -> bool:
    return f"`{key}`" in text or re.search(rf"^\| {key}( \*)? \|", text, flags=re.MULTILINE) is not None


def test_every_word_that_a_column_may_hold_is_listed() -> None:
    words = {*UNITS, *WORDINGS, *SCOPES, *CONSENTS, *RISKS, *SHOWN, *STATUSES, *model.EVENT_KINDS, *model.ACTION_KINDS}
    words |= {*model.DEMAND_STATES, *model.ACTION_STATES, *model.PROFILES}
    text = read("campaign-folder.md")
    assert {word for word in words if f"`{word}`" not in text} == set()


def test_every_package_stands_in_the_architecture_s_table_and_the_glossary() -> None:
    table = read("architecture.md").split("## Words", 1)[1].split("## Floors", 1)[0]
    listed = {
        name
        for row in re.findall(r"^\| ((?:`\w+` ?)+)\|", table, flags=re.MULTILINE)
        for name in re.findall(r"\w+", row)
    }
    assert listed == packages()
    glossary = read("glossary.md")
    assert {name for name in packages() if f"`{name}`" not in glossary} == set()


def test_the_architecture_fits_on_three_screens() -> None:
    assert len(read("architecture.md").splitlines()) < 130


def test_every_link_between_documents_leads_somewhere() -> None:
    documents = [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]
    broken = []
    for document in documents:
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")):
            if "://" not in target and not target.startswith("mailto:") and not (document.parent / target).exists():
                broken.append(f"{document.relative_to(ROOT)}: {target}")
    assert broken == []


def test_every_file_named_in_the_documents_exists() -> None:
    named = set(
        re.findall(
            r"`((?:\w+/)+\w+\.(?:py|conf|service|toml|css))`", "".join(map(read, ("architecture.md", "threats.md")))
        )
    )
    assert {
        name for name in named if not (ROOT / name).exists() and not (ROOT / "src" / "standwith" / name).exists()
    } == set()


def test_decisions_have_a_number_each_a_title_and_fit_on_one_screen() -> None:
    records = sorted((DOCS / "decisions").glob("*.md"))
    numbers = [record.name[:4] for record in records]
    assert numbers == sorted(set(numbers))
    assert [record.name for record in records if not re.match(r"\d{4}-[a-z0-9-]+\.md$", record.name)] == []
    texts = {record.name: record.read_text(encoding="utf-8") for record in records}
    assert [name for name, text in texts.items() if not text.startswith("# ") or len(text.splitlines()) > 50] == []

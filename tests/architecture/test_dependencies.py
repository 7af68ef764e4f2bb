"""Every dependency carries its reason beside it, and every pinned one its hashes."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = ("run.txt", "build.txt", "dev.txt")
PINNED = re.compile(r"[\w.-]+(\[[\w,-]+\])?==\S+ .*--hash=sha256:[0-9a-f]{64}")
PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def declared() -> list[str]:
    project = tomllib.loads(PYPROJECT)["project"]
    extras = project["optional-dependencies"].values()
    return project["dependencies"] + [requirement for extra in extras for requirement in extra]


@pytest.mark.parametrize("requirement", declared())
def test_a_dependency_says_why_it_is_here(requirement: str) -> None:
    (line,) = [line for line in PYPROJECT.splitlines() if f'"{requirement}"' in line]
    _, _, reason = line.partition(f'"{requirement}",')
    assert re.fullmatch(r"\s+# .{8,}", reason)


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_every_pinned_requirement_has_an_exact_version_and_a_hash(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8").replace("\\\n", " ")
    pinned = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert pinned
    assert [line for line in pinned if not PINNED.match(line)] == []


def test_every_dependency_is_pinned() -> None:
    pinned = "".join((ROOT / "requirements" / name).read_text(encoding="utf-8") for name in REQUIREMENTS)
    names = {re.match(r"[\w.-]+", requirement)[0].lower() for requirement in declared()}
    assert {name for name in names if not re.search(rf"(?im)^{re.escape(name)}(\[.*\])?==", pinned)} == set()

"""The floors: what import-linter says holds, every package has a floor, and the drawing shows the same floors."""

import configparser
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "standwith"
SAYS_NOTHING = {"common", "core", "utils", "util", "helpers", "services", "base", "lib", "misc", "tools"}


def packages() -> set[str]:
    return {path.parent.name for path in SOURCE.glob("*/__init__.py")}


def floors() -> list[set[str]]:
    """The layers of the contract, top first; each is the set of its packages."""
    contract = configparser.ConfigParser(comment_prefixes=("#",))
    contract.read(ROOT / ".importlinter", encoding="utf-8")
    lines = contract["importlinter:contract:floors"]["layers"].split("\n")
    return [set(re.findall(r"\w+", line)) for line in lines if line.strip()]


def drawn_floors() -> list[set[str]]:
    """The floors as docs/architecture.md draws them, in its first code block after the heading Floors."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    drawing = text.split("## Floors", 1)[1].split("```", 2)[1]
    names = packages()
    rows = [set(re.findall(r"\w+", line)) & names for line in drawing.splitlines()]
    return [row for row in rows if row]


@pytest.fixture(scope="module")
def verdict() -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).with_name("lint-imports"), "--no-logo", "--no-cache"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_imports_point_down_only(verdict: subprocess.CompletedProcess[str]) -> None:
    assert verdict.returncode == 0, verdict.stdout
    assert "0 broken" in verdict.stdout


def test_every_package_has_exactly_one_floor() -> None:
    listed = [name for floor in floors() for name in floor]
    assert sorted(listed) == sorted(packages())


def test_the_drawing_shows_the_floors_that_are_checked() -> None:
    assert drawn_floors() == floors()


def test_no_module_has_a_name_that_says_nothing() -> None:
    names = {path.stem for path in SOURCE.rglob("*.py")} | {path.name for path in SOURCE.rglob("*") if path.is_dir()}
    assert names & SAYS_NOTHING == set()

"""What is committed names no registry, no machine and no tool of one workplace, and hides no character from its reader.

The patterns are put together from halves, so that this file does not find itself.
"""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ADDRESSES = {
    "an index option": "--(extra-)?index" + "-url|(?<!no-emit-)(find" + "-links|trusted" + "-host)",
    "a resolved address in a lock file": r'"resolved"' + r":\s*" + '"http',
    "a registry": "py" + r"pi\.org|python" + r"hosted\.org|registry\." + "npm|proxy\\.golang" + r"\.org",
    "a mirror": "deb" + r"\.debian|snapshot" + r"\.debian|archive\.ubu" + "ntu",
    "a path of one machine": r"(?<![\w.:/%-])/(work|root|opt/wheels|opt/" + r"pypi|home/(?!standwith)\w+|Users/\w+)/",
}
# Embeddings, overrides and isolates turn what a reviewer reads; zero-width characters and the byte order mark hide.
HIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff\u061c]")
PICTURES = {".png", ".jpg", ".jpeg", ".webp", ".gif", ".ico", ".pdf", ".woff2"}


def committed() -> Iterator[tuple[str, str]]:
    """Every file that git keeps (or is about to keep), with its text."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if listing.returncode:
        pytest.skip("not a git checkout")
    for name in sorted(filter(None, listing.stdout.decode().split("\0"))):
        path = ROOT / name
        if path.is_file() and path.suffix not in PICTURES:
            yield name, path.read_text(encoding="utf-8", errors="replace")


@pytest.fixture(scope="module")
def files() -> list[tuple[str, str]]:
    return list(committed())


@pytest.mark.parametrize("what", ADDRESSES)
def test_nothing_committed_names(what: str, files: list[tuple[str, str]]) -> None:
    pattern = re.compile(ADDRESSES[what], re.IGNORECASE)
    found = [f"{name}: {match[0]}" for name, text in files if (match := pattern.search(text))]
    assert found == []


def test_nothing_committed_hides_a_character(files: list[tuple[str, str]]) -> None:
    shown = [(name, text) for name, text in files if not name.startswith("tests/")]
    found = [f"{name}: U+{ord(match[0]):04X}" for name, text in shown if (match := HIDDEN.search(text))]
    assert found == []


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("an index option", "pip install --index" + "-url https://example.org"),
        ("a resolved address in a lock file", '  "resolved"' + ': "https://example.org/x.tgz"'),
        ("a registry", "https://py" + "pi.org/simple"),
        ("a mirror", "http://deb" + ".debian.org/debian"),
        ("a path of one machine", 'open("/wo' + 'rk/main/x")'),
    ],
)
def test_the_patterns_see_what_they_are_for(what: str, line: str) -> None:
    assert re.search(ADDRESSES[what], line, re.IGNORECASE)


def test_an_address_on_the_web_is_no_path_of_a_machine() -> None:
    assert not re.search(ADDRESSES["a path of one machine"], "https://www.example.org/work/strike.html")

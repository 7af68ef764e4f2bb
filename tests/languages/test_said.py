"""Whatever the house says to a reader is in the catalogues: nothing reaches a page in English by another road."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from standwith.campaigns.folder import load_campaign
from standwith.languages import Voice
from standwith.languages.extract import extract_interface
from standwith.site.build import build

EXAMPLE = Path(__file__).parents[2] / "examples" / "stand-with-belarus"


def test_every_message_said_on_a_page_is_one_that_translators_were_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: set[str] = set()
    gettext, ngettext = Voice.gettext, Voice.ngettext

    def hear(voice: Voice, message: str, **values: str) -> str:
        said.add(message)
        return gettext(voice, message, **values)

    def hear_number(voice: Voice, singular: str, plural: str, n: int, **values: str) -> str:
        said.add(singular)
        return ngettext(voice, singular, plural, n, **values)

    monkeypatch.setattr(Voice, "gettext", hear)
    monkeypatch.setattr(Voice, "ngettext", hear_number)
    build([load_campaign(EXAMPLE)], tmp_path, site_url="https://act.example.org", numbers={}, now=datetime.now(UTC))
    assert len(said) > 100
    assert said - {wanted.source for wanted in extract_interface()} == set()


def test_nobody_calls_gettext_by_another_name() -> None:
    """The extractor reads names, `_t` among them: another name would hide its messages from translators."""
    source = Path(__file__).parents[2] / "src" / "standwith"
    hidden = [
        path.name for path in source.rglob("*.py") if re.search(r"(?<!_t) = .*\.n?gettext$", path.read_text(), re.M)
    ]
    assert hidden == []

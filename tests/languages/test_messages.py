from pathlib import Path

import pytest

from standwith.languages import Catalogue, Entry
from standwith.languages import messages as interface

ENGLISH = (
    Entry(source="Sign"),
    Entry(source="{n} union", plural="{n} unions"),
    Entry(source="Error"),
    Entry(source="Hello {name}"),
)
FRENCH = (
    Entry(source="Sign", target="Signer"),
    Entry(source="{n} union", plural="{n} unions", forms=("{n} syndicat", "{n} syndicats")),
    Entry(source="Error", target="Faute", fuzzy=True, previous="Fault"),
    Entry(source="Hello {name}", target="Bonjour"),
    Entry(source="Gone", target="Parti", obsolete=True),
)


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An interface of three messages in a folder of its own."""
    for code, entries in (("en", ENGLISH), ("fr", FRENCH)):
        (tmp_path / f"{code}.po").write_bytes(Catalogue(language=code, entries=entries).dump())
    load = interface.load_interface
    monkeypatch.setattr(interface, "load_interface", lambda code: load(code, tmp_path))
    monkeypatch.setattr(interface, "messages", interface.messages.__wrapped__)


@pytest.mark.usefixtures("shipped")
def test_only_good_translations_are_said() -> None:
    assert interface.messages("fr") == {"Sign": ("Signer",), "{n} union": ("{n} syndicat", "{n} syndicats")}


@pytest.mark.usefixtures("shipped")
def test_what_a_reader_would_see_in_english() -> None:
    missing = interface.untranslated.__wrapped__
    assert missing("en") == ()
    assert missing("fr") == missing("fr-CA") == ("Error", "Hello {name}")
    assert missing("de") == missing("ckb") == ("Sign", "{n} union", "Error", "Hello {name}")

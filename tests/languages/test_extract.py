from pathlib import Path

import pytest

from standwith.languages import INTERFACE
from standwith.languages.extract import extract_interface, main, update_interface
from standwith.languages.merge import Wanted
from standwith.languages.messages import load_interface

PAGE = """{% macro x(n) %}
{# Translators: on a button #}
<b>{{ t("Sign") }}</b> <i title="{{ t('To {whom}', whom=x) }}">{{ tn("{n} person", "{n} people", n) }}</i>
{% if t(n) or words("no") %}{{ t("Sign") }}{% endif %}
{% endmacro %}
"""
CODE = '''
from standwith.languages import translatable as _t
# Translators: how sure
WORDS = {"a": _t("at least {n}")}
def say(voice, n):
    """_t("not me")"""
    voice.gettext("Sign"); voice.gettext(n)
    return voice.ngettext("{n} union", "{n} "
        "unions", n)
'''


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "look").mkdir()
    (tmp_path / "look" / "page.html").write_text(PAGE)
    (tmp_path / "words.py").write_text(CODE)
    return tmp_path


def test_every_message_is_found_once_with_its_places_and_notes(root: Path) -> None:
    assert extract_interface(root) == (
        Wanted(source="Sign", notes=("on a button",), where=("look/page.html", "words.py")),
        Wanted(source="To {whom}", where=("look/page.html",)),
        Wanted(source="{n} person", plural="{n} people", where=("look/page.html",)),
        Wanted(source="at least {n}", notes=("how sure",), where=("words.py",)),
        Wanted(source="{n} union", plural="{n} unions", where=("words.py",)),
    )


def test_the_catalogues_follow_the_messages_and_keep_translations(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "interface"
    update_interface(root, folder)
    assert {path.stem for path in folder.iterdir()} == set(INTERFACE)
    path = folder / "fr.po"
    path.write_text(path.read_text().replace('msgid "To {whom}"\nmsgstr ""', 'msgid "To {whom}"\nmsgstr "À {whom}"'))
    page = root / "look" / "page.html"
    page.write_text(PAGE.replace("To {whom}", "To: {whom}"))
    update_interface(root, folder)
    changed = load_interface("fr", folder).by_key()["", "To: {whom}"]
    assert (changed.target, changed.fuzzy, changed.previous) == ("À {whom}", True, "To {whom}")
    before = path.read_bytes()
    update_interface(root, folder)
    assert path.read_bytes() == before


def test_a_broken_template_is_told_not_skipped(root: Path) -> None:
    (root / "look" / "page.html").write_text('{{ t("Sign" }}')
    with pytest.raises(Exception, match=r"expected '\)'"):
        extract_interface(root)


def test_the_command_takes_no_arguments() -> None:
    with pytest.raises(SystemExit, match="usage"):
        main(["--help"])

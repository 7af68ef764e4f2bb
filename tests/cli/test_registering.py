"""`standwith custody register`: custodians in the settings, and nothing else changed there."""

import pytest

from standwith.campaigns.custodians import read_custodian
from standwith.cli.refusal import Refusal
from standwith.cli.registering import register
from standwith.config.home import Home
from standwith.config.settings import read_settings
from standwith.sealing.age import make_age_key
from standwith.sealing.keys import make_key

SECRETS = [make_key("custodian"), make_age_key(), make_key("custodian")]
KEYS = [str(secret.public) for secret in SECRETS]
SETTINGS = '# ours\nsite_url = "https://act.example.org" # no slash\nworkers = 2\n'


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setattr(
        "standwith.cli.registering.enter", lambda path: (Home(path), read_settings(Home(path).settings))
    )
    (tmp_path / "standwith.toml").write_text(SETTINGS)
    return tmp_path


def settings(home):
    return read_settings(home / "standwith.toml")


def test_custodians_come_one_by_one_and_comments_stay(home, capsys):
    register(KEYS[0], "Amina Example", home=home)
    assert "Registered: Amina Example. Custodians: 1; needed to open a record: 1." in capsys.readouterr().out
    (home / "kofi.pub").write_text(f"{KEYS[1]}\n")
    register(str(home / "kofi.pub"), "Kofi  Example\n", home=home)
    register(f"{KEYS[2]} Noor Example", needed=3, home=home)
    assert "Custodians: 3; needed to open a record: 3." in capsys.readouterr().out
    found = settings(home)
    assert [read_custodian(line).key for line in found.custodian_keys] == KEYS
    assert [read_custodian(line).name for line in found.custodian_keys] == [
        "Amina Example",
        "Kofi Example",
        "Noor Example",
    ]
    assert found.custodians_needed == 3
    assert (home / "standwith.toml").read_text().endswith(SETTINGS)


def test_a_key_that_is_there_gets_its_new_name(home):
    register(KEYS[0], "Amina", home=home)
    register(KEYS[0], "Amina Example", home=home)
    assert [read_custodian(line).name for line in settings(home).custodian_keys] == ["Amina Example"]


@pytest.mark.parametrize(
    "written",
    [
        f'custodian_keys = [\n  "{KEYS[0]} Amina", # one\n]\n\ncustodians_needed = 1 # for now\nworkers = 3\n',
        f'workers = 3\ncustodians_needed=1\ncustodian_keys=["{KEYS[0]}"]',
        f"workers = 3\ncustodians_needed = 0\ncustodian_keys = ['{KEYS[0]}']\n",
    ],
)
def test_settings_in_any_form_are_changed_in_their_place(home, written):
    (home / "standwith.toml").write_text(written)
    register(KEYS[1], "Kofi", needed=2, home=home)
    found = settings(home)
    assert ([read_custodian(line).key for line in found.custodian_keys], found.custodians_needed) == (KEYS[:2], 2)
    assert found.workers == 3


def test_a_table_that_cannot_be_changed_is_left_and_the_line_is_told(home):
    written = f'"custodian_keys" = ["{KEYS[0]} Kofi Example"]\n'
    (home / "standwith.toml").write_text(written)
    with pytest.raises(Refusal, match="write this into it yourself: custodian_keys = "):
        register(KEYS[1], "Lin", home=home)
    assert (home / "standwith.toml").read_text() == written
    assert [file.name for file in home.iterdir()] == ["standwith.toml"]


@pytest.mark.parametrize(
    ("key", "name", "needed", "said"),
    [
        ("", "Amina", None, r"Say it with --key"),
        (KEYS[0], "", None, r"Say it with --name"),
        ("nonsense", "Amina", None, "neither a custodian's public line nor a file"),
        (KEYS[0][:-3], "Amina", None, "damaged"),
        (str(SECRETS[0]), "Amina", None, "This is a secret key"),
        (KEYS[0], "Amina", 2, "2 are needed and 1 are named"),
    ],
)
def test_what_cannot_be_registered_changes_nothing(home, key, name, needed, said):
    with pytest.raises(Refusal, match=said):
        register(key, name, needed, home)
    assert (home / "standwith.toml").read_text() == SETTINGS


@pytest.mark.parametrize("secret", SECRETS[:2], ids=["own", "age"])
def test_a_secret_key_is_turned_away(home, secret):
    (home / "oh.key").write_text(f"{secret}\n")
    with pytest.raises(Refusal, match="must never come near the server"):
        register(str(home / "oh.key"), "Amina", home=home)
    assert (home / "standwith.toml").read_text() == SETTINGS

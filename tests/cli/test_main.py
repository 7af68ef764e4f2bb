"""Whatever goes wrong at the keyboard: one sentence on the error stream, status 2, and no traceback."""

import socket
from pathlib import Path

import pytest

from standwith.cli import COMMANDS
from tests.typed import type_command


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("installation") / "home"
    made = type_command("init", path, "--mail-relay", "mailbox")
    assert made.returncode == 0, made.stderr
    return path


def expect_sentence(*words: object, said: str, **environment: str) -> None:
    done = type_command(*words, **environment)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.startswith("standwith: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_a_wrong_option_is_one_sentence(command: str) -> None:
    expect_sentence(command, "--colour", said="No such option: --colour")


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_help_says_what_a_command_does(command: str) -> None:
    done = type_command(command, "--help", COLUMNS="200")
    assert done.returncode == 0
    assert "Usage: standwith" in done.stdout


def test_an_unknown_command_and_none(home: Path) -> None:
    expect_sentence("frobnicate", said="No such command 'frobnicate'")
    nothing = type_command()
    assert nothing.returncode == 2
    assert "publish" in nothing.stdout + nothing.stderr


@pytest.mark.parametrize("command", ["serve", "clerk"])
def test_without_an_installation(tmp_path: Path, command: str) -> None:
    expect_sentence(command, "--home", tmp_path / "nowhere", said="There is no installation in")


def test_a_clerk_without_a_way_out_for_letters_does_not_begin(tmp_path: Path) -> None:
    assert type_command("init", tmp_path / "home").returncode == 0
    expect_sentence("clerk", "--home", tmp_path / "home", said="No mail relay is set")


def test_before_anything_is_published(home: Path) -> None:
    expect_sentence("serve", "--home", home, said="Nothing is published yet")


@pytest.mark.parametrize(
    "part", ["keys/link.key", "keys/clerk.pub", "journal/journal.sqlite", "tables/standwith.sqlite", "standwith.toml"]
)
def test_a_missing_part_is_named(home: Path, part: str) -> None:
    aside = home / "aside"
    (home / part).rename(aside)
    try:
        expect_sentence("clerk", "--home", home, said=f"{part} is missing")
    finally:
        aside.rename(home / part)


def test_clerk_keys_that_are_gone_are_one_sentence(home: Path) -> None:
    secrets = home / "keys" / "clerk"
    secrets.rename(home / "aside")
    try:
        expect_sentence("clerk", "--home", home, said="key")
    finally:
        (home / "aside").rename(secrets)


def test_an_unknown_setting(home: Path) -> None:
    settings = home / "standwith.toml"
    was = settings.read_text()
    settings.write_text(was + 'colour = "red"\n')
    try:
        expect_sentence("clerk", "--home", home, said="there is no setting colour")
    finally:
        settings.write_text(was)


def test_a_damaged_manifest(home: Path) -> None:
    (home / "manifest.json").write_text("{")
    try:
        expect_sentence("serve", "--home", home, said="manifest")
    finally:
        (home / "manifest.json").unlink()


def test_a_port_that_is_taken(home: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        settings = home / "standwith.toml"
        was = settings.read_text()
        settings.write_text(
            was.replace("127.0.0.1:8000", f"127.0.0.1:{port}", 2).replace(
                f"http://127.0.0.1:{port}", "http://127.0.0.1:8000"
            )
        )
        (home / "manifest.json").write_text('{"version": 2, "site_url": "http://127.0.0.1:8000", "campaigns": {}}')
        try:
            expect_sentence("serve", "--home", home, said="Cannot listen at 127.0.0.1")
        finally:
            settings.write_text(was)
            (home / "manifest.json").unlink()


def test_init_never_touches_what_is_there(home: Path, tmp_path: Path) -> None:
    before = (home / "keys/link.key").read_bytes()
    expect_sentence("init", home, said="is not empty")
    assert (home / "keys/link.key").read_bytes() == before
    expect_sentence("init", tmp_path / "new", "--site-url", "act.example.org", said="site_url must be an address")
    assert not (tmp_path / "new").exists()


def test_secrets_are_for_their_owner_only(home: Path) -> None:
    private = [*(home / "keys").rglob("*"), home / "journal" / "journal.sqlite", home / "tables" / "standwith.sqlite"]
    open_to_others = [
        path for path in private if path.name != "clerk.pub" and path.stat().st_mode & 0o077 and path.is_file()
    ]
    assert open_to_others == []


def test_key_is_made_once(tmp_path: Path) -> None:
    made = type_command("key", tmp_path / "custodian.key")
    assert made.returncode == 0
    secret = (tmp_path / "custodian.key").read_text()
    assert (tmp_path / "custodian.key").stat().st_mode & 0o777 == 0o600
    assert secret.split()[2] not in made.stdout
    expect_sentence("key", tmp_path / "custodian.key", said="is already there")
    assert (tmp_path / "custodian.key").read_text() == secret


@pytest.mark.parametrize(
    "words", [["publish", "nowhere", "--to", "www"], ["check", "nowhere"], ["languages", "nowhere"]]
)
def test_a_folder_that_is_not_there(words: list[str]) -> None:
    expect_sentence(*words, said="nowhere")


def test_publish_wants_to_know_where(tmp_path: Path) -> None:
    expect_sentence("publish", tmp_path, said="--to OUT")


def test_a_site_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    example = Path(__file__).parents[2] / "examples" / "stand-with-belarus"
    words = ("publish", example, "--site-url", "https://act.example.org", "--to", tmp_path / "file" / "www")
    expect_sentence(*words, said="Not a directory")


def test_a_site_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("mine")
    example = Path(__file__).parents[2] / "examples" / "stand-with-belarus"
    expect_sentence("publish", example, "--site-url", "https://act.example.org", "--to", tmp_path, said="did not make")
    assert (tmp_path / "index.html").read_text() == "mine"

"""Settings: what is wrong with them is one sentence; what is right comes back as it was."""

from pathlib import Path

import pytest

from standwith.config.settings import Settings, SettingsRefused, read_settings, write_settings

AGE = "age1l67ynvd6m5tsv0hxsj0wmhq080fcsmfvtqmun826w3l4nlmeadmsdvjr2r"


def write(directory: Path, text: str) -> Path:
    path = directory / "standwith.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_written_settings_are_read_back_as_they_were(tmp_path: Path) -> None:
    settings = Settings(
        site_url="https://act.example.org",
        workers=3,
        mail_from="Ämter <confirm@example.org>",
        custodian_keys=[f"{AGE} Kofi Example"],
        custodians_needed=1,
    )
    path = tmp_path / "standwith.toml"
    path.write_bytes(write_settings(settings))
    assert read_settings(path) == settings


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('colour = "red"', "there is no setting colour"),
        ("workers = 0", "workers must be between 1 and 64"),
        ('workers = "two"', "Expected `int`, got `str`"),
        ('site_url = "act.example.org"', "site_url must be an address"),
        ('site_url = "https://act.example.org/"', "without a slash at the end"),
        ('listen = "8000"', "listen must be a host and a port"),
        ('listen = "127.0.0.1:99999"', "listen must be a host and a port"),
        ('mail_from = "nobody"', "mail_from must be a sender"),
        ('mail_from = "a@example.org\\nBcc: b@example.org"', "mail_from must be a sender"),
        ('mail_relay = "mail.example.org"', "mail_relay must be like smtp://"),
        ('mail_relay = "smtp://user:secret@mail.example.org"', "with the password in mail_password_file"),
        ("site_url = ", "standwith.toml"),
        ('custodian_keys = ["standwith-custodian-1 0000000000000000 AAAA"]', "custodian_keys must be lines"),
        (f'custodian_keys = ["{AGE}", "{AGE} Kofi"]', "the same key stands there twice"),
        (f'custodian_keys = ["{AGE}"]\ncustodians_needed = 2', "2 are needed and 1 are named"),
        ("custodians_needed = 1", "1 are needed and 0 are named"),
    ],
)
def test_what_cannot_work_is_refused_with_one_sentence(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SettingsRefused) as refused:
        read_settings(write(tmp_path, text))
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsRefused, match="No such file"):
        read_settings(tmp_path / "standwith.toml")


def test_password_is_the_first_line_of_its_file(tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("open sesame\nnot this\n", encoding="utf-8")
    assert Settings(mail_password_file=str(secret)).mail_password == "open sesame"
    with pytest.raises(SettingsRefused, match="mail_password_file"):
        _ = Settings(mail_password_file=str(tmp_path / "none")).mail_password

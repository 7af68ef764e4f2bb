"""Settings of one installation, read from HOME/standwith.toml.

    site_url = "https://act.example.org"            # where the public reaches the site; no slash at the end
    listen = "127.0.0.1:8000"                       # where the built-in server listens
    workers = 2                                     # processes of the built-in server
    mail_from = "Stand with <confirm@example.org>"  # sender of the confirmations
    mail_relay = "smtp://user@mail.example.org:587" # "mailbox": letters become files in HOME/mailbox, to try things
    mail_password_file = "/etc/standwith/smtp"      # first line is the password of the relay's user
    custodian_keys = ["age1… Kofi Example"]         # public keys, and names, for campaigns that name no custodians
    custodians_needed = 2                           # how many of them open a record together; 0: the usual number
    mirrors = ["https://mirror.example.net/log"]    # copies of the ledger that are asked before anything is signed
    memory = "/run/standwith"                       # in memory, for keys that no disk may see; "": found by itself

Invariant: an unknown name or a value of the wrong kind is refused with one sentence; nothing is guessed.
Does not hold secrets (the password lies in its own file) and no campaign's text (that is the campaign folder).
"""

import re
from email.utils import parseaddr
from pathlib import Path
from typing import get_type_hints
from urllib.parse import urlsplit

import msgspec

from standwith.campaigns.custodians import misfit, read_custodian, usual_number
from standwith.sealing.errors import KeyRefused

MAILBOX = "mailbox"  # in place of a relay: letters, addresses and all, become files on this machine


class SettingsRefused(Exception):
    """The settings cannot be used; the sentence names the file, the setting and what it should be."""


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One installation's settings; every field is documented in docs/settings.md."""

    site_url: str = "http://127.0.0.1:8000"
    listen: str = "127.0.0.1:8000"
    workers: int = 1
    mail_from: str = "standwith <confirm@localhost>"
    mail_relay: str = ""
    mail_password_file: str = ""
    custodian_keys: list[str] = []
    custodians_needed: int = 0
    mirrors: list[str] = []
    memory: str = ""

    @property
    def address(self) -> tuple[str, int]:
        """Host and port to listen at."""
        host, _, port = self.listen.rpartition(":")
        return host.strip("[]"), int(port)

    @property
    def mail_password(self) -> str:
        """The relay's password, or an empty string where none is set."""
        if not self.mail_password_file:
            return ""
        try:
            lines = Path(self.mail_password_file).read_text(encoding="utf-8").splitlines()
        except OSError as error:
            raise SettingsRefused(f"mail_password_file {self.mail_password_file}: {error.strerror}.") from None
        return lines[0] if lines else ""


def read_settings(path: Path) -> Settings:
    """Return the settings in `path`; raise SettingsRefused with one sentence for anything that cannot be used."""
    try:
        settings = msgspec.toml.decode(path.read_bytes(), type=Settings)
    except OSError as error:
        raise SettingsRefused(f"{path}: {error.strerror}.") from None
    except (msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SettingsRefused(f"{path}: {_explain(str(error))}") from None
    try:
        return check_settings(settings)
    except SettingsRefused as problem:
        raise SettingsRefused(f"{path}: {problem}") from None


def check_settings(settings: Settings) -> Settings:
    """Return `settings`, or raise SettingsRefused with the first value that cannot work."""
    for name, problem in _problems(settings):
        raise SettingsRefused(f"{name} {problem}")
    return settings


def write_settings(settings: Settings) -> bytes:
    """Return the settings as TOML, every one of them, in the order of the class."""
    values = (
        (name, getattr(settings, name)) for name in get_type_hints(Settings) if name in Settings.__struct_fields__
    )
    return "".join(f"{name} = {msgspec.json.encode(value).decode()}\n" for name, value in values).encode()


def _explain(message: str) -> str:
    unknown = re.search(r"unknown field `(\w+)`", message)
    if unknown:
        return f"there is no setting {unknown[1]}; the settings are {', '.join(Settings.__struct_fields__)}."
    return f"{message}."


def _problems(settings: Settings) -> list[tuple[str, str]]:
    found = []
    site = urlsplit(settings.site_url)
    if site.scheme not in ("http", "https") or not site.hostname or settings.site_url.endswith("/"):
        found.append(("site_url", "must be an address such as https://act.example.org, without a slash at the end."))
    if not re.fullmatch(r"(\[[0-9a-fA-F:]+\]|[^:\s]+):\d{1,5}", settings.listen) or not 0 < settings.address[1] < 65536:
        found.append(("listen", "must be a host and a port such as 127.0.0.1:8000."))
    if not 1 <= settings.workers <= 64:
        found.append(("workers", "must be between 1 and 64."))
    if "@" not in parseaddr(settings.mail_from)[1] or re.search(r"[\r\n]", settings.mail_from):
        found.append(("mail_from", "must be a sender such as: Stand with <confirm@example.org>"))
    relay = urlsplit(settings.mail_relay)
    usable = relay.scheme in ("smtp", "smtps") and relay.hostname and not relay.password
    if settings.mail_relay not in ("", MAILBOX) and not usable:
        found.append(
            ("mail_relay", "must be like smtp://user@mail.example.org:587, with the password in mail_password_file.")
        )
    if not all(urlsplit(url).scheme in ("http", "https") and urlsplit(url).hostname for url in settings.mirrors):
        found.append(("mirrors", "must be addresses of copies of the ledger, such as https://mirror.example.net/log."))
    return found + _problems_of_custodians(settings)


def _problems_of_custodians(settings: Settings) -> list[tuple[str, str]]:
    try:
        keys = [read_custodian(line).key for line in settings.custodian_keys]
    except KeyRefused:
        said = (
            "must be lines that `standwith key` printed: standwith-custodian-1 … or age1…, each with a name behind it."
        )
        return [("custodian_keys", said)]
    needed = settings.custodians_needed or usual_number(len(keys))
    problem = misfit(keys, needed) if keys or needed else ""
    return [("custodian_keys", f"do not fit together: {problem}")] if problem else []

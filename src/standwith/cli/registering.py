"""`standwith custody register`: a custodian's public key into the installation's settings.

These custodians keep the records of campaigns whose folder names none. Invariant: only the lines of these two settings
are changed, and the file that comes out reads as it should, or nothing is written.
"""

import re
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from standwith.campaigns.custodians import read_custodian, usual_number, write_custodian
from standwith.campaigns.model import Custodian
from standwith.campaigns.secret_keys import holds_secret
from standwith.cli.asking import ask
from standwith.cli.home import HomeOption, enter
from standwith.cli.refusal import Refusal
from standwith.config.settings import Settings, SettingsRefused, check_settings, read_settings
from standwith.durable.files import write_atomically
from standwith.sealing.age import PUBLIC as AGE
from standwith.sealing.errors import KeyRefused

_STARTS = ("standwith-custodian-1 ", AGE)
_SETTING = r"(?ms)^{name}\s*=\s*(?:\[.*?\]|[^\n\[]*)[ \t]*(?:#[^\n]*)?$\n?"


def register(
    key: Annotated[str, typer.Option(help="The custodian's public line, or a file with it.")] = "",
    name: Annotated[str, typer.Option(help="Who the custodian is; the ledger will show it.")] = "",
    needed: Annotated[int | None, typer.Option(help="How many of all open a record; 0: the usual number.")] = None,
    home: HomeOption = Path("standwith"),
) -> None:
    """Add a custodian, by their public key, to those of campaigns that name none in their folder."""
    place, settings = enter(home)
    found = read_public_key(ask("The custodian's public line (standwith-custodian-1 … or age1…)", key, "--key"))
    named = Custodian(name=" ".join((name or found.name or ask("Their name", name, "--name")).split()), key=found.key)
    kept = [line for line in settings.custodian_keys if read_custodian(line).key != named.key]
    number = settings.custodians_needed if needed is None else needed
    changed = msgspec.structs.replace(
        settings, custodian_keys=[*kept, write_custodian(named)], custodians_needed=number
    )
    _write(place.settings, changed)
    count = len(changed.custodian_keys)
    typer.echo(
        f"Registered: {named.name}. Custodians: {count}; needed to open a record: {number or usual_number(count)}."
    )
    typer.echo("It takes effect with the next `standwith publish`. Then rehearse: standwith custody rehearse CAMPAIGN")


def read_public_key(given: str) -> Custodian:
    """The custodian in a line, or in a file that holds one; raises Refusal."""
    text = given
    if not given.startswith(_STARTS) and not holds_secret(given.encode()):
        try:
            text = Path(given).read_text(encoding="utf-8")
        except (OSError, ValueError):
            raise Refusal(f"“{given[:60]}” is neither a custodian's public line nor a file that holds one.") from None
    if holds_secret(text.encode()):
        raise Refusal(
            "This is a secret key, which must never come near the server. Take the public line that `standwith key` "
            "printed beside it, and make a new key if this machine is the server."
        )
    try:
        return read_custodian(text)
    except KeyRefused as problem:
        raise Refusal(str(problem)) from None


def _write(path: Path, settings: Settings) -> None:
    try:
        check_settings(settings)
    except SettingsRefused as problem:
        raise Refusal(str(problem)) from None
    text = path.read_text(encoding="utf-8")
    for name in ("custodian_keys", "custodians_needed"):
        line = f"{name} = {msgspec.json.encode(getattr(settings, name)).decode()}\n"
        old = re.search(_SETTING.format(name=name), text)
        text = text[: old.start()] + line + text[old.end() :] if old else line + text
    trial = path.with_name(f".{path.name}.trial")
    try:
        trial.write_text(text, encoding="utf-8")
        good = read_settings(trial) == settings
    except SettingsRefused:
        good = False
    finally:
        trial.unlink(missing_ok=True)
    if not good:
        keys = msgspec.json.encode(settings.custodian_keys).decode()
        raise Refusal(f"{path} could not be changed; write this into it yourself: custodian_keys = {keys}")
    write_atomically(path, text.encode(), mode=path.stat().st_mode & 0o777)

"""`standwith init`: found an installation."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from standwith.cli.name import command_name
from standwith.cli.refusal import Refusal
from standwith.config.founding import FoundingRefused, found
from standwith.config.settings import Settings, SettingsRefused, check_settings


def init(
    home: Annotated[Path, typer.Argument(help="A new directory for settings, keys, journal and site.")],
    site_url: Annotated[
        str, typer.Option(help="Where the public will reach it, e.g. https://act.example.org")
    ] = Settings().site_url,
    listen: Annotated[str, typer.Option(help="Host and port of the built-in server.")] = Settings().listen,
    mail_from: Annotated[str, typer.Option(help="Sender of the confirmations.")] = Settings().mail_from,
    mail_relay: Annotated[
        str, typer.Option(help="Where mail leaves: smtp://user@host:587, or mailbox to try things.")
    ] = "",
    custodian_key: Annotated[
        list[str] | None, typer.Option(help="Public key for campaigns that name no custodians; once for each of them.")
    ] = None,
    custodians_needed: Annotated[int, typer.Option(help="How many of them open a record; 0: the usual number.")] = 0,
) -> None:
    """Make an installation: its settings, keys, journal and tables. Never touches a directory that holds anything."""
    settings = Settings(
        site_url=site_url.rstrip("/"),
        listen=listen,
        mail_from=mail_from,
        mail_relay=mail_relay,
        custodian_keys=custodian_key or [],
        custodians_needed=custodians_needed,
    )
    try:
        made = found(home, check_settings(settings), now=datetime.now(UTC))
    except (FoundingRefused, SettingsRefused) as problem:
        raise Refusal(str(problem)) from None
    typer.echo(f"Your installation is in {made.path}; its settings are in {made.settings}.")
    name = command_name()
    typer.echo(f"""Next:
  {name} key FILE            a custodian's key, on another machine if you can
  {name} publish DIR --home {made.path}
  {name} serve --home {made.path}
  {name} clerk --home {made.path}    beside the server; it needs mail_relay in the settings""")

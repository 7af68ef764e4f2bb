"""The --home option, the same in every command that works on an installation."""

from pathlib import Path
from typing import Annotated

import typer

from standwith.cli.refusal import Refusal
from standwith.config.home import Home, HomeMissing
from standwith.config.settings import Settings, SettingsRefused, read_settings

HomeOption = Annotated[
    Path,
    typer.Option("--home", envvar="STANDWITH_HOME", help="Where this installation lives (made by `standwith init`)."),
]


def enter(path: Path) -> tuple[Home, Settings]:
    """Return the home at `path` and its settings; raise Refusal when it cannot be used."""
    try:
        home = Home(path).require()
        return home, read_settings(home.settings)
    except (HomeMissing, SettingsRefused) as problem:
        raise Refusal(str(problem)) from None

"""The command line: a file per command, a function each; this file lists them and is the one place that speaks errors.

Invariant: a command ends with 0 (done), 1 (it did its work and found errors in what it was given) or 2 (it would not or
could not; one sentence says why and what mends it). Nobody ever sees a traceback unless STANDWITH_TRACE is set.
Only the file of the command that was asked for is imported: a server's workers carry nothing that they don't need.
"""

import os
import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

import typer

from standwith.cli.refusal import Refusal

COMMANDS = {  # name -> file and function
    "new": "new:new",
    "import": "importing:import_documents",
    "import-table": "tables:import_table",
    "check": "check:check",
    "format": "format:format_folder",
    "languages": "languages:languages",
    "publish": "publish:publish",
    "dossier": "dossier:dossier",
    "init": "init:init",
    "key": "key:key",
    "serve": "serve:serve",
    "clerk": "clerk:clerk",
    "demo": "demo:demo",
    "pause": "pausing:pause",
    "resume": "pausing:resume",
    "block": "block:block",
    "void": "void:void",
    "export": "export:export",
    "open": "open:open_records",
    "verify": "verify:verify",
}
GROUPS: dict[str, str] = {  # name -> file and typer application with commands of its own
    "ledger": "ledger:ledger",
    "witness": "witness:witness",
    "custody": "custody:custody",
    "audit": "audit:audit",
    "people": "people:people",
}


def load_command(name: str) -> Callable[..., Any]:
    """The function behind a command's name."""
    file, function = COMMANDS[name].split(":")
    found: Callable[..., Any] = getattr(import_module(f"standwith.cli.{file}"), function)
    return found


def load_group(name: str) -> typer.Typer:
    """The application behind a group's name."""
    file, application = GROUPS[name].split(":")
    found: typer.Typer = getattr(import_module(f"standwith.cli.{file}"), application)
    return found


def make_app(names: Iterable[str] = (*COMMANDS, *GROUPS)) -> typer.Typer:
    """The command line with these commands."""
    app = typer.Typer(name="standwith", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
    app.callback(help="The campaign server for solidarity across borders.")(lambda: None)
    for name in names:
        if name in GROUPS:
            app.add_typer(load_group(name), name=name)
        else:
            app.command(name)(load_command(name))
    return app


def main() -> None:
    """Run one command; turn what went wrong into one sentence and an exit status."""
    asked = sys.argv[1] if len(sys.argv) > 1 else ""
    try:
        app = make_app([asked]) if asked in COMMANDS or asked in GROUPS else make_app()
        sys.exit(app(prog_name="standwith", standalone_mode=False))
    except Refusal as refusal:
        _leave(str(refusal), 2)
    except typer.TyperException as error:  # a wrong option or argument
        _leave(error.format_message() or "see `standwith --help`.", 2)
    except (KeyboardInterrupt, typer.Abort):
        _leave("stopped.", 130)
    except BrokenPipeError:
        os._exit(141)  # the reader went away (| head); flushing again would only complain
    except (
        Exception
    ) as error:  # nobody at a keyboard is helped by a traceback, and its text may hold a supporter's data
        if os.environ.get("STANDWITH_TRACE"):
            raise
        _leave(
            f"this should not have happened ({type(error).__name__}); run again with STANDWITH_TRACE=1 to see where.", 2
        )


def _leave(sentence: str, status: int) -> None:
    typer.echo(f"standwith: {sentence}", err=True)
    sys.exit(status)

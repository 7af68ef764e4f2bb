"""The command line: one file per command, one function each; this file lists them and is the one place that speaks errors.

Invariant: a command ends with 0 (done), 1 (it did its work and found errors in what it was given) or 2 (it would not or
could not; one sentence says why and what mends it). Nobody ever sees a traceback unless STANDWITH_TRACE is set.
"""

import os
import sys

import typer

from standwith.cli.block import block
from standwith.cli.check import check
from standwith.cli.clerk import clerk
from standwith.cli.demo import demo
from standwith.cli.export import export
from standwith.cli.format import format_folder
from standwith.cli.init import init
from standwith.cli.key import key
from standwith.cli.languages import languages
from standwith.cli.new import new
from standwith.cli.open import open_bundle
from standwith.cli.publish import publish
from standwith.cli.refusal import Refusal
from standwith.cli.serve import serve

COMMANDS = {
    "new": new,
    "check": check,
    "format": format_folder,
    "languages": languages,
    "publish": publish,
    "init": init,
    "key": key,
    "serve": serve,
    "clerk": clerk,
    "demo": demo,
    "block": block,
    "export": export,
    "open": open_bundle,
}

app = typer.Typer(
    name="standwith",
    help="The campaign server for solidarity across borders.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for name, command in COMMANDS.items():
    app.command(name)(command)


def main() -> None:
    """Run one command; turn what went wrong into one sentence and an exit status."""
    try:
        sys.exit(app(standalone_mode=False))
    except Refusal as refusal:
        _leave(str(refusal), 2)
    except typer.TyperException as error:  # a wrong option or argument
        _leave(error.format_message() or "see `standwith --help`.", 2)
    except (KeyboardInterrupt, typer.Abort):
        _leave("stopped.", 130)
    except BrokenPipeError:
        os._exit(141)  # the reader went away (| head); flushing again would only complain
    except Exception as error:  # nobody at a keyboard is helped by a traceback, and its text may hold a supporter's data
        if os.environ.get("STANDWITH_TRACE"):
            raise
        _leave(f"this should not have happened ({type(error).__name__}); run again with STANDWITH_TRACE=1 to see where.", 2)


def _leave(sentence: str, status: int) -> None:
    typer.echo(f"standwith: {sentence}", err=True)
    sys.exit(status)

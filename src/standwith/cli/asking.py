"""Questions at the keyboard: only where somebody sits there; elsewhere an option has to say it.

Invariant: a command that is not on a terminal never waits for an answer, and never takes silence for one.
"""

import sys

import typer

from standwith.cli.refusal import Refusal


def on_terminal() -> bool:
    """Whether somebody can answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask(question: str, given: str, option: str) -> str:
    """What was given, or else what somebody types; raises Refusal where nobody sits."""
    if given:
        return given
    if not on_terminal():
        raise Refusal(f"{question}? Say it with {option}.")
    answer: str = typer.prompt(question)
    return answer.strip()


def confirm_word(warning: str, word: str, given: str) -> None:
    """Go on only if `word` was given with --confirm, or is typed; raises Refusal."""
    if not given and on_terminal():
        typer.echo(warning)
        given = typer.prompt(f"To go on, type {word}")
    if given.strip() != word:
        raise Refusal(f"Nothing was done. {warning} To go on, confirm with --confirm {word}")

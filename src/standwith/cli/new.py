"""`standwith new`: starts a campaign folder by asking five questions.

Invariant: what it writes passes `standwith check` without an error, and nothing that exists is ever overwritten.
Answers may come from a pipe, one a line.
"""

import re
import sys
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from standwith.campaigns import kinds
from standwith.campaigns.folder import dump, load_files
from standwith.campaigns.model import Action, Campaign, Demand, Owner
from standwith.cli.refusal import Refusal
from standwith.durable.files import write_together
from standwith.languages import PartialDate, UnknownLanguage, voice
from standwith.languages import language as language_of
from standwith.manuscript import FILE_MISTAKES, Report, Slip, check_letters

QUESTIONS: tuple[tuple[str, str, Callable[[str], str], int], ...] = (
    ("title", "What is the campaign called?", kinds.parse_line, 80),
    ("demand", "What do you ask for, in one sentence?", kinds.parse_line, 140),
    ("addressee", "Of whom do you ask it?", kinds.parse_line, 200),
    ("owner", "Which organisation answers for the campaign?", kinds.parse_line, 200),
    ("email", "At which e-mail address can it be reached?", kinds.parse_email, 254),
)

_SPELLED = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "œ": "oe", "å": "aa"}
    | {"ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ə": "e"}
)
"""Letters that Unicode does not take apart, or that are commonly spelled with two."""

NEXT = """
Next:
  1. Write the statement, the text that people put their names to: {folder}/statement.md
  2. Say where things were said (sources.csv), then add figures (facts.csv) and dates (timeline.csv).
  3. standwith check {folder}        finds what is missing or wrong
  4. standwith languages {folder} --update   after adding languages in campaign.toml: starts their translations
Everything in the folder may be public: leave out what must not be."""


def new(
    folder: Annotated[
        Path, typer.Argument(help="The folder to make; its name becomes the campaign's id.", metavar="DIR")
    ],
    language: Annotated[str, typer.Option(help="The language that you write in.")] = "en",
) -> None:
    """Start a campaign folder by answering five questions."""
    refuse_existing(folder)
    _refuse_unknown(language)
    identifier = identify(folder)
    answers = {name: _ask(question, parse, limit) for name, question, parse, limit in QUESTIONS}
    campaign = draft(identifier, answers, language, datetime.now(UTC))
    files = dump(campaign)
    loaded = load_files(files)
    if loaded.campaign is None:
        raise Refusal(f"these answers do not make a campaign yet: {loaded.findings[0].what} {loaded.findings[0].mend}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_together({folder / name: data for name, data in files.items()})
    except OSError as error:
        raise Refusal(f"{folder} cannot be written: {error.strerror}.") from None
    typer.echo(f"\nWrote {len(files)} files to {folder}.{NEXT.format(folder=folder)}")


def draft(identifier: str, answers: dict[str, str], code: str, now: datetime) -> Campaign:
    """The smallest campaign that says something: one demand, one statement to sign."""
    return Campaign(
        id=identifier,
        title=answers["title"],
        headline=answers["demand"],
        source_language=code,
        languages=(code,),
        opened=PartialDate(now.year, now.month, now.day),
        owner=Owner(name=answers["owner"], email=answers["email"]),
        demands=(Demand(id="first", text=answers["demand"], addressee=answers["addressee"]),),
        actions=(Action(id="sign", kind="sign", title=voice(code).gettext("Sign the statement")),),
        statement=(answers["demand"],),
    )


def refuse_existing(folder: Path) -> None:
    """Raises Refusal unless the folder is new or empty."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise Refusal(f"{folder} is not a folder; choose another name.")
    if folder.is_dir() and any(folder.iterdir()):
        raise Refusal(f"{folder} is not empty, and nothing is ever overwritten; choose another name.")


def _refuse_unknown(code: str) -> None:
    try:
        language_of(code)
    except UnknownLanguage as problem:
        raise Refusal(str(problem)) from None


def identify(folder: Path) -> str:
    """The id of the campaign whose folder this is to be; raises Refusal for a name that cannot be one."""
    name = folder.resolve().name
    try:
        return kinds.parse_id(name)
    except Slip:
        better = _in_ascii(name)
        mend = (
            f"call the folder {better}, for example."
            if better
            else "give the folder a name of letters a-z, digits and hyphens that you would say aloud, as free-amina."
        )
        raise Refusal(f"“{name}” cannot become the address of a page; {mend}") from None


def _in_ascii(name: str) -> str:
    """An id that reads like the name, "" for one in another alphabet: how that is spelled here, people decide."""
    spelled = unicodedata.normalize("NFKD", name.lower().translate(_SPELLED))
    plain = "".join(sign for sign in spelled if not unicodedata.combining(sign) and sign not in "'’")
    if any(sign.isalnum() and not sign.isascii() for sign in plain):
        return ""
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:64].rstrip("-")


def _ask(question: str, parse: Callable[[str], str], limit: int) -> str:
    """One answer; asks again until it can be used, refuses when the input ends."""
    while True:
        typer.echo(f"{question} ", nl=False)
        line = _read_line()
        if not sys.stdin.isatty():
            typer.echo()
        if not line:
            raise Refusal("the answers ended too early; nothing was written.")
        problem = _problem(line.strip(), parse, limit)
        if not problem:
            return line.strip()
        typer.echo(f"  {problem}")


def _read_line() -> str:
    try:
        line = sys.stdin.readline()
        line.encode()
    except UnicodeError:
        raise Refusal("the answers are not UTF-8 text; nothing was written.") from None
    return line


def _problem(answer: str, parse: Callable[[str], str], limit: int) -> str:
    """What is wrong with an answer, as a sentence; "" if nothing is."""
    if not answer:
        return "Please write something; you can change it later."
    if len(answer) > limit:
        return f"That has {len(answer)} characters; {limit} are the most. Say it shorter."
    report = Report(FILE_MISTAKES)
    check_letters(answer, "answer", report)
    if report.findings:
        return f"{report.findings[0].what} {report.findings[0].mend}"
    try:
        parse(answer)
    except Slip as slip:
        return slip.what
    return ""

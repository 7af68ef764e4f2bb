"""What is decided about people at the keyboard: accept, approve, hold, release.

Invariant: what would be decided is shown first, and happens only when somebody says yes. Whoever is held back is taken
off the pages at once, not with the next publication.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from standwith.campaigns.model import Campaign
from standwith.campaigns.traces import find_traces
from standwith.cli.asking import on_terminal
from standwith.cli.home import HomeOption, enter
from standwith.cli.publish import people_are, read_folder
from standwith.cli.refusal import Refusal
from standwith.config import django
from standwith.config.home import Home
from standwith.config.settings import Settings
from standwith.decisions.errors import DecisionRefused
from standwith.people import Person

if TYPE_CHECKING:  # models need a configured Django
    from standwith.decisions.queries import Wait

FolderArgument = Annotated[Path, typer.Argument(metavar="DIR", help="The campaign folder.")]
IdsArgument = Annotated[list[str] | None, typer.Argument(metavar="ID", help="Ids of people.csv.")]
AllOption = Annotated[bool, typer.Option("--all", help="All that wait for it.")]
ByOption = Annotated[str, typer.Option("--by", help="Who decides: your name.")]
YesOption = Annotated[bool, typer.Option("--yes", help="Do it; on a terminal you are asked.")]


class Because(StrEnum):
    """Why somebody is held back, as it is typed."""

    ASKED = "asked"
    DANGER = "danger"
    CONSENT = "consent"
    DOUBT = "doubt"
    MISTAKE = "mistake"
    OTHER = "other"


def accept(
    folder: FolderArgument,
    by: ByOption,
    ids: IdsArgument = None,
    everybody: AllOption = False,
    yes: YesOption = False,
    home: HomeOption = Path("standwith"),
) -> None:
    """Say as the first that people may be shown as their rows are now; a second person has to approve."""
    campaign, waits = _look(folder, home)
    chosen = _choose(waits, ids, [wait for wait in waits if not wait.accepted_by and not wait.held], everybody)
    _preview(chosen)
    go_on(yes)
    from standwith.decisions.decide import accept as decide  # models need a configured Django

    _decide(lambda now: decide(campaign.id, [wait.person for wait in chosen], by=by, now=now))
    typer.echo(f"Accepted: {len(chosen)}. Somebody else approves: standwith people approve {folder} --all --by NAME")


def approve(
    folder: FolderArgument,
    by: ByOption,
    ids: IdsArgument = None,
    everybody: AllOption = False,
    yes: YesOption = False,
    home: HomeOption = Path("standwith"),
) -> None:
    """Say as the second that people may be shown as their rows are now; the first must be somebody else."""
    campaign, waits = _look(folder, home)
    from standwith.decisions.decide import approve as decide  # models need a configured Django
    from standwith.decisions.names import are_two

    of_others = [wait for wait in waits if wait.accepted_by and are_two(wait.accepted_by, by)]
    chosen = _choose(waits, ids, of_others, everybody)
    _preview(chosen)
    go_on(yes)
    _decide(lambda now: decide(campaign.id, [wait.person for wait in chosen], by=by, now=now))
    typer.echo(f"Approved: {len(chosen)}. To show them: standwith publish {folder}")


def hold(
    campaign: Annotated[str, typer.Argument(help="The campaign's id, as in its addresses.")],
    person: Annotated[str, typer.Argument(metavar="ID", help="The id of people.csv.")],
    by: ByOption,
    reason: Annotated[Because, typer.Option(help="Why; it is kept in the log.")],
    yes: YesOption = False,
    home: HomeOption = Path("standwith"),
) -> None:
    """Take somebody off the pages at once, until two people decide again. One person is enough."""
    place, settings = open_tables(home)
    typer.echo(f"{person} is taken off all pages of {campaign} now. To show them again takes two people.")
    go_on(yes)
    from standwith.decisions.hold import hold_back  # models need a configured Django
    from standwith.decisions.models import Reason
    from standwith.decisions.queries import approved_people

    shown = approved_people(campaign).get(person)
    _decide(lambda now: hold_back(campaign, person, by=by, reason=Reason(reason), now=now))
    take_off(place, settings)
    typer.echo("Held back; the pages are made anew without them. Mirrors have what they took before.")
    if shown is not None:
        _say_traces(place.published / campaign, shown)


def release(
    campaign: Annotated[str, typer.Argument(help="The campaign's id, as in its addresses.")],
    person: Annotated[str, typer.Argument(metavar="ID", help="The id of people.csv.")],
    by: ByOption,
    home: HomeOption = Path("standwith"),
) -> None:
    """Let two people decide again about somebody who was held back. Shows nobody by itself."""
    open_tables(home)
    from standwith.decisions.hold import let_go  # models need a configured Django

    _decide(lambda now: let_go(campaign, person, by=by, now=now))
    typer.echo("Released. Two people decide anew: standwith people accept, then approve.")


def _say_traces(copy: Path, person: Person) -> None:
    """Where what is published still names somebody in running text, which nobody but people can rewrite."""
    files = {str(path.relative_to(copy)): path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    places = {(trace.file, trace.line) for trace in find_traces(files, {person.name}, person.id) if trace.sure}
    if places:
        typer.echo("The name still stands in texts that are published; rewrite these lines and publish:")
    for file, line in sorted(places):
        typer.echo(f"  {file}:{line}")


def open_tables(home: Path) -> tuple[Home, Settings]:
    """The installation with its tables as this version needs them; raises Refusal."""
    place, settings = enter(home)
    django.configure(place)
    from standwith.config.founding import update_tables  # models need a configured Django

    update_tables(place)
    return place, settings


def take_off(home: Home, settings: Settings) -> None:
    """Make the pages and copies anew without whom decisions allow no more, and leave no trace in the tables' log."""
    from standwith.config.publication import renew  # models need a configured Django

    try:
        renew(home, settings, now=datetime.now(UTC))
    except OSError as problem:
        raise Refusal(
            f"It is decided, but the pages are as they were ({problem.filename}: {problem.strerror}); publish again."
        ) from None


def _decide(verb: Callable[[datetime], None]) -> None:
    try:
        verb(datetime.now(UTC))
    except DecisionRefused as problem:
        raise Refusal(f"{problem} Nothing was decided.") from None


def _look(folder: Path, home: Path) -> tuple[Campaign, Sequence["Wait"]]:
    """The campaign of a folder, and who of it waits to be shown."""
    campaign = read_folder(folder)
    open_tables(home)
    from standwith.decisions.queries import waiting  # models need a configured Django

    return campaign, waiting(campaign)


def _choose(
    waits: Sequence["Wait"], ids: list[str] | None, ready: Sequence["Wait"], everybody: bool
) -> Sequence["Wait"]:
    """Those that were asked for; raises Refusal where that is nobody."""
    if bool(ids) == everybody:
        raise Refusal("Say who: their ids, or --all.")
    if everybody:
        if not ready:
            raise Refusal("Nobody waits for that.")
        return ready
    by_id = {wait.person.id: wait for wait in waits}
    strangers = [name for name in ids or () if name not in by_id]
    if strangers:
        raise Refusal(f"{', '.join(strangers)}: not in the folder, approved already, or nothing may be shown.")
    return [by_id[name] for name in dict.fromkeys(ids or ())]


def _preview(chosen: Sequence["Wait"]) -> None:
    typer.echo(f"{people_are(len(chosen))} to be decided about:")
    for wait in chosen:
        typer.echo(f"\n{_told(wait.person)}")
        for change in wait.changes:
            typer.echo(f"  {change.field}: {change.old or '—'} → {change.new or '—'}")
    typer.echo("")


def _told(person: Person) -> str:
    return f"{person.name or person.id} ({person.id}) would be shown: {person.shown}"


def go_on(yes: bool) -> None:
    """Go on only if somebody says yes; raises Refusal."""
    if not yes and not (on_terminal() and typer.confirm("Go on")):
        raise Refusal("Nothing was decided. To go on, say so with --yes.")

"""`standwith void`: take signatures out of the number, for a reason that the ledger says.

Invariant: what would happen is said first, and happens only when somebody says yes; what cannot be done is refused
whole. Nothing here shows whose signatures they are: nobody on this machine knows.
"""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from standwith.cli.asking import on_terminal
from standwith.cli.home import HomeOption, enter
from standwith.cli.indexes import read_indexes
from standwith.cli.refusal import Refusal
from standwith.config import django
from standwith.ledger.errors import LedgerError
from standwith.ledger.leaf import Reason
from standwith.sealing.codes import read_code, write_code
from standwith.sealing.errors import TokenDamaged

SHOWN = 20


class Because(StrEnum):
    """The reasons as they are typed."""

    DUPLICATE = "duplicate"
    REQUEST = "request"
    NOT_A_PERSON = "not-a-person"
    ERASED = "erased"
    CANARY = "canary"
    LEGAL_ORDER = "legal-order"

    @property
    def reason(self) -> Reason:
        """What the leaf says."""
        return Reason[self.name]


def void(
    campaign: Annotated[str, typer.Argument(help="The campaign's id, as in its addresses.")],
    reason: Annotated[Because, typer.Option(help="Why; everybody can read it in the ledger.")],
    by: Annotated[str, typer.Option("--by", help="Who decides: your name.")],
    index: Annotated[
        list[str] | None, typer.Argument(metavar="INDEX", help="Places in the ledger: 3 7 10-20; or codes.")
    ] = None,
    codes: Annotated[
        bool, typer.Option("--codes", help="They are recognition codes of 26 letters and digits.")
    ] = False,
    file: Annotated[Path | None, typer.Option(help="A file with more of them, one a line.")] = None,
    second: Annotated[str, typer.Option("--with", help="Who decides with you; needed for more than 100.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do it.")] = False,
    home: HomeOption = Path("standwith"),
) -> None:
    """Take signatures out of the number and destroy their records. The ledger says how many and why, and not whose."""
    if not by.strip():
        raise Refusal("Say who decides: --by NAME.")
    place, _ = enter(home)
    django.configure(place)
    from standwith.config.founding import update_tables  # models need a configured Django
    from standwith.supporters import erase
    from standwith.supporters.errors import NeedsSecond, NotASignature
    from standwith.supporters.queries import known_campaign

    if not known_campaign(campaign):
        raise Refusal(f"No campaign {campaign} was ever published in {place.path}.")
    update_tables(place)
    try:
        wanted = _find(campaign, _lines(index, file)) if codes else read_indexes(",".join(index or ()), file, "INDEX")
        if not wanted:
            raise Refusal("Say which: their places in the ledger, or --codes and their codes, or --file FILE.")
        seen = erase.look(campaign, wanted)
        if seen.standing:
            erase.check_people(campaign, len(seen.standing), by, second, now=datetime.now(UTC))
        _preview(campaign, reason, seen.standing, seen.gone)
        if seen.standing and _is_wanted(yes):
            done = erase.void(campaign, wanted, reason.reason, by, second, now=datetime.now(UTC))
            typer.echo(f"Taken out: {len(done.standing)}, as number {done.batch} of your removals. The clerk enters it")
            typer.echo("into the ledger within a minute.")
    except (NeedsSecond, NotASignature, LedgerError) as problem:
        raise Refusal(str(problem)) from None


def _preview(campaign: str, reason: Because, standing: Collection[int], gone: Collection[int]) -> None:
    if gone:
        typer.echo(f"Out of the number already: {len(gone)} ({_some(gone)}).")
    if not standing:
        typer.echo("Nothing is left to do.")
        return
    typer.echo(f"To be taken out of the number of {campaign}: {len(standing)} ({_some(standing)}); reason: {reason}.")
    typer.echo("Their sealed records are destroyed. What the ledger says cannot be taken back.")


def _is_wanted(yes: bool) -> bool:
    if yes or (on_terminal() and typer.confirm("Go on")):
        return True
    raise Refusal("Nothing was done. To go on, say so with --yes.")


def _some(indexes: Collection[int]) -> str:
    told = ", ".join(map(str, list(indexes)[:SHOWN]))
    return told if len(indexes) <= SHOWN else f"{told}, …"


def _lines(given: Iterable[str] | None, file: Path | None) -> list[str]:
    lines = list(given or ())
    if file is not None:
        try:
            lines += file.read_text(encoding="utf-8").split("\n")
        except OSError as error:
            raise Refusal(f"{file}: {error.strerror}.") from None
        except UnicodeDecodeError:
            raise Refusal(f"{file} is no list of codes.") from None
    return [line.strip() for line in lines if line.strip()]


def _find(campaign: str, lines: Collection[str]) -> set[int]:
    """The places of the signatures with these codes, without later copies; raises Refusal for one that names none."""
    from standwith.supporters.erase import find_codes

    try:
        found = find_codes(campaign, {read_code(line) for line in lines})
    except TokenDamaged as problem:
        raise Refusal(str(problem)) from None
    for code, places in found.items():
        if not places:
            raise Refusal(f"The code {write_code(code)} is not there; nothing was done.")
        if len(places) > 1:
            typer.echo(f"The code {write_code(code)} was copied by later signatures, which stay: {_some(places[1:])}.")
    return {places[0] for places in found.values()}

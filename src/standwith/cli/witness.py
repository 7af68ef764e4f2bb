"""`standwith witness`: cosign the logs of others, and have one's own log cosigned by them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from standwith.cli.home import HomeOption, enter
from standwith.cli.refusal import Refusal
from standwith.config.home import Home
from standwith.config.settings import Settings
from standwith.durable.files import write_atomically
from standwith.ledger.checkpoint import read_checkpoint
from standwith.ledger.errors import LedgerError, PolicyRefused
from standwith.ledger.note import COSIGNATURE, Verifier, read_note
from standwith.ledger.policy import NONE, Policy, read_policy
from standwith.ledger.trusting import add_witness
from standwith.witness.app import read_signer
from standwith.witness.errors import WitnessError
from standwith.witness.founding import found_witness
from standwith.witness.logs import LOGS, Log, add_log, read_log_key, read_logs
from standwith.witness.state import STATE, State

witness = typer.Typer(
    name="witness", no_args_is_help=True, help="Cosign the logs of others; have one's own cosigned by them."
)


@witness.command()
def init(
    home: HomeOption = Path("standwith"),
    name: Annotated[
        str,
        typer.Option(help="The witness's name, in every cosignature; the host of site_url and /witness if left out."),
    ] = "",
) -> None:
    """Make this installation a witness: its key and its memory. Once; a key is never overwritten."""
    place, settings = enter(home)
    with _refusing():
        signer = found_witness(place.witness, place.witness_key, name or f"{_host(settings)}/witness")
    typer.echo(f"The witness {signer.name} is made; start `standwith serve` again, and it answers at")
    typer.echo(f"  {_address(settings)}")
    typer.echo("Its public key, for the policies of those whose logs you watch:")
    typer.echo(f"  {signer.verifier}")


@witness.command()
def watch(
    vkey: Annotated[str, typer.Argument(help="The log's public key, as its people told you.")],
    url: Annotated[str, typer.Argument(help="Where the log is, for people to look at.")] = "",
    home: HomeOption = Path("standwith"),
) -> None:
    """Cosign the checkpoints of a log from now on. The server takes notice within a second."""
    place, _ = enter(home)
    file = place.witness / LOGS
    with _refusing():
        verifier = read_log_key(vkey)
        write_atomically(file, add_log(file.read_bytes(), Log(verifier, url)), mode=0o600)
    typer.echo(f"This witness now cosigns the log {verifier.name}.")


@witness.command()
def trust(
    name: Annotated[str, typer.Argument(help="What to call the witness in the policy: one word.")],
    vkey: Annotated[str, typer.Argument(help="The witness's public key, as its people told you.")],
    url: Annotated[str, typer.Argument(help="Where it is asked, such as https://act.example.net/witness/")],
    home: HomeOption = Path("standwith"),
    quorum: Annotated[
        int | None,
        typer.Option(help="How many of all witnesses have to cosign; 0: none has to. As it was if left out."),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Give a witness that is there another key or address.")
    ] = False,
) -> None:
    """Have our own log cosigned by a witness: write it into the policy. The clerk takes notice at once."""
    place, _ = enter(home)
    verifier = _read_witness_key(vkey)
    if urlsplit(url).scheme not in ("http", "https"):
        raise Refusal(f"{url} is no address; it looks like https://act.example.net/witness/")
    if place.witness_key.exists() and _own_key(place).raw == verifier.raw:
        raise Refusal("That is your own witness, and nobody can be one's own witness; ask another federation.")
    with _refusing():
        longer = add_witness(place.policy.read_bytes(), name, verifier, url, needed=quorum, replace=replace)
        write_atomically(place.policy, longer)
    typer.echo(f"{name} is asked from now on. {_say_quorum(read_policy(longer))}")


@witness.command()
def status(home: HomeOption = Path("standwith")) -> None:
    """Say which logs we cosign and how far, whether one has forked, and who has cosigned ours."""
    place, settings = enter(home)
    forked = False
    with _refusing():
        if place.witness_key.exists():
            typer.echo(f"Our witness, at {_address(settings)}\n  {_own_key(place)}")
            forked = _show_watched(place)
        else:
            typer.echo("This installation is no witness; make it one with: standwith witness init")
        if place.policy.exists():
            _show_trusted(place)
        else:
            typer.echo("There is no policy, because there is no ledger yet: standwith ledger init")
    if forked:
        raise SystemExit(1)


def _show_watched(place: Home) -> bool:
    """The logs that we cosign; return whether one of them has forked."""
    logs, forks = read_logs((place.witness / LOGS).read_bytes()), []
    if not logs:
        typer.echo("It watches no log yet: standwith witness watch VKEY")
    with State(place.witness / STATE) as state:
        for origin in sorted(logs):
            latest = state.latest(origin)
            typer.echo(f"  {origin}: {f'cosigned up to {latest.size} leaves' if latest else 'has not asked yet'}")
            if latest and (fork := state.fork(origin)):
                forks.append((origin, latest.checkpoint, fork))
    for origin, one, other in forks:
        typer.echo(f"{origin} HAS FORKED: it signed two histories. Tell the public; the proof, in two parts:", err=True)
        for note in (one, other):
            typer.echo(f"\n{note.decode('utf-8', 'replace')}", err=True)
    return bool(forks)


def _show_trusted(place: Home) -> None:
    policy = read_policy(place.policy.read_bytes())
    if not policy.witnesses:
        typer.echo("Nobody is asked to cosign our log yet: standwith witness trust NAME VKEY URL")
        return
    checkpoint = place.log / "checkpoint"
    if not checkpoint.exists():
        typer.echo(f"Our log has published nothing yet. {_say_quorum(policy)}")
        return
    note = checkpoint.read_bytes()
    cosigned = policy.witnessed(note).cosigned
    typer.echo(f"Our log, {read_checkpoint(read_note(note).text).size} leaves. {_say_quorum(policy)}")
    for name, (_, url) in policy.witnesses.items():
        typer.echo(
            f"  {name}: {'has cosigned it' if name in cosigned else 'has not cosigned it'} ({url or 'no address'})"
        )


def _say_quorum(policy: Policy) -> str:
    if policy.quorum == NONE:
        return f"There are {len(policy.witnesses)} witnesses; a checkpoint is good without them, too."
    needed = policy.groups[policy.quorum].needed if policy.quorum in policy.groups else 1
    return f"Of {len(policy.witnesses)} witnesses {needed} must cosign."


def _own_key(place: Home) -> Verifier:
    with _refusing():
        return read_signer(place.witness_key).verifier


def _read_witness_key(vkey: str) -> Verifier:
    try:
        verifier = Verifier.parse(vkey)
    except LedgerError:
        raise Refusal("That is no public key; it looks like act.example.net/witness+1c2d3e4f+BNlq…") from None
    if verifier.algorithm != COSIGNATURE:
        raise Refusal("That is the key of a log, not of a witness; `standwith witness watch` takes it.")
    return verifier


def _host(settings: Settings) -> str:
    return urlsplit(settings.site_url).netloc.rpartition("@")[2]


def _address(settings: Settings) -> str:
    return f"{settings.site_url}/witness/"


@contextmanager
def _refusing() -> Iterator[None]:
    """Turn what the witness, the policy or the disk says into the one sentence of a command."""
    try:
        yield
    except FileNotFoundError as problem:
        made_by = "ledger" if Path(problem.filename).name == "policy" else "witness"
        raise Refusal(f"{problem.filename} is not there; make it with: standwith {made_by} init") from None
    except OSError as problem:
        raise Refusal(f"{problem.filename}: {problem.strerror}.") from None
    except PolicyRefused as problem:
        raise Refusal(f"{str(problem).rstrip('.')}.") from None
    except (LedgerError, WitnessError) as problem:
        raise Refusal(str(problem)) from None

"""`standwith demo`: an installation to try things in, with everything running, in one command.

Invariant: it lives in one directory (.demo) that may be deleted at any time, reaches nobody (letters become files that
/mailbox shows) and says so. Its custodian's secret key lies beside it, which no real installation may ever do.
"""

import socket
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console

from standwith.campaigns.model import Campaign
from standwith.campaigns.translations import publishable
from standwith.cli.name import command_name
from standwith.cli.publish import read_folder, read_listed
from standwith.cli.refusal import Refusal
from standwith.config import django
from standwith.config.founding import found, found_ledger, update_tables
from standwith.config.home import Home
from standwith.config.server import run_server
from standwith.config.settings import MAILBOX, Settings, read_settings, write_settings
from standwith.durable.files import write_atomically
from standwith.languages import language
from standwith.sealing.keys import SecretKey, make_key

HOST = "127.0.0.1"
FIRST, SECOND = "Alex Example", "Sam Example"  # nobody: in an installation two real people decide
KEY_FILE = "custodian-of-the-demo.key"
ORIGIN = "demo.example.org/log"  # the same whatever the port: leaves and proofs of an earlier evening stay good


def demo(
    folders: Annotated[list[Path], typer.Argument(help="Campaign folders to try.")],
    home: Annotated[Path, typer.Option(help="Where the demo lives; delete it to start anew.")] = Path(".demo"),
    port: Annotated[int, typer.Option(help="Port to listen at; the next free one is taken if it is in use.")] = 8000,
    workers: Annotated[int, typer.Option(help="Processes of the web server.")] = 1,
    directory: Annotated[Path | None, typer.Option(help="Folder of a directory of organisations to try.")] = None,
) -> None:
    """Publish campaign folders on this machine, start everything and say what to try. Ends with Ctrl+C."""
    campaigns = [read_folder(folder) for folder in folders]
    listed = read_listed(directory)
    port = _free_port(port)
    place, settings = _settle(home, f"http://{HOST}:{port}")
    django.configure(place)
    from standwith.config import publication  # Django's models can be imported only once they are configured

    with Console(stderr=True).status("Publishing …"):
        now = datetime.now(UTC)
        update_tables(place)  # an older version may have founded this demo
        shown = [_show_people(campaign, now) for campaign in campaigns]
        note = "Changed in the folder."
        publication.publish(campaigns, place, settings, by=FIRST, note=note, closing=True, now=now, directory=listed)
    if any(shown):
        typer.echo(f"The people of the campaign are shown because {FIRST} and {SECOND}, two invented people, said so.")
    with subprocess.Popen(  # noqa: S603 - our own clerk, and no shell reads the path
        [sys.executable, "-m", "standwith", "clerk", "--home", str(place.path), "--follow"], stdin=subprocess.PIPE
    ):
        _say_what_to_try(settings.site_url, campaigns[0], place)
        run_server(place, address=HOST, port=port, workers=workers, demo=True)


def _show_people(campaign: Campaign, now: datetime) -> int:
    """Have two people who don't exist decide that everybody is shown who may be; return how many were waiting."""
    from standwith.decisions.decide import accept, approve  # Django's models need a configured Django
    from standwith.decisions.queries import waiting

    found = [wait for wait in waiting(campaign) if not wait.held]
    accept(campaign.id, [wait.person for wait in found if not wait.accepted_by], by=FIRST, now=now)
    approve(campaign.id, [wait.person for wait in found], by=SECOND, now=now)
    return len(found)


def _settle(path: Path, site_url: str) -> tuple[Home, Settings]:
    """Return the demo's home with its address as it is today; make it, with a custodian's key, if there is none."""
    home = Home(path)
    if not home.settings.exists():
        secret = make_key("custodian")
        home = found(path, _settings(site_url, secret), now=datetime.now(UTC))
        write_atomically(path / KEY_FILE, f"{secret}\n".encode(), mode=0o600)
    if not home.log_key.exists():
        django.configure(home)
        found_ledger(home, read_settings(home.require().settings), ORIGIN, now=datetime.now(UTC))
    settings = msgspec.structs.replace(read_settings(home.require().settings), site_url=site_url)
    write_atomically(home.settings, write_settings(settings))
    return home, settings


def _settings(site_url: str, secret: SecretKey) -> Settings:
    return Settings(site_url=site_url, mail_relay=MAILBOX, custodian_keys=[str(secret.public)])


def _free_port(port: int) -> int:
    """The first port from `port` on where nobody listens yet."""
    for candidate in range(port, port + 20):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, candidate))
            except OSError:
                continue
            return candidate
    raise Refusal(f"No free port from {port} to {port + 19}; give another one with --port.")


def _say_what_to_try(site_url: str, campaign: Campaign, home: Home) -> None:
    name, codes = command_name(), publishable(campaign)
    others = [
        f"  In {language(code).name}: {site_url}/{code}/{campaign.id}/\n" for code in codes if code in ("ar", "ka")
    ]
    typer.echo(f"""
  The campaign   {site_url}/{codes[0]}/{campaign.id}/
  The mailbox    {site_url}/mailbox     (nothing leaves this machine)

  To try: sign with any address, open the mail in the mailbox, confirm, and watch the number rise.
{"".join(others)}
  Who signed, as the custodian sees it:
    {name} export {campaign.id} --home {home.path} --to signatures.bundle
    {name} open signatures.bundle --key {home.path}/{KEY_FILE} --to signatures.csv
  This is a demo: the custodian's secret key lies beside the data, which a real installation never does.
  Ctrl+C ends it; deleting {home.path} forgets it.
""")

"""The built-in web server.

    /act/ the intake    /log/ the ledger's files    /witness/ the witness    /mailbox the demo's    all else: the site

Invariant: what it needs comes from the home that STANDWITH_HOME names; Django is never loaded here; no access log.
It is enough for a campaign of any size that one machine can hold; in front of it may stand nginx or Caddy (deploy/).
"""

import logging
import os
from collections.abc import Awaitable, Callable, MutableMapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from standwith.config.home import Home
from standwith.intake.app import make_intake
from standwith.mailbox.app import make_mailbox
from standwith.site.log_files import make_log_files
from standwith.site.serving import make_shelf
from standwith.witness.app import make_witness
from standwith.witness.errors import WitnessError

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

log = logging.getLogger("standwith.server")


def make_application() -> Application:
    """Return the ASGI application of the home named by STANDWITH_HOME; one per worker process."""
    home = Home(Path(os.environ["STANDWITH_HOME"]))
    intake = make_intake(home.manifest, home.journal, home.keys)
    shelf = make_shelf(home.site)
    ledger = make_log_files(home.log)
    witness = _open_witness(home)
    mailbox = make_mailbox(home.mailbox) if os.environ.get("STANDWITH_DEMO") else None

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if path.startswith("/act/"):
            await intake(scope, receive, send)
        elif path.startswith("/log/"):
            await ledger(scope, receive, send)
        elif witness is not None and path.startswith("/witness/"):
            await witness(scope, receive, send)
        elif mailbox is not None and path.startswith("/mailbox"):
            await mailbox(scope, receive, send)
        else:
            await shelf(scope, receive, send)

    return application


def _open_witness(home: Home) -> Application | None:
    """The witness, where there is one; one that cannot be used must not keep people from signing."""
    if not home.witness_key.exists():
        return None
    try:
        return make_witness(home.witness, home.witness_key, clock=lambda: datetime.now(UTC))
    except WitnessError as problem:
        log.error("no witness: %s", problem)
        return None


def run_server(home: Home, *, address: str, port: int, workers: int, demo: bool = False) -> None:
    """Serve until told to stop (SIGTERM, SIGINT); blocks."""
    os.environ["STANDWITH_HOME"] = str(home.path.resolve())
    os.environ["STANDWITH_DEMO"] = "1" if demo else ""
    Granian(
        "standwith.config.server:make_application",
        factory=True,
        interface=Interfaces.ASGINL,
        address=address,
        port=port,
        workers=workers,
        websockets=False,
        log_access=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
    ).serve()

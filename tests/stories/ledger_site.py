"""A site with a small ledger beside it, served as the built-in server serves both: for the stories of checking.

It needs no installation: the pages are built, the log is made by tests/site/ledgers.py, and what a test does to the
log's files a browser sees at once. `fresh` makes all good again.
"""

import asyncio
import shutil
import threading
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from msgspec.structs import replace

from standwith.campaigns.model import Campaign
from standwith.ledger.note import Signer
from standwith.site.build import build
from standwith.site.log_files import make_log_files
from standwith.site.numbers import AuditShown, Numbers
from standwith.site.serving import make_shelf
from tests.campaigns.belarus import CAMPAIGN, translate
from tests.site.ledgers import Log

NOW = datetime(2020, 11, 20, 12, tzinfo=UTC)
GUARDED, SIZE = "guarded", 600

AUDIT = AuditShown(
    campaign="belarus",
    upto=SIZE,
    n=149,
    invalid=1,
    bound95=0.0298,
    bound99=0.041,
    date=date(2020, 11, 18),
    addendum="ab" * 32,
)


@dataclass
class LedgerSite:
    """The site, its ledger, and whether the server answers."""

    url: str
    site: Path
    log: Log
    signer: Signer
    witnesses: Mapping[str, Signer]
    up: bool = True

    def fresh(self, size: int = SIZE) -> "LedgerSite":
        """The same site with a whole ledger of this size, signed with the keys that the page knows."""
        shutil.rmtree(self.log.directory, ignore_errors=True)
        self.log.leaves.clear()
        self.log.signer, self.log.witnesses = self.signer, self.witnesses
        self.log.grow(size)
        self.up = True
        return self

    def page(self, path: str) -> str:
        """The address of a page."""
        return f"{self.url}/{path}"


def campaigns() -> list[Campaign]:
    """An open and a guarded campaign in English and Arabic."""
    open_ = translate(replace(CAMPAIGN, languages=("en", "ar")), "ar")
    return [open_, replace(open_, id=GUARDED, title="Kept safe", profile="guarded")]


@contextmanager
def ledger_site(place: Path) -> Iterator[LedgerSite]:
    """Build the site, make the ledger, serve both until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    host = f"127.0.0.1:{server.server_address[1]}"
    log = Log(f"{host}/log", f"http://{host}/log/", place / "site" / "log")
    shown = LedgerSite(f"http://{host}", place / "site", log, log.signer, log.witnesses)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("standwith.site.edition.publishable", lambda campaign: campaign.languages)
        numbers = Numbers(
            confirmed=538, countries=2, size=SIZE, cosigned=2, witnesses=3, removed=((2, 1),), audits=(AUDIT,)
        )
        counted = {campaign.id: numbers for campaign in campaigns()}
        build(campaigns(), shown.site, site_url=shown.url, numbers=counted, now=NOW, ledger=log.shown)
    server.RequestHandlerClass = _make_handler(shown)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield shown
    finally:
        server.shutdown()
        server.server_close()


def _make_handler(shown: LedgerSite) -> type[BaseHTTPRequestHandler]:
    """HTTP for the two applications; it closes the connection unanswered while the site is down."""
    shelf, files = make_shelf(shown.site, tick=iter(range(1 << 40)).__next__), make_log_files(shown.site / "log")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if not shown.up:
                self.close_connection = True
                return
            path = unquote(urlsplit(self.path).path)
            sent: list[MutableMapping[str, Any]] = []

            async def send(message: MutableMapping[str, Any]) -> None:
                sent.append(message)

            headers = [(name.lower().encode(), value.encode()) for name, value in self.headers.items()]
            scope = {"type": "http", "method": self.command, "path": path, "headers": headers}
            asyncio.run((files if path.startswith("/log/") else shelf)(scope, _receive, send))
            self.send_response(sent[0]["status"])
            for name, value in sent[0]["headers"]:
                self.send_header(name.decode(), value.decode())
            self.end_headers()
            self.wfile.write(b"".join(message.get("body", b"") for message in sent[1:]))

        do_HEAD = do_GET

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    return Handler


async def _receive() -> MutableMapping[str, Any]:
    return {"type": "http.request", "body": b"", "more_body": False}

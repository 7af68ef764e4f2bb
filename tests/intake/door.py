"""An intake on a small home of its own, spoken to as a server would: real ASGI messages, real journal, real seals."""

import asyncio
import gzip
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from standwith.durable.files import write_atomically
from standwith.intake.app import Intake, make_intake
from standwith.journal import store
from standwith.journal.acts import Act, SignatureAct, decode
from standwith.sealing.age import make_age_key
from standwith.sealing.keys import make_key
from standwith.sealing.record import Contact, Record
from standwith.sealing.tokens import make_link_key, read_link_key
from standwith.sealing.unlock import make_keyring, open_contact, open_record

NOW = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
OPEN, CLOSED, GUARDED = "stand-with-belarus", "long-ago", "free-the-teachers"
TEXTS = {"en": "e" * 64, "fr": "f" * 64, "ar": "a" * 64}
OLD_TEXT = "0" * 64
GOOD = {
    "text": TEXTS["en"],
    "name": "Amina Example",
    "email": "amina@example.org",
    "country": "FR",
    "organisation": "",
    "sign": "yes",
}
W = bytes(range(16))  # what a signature is taken back with
CUSTODIAN, SECOND, THIRD, CLERK = make_key("custodian"), make_key("custodian"), make_age_key(), make_key("clerk")
GUARDED_TITLE, GUARDED_ACCENT = "Free the invented teachers", "#1f6fa8"


def manifest(**changes: Any) -> dict[str, Any]:
    """A manifest with an open campaign in three languages, one closed in English, and a guarded one.

    `changes` go to the open one.
    """
    titles = {"en": "Stand with Belarus", "fr": "Avec le Bélarus", "ar": "مع بيلاروس"}
    opened = {
        "open": True,
        "closes": "",
        "accent": "#a81f1f",
        "profile": "open",
        "custodians": [str(CUSTODIAN.public)],
        "needed": 1,
        "source": "en",
        "texts": {digest: {"language": code, "version": 2} for code, digest in TEXTS.items()}
        | {OLD_TEXT: {"language": "en", "version": 1}},
        "languages": {
            code: {
                "title": titles[code],
                "headline": titles[code],
                "owner": "Example Federation",
                "affiliate": "Example Union",
                "text": digest,
            }
            for code, digest in TEXTS.items()
        },
    }
    closed = opened | {"open": False, "languages": {"en": opened["languages"]["en"]}}
    guarded = opened | {
        "profile": "guarded",
        "accent": GUARDED_ACCENT,
        "custodians": [str(key.public) for key in (CUSTODIAN, SECOND, THIRD)],
        "needed": 2,
        "texts": {digest: {"language": code, "version": 1} for code, digest in TEXTS.items()},
        "languages": {
            code: edition | {"title": GUARDED_TITLE, "headline": GUARDED_TITLE}
            for code, edition in opened["languages"].items()
        },
    }
    campaigns = {OPEN: opened | changes, CLOSED: closed, GUARDED: guarded}
    return {"version": 2, "site_url": "https://example.org", "campaigns": campaigns}


def lay_out(home: Path) -> Path:
    """Keys, manifest and journal in an empty directory."""
    (home / "keys").mkdir(parents=True)
    write_atomically(home / "keys/link.key", make_link_key(), 0o600)
    write_atomically(home / "keys/clerk.pub", f"{CLERK.public}\n".encode())
    write_atomically(home / "manifest.json", json.dumps(manifest()).encode())
    store.create(home / "journal.sqlite")
    return home


@dataclass
class Reply:
    """What came back."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def location(self) -> str:
        return self.headers.get("location", "")

    @property
    def form(self) -> "FormReader":
        return FormReader.read(self.text)


@dataclass
class Door:
    """The intake of one home, and what lies behind it."""

    home: Path
    now: datetime = NOW
    app: Intake = field(init=False)

    def __post_init__(self) -> None:
        self._loop = asyncio.Runner()
        self.app = make_intake(
            self.home / "manifest.json", self.home / "journal.sqlite", self.home / "keys", clock=lambda: self.now
        )

    @property
    def link_key(self) -> bytes:
        return read_link_key((self.home / "keys/link.key").read_bytes())

    def get(self, path: str, method: str = "GET") -> Reply:
        return self.send(method, path, b"", {})

    def post(self, path: str, body: bytes = b"", **headers: str) -> Reply:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.send("POST", path, body, {"content-type": "application/x-www-form-urlencoded"} | named)

    def sign(self, language: str = "en", campaign: str = OPEN, **fields: str) -> Reply:
        """Post the sign form: good values, changed by `fields`; None leaves one out."""
        typed = {name: value for name, value in (GOOD | fields).items() if value is not None}
        return self.post(f"/act/{language}/{campaign}/sign", urlencode(typed).encode())

    def send(self, method: str, path: str, body: bytes, headers: dict[str, str], chunk: int = 0) -> Reply:
        pieces = [body[start : start + chunk] for start in range(0, len(body), chunk)] if chunk else [body]
        messages = [
            {"type": "http.request", "body": piece, "more_body": number < len(pieces) - 1}
            for number, piece in enumerate(pieces)
        ]
        return self.tell(method, path, messages, headers)

    def tell(self, method: str, path: str, messages: list[dict[str, Any]], headers: dict[str, str]) -> Reply:
        """Send these very ASGI messages."""
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
            "client": ("192.0.2.77", 4711),
        }
        sent: list[Any] = []
        self.unread = list(messages)

        async def receive() -> dict[str, Any]:
            return self.unread.pop(0) if self.unread else {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            sent.append(message)

        self._loop.run(self.app(scope, receive, send))
        start, body = sent
        answered = {name.decode(): value.decode() for name, value in start["headers"]}
        content = gzip.decompress(body["body"]) if answered.get("content-encoding") == "gzip" else body["body"]
        assert int(answered["content-length"]) == len(body["body"]) or method == "HEAD"
        return Reply(start["status"], answered, content.decode())

    def acts(self) -> list[Act]:
        """What the journal holds."""
        with store.Journal(self.home / "journal.sqlite") as journal:
            return [decode(act) for _, act in journal.read(0, 1_000_000)]

    def publish(self, **changes: Any) -> None:
        """Publish again, the open campaign changed, and let the intake see it."""
        write_atomically(self.home / "manifest.json", json.dumps(manifest(**changes)).encode())
        self.app._sheets._next = 0.0  # as if a second had gone by

    def records(self) -> list[Record]:
        """The signatures in the journal, opened with the custodians' keys."""
        return [open_record(act.record, CUSTODIAN, THIRD) for act in self.acts() if isinstance(act, SignatureAct)]

    def signatures(self) -> list[SignatureAct]:
        """The signatures in the journal, sealed as they lie there."""
        return [act for act in self.acts() if isinstance(act, SignatureAct)]

    def contacts(self) -> list[Contact]:
        """The contacts in the journal, opened with the clerk's key."""
        ring = make_keyring(CLERK)
        return [open_contact(act.contact, ring) for act in self.acts() if isinstance(act, SignatureAct)]

    def wait(self, **time: float) -> None:
        """Let the clock go on."""
        self.now += timedelta(**time)

    def close(self) -> None:
        self._loop.run(self.app.close())
        self._loop.close()


class FormReader(HTMLParser):
    """What a browser would send if the person pressed the button of the first form as it came."""

    def __init__(self) -> None:
        super().__init__()
        self.action = ""
        self.values: dict[str, str] = {}
        self._select = ""

    @classmethod
    def read(cls, html: str) -> "FormReader":
        reader = cls()
        reader.feed(html)
        return reader

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form" and not self.action:
            self.action = found["action"]
        elif tag == "input" and (found.get("type") != "checkbox" or "checked" in found):
            self.values[found["name"]] = found.get("value", "")
        elif tag == "select":
            self._select = found["name"]
        elif tag == "option" and self._select and "selected" in found:
            self.values[self._select] = found["value"]
        elif tag == "textarea":
            raise AssertionError("the sign form has no textarea")

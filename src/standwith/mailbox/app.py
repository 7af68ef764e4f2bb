"""The mailbox as an ASGI application.

    GET /mailbox                 the list, newest first; while it is empty it looks again by itself
    GET /mailbox/{name}          one mail

Invariant: GET and HEAD only, nothing is changed by looking; every answer says no-store. Standard: ASGI 3.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

from standwith import look
from standwith.languages import voice
from standwith.mailbox.letter import read_letter, read_mailbox

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

TEMPLATES = look.environment(Path(__file__).parent / "templates")
LOOK_AGAIN = "3"  # seconds


def make_mailbox(directory: Path) -> Application:
    """Return the application that shows the .eml files of `directory`."""

    async def mailbox(scope: Scope, _: Receive, send: Send) -> None:
        if scope["method"] not in ("GET", "HEAD"):
            await _answer(send, 405, "", {"allow": "GET, HEAD"})
            return
        name = scope["path"].removeprefix("/mailbox").strip("/")
        status, html, more = _show_letter(directory, name) if name else _show_list(directory)
        await _answer(send, status, html, more, body=scope["method"] == "GET")

    return mailbox


def _show_list(directory: Path) -> tuple[int, str, dict[str, str]]:
    letters = read_mailbox(directory)
    return 200, _render("list.html", "Mailbox", letters=letters), {} if letters else {"refresh": LOOK_AGAIN}


def _show_letter(directory: Path, name: str) -> tuple[int, str, dict[str, str]]:
    letter = read_letter(directory, name)
    title = letter.subject if letter else "No such mail"
    return 200 if letter else 404, _render("letter.html", title, letter=letter), {}


def _render(template: str, title: str, **context: Any) -> str:
    frame = {"title": title, "masthead": "Demo mailbox", "home": "/mailbox"}
    return look.render_page(TEMPLATES.get_template(template), voice("en"), **frame, **context)


async def _answer(send: Send, status: int, html: str, more: dict[str, str], *, body: bool = True) -> None:
    data = html.encode()
    headers = {
        "content-type": "text/html; charset=utf-8",
        "content-length": str(len(data)),
        "cache-control": "no-store",
        **look.security_headers(html),
        **more,
    }
    pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": pairs})
    await send({"type": "http.response.body", "body": data if body else b""})

"""The intake as an ASGI application: addresses, bodies, and who answers what.

    POST /act/{language}/{campaign}/sign                          signature  → 303 check-your-mail
    POST /act/{language}/{campaign}/confirm                       code       → 303 thank-you
    GET  /act/{language}/{campaign}/confirm/{token}               one button
    POST /act/{language}/{campaign}/confirm/{token}               → 303 thank-you
    GET  /act/{language}/{campaign}/withdraw/{token}              one button
    POST /act/{language}/{campaign}/withdraw/{token}              → 303 withdrawn
    GET, POST /act/{language}/-/confirm, …/-/confirm/{token}      the same for guarded campaigns: the neutral door

Invariants: a 303 that thanks is sent only after the act is on disk; GET and HEAD change nothing; the answer doesn't
depend on who was here before; neither the client's address nor anything typed is read into a log. Forms of other
sites are welcome: there is no session that they could abuse. Standard: ASGI 3, HTTP (RFC 9110).
"""

import logging
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from standwith.durable.watched import Watched
from standwith.intake import neutral, pages
from standwith.intake.answers import Answer, compress, go_to, go_to_with
from standwith.intake.errors import IntakeRefused
from standwith.intake.form import Fields, TooManyFields, check, read_fields
from standwith.intake.links import confirm_by_code, confirm_by_link, withdraw
from standwith.intake.manifest import Sheet, Sheets, read_manifest
from standwith.intake.sign import SECRETS, make_signature
from standwith.journal.errors import JournalError
from standwith.journal.group import GroupCommit
from standwith.journal.store import Journal
from standwith.languages import INTERFACE
from standwith.sealing.codes import spell_code
from standwith.sealing.errors import KeyRefused, TokenDamaged, TokenExpired
from standwith.sealing.keys import PublicKey
from standwith.sealing.tokens import make_withdrawal_token, read_link_key

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Clock = Callable[[], datetime]

MOST_BODY = 64 * 1024
FORM = b"application/x-www-form-urlencoded"
logger = logging.getLogger(__name__)


def now_utc() -> datetime:
    """The clock of the real world."""
    return datetime.now(UTC)


def make_intake(manifest: Path, journal: Path, keys: Path, *, clock: Clock = now_utc) -> "Intake":
    """The application; `keys` is the directory with link.key and clerk.pub. Raises IntakeRefused with a sentence."""
    try:
        return Intake(
            sheets=Watched(manifest, read_manifest),
            clerk=Watched(keys / "clerk.pub", _read_clerk),
            link_key=read_link_key((keys / "link.key").read_bytes()),
            journal=GroupCommit(Journal(journal)),
            clock=clock,
        )
    except OSError as error:
        raise IntakeRefused(f"{error.filename} cannot be read: {error.strerror}.") from None
    except (KeyRefused, JournalError) as error:
        raise IntakeRefused(str(error)) from None


class _Refusal(Exception):
    """A request that gets one of the plain refusals; carries its status."""

    def __init__(self, status: int, *more: tuple[bytes, bytes]) -> None:
        super().__init__(status)
        self.status, self.more = status, more


class Intake:
    """The door. One per process; keeps a journal open and three small files in view."""

    def __init__(
        self,
        *,
        sheets: Watched[Sheets],
        clerk: Watched[PublicKey],
        link_key: bytes,
        journal: GroupCommit,
        clock: Clock,
    ) -> None:
        self._sheets, self._clerk, self._link_key, self._journal, self._clock = sheets, clerk, link_key, journal, clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        answer = await self._answer(scope, receive)
        if answer.body and _takes_gzip(scope):
            answer = compress(answer)
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else answer.body})

    async def close(self) -> None:
        """Write what waits, and close the journal."""
        await self._journal.close()

    async def _answer(self, scope: Scope, receive: Receive) -> Answer:
        _, door, language, campaign, verb, *rest = scope["path"].split("/") + [""] * 4
        sheets, parts = self._sheets.current(), [part for part in rest if part]
        sheet = sheets.get((language, campaign)) if door == "act" else None
        try:
            if sheet is not None:
                return await self._serve(sheet, verb, parts, scope, receive)
            if door == "act" and campaign == neutral.SIGN and (behind := neutral.find_door(sheets, language)):
                return await self._serve_neutrally(behind, verb, parts, scope, receive)
            raise _Refusal(404)
        except _Refusal as refusal:
            status, more = refusal.status, refusal.more
        except Exception as error:  # a person waits for an answer, whatever we did wrong
            logger.error("an answer failed: %s", type(error).__name__)
            status, more = 500, ()
        speaking = sheet.language if sheet else language if language in INTERFACE else "en"
        return pages.refused(status, speaking, sheet.page() if sheet else f"/{speaking}/", *more)

    async def _serve(self, sheet: Sheet, verb: str, parts: list[str], scope: Scope, receive: Receive) -> Answer:
        match verb, parts:
            case "sign", []:
                return await self._sign(sheet, scope, receive)
            case "confirm", []:
                return await self._confirm_by_code(sheet, scope, receive)
            case "confirm", [token]:
                return await self._confirm(sheet, token, scope)
            case "withdraw", [token]:
                return await self._withdraw(sheet, token, scope)
        raise _Refusal(404)

    async def _serve_neutrally(
        self, door: neutral.Door, verb: str, parts: list[str], scope: Scope, receive: Receive
    ) -> Answer:
        match verb, parts:
            case "confirm", []:
                return await self._confirm_by_code_neutrally(door, scope, receive)
            case "confirm", [token]:
                return await self._confirm_neutrally(door, token, scope)
            case "confirmed", []:
                return go_to(door.page("confirm")) if _posts(scope) else neutral.confirmed(door)
        raise _Refusal(404)

    async def _sign(self, sheet: Sheet, scope: Scope, receive: Receive) -> Answer:
        if not _posts(scope):
            return go_to(sheet.page())
        fields = await _read_form(scope, receive)
        now = self._clock()
        if not sheet.takes_signatures(now.date()):
            return pages.campaign_closed(sheet)
        if sheet.paused:
            return pages.campaign_paused(sheet)
        entry, problems = check(fields, sheet)
        if entry is None:
            return pages.form_again(sheet, fields, problems)
        secret = secrets.token_bytes(SECRETS)
        signed = make_signature(entry, sheet, self._clerk.current(), now=now, secret=secret)
        try:
            await self._journal.append(signed.act)
        except JournalError:
            return pages.form_not_taken(sheet, fields)
        if not entry.codes:
            return go_to(sheet.page("check-your-mail"))
        take_back = make_withdrawal_token(self._link_key, sheet.campaign, signed.w).text
        return go_to_with(sheet.page("check-your-mail"), f"{spell_code(signed.code)}.{take_back}")

    async def _confirm_by_code(self, sheet: Sheet, scope: Scope, receive: Receive) -> Answer:
        if not _posts(scope):
            return go_to(sheet.page("check-your-mail"))
        fields = await _read_form(scope, receive)
        try:
            await self._journal.append(confirm_by_code(fields.get("code", ""), sheet, self._link_key))
        except TokenDamaged:
            return pages.code_again(sheet, fields)
        except JournalError:
            return pages.code_not_taken(sheet, fields)
        return go_to(sheet.page("thank-you"))

    async def _confirm(self, sheet: Sheet, token: str, scope: Scope) -> Answer:
        try:
            confirmation = confirm_by_link(token, sheet, self._link_key, now=self._clock())
            if not _posts(scope):
                return pages.button_to_confirm(sheet, token)
            await self._journal.append(confirmation.act)
        except TokenExpired:
            return pages.link_expired(sheet)
        except TokenDamaged:
            return pages.confirmation_link_damaged(sheet)
        except JournalError:
            return pages.button_to_confirm(sheet, token, 503)
        thanks = sheet.page("thank-you")
        return go_to_with(thanks, spell_code(confirmation.code)) if confirmation.code else go_to(thanks)

    async def _confirm_by_code_neutrally(self, door: neutral.Door, scope: Scope, receive: Receive) -> Answer:
        if not _posts(scope):
            return neutral.code_form(door)
        fields = await _read_form(scope, receive)
        try:
            for act in neutral.confirm_code(fields.get("code", ""), door, self._link_key):
                await self._journal.append(act)
        except TokenDamaged:
            return neutral.code_again(door, fields)
        except JournalError:
            return neutral.code_not_taken(door, fields)
        return go_to(door.page("confirmed"))

    async def _confirm_neutrally(self, door: neutral.Door, token: str, scope: Scope) -> Answer:
        try:
            act = neutral.confirm_link(token, door, self._link_key, now=self._clock())
            if not _posts(scope):
                return neutral.button(door, token)
            await self._journal.append(act)
        except TokenExpired:
            return neutral.link_expired(door)
        except TokenDamaged:
            return neutral.link_damaged(door)
        except JournalError:
            return neutral.button(door, token, 503)
        return go_to(door.page("confirmed"))

    async def _withdraw(self, sheet: Sheet, token: str, scope: Scope) -> Answer:
        try:
            act = withdraw(token, sheet, self._link_key)
            if not _posts(scope):
                return pages.button_to_withdraw(sheet, token)
            await self._journal.append(act)
        except TokenDamaged:
            return pages.withdrawal_link_damaged(sheet)
        except JournalError:
            return pages.button_to_withdraw(sheet, token, 503)
        return go_to(sheet.page("withdrawn"))

    async def _live(self, receive: Receive, send: Send) -> None:
        """ASGI's lifespan, for servers that have it."""
        while (await receive())["type"] != "lifespan.shutdown":
            await send({"type": "lifespan.startup.complete"})
        await self.close()
        await send({"type": "lifespan.shutdown.complete"})


def _takes_gzip(scope: Scope) -> bool:
    return any(name == b"accept-encoding" and b"gzip" in value for name, value in scope["headers"])


def _posts(scope: Scope) -> bool:
    """True for POST, False for GET and HEAD; anything else is refused."""
    if scope["method"] not in ("POST", "GET", "HEAD"):
        raise _Refusal(405, (b"allow", b"GET, HEAD, POST"))
    return bool(scope["method"] == "POST")


async def _read_form(scope: Scope, receive: Receive) -> Fields:
    """The fields of the body; refuses other types of content, and bodies that are too large before reading them."""
    kind, length = FORM, 0
    for name, value in scope["headers"]:
        if name == b"content-type":
            kind = value.partition(b";")[0].strip().lower()
        elif name == b"content-length" and value.isdigit():
            length = int(value[:10])
    if length > MOST_BODY:
        raise _Refusal(413)
    if kind != FORM:
        raise _Refusal(415)
    try:
        return read_fields(await _read_body(receive))
    except TooManyFields:
        raise _Refusal(400) from None


async def _read_body(receive: Receive) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _Refusal(400)  # half a form is no form
        body += message.get("body", b"")
        if len(body) > MOST_BODY:
            raise _Refusal(413)
        more = message.get("more_body", False)
    return body


def _read_clerk(data: bytes) -> PublicKey:
    key = PublicKey.parse(data.decode("ascii", "replace"))
    if key.purpose != "clerk":
        raise KeyRefused("The key in clerk.pub is not a clerk's key.")
    return key

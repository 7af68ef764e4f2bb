"""The neutral door: how supporters of guarded campaigns confirm, without a word about what.

Their mail leads here. Whoever has the mail, and opens everything in it, learns that some message of somebody's was to
be confirmed on this site.
Invariants: no page of this door, and no address that it leads to, names a campaign, shows its colour, or differs from
one guarded campaign to the next. Which campaign a link or code is for, only the server can tell, by whose mac fits.
It decides nothing: app.py does. The pages of all other links are in pages.py.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from standwith.intake import pages
from standwith.intake.answers import Answer
from standwith.intake.form import Fields
from standwith.intake.links import confirm_by_code, confirm_by_link
from standwith.intake.manifest import Sheet, Sheets
from standwith.intake.sentences import sentences
from standwith.languages import INTERFACE, Voice, voice
from standwith.sealing.errors import TokenDamaged

SIGN = "-"  # in the place of the campaign; no campaign has this id


class Door(NamedTuple):
    """The neutral door in one language; behind it the sheets of the guarded campaigns that have this language."""

    language: str
    sheets: tuple[Sheet, ...]

    @property
    def voice(self) -> Voice:
        """The voice that its pages speak with."""
        return voice(self.language)

    def page(self, name: str) -> str:
        """Address of one of its pages."""
        return f"/act/{self.language}/{SIGN}/{name}"


def find_door(sheets: Sheets, language: str) -> Door | None:
    """The door in this language, or None where no guarded campaign has it."""
    behind = tuple(sheet for (code, _), sheet in sheets.items() if code == language and sheet.guarded)
    if not behind:
        return None
    return Door(language if language in INTERFACE else behind[0].language, behind)


def confirm_link(token: str, door: Door, link_key: bytes, *, now: datetime) -> bytes:
    """The confirmation that a link stands for; raises TokenDamaged, TokenExpired."""
    for sheet in door.sheets:
        try:
            return confirm_by_link(token, sheet, link_key, now=now).act
        except TokenDamaged:
            continue
    raise TokenDamaged("The link is damaged.")


def confirm_code(code: str, door: Door, link_key: bytes) -> Sequence[bytes]:
    """The confirmations that a typed code stands for; raises TokenDamaged.

    A code may fit a second campaign by chance (1 in 32,768): there is no signature there that it could confirm.
    """
    found = []
    for sheet in door.sheets:
        try:
            found.append(confirm_by_code(code, sheet, link_key))
        except TokenDamaged:
            continue
    if not found:
        raise TokenDamaged("The code is mistyped.")
    return found


def button(door: Door, token: str, status: int = 200) -> Answer:
    """The one button behind a link; with status 503, pressing it did not help yet."""
    _t = door.voice.gettext
    return _render(
        status,
        "press.html",
        door,
        title=_t("Confirm your message"),
        sentence=_t("Press the button, and your message is confirmed."),
        button=_t("Confirm my message"),
        action=door.page(f"confirm/{token}"),
    )


def code_form(door: Door) -> Answer:
    """200: where to type the code."""
    return _code(200, door, {})


def code_again(door: Door, fields: Fields) -> Answer:
    """422: the code was mistyped."""
    return _code(422, door, fields, errors=sentences(door.voice, {"code": "code-wrong"}))


def code_not_taken(door: Door, fields: Fields) -> Answer:
    """503: the code may be right, but the journal cannot be written."""
    return _code(503, door, fields)


def link_damaged(door: Door) -> Answer:
    """404: how to mend the link, and the code as another way."""
    title, sentence = pages.damaged_words(door.voice)
    return _render(404, "code.html", door, title=title, sentence=sentence, values={})


def link_expired(door: Door) -> Answer:
    """410: the link is too old; what was entered is gone."""
    _t = door.voice.gettext
    sentence = _t("The link was good for two days. What you had entered has been deleted.")
    return _note(410, door, _t("This link is too old"), sentence)


def confirmed(door: Door) -> Answer:
    """200: thanks, after a link and after a code."""
    _t = door.voice.gettext
    sentence = _t("Your message is confirmed. You can delete the mail and close this page.")
    return _note(200, door, _t("Thank you"), sentence)


def _code(status: int, door: Door, fields: Fields, errors: Mapping[str, str] | None = None) -> Answer:
    title, values = door.voice.gettext("Confirm with the code"), pages.shown(fields)
    return _render(status, "code.html", door, title=title, sentence="", values=values, errors=errors or {})


def _note(status: int, door: Door, title: str, sentence: str) -> Answer:
    link = (f"/{door.language}/", door.voice.gettext("All campaigns"))
    return _render(status, "note.html", door, title=title, sentence=sentence, link=link)


def _render(status: int, template: str, door: Door, **context: object) -> Answer:
    return pages.render(status, template, door.voice, home=f"/{door.language}/", **context)

"""The pages that the intake shows: the form come back, the button of a link, and what to do when something isn't right.

Invariants: every page speaks the language of its address; a form comes back with everything that was typed; nothing
typed is in a title, a header or an address. It decides nothing: app.py does.
"""

import unicodedata
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from standwith import look
from standwith.intake.answers import Answer, Headers, show
from standwith.intake.form import Fields, Problems
from standwith.intake.manifest import Sheet
from standwith.intake.sentences import sentences
from standwith.languages import Voice, translatable, voice

_TEMPLATES = look.environment(Path(__file__).parent / "templates")
_TRY_AGAIN = (b"retry-after", b"60")


def form_again(sheet: Sheet, fields: Fields, problems: Problems) -> Answer:
    """422: the form, filled in, with what to mend on top."""
    title, errors = sheet.voice.gettext("Sign the statement"), sentences(sheet.voice, problems)
    return _render(422, "sign.html", sheet, title=title, form=sheet.form, values=shown(fields), errors=errors)


def form_not_taken(sheet: Sheet, fields: Fields) -> Answer:
    """503: the form, filled in, to be sent again when the journal can be written."""
    title = sheet.voice.gettext("Sign the statement")
    return _render(503, "sign.html", sheet, title=title, form=sheet.form, values=shown(fields))


def button_to_confirm(sheet: Sheet, token: str, status: int = 200) -> Answer:
    """The one button behind a confirmation link; with status 503, pressing it did not help yet."""
    _t = sheet.voice.gettext
    return _render(
        status,
        "press.html",
        sheet,
        f"confirm/{token}",
        title=_t("Confirm your signature"),
        sentence=_t("Press the button, and your signature counts."),
        button=_t("Confirm my signature"),
    )


def button_to_withdraw(sheet: Sheet, token: str, status: int = 200) -> Answer:
    """The one button behind a withdrawal link; with status 503, pressing it did not help yet."""
    _t = sheet.voice.gettext
    return _render(
        status,
        "press.html",
        sheet,
        f"withdraw/{token}",
        title=_t("Withdraw your signature"),
        sentence=_t("Press the button, and your signature no longer counts."),
        button=_t("Withdraw my signature"),
    )


def code_again(sheet: Sheet, fields: Fields) -> Answer:
    """422: the code was mistyped."""
    title, errors = sheet.voice.gettext("Confirm with the code"), sentences(sheet.voice, {"code": "code-wrong"})
    return _render(422, "code.html", sheet, title=title, sentence="", values=shown(fields), errors=errors)


def code_not_taken(sheet: Sheet, fields: Fields) -> Answer:
    """503: the code may be right, but the journal cannot be written."""
    title = sheet.voice.gettext("Confirm with the code")
    return _render(503, "code.html", sheet, title=title, sentence="", values=shown(fields))


def confirmation_link_damaged(sheet: Sheet) -> Answer:
    """404: how to mend the link, and the code as another way."""
    title, sentence = damaged_words(sheet.voice)
    return _render(404, "code.html", sheet, title=title, sentence=sentence, values={})


def damaged_words(voice: Voice) -> tuple[str, str]:
    """Title and sentence of a confirmation link that doesn't fit, with the code as another way."""
    _t = voice.gettext
    otherwise = _t("Or type the code that stands in the same mail:")
    return _t("This link is not complete"), f"{_mend(_t)} {otherwise}"


def withdrawal_link_damaged(sheet: Sheet) -> Answer:
    """404: how to mend the link."""
    _t = sheet.voice.gettext
    return _note(404, sheet, _t("This link is not complete"), _mend(_t), link=(sheet.page(), sheet.title))


def link_expired(sheet: Sheet) -> Answer:
    """410: the link is too old; what was entered is gone, and can be entered again."""
    _t = sheet.voice.gettext
    sentence = _t("The link was good for two days. What you had entered has been deleted. You can sign again.")
    return _note(410, sheet, _t("This link is too old"), sentence, link=(f"{sheet.page()}#sign", _t("Sign again")))


def campaign_closed(sheet: Sheet) -> Answer:
    """410: nobody can sign any more."""
    _t = sheet.voice.gettext
    sentence = _t("Signing has ended. Your signature was not taken, and nothing that you entered was kept.")
    return _note(
        410, sheet, _t("This campaign is closed"), sentence, link=(sheet.page(), _t("See what it has reached"))
    )


def campaign_paused(sheet: Sheet) -> Answer:
    """503: nobody can sign for a while; a browser keeps what was typed for the way back."""
    _t = sheet.voice.gettext
    sentence = _t("No signatures are taken for now. Yours was not taken, and nothing that you entered was kept.")
    return _note(503, sheet, _t("This campaign is paused"), sentence, link=(sheet.page(), sheet.title))


@lru_cache(maxsize=256)
def refused(status: int, language: str, home: str, *more: tuple[bytes, bytes]) -> Answer:
    """400, 404, 405, 413, 415 or 500: what no page of ours asks for, or our own mistake; `home` is the way back."""
    speaking = voice(language)
    title, sentence = map(speaking.gettext, _REFUSALS[status])
    html = look.render_page(
        _TEMPLATES.get_template("note.html"),
        speaking,
        title=title,
        home=home,
        sentence=sentence,
        link=(home, speaking.gettext("Back to the campaign")),
    )
    return show(status, html, *more)


_NOT_READ = (
    translatable("This could not be read"),
    translatable("Your browser sent something that this page does not understand."),
)
_REFUSALS = {
    400: _NOT_READ,
    404: (
        translatable("There is nothing here"),
        translatable("The address may be mistyped, or the campaign is not here any more."),
    ),
    405: _NOT_READ,
    413: (translatable("That was too much"), translatable("The form takes 64 kilobytes at most. Nothing was taken.")),
    415: _NOT_READ,
    500: (
        translatable("Something broke on our side"),
        translatable("It is our mistake, not yours. Please try again later."),
    ),
}


def _mend(_t: Callable[[str], str]) -> str:
    return _t(
        "Some mail programmes break a long link in two. Copy the whole link, to its last letter, from the mail into "
        "the address bar of your browser."
    )


def _note(status: int, sheet: Sheet, title: str, sentence: str, *, link: tuple[str, str]) -> Answer:
    return _render(status, "note.html", sheet, title=title, sentence=sentence, link=link)


def _render(status: int, template: str, sheet: Sheet, act: str = "", **context: object) -> Answer:
    """A page in the campaign's frame; `act` is its address below the campaign, where it can be opened by itself."""
    return render(
        status,
        template,
        sheet.voice,
        masthead=sheet.title,
        home=sheet.page(),
        campaign=sheet.campaign,
        accent=sheet.accent,
        editions=_editions(sheet, act),
        action=f"/act/{sheet.language}/{sheet.campaign}/{act or 'confirm'}",
        **context,
    )


def render(status: int, template: str, voice: Voice, **context: object) -> Answer:
    """A page of this door; with status 503 it says that pressing the button did not help yet."""
    html = look.render_page(_TEMPLATES.get_template(template), voice, not_taken=status == 503, **context)
    more: Headers = [_TRY_AGAIN] if status == 503 else []
    return show(status, html, *more)


def _editions(sheet: Sheet, act: str) -> list[tuple[str, str]]:
    """The same page in the other languages; a form that came back can't be opened there, so its campaign's page."""
    if act:
        return [(code, f"/act/{code}/{sheet.campaign}/{act}") for code in sheet.editions]
    return [(code, f"/{code}/{sheet.campaign}/") for code in sheet.editions]


def shown(fields: Fields) -> Fields:
    """What was typed, without the control characters that HTML cannot hold."""
    return {name: "".join(filter(_can_be_shown, value)) for name, value in fields.items()}


def _can_be_shown(letter: str) -> bool:
    return letter.isprintable() or unicodedata.category(letter) not in ("Cc", "Cs")

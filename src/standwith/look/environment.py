"""Templates that speak one language each: the Jinja environment and the words that every template may use.

Holds: `environment` (templates of this package and of the door that asks) and `render_page`.
Invariant: everything is escaped unless it is Markup already; an undefined name is an error, never an empty hole.
It chooses no page and reads no campaign. Words in a template, all in the page's language:

    t("To {whom}", whom=x)   tn("{n} person", "{n} people", n)   number(n)   percent(n)   date(d)   moment(dt)
    country("FR")   join([...])   and from the frame: lang, dir, voice
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from standwith.languages.placeholders import fill
from standwith.languages.tags import language
from standwith.languages.voice import Voice
from standwith.look.consent import consents
from standwith.look.style import ACCENT, policy, stylesheet

HERE = Path(__file__).parent / "templates"


@lru_cache(maxsize=16)
def environment(*folders: Path) -> Environment:
    """Return the environment that finds templates in `folders` first, then in the look's own."""
    found = Environment(
        loader=FileSystemLoader([*folders, HERE]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    found.globals.update(stylesheet=stylesheet, policy=policy, language=language, consents=consents)
    return found


def render_page(template: Template, voice: Voice, **context: Any) -> str:
    """Return the whole page as HTML in the voice's language; templates/page.html says what the frame may be told."""
    return squeeze(template.render({**_FRAME, **words(voice), **context}))


_FRAME: Mapping[str, Any] = {
    "accent": ACCENT,
    "alternates": (),
    "campaign": "",
    "description": "",
    "editions": (),
    "errors": {},
    "home": "",
    "inline": "",
    "masthead": "standwith",
    "reads": "",
    "script": False,
}


def squeeze(html: str) -> str:
    """Return the page without indentation and empty lines; nothing of ours depends on them."""
    return "\n".join(line for line in map(str.strip, html.splitlines()) if line) + "\n"


@lru_cache(maxsize=64)
def words(voice: Voice) -> Mapping[str, Any]:
    """Return what a template can say in this voice's language."""
    return {
        "voice": voice,
        "lang": voice.code,
        "dir": voice.dir,
        "t": _teller(voice),
        "tn": _counter(voice),
        "number": voice.number,
        "percent": voice.percent,
        "date": voice.date,
        "moment": voice.moment,
        "country": voice.country,
        "join": lambda items: voice.join(list(items)),
        "country_options": lambda chosen="": country_options(voice, chosen),
    }


def _teller(voice: Voice) -> Callable[..., Markup]:
    def t(message: str, **values: object) -> Markup:
        return say(voice.gettext(message), values)

    return t


def _counter(voice: Voice) -> Callable[..., Markup]:
    def tn(singular: str, plural: str, n: int, **values: object) -> Markup:
        return say(voice.ngettext(singular, plural, n), values)

    return tn


def say(message: str, values: Mapping[str, object]) -> Markup:
    """Return the message as HTML with its `{name}` places filled; text is escaped, Markup (a link, a number) stays."""
    said = str(escape(message))
    if values:
        said = fill(said, lambda name: str(escape(values[name])) if name in values else None)
    return Markup(said)  # noqa: S704 message and values are escaped above


@lru_cache(maxsize=64)
def _all_countries(voice: Voice) -> str:
    return "\n".join(f"<option value={code}>{escape(name)}" for code, name in voice.countries())


def country_options(voice: Voice, chosen: str = "") -> Markup:
    """Return the options of the country list, sorted for the reader's language, `chosen` (ISO alpha-2) selected."""
    options = _all_countries(voice)
    if chosen:
        options = options.replace(f"<option value={chosen}>", f"<option value={chosen} selected>")
    return Markup(options)  # noqa: S704 built from CLDR names, each escaped above

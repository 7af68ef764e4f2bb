"""The style sheets, put together, made small and vouched for.

Holds: which sheets a page asks for, the accent's colours in light and dark, the digest that the page's policy names.
Invariant: a page's policy allows exactly the style that lies in the page, and no other.
It renders nothing. Standards: CSS Color 4, Content Security Policy Level 3 (hashes).
"""

import re
from base64 import b64encode
from functools import cache, lru_cache
from hashlib import sha256
from html import unescape
from pathlib import Path

from standwith.look.colour import ink_on, readable

SHEETS = Path(__file__).parent / "style"
TOGETHER = {"form": ("narrow", "fields", "sign", "errors")}  # what a page needs whose form can come back
ACCENT = "#a81f1f"
PAPER, NIGHT = "#f6f3ea", "#22201c"  # the grounds with least contrast in tokens.css, light and dark
RATIO = 5.5  # above the 4.5 of WCAG AA: small text in the accent stays readable on a bad screen


def shrink(css: str) -> str:
    """Return the same style in fewer bytes: no comments, no white space that means nothing."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,>]) ?", r"\1", css)
    css = re.sub(r": ", ":", css)
    return css.replace(";}", "}").strip()


def accents(accent: str) -> str:
    """Return the custom properties of one accent, for light and dark."""
    day, night = readable(accent, PAPER, RATIO), readable(accent, NIGHT, RATIO)
    return (
        f":root{{--accent:{day};--on:{ink_on(day)}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root{{--accent:{night};--on:{ink_on(night)}}}}}"
    )


@lru_cache(maxsize=256)
def stylesheet(sheets: tuple[str, ...], accent: str = ACCENT, lang: str = "en") -> str:
    """Return the style of a page: the named sheets after the ones that every page has, in one accent and language."""
    asked = [part for name in sheets for part in TOGETHER.get(name, (name,))]
    name = f"in-{lang.partition('-')[0]}"
    own = _read(name) if (SHEETS / f"{name}.css").exists() else ""
    tokens, own = fold(_read("tokens"), own)
    return tokens + accents(accent or ACCENT) + "".join(map(_read, ["page", *asked])) + own + _read("print")


def fold(tokens: str, own: str) -> tuple[str, str]:
    """Put the custom properties with which a language's sheet begins in the place of those that they override."""
    if not own.startswith(":root{"):
        return tokens, own
    changed, own = own.removeprefix(":root{").split("}", 1)
    for line in changed.split(";"):
        before = re.search(rf"(?<=[{{;]){re.escape(line.partition(':')[0])}:[^;}}]*", tokens)
        tokens = tokens.replace(before[0], line, 1) if before else f"{tokens}:root{{{line}}}"
    return tokens, own


@cache
def _read(name: str) -> str:
    return shrink((SHEETS / f"{name}.css").read_text("utf-8"))


@lru_cache(maxsize=256)
def policy(style: str, *, script: bool = False, inline: str = "", reads: str = "") -> str:
    """Return the Content-Security-Policy of a page with this style in it.

    `script`: it may run the site's own scripts and read its files. Or it may run the script `inline` that lies in it,
    and read what lies below the address `reads`.
    """
    rules = [
        "default-src 'none'",
        f"style-src {_source(style)}",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
    ]
    if inline:
        rules[2:2] = [f"script-src {_source(inline)}", f"connect-src {reads}"]
    elif script:
        rules[2:2] = ["script-src 'self'", "connect-src 'self'"]
    return "; ".join(rules)


def _source(content: str) -> str:
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"


POLICY = re.compile(r'<meta http-equiv="?Content-Security-Policy"? content="([^"]*)">')


def security_headers(html: str) -> dict[str, str]:
    """Return the headers that go with a page: its own policy (read from its <meta>); no framing, no referrer."""
    found = POLICY.search(html)
    rules = unescape(found[1]) if found else "default-src 'none'"
    return {
        "content-security-policy": f"{rules}; frame-ancestors 'none'",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "cross-origin-opener-policy": "same-origin",
    }

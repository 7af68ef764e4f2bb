"""The scripts of the site: which sources each is made of, and how they are made smaller.

    number.js     alone, on campaign pages
    search.js     alone, on the page of all organisations
    receipt.js    ledger.js, say.js, receipt.js, on the pages that answer an act
    verify.js     ledger.js, say.js, notes.js, verify.js, inside the page that checks

Invariant: a shrunk script is the same program, with the same names: comments and white space that mean nothing are gone
and nothing else. Sources keep to two things for that: a line that begins with `//` is a comment and no other line holds
one, and every statement ends in a semicolon or a brace. No script is needed to sign, to confirm or to withdraw.
"""

import re
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
MADE_OF = {
    "number": ("number",),
    "search": ("search",),
    "receipt": ("ledger", "say", "receipt"),
    "verify": ("ledger", "say", "notes", "verify"),
}

# What must stay as it is: texts, templates and regular expressions (a slash where no number or name can be divided).
_LITERAL = re.compile(
    r"""( "(?:\\.|[^"\\\n])*" | `(?:\\.|[^`\\])*`
        | (?<=[(,=:!&|?{};])\ ?/(?![/*])(?:\\. | \[(?:\\.|[^\]\\])*\] | [^/\\\n\[])+/\w* )""",
    re.X,
)
_COMMENTS = re.compile(r"^\s*//.*\n?", re.M)
_AROUND = re.compile(r" ?([{}()\[\];,:=<>*/%&|?!]) ?")
_SUM = re.compile(r"(?<=[^\s+-]) ([+-]) (?=[^\s+-])")  # but for "a + +b" and "a - -b"
_AFTER = re.compile(r"(?<=[{;,(\[:=&|?])\n|\n(?=[})\].?:])")


@cache
def script(name: str) -> str:
    """Return the script as it is sent."""
    parts = [shrink((HERE / f"{part}.js").read_text("utf-8")) for part in MADE_OF[name]]
    return parts[0] if len(parts) == 1 else "(() => {" + "\n".join(parts) + "})();"


def shrink(source: str) -> str:
    """Return the same script in fewer bytes."""
    bare = "\n".join(line.strip() for line in _COMMENTS.sub("", source).splitlines() if line.strip())
    parts = _LITERAL.split(bare)
    return "".join(part.strip() if number % 2 else _tighten(part) for number, part in enumerate(parts))


def _tighten(code: str) -> str:
    return _AFTER.sub("", _SUM.sub(r"\1", _AROUND.sub(r"\1", code)))

"""Official domains: the host names at which an organisation writes and is written to.

Invariant: a domain is written in one way, small letters and no dot at the end, so that equal domains are equal texts.
It asks no name server. Standards: RFC 1123, RFC 5890 (a name may be written in its own script).
"""

import re
from urllib.parse import urlsplit

_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_DOMAIN = re.compile(rf"(?=.{{4,253}}$)(?:{_LABEL}\.)+(?:[^\W\d_]{{2,63}}|xn--[a-z0-9-]{{1,59}})")


class NotADomain(ValueError):
    """The text is no domain; `better` is the one that may be meant, or "" where none can be seen."""

    def __init__(self, text: str, better: str) -> None:
        super().__init__(text)
        self.better = better


def parse_domain(text: str) -> str:
    """Return the text, which is a domain as it is written here; raises NotADomain."""
    if not _is_domain(text):
        raise NotADomain(text, _better(text))
    return text


def is_below(domain: str, other: str) -> bool:
    """Return whether `domain` is `other` or a part of it: metal.example.org is below example.org."""
    return domain == other or domain.endswith(f".{other}")


def _is_domain(text: str) -> bool:
    return text == text.lower() and "_" not in text and _DOMAIN.fullmatch(text) is not None


def _better(text: str) -> str:
    """The domain inside an address on the web, an e-mail address, or a name with capitals."""
    try:
        host = urlsplit(text if "//" in text else f"//{text}").hostname or ""
    except ValueError:
        return ""
    host = host.removesuffix(".").lower()
    return host if _is_domain(host) else ""

"""E-mail addresses as people type them.

Accepted: what a browser's e-mail field accepts (HTML, "valid e-mail address"), and domains in any script. An address
comes back with its domain in lower case and in ASCII (IDNA 2008 A-labels), so that every mail server takes it; the
part before the @ stays as typed. Refused: quoted local parts, IP literals, names without a dot, more than 254
characters.
It doesn't ask the network whether the domain exists, and doesn't find duplicates: that is the clerk's work.
"""

import re
import unicodedata

MOST = 254  # RFC 5321: a path has 256 characters, with its two brackets
MOST_LABEL = 63  # RFC 1035; an A-label is longer than its U-label, so no U-label is longer either
_MOST_TYPED = 4 * MOST  # a letter typed with its marks apart takes up to four characters

_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"({_LOCAL})@({_LABEL}(?:\.{_LABEL})*\.(?!\d+\Z){_LABEL})")


def read_address(typed: str) -> str | None:
    """The address in its mailable form, or None if it can't be one."""
    if len(typed) > _MOST_TYPED:
        return None
    local, at, domain = typed.rpartition("@")
    if not domain.isascii():
        ascii_domain = _to_ascii(domain)
        if ascii_domain is None:
            return None
        typed = local + at + ascii_domain
    found = _ADDRESS.fullmatch(typed)
    if found is None or len(typed) > MOST or len(found[1]) > 64:
        return None
    return f"{found[1]}@{found[2].lower()}"


def _to_ascii(domain: str) -> str | None:
    """The domain in A-labels, as a registrar would write it: no mapping of sharp s and the like, as IDNA 2008 asks.

    What is too long is refused before it is encoded: punycode takes time that grows with the square of a label.
    """
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", domain).lower()).replace("。", ".")
    if len(folded) > MOST:
        return None
    labels = []
    for label in folded.split("."):
        if len(label) > MOST_LABEL:
            return None
        if label.isascii():
            labels.append(label)
        elif all(unicodedata.category(letter)[0] in "LMN" or letter in "-·\u200c\u200d" for letter in label):
            labels.append("xn--" + label.encode("punycode").decode("ascii"))
        else:
            return None
    return ".".join(labels)

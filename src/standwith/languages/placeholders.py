"""Placeholders: the {name} in a message that a value takes the place of.

Invariant: filling replaces each placeholder once and reads nothing in a value as a placeholder; no attribute or index
of a value can be reached from a text. A placeholder without a value stays as it is written. {fact:killed} is one too.
"""

import re
from collections import Counter
from collections.abc import Callable

_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*(?::[a-z0-9-]+)?)\}", re.ASCII)


def placeholders(text: str) -> Counter[str]:
    """How often each placeholder stands in a text, by its name without the braces."""
    return Counter(_PLACEHOLDER.findall(text))


def fill(text: str, value_of: Callable[[str], str | None]) -> str:
    """The text with every placeholder replaced for which `value_of(name)` is not None."""

    def replace(found: re.Match[str]) -> str:
        value = value_of(found[1])
        return found[0] if value is None else value

    return _PLACEHOLDER.sub(replace, text)


def stray_braces(text: str) -> bool:
    """True if a brace stands in the text that belongs to no placeholder, as in "{ n }"."""
    rest = _PLACEHOLDER.sub("", text)
    return "{" in rest or "}" in rest


def lost_placeholders(source: str, target: str) -> tuple[str, ...]:
    """Names that the source has and the translation lacks."""
    return tuple(sorted(placeholders(source).keys() - placeholders(target).keys()))


def extra_placeholders(source: str, target: str) -> tuple[str, ...]:
    """Names that the translation has and the source does not know."""
    return lost_placeholders(target, source)

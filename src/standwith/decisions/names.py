"""Who decides: a name as it is kept, and whether two names are one person's.

Nobody is asked for a password: a name is what somebody typed, and two people are two names. Accounts come with the
desk. Invariant: names that differ in capitals, spaces or the form of their letters only are one.
"""

from unicodedata import normalize

from standwith.decisions.errors import NoName

NAME = 100  # characters


def check_name(by: str) -> str:
    """The name in one form; raises NoName."""
    name = " ".join(by.split())
    if not name or len(name) > NAME or not name.isprintable():
        raise NoName(f"Say who decides, by a name of 1 to {NAME} characters.")
    return name


def are_two(one: str, other: str) -> bool:
    """Whether these are the names of two people."""
    return _key(one) != _key(other)


def _key(name: str) -> list[str]:
    return normalize("NFKC", name).casefold().split()

"""The kinds of mistakes that only a directory can have, and all that its reading may report.

Codes are stable, and documented in docs/directory.md; a test keeps that complete. The others are those of a campaign's
folder.
"""

from standwith.campaigns.mistakes import MISTAKES
from standwith.manuscript import Mistake

OWN_MISTAKES: dict[str, Mistake] = {
    "bad-domain": Mistake(
        "error",
        "Whether a letter comes from the organisation itself is told by its domain.",
        "Write the name of the host alone, such as example.org.",
    ),
    "shared-domain": Mistake(
        "error",
        "A letter from there could be from either; only organisations of one federation share a domain.",
        "Delete it where it does not belong, or say with parent that they belong together.",
    ),
    "public-domain": Mistake(
        "warning",
        "Anybody can have an address there, so it proves nothing.",
        "Leave it out; put the organisation's page into url.",
    ),
    "former-name-in-use": Mistake(
        "warning",
        "Whoever looks for the old name finds two organisations, and a campaign's row may mean either.",
        "Correct the one that is wrong; leave it where both were called so.",
    ),
    "repeated-name": Mistake("warning", "It says the same twice.", "Delete one of them."),
    "address-taken": Mistake(
        "error",
        "Ids become addresses, and this one is the page of a country or of those without a country.",
        "Choose another id.",
    ),
}

DIRECTORY_MISTAKES: dict[str, Mistake] = {
    **MISTAKES,
    "missing-file": Mistake("error", "A directory cannot be shown without it.", "Write it, as docs/directory.md says."),
    "missing-key": Mistake("error", "The directory needs it.", "Add the key with its value."),
    **OWN_MISTAKES,
}

"""How much of a document is read, so that no file can take a machine down.

Invariant: every reader goes through here before it unpacks or builds anything. A document beyond a limit is refused
with a sentence, never cut.
"""

from standwith.documents.errors import DocumentRefused

MOST_BYTES = 10_000_000
MOST_UNPACKED = 60_000_000
MOST_MEMBERS = 5_000
MOST_BLOCKS = 50_000
MOST_LETTERS = 5_000_000
MOST_PAGES = 1_000
DEEPEST = 200


def check_bytes(count: int) -> None:
    """Refuses a file that is too large."""
    if count > MOST_BYTES:
        raise DocumentRefused(
            f"it has {count:,} bytes, and {MOST_BYTES:,} are the most; save it without pictures, or in parts."
        )


def check_text(blocks: int, letters: int) -> None:
    """Refuses more text than any statement or list has."""
    if blocks > MOST_BLOCKS or letters > MOST_LETTERS:
        raise DocumentRefused(
            f"it has more than {MOST_BLOCKS:,} blocks or {MOST_LETTERS:,} letters; import it in parts."
        )

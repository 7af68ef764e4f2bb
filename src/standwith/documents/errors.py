"""What can go wrong with a document: it is refused, with a sentence that says what mends it."""


class DocumentRefused(Exception):
    """The document cannot be read; the message says why and what to do."""

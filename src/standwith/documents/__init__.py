"""Documents as unions have them, read into blocks that no longer know which programme wrote them.

Holds the readers of .docx, .odt, .html, .md, .txt and .pdf, and the finding of languages. Invariants: no text of a
document is lost on the way into blocks, but for marks that nobody sees; reading obeys limits, opens nothing outside of
the file and runs nothing that is in it. Does not judge what a block means for a campaign. Standards: CommonMark, HTML,
ISO/IEC 29500 (docx), ISO/IEC 26300 (odt), ISO 32000 (pdf).
"""

from standwith.documents.block import Block, Document, Place
from standwith.documents.errors import DocumentRefused
from standwith.documents.reading import ENDINGS, read_document

__all__ = ["ENDINGS", "Block", "Document", "DocumentRefused", "Place", "read_document"]

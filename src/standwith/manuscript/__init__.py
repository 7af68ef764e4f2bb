"""Manuscript: text that people hand in, read with the place of every value, and written back in one canonical form.

Holds findings (file, line, column, what, why, how to mend), tables (CSV), TOML, Markdown blocks and the hygiene of
letters. Invariant: reading never raises for bad content, it reports; what the writers write, the readers read back
unchanged. Knows nothing of campaigns. Standards: RFC 4180, TOML 1.0, CommonMark, Unicode.
"""

from standwith.manuscript.blocks import Block, join_blocks, split_blocks
from standwith.manuscript.finding import Finding, Mistake, Place, Report, Slip
from standwith.manuscript.letters import check_hidden, check_letters, read_text
from standwith.manuscript.mistakes import FILE_MISTAKES
from standwith.manuscript.table import Cell, Table, read_table, write_table
from standwith.manuscript.toml import Document, read_toml
from standwith.manuscript.toml_writing import write_toml

__all__ = [
    "FILE_MISTAKES",
    "Block",
    "Cell",
    "Document",
    "Finding",
    "Mistake",
    "Place",
    "Report",
    "Slip",
    "Table",
    "check_hidden",
    "check_letters",
    "join_blocks",
    "read_table",
    "read_text",
    "read_toml",
    "split_blocks",
    "write_table",
    "write_toml",
]

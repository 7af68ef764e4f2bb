"""Tables that unions keep in office programmes, brought into people.csv, organisations.csv or targets.csv.

`sheets` reads CSV, .xlsx and .ods into lines of text, `headings` recognises columns by their names in the
languages that standwith speaks, `values` reads countries, dates and small words as people write them, `rows` makes rows
of ours of them, `merging` compares these with the rows that are there. Invariant: nothing is guessed in
silence and nothing is lost: what is not understood is listed with sheet, row, column and what mends it, and an empty
cell never empties one of ours. Writes no files.
"""

from standwith.campaigns.tables.merging import Preview, plan_import
from standwith.campaigns.tables.rows import KINDS, Puzzle
from standwith.campaigns.tables.sheets import Sheet, TableRefused, read_sheets
from standwith.campaigns.tables.table import Change

__all__ = ["KINDS", "Change", "Preview", "Puzzle", "Sheet", "TableRefused", "plan_import", "read_sheets"]

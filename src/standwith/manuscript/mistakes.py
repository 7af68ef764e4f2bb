"""The kinds of mistakes that any manuscript can have, whatever it is about: letters, tables and TOML.

Each is documented in docs/campaign-folder.md; a test keeps that complete.
"""

from standwith.manuscript.finding import Mistake

FILE_MISTAKES: dict[str, Mistake] = {
    "invalid-utf8": Mistake(
        "error",
        "Text is read as UTF-8, so that every alphabet fits in one file.",
        "Save the file again with the encoding UTF-8.",
    ),
    "byte-order-mark": Mistake(
        "warning",
        "It is invisible, and some programmes take it for a letter.",
        "Save as UTF-8 without BOM, or run standwith format.",
    ),
    "windows-line-ends": Mistake(
        "warning",
        "With one kind of line end, versions can be compared line by line.",
        "Run standwith format, or set your editor to LF.",
    ),
    "control-character": Mistake(
        "error",
        "It cannot be seen, and it breaks mails, pages and tables.",
        "Delete it; if your editor does not show it, type the word again.",
    ),
    "bidi-override": Mistake(
        "error",
        "It can make a text read differently from what it says.",
        "Delete it; pages set the direction of each text by themselves.",
    ),
    "invisible-character": Mistake(
        "error",
        "Two texts that look the same would be different, and searches miss the word.",
        "Delete it; if your editor does not show it, type the word again.",
    ),
    "lost-letter": Mistake(
        "warning",
        "The sign � stands where an earlier conversion lost a letter.",
        "Put the right letter back.",
    ),
    "toml-syntax": Mistake(
        "error",
        "Until the file can be read, nothing in it can be checked.",
        "Mend this line; texts stand in double quotes, lists in square brackets.",
    ),
    "comment-lost": Mistake(
        "warning",
        "standwith format writes the data only and would lose the comment.",
        "Move it to a README.md, or leave it if you never run standwith format.",
    ),
    "no-header": Mistake(
        "error",
        "The first row of a table names its columns.",
        "Put the names of the columns into the first line.",
    ),
    "semicolon-table": Mistake(
        "error",
        "Tables are separated by commas, the same in every country.",
        "Save the table again as CSV with a comma as separator.",
    ),
    "unclosed-quote": Mistake(
        "error",
        "Everything after it would be taken for one value.",
        'Close the value with a second ". A quotation mark inside a value is written twice.',
    ),
    "stray-quote": Mistake(
        "error",
        "It is not clear where the value ends.",
        'Put the whole value in quotation marks and write each one inside it twice: "the ""free"" union".',
    ),
    "ragged-row": Mistake(
        "error",
        "The values may have slipped into the wrong columns.",
        "Give the row as many values as there are columns; a value with a comma in it stands in quotation marks.",
    ),
    "unknown-column": Mistake(
        "error",
        "What stands in it would never be shown.",
        "Correct its name, or delete the column.",
    ),
    "missing-column": Mistake(
        "error",
        "Every column is there, even if it is empty, so that nothing is forgotten by accident.",
        "Add the column to the first row.",
    ),
    "duplicate-column": Mistake(
        "error",
        "It is not clear which of the two counts.",
        "Delete one of them.",
    ),
}

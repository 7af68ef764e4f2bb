"""Kept copies: each is in sources/, is the one whose digest sources.csv says, and belongs to a source.

Looks at bytes and opens no document; a copy may be a file of any kind.
"""

from hashlib import sha256

from standwith.campaigns.draft import Draft, Entry
from standwith.campaigns.model import Source
from standwith.manuscript import Place

FOLDER = "sources"


def check_copies(draft: Draft) -> None:
    """Every copy that sources.csv names is in sources/, and the other way round."""
    for entry in draft.sources:
        if entry.value.file and entry.sound("file", "sha256"):
            _check_copy(draft, entry)
    if "sources.csv" in draft.unread or "sources.csv" in draft.torn_ids:
        return
    named = {entry.value.file for entry in draft.sources}
    for name in draft.files:
        parent, _, file = name.rpartition("/")
        if parent == FOLDER and file not in named:
            draft.report.add("copy-unlisted", Place(name, 1, 1), f"No row of sources.csv names {file}.")


def _check_copy(draft: Draft, entry: Entry[Source]) -> None:
    source = entry.value
    data = None if "/" in source.file else draft.files.get(f"{FOLDER}/{source.file}")
    if data is None:
        draft.report.add("copy-missing", entry.at("file"), f"There is no {FOLDER}/{source.file}.")
        return
    digest = sha256(data).hexdigest()
    if not source.sha256:
        what = f"{FOLDER}/{source.file} is kept, and nothing says which bytes it should have."
        draft.report.add("copy-without-checksum", entry.at("sha256"), what, f"Write {digest} into sha256.")
    elif source.sha256 != digest:
        what = f"{FOLDER}/{source.file} is not the file whose digest stands here."
        mend = f"Put the unchanged file back; if you meant to replace it, write {digest}."
        draft.report.add("copy-changed", entry.at("sha256"), what, mend)

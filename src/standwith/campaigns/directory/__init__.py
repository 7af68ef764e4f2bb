"""The directory of organisations as a folder of text: its structure, reading, checks and canonical writing.

    directory.toml      title, source_language, [owner]
    organisations.csv   one organisation a row
    sources.csv         what the rows rest on

Invariant: as for a campaign's folder, with whose tools it is read: bad content never raises, it is reported, all in one
run. Who belongs to whom and which rows mean the same is for `standwith.organisations`. The format is docs/directory.md.
"""

from standwith.campaigns.directory.folder import (
    Directory,
    Loaded,
    dump,
    holds_directory,
    load,
    load_directory,
    load_files,
)

__all__ = ["Directory", "Loaded", "dump", "holds_directory", "load", "load_directory", "load_files"]

"""A directory's folder as it was read, right or wrong, with the place of every value."""

from dataclasses import dataclass, field

from standwith.campaigns.directory.shapes import Head, Keeper
from standwith.campaigns.draft import Entry, Folder
from standwith.campaigns.model import Source
from standwith.organisations import Listing


@dataclass
class DirectoryDraft(Folder):
    """Everything that was read of a directory."""

    head: Entry[Head] | None = None
    owner: Entry[Keeper] | None = None
    organisations: list[Entry[Listing]] = field(default_factory=list)
    sources: list[Entry[Source]] = field(default_factory=list)

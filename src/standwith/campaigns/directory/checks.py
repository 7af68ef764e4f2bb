"""What must hold between the values of a directory: ids, names, countries, parents, domains, sources.

Invariant: a value that could not be read is left alone, so that one slip makes one finding; none changes anything.
"""

from collections.abc import Iterator

from standwith.campaigns.checks.organisations import check_duplicates
from standwith.campaigns.checks.references import check_unique
from standwith.campaigns.directory.draft import DirectoryDraft
from standwith.campaigns.draft import Entry
from standwith.languages import COUNTRIES
from standwith.organisations import WITH_COUNTRY, Listing, Tree, fold

INTERNATIONAL = "international"
TAKEN = {INTERNATIONAL, *(code.lower() for code in COUNTRIES)}
"""Addresses under /organisations/ that are no organisation's."""

PUBLIC = {
    "facebook.com", "gmail.com", "googlemail.com", "gmx.de", "gmx.net", "hotmail.com", "icloud.com", "instagram.com",
    "linktr.ee", "mail.ru", "outlook.com", "proton.me", "protonmail.com", "riseup.net", "t.me", "tutanota.com",
    "twitter.com", "wixsite.com", "wordpress.com", "x.com", "yahoo.com", "yandex.ru", "youtube.com",
}  # fmt: skip
"""Domains where anybody can have an address or a page."""


def check_directory(draft: DirectoryDraft) -> None:
    """Every check of every row."""
    tree = Tree(entry.value for entry in draft.organisations)
    check_unique(draft, draft.organisations)
    check_unique(draft, draft.sources)
    check_duplicates(draft.organisations, draft.report)
    for entry in draft.organisations:
        _check_row(draft, entry)
        _check_parent(draft, entry, tree)
    _check_former(draft)
    _check_domains(draft, tree)
    _check_sources(draft)


def _check_row(draft: DirectoryDraft, entry: Entry[Listing]) -> None:
    listing = entry.value
    if listing.scope in WITH_COUNTRY and not listing.country and entry.sound("country"):
        draft.report.add("organisation-without-country", entry.at("country"), f"{listing.name} has no country.")
    if listing.id in TAKEN:
        draft.report.add("address-taken", entry.at("id"), f"“{listing.id}” is the address of another page.")


def _check_parent(draft: DirectoryDraft, entry: Entry[Listing], tree: Tree) -> None:
    parent = entry.value.parent
    if not parent or not entry.sound("parent"):
        return
    if not draft.knows("organisations.csv", parent):
        what = f"No organisation of this table has the id “{parent}”."
        draft.report.add("unknown-parent", entry.at("parent"), what, "Write the id of another row, or add that row.")
    elif entry.value.id in tree.in_circles:
        draft.report.add("parent-loop", entry.at("parent"), f"{entry.value.name} would stand above itself.")


def _check_former(draft: DirectoryDraft) -> None:
    """A former name is nobody else's name, and no name stands twice in one row."""
    named = {(entry.value.country, fold(entry.value.name)): entry for entry in draft.organisations}
    for entry in draft.organisations:
        seen = {fold(entry.value.name)}
        for name in entry.value.former:
            place = draft.report.seek(entry.at("former"), name)
            other = named.get((entry.value.country, fold(name)))
            if fold(name) in seen:
                draft.report.add("repeated-name", place, f"“{name}” stands in this row already.")
            elif other is not None and other is not entry:
                what = f"“{name}” is the name of the organisation on line {other.place.line}."
                draft.report.add("former-name-in-use", place, what)
            seen.add(fold(name))


def _check_domains(draft: DirectoryDraft, tree: Tree) -> None:
    first: dict[str, Entry[Listing]] = {}
    for entry, domain in _domains(draft):
        place = draft.report.seek(entry.at("domains"), domain)
        owner = first.setdefault(domain, entry)
        if domain.removeprefix("www.") in PUBLIC:
            draft.report.add("public-domain", place, f"{domain} belongs to a provider, not to {entry.value.name}.")
        elif owner is not entry and not tree.are_kin(owner.value, entry.value):
            what = f"{domain} is the domain of {owner.value.name} on line {owner.place.line}, too."
            draft.report.add("shared-domain", place, what)


def _domains(draft: DirectoryDraft) -> Iterator[tuple[Entry[Listing], str]]:
    for entry in draft.organisations:
        if entry.sound("domains"):
            for domain in entry.value.domains:
                yield entry, domain


def _check_sources(draft: DirectoryDraft) -> None:
    """Every source that is named exists, and every source that exists is named."""
    used = set()
    for entry in draft.organisations:
        source = entry.value.source
        used.add(source)
        if source and entry.sound("source") and not draft.knows("sources.csv", source):
            draft.report.add("unknown-source", entry.at("source"), f"There is no source “{source}” in sources.csv.")
    if draft.unread or draft.torn_ids:
        return  # what could not be read may well use the others
    for entry_of_source in draft.sources:
        found = entry_of_source.value.id
        if found and found not in used:
            draft.report.add("unused-source", entry_of_source.at("id"), f"Nothing refers to the source “{found}”.")

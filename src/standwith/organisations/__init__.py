"""Organisations: unions, federations and networks that stand with a campaign, and those of a directory.

Holds their structures and scopes, who belongs to whom (`tree`), whether two rows mean the same organisation
(`matching`), and what their domains are (`domains`). Invariant: pure; it reads no files and words no page. A campaign's
folder and a directory's are read and checked by `standwith.campaigns`.
"""

from standwith.organisations.domains import NotADomain, parse_domain
from standwith.organisations.folding import fold, words_of
from standwith.organisations.listing import Listing
from standwith.organisations.matching import Register
from standwith.organisations.organisation import SCOPES, WITH_COUNTRY, Organisation
from standwith.organisations.tree import Tree

__all__ = [
    "SCOPES",
    "WITH_COUNTRY",
    "Listing",
    "NotADomain",
    "Organisation",
    "Register",
    "Tree",
    "fold",
    "parse_domain",
    "words_of",
]

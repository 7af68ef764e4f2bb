"""The ledger as the pages show it: where it lies, whose key signs it, who witnesses it.

Invariant: what a page trusts, it was given when it was made; a page asks the ledger for leaves, never for keys. It
reads no ledger and counts nothing. Standards: C2SP signed-note (keys) and tlog-policy.
"""

from msgspec import Struct

from standwith.ledger.addendum import addendum_path
from standwith.ledger.leaf import campaign_tag


class LedgerShown(Struct, frozen=True, kw_only=True):
    """The log of this site. `log_url` ends in a slash; `policy` is the text of the policy, witnesses' keys included."""

    origin: str
    vkey: str
    policy: str
    log_url: str

    @property
    def address(self) -> str:
        """The log's address as programs are given it."""
        return self.log_url.removesuffix("/")

    def tag(self, campaign: str) -> str:
        """Return the campaign's tag in its leaves, as 16 hexadecimal digits."""
        return campaign_tag(self.origin, campaign).hex()

    def address_of(self, addendum: str) -> str:
        """Return where the addendum with this SHA-256 (hexadecimal) lies."""
        return self.log_url + addendum_path(addendum)

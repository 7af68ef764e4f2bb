"""What a publication states in the ledger, which texts may be signed and who holds the keys; and reads there: audits.

Invariant: each is queued in the caller's transaction, beside the deed that it tells of, and stated once: again only
when something changed. The long bodies are the texts themselves and canonical JSON (docs/protocol.md); they may be
public, as whatever a campaign folder holds may be.
"""

from collections.abc import Collection

from standwith.campaigns.custodians import Custodians
from standwith.campaigns.model import Campaign
from standwith.campaigns.texts import canonical_text
from standwith.campaigns.translations import publishable
from standwith.ledger.addendum import write_addendum
from standwith.ledger.audit.report import read_reports
from standwith.ledger.leaf import COMMITMENT, Kind, campaign_tag, make_statement
from standwith.ledger.rows import origin, queue
from standwith.ledger.statements import latest_statement, statements, words_of
from standwith.site.numbers import AuditShown


def state_texts(campaign: Campaign, known: Collection[str], version: int) -> None:
    """State the texts of a campaign that are not among the digests known before this publication."""
    tag = campaign_tag(origin(), campaign.id)
    for code in dict.fromkeys((campaign.source_language, *publishable(campaign))):
        text = canonical_text(campaign, code)
        leaf = make_statement(Kind.TEXT, tag, text, version.to_bytes(2, "big") + code.encode()[:14].ljust(14, b"\0"))
        if read_digest(leaf) not in known:
            queue(leaf, text)


def state_keys(campaign: Campaign, custodians: Custodians) -> None:
    """State who can open the campaign's records, and how many of them it takes, where that is new."""
    people = [{"name": one.name, "key": one.key} for one in custodians.all]
    body = write_addendum({"campaign": campaign.id, "custodians": people, "needed": custodians.needed})
    tag = campaign_tag(origin(), campaign.id)
    leaf = make_statement(Kind.KEYS, tag, body)
    if latest_statement(Kind.KEYS, tag) != leaf:
        queue(leaf, body)


def read_digest(leaf: bytes) -> str:
    """The digest that a statement carries, in hexadecimal."""
    return leaf[COMMITMENT].hex()


def audits_of(tag: bytes) -> tuple[AuditShown, ...]:
    """A campaign's audits as the pages show them, the oldest first; one quick query where there are none."""
    found = read_reports(statements(Kind.AUDIT, tag), lambda leaf: words_of(leaf) or b"")
    return tuple(
        AuditShown(
            campaign=report.campaign,
            upto=report.size,
            n=report.n,
            invalid=report.invalid,
            bound95=report.bounds["95"],
            bound99=report.bounds["99"],
            date=report.date,
            addendum=digest.hex(),
        )
        for report, digest in found
    )

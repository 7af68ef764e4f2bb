"""The mail quotas of many addresses at once: read them, and write them back.

Invariant: one query each, whatever the number of addresses. The rule itself is rules.next_slot.
"""

from collections.abc import Collection, Mapping

from standwith.supporters.models import MailQuota
from standwith.supporters.rows import put_quotas
from standwith.supporters.rules import Quota


def read_quotas(addresses: Collection[bytes]) -> dict[bytes, Quota]:
    """The quotas of those of these address tags that were promised a mail before."""
    rows = MailQuota.objects.filter(address__in=addresses).values_list("address", "mails", "latest")
    return {bytes(address): Quota(mails, latest) for address, mails, latest in rows}


def store_quotas(quotas: Mapping[bytes, Quota]) -> None:
    """Write quotas that hold a mail, over those of the same address."""
    put_quotas((address, quota.mails, quota.latest) for address, quota in quotas.items() if quota.latest is not None)

"""The mail quotas of many addresses at once: read them, and write them back.

Invariant: one query each, whatever the number of addresses. A quota dies with the key that made its tag, for nobody
could find it again. The rule itself is rules.next_slot.
"""

from collections.abc import Collection, Mapping

from standwith.supporters.models import MailQuota
from standwith.supporters.rows import change_quotas, put_quotas
from standwith.supporters.rules import Quota


def read_quotas(tags: Collection[bytes]) -> dict[bytes, Quota]:
    """The quotas of those of these tags that were promised a mail before."""
    rows = MailQuota.objects.filter(address__in=tags).values_list("address", "mails", "latest")
    return {bytes(tag): Quota(mails, latest) for tag, mails, latest in rows}


def store_quotas(quotas: Mapping[bytes, Quota], epochs: Mapping[bytes, bytes]) -> None:
    """Write quotas that hold a mail, over those of the same tag; `epochs` says which key made each tag."""
    put_quotas((tag, epochs[tag], mails, latest) for tag, (mails, latest) in quotas.items() if latest is not None)


def raise_quotas(quotas: Mapping[bytes, Quota]) -> None:
    """Write quotas over those of the same tag; one whose key died meanwhile stays forgotten."""
    change_quotas((tag, mails, latest) for tag, (mails, latest) in quotas.items() if latest is not None)


def forget_quotas(living: Collection[bytes]) -> int:
    """Delete the quotas of every key but these; return how many."""
    forgotten, _ = MailQuota.objects.exclude(epoch__in=living).delete()
    return forgotten

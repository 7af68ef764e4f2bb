"""Signing: from a checked entry to the act that the journal keeps.

Invariant: name and address leave here sealed, the record for the custodian and the contact for the clerk; in the
clear stay campaign, language, text version, country and the hour. It doesn't write the journal.
"""

from datetime import datetime

from standwith.intake.form import Entry
from standwith.intake.manifest import Sheet
from standwith.journal.acts import SignatureAct, encode
from standwith.sealing.keys import PublicKey
from standwith.sealing.lock import seal_contact, seal_record
from standwith.sealing.record import Contact, Record

EVIDENCE = "web form"
SECRETS = 48  # bytes: 32 of salt, 16 of code


def make_signature(entry: Entry, sheet: Sheet, clerk: PublicKey, *, now: datetime, secret: bytes) -> bytes:
    """The sealed act in its bytes. `secret`: 48 fresh random bytes, for the record's salt and code."""
    record = Record(
        campaign=sheet.campaign,
        name=entry.name,
        address=entry.address,
        country=entry.country,
        organisation=entry.organisation,
        consents=tuple(consent for consent in sheet.consents if consent[0] in entry.consents),
        text=entry.text,
        language=sheet.signed_in,
        evidence=EVIDENCE,
        salt=secret[:32],
        code=secret[32:],
        made=now.date(),
    )
    act = SignatureAct(
        campaign=sheet.campaign,
        language=sheet.signed_in,
        text=entry.text,
        country=entry.country,
        record=seal_record(record, sheet.custodian),
        contact=seal_contact(Contact(entry.address, entry.name), clerk, sheet.campaign),
        at=int(now.timestamp()) // 3600,
    )
    return encode(act)

"""Signing: from a checked entry to the act that the journal keeps.

Invariant: name and address leave here sealed, the record for the custodians and the contact for the clerk; in the
clear stay campaign, language, text version, country (none on guarded campaigns), the hour, and what the ledger will
show: the commitment to the record and the recognition code. The code is the one that the browser drew, if it did: then
no server chose it. It doesn't write the journal.
"""

from datetime import datetime
from typing import NamedTuple

from standwith.intake.form import Entry
from standwith.intake.manifest import Sheet
from standwith.journal.acts import SignatureAct, encode
from standwith.sealing.codes import CODE_BYTES
from standwith.sealing.keys import PublicKey
from standwith.sealing.lock import seal_contact, seal_record
from standwith.sealing.record import Contact, Record, commitment
from standwith.sealing.tokens import W_BYTES

EVIDENCE = "web form"
SALT_BYTES = 32
SECRETS = SALT_BYTES + CODE_BYTES + W_BYTES


class Signed(NamedTuple):
    """The act in its bytes, and what its signer may be shown: the code that finds it, and w, which takes it back."""

    act: bytes
    code: bytes
    w: bytes


def make_signature(entry: Entry, sheet: Sheet, clerk: PublicKey, *, now: datetime, secret: bytes) -> Signed:
    """The sealed act. `secret`: SECRETS fresh random bytes, for the record's salt, the code and w."""
    salt, code, w = secret[:SALT_BYTES], secret[SALT_BYTES:-W_BYTES], secret[-W_BYTES:]
    code = entry.code or code
    record = _record(entry, sheet, salt, code, now)
    act = SignatureAct(
        campaign=sheet.campaign,
        language=sheet.signed_in,
        text=entry.text,
        country=entry.country,
        record=seal_record(record, sheet.custodians, sheet.needed),
        contact=seal_contact(Contact(entry.address, entry.name, w), clerk, sheet.campaign),
        at=int(now.timestamp()) // 3600,
        commitment=commitment(record),
        code=code,
    )
    return Signed(encode(act), code, w)


def _record(entry: Entry, sheet: Sheet, salt: bytes, code: bytes, now: datetime) -> Record:
    return Record(
        campaign=sheet.campaign,
        name=entry.name,
        address=entry.address,
        country=entry.country,
        organisation=entry.organisation,
        consents=tuple(consent for consent in sheet.consents if consent[0] in entry.consents),
        text=entry.text,
        language=sheet.signed_in,
        evidence=EVIDENCE,
        salt=salt,
        code=code,
        made=now.date(),
    )

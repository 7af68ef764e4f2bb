"""A stand in the street: people sign and confirm, time passes, the clerk works. The real journal, keys and tables."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from standwith.journal.acts import ConfirmationAct, SignatureAct, WithdrawalAct, encode
from standwith.journal.store import Journal, create
from standwith.mail.models import Spooled
from standwith.sealing.keys import PublicKey
from standwith.sealing.lock import seal_contact
from standwith.sealing.record import Contact
from standwith.sealing.tokens import check_confirmation_code, check_withdrawal_token, token_hash
from standwith.supporters.invitation import Invitation, open_invitation
from standwith.supporters.keys import Keyring, create_keys
from standwith.supporters.models import Pending
from standwith.supporters.queries import numbers, recount, tallied
from standwith.supporters.versions import register
from standwith.supporters.work import work

CAMPAIGN = "stand-with-examples"
MORNING = datetime(2026, 3, 1, 6, tzinfo=UTC)
TEXTS = {"en": "a" * 64, "fr": "b" * 64, "ar": "c" * 64}
RECORD = b"sealed to the custodian"


class Stand:
    """One campaign; `now` is moved by `later`."""

    def __init__(self, path: Path) -> None:
        self.path, self.now = path, MORNING
        create_keys(path / "keys", MORNING)
        create(path / "journal.sqlite")
        self.keys = Keyring.open(path / "keys")
        self.journal = Journal(path / "journal.sqlite")
        register(CAMPAIGN, TEXTS, keys=self.keys, note=None, now=MORNING)

    def later(self, **by: float) -> datetime:
        self.now += timedelta(**by)
        return self.now

    def clerk_key(self) -> PublicKey:
        return PublicKey.parse((self.path / "keys" / "clerk.pub").read_text())

    def signature(
        self, name: str, address: str, *, country="FR", language="en", text="", campaign=CAMPAIGN, record=RECORD
    ) -> bytes:
        contact = seal_contact(Contact(address, name), self.clerk_key(), campaign)
        at = int(self.now.timestamp()) // 3600
        return encode(SignatureAct(campaign, language, text or TEXTS[language], country, record, contact, at))

    def sign(self, name: str = "Amina Example", address: str = "amina@example.org", **more) -> None:
        self.journal.append([self.signature(name, address, **more)])

    def confirm(self, invitation: Invitation, by="link", campaign: str = "") -> None:
        """Post a confirmation, as the intake would; the link's age is not looked at."""
        accepted = (
            check_confirmation_code(self.keys.link_key, invitation.campaign, invitation.code)
            if by == "code"
            else _accepted(invitation.link)
        )
        act = ConfirmationAct(campaign or invitation.campaign, invitation.language, token_hash(accepted), by)
        self.journal.append([encode(act)])

    def withdraw(self, invitation: Invitation, campaign: str = "") -> None:
        accepted = check_withdrawal_token(self.keys.link_key, invitation.campaign, invitation.withdrawal)
        self.journal.append([encode(WithdrawalAct(campaign or invitation.campaign, token_hash(accepted)))])

    def work(self, limit: int = 1000) -> int:
        """Let the clerk do all there is."""
        done = 0
        while read := work(self.journal, self.keys, self.now, limit):
            done += read
        return done

    def asked(self) -> list[Invitation]:
        """The invitations of all acts that wait, the oldest first."""
        return [self.opened(pending) for pending in Pending.objects.order_by("pk")]

    def opened(self, row: Pending | Spooled) -> Invitation:
        sealed = row.envelope if isinstance(row, Pending) else row.sealed
        return open_invitation(bytes(sealed), self.keys.spool_key(row.key))

    def count_in(self, name: str = "Amina Example", address: str = "amina@example.org", **more) -> Invitation:
        """Sign, confirm, and be counted."""
        self.sign(name, address, **more)
        self.work()
        invitation = self.asked()[-1]
        self.confirm(invitation)
        self.work()
        return invitation

    @property
    def confirmed(self) -> int:
        """The public number; that it adds up is checked on the way."""
        assert tallied(CAMPAIGN) == recount(CAMPAIGN)
        return numbers(CAMPAIGN).confirmed


def _accepted(link: str) -> bytes:
    import base64

    return base64.urlsafe_b64decode(link)[:16]

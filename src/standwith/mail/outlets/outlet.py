"""What an outlet does: takes one mail for one address, or says why not."""

from typing import Protocol

from standwith.mail.compose import Mail


class Outlet(Protocol):
    """A way out. Called by one thread; may keep a connection between calls."""

    def deliver(self, mail: Mail, sender: str, to: str) -> None:
        """Hand over; when this returns the other side has taken the mail. Raises Refused, Deferred or OutletDown."""

    def close(self) -> None:
        """Let go of the connection; the next `deliver` opens another."""

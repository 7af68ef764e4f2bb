"""What an organisation of a campaign is called in files, and which one a text means.

Invariant: an id is made of the name and the country alone, so it stays while they do, and two organisations of a
campaign never share one. A text that could mean two organisations means the one of the country asked for, else the
first. It words nothing.
"""

from collections.abc import Iterable
from hashlib import sha256

from standwith.campaigns.model import Campaign
from standwith.organisations import Organisation

LENGTH = 12  # hexadecimal digits: two of 20,000 meet once in a million campaigns


class Bodies:
    """The organisations of a campaign by what they are called."""

    def __init__(self, campaign: Campaign) -> None:
        self.ids = tuple(body_id(body.name, body.country) for body in campaign.organisations)
        self._named: dict[str, list[tuple[str, str]]] = {}
        for called in ("name", "acronym"):  # a name weighs more than an acronym
            self._enter(zip(self.ids, campaign.organisations, strict=True), called)

    def _enter(self, bodies: Iterable[tuple[str, Organisation]], called: str) -> None:
        for name, body in bodies:
            if text := getattr(body, called):
                self._named.setdefault(text.casefold(), []).append((name, body.country))

    def parent_of(self, body: Organisation) -> str | None:
        """The id of the organisation that this one belongs to."""
        return self.find(body.parent, body.country) if body.parent else None

    def find(self, text: str, country: str) -> str | None:
        """The id of the organisation that a name or an acronym means, None if there is none."""
        found = self._named.get(text.casefold())
        if not found:
            return None
        return next((name for name, where in found if where == country), found[0][0])


def body_id(name: str, country: str) -> str:
    """What an organisation is called in files: organisation-5f0c0b7e12ab."""
    digest = sha256(f"{name}\n{country}".encode()).hexdigest()
    return f"organisation-{digest[:LENGTH]}"

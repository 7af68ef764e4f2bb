"""What an organisation of a campaign is called in files, and which one a text means.

Invariant: an id is made of the name and the country alone, so it stays while they do, and two organisations of a
campaign never share one. A text that could mean two organisations means the one of the country asked for, else the
first; a name weighs more than an acronym. It words nothing.
"""

from hashlib import sha256

from standwith.campaigns.model import Campaign
from standwith.campaigns.recall import recall_of
from standwith.organisations import Organisation

LENGTH = 12  # hexadecimal digits: two of 20,000 meet once in a million campaigns


class Bodies:
    """The organisations of a campaign by what they are called; get it from `bodies_of`."""

    def __init__(self, campaign: Campaign) -> None:
        self._named: dict[str, list[Organisation]] = {}
        for body in campaign.organisations:
            self._named.setdefault(body.name.casefold(), []).append(body)
        for body in campaign.organisations:
            if body.acronym:
                self._named.setdefault(body.acronym.casefold(), []).append(body)

    def parent_of(self, body: Organisation) -> Organisation | None:
        """The organisation that this one belongs to."""
        return self.find(body.parent, body.country) if body.parent else None

    def find(self, text: str, country: str) -> Organisation | None:
        """The organisation that a name or an acronym means."""
        found = self._named.get(text.casefold(), ())
        return next((body for body in found if body.country == country), found[0] if found else None)


@recall_of("organisations")
def bodies_of(campaign: Campaign) -> Bodies:
    """The organisations of a campaign."""
    return Bodies(campaign)


def id_of(body: Organisation | None) -> str | None:
    """What an organisation is called in files; None for none."""
    return body_id(body.name, body.country) if body else None


def body_id(name: str, country: str) -> str:
    """What an organisation of this name and country is called in files: organisation-5f0c0b7e12ab."""
    digest = sha256(f"{name}\n{country}".encode()).hexdigest()
    return f"organisation-{digest[:LENGTH]}"

"""The figures of a campaign as JSON, in the shape that readers of the UK Parliament's petitions know. Example:

    {"links": {"self": "https://example.org/stand-with-belarus/count.json"},
     "data": {"type": "petition", "id": "stand-with-belarus", "attributes": {
       "action": "Set them free.", "background": "…", "state": "open", "signature_count": 48213,
       "created_at": "2020-08-17T00:00:00Z", "updated_at": "2020-11-16T09:30:00Z",
       "opened_at": "2020-08-17T00:00:00Z", "closed_at": null, "creator_name": "…", "country_count": 61,
       "signatures_by_country": [{"name": "France", "code": "FR", "signature_count": 12004}]}},
     "ledger": {"origin": "example.org/log", "size": 51022, "signatures": 48230, "withdrawn": 12, "removed": {"2": 5},
       "waiting": 0, "cosigned": 2, "witnesses": 3, "checkpoint": "https://example.org/log/checkpoint"}}

Invariant: confirmed signatures only; a country only from 20 people on, none for a guarded campaign. `country_count` and
`ledger` are ours (`size` is of all campaigns together, the keys of `removed` are reasons as in the leaves); keys of
theirs that mean nothing here (committee, debate, constituencies) are left out. Times are UTC.
"""

from datetime import UTC, date, datetime
from typing import Any

import msgspec

from standwith.languages import voice
from standwith.site.edition import Edition
from standwith.site.ledger import LedgerShown
from standwith.site.numbers import Numbers, shown_countries


def write(edition: Edition, site_url: str, ledger: LedgerShown | None = None) -> bytes:
    """Return count.json of the campaign; its texts are in the edition's language."""
    address = f"{site_url}/{edition.id}/count.json"
    petition = {"type": "petition", "id": edition.id, "attributes": _attributes(edition)}
    told: dict[str, Any] = {"links": {"self": address}, "data": petition}
    if ledger:
        told["ledger"] = _in_ledger(edition, ledger)
    return msgspec.json.encode(told) + b"\n"


def _in_ledger(edition: Edition, ledger: LedgerShown) -> dict[str, Any]:
    numbers = edition.numbers
    return {
        "origin": ledger.origin,
        "size": numbers.size,
        "signatures": numbers.signatures,
        "withdrawn": numbers.withdrawn,
        "removed": {str(reason): count for reason, count in numbers.removed},
        "waiting": 0 if edition.guarded else numbers.waiting,
        "cosigned": numbers.cosigned,
        "witnesses": numbers.witnesses,
        "checkpoint": f"{ledger.log_url}checkpoint",
    }


def _attributes(edition: Edition) -> dict[str, Any]:
    campaign, view, numbers = edition.campaign, edition.view, edition.numbers
    opened = stamp(campaign.opened.first_day())
    return {
        "action": str(view.headline),
        "background": str(view.summary or ""),
        "state": "open" if edition.open else "closed",
        "signature_count": numbers.confirmed,
        "created_at": opened,
        "updated_at": stamp(numbers.as_of),
        "opened_at": opened,
        "closed_at": stamp(campaign.closes.last_day()) if campaign.closes and not edition.open else None,
        "creator_name": campaign.owner.name,
        "country_count": numbers.countries,
        "signatures_by_country": [] if view.guarded else _countries(numbers, edition.code),
    }


def _countries(numbers: Numbers, code: str) -> list[dict[str, Any]]:
    name = voice(code).country
    return [{"name": name(country), "code": country, "signature_count": n} for country, n in shown_countries(numbers)]


def stamp(when: date | datetime) -> str:
    """Return the moment as 2020-11-16T09:30:00Z; a day means its beginning."""
    if not isinstance(when, datetime):
        when = datetime(when.year, when.month, when.day, tzinfo=UTC)
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

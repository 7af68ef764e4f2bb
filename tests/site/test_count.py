"""count.json: the shape that readers of the UK Parliament's petitions know."""

import json

from msgspec.structs import replace

from standwith.campaigns.model import Campaign
from standwith.languages import PartialDate
from standwith.site.count import write
from standwith.site.numbers import Numbers
from tests.site.conftest import LEDGER, NUMBERS, SITE_URL, edition


def test_the_shape(small: Campaign) -> None:
    assert json.loads(write(edition(small), SITE_URL)) == {
        "links": {"self": f"{SITE_URL}/belarus/count.json"},
        "data": {
            "type": "petition",
            "id": "belarus",
            "attributes": {
                "action": "Set them free.",
                "background": "",
                "state": "open",
                "signature_count": 48213,
                "created_at": "2020-08-17T00:00:00Z",
                "updated_at": "2020-11-20T12:00:00Z",
                "opened_at": "2020-08-17T00:00:00Z",
                "closed_at": None,
                "creator_name": "Example Union",
                "country_count": 61,
                "signatures_by_country": [
                    {"name": "France", "code": "FR", "signature_count": 12004},
                    {"name": "Germany", "code": "DE", "signature_count": 8211},
                    {"name": "Brazil", "code": "BR", "signature_count": 5100},
                    {"name": "Georgia", "code": "GE", "signature_count": 2011},
                ],
            },
        },
    }


def test_a_country_of_nineteen_is_not_in_the_data(small: Campaign) -> None:
    assert b"Poland" not in write(edition(small), SITE_URL)


def test_a_closed_campaign_says_when(small: Campaign) -> None:
    closed = edition(replace(small, closes=PartialDate(2020, 10)), numbers=Numbers(), is_open=False)
    attributes = json.loads(write(closed, SITE_URL))["data"]["attributes"]
    assert (attributes["state"], attributes["closed_at"]) == ("closed", "2020-10-31T00:00:00Z")


def test_it_is_the_same_for_the_same_numbers(small: Campaign) -> None:
    assert write(edition(small, numbers=NUMBERS), SITE_URL) == write(edition(small, numbers=NUMBERS), SITE_URL)


def test_with_a_ledger_it_says_what_the_number_is_made_of(small: Campaign) -> None:
    assert json.loads(write(edition(small), SITE_URL, LEDGER))["ledger"] == {
        "origin": "standwith.example.org/log",
        "size": 51022,
        "signatures": 48231,
        "withdrawn": 12,
        "removed": {"2": 5, "3": 1},
        "waiting": 0,
        "cosigned": 2,
        "witnesses": 3,
        "checkpoint": f"{SITE_URL}/log/checkpoint",
    }

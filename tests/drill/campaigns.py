"""The two campaigns of the drill: an open one that ends, and a guarded one that goes on."""

import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from standwith.campaigns.folder import load_campaign
from standwith.campaigns.model import Campaign, Custodian
from standwith.languages import PartialDate
from tests.campaigns.good_folder import good_folder
from tests.drill.crowd import GUARDED, OPEN


def make_campaigns(of_open: Sequence[str], of_guarded: Sequence[str], closes: date) -> list[Campaign]:
    """Both, in English, with their custodians, two of whom are needed; `closes` is the open one's last day."""
    with tempfile.TemporaryDirectory() as folder:
        for name, data in good_folder().items():
            place = Path(folder) / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        read = load_campaign(Path(folder))
    last = PartialDate(closes.year, closes.month, closes.day)
    common = replace(read, languages=("en",), custodians_needed=2)
    return [
        replace(common, id=OPEN, title="Stand with the marked", closes=last, custodians=_named(of_open)),
        replace(
            common,
            id=GUARDED,
            title="Whisper with the marked",
            closes=None,
            profile="guarded",
            custodians=_named(of_guarded),
        ),
    ]


def _named(keys: Sequence[str]) -> tuple[Custodian, ...]:
    return tuple(Custodian(name=f"Custodian {number}", key=key) for number, key in enumerate(keys, 1))

"""The campaigns that the site's tests publish: a small invented one in three languages, and the example in thirteen."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from standwith.campaigns.folder import load_campaign
from standwith.campaigns.model import Campaign
from standwith.languages import PartialDate
from standwith.ledger.note import COSIGNATURE, ED25519
from standwith.site.build import Report, build
from standwith.site.edition import Edition
from standwith.site.ingredients import Ingredients
from standwith.site.ledger import LedgerShown
from standwith.site.numbers import AuditShown, Numbers, VersionCount
from tests.campaigns.belarus import CAMPAIGN, translate
from tests.ledger.published import signer

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "stand-with-belarus"
SITE_URL = "https://standwith.example.org"
NOW = datetime(2020, 11, 20, 12, tzinfo=UTC)

NUMBERS = Numbers(
    confirmed=48213,
    countries=61,
    by_country=(("FR", 12004), ("DE", 8211), ("BR", 5100), ("GE", 2011), ("PL", 19)),
    versions=(
        VersionCount(number=1, published=PartialDate(2020, 8, 17), note="", count=41000),
        VersionCount(number=2, published=PartialDate(2020, 11, 16), note="Names the arrests of November", count=7213),
    ),
    as_of=NOW,
    size=51022,
    cosigned=2,
    witnesses=3,
    withdrawn=12,
    removed=((2, 5), (3, 1)),
)
AUDIT = AuditShown(
    campaign="belarus",
    upto=40000,
    n=298,
    invalid=1,
    bound95=0.0158,
    bound99=0.0221,
    date=date(2020, 11, 18),
    addendum="ab" * 32,
)
# What the heaviest pages are weighed with.
LARGE = replace(
    NUMBERS,
    confirmed=1_048_213,
    size=1_310_720,
    witnesses=5,
    waiting=117,
    withdrawn=1_204,
    removed=((1, 14), (2, 5_120), (3, 1_311), (6, 2)),
    rehearsed=date(2020, 10, 1),
    audits=(AUDIT,),
)
ORIGIN = "standwith.example.org/log"
WITNESSES = "abcde"
POLICY = "".join(
    [
        f"log {signer(ORIGIN, ED25519).verifier} {SITE_URL}/log/\n",
        *(f"witness federation-{one} {signer(f'{one}.example.net', COSIGNATURE).verifier}\n" for one in WITNESSES),
        f"group two 2 {' '.join(f'federation-{one}' for one in WITNESSES)}\nquorum two\n",
    ]
)
LEDGER = LedgerShown(
    origin=ORIGIN, vkey=str(signer(ORIGIN, ED25519).verifier), policy=POLICY, log_url=f"{SITE_URL}/log/"
)

Publish = Callable[..., Report]


@pytest.fixture(autouse=True)
def open_gates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Publish every language that a campaign names: whether its gate is open is the business of other tests."""
    monkeypatch.setattr("standwith.site.edition.publishable", lambda campaign: campaign.languages)


@pytest.fixture(scope="session")
def small() -> Campaign:
    """The invented campaign, whole in English, French and Arabic."""
    return translate(translate(CAMPAIGN, "fr"), "ar")


@pytest.fixture(scope="session")
def example() -> Campaign:
    """The example of the repository."""
    return load_campaign(EXAMPLE)


@pytest.fixture
def publish(tmp_path: Path) -> Publish:
    """Publishes campaigns to tmp_path/site."""

    def run(
        *campaigns: Campaign,
        numbers: Mapping[str, Numbers] | None = None,
        out: Path | None = None,
        now: datetime = NOW,
        ledger: LedgerShown | None = LEDGER,
        **more: Any,
    ) -> Report:
        counted = {campaign.id: NUMBERS for campaign in campaigns} if numbers is None else numbers
        place = out or tmp_path / "site"
        return build(campaigns, place, site_url=SITE_URL, numbers=counted, now=now, ledger=ledger, **more)

    return run


def edition(campaign: Campaign, code: str = "en", numbers: Numbers = NUMBERS, *, is_open: bool = True) -> Edition:
    """One campaign in one language, as the pages see it."""
    return Edition(campaign, code, numbers, is_open, Ingredients(campaign), NOW.date())


def pages_in(site: Path) -> Sequence[str]:
    """The paths of all HTML pages of a site."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


@pytest.fixture(scope="session")
def example_site(example: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example published in all its languages with large numbers: what the heaviest pages look like."""
    out = tmp_path_factory.mktemp("example") / "site"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("standwith.site.edition.publishable", lambda campaign: campaign.languages)
        build([example], out, site_url=SITE_URL, numbers={example.id: NUMBERS}, now=NOW, ledger=LEDGER)
    return out

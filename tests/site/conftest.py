"""The campaigns that the site's tests publish: a small invented one in three languages, and the example in thirteen."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from standwith.campaigns.folder import load_campaign
from standwith.campaigns.model import Campaign
from standwith.languages import PartialDate
from standwith.site.build import Report, build
from standwith.site.edition import Edition
from standwith.site.numbers import Numbers, VersionCount
from tests.campaigns.belarus import CAMPAIGN, translate

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
        *campaigns: Campaign, numbers: Mapping[str, Numbers] | None = None, out: Path | None = None, now: datetime = NOW
    ) -> Report:
        counted = {campaign.id: NUMBERS for campaign in campaigns} if numbers is None else numbers
        return build(campaigns, out or tmp_path / "site", site_url=SITE_URL, numbers=counted, now=now)

    return run


def edition(campaign: Campaign, code: str = "en", numbers: Numbers = NUMBERS, *, is_open: bool = True) -> Edition:
    """One campaign in one language, as the pages see it."""
    return Edition(campaign, code, numbers, is_open)


def pages_in(site: Path) -> Sequence[str]:
    """The paths of all HTML pages of a site."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


@pytest.fixture(scope="session")
def example_site(example: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example published in all its languages with large numbers: what the heaviest pages look like."""
    out = tmp_path_factory.mktemp("example") / "site"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("standwith.site.edition.publishable", lambda campaign: campaign.languages)
        build([example], out, site_url=SITE_URL, numbers={example.id: NUMBERS}, now=NOW)
    return out

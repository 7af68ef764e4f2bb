"""A small campaign and a whole translation of it, for the tests of languages, texts and manifest."""

from collections.abc import Callable

from msgspec.structs import replace

from standwith.campaigns.model import Action, Affiliate, Campaign, Demand, Event, Owner, Source
from standwith.campaigns.translations import update
from standwith.facts import Fact
from standwith.languages import Catalogue, PartialDate
from standwith.people import Person, Status

WORKERS = "We are workers and friends of Belarus in many countries."
KILLED = "The security forces killed {fact:killed} people during the protests."
HOPE = "We will speak about you until everyone is free."

CAMPAIGN = Campaign(
    id="belarus",
    title="Stand with Belarus",
    headline="Set them free.",
    summary="",
    source_language="en",
    languages=("en", "fr", "ar"),
    opened=PartialDate(2020, 8, 17),
    owner=Owner(name="Example Union", email="desk@example.org"),
    affiliate=Affiliate(name="Example Affiliate"),
    demands=(
        Demand(id="release", text="Release everyone.", addressee="Government of Belarus"),
        Demand(id="strike", text="Respect the right to strike.", addressee="Government of Belarus"),
    ),
    actions=(
        Action(id="sign", kind="sign", title="Sign the statement", text="Add your name."),
        Action(id="letter", kind="write", title="Write a letter", state="coming"),
    ),
    statement=(WORKERS, KILLED, HOPE),
    facts=(
        Fact(
            id="killed",
            what="people killed",
            low=2,
            unit="people",
            wording="at least",
            as_of=PartialDate(2020, 8, 17),
            source="s",
            disputed="by nobody",
        ),
        Fact(
            id="years",
            what="in power",
            low=26,
            high=26,
            unit="years",
            wording="exactly",
            as_of=PartialDate(2020),
            source="s",
        ),
    ),
    people=(
        Person(
            id="amina",
            name="Amina Example",
            role="welder",
            organisation="Example Metalworkers",
            shown="full name",
            consent="own",
            risk="low",
            history=(Status(date=PartialDate(2020, 8, 17), status="released", detail="after a week", source="s"),),
        ),
        Person(id="b", name="Bela Example", role="nurse", shown="initials", consent="own", risk="high"),
        Person(id="c", name="Cyril Example", role="driver", shown="none", consent="withheld", risk="high"),
    ),
    timeline=(
        Event(date=PartialDate(2020, 8, 9), kind="election", title="Election", place="Minsk", source="s"),
        Event(date=PartialDate(2020, 8, 9), kind="protest", title="Protest", source="s"),
    ),
    sources=(Source(id="s", publisher="Example Union", title="What happened"),),
)


def translate(campaign: Campaign, code: str = "fr", but: Callable[[str], bool] = lambda key: False) -> Campaign:
    """The campaign with every string translated into `code` ("fr: …"), except the keys that `but` names."""
    fresh = update(campaign, Catalogue(language=code))
    entries = (
        entry if but(entry.context) else replace(entry, target=f"{code}: {entry.source}") for entry in fresh.entries
    )
    catalogue = replace(fresh, entries=tuple(entries))
    return replace(campaign, translations={**campaign.translations, code: catalogue})

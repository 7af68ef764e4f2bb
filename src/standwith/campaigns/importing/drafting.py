"""A document that holds a statement becomes a campaign: statement, translations, and places to be filled in.

Invariant: the draft passes `standwith check` as far as the document allows; nothing is invented but the placeholders of
`standwith new`'s questions, each of which is on the list of what is to do. A translation is current only where its
block fits the source's beyond doubt; any other is fuzzy, with the reason as a remark for the translator.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from standwith.campaigns.importing.aligning import Pair, align
from standwith.campaigns.importing.parts import Version
from standwith.campaigns.importing.told import Doubt, Left, Told
from standwith.campaigns.importing.tongue_runs import Passage
from standwith.campaigns.model import Action, Campaign, Demand, Owner, Source
from standwith.campaigns.translations import update
from standwith.languages import Catalogue, Entry, PartialDate, voice
from standwith.organisations import Organisation

OWNER = "To be filled in: the organisation that answers for the campaign"
EMAIL = "to-be-filled-in@example.org"
ADDRESSEE = "To be filled in: of whom it is asked"
SIGN = "Sign the statement"
LONGEST_TITLE = 80
LONGEST_HEADLINE = 140

Targets = dict[str, tuple[str, tuple[str, ...]]]
"""Key of a string, its translation and why that is doubtful."""


class Wishes(Struct, frozen=True, kw_only=True):
    """What only the person who imports can say."""

    identifier: str
    today: date
    language: str = ""
    title: str = ""
    owner: str = ""
    email: str = ""
    addressee: str = ""


def choose(versions: Sequence[Version], language: str) -> Version | None:
    """The version that becomes the source: the one asked for, or the first."""
    if language:
        return next((version for version in versions if version.code == language), None)
    return versions[0]


def draft(
    wishes: Wishes,
    versions: Sequence[Version],
    file: str,
    sources: Sequence[Source],
    organisations: Iterable[Organisation],
    told: Told,
) -> Campaign:
    """The campaign of a document's versions."""
    source = choose(versions, wishes.language)
    assert source is not None, "the caller has made sure"
    headline = _headline(source)
    statement = tuple(_lower_headings(passage) for passage in _statement_of(source, headline))
    found = next((row.date for row in sources if row.date), None)
    today = PartialDate(wishes.today.year, wishes.today.month, wishes.today.day)
    campaign = Campaign(
        id=wishes.identifier,
        title=wishes.title or _shorten(headline, LONGEST_TITLE),
        headline=headline,
        source_language=source.code,
        languages=tuple(dict.fromkeys((source.code, *(version.code for version in versions)))),
        opened=found or today,
        owner=Owner(name=wishes.owner or OWNER, email=wishes.email or EMAIL),
        demands=(
            Demand(
                id="first", text=headline, addressee=wishes.addressee or ADDRESSEE, sources=tuple(s.id for s in sources)
            ),
        ),
        actions=(Action(id="sign", kind="sign", title=voice(source.code).gettext(SIGN)),),
        statement=statement,
        organisations=tuple(organisations),
        sources=tuple(sources),
    )
    told.language, told.statement, told.todo = source.code, len(statement), _todo(wishes, headline)
    others = [version for version in versions if version is not source]
    catalogues = {version.code: _translate(campaign, source, version, file, told) for version in others}
    return replace(campaign, translations=catalogues)


def _headline(version: Version) -> str:
    if version.title:
        return " ".join(version.title.plain.split())
    first = " ".join(version.passages[0].plain.split())
    sentence = re.split(r"(?<=[.!?…。؟])\s", first, maxsplit=1)[0]
    return _shorten(sentence, LONGEST_HEADLINE)


def _statement_of(version: Version, headline: str) -> tuple[Passage, ...]:
    """The passages of the statement; a title that is too long for a headline, or alone, is also said there."""
    if version.title and (len(headline) > LONGEST_HEADLINE or not version.passages):
        return (Passage(blocks=(version.title,), code=version.code), *version.passages)
    return version.passages


def _shorten(text: str, most: int) -> str:
    """The text, or as many of its first words as fit."""
    if len(text) <= most:
        return text
    cut = text[: most - 1].rpartition(" ")[0] or text[: most - 1]
    return cut.rstrip(" ,;:–-") + "…"


def _lower_headings(passage: Passage) -> str:
    """The passage in Markdown; the page's title is the only heading of the first level."""
    if passage.kind != "heading":
        return passage.text
    return re.sub(r"^#+", "##", passage.text)


def _todo(wishes: Wishes, headline: str) -> list[str]:
    asked = (
        (wishes.owner, "Say which organisation answers for the campaign: name in [owner] of campaign.toml."),
        (wishes.email, "Say at which address it can be reached: email in [owner]."),
        (wishes.addressee, "Say what is demanded, and of whom: [[demand]] repeats the headline so far."),
        (wishes.title, f"Look at the title, {_shorten(headline, LONGEST_TITLE)!r}: a campaign's is short."),
    )
    return [sentence for given, sentence in asked if not given]


# Translations


def _translate(campaign: Campaign, source: Version, version: Version, file: str, told: Told) -> Catalogue:
    """The catalogue of one language: what was aligned, and everything else to be translated."""
    headline = _headline(source)
    mine, theirs = _statement_of(source, headline), _statement_of(version, _headline(version))
    if bool(mine and source.title and mine[0].blocks[0] is source.title) != (
        bool(theirs and version.title and theirs[0].blocks[0] is version.title)
    ):
        theirs = version.passages
    targets: Targets = {"action:sign:title": (voice(version.code).gettext(SIGN), ())} if _speaks(version) else {}
    if version.title:
        said = " ".join(version.title.plain.split())
        why = () if source.title else ("the source has no title of its own",)
        targets |= dict.fromkeys(("headline", "demand:first", "title"), (said, why))
        if campaign.title != campaign.headline:
            del targets["title"]
    places = {id(passage): f"statement:{at}" for at, passage in enumerate(mine, start=1)}
    for pair in align(mine, theirs):
        _put(pair, places, targets, version, file, told)
    told.versions[version.code] = len(theirs)
    return _fill(update(campaign, Catalogue(language=version.code)), targets)


def _speaks(version: Version) -> bool:
    return voice(version.code).translates(SIGN)


def _put(pair: Pair, places: dict[int, str], targets: Targets, version: Version, file: str, told: Told) -> None:
    """One pair into the catalogue; a block of the translation without a counterpart is left to the report."""
    where = ", ".join(dict.fromkeys(block.place.words for passage in pair.target for block in passage.blocks))
    text = "\\\n".join(passage.text for passage in pair.target)
    why = "; ".join(pair.doubts)
    if not pair.source:
        told.left += [
            Left(file=file, place=block.place.words, text=block.plain, why=f"{version.code}: {why}")
            for passage in pair.target
            for block in passage.blocks
        ]
        return
    key = places[id(pair.source[0])]
    if pair.doubts:
        told.doubts.append(
            Doubt(where=f"translations/{version.code}.po, {key} ({file}, {where or 'nothing'})", why=why)
        )
    if text:
        lowered = _lower_headings(pair.target[0]) if len(pair.target) == 1 else text
        targets[key] = (lowered, pair.doubts)


def _fill(catalogue: Catalogue, targets: Targets) -> Catalogue:
    entries = tuple(_filled(entry, targets) for entry in catalogue.entries)
    return replace(catalogue, entries=entries)


def _filled(entry: Entry, targets: Targets) -> Entry:
    target, doubts = targets.get(entry.context, ("", ()))
    if not target:
        return entry
    remarks = tuple(f"Please compare: {doubt}." for doubt in doubts)
    return replace(entry, target=target, fuzzy=bool(doubts), comments=(*entry.comments, *remarks))

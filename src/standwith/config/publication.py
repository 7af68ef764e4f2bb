"""Publication in an installation: from campaign folders to a site that people can sign on.

It registers the text versions that people will sign, keeps a copy of each folder as published (so that a draft never
goes live because the number changed), compiles the manifest and has the pages made.

Invariant: the order is versions, copy, manifest, pages; a text is known to the intake before anyone can read it, and a
publication that was killed is finished by the next one. One publication at a time (a lock in the home).
Does not decide what may be published (campaigns) nor what a page looks like (site).
"""

import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from django.db import transaction

from standwith.campaigns.custodians import CustodiansRefused, custodians_of
from standwith.campaigns.directory import Directory
from standwith.campaigns.folder import dump, load_campaign
from standwith.campaigns.manifest import compile_manifest
from standwith.campaigns.model import Campaign
from standwith.campaigns.texts import text_digest
from standwith.campaigns.translations import gate, publishable
from standwith.config.copies import copies, digest_of, keep_copy, keep_directory, kept_directory
from standwith.config.django import empty_log
from standwith.config.founding import update_tables
from standwith.config.home import Home
from standwith.config.lock import hold
from standwith.config.settings import Settings
from standwith.config.statements import audits_of, state_keys, state_texts
from standwith.custody.statements import standing
from standwith.decisions.campaigns import is_paused, record_publication
from standwith.decisions.errors import DecisionRefused
from standwith.decisions.queries import approved_people
from standwith.decisions.settle import settle_people
from standwith.durable.files import write_atomically
from standwith.ledger.errors import NoLog
from standwith.ledger.founding import read_signer
from standwith.ledger.leaf import campaign_tag
from standwith.ledger.rows import origin, published
from standwith.site.build import Report, build
from standwith.site.ledger import LedgerShown
from standwith.site.numbers import Numbers, VersionCount
from standwith.supporters.close import close
from standwith.supporters.epochs import Epochs
from standwith.supporters.errors import SupporterError
from standwith.supporters.queries import numbers as count_numbers
from standwith.supporters.queries import waiting
from standwith.supporters.versions import known_texts, register


class PublicationRefused(Exception):
    """Nothing was published; the sentence says why and what mends it."""


def publish(
    campaigns: Sequence[Campaign],
    home: Home,
    settings: Settings,
    *,
    by: str,
    note: str | None,
    now: datetime,
    closing: bool = False,
    out: Path | None = None,
    directory: Directory | None = None,
) -> Report:
    """Publish `campaigns` in `home` beside those already published there; `note` says what changed in a statement.

    Of people, what two approved is published, and nothing else is kept; `by` is who publishes. Takes no language off
    the site that readers have addresses of, unless `closing` says that it may. `directory` takes the place of the one
    that is published; without one that stays.
    """
    try:
        for campaign in campaigns:
            custodians_of(campaign, settings)
    except CustodiansRefused as problem:
        raise PublicationRefused(str(problem)) from None
    with hold(home.path / "publication.lock"):
        update_tables(home)
        settled = [settle_people(campaign, approved_people(campaign.id)) for campaign in campaigns]
        if not closing:
            _keep_languages(settled, home)
        _point_site(home, out)
        written = {campaign.id: dump(campaign) for campaign in settled}
        digests = {name: digest_of(files) for name, files in written.items()}
        _register_all(settled, settings, digests, by=by, note=note, now=now)
        for name, files in written.items():
            keep_copy(name, files, home)
        if directory is not None:
            keep_directory(directory, home)
        everything = published_campaigns(home, settled)
        _write_manifest(everything, home, settings, now)
        return _render(everything, home, settings, now)


def republish(
    campaigns: Sequence[Campaign], state: tuple[str, ...], home: Home, settings: Settings, *, now: datetime
) -> bool:
    """Render what is published (`published_campaigns`) again with the numbers of now; the texts stay as they were.

    `state` is the `published_state` in which `campaigns` were read. Where something else was published meanwhile,
    nothing happens: somebody may be in `campaigns` who must not be shown any more.
    """
    with hold(home.path / "publication.lock"):
        if published_state(home) != state:
            return False
        _render(campaigns, home, settings, now)
        return True


def renew(home: Home, settings: Settings, *, now: datetime) -> None:
    """Publish what is published again as decisions are now: without whom they hide, paused or not; nothing new."""
    with hold(home.path / "publication.lock"):
        before = published_campaigns(home)
        campaigns = [settle_people(campaign, approved_people(campaign.id)) for campaign in before]
        for old, campaign in zip(before, campaigns, strict=True):
            if campaign != old:
                keep_copy(campaign.id, dump(campaign), home)
        if campaigns:
            _write_manifest(campaigns, home, settings, now)
            _render(campaigns, home, settings, now)
    empty_log()


def published_campaigns(home: Home, known: Sequence[Campaign] = ()) -> list[Campaign]:
    """The campaigns of this home as they were last published, by id; those `known` are not read again."""
    by_id = {campaign.id: campaign for campaign in known}
    return [by_id.get(copy.name) or load_campaign(copy) for copy in copies(home)]


def published_state(home: Home) -> tuple[str, ...]:
    """Changes whenever another text is published; cheap to ask."""
    return tuple(str(copy.readlink()) for copy in copies(home))


def end_of(campaign: Campaign) -> datetime | None:
    """The moment at which the campaign's last day is over (UTC, as for the form), or None where it has none."""
    if campaign.closes is None:
        return None
    return datetime.combine(campaign.closes.last_day(), time(), UTC) + timedelta(days=1)


def is_over(campaign: Campaign, now: datetime) -> bool:
    """Whether the campaign's last day is over."""
    end = end_of(campaign)
    return end is not None and now >= end


def close_campaigns(
    campaigns: Sequence[Campaign], state: tuple[str, ...], home: Home, epochs: Epochs, now: datetime
) -> list[str]:
    """Close those of the published campaigns that are over; return the ids of those whose key was destroyed.

    `state` is the `published_state` in which `campaigns` were read. Where another text was published meanwhile, nothing
    happens: its last day may be another.
    """
    with hold(home.path / "publication.lock"):
        if published_state(home) != state:
            return []
        ended = [(campaign.id, end_of(campaign)) for campaign in campaigns]
        return [name for name, end in ended if end is not None and now >= end and close(name, end, epochs, now)]


def count(campaign_id: str, now: datetime) -> Numbers:
    """A campaign's numbers as the pages show them: the number is that of the last signed checkpoint."""
    tag = campaign_tag(origin(), campaign_id)
    counted, entered, told = count_numbers(campaign_id), published(tag), standing(campaign_id)
    versions = tuple(
        VersionCount(number=version.number, published=version.published, note=version.note, count=version.count)
        for version in counted.by_version
    )
    return Numbers(
        confirmed=entered.number,
        countries=counted.countries,
        by_country=counted.by_country,
        versions=versions,
        as_of=now,
        size=entered.size,
        cosigned=entered.cosigned,
        witnesses=entered.witnesses,
        waiting=waiting(campaign_id),
        withdrawn=entered.withdrawn,
        removed=tuple(sorted(entered.voided.items())),
        sifted=(told.sifted and told.sifted.up_to) or 0,
        rehearsed=told.rehearsed.date if told.rehearsed else None,
        audits=audits_of(tag),
        paused=is_paused(campaign_id),
    )


def _render(campaigns: Sequence[Campaign], home: Home, settings: Settings, now: datetime) -> Report:
    numbers = {campaign.id: count(campaign.id, now) for campaign in campaigns}
    keepers = {campaign.id: custodians_of(campaign, settings) for campaign in campaigns}
    shown = _show_ledger(home, settings)
    return build(
        campaigns,
        home.site,
        site_url=settings.site_url,
        numbers=numbers,
        now=now,
        ledger=shown,
        keepers=keepers,
        directory=kept_directory(home),
    )


def _show_ledger(home: Home, settings: Settings) -> LedgerShown:
    """What the pages say of the ledger: where it lies, and whose signatures a reader should find on it."""
    policy = home.policy.read_text(encoding="utf-8", errors="replace") if home.policy.exists() else ""
    vkey = str(read_signer(home.keys).verifier)
    return LedgerShown(origin=origin(), vkey=vkey, policy=policy, log_url=f"{settings.site_url}/log/")


def _keep_languages(campaigns: Sequence[Campaign], home: Home) -> None:
    """Raise PublicationRefused when a language would leave the site, and with it the addresses that people shared."""
    for campaign in campaigns:
        shown = {page.parents[1].name for page in home.site.glob(f"*/{campaign.id}/index.html")}
        gone = sorted(shown - set(publishable(campaign)))
        if gone:
            told = ", ".join(f"{code} ({_why_closed(campaign, code)})" for code in gone)
            raise PublicationRefused(
                f"This would take {campaign.id} off the site in {told}; have it translated first (standwith languages "
                "DIR --update), or publish with --close-languages."
            )


def _why_closed(campaign: Campaign, code: str) -> str:
    return gate(campaign, code).words if code in campaign.languages else "no language of the campaign any more"


@transaction.atomic
def _register_all(
    campaigns: Sequence[Campaign],
    settings: Settings,
    digests: Mapping[str, str],
    *,
    by: str,
    note: str | None,
    now: datetime,
) -> None:
    """Make the texts known and state them in the ledger, those of all campaigns or of none; keep who publishes."""
    for campaign in campaigns:
        texts = {code: text_digest(campaign, code) for code in (campaign.source_language, *publishable(campaign))}
        known = {digest for digest, _, _ in known_texts(campaign.id)}
        try:
            guarded = campaign.profile == "guarded"
            version = register(campaign.id, texts, note=note, now=now, over=is_over(campaign, now), guarded=guarded)
            state_texts(campaign, known, version)
            state_keys(campaign, custodians_of(campaign, settings))
            record_publication(campaign.id, by=by, digest=digests[campaign.id], now=now)
        except (SupporterError, NoLog, DecisionRefused) as problem:
            raise PublicationRefused(str(problem)) from None


def _write_manifest(campaigns: Sequence[Campaign], home: Home, settings: Settings, now: datetime) -> None:
    custodians = {campaign.id: custodians_of(campaign, settings) for campaign in campaigns}
    manifest = compile_manifest(
        campaigns,
        site_url=settings.site_url,
        custodians={name: found.keys for name, found in custodians.items()},
        needed={name: found.needed for name, found in custodians.items()},
        known_texts={campaign.id: known_texts(campaign.id) for campaign in campaigns},
        today=now.date(),
        paused={campaign.id for campaign in campaigns if is_paused(campaign.id)},
    )
    write_atomically(home.manifest, manifest)


def _point_site(home: Home, out: Path | None) -> None:
    """Let HOME/site be the directory that was asked for, so that clerk and server find it."""
    if out is None or out.resolve() == home.site.resolve():
        return
    if home.site.is_dir() and not home.site.is_symlink() and {file.name for file in home.site.iterdir()} - {"log"}:
        raise PublicationRefused(
            f"This installation publishes to {home.site}; remove that directory to publish to {out}."
        )
    out.mkdir(parents=True, exist_ok=True)
    if home.log.is_dir() and not (out / "log").exists():
        shutil.copytree(home.log, out / "log")
    if home.site.is_dir() and not home.site.is_symlink():
        shutil.rmtree(home.site)  # it held the ledger's first files only, and they were copied
    home.site.unlink(missing_ok=True)
    home.site.symlink_to(out.resolve())

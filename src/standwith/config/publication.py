"""Publication in an installation: from campaign folders to a site that people can sign on.

It registers the text versions that people will sign, keeps a copy of each folder as published (so that a draft never goes
live because the number changed), compiles the manifest and has the pages made.

Invariant: the order is versions, copy, manifest, pages; a text is known to the intake before anyone can read it, and a
publication that was killed is finished by the next one. One publication at a time (a lock in the home).
Does not decide what may be published (campaigns) nor what a page looks like (site).
"""

import shutil
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from standwith.campaigns.folder import dump, load_campaign
from standwith.campaigns.manifest import compile_manifest
from standwith.campaigns.model import Campaign
from standwith.campaigns.texts import text_digest
from standwith.campaigns.translations import publishable
from standwith.config.home import Home
from standwith.config.lock import hold
from standwith.config.settings import Settings
from standwith.durable.files import write_atomically
from standwith.site.build import Report, build
from standwith.site.numbers import Numbers
from standwith.supporters.queries import numbers as count_numbers
from standwith.supporters.versions import known_texts, register


class PublicationRefused(Exception):
    """Nothing was published; the sentence says why and what mends it."""


def publish(
    campaigns: Sequence[Campaign], home: Home, settings: Settings, *, note: str | None, now: datetime, out: Path | None = None
) -> Report:
    """Publish `campaigns` in `home` beside those already published there; `note` says what changed in the statement."""
    for campaign in campaigns:
        if not custodian_of(campaign, settings):
            raise PublicationRefused(
                f"{campaign.id} has no custodian, so nobody could ever read who signed; make a key with `standwith key` "
                "and put its public line into campaign.toml."
            )
    with hold(home.path / "publication.lock"):
        for campaign in campaigns:
            register(campaign.id, _texts(campaign), note=note, now=now)
        for campaign in campaigns:
            _keep_copy(campaign, home)
        _point_site(home, out)
        everything = published_campaigns(home)
        write_manifest(everything, home, settings)
        return build(everything, home.site, site_url=settings.site_url, numbers=all_numbers(everything), now=now)


def republish(home: Home, settings: Settings, *, now: datetime) -> Report:
    """Render what is published again with today's numbers; the texts stay as they were published."""
    with hold(home.path / "publication.lock"):
        everything = published_campaigns(home)
        return build(everything, home.site, site_url=settings.site_url, numbers=all_numbers(everything), now=now)


def published_campaigns(home: Home) -> list[Campaign]:
    """The campaigns of this home as they were last published, by id."""
    if not home.published.is_dir():
        return []
    return [load_campaign(folder) for folder in sorted(home.published.iterdir()) if not folder.name.startswith(".")]


def all_numbers(campaigns: Sequence[Campaign]) -> dict[str, Numbers]:
    """The number of every campaign, from the clerk's tallies."""
    return {campaign.id: count_numbers(campaign.id) for campaign in campaigns}


def write_manifest(campaigns: Sequence[Campaign], home: Home, settings: Settings) -> None:
    """Compile what the intake needs to know and put it where the intake looks."""
    manifest = compile_manifest(
        campaigns,
        site_url=settings.site_url,
        custodians={campaign.id: custodian_of(campaign, settings) for campaign in campaigns},
        known_texts={campaign.id: known_texts(campaign.id) for campaign in campaigns},
    )
    write_atomically(home.manifest, manifest)


def custodian_of(campaign: Campaign, settings: Settings) -> str:
    """The public key that seals this campaign's records: its own, else the installation's."""
    return campaign.custodians[0].key if campaign.custodians else settings.custodian_key


def _texts(campaign: Campaign) -> Mapping[str, str]:
    codes = publishable(campaign)
    return {code: text_digest(campaign, code) for code in (campaign.source_language, *codes)}


def _keep_copy(campaign: Campaign, home: Home) -> None:
    """Replace the copy by way of a rename, so that a kill leaves the old copy or the new one."""
    fresh, kept, old = (home.published / name for name in (f".{campaign.id}.new", campaign.id, f".{campaign.id}.old"))
    for leftover in (fresh, old):
        shutil.rmtree(leftover, ignore_errors=True)
    for name, data in dump(campaign).items():
        (fresh / name).parent.mkdir(parents=True, exist_ok=True)
        write_atomically(fresh / name, data)
    if kept.exists():
        kept.rename(old)
    fresh.rename(kept)
    shutil.rmtree(old, ignore_errors=True)


def _point_site(home: Home, out: Path | None) -> None:
    """Let HOME/site be the directory that was asked for, so that clerk and server find it."""
    if out is None or out.resolve() == home.site.resolve():
        return
    if home.site.is_dir() and not home.site.is_symlink():
        raise PublicationRefused(f"This installation publishes to {home.site}; remove that directory to publish to {out}.")
    home.site.unlink(missing_ok=True)
    out.mkdir(parents=True, exist_ok=True)
    home.site.symlink_to(out.resolve())

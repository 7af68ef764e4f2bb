"""The copies of campaign folders that an installation keeps: each as it was published last, and none before it.

Invariant: a reader finds the old copy whole or the new one; when a new one is in place, the old one is gone, and with
it whoever was in it. Does not decide what is in a copy (publication.py does).
"""

import secrets
import shutil
from hashlib import sha256
from pathlib import Path

from standwith.campaigns.folder import dump
from standwith.campaigns.model import Campaign
from standwith.config.home import Home
from standwith.durable.files import write_atomically


def digest_of(campaign: Campaign) -> str:
    """The digest of a campaign as it is kept, so that two publications of the same are told to be the same."""
    parts = (sha256(f"{name}\0".encode() + data).digest() for name, data in sorted(dump(campaign).items()))
    return sha256(b"".join(parts)).hexdigest()


def copies(home: Home) -> list[Path]:
    """Each published campaign is a link to the directory that holds its copy."""
    return sorted(path for path in home.published.glob("*") if path.is_symlink())


def keep_copy(campaign: Campaign, home: Home) -> None:
    """Write a new copy, then turn the link to it: a kill leaves the old copy published or the new one."""
    link, turned = home.published / campaign.id, home.published / f".{campaign.id}.link"
    fresh = home.published / f".{campaign.id}.{secrets.token_hex(4)}"
    for name, data in dump(campaign).items():
        (fresh / name).parent.mkdir(parents=True, exist_ok=True)
        write_atomically(fresh / name, data)
    turned.unlink(missing_ok=True)
    turned.symlink_to(fresh.name)
    turned.replace(link)
    for old in home.published.glob(f".{campaign.id}.*"):
        if old != fresh:
            shutil.rmtree(old, ignore_errors=True)

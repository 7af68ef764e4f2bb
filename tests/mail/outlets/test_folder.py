"""The outlet that writes files."""

import stat
from datetime import UTC, datetime

import pytest

from standwith.mail.compose import Letter, Text, compose
from standwith.mail.errors import OutletDown
from standwith.mail.outlets.folder import FolderOutlet

NOW = datetime(2026, 3, 1, 6, tzinfo=UTC)


def mail(mark="0" * 32):
    letter = Letter("amina@example.org", "Please confirm", "ar", "rtl", (Text("مرحبا"),))
    return compose(letter, sender="Stand with <confirm@example.org>", mark=mark, now=NOW)


def test_a_mail_is_a_file_that_only_its_owner_reads(tmp_path):
    FolderOutlet(tmp_path).deliver(mail(), "confirm@example.org", "amina@example.org")
    [file] = tmp_path.iterdir()
    assert (file.name, file.read_bytes()) == (f"{'0' * 32}.eml", mail().content)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_delivered_twice_is_one_file(tmp_path):
    outlet = FolderOutlet(tmp_path)
    for _ in range(2):
        outlet.deliver(mail(), "confirm@example.org", "amina@example.org")
    outlet.close()
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_is_gone_is_an_outlet_that_is_down(tmp_path):
    with pytest.raises(OutletDown):
        FolderOutlet(tmp_path / "gone").deliver(mail(), "confirm@example.org", "amina@example.org")

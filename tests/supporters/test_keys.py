"""The clerk's keys on disk."""

import stat
from datetime import timedelta

import pytest

from standwith.sealing.keys import PublicKey
from standwith.supporters import keys as keys_module
from standwith.supporters.errors import KeysExist, KeysMissing
from standwith.supporters.keys import Keyring, create_keys
from tests.supporters.stand import MORNING

HOUR = timedelta(hours=1)


@pytest.fixture
def directory(tmp_path):
    create_keys(tmp_path / "ring", MORNING)
    return tmp_path / "ring"


def test_keys_are_made_once_and_only_their_owner_may_read_them(directory):
    secrets = list(directory.rglob("*.key"))
    assert len(secrets) == 3  # link, block, clerk
    assert {stat.S_IMODE(path.stat().st_mode) for path in secrets} == {0o600}
    with pytest.raises(KeysExist):
        create_keys(directory, MORNING)


def test_a_link_key_that_is_there_is_kept(tmp_path):
    (tmp_path / "ring").mkdir()
    (tmp_path / "ring" / "link.key").write_bytes(line := keys_module.make_link_key())
    create_keys(tmp_path / "ring", MORNING)
    assert (tmp_path / "ring" / "link.key").read_bytes() == line


@pytest.mark.parametrize("lost", ["link.key", "block.key", "clerk"])
def test_a_missing_key_is_named(directory, lost):
    for path in [directory / lost, *(directory / lost).glob("*")]:
        if path.is_file():
            path.unlink()
    with pytest.raises(KeysMissing) as caught:
        Keyring.open(directory)
    assert lost in str(caught.value)


def test_a_damaged_key_is_named_and_not_shown(directory):
    [path] = (directory / "clerk").glob("*.key")
    secret = path.read_text()
    path.write_text(secret[:-10])
    with pytest.raises(KeysMissing) as caught:
        Keyring.open(directory)
    assert path.name in str(caught.value)
    assert secret.split()[2][:20] not in str(caught.value)


def test_a_key_is_in_use_for_a_day(directory):
    ring = Keyring.open(directory)
    first = ring.current
    assert not ring.rotate(MORNING + 23 * HOUR)
    assert ring.rotate(MORNING + 24 * HOUR)
    assert ring.current != first
    assert PublicKey.parse((directory / "clerk.pub").read_text()).id.hex() == ring.current
    assert ring.spool_key(first) is not None


def test_a_rotation_that_was_killed_half_way_is_mended(directory, monkeypatch):
    ring = Keyring.open(directory)
    with monkeypatch.context() as patch:
        patch.setattr(keys_module, "_show_public", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            ring.rotate(MORNING + 24 * HOUR)
    ring = Keyring.open(directory)
    assert PublicKey.parse((directory / "clerk.pub").read_text()).id.hex() != ring.current
    assert not ring.rotate(MORNING + 25 * HOUR)
    assert PublicKey.parse((directory / "clerk.pub").read_text()).id.hex() == ring.current


def test_another_process_sees_the_new_key(directory):
    one, other = Keyring.open(directory), Keyring.open(directory)
    one.rotate(MORNING + 24 * HOUR)
    assert other.current != one.current
    other.refresh()
    assert (other.current, other.secrets.keys()) == (one.current, one.secrets.keys())


def test_what_nothing_needs_is_destroyed(directory):
    ring = Keyring.open(directory)
    first, read = ring.current, MORNING + 26 * HOUR
    ring.rotate(MORNING + 24 * HOUR)
    assert ring.prune({first}, read, read_until=read) == []
    assert ring.prune(set(), read, read_until=None) == []
    assert ring.prune(set(), read, read_until=MORNING + 24 * HOUR) == []
    assert ring.prune(set(), read, read_until=read) == [first]
    assert ring.spool_key(first) is None
    assert len(list((directory / "clerk").iterdir())) == 1


def test_the_key_in_use_is_never_destroyed(directory):
    ring = Keyring.open(directory)
    late = MORNING + 1000 * HOUR
    assert ring.prune(set(), late, read_until=late) == []


def test_one_address_has_one_tag_here_and_another_elsewhere(directory, tmp_path):
    ring = Keyring.open(directory)
    tags = {ring.block_tag("amina@example.org"), ring.block_tag("noor@example.org")}
    assert len(tags) == 2
    assert {len(tag) for tag in tags} == {16}
    assert Keyring.open(directory).block_tag("amina@example.org") in tags
    create_keys(tmp_path / "other", MORNING)
    assert Keyring.open(tmp_path / "other").block_tag("amina@example.org") not in tags

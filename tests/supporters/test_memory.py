"""Where keys may lie that must never be on a disk. The kernel's list of mounts is a made-up one here."""

import os

import pytest

from standwith.supporters.memory import find_memory, is_memory

DISK = "22 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw\n"


def mounts(tmp_path, *lines):
    file = tmp_path / "mountinfo"
    file.write_text(DISK + "".join(f"{line}\n" for line in lines))
    return file


def tmpfs(point, kind="tmpfs"):
    escaped = str(point).replace(" ", "\\040")
    return f"36 22 0:32 / {escaped} rw,nosuid,nodev shared:13 master:1 - {kind} {kind} rw,size=802604k"


def find(tmp_path, place, *lines, environment=None):
    found = find_memory(tmp_path / "home", place, environment=environment or {}, mounts=mounts(tmp_path, *lines))
    return found if found is None or found.is_relative_to(tmp_path) else None


@pytest.mark.parametrize("kind", ["tmpfs", "ramfs"])
def test_a_directory_that_the_kernel_calls_memory_is_taken_and_is_ours_alone(tmp_path, kind):
    found = find(tmp_path, str(tmp_path / "ram"), tmpfs(tmp_path / "ram", kind))
    assert (found.parent, found.parent.stat().st_mode & 0o777) == (tmp_path / "ram", 0o700)
    assert not found.exists()


@pytest.mark.parametrize("kind", ["ext4", "overlay", "nfs4", "tmpfsx", "fuse"])
def test_no_other_file_system_is(tmp_path, kind, caplog):
    assert find(tmp_path, str(tmp_path / "ram"), tmpfs(tmp_path / "ram", kind)) is None
    assert "end with this process" in caplog.text
    assert str(tmp_path) not in caplog.text


def test_the_mount_that_lies_on_top_decides(tmp_path):
    place, deeper = tmp_path / "a b", tmp_path / "a b" / "deeper"
    deeper.mkdir(parents=True)
    assert is_memory(place, mounts(tmp_path, tmpfs(place)))
    assert is_memory(deeper, mounts(tmp_path, tmpfs(place)))
    assert not is_memory(deeper, mounts(tmp_path, tmpfs(deeper, "ext4"), tmpfs(place)))
    assert not is_memory(place, mounts(tmp_path, tmpfs(place), tmpfs(place, "ext4")))
    assert is_memory(place, mounts(tmp_path, tmpfs(place, "ext4"), tmpfs(place)))
    assert not is_memory(tmp_path / "a bc", mounts(tmp_path, tmpfs(place)))


def test_a_link_that_leads_to_a_disk_is_not_memory(tmp_path):
    (tmp_path / "disk").mkdir()
    (tmp_path / "ram").mkdir()
    (tmp_path / "ram" / "link").symlink_to(tmp_path / "disk")
    assert not is_memory(tmp_path / "ram" / "link", mounts(tmp_path, tmpfs(tmp_path / "ram")))


def test_without_the_kernel_s_word_nothing_is_memory(tmp_path):
    assert not is_memory(tmp_path, tmp_path / "missing")
    (tmp_path / "nonsense").write_text("nonsense\n\n1 2 3 - tmpfs\n")
    assert not is_memory(tmp_path, tmp_path / "nonsense")


def test_the_first_good_offer_is_taken(tmp_path):
    service, session = tmp_path / "service", tmp_path / "session"
    environment = {"RUNTIME_DIRECTORY": f"{service}:{tmp_path / 'other'}", "XDG_RUNTIME_DIR": str(session)}
    session.mkdir()
    lines = [tmpfs(service), tmpfs(session)]
    assert find(tmp_path, "", *lines, environment=environment).parent == service
    assert find(tmp_path, "", lines[1], environment=environment).parent == session / "standwith"
    assert find(tmp_path, str(service), *lines[:1], environment={}).parent == service


def test_two_installations_do_not_meet(tmp_path):
    one, other = (
        find_memory(tmp_path / home, str(tmp_path / "m"), mounts=mounts(tmp_path, tmpfs(tmp_path / "m")))
        for home in ("one", "other")
    )
    assert one != other
    assert one.parent == other.parent


def test_what_others_may_look_into_is_not_ours(tmp_path, monkeypatch):
    lines = [tmpfs(tmp_path / "ram")]
    found = find(tmp_path, str(tmp_path / "ram"), *lines)
    found.mkdir()
    found.chmod(0o750)
    assert find(tmp_path, str(tmp_path / "ram"), *lines) is None
    found.chmod(0o700)
    found.parent.chmod(0o777)
    assert find(tmp_path, str(tmp_path / "ram"), *lines) is None
    found.parent.chmod(0o700)
    assert find(tmp_path, str(tmp_path / "ram"), *lines) == found
    monkeypatch.setattr(os, "getuid", lambda: 4711)
    assert find(tmp_path, str(tmp_path / "ram"), *lines) is None


def test_a_place_that_cannot_be_made_is_passed_by(tmp_path):
    (tmp_path / "file").write_text("")
    assert find(tmp_path, str(tmp_path / "file" / "below"), tmpfs(tmp_path)) is None

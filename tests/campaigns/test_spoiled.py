"""Folders spoiled at random: loading never raises, findings point into their files, formatting changes no meaning."""

import random

import pytest

from standwith.campaigns.folder import dump, load_files
from tests.campaigns.good_folder import good_folder

SCRAPS = [
    *(
        b'"',
        b"'",
        b",",
        b"\n",
        b"\r\n",
        b";",
        b"{",
        b"}",
        b"{fact:x}",
        b"[",
        b"]",
        b"[[",
        b"#",
        b"=",
        b'"""',
        b"'''",
        b"\\",
    ),
    *(
        b"\x00",
        b"\xff",
        b"\xe2\x80\xae",
        b"\xe2\x80\xa8",
        b"\xef\xbb\xbf",
        b"e\xcc\x81",
        b"\\u0000",
        b"\\q",
        b"\t",
        b" ",
        b"-",
    ),
    *(b"a = 1\n", b"a.b = {x=[1]}\n", b"[owner]\n", b"2020-13", b"<b>", b"~", b"1", b"open", b"demand", b"msgid"),
]


def spoiled(seed: int) -> dict[str, bytes]:
    """The good folder with one to three random cuts and scraps."""
    chance = random.Random(seed)
    files = good_folder()
    for _ in range(chance.randint(1, 3)):
        name = chance.choice(sorted(files))
        data = files[name]
        start = chance.randrange(len(data) + 1)
        end = start + chance.choice([0, 0, 1, 1, 3, 20])
        files[name] = data[:start] + b"".join(chance.choices(SCRAPS, k=chance.randint(0, 2))) + data[end:]
    return files


@pytest.mark.parametrize("batch", range(10))
def test_a_spoiled_folder_is_answered_with_findings_or_a_campaign_that_keeps(batch):
    for seed in range(batch * 40, batch * 40 + 40):
        files = spoiled(seed)
        loaded = load_files(files)
        for finding in loaded.findings:
            lines = files.get(finding.file, b"").decode("utf-8", "replace").replace("\r\n", "\n").split("\n")
            assert finding.what and finding.why and finding.mend
            assert 1 <= finding.line <= len(lines)
            assert 1 <= finding.column <= len(lines[finding.line - 1]) + 2
        if loaded.campaign:
            written = dump(loaded.campaign)
            again = load_files(written).campaign
            assert again == loaded.campaign
            assert dump(again) == written

"""The verifier that trusts nothing of ours: it is what it says, and it agrees with `standwith verify`, good or bad."""

import ast
import random
import subprocess
import sys
from collections.abc import Iterator
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from standwith.cli.refusal import Refusal
from standwith.cli.verify import verify as command
from standwith.ledger.count import Counter
from standwith.ledger.errors import LedgerError
from standwith.ledger.leaf import Reason, make_void, make_withdrawal
from standwith.ledger.merkle import leaf_hash, root_of
from standwith.ledger.policy import read_policy
from tests.ledger.examples import LOG_KEY, TAGS, signature, w_of
from tests.ledger.published import (
    CAMPAIGNS,
    DAMAGES,
    SIZE,
    Files,
    flip,
    lay_out,
    leaves,
    policy,
    publish,
    published,
    signer,
)
from tools import verify as tool

PLACE = Path(tool.__file__)
ORDER = 2**252 + 27742317777372353535851937790883648493
RFC_8032 = [  # section 7.1: public key, message, signature
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe"
        "24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302a"
        "eeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed2"
        "8dc027beceea1ec40a",
    ),
]


def check(files: Files, **given: str) -> tuple[object, ...]:
    """The verifier over files in memory."""

    def read(place: str) -> bytes:
        try:
            return files[place.removeprefix("log/")]
        except KeyError:
            raise FileNotFoundError(place) from None

    return tool.check("log", read=read, **given)


def run(*words: object) -> "subprocess.CompletedProcess[str]":
    """As somebody types it, with a Python that has none of our packages."""
    return subprocess.run(
        [sys.executable, "-I", "-S", PLACE, *map(str, words)], capture_output=True, text=True, check=False, timeout=60
    )


def status_of_tool(files: Files) -> int:
    try:
        check(files)
    except OSError:
        return 2
    except (ValueError, LookupError):
        return 1
    return 0


def status_of_command(directory: Path) -> int:
    try:
        command(str(directory))
    except Refusal:
        return 2
    except SystemExit as leaving:
        return int(leaving.code or 0)
    return 0


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """The published log behind a web server on this machine."""
    lay_out(published(), tmp_path / "log")

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/log"
        server.shutdown()


def test_it_has_at_most_150_lines_and_needs_nothing_but_python() -> None:
    text = PLACE.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 150
    imported = {
        name.partition(".")[0]
        for node in ast.walk(ast.parse(text, feature_version=(3, 9)))
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
    }
    assert imported - set(sys.stdlib_module_names) == set()


@pytest.mark.parametrize(("key", "message", "signed"), RFC_8032)
def test_ed25519_as_in_its_standard(key: str, message: str, signed: str) -> None:
    public, said, right = map(bytes.fromhex, (key, message, signed))
    assert tool.is_signed(said, public, right)
    assert not tool.is_signed(said + b"!", public, right)
    for bit in (0, 254, 255, 256, 400, 511):
        assert not tool.is_signed(said, public, flip(right, bit))


def test_ed25519_takes_no_second_form_of_a_signature() -> None:
    public, said, right = map(bytes.fromhex, RFC_8032[2])
    again = int.from_bytes(right[32:], "little") + ORDER
    assert not tool.is_signed(said, public, right[:32] + again.to_bytes(32, "little"))


def test_ed25519_agrees_with_the_one_that_the_command_uses() -> None:
    chance = random.Random(8032)
    for number in range(24):
        key = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32))
        public, message = key.public_key().public_bytes_raw(), chance.randbytes(number)
        signed = key.sign(message)
        if number % 2:
            signed = flip(signed, chance.randrange(512))
        assert tool.is_signed(message, public, signed) == accepted(public, signed, message)


def accepted(public: bytes, signed: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signed, message)
    except InvalidSignature:
        return False
    return True


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, SIZE, 5000])
def test_it_reads_a_good_log_of_every_size(size: int) -> None:
    origin, leaves_read, witnesses, signatures, removed = check(published(size))
    counter = Counter()
    counter.fold(leaves(size))
    assert (origin, leaves_read, witnesses) == ("act.example.org/log", size, {"north": True, "south": True})
    assert dict(signatures) == {tag: counter.count(tag).signatures for tag in counter.campaigns()}
    assert numbers(signatures, removed) == {tag: counter.count(tag).number for tag in counter.campaigns()}


def numbers(signatures: dict[bytes, int], removed: dict[tuple[bytes, object], int]) -> dict[bytes, int]:
    return {
        tag: count - sum(each for (campaign, _), each in removed.items() if campaign == tag)
        for tag, count in signatures.items()
    }


@pytest.mark.parametrize("seed", range(20))
def test_it_counts_as_the_ledger_does_whatever_the_leaves_are(seed: int) -> None:
    chance = random.Random(seed)
    grown = [some_leaf(chance, index) for index in range(chance.randrange(1, 700))]
    counter = Counter()
    counter.fold(grown)
    bundles = [b"".join(b"\0L" + leaf for leaf in grown[start : start + 256]) for start in range(0, len(grown), 256)]
    root, signatures, removed = tool.count(bundles)
    assert root == root_of([leaf_hash(leaf) for leaf in grown])
    for tag in counter.campaigns():
        count = counter.count(tag)
        assert signatures[tag] == count.signatures
        assert removed[tag, "withdrawn"] == count.withdrawn
        assert {
            why: n for (campaign, why), n in removed.items() if campaign == tag and n and why != "withdrawn"
        } == dict(count.voided)


def some_leaf(chance: random.Random, index: int) -> bytes:
    """A signature, or something that may take one away: right, wrong, twice, too early, of another campaign."""
    tag, target = chance.choice(TAGS), chance.randrange(0, index + 3)
    kind = chance.random()
    if kind < 0.6:
        return signature(index, tag)
    if kind < 0.75:
        return make_withdrawal(tag, target, w_of(target if chance.random() < 0.8 else index))
    if kind < 0.9:
        return make_void(tag, target, chance.choice(list(Reason)))
    leaf = bytearray(make_void(tag, target, Reason.ERASED))
    leaf[chance.choice((0, 1, 18))] = chance.randrange(256)  # another version, kind or reason
    return bytes(leaf)


@pytest.mark.parametrize("what", DAMAGES)
def test_it_agrees_with_the_command_on_every_kind_of_damage(what: str, tmp_path: Path) -> None:
    files = published()
    status, damage = DAMAGES[what]
    damage(files)
    assert (status_of_tool(files), status_of_command(lay_out(files, tmp_path / "log"))) == (status, status)


def test_it_agrees_with_the_command_on_good_logs(tmp_path: Path) -> None:
    for size in (0, 40, SIZE):
        directory = lay_out(published(size), tmp_path / str(size))
        assert (status_of_tool(published(size)), status_of_command(directory)) == (0, 0)


def test_a_few_hundred_tampers_are_all_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tool, "is_signed", cache(tool.is_signed))  # the same question has the same answer, faster
    chance = random.Random(1)
    files = published()
    for path in ["checkpoint"] * 60 + ["policy"] * 60 + ["tile/entries/000", f"tile/entries/001.p/{SIZE - 256}"] * 40:
        bit = chance.randrange(8 * len(files[path]))
        assert status_of_tool(files | {path: flip(files[path], bit)}) == 1, (path, bit)


def test_groups_and_numbers_of_a_policy() -> None:
    files = published()
    east = f"witness east {signer('witness.example.org/e', 4).verifier}\n"
    for group, enough in {
        "any north south east": True,
        "2 north south east": True,
        "3 north south east": False,
        "all north south east": False,
        "0 east": False,
    }.items():
        files["policy"] = policy(group=f"{east}group both {group}")
        assert status_of_tool(files) == (0 if enough else 1), group
        if group[0] != "0":
            assert accepts(files) == enough, group


@pytest.mark.parametrize(
    "group",
    [
        f"witness again {signer('witness.example.org/n', 4).verifier}\ngroup both 2 north again",
        "group both 1 none north",
        "group both 2 north north",
        "group inner 1 north\ngroup both 2 inner north",
        "group both any elsewhere north",
        f"witness none {signer('witness.example.org/e', 4).verifier}\ngroup both any north south",
        "group both any north south\nquorum north",
        "group both any north south\nwitnesses east",
        "group north any south",
    ],
)
def test_a_policy_in_which_one_could_weigh_twice_is_refused_by_everybody(group: str) -> None:
    files = published() | {"policy": policy(group=group)}
    assert not accepts(files)
    assert status_of_tool(files) == 1


def test_a_policy_laid_out_with_tabs_comments_and_addresses() -> None:
    files = published()
    lines = policy().decode().replace(" ", "\t  ").splitlines()
    lines[1] += " https://witness.example.net/"
    files["policy"] = ("# of the union\n\n" + "".join(f"\t{line} \n" for line in lines)).encode()
    assert check(files)[2] == {"north": True, "south": True}
    assert accepts(files)


def accepts(files: Files) -> bool:
    try:
        read_policy(files["policy"]).accept(files["checkpoint"])
    except LedgerError:
        return False
    return True


def test_a_partial_bundle_may_be_gone_when_the_full_one_is_there() -> None:
    files = published(SIZE) | {"checkpoint": published(200)["checkpoint"]}
    assert check(files)[1] == 200


def test_typed_with_everything_given(tmp_path: Path) -> None:
    directory = lay_out(published(), tmp_path / "log")
    (tmp_path / "union.policy").write_bytes(policy())
    campaign = f"https://act.example.org/{CAMPAIGNS[0]}"
    done = run(directory, LOG_KEY.verifier, "--policy", tmp_path / "union.policy", "--campaigns", campaign)
    counter = Counter()
    counter.fold(leaves())
    count = counter.count(TAGS[0])
    assert done.returncode == 0, done.stderr
    assert "VERIFIED: 300 leaves of act.example.org/log; 2 of 2 witnesses signed: north south" in done.stdout
    assert f"{count.number}  {campaign}: {count.signatures} signed" in done.stdout
    assert f"{count.withdrawn} withdrawn" in done.stdout
    assert "from the log itself" not in done.stdout


def test_typed_without_a_key_it_warns(tmp_path: Path) -> None:
    done = run(lay_out(published(), tmp_path))
    assert done.returncode == 0
    assert "keys are from the log itself, and so is its own key." in done.stdout


def test_typed_for_a_log_that_is_signed_by_somebody_else(tmp_path: Path) -> None:
    done = run(lay_out(published(), tmp_path), signer("act.example.org/log", 1).verifier)
    assert done.returncode == 1
    assert done.stdout.startswith("DOES NOT VERIFY: ")
    assert done.stdout.count("\n") == 1


def test_typed_for_a_place_where_nothing_is(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert done.returncode == 2
    assert done.stdout.startswith("Could not be read: ")
    assert done.stderr == ""


def test_over_the_web(address: str) -> None:
    done = run(address)
    assert done.returncode == 0, done.stdout
    assert "300 leaves" in done.stdout
    assert run(f"{address}/nowhere").returncode == 2


def test_a_damaged_log_typed(tmp_path: Path) -> None:
    files = publish(leaves())
    DAMAGES["two leaves swapped"][1](files)
    done = run(lay_out(files, tmp_path))
    assert (done.returncode, done.stdout) == (
        1,
        "DOES NOT VERIFY: The leaves are not those that the log and its witnesses signed.\n",
    )


@pytest.mark.parametrize("size", ["300 ", "3_00", "0300", "+300", "-1", "٣٠٠"])
def test_a_size_is_written_in_one_way_only(size: str) -> None:
    """A log can sign what it likes; the two verifiers must not read it differently."""
    files = dict(published())
    note = files["checkpoint"].decode().split("\n\n")[0].split("\n")
    text = f"{note[0]}\n{size}\n{note[2]}\n"
    files["checkpoint"] = f"{text}\n{LOG_KEY.sign(text)}".encode()
    files["policy"] = f"log {LOG_KEY.verifier}\nquorum none\n".encode()
    with pytest.raises(ValueError, match="No checkpoint"):
        check(files)


def test_a_bundle_whose_last_leaf_is_cut_is_refused_even_if_the_log_signed_it() -> None:
    """Its lengths say 76, and the root may be that of the shorter leaf."""
    with pytest.raises(ValueError, match="is damaged"):
        tool.read_bundle(lambda _: (b"\0L" + bytes(76)) * 2 + b"\0L" + bytes(71), "log", 0, 3)

"""The invented log as Go sees it: what goes to the program in tests/ledger/go, and running it where that is possible.

Everything here is the same on every machine, so a directory that Go has accepted once is known by its digest.
"""

import base64
import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

from standwith.ledger.receipt import write_receipt
from standwith.ledger.tiles import Tree
from tests.ledger.examples import LOG_KEY, ORIGIN, TIME, WITNESS_KEY, checkpoint, grow_to, leaves, reader

SOURCE = Path(__file__).parent / "go" / "main.go"
GO_PATH = Path("/usr/share/gocode")  # where Debian puts golang.org/x/mod
SIZES = (*range(41), *range(254, 260), 511, 512, 513, 700)
CHANGED = (
    "checkpoint",
    "checkpoints/7",
    "tile/0/001.p/2",
    "tile/1/000.p/1",
    "tile/entries/002.p/188",
    "receipts/3-7.tlog-proof",
    "consistency/3-7",
)
LARGE_SIZES = (65_535, 65_536, 70_000)
RECORDED_SIZES = (1, 2, 3, 4, 5, 6, 7, 8, 9, 255, 256, 257, 511, 512, 513, 700, 65_536, 70_000)
RECORDED_PAIRS = (
    (1, 2),
    (1, 8),
    (2, 8),
    (3, 7),
    (4, 7),
    (6, 8),
    (7, 8),
    (255, 256),
    (255, 700),
    (256, 700),
    (699, 700),
)
RECORDED_LEAVES = ((0, 1), (0, 2), (0, 7), (3, 7), (6, 7), (0, 8), (255, 256), (256, 257), (300, 700), (699, 700))
LARGE_PAIRS = ((1, 70_000), (65_535, 70_000), (65_536, 70_000), (69_999, 70_000))
LARGE_LEAVES = ((0, 70_000), (65_535, 65_536), (65_535, 70_000), (65_536, 70_000), (69_999, 70_000))


def log_files(sizes: tuple[int, ...]) -> Iterator[tuple[str, bytes]]:
    """A log that grew over these sizes: its files, every checkpoint, and receipts and proofs made by us."""
    files, roots = grow_to(sizes)
    yield from files.items()
    notes = {size: checkpoint(size, roots[size]) for size in sizes}
    yield "checkpoint", notes[sizes[-1]]
    for size in sizes:
        yield f"checkpoints/{size}", notes[size]
        tree = Tree(reader(files), size)
        for index in range(size) if size < 12 else sorted({0, size // 3, size // 2, size - 2, size - 1}):
            receipt = write_receipt(index, tree.inclusion(index), notes[size], leaves(size)[index])
            yield f"receipts/{index}-{size}.tlog-proof", receipt
    for old, size in combinations([size for size in sizes if size], 2):
        proof = Tree(reader(files), size).consistency(old)
        yield f"consistency/{old}-{size}", "".join(f"{base64.b64encode(each).decode()}\n" for each in proof).encode()


def write_log(directory: Path, sizes: tuple[int, ...], changed: str = "") -> str:
    """Write this log into the directory, one bit of one file changed; gives the digest over all paths and contents."""
    lines = []
    for path, content in log_files(sizes):
        if path == changed:
            content = content[:30] + bytes((content[30] ^ 2,)) + content[31:]
        (directory / path).parent.mkdir(parents=True, exist_ok=True)
        (directory / path).write_bytes(content)
        lines.append(f"{path} {hashlib.sha256(content).hexdigest()}\n")
    return hashlib.sha256("".join(sorted(lines)).encode()).hexdigest()


def expected(sizes: tuple[int, ...]) -> dict[str, int]:
    """What Go says that it has accepted, if it accepts everything."""
    receipts = sum(size if size < 12 else len({0, size // 3, size // 2, size - 2, size - 1}) for size in sizes)
    pairs = len([size for size in sizes if size])
    return {
        "checkpoints": 1 + len(sizes) + receipts,
        "cosignatures": 1 + len(sizes) + receipts,
        "pairs": pairs * (pairs + 1) // 2,
        "leaves": sum(sizes),
        "receipts": receipts,
        "consistency": pairs * (pairs - 1) // 2,
    }


def notes() -> list[bytes]:
    """Notes for Go to judge: one that is right, and the same in other states."""
    good = checkpoint(3, grow_to((3,))[1][3])
    text, _, lines = good.partition(b"\n\n")
    log, witness, _ = lines.split(b"\n")
    changes: list[tuple[bytes, bytes]] = [
        (b"act.example.org/log\n3", b"act.example.org/log\n4"),
        (b"act.example.org/log\n3", b"act.example.net/log\n3"),
        (b"\n3\n", b"\r\n3\r\n"),
        (b"\n3\n", b"\n\x003\n"),
        (b"\n3\n", b"\n\xff3\n"),
        (b"\n3\n", b"\n3\nmore\n"),
        (b"\n\n", b"\n"),
        (b"\n\n", b"\n\n\n"),
        ("— act".encode(), b"- act"),
        ("— act".encode(), "—  act".encode()),
        ("— act".encode(), "— +act".encode()),
        ("— act".encode(), "— b.act".encode()),
        (log + b"\n", b""),
        (witness + b"\n", b""),
        (log + b"\n" + witness, witness + b"\n" + log),
        (log, log[:-3] + b"A" + log[-2:]),
        (witness, witness[:-3] + b"A" + witness[-2:]),
        (log, log[:-1]),
        (log, log[:-8]),
        (log + b"\n", (log + b"\n") * 2),
        (witness, b"\xe2\x80\x94 stranger AAAAAAA="),
        (witness + b"\n", witness),
        (witness + b"\n", witness + b"\n\n"),
        (witness, b"\n".join([b"\xe2\x80\x94 stranger AAAAAAA="] * 99)),
        (witness, b"\n".join([b"\xe2\x80\x94 stranger AAAAAAA="] * 100)),
    ]
    return [good, *(good.replace(old, new, 1) for old, new in changes), b"", text, text + b"\n"]


def request() -> dict[str, Any]:
    """What we ask Go to make by itself."""
    return {
        "origin": ORIGIN,
        "log_key": str(LOG_KEY),
        "log_verifier": str(LOG_KEY.verifier),
        "witness_key": str(WITNESS_KEY),
        "time": TIME,
        "leaves": [base64.b64encode(leaf).decode() for leaf in leaves(70_000)],
        "sizes": RECORDED_SIZES,
        "inclusion": RECORDED_LEAVES + LARGE_LEAVES,
        "consistency": RECORDED_PAIRS + LARGE_PAIRS,
        "notes": [base64.b64encode(note).decode() for note in notes()],
    }


@cache
def go_is_here() -> bool:
    """Whether Go and the two packages are installed, as Debian installs them."""
    return shutil.which("go") is not None and (GO_PATH / "src/golang.org/x/mod/sumdb/tlog").is_dir()


def ask_go(program: Path, *words: object, given: str = "") -> "subprocess.CompletedProcess[str]":
    """Run the program; build it before, if it isn't there. Nothing is fetched from anywhere."""
    if not program.exists():
        offline = {
            "GO111MODULE": "off",
            "GOPATH": str(GO_PATH),
            "GOFLAGS": "",
            "GOPROXY": "off",
            "GOTOOLCHAIN": "local",
        }
        kept = {"GOCACHE": os.environ.get("GOCACHE", str(program.parent / "cache"))}
        command = ["go", "build", "-o", str(program), str(SOURCE)]
        subprocess.run(command, env=os.environ | offline | kept, check=True, timeout=600)
    command = [str(program), *map(str, words)]
    return subprocess.run(command, input=given, capture_output=True, text=True, check=False, timeout=600)


def accepted_by_go(program: Path, directory: Path) -> dict[str, int] | str:
    """What Go has accepted in this directory, or what it says against it."""
    run = ask_go(program, "accept", directory, LOG_KEY.verifier, WITNESS_KEY.verifier)
    answer: dict[str, int] | str = run.stderr if run.returncode else json.loads(run.stdout)
    return answer


def made_by_go(program: Path) -> dict[str, Any]:
    """Roots, tiles, proofs, notes and verdicts of Go's own making."""
    run = ask_go(program, "record", given=json.dumps(request()))
    if run.returncode:
        raise RuntimeError(run.stderr)
    answer: dict[str, Any] = json.loads(run.stdout)
    return answer

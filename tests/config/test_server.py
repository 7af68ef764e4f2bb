"""The server: what is broken beside the intake must not keep people from signing."""

import asyncio
from pathlib import Path

import pytest

from standwith.config.home import Home
from standwith.config.server import make_application
from tests.typed import type_command


@pytest.mark.parametrize("broken", ["witness/witness.sqlite", "witness/logs.txt", "keys/witness.key"])
def test_a_witness_that_cannot_be_used_keeps_nobody_from_signing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    home = Home(tmp_path / "home")
    for words in (("init", home.path), ("ledger", "init", "--home", home.path)):
        done = type_command(*words)
        assert done.returncode == 0, done.stderr
    home.manifest.write_text('{"version": 2, "campaigns": {}}')
    (home.path / broken).write_text("not what it should be\n")
    monkeypatch.setenv("STANDWITH_HOME", str(home.path))
    sent: list[object] = []

    async def send(message: object) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": "/act/en/a-cause/sign", "headers": []}
    asyncio.run(_ask(make_application, scope, send))
    assert sent


async def _ask(make: object, scope: dict[str, object], send: object) -> None:
    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b""}

    await make()(scope, receive, send)  # type: ignore[operator]

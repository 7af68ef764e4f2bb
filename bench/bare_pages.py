"""The least a page server can do: one page's bytes, read once, whatever is asked. The reference of bench/pages.py."""

import os
from pathlib import Path
from typing import Any

BODY = Path(os.environ["BENCH_PAGE"]).read_bytes() if "BENCH_PAGE" in os.environ else b""
START = {
    "type": "http.response.start",
    "status": 200,
    "headers": [(b"content-type", b"text/html; charset=utf-8"), (b"content-encoding", b"br")],
}
END = {"type": "http.response.body", "body": BODY}


async def application(_scope: Any, _receive: Any, send: Any) -> None:
    """Answer with the page."""
    await send(START)
    await send(END)

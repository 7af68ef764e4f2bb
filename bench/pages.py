"""How many pages a second reach readers while 100 acts a second are taken, and how much memory everything takes.

    .venv/bin/python -m bench.pages [--seconds 15] [--workers 2] [--connections 64]

The campaign page, as a phone's browser asks for it (brotli), from `standwith serve` with its clerk at work, driven by
wrk; 100 signatures a second beside it. References in the same run: the same server with a handler that sends the page's
bytes and does nothing else, under the same trickle of nothing; and nginx with the files that were published.
Memory is the proportional set size of all processes of the installation, read under this load.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import psutil
import typer

from bench.installation import PAGE, ROOT, found, free_port, running, text_of

NGINX = """
daemon off; pid {run}/nginx.pid; error_log {run}/error.log emerg; worker_processes 2;
{modules}
events {{ worker_connections 768; }}
http {{
  include /etc/nginx/mime.types; access_log off; sendfile on; open_file_cache max=2000;
  client_body_temp_path {run}/a; proxy_temp_path {run}/b; fastcgi_temp_path {run}/c;
  uwsgi_temp_path {run}/d; scgi_temp_path {run}/e;
  server {{ listen 127.0.0.1:{port}; root {site}; index index.html; gzip_static on; }}
}}
"""


def drive(port: int, seconds: int, connections: int, encoding: str = "br") -> float:
    """Pages a second that wrk was given, all with status 200."""
    command = [
        "wrk",
        "-t1",
        f"-c{connections}",
        f"-d{seconds}s",
        "-H",
        f"Accept-Encoding: {encoding}",
        f"http://127.0.0.1:{port}{PAGE}",
    ]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in out or "Socket errors" in out:
        raise SystemExit(f"wrk was not given what it asked for:\n{out}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1])


def measure_built_in(
    home: Path, port: int, seconds: int, connections: int
) -> tuple[float, float, list[tuple[str, float]]]:
    """Pages a second, acts a second beside them, and the memory of each process in MB."""
    command = (sys.executable, "-m", "standwith")
    with (
        running(*command, "serve", "--home", str(home), port=port) as server,
        running(*command, "clerk", "--home", str(home)) as clerk,
    ):
        drive(port, 2, connections)
        trickle = subprocess.Popen(
            [sys.executable, "-m", "bench.trickle", str(port), text_of(home), "100", str(seconds)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        pages = drive(port, seconds, connections)
        acts = float(trickle.communicate()[0])
        memory = [*weigh("server", server), *weigh("clerk", clerk)]
    return pages, acts, memory


def measure_bare(home: Path, seconds: int, connections: int, workers: int) -> float:
    """The same server with the bare handler."""
    port = free_port()
    os.environ["BENCH_PAGE"] = str(home / "site" / PAGE.strip("/") / "index.html.br")
    command = [sys.executable, "-m", "granian", "--interface", "asginl", "--port", str(port), "--workers", str(workers)]
    with running(*command, "--no-ws", "--log-level", "warning", "bench.bare_pages:application", port=port):
        drive(port, 2, connections)
        return drive(port, seconds, connections)


def measure_nginx(home: Path, place: Path, seconds: int, connections: int) -> float:
    """nginx with the published files, compressed beside themselves (gzip: every Debian nginx can)."""
    run, port = place / "nginx", free_port()
    run.mkdir()
    place.chmod(0o755)
    text = NGINX.format(
        run=run, port=port, site=(home / "site").resolve(), modules="user root;" if os.getuid() == 0 else ""
    )
    (run / "nginx.conf").write_text(text)
    nginx = shutil.which("nginx") or "/usr/sbin/nginx"
    with running(nginx, "-c", str(run / "nginx.conf"), "-p", str(run), port=port):
        drive(port, 2, connections, "gzip")
        return drive(port, seconds, connections, "gzip")


def weigh(name: str, pid: int) -> list[tuple[str, float]]:
    """Proportional set size of a process and its children, in MB."""
    root = psutil.Process(pid)
    family = [root, *root.children(recursive=True)]
    return [(f"{name} {place}", process.memory_full_info().pss / 1e6) for place, process in enumerate(family)]


def run_all(
    seconds: Annotated[int, typer.Option(help="How long each run takes.")] = 15,
    workers: Annotated[int, typer.Option(help="Worker processes of the server.")] = 2,
    connections: Annotated[int, typer.Option(help="Connections that wrk keeps open.")] = 64,
) -> None:
    """Measure pages and memory."""
    place = Path(tempfile.mkdtemp(prefix="standwith-bench-"))
    try:
        home, port = found(place, workers)
        pages, acts, memory = measure_built_in(home, port, seconds, connections)
        bare = measure_bare(home, seconds, connections, workers)
        nginx = measure_nginx(home, place, seconds, connections)
    finally:
        shutil.rmtree(place)
    print(f"built in   {pages:7.0f} pages/s while {acts:.0f} acts/s are taken")
    print(f"bare       {bare:7.0f} pages/s   ratio {pages / bare:5.2f}")
    print(f"nginx      {nginx:7.0f} pages/s   from the published files")
    print(
        f"memory     {sum(size for _, size in memory):7.0f} MB together: {', '.join(f'{n} {s:.0f}' for n, s in memory)}"
    )


if __name__ == "__main__":
    typer.run(run_all)

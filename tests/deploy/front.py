"""A real nginx on the loopback with the configuration of deploy/, paths and ports put elsewhere, and a stand-in server.

Nothing else of the configuration is changed, so that what the tests see is what a campaign gets.
"""

import contextlib
import http.server
import os
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.client import HTTPSConnection
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

NAME = "act.example.org"
DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
LONG = 32_000_000  # more than the sockets between server and reader can hold
MODULES = Path("/etc/nginx/modules-enabled")

# The parts of Debian's nginx.conf that reach into a site's configuration: its logs above all.
AROUND = """
{user}daemon off;
pid {run}/nginx.pid;
error_log {logs}/error.log notice;
include {modules}/*.conf;
events {{ worker_connections 768; }}
http {{
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    access_log {logs}/access.log;
    gzip on;
    client_body_temp_path {run}/body;
    proxy_temp_path {run}/proxy;
    fastcgi_temp_path {run}/fastcgi;
    uwsgi_temp_path {run}/uwsgi;
    scgi_temp_path {run}/scgi;
    {brotli}
    include {run}/standwith.conf;
}}
"""


@dataclass
class Received:
    """One request as the server behind nginx saw it."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Front:
    """A running nginx: where it listens, where it writes, and what it handed on."""

    run: Path
    port: int
    plain_port: int
    received: list[Received] = field(default_factory=list)

    @property
    def site(self) -> Path:
        return self.run / "srv" / "site"

    @property
    def logs(self) -> Path:
        return self.run / "log"

    def connect(self) -> HTTPSConnection:
        """A connection that names the site in its handshake, as a browser does."""
        return _Named("127.0.0.1", self.port, context=_trusting(), timeout=10)

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> "Answer":
        """One request; header names are given with underscores."""
        connection = self.connect()
        sent = {"Host": NAME} | {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, sent)
        response = connection.getresponse()
        with contextlib.closing(connection):
            return Answer(
                response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()
            )


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


class _Named(HTTPSConnection):
    def connect(self) -> None:
        plain = socket.create_connection((self.host, self.port), self.timeout)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sock = self._context.wrap_socket(plain, server_hostname=NAME)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def find_nginx() -> str:
    found = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    assert found, "nginx is missing; `make setup-dev` installs it"
    return found


def has_brotli() -> bool:
    return any(MODULES.glob("*brotli-static*"))


def lay_out(run: Path, *, behind: int) -> Front:
    """Write the configuration into `run`, with the stand-in server at port `behind`."""
    front = Front(run, free_port(), free_port())
    for directory in (front.site, front.logs, run / "tls", run / "srv" / "acme"):
        directory.mkdir(parents=True)
    _write_certificate(run / "tls")
    text = (DEPLOY / "nginx" / "standwith.conf").read_text(encoding="utf-8")
    for here, there in (
        ("/opt/standwith/deploy", str(DEPLOY)),
        ("/srv/standwith", str(run / "srv")),
        ("/etc/standwith/tls", str(run / "tls")),
        ("/var/log/nginx", str(front.logs)),
        ("server 127.0.0.1:8000;", f"server 127.0.0.1:{behind};"),
    ):
        assert here in text
        text = text.replace(here, there)
    text = re.sub(r"\n +listen \[::\].*", "", text)  # a test machine may have no IPv6
    text = text.replace("listen 80", f"listen 127.0.0.1:{front.plain_port}")
    text = text.replace("listen 443", f"listen 127.0.0.1:{front.port}")
    (run / "standwith.conf").write_text(text, encoding="utf-8")
    user = "user root;\n" if os.geteuid() == 0 else ""
    brotli = f"include {DEPLOY}/nginx/brotli.conf;" if has_brotli() else ""
    around = AROUND.format(user=user, run=run, logs=front.logs, modules=MODULES, brotli=brotli)
    (run / "nginx.conf").write_text(around, encoding="utf-8")
    return front


@contextlib.contextmanager
def standing(front: Front) -> Iterator[Front]:
    """Run nginx for the length of the block."""
    process = subprocess.Popen([find_nginx(), "-c", front.run / "nginx.conf"], stderr=subprocess.DEVNULL)
    try:
        _wait(front.port)
        yield front
    finally:
        process.terminate()
        process.wait(10)


@contextlib.contextmanager
def server_behind(received: list[Received]) -> Iterator[int]:
    """Run a stand-in for `standwith serve` that keeps what it was sent; yields its port."""

    class Door(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer(200, b"a" * LONG if self.path.endswith("/long") else b"<title>one button</title>")

        def do_POST(self) -> None:
            self._answer(303, b"")

        def _answer(self, status: int, body: bytes) -> None:
            sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            received.append(Received(self.command, self.path, dict(self.headers.items()), sent))
            self.send_response(status)
            self.send_header("Cache-Control", "no-store")
            self.send_header("Content-Security-Policy", "default-src 'none'")
            if status == 303:
                self.send_header("Location", "/en/a/check-your-mail/")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.server_address[1]
        server.shutdown()


def _wait(port: int) -> None:
    for _ in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise AssertionError("nginx did not start")


def _trusting() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def _write_certificate(directory: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(now)
    certificate = builder.not_valid_after(now + timedelta(days=1)).sign(key, hashes.SHA256())
    plain, pem = serialization.NoEncryption(), serialization.Encoding.PEM
    (directory / "fullchain.pem").write_bytes(certificate.public_bytes(pem))
    (directory / "privkey.pem").write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))

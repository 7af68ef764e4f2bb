"""`standwith serve`: the built-in web server of an installation, until it is stopped."""

import socket
from pathlib import Path

from standwith.cli.home import HomeOption, enter
from standwith.cli.refusal import Refusal
from standwith.config.server import run_server
from standwith.intake.errors import IntakeRefused
from standwith.intake.manifest import read_manifest


def serve(home: HomeOption = Path("standwith")) -> None:
    """Serve the site and take acts. Runs until stopped; needs `standwith clerk` beside it."""
    place, settings = enter(home)
    if not place.manifest.exists():
        raise Refusal(f"Nothing is published yet; publish first: standwith publish DIR --home {place.path}")
    try:
        read_manifest(place.manifest.read_bytes())
    except IntakeRefused as problem:
        raise Refusal(str(problem)) from None
    address, port = settings.address
    check_port(address, port)
    run_server(place, address=address, port=port, workers=settings.workers)


def check_port(address: str, port: int) -> None:
    """Raise Refusal when nothing can listen there, before the server's workers find out one by one."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            raise Refusal(f"Cannot listen at {address}:{port}: {error.strerror}; set another `listen`.") from None

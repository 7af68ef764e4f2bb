"""kill -9 of server and clerk at random moments under load: nothing anyone was told is lost, nothing counted twice."""

import itertools
import random
import re
import threading
import time
from pathlib import Path

from tests.faults.installation import Installation, Supporter

KILLS = 50


def test_what_was_acknowledged_survives_fifty_kills(tmp_path: Path) -> None:
    installation = Installation(tmp_path)
    load = Load(installation)
    moments = random.Random(20200809)
    try:
        installation.start_server()
        installation.start_clerk()
        load.start()
        for kill in range(KILLS):
            time.sleep(moments.uniform(0.02, 0.6))
            if kill % 2:
                installation.kill_clerk()
                installation.start_clerk()
            else:
                installation.kill_server()
                installation.start_server()
        load.stop()
        installation.wait_until_read()
        confirmed = confirm_every_second(installation)
        installation.wait_until_read()
        (number,) = installation.ask("SELECT count(*) FROM supporters_signature")[0]
        installation.wait_until_shown(number)
        verified = installation.verify()
    finally:
        load.stop()
        installation.stop()
    waiting = installation.addresses("supporters_pending")
    counted = installation.addresses("supporters_signature")
    mailed = {address for address, _ in installation.mails()}
    assert len(load.thanked) > 200, "there was hardly any load"
    assert load.thanked - waiting.keys() - counted.keys() == set(), "acknowledged, but not stored"
    assert load.thanked - mailed == set(), "acknowledged, but never asked to confirm"
    assert (load.confirmed | confirmed) - counted.keys() == set(), "confirmation acknowledged, but not counted"
    assert max((waiting + counted).values()) == 1, "stored twice"
    assert number == counted.total()
    assert re.search(rf"\b{number:,}\b", verified), f"the ledger says otherwise: {verified}"
    assert installation.ask("SELECT coalesce(sum(number), 0) FROM supporters_tally") == [(counted.total(),)]


def confirm_every_second(installation: Installation) -> set[str]:
    """Open half of the letters that are there and confirm; return who was thanked."""
    supporter = Supporter(installation)
    letters = sorted(installation.mails())[::2]
    return {address for address, path in letters if supporter.confirm(path)}


class Load:
    """Two people who sign without pause and one who confirms what arrives; all remember what they were thanked for."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.thanked: set[str] = set()
        self.confirmed: set[str] = set()
        self.stopping = threading.Event()
        self.threads = [threading.Thread(target=self._sign, args=(who,)) for who in ("amina", "noor")]
        self.threads.append(threading.Thread(target=self._confirm))

    def start(self) -> None:
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        self.stopping.set()
        for thread in self.threads:
            if thread.ident:
                thread.join()

    def _sign(self, who: str) -> None:
        supporter = Supporter(self.installation)
        for turn in itertools.count():
            if self.stopping.wait(0.005):
                return
            address = f"{who}-{turn}@example.org"
            if supporter.sign(address):
                self.thanked.add(address)

    def _confirm(self) -> None:
        supporter = Supporter(self.installation)
        done: set[str] = set()
        while not self.stopping.wait(0.2):
            for address, path in self.installation.mails()[:20]:
                if address not in done and supporter.confirm(path):
                    done.add(address)
                    self.confirmed.add(address)

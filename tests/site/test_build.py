"""Publishing: only what changed, never a half, and the same tree however often it is killed."""

import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from standwith.campaigns.model import Campaign
from standwith.site.numbers import Numbers
from standwith.site.state import NAME, read_state
from tests.site.conftest import AUDIT, NOW, NUMBERS, Publish

KILLED = """
import os, signal, sys
from pathlib import Path
from tests.site.conftest import LEDGER, NOW, NUMBERS, SITE_URL
from tests.campaigns.belarus import CAMPAIGN, translate
from msgspec.structs import replace
import standwith.site.edition
from standwith.site.build import build

standwith.site.edition.publishable = lambda campaign: campaign.languages
out, step, kill_at = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
done = 0

def die_at(function):
    def counted(*arguments, **named):
        global done
        done += 1
        if done == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*arguments, **named)
    return counted

setattr(os, "replace", die_at(os.replace))
setattr(Path, "unlink", die_at(Path.unlink))
campaign = translate(translate(CAMPAIGN, "fr"), "ar")
if step == "second":
    campaign = replace(campaign, headline="Set all of them free.", languages=("en", "ar"))
build([campaign], out, site_url=SITE_URL, numbers={campaign.id: NUMBERS}, now=NOW, ledger=LEDGER)
"""


def tree(site: Path) -> dict[str, bytes]:
    """Every file under the site, temporary ones too, with its bytes."""
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_a_second_publication_of_the_same_writes_nothing(small: Campaign, publish: Publish, tmp_path: Path) -> None:
    first = publish(small)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*")}
    second = publish(small)
    assert (second.written, second.removed, second.unchanged) == (0, 0, first.written)
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*")} == before


def test_a_new_number_touches_only_what_shows_it(small: Campaign, publish: Publish, tmp_path: Path) -> None:
    publish(small)
    before = tree(tmp_path / "site")
    publish(small, numbers={small.id: replace(NUMBERS, confirmed=48214)})
    after = tree(tmp_path / "site")
    changed = {path.removesuffix(".gz").removesuffix(".br") for path in after if before[path] != after[path]}
    shown = {f"{code}/{place}index.html" for code in ("en", "fr", "ar") for place in ("", "belarus/", "how-we-count/")}
    assert changed == {*shown, "belarus/count.json", NAME}


def changed_by(publish: Publish, small: Campaign, site: Path, numbers: Numbers) -> set[str]:
    """Which files another publication touches when only the numbers are these."""
    publish(small)
    before = tree(site)
    publish(small, numbers={small.id: numbers})
    after = tree(site)
    return {path.removesuffix(".gz").removesuffix(".br") for path in after if before[path] != after[path]} - {NAME}


def test_a_ledger_that_grew_for_others_touches_no_campaign_page(
    small: Campaign, publish: Publish, tmp_path: Path
) -> None:
    touched = changed_by(publish, small, tmp_path / "site", replace(NUMBERS, size=NUMBERS.size + 1, waiting=3))
    assert touched == {"belarus/count.json", *(f"{code}/how-we-count/index.html" for code in ("en", "fr", "ar"))}


def test_another_witness_is_seen_where_the_number_is(small: Campaign, publish: Publish, tmp_path: Path) -> None:
    touched = changed_by(publish, small, tmp_path / "site", replace(NUMBERS, cosigned=3))
    assert {"en/belarus/index.html", "en/how-we-count/index.html", "belarus/count.json"} <= touched
    assert not any(name in path for path in touched for name in ("verify", "your-data", "audits", "sources"))


def test_an_audit_is_seen_on_its_page_and_beside_the_count(small: Campaign, publish: Publish, tmp_path: Path) -> None:
    touched = changed_by(publish, small, tmp_path / "site", replace(NUMBERS, audits=(AUDIT,)))
    places = [f"{code}/{page}/index.html" for code in ("en", "fr", "ar") for page in ("audits", "how-we-count")]
    assert touched == set(places)


def test_the_ledgers_own_files_are_left_alone(small: Campaign, publish: Publish, tmp_path: Path) -> None:
    log = tmp_path / "site/log"
    for path in ("checkpoint", "tile/0/000.p/12", "tile/0/.000.3f2a.tmp", "roll/.0011223344556677.txt.9a.tmp"):
        (log / path).parent.mkdir(parents=True, exist_ok=True)
        (log / path).write_bytes(b"theirs")
    (tmp_path / "site/en").mkdir()
    (tmp_path / "site/en/.index.html.77.tmp").write_bytes(b"ours")
    before = tree(log)
    publish(small, replace(small, id="other"))
    publish(small)
    assert tree(log) == before
    assert not list((tmp_path / "site/en").glob(".*.tmp"))


def test_the_time_of_counting_alone_changes_nothing(small: Campaign, publish: Publish) -> None:
    publish(small)
    later = replace(NUMBERS, as_of=NOW + timedelta(hours=1))
    assert publish(small, numbers={small.id: later}, now=NOW + timedelta(hours=1)).written == 0


def test_a_campaign_that_is_taken_back_leaves_nothing_behind(small: Campaign, publish: Publish, tmp_path: Path) -> None:
    publish(small, replace(small, id="other"))
    assert publish(small).removed > 0
    alone = tmp_path / "alone"
    publish(small, out=alone)
    assert tree(tmp_path / "site") == tree(alone)
    assert not (tmp_path / "site/en/other").exists()


def test_what_others_put_into_the_directory_is_left_alone(small: Campaign, publish: Publish, tmp_path: Path) -> None:
    theirs = tmp_path / "site/.well-known/security.txt"
    theirs.parent.mkdir(parents=True)
    theirs.write_text("Contact: mailto:desk@example.org\n")
    publish(small, replace(small, id="other"))
    publish(small)
    assert theirs.exists()


@pytest.mark.parametrize("gone", ["en/index.html", "en/index.html.gz", "number.js.br"])
def test_a_file_that_was_lost_comes_back(small: Campaign, publish: Publish, tmp_path: Path, gone: str) -> None:
    publish(small)
    before = tree(tmp_path / "site")
    (tmp_path / "site" / gone).unlink()
    assert publish(small).written == 1
    assert tree(tmp_path / "site") == before


def test_a_damaged_state_means_everything_is_looked_at_again(small: Campaign, publish: Publish, tmp_path: Path) -> None:
    publish(small)
    before = tree(tmp_path / "site")
    (tmp_path / "site" / NAME).write_bytes(b'{"version": 1, "files": {"../../etc/passwd"')
    (tmp_path / "site/en/index.html").write_bytes(b"half a pa")
    assert publish(small).written == 1
    assert tree(tmp_path / "site") == before


def test_a_page_that_comes_out_as_it_was_is_left_alone(small: Campaign, publish: Publish, tmp_path: Path) -> None:
    publish(small)
    rules = tmp_path / "site/en/how-we-count/index.html"
    before = rules.stat().st_mtime_ns
    changed = msgspec.structs.replace(small, summary="One sentence more.")
    report = publish(changed)
    assert "One sentence more." in (tmp_path / "site/en/belarus/index.html").read_text("utf-8")
    assert rules.stat().st_mtime_ns == before
    assert 0 < report.written < report.unchanged


def test_no_campaign_is_a_site_too(publish: Publish, tmp_path: Path) -> None:
    publish()
    assert "There is no campaign here yet." in (tmp_path / "site/en/index.html").read_text("utf-8")


def test_a_page_over_the_budget_is_reported(small: Campaign, publish: Publish) -> None:
    long = " ".join(f"{number:x}{number * 7919:x}" for number in range(9000))
    assert publish(replace(small, statement=(long,))).heavy == tuple(
        f"{code}/belarus/index.html" for code in small.languages
    )


# Renames come three to a page, after one of the state; removals follow. The numbers hit each of these stages.
@pytest.mark.parametrize(
    ("step", "kill_at"), [("first", n) for n in (1, 2, 3, 20, 61)] + [("second", n) for n in (4, 50, 75)]
)
def test_killed_at_any_moment_the_next_build_ends_with_the_same_tree(
    small: Campaign, publish: Publish, tmp_path: Path, step: str, kill_at: int
) -> None:
    changed = replace(small, headline="Set all of them free.", languages=("en", "ar"))
    wanted = small if step == "first" else changed
    publish(wanted, out=tmp_path / "clean")
    if step == "second":
        publish(small)
    else:
        (tmp_path / "site").mkdir()
    died = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path / "site"), step, str(kill_at)],
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert died.returncode == -signal.SIGKILL
    publish(wanted)
    assert tree(tmp_path / "site") == tree(tmp_path / "clean")
    assert all(read_state(tmp_path / "site").values())

"""`standwith audit`: from the commitment to the report, with real sealed records, and what an outsider makes of it."""

import base64
import hashlib
import json
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import msgspec
import pytest

import standwith.cli.custody  # noqa: F401  every command that the installation stands in for
from standwith.cli.audit import check, commit, draw, record, report, tag_key
from standwith.cli.custodian import unseal
from standwith.cli.export import export
from standwith.cli.ledger import make_receipt
from standwith.cli.open import open_records
from standwith.cli.refusal import Refusal
from standwith.ledger.addendum import addendum_path
from standwith.ledger.audit.beacon import QUICKNET, beacon_of_round, first_round
from standwith.ledger.audit.bounds import share_at_most
from standwith.ledger.cosignature import cosign
from standwith.ledger.leaf import Kind, Reason, campaign_tag, make_void
from standwith.ledger.note import COSIGNATURE, make_signer, read_note
from standwith.ledger.policy import read_policy
from tests.cli.keeping import Server
from tests.custody.examples import CAMPAIGN, KEYS, ORIGIN, OTHER
from tests.custody.examples import record as person

TAG = campaign_tag(ORIGIN, CAMPAIGN)
VALUE, THROWS = "3c" * 32, "31643 52126 31643 52126 31643"


class Later(datetime):
    """Three hours on: the draw is over."""

    @classmethod
    def now(cls, tz=None):
        return datetime.now(tz) + timedelta(hours=3)


class Federation:
    """A server whose log a witness cosigns, eight people who signed, and their custodians' keys."""

    def __init__(self, path, monkeypatch):
        self.path, self.patch = path, monkeypatch
        self.server = Server(path / "home", monkeypatch, people=0)
        self.home = self.server.home
        monkeypatch.setattr("standwith.cli.auditing.enter", lambda _: (self.home, self.server.settings))
        self.witness = make_signer("noor.example.net/witness", COSIGNATURE)
        policy = f"log {self.server.signer.verifier}\nwitness noor {self.witness.verifier}\nquorum none\n".encode()
        for place in (self.home.policy, self.home.log / "policy"):
            place.write_bytes(policy)
        self.policy = read_policy(policy)
        for number, secret in enumerate(KEYS):
            (path / f"key{number}").write_text(f"{secret}\n")
        self.indexes = [self.sign(number) for number in range(8)]
        self.publish()

    def sign(self, number, **changes):
        """Somebody signs, and somebody else another campaign before."""
        self.server.take_in(person(number, OTHER))
        given = {"address": f"person{number}@unions.home.arpa"} | changes
        return self.server.take_in(person(number, **given))

    def publish(self, witnessed=True):
        from standwith.ledger.log import Log

        self.server.publish()
        if witnessed:
            log = Log.open(self.home.log, self.server.signer)
            text = read_note(log.checkpoint).text
            log.cosign(cosign(self.witness, text, int(datetime.now(UTC).timestamp())).encode(), self.policy)

    def void(self, index):
        from django.db import transaction

        from standwith.ledger.rows import queue

        with transaction.atomic():
            queue(make_void(TAG, index, Reason.DUPLICATE))
        self.publish()

    def commit(self, n=8, **more):
        """Commit, and see it published; the commitment's index."""
        from standwith.ledger.rows import size

        number = first_round(datetime.now(UTC) + timedelta(hours=2))
        commit(CAMPAIGN, n=n, **({"number": number, "tags": self.path / "tags"} | more))
        self.publish()
        return size() - 1

    def wait(self):
        """Let the time of the draw come."""
        for module in ("audit", "auditing"):
            self.patch.setattr(f"standwith.cli.{module}.datetime", Later)

    def draw(self, index, value=VALUE, to="sample.json"):
        self.wait()
        draw(str(self.home.log), value, self.path / to, index)
        return self.path / to

    def open(self, sample, **more):
        """The custodians' part, on their machines: two of three unseal, and one opens."""
        bundle, log_key = self.path / "sample.bundle", str(self.server.signer.verifier)
        export(CAMPAIGN, bundle, sample=sample)
        shares = []
        for number in (0, 2):
            shares.append(self.path / f"{number}.shares")
            unseal(bundle, self.path / f"key{number}", shares[-1], sample=sample, log_key=log_key)
        try:
            open_records(bundle, None, shares, audit=self.path / "opened", sample=sample, log_key=log_key, **more)
        except SystemExit as left_out:
            assert left_out.code == 1
        return self.path / "opened"

    def record(self, sample, throw_away=None, **more):
        found = self.path / "results.json"
        record(sample, [self.open(sample, **more)], found, self.path / "tags", throw_away)
        return found

    def checked(self, capsys, **more):
        """What `check` says, and its status."""
        capsys.readouterr()
        status = 0
        try:
            check(str(self.home.log), **more)
        except SystemExit as ended:
            status = ended.code
        return status, capsys.readouterr().out


@pytest.fixture
def place(tmp_path, monkeypatch):
    return Federation(tmp_path, monkeypatch)


def results(path):
    return json.loads(path.read_text())["results"]


def test_from_the_commitment_to_the_report_and_what_anybody_can_check(place, capsys):
    place.indexes += [
        place.sign(20, consents=()),
        place.sign(21, address="person21@example.org"),
        place.sign(22, name="PERSON 1", address="Person1+news@unions.home.arpa"),
        place.sign(23),
    ]
    voided = place.sign(24)
    place.publish()
    place.void(voided)
    index = place.commit(n=12)
    receipt = place.path / "commitment.tlog-proof"
    receipt.write_bytes(make_receipt(place.home.log, index))
    forget(place.indexes[11])

    sample = place.draw(index)
    drawn = json.loads(sample.read_text())
    assert sorted(drawn["sample"]) == place.indexes  # all who count; not the one that was voided
    found = place.record(sample)
    expected = dict.fromkeys(map(str, place.indexes), "valid")
    for number, word in ((8, "invalid:consent"), (9, "invalid:domain"), (10, "invalid:duplicate"), (11, "unopened")):
        expected[str(place.indexes[number])] = word
    assert results(found) == expected
    assert "Person" not in found.read_text() and "arpa" not in found.read_text()

    report(found, receipt)
    place.publish()
    status, said = place.checked(capsys, results=found)
    assert status == 0
    assert f"Leaf {index}: {CAMPAIGN} commits to opening 12 of the 12 signatures" in said
    assert "Before the draw it was seen by 1 of 1 witnesses" in said
    assert f"the report on the commitment at leaf {index} holds" in said
    assert "4 of 12 records were invalid or could not be opened: 1 consent, 1 domain, 1 duplicate, 1 unopened" in said
    assert "At most 33.3334 % of the signatures are invalid, with 95 % confidence." in said

    outsider(place, index)
    shown(place, index)


def forget(index):
    """Somebody withdraws after the commitment: the record is gone."""
    from standwith.supporters.models import Signature

    Signature.objects.filter(index=index).delete()


def newest_bundle(place):
    return max((place.home.log / "tile/entries/000.p").iterdir(), key=lambda path: int(path.name))


def outsider(place, index):
    """Work it out from the public files with nothing of ours but the page of the protocol."""
    data = newest_bundle(place).read_bytes()
    leaves = [data[at : at + 76] for at in range(2, len(data), 78)]
    words = [place.home.log / addendum_path(leaves[at][26:58]) for at in (index, len(leaves) - 1)]
    committed, told = (json.loads(path.read_text()) for path in words)
    assert (committed["kind"], told["kind"], told["commit"]) == ("commit", "report", index)
    root = base64.b64encode(bytes.fromhex(committed["root"])).decode()
    text = f"{ORIGIN}\n{committed['size']}\n{root}\n".encode()
    seed = hashlib.sha256(b"standwith/audit/seed\0" + text + leaves[index] + bytes.fromhex(told["value"])).digest()
    assert told["seed"] == seed.hex()
    signed = [at for at, leaf in enumerate(leaves[: committed["size"]]) if leaf[:10] == b"\1\1" + TAG]
    gone = [int.from_bytes(leaf[10:18], "big") for leaf in leaves if leaf[:10] == b"\1\3" + TAG]
    tickets = sorted((hashlib.sha256(seed + at.to_bytes(8, "big")).digest(), at) for at in set(signed) - set(gone))
    assert told["sample"] == [at for _, at in tickets[: committed["n"]]]
    assert set(told) == {
        *("bounds", "campaign", "commit", "confidence", "date", "invalid", "kind", "n", "receipt", "results"),
        *("sample", "seed", "size", "value"),
    }


def shown(place, index):
    """What the pages are given; of a campaign without audits they learn it by one query."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from standwith.config.publication import audits_of, count
    from standwith.ledger.statements import statements

    (audit,) = audits_of(TAG)
    assert count(CAMPAIGN, datetime.now(UTC)).audits == (audit,)
    assert (audit.campaign, audit.n, audit.invalid, audit.bound95) == (CAMPAIGN, 12, 4, share_at_most(12, 12, 4, 95))
    assert audit.addendum == statements(Kind.AUDIT, TAG)[1][26:58].hex()
    with CaptureQueriesContext(connection) as asked:
        assert audits_of(campaign_tag(ORIGIN, OTHER)) == ()
    assert len(asked) == 1


def test_a_part_is_drawn_and_the_report_says_how_much_it_shows(place, capsys):
    index = place.commit(n=3, confidence=99)
    found = place.record(place.draw(index))
    assert list(results(found).values()) == ["valid"] * 3
    report(found)
    assert "No witness is on record to have seen" in capsys.readouterr().out
    place.publish()
    status, said = place.checked(capsys)
    assert status == 0
    assert "Not proved: that it stood there before the draw." in said
    assert f"At most {share_at_most(8, 3, 0, 99) * 100:.4f} % of the signatures are invalid, with 99 %" in said


def test_everybody_draws_the_same_and_another_value_draws_others(place):
    index = place.commit(n=4)
    one, two, other = place.draw(index), place.draw(index, to="again"), place.draw(index, "3d" * 32, "other")
    assert one.read_bytes() == two.read_bytes() != other.read_bytes()


def test_nobody_draws_before_the_time_has_come(place):
    index = place.commit()
    with pytest.raises(Refusal, match="has no value before"):
        draw(str(place.home.log), VALUE, place.path / "sample.json", index)
    assert not (place.path / "sample.json").exists()


def test_dice_may_draw(place, capsys):
    at = (datetime.now(UTC) + timedelta(hours=2)).isoformat(timespec="seconds")
    index = place.commit(n=3, number=None, beacon=f"dice:the congress in May, on the stage@{at}")
    found = place.record(place.draw(index, THROWS))
    report(found)
    place.publish()
    status, said = place.checked(capsys)
    assert status == 0
    assert THROWS.replace(" ", "") in said


def test_a_commitment_names_what_it_should(place):
    from standwith.ledger.rows import published
    from standwith.ledger.statements import statements, words_of
    from standwith.supporters.models import Signature

    before = published(TAG)
    number = first_round(datetime.now(UTC) + timedelta(hours=2))
    Signature.objects.filter(index=place.indexes[0]).update(epoch=b"\1" * 8, person=b"\2" * 16)
    place.commit(n=5, number=number)
    (leaf,) = statements(Kind.AUDIT, TAG)
    told = msgspec.json.decode(words_of(leaf))
    assert told["size"] == before.size
    assert told["beacon"] == f"drand:{QUICKNET}:{number}"
    assert told["time"] == beacon_of_round(number).time.strftime("%Y-%m-%dT%H:%M:%SZ")
    tags = (place.path / "tags").read_bytes()
    assert tags == f"standwith-tags-1\n{place.indexes[0]} {'01' * 8} {'02' * 16}\n".encode()
    assert told["tags"] == hashlib.sha256(tags).hexdigest()
    assert (place.path / "tags").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"number": first_round(datetime(2026, 1, 1, tzinfo=UTC))}, "name one that comes after"),
        ({"number": None}, r"--round \d+ comes at"),
        ({"beacon": "drand:quicknet:5"}, r"Say what will draw, with --round or --beacon"),
        ({"number": None, "beacon": "drand:quicknet:5"}, "name one that comes after"),
        ({"number": None, "beacon": "drand:quicknet:5@2099-01-01T00:00:00Z"}, "comes at 2023-08-23"),
        ({"number": None, "beacon": "coin"}, "Write a beacon like"),
        ({"n": 9}, "In the ledger 8 signatures"),
        ({"confidence": 90}, "95 or 99"),
    ],
)
def test_commitments_that_are_refused(place, more, said):
    from standwith.ledger.rows import size

    before = size()
    with pytest.raises(Refusal, match=said):
        place.commit(**more)
    place.publish()
    assert size() == before
    assert not (place.path / "tags").exists()


def test_a_campaign_that_nobody_published(place):
    with pytest.raises(Refusal, match="was ever published"):
        commit("nowhere", n=3, tags=place.path / "tags", number=first_round(datetime.now(UTC) + timedelta(hours=2)))


def test_a_file_of_tags_is_never_overwritten(place):
    (place.path / "tags").write_text("precious")
    with pytest.raises(Refusal, match="already there"):
        place.commit()
    assert (place.path / "tags").read_text() == "precious"


def test_draw_says_which_commitments_there_are(place):
    index = place.commit(n=3)
    for asked in (None, 0, index + 1):
        with pytest.raises(Refusal, match=rf"It has these: {index} \({CAMPAIGN}, 3 records\)"):
            place.draw(asked)
    with pytest.raises(Refusal, match="64 hexadecimal digits"):
        place.draw(index, "tails")


def test_draw_without_any_commitment(place):
    with pytest.raises(Refusal, match="It has none"):
        place.draw(3)


def test_another_file_of_tags_is_refused(place):
    sample = place.draw(place.commit(n=3))
    opened = place.open(sample)
    (place.path / "other").write_bytes((place.path / "tags").read_bytes() + b"1 22 33\n")
    with pytest.raises(Refusal, match="not the file of duplicate tags"):
        record(sample, [opened], place.path / "results", place.path / "other")
    with pytest.raises(Refusal, match="nowhere"):
        record(sample, [opened], place.path / "results", place.path / "nowhere")
    assert not (place.path / "results").exists()


def test_committed_tags_find_somebody_who_was_not_drawn_twice(place):
    """Two signatures with the tags of one person, of which only the later may be in the sample."""
    from standwith.ledger.audit.tags import digest_of

    sample = place.draw(place.commit(n=8))
    opened, drawn = place.open(sample), json.loads(sample.read_text())
    first, last = place.indexes[0], place.indexes[-1]
    forged = f"standwith-tags-1\n{first} 01 02\n{last} 01 02\n".encode()
    (place.path / "forged").write_bytes(forged)
    sample.write_text(json.dumps(drawn | {"tags": digest_of(forged)}))
    record(sample, [opened], place.path / "results", place.path / "forged")
    assert {index for index, word in results(place.path / "results").items() if word != "valid"} == {str(last)}


def test_custodians_with_the_key_of_the_epoch_find_wrong_tags(place, capsys):
    """The clerk's tags, one of them another one than the record's own."""
    from standwith.supporters.epochs import Epochs
    from standwith.supporters.models import Signature

    (place.path / "memory").mkdir()
    clerk = Epochs(place.path / "memory")
    for number, index in enumerate(place.indexes):
        names = f"person{number}@unions.home.arpa", f"{number if number != 3 else 33} person"
        tags = clerk.tags(CAMPAIGN, *names, guarded=False, now=datetime.now(UTC))
        Signature.objects.filter(index=index).update(epoch=tags.epoch, person=tags.person)
    sample = place.draw(place.commit(n=8))
    place.patch.setattr(Epochs, "open", lambda *_: Epochs(place.path / "memory"))
    place.patch.setattr("standwith.cli.auditing.enter", lambda _: (place.home, place.server.settings))
    capsys.readouterr()
    tag_key(CAMPAIGN)
    printed = capsys.readouterr()
    assert "whoever has this key and the file of tags can try" in printed.err
    (place.path / "tag.key").write_text(printed.out)
    found = place.record(sample, tag_key=place.path / "tag.key")
    assert results(found) == {str(i): "invalid:tag" if n == 3 else "valid" for n, i in enumerate(place.indexes)}
    assert "The tags of 8 records were worked out anew." in capsys.readouterr().out
    with pytest.raises(Refusal, match="has no key that tells who signed twice"):
        tag_key(OTHER)


def test_custodians_may_name_throw_away_domains(place):
    (place.path / "domains").write_text("unions.home.arpa\n")
    found = place.record(place.draw(place.commit(n=3)), throw_away=place.path / "domains")
    assert set(results(found).values()) == {"invalid:domain"}


@pytest.mark.parametrize("which", ["sample", "opened"])
def test_files_that_are_something_else_are_named(place, which):
    sample = place.draw(place.commit(n=3))
    given = {"sample": sample, "opened": place.open(sample)}
    (place.path / "else").write_text("hello\n")
    given[which] = place.path / "else"
    with pytest.raises(Refusal, match="else: This is not"):
        record(given["sample"], [given["opened"]], place.path / "results", place.path / "tags")


def test_a_sample_of_another_rubric_is_refused(place):
    sample = place.draw(place.commit(n=3))
    sample.write_text(json.dumps(json.loads(sample.read_text()) | {"rubric": {"digest": "0" * 64, "version": 2}}))
    with pytest.raises(Refusal, match="another rubric"):
        record(sample, [sample], place.path / "results", place.path / "tags")


def test_one_commitment_has_one_report(place):
    found = place.record(place.draw(place.commit(n=3)))
    report(found)
    with pytest.raises(Refusal, match="has its report"):  # queued
        report(found)
    place.publish()
    with pytest.raises(Refusal, match="has its report"):  # entered
        report(found)


@pytest.mark.parametrize(
    "change",
    [
        {"seed": "0" * 64},
        {"value": "3d" * 32},
        {"commit": 1},
        {"population": 7},
        {"n": 2},
        {"origin": "other.example.org/log"},
    ],
)
def test_results_that_do_not_follow_are_not_reported(place, change):
    found = place.record(place.draw(place.commit(n=3)))
    told = json.loads(found.read_text())
    told["drawn"] |= change
    found.write_text(json.dumps(told))
    with pytest.raises(Refusal, match="not the one that a commitment in this ledger draws"):
        report(found)


def test_a_receipt_that_does_not_fit_is_not_reported(place):
    index = place.commit(n=3)
    found = place.record(place.draw(index))
    other = place.path / "other.tlog-proof"
    other.write_bytes(make_receipt(place.home.log, 1))
    with pytest.raises(Refusal, match="not one of this commitment"):
        report(found, other)
    other.write_bytes(b"\xff\xfe")
    with pytest.raises(Refusal, match="Nothing was reported"):
        report(found, other)
    with pytest.raises(Refusal, match="nowhere"):
        report(place.path / "nowhere")


def test_whoever_kept_a_receipt_shows_that_the_commitment_was_first(place, capsys):
    index = place.commit(n=3)
    kept = place.path / "kept.tlog-proof"
    kept.write_bytes(make_receipt(place.home.log, index))
    status, said = place.checked(capsys, receipt=kept)
    assert status == 0
    assert "Before the draw it was seen by 1 of 1 witnesses" in said
    assert "The draw is still to come." in said
    place.commit(n=2, tags=place.path / "more")
    _, said = place.checked(capsys, receipt=kept)
    assert said.count("it was seen by 1 of 1") == said.count("No receipt of it") == 1
    kept.write_bytes(b"something else")
    assert "A receipt does not prove" in place.checked(capsys, receipt=kept)[1]


def test_without_witnesses_a_receipt_proves_no_time(place, capsys):
    number = first_round(datetime.now(UTC) + timedelta(hours=2))
    commit(CAMPAIGN, n=3, tags=place.path / "tags", number=number)
    place.publish(witnessed=False)
    kept = place.path / "kept.tlog-proof"
    from standwith.ledger.rows import size

    kept.write_bytes(make_receipt(place.home.log, size() - 1))
    assert "no witness of the policy had signed it" in place.checked(capsys, receipt=kept)[1]


def test_an_audit_without_a_report_is_told(place, capsys):
    place.commit(n=3)
    place.wait()
    status, said = place.checked(capsys)
    assert status == 0
    assert "No report yet, though the draw is over." in said


def test_no_audit_at_all_is_told(place, capsys):
    assert place.checked(capsys) == (0, f"{ORIGIN} verifies: 16 leaves.\nNo audit is in it yet.\n")


def test_a_report_that_does_not_hold_ends_with_1(place, capsys):
    from django.db import transaction

    from standwith.ledger.audit.report import make_report, write_report
    from standwith.ledger.audit.results import read_results
    from standwith.ledger.rows import queue

    found = place.record(place.draw(place.commit(n=3)))
    told = make_report(read_results(found.read_bytes()), datetime.now(UTC).date())
    with transaction.atomic():
        queue(*write_report(msgspec.structs.replace(told, bounds={"95": 0.0, "99": 0.0}), ORIGIN))
    place.publish()
    status, said = place.checked(capsys)
    assert status == 1
    assert "a report that does NOT hold. The bounds are not those that follow from the sample." in said


def test_custodians_see_when_their_results_were_changed(place, capsys):
    found = place.record(place.draw(place.commit(n=3)))
    status, said = place.checked(capsys, results=found)
    assert (status, "are not reported" in said) == (1, True)
    report(found)
    place.publish()
    assert place.checked(capsys, results=found)[0] == 0
    told = json.loads(found.read_text())
    told["results"][str(told["drawn"]["sample"][0])] = "invalid:text"
    found.write_text(json.dumps(told))
    status, said = place.checked(capsys, results=found)
    assert (status, "not those that the custodians have" in said) == (1, True)


def test_a_log_that_does_not_verify_is_not_drawn_from(place, capsys):
    index = place.commit(n=3)
    bundle = newest_bundle(place)
    data = bytearray(bundle.read_bytes())
    data[30] ^= 1
    bundle.write_bytes(data)
    for asked in (lambda: place.draw(index), lambda: check(str(place.home.log))):
        with pytest.raises(SystemExit) as ended:
            asked()
        assert ended.value.code == 1
        assert "The log does NOT verify" in capsys.readouterr().out
    with pytest.raises(Refusal, match="no log at"):
        check(str(place.path / "nowhere"))


def test_only_what_was_drawn_can_be_exported_and_opened(place):
    sample = place.draw(place.commit(n=3))
    place.open(sample)
    lines = [json.loads(line)["index"] for line in (place.path / "opened").read_text().splitlines()]
    assert lines == sorted(json.loads(sample.read_text())["sample"])
    (place.path / "bad").write_text("{}")
    with pytest.raises(Refusal, match="neither a sample nor a list of numbers"):
        export(CAMPAIGN, place.path / "bundle", sample=place.path / "bad")


def test_an_outsider_reads_it_all_from_an_address(place, capsys):
    index = place.commit(n=3)
    found = place.record(place.draw(index))
    report(found)
    place.publish()

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(place.home.site))) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/log/"
        draw(address, VALUE, place.path / "again.json", index)
        capsys.readouterr()
        check(address)
        server.shutdown()
    assert (place.path / "again.json").read_bytes() == (place.path / "sample.json").read_bytes()
    assert f"the report on the commitment at leaf {index} holds" in capsys.readouterr().out

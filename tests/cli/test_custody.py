"""`standwith custody` on the server: where campaigns stand, rehearsals, new custodians, the end."""

import sys
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from standwith.campaigns.custodians import write_custodian
from standwith.cli.custodian import rotate, unseal
from standwith.cli.custody import overview, rehearse
from standwith.cli.destroying import destroy
from standwith.cli.export import export
from standwith.cli.refusal import Refusal
from standwith.cli.replacing import replace
from standwith.config.settings import Settings
from standwith.sealing.age import make_age_key
from standwith.sealing.keys import make_key
from standwith.sealing.unlock import open_record
from tests.cli.keeping import Server
from tests.custody.examples import CAMPAIGN, KEYS, OTHER, record

NEW = [make_key("custodian"), make_age_key(), make_key("custodian")]


@pytest.fixture
def server(tmp_path, monkeypatch):
    server = Server(tmp_path / "home", monkeypatch)
    for name, secrets in (("key", KEYS), ("new", NEW)):
        for number, secret in enumerate(secrets):
            (tmp_path / f"{name}{number}").write_text(f"{secret}\n")
    return server


def said(capsys) -> str:
    capsys.readouterr()
    overview(SimpleNamespace(invoked_subcommand=None))
    return capsys.readouterr().out


def shares_of(path, *names) -> list:
    for name in names:
        unseal(path, path.parent / name, path.parent / f"{path.name}-{name}.shares")
    return [path.parent / f"{path.name}-{name}.shares" for name in names]


def rehearsed(server, tmp_path, *names, file="test.bundle"):
    rehearse(CAMPAIGN, tmp_path / file)
    rehearse(CAMPAIGN, None, shares_of(tmp_path / file, *names))
    server.publish()


def standing():
    from standwith.custody.statements import standing

    return standing(CAMPAIGN)


def test_the_way_of_a_rehearsal(server, tmp_path, capsys):
    first = said(capsys)
    assert "stand-with-examples: 2 of 3 custodians open its records (Custodian 0, Custodian 1, Custodian 2)." in first
    assert "Nobody has shown yet that they can open. Next: standwith custody rehearse stand-with-examples --to" in first
    rehearse(CAMPAIGN, tmp_path / "test.bundle")
    assert "standwith custody rehearse stand-with-examples --shares" in capsys.readouterr().out
    assert "A rehearsal is under way." in said(capsys)
    rehearse(CAMPAIGN, None, shares_of(tmp_path / "test.bundle", "key0", "key2"))
    assert "2 of 3 custodians showed that they can open, 2 are needed." in capsys.readouterr().out
    assert "Custodians last proved that they hold their shares on" in said(capsys)
    with pytest.raises(Refusal, match="No rehearsal of stand-with-examples is under way"):
        rehearse(CAMPAIGN, None, shares_of(tmp_path / "test.bundle", "key1"))


def test_a_rehearsal_becomes_a_leaf_that_names_who_took_part(server, tmp_path):
    from standwith.ledger.leaf import Kind, campaign_tag, read_leaf
    from standwith.ledger.log import Log

    rehearsed(server, tmp_path, "key0", "key2")
    leaf = read_leaf(Log.open(server.home.log, server.signer).tree().leaf(6))
    assert (leaf.kind, leaf.campaign) == (Kind.CUSTODIAN, campaign_tag("act.example.org/log", CAMPAIGN))
    assert leaf.detail == b"\x01" + bytes(15)
    digest = leaf.digest.hex()
    addendum = (server.home.log / "addenda" / digest[:2] / digest[2:4] / digest).read_text()
    today = standing().rehearsed.date
    assert addendum == (
        f'{{"campaign":"{CAMPAIGN}","custodians":["{KEYS[0].id.hex()}","{KEYS[2].public}"],'
        f'"date":"{today}","needed":2,"statement":"rehearsed"}}\n'
    )


def test_too_few_custodians_prove_nothing_and_may_try_again(server, tmp_path):
    rehearse(CAMPAIGN, tmp_path / "test.bundle")
    with pytest.raises(Refusal, match="have to answer: 2; shares given: 1"):
        rehearse(CAMPAIGN, None, shares_of(tmp_path / "test.bundle", "key1"))
    assert standing().rehearsed is None
    rehearse(CAMPAIGN, None, [tmp_path / "test.bundle-key1.shares", *shares_of(tmp_path / "test.bundle", "key2")])
    assert standing().rehearsed is not None


def test_a_new_rehearsal_takes_no_old_answers(server, tmp_path):
    rehearse(CAMPAIGN, tmp_path / "one")
    old = shares_of(tmp_path / "one", "key0", "key1")
    rehearse(CAMPAIGN, tmp_path / "two")
    with pytest.raises(Refusal, match="opened from another bundle"):
        rehearse(CAMPAIGN, None, old)


def test_a_rehearsal_has_to_begin_or_finish_with_something(server):
    with pytest.raises(Refusal, match="Begin with --to"):
        rehearse(CAMPAIGN)
    with pytest.raises(Refusal, match="No campaign nowhere is published"):
        rehearse("nowhere", server.home.path / "x")


def test_what_comes_next_depends_on_custodians_and_time(server, tmp_path, capsys, monkeypatch):
    rehearsed(server, tmp_path, "key0", "key1")
    assert "Next" not in said(capsys)
    with monkeypatch.context() as patch:
        patch.setattr("standwith.cli.custody.AGAIN_AFTER", timedelta(days=-1))
        assert "That is long ago. Next: standwith custody rehearse" in said(capsys)
    server.appoint(NEW)
    assert "They have changed since. Next: standwith custody rehearse" in said(capsys)
    server.appoint(KEYS[:1])
    rehearsed(server, tmp_path, "key0", file="alone")
    assert "One custodian alone can open everything" in said(capsys)
    server.appoint([])
    assert "has no custodian, so nobody could ever read who signed" in said(capsys)
    server.settings = Settings(custodian_keys=[write_custodian(each) for each in server.custodians(KEYS)])
    assert "2 of 3 custodians open its records" in said(capsys)
    server.published = []
    assert "No campaign is published yet. 3 custodians are registered" in said(capsys)
    server.settings = Settings()
    assert "No custodian is registered either. Next: standwith custody register" in said(capsys)


def test_before_there_is_a_ledger_it_comes_next(server, capsys):
    from standwith.ledger.models import Lock

    Lock.objects.all().delete()
    assert "make one with: standwith ledger init" in said(capsys)


def test_without_an_installation_custodians_are_told_what_is_theirs(capsys, monkeypatch):
    def nowhere(_):
        raise Refusal("There is no installation in standwith.")

    monkeypatch.setattr(sys.modules["standwith.cli.custody"], "enter", nowhere)
    assert "standwith custody unseal BUNDLE --key FILE" in said(capsys)


def rotated(server, tmp_path, **more):
    export(CAMPAIGN, tmp_path / "old.bundle", **more)
    lines = [str(secret.public) for secret in NEW]
    rotate(tmp_path / "old.bundle", tmp_path / "new.bundle", lines, [tmp_path / "key0", tmp_path / "key1"])
    return tmp_path / "new.bundle"


def test_resealed_records_take_the_place_of_the_old_ones(server, tmp_path, capsys):
    before, size = dict(server.records()), len(server.people)
    path = rotated(server, tmp_path)
    server.appoint(NEW)
    others = server.take_in(record(9), NEW)
    replace(path, confirm=CAMPAIGN)
    told = capsys.readouterr().out
    assert f"Records of stand-with-examples that its custodians of now can open: {size}." in told
    assert "Others, that are not in the bundle and stay as they were: 1." in told
    after = dict(server.records())
    assert after.keys() == before.keys() | {others}
    assert [open_record(after[index], *NEW[1:]) for index in sorted(before)] == server.people
    rotation = standing().rotated
    assert (rotation.custodians[0], rotation.needed) == (NEW[0].id.hex(), 2)
    assert rotation.date >= date(2026, 3, 1)


def test_nothing_is_replaced_without_the_campaigns_name(server, tmp_path):
    path, before = rotated(server, tmp_path), server.records()
    server.appoint(NEW)
    for confirm in ("", "yes"):
        with pytest.raises(Refusal, match=r"Nothing was done.*keep the old bundle.*--confirm stand-with-exam"):
            replace(path, confirm=confirm)
    assert server.records() == before


def test_records_for_other_custodians_than_those_of_now_are_refused_whole(server, tmp_path):
    path, before = rotated(server, tmp_path), server.records()
    with pytest.raises(Refusal, match="publish the new custodians first"):
        replace(path, confirm=CAMPAIGN)
    server.appoint(NEW, needed=3)
    with pytest.raises(Refusal, match="publish the new custodians first"):
        replace(path, confirm=CAMPAIGN)
    assert server.records() == before
    assert standing().rotated is None


def test_a_bad_record_at_the_end_leaves_all_old_ones_in_place(server, tmp_path, monkeypatch):
    path, before = rotated(server, tmp_path), server.records()
    server.appoint(NEW)

    from standwith.ledger import rows

    read = rows.read
    with monkeypatch.context() as patch:
        patch.setattr("standwith.cli.replacing.AT_ONCE", 2)
        patch.setattr(
            "standwith.ledger.rows.read",
            lambda start, limit: [
                bytes(76) if start + place == 5 else leaf for place, leaf in enumerate(read(start, limit))
            ],
        )
        with pytest.raises(Refusal, match="Record 5 is not the one that this server has at that place"):
            replace(path, confirm=CAMPAIGN)
    assert server.records() == before
    replace(path, confirm=CAMPAIGN)
    assert server.records() != before


def test_a_rehearsal_replaces_nothing(server, tmp_path):
    rehearse(CAMPAIGN, tmp_path / "test.bundle")
    with pytest.raises(Refusal, match="for a rehearsal"):
        replace(tmp_path / "test.bundle", confirm=CAMPAIGN)


def test_the_records_of_a_campaign_that_is_over_are_destroyed_and_the_ledger_says_so(server, capsys):
    from standwith.supporters.queries import sealed_records

    server.end()
    assert "standwith custody destroy --campaign stand-with-examples" in said(capsys)
    destroy(campaign=CAMPAIGN, confirm=CAMPAIGN)
    assert "Records of stand-with-examples destroyed here: 3." in capsys.readouterr().out
    assert server.records() == []
    assert len(list(sealed_records(OTHER))) == 3
    told = standing().destroyed
    assert told.custodians == (KEYS[0].id.hex(), KEYS[1].id.hex(), str(KEYS[2].public))
    assert f"Its records were destroyed on {told.date}." in said(capsys)


def test_no_records_are_destroyed_while_people_sign_or_without_the_name(server):
    before = server.records()
    with pytest.raises(Refusal, match="is not over"):
        destroy(campaign=CAMPAIGN, confirm=CAMPAIGN)
    server.end()
    for confirm in ("", "yes", OTHER):
        with pytest.raises(Refusal, match=r"Nothing was done\. All sealed records of stand-with-examples"):
            destroy(campaign=CAMPAIGN, confirm=confirm)
    with pytest.raises(Refusal, match="No campaign nowhere is published"):
        destroy(campaign="nowhere", confirm="nowhere")
    assert server.records() == before
    assert standing().destroyed is None


def test_destroying_fails_whole_where_there_is_no_ledger(server):
    from standwith.ledger.models import Lock

    server.end()
    Lock.objects.all().delete()
    before = server.records()
    with pytest.raises(Refusal, match="standwith ledger init"):
        destroy(campaign=CAMPAIGN, confirm=CAMPAIGN)
    assert server.records() == before

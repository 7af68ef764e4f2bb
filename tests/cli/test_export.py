"""`standwith export`: a bundle of what is in the ledger, that the custodians' keys open."""

import csv
import io

import pytest

import standwith.cli.custody  # noqa: F401  every command that the installation stands in for
from standwith.cli.export import export
from standwith.cli.open import open_records
from standwith.cli.refusal import Refusal
from standwith.sealing.bundle import Bundle
from tests.cli.keeping import Server
from tests.custody.examples import CAMPAIGN, KEYS, TEXT, record


@pytest.fixture
def server(tmp_path, monkeypatch):
    return Server(tmp_path / "home", monkeypatch)


def bundle(path) -> Bundle:
    return Bundle.read(io.BytesIO(path.read_bytes()))


def indexes(path) -> list[int]:
    return [entry.index for entry in bundle(path).entries()]


def test_from_the_ledger_to_the_table(server, tmp_path, capsys):
    for number, secret in enumerate(KEYS):
        (tmp_path / f"key{number}").write_text(f"{secret}\n")
    export(CAMPAIGN, tmp_path / "bundle")
    assert "bundle: 3. Carry the file" in capsys.readouterr().out
    log_key = str(server.signer.verifier)
    open_records(tmp_path / "bundle", [tmp_path / "key0", tmp_path / "key2"], to=tmp_path / "out.csv", log_key=log_key)
    rows = list(csv.DictReader((tmp_path / "out.csv").open(encoding="utf-8", newline="")))
    assert [(row["index"], row["name"], row["text_version"]) for row in rows] == [
        ("1", "Person 0", "2"),
        ("3", "Person 1", "2"),
        ("5", "Person 2", "2"),
    ]


def test_a_bundle_says_what_custodians_and_the_ledger_say(server, tmp_path):
    export(CAMPAIGN, tmp_path / "bundle")
    head = bundle(tmp_path / "bundle").head
    assert (head.campaign, head.texts, head.needed) == (CAMPAIGN, {TEXT: ("ar", 2)}, 2)
    assert head.custodians == tuple(str(secret.public) for secret in KEYS)
    assert head.log_key == str(server.signer.verifier)
    assert head.checkpoint == (server.home.log / "checkpoint").read_text()


def test_only_the_records_that_were_asked_for_are_in_it(server, tmp_path):
    export(CAMPAIGN, tmp_path / "some", indexes="1,4-5,99")
    assert indexes(tmp_path / "some") == [1, 5]
    (tmp_path / "sample.txt").write_text("3\n5\n")
    export(CAMPAIGN, tmp_path / "sampled", sample=tmp_path / "sample.txt")
    assert indexes(tmp_path / "sampled") == [3, 5]
    (tmp_path / "nobody.txt").write_text("\n")
    export(CAMPAIGN, tmp_path / "nobody", sample=tmp_path / "nobody.txt")
    assert indexes(tmp_path / "nobody") == []


def test_a_sample_that_is_none_is_refused(server, tmp_path):
    (tmp_path / "letter").write_text("dear")
    for sample, said in ((tmp_path / "letter", "is no number of a record"), (tmp_path / "nowhere", "nowhere")):
        with pytest.raises(Refusal, match=said):
            export(CAMPAIGN, tmp_path / "bundle", sample=sample)
    assert not (tmp_path / "bundle").exists()


def test_what_the_checkpoint_does_not_cover_waits_for_the_next_bundle(server, tmp_path):
    assert server.take_in(record(7)) == 6
    export(CAMPAIGN, tmp_path / "bundle")
    assert indexes(tmp_path / "bundle") == [1, 3, 5]
    server.publish()
    export(CAMPAIGN, tmp_path / "next")
    assert indexes(tmp_path / "next") == [1, 3, 5, 6]


@pytest.mark.parametrize("campaign", ["nowhere", "another-cause"])
def test_a_campaign_that_is_not_published_is_named(server, tmp_path, campaign):
    with pytest.raises(Refusal, match=campaign):
        export(campaign, tmp_path / "bundle")
    assert not (tmp_path / "bundle").exists()


def test_without_a_checkpoint_there_is_nothing_to_prove_with(server, tmp_path):
    (server.home.log / "checkpoint").unlink()
    with pytest.raises(Refusal, match="There is no checkpoint"):
        export(CAMPAIGN, tmp_path / "bundle")
    assert not (tmp_path / "bundle").exists()


def test_a_log_whose_files_are_gone_leaves_no_half_bundle(server, tmp_path):
    for file in (server.home.log / "tile").rglob("*"):
        if file.is_file():
            file.unlink()
    with pytest.raises(Refusal, match="The log has no tile"):
        export(CAMPAIGN, tmp_path / "bundle")
    assert not (tmp_path / "bundle").exists()


def test_a_bundle_that_is_there_is_not_overwritten(server, tmp_path):
    (tmp_path / "bundle").write_text("precious")
    with pytest.raises(Refusal):
        export(CAMPAIGN, tmp_path / "bundle")
    assert (tmp_path / "bundle").read_text() == "precious"

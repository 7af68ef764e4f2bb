"""`standwith export`: a bundle of what was confirmed, that the custodian's key opens."""

import csv
from datetime import date

import pytest

from standwith.cli.export import export
from standwith.cli.open import open_bundle
from standwith.cli.refusal import Refusal
from standwith.sealing.keys import make_key
from standwith.sealing.lock import seal_record
from standwith.sealing.record import Record
from tests.cli.installation import installation

SECRET = make_key("custodian")


@pytest.fixture
def stand(tmp_path, monkeypatch):
    return installation(tmp_path, monkeypatch, "export")


def sealed(name, text):
    return seal_record(
        Record(
            campaign="stand-with-examples",
            name=name,
            address="amina@example.org",
            country="TN",
            organisation="",
            consents=(("sign", "c" * 64),),
            text=text,
            language="en",
            evidence="web form",
            salt=bytes(32),
            code=bytes(16),
            made=date(2026, 3, 1),
        ),
        SECRET.public,
    )


def test_from_the_form_to_the_table(stand, tmp_path, capsys):
    from tests.supporters.stand import TEXTS

    for number, name in enumerate(("Amina Example", "李", "=1+1")):
        stand.count_in(name, f"person{number}@example.org", record=sealed(name, TEXTS["en"]))
    stand.sign("Noor Example", "noor@example.org", record=sealed("Noor Example", TEXTS["en"]))
    stand.work()
    (tmp_path / "key").write_text(f"{SECRET}\n")
    export("stand-with-examples", tmp_path / "bundle", tmp_path)
    assert "3 sealed records" in capsys.readouterr().out
    open_bundle(tmp_path / "bundle", [tmp_path / "key"], tmp_path / "out.csv")
    rows = list(csv.DictReader((tmp_path / "out.csv").open(encoding="utf-8", newline="")))
    assert [(row["name"], row["text_version"]) for row in rows] == [("Amina Example", "1"), ("李", "1"), ("'=1+1", "1")]


def test_an_unknown_campaign_is_named(stand, tmp_path):
    with pytest.raises(Refusal) as caught:
        export("nowhere", tmp_path / "bundle", tmp_path)
    assert "nowhere" in str(caught.value)
    assert not (tmp_path / "bundle").exists()


def test_a_bundle_that_is_there_is_not_overwritten(stand, tmp_path):
    (tmp_path / "bundle").write_text("precious")
    with pytest.raises(Refusal):
        export("stand-with-examples", tmp_path / "bundle", tmp_path)
    assert (tmp_path / "bundle").read_text() == "precious"

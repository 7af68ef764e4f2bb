"""A good folder loads without a finding and goes back to the same bytes."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from standwith.campaigns.errors import CampaignRefused, FolderUnreadable
from standwith.campaigns.folder import dump, left_out, load, load_campaign, load_files, load_for_publication
from standwith.campaigns.translations import localise, publishable
from standwith.languages import PartialDate
from tests.campaigns.good_folder import good_folder


def write(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def test_the_good_folder_has_no_finding():
    assert load_files(good_folder()).findings == ()


def test_a_folder_in_canonical_form_goes_back_to_the_same_bytes():
    files = good_folder()
    campaign = load_files(files).campaign
    assert dump(campaign) == files


def test_what_is_written_is_what_is_loaded():
    campaign = load_files(good_folder()).campaign
    assert (campaign.id, campaign.closes, campaign.beneficiary.name) == (
        "free-amina",
        PartialDate(2021, 8),
        "Example Metalworkers",
    )
    assert [fact.wording for fact in campaign.facts][:2] == ["more than", "several thousand"]
    assert [(person.id, len(person.history)) for person in campaign.people] == [
        ("amina-example", 2),
        ("second", 1),
        ("withdrawn-1", 0),
    ]
    assert campaign.statement[3] == "- first\n- second"
    assert campaign.targets[0].postal == "1 Example Street\n1000 Town"
    assert campaign.organisations[0].endorses is True
    assert campaign.translations["fr"].entries[0].target == "Laissez Amina rentrer"


def test_a_folder_on_disk_loads_like_its_files(tmp_path):
    folder = write(tmp_path, good_folder())
    assert load(folder) == load_files(good_folder())
    assert load_campaign(folder).title == "Free Amina"


def test_findings_come_in_one_run_and_in_order():
    files = good_folder()
    files["campaign.toml"] = files["campaign.toml"].replace(b'"BY"', b'"XX"').replace(b'"2021-08"', b'"soon"')
    files["timeline.csv"] = files["timeline.csv"].replace(b"2020-08-09", b"9 August")
    loaded = load_files(files)
    assert loaded.campaign is None
    assert [(finding.file, finding.line, finding.code) for finding in loaded.findings] == [
        ("campaign.toml", 5, "unknown-country"),
        ("campaign.toml", 9, "not-a-date"),
        ("timeline.csv", 2, "not-a-date"),
    ]


def test_warnings_do_not_keep_a_campaign_back():
    files = good_folder() | {"notes.txt": b"call the printer"}
    loaded = load_files(files)
    assert [finding.severity for finding in loaded.findings] == ["warning"]
    assert loaded.campaign is not None


def test_a_folder_with_errors_is_refused_with_its_findings(tmp_path):
    files = good_folder()
    files["statement.md"] = b""
    with pytest.raises(CampaignRefused, match=r"has an error at statement.md:1: The statement is empty\.") as refused:
        load_campaign(write(tmp_path, files))
    assert [finding.code for finding in refused.value.findings] == ["empty-statement"]


def test_no_folder_is_unreadable(tmp_path):
    with pytest.raises(FolderUnreadable, match="There is no folder"):
        load(tmp_path / "nowhere")


def test_tables_may_be_absent_and_are_written_with_their_header():
    files = {name: data for name, data in good_folder().items() if name in ("campaign.toml", "statement.md")}
    text = files["campaign.toml"].decode().replace("{fact:detained} ", "").replace("{fact:detained}", "them")
    for line in ('sources = ["union-2020"]\n', 'state_source = "paper-2020"\n', 'source = "union-2020"\n'):
        text = text.replace(line, "", 1)
    text = text.replace('state = "partly met"\n', "").replace('state_date = "2020-09"\n', "")
    text = text[: text.index("[[media]]")]
    files = {"campaign.toml": text.encode(), "statement.md": b"We stand with Amina.\n"}
    loaded = load_files(files)
    assert [finding.code for finding in loaded.findings] == ["language-without-catalogue"]
    assert dump(loaded.campaign)["targets.csv"].startswith(b"name,office,organisation,country,language,email,postal")


def test_markup_and_template_markers_are_kept_as_typed():
    files = good_folder()
    files["statement.md"] = b"We stand <b>together</b> {{ 7*7 }} ${x} & more\n"
    files["timeline.csv"] = files["timeline.csv"].replace(b",Election,", b",<script>alert()</script> {{ x }},")
    campaign = load_files(files).campaign
    assert campaign.statement == ("We stand <b>together</b> {{ 7*7 }} ${x} & more",)
    assert campaign.timeline[0].title == "<script>alert()</script> {{ x }}"


def test_windows_files_with_a_byte_order_mark_load_as_the_same_campaign():
    files = {
        name: data if name.startswith(("media", "sources")) else b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n")
        for name, data in good_folder().items()
    }
    loaded = load_files(files)
    assert {finding.code for finding in loaded.findings} == {"byte-order-mark", "windows-line-ends"}
    assert loaded.campaign == load_files(good_folder()).campaign


def test_columns_in_another_order_and_empty_rows_of_an_office_programme_load():
    files = good_folder()
    files["timeline.csv"] = (
        b"title,date,end,kind,place,country,source\n"
        b" Election ,2020-08-09,,election,,BY,paper-2020\n,,,,,,\n"
        b"Meetings at embassies,2020-08-31,2020-09-04,embassy-action,,,union-2020\n\n"
    )
    loaded = load_files(files)
    assert loaded.findings == ()
    assert dump(loaded.campaign)["timeline.csv"] == good_folder()["timeline.csv"]


def test_letters_are_composed_and_hard_breaks_kept():
    files = good_folder()
    files["statement.md"] = "Libe\u0301rez-les.  \nTous.   \n".encode()
    assert load_files(files).campaign.statement == ("Lib\u00e9rez-les.\\\nTous.",)


SECRET_KEY = b"standwith-custodian-secret-1 5b3f0c6a2d9e4f71 AAAA\n"


@pytest.mark.parametrize("name", [".custodian.key", ".keys/old/key", "media/.k", "media/k.txt", "translations/fr.po~"])
def test_a_secret_key_is_found_wherever_it_lies(tmp_path, name):
    folder = write(tmp_path, good_folder() | {name: SECRET_KEY})
    errors = [finding for finding in load(folder).findings if finding.code == "secret-in-folder"]
    assert [(finding.file, finding.line, finding.severity) for finding in errors] == [(name, 1, "error")]
    with pytest.raises(CampaignRefused):
        load_campaign(folder)


def test_a_secret_key_in_a_file_that_is_too_large_is_found(tmp_path):
    folder = write(tmp_path, good_folder() | {"notes.txt": SECRET_KEY + b"x" * 10_000_001})
    assert {finding.code for finding in load(folder).findings} == {"secret-in-folder", "file-too-large"}


def test_hidden_files_without_a_key_and_git_are_left_alone(tmp_path):
    files = good_folder() | {".notes": b"call the printer", ".git/config": SECRET_KEY}
    (tmp_path / ".gone").symlink_to(tmp_path / "nowhere")
    assert load(write(tmp_path, files)).findings == ()


FR = "translations/fr.po"
BROKEN = [
    (b'msgctxt "headline"', b"msgctxt headline"),
    (b'"Language: fr', b'"Language: de'),
    (b"rentrer", "ren\u202etrer".encode()),
    (b"rentrer", b"ren\\xe2\\x80\\xaetrer"),
    ("é".encode(), b"\xe9"),
    (b"Quelque chose", "\u202eQuelque chose".encode()),
]


@pytest.mark.parametrize(("old", "new"), BROKEN)
def test_a_broken_catalogue_closes_its_language_and_nothing_else(tmp_path, old, new):
    files = good_folder() | {FR: good_folder()[FR].replace(old, new)}
    folder = write(tmp_path, files)
    assert load(folder).campaign is None
    campaign, findings = load_for_publication(folder)
    assert campaign == replace(load_files(good_folder()).campaign, translations={})
    assert {(finding.file, finding.severity) for finding in findings} == {(FR, "error")}
    assert left_out(findings) == {"fr"}
    assert publishable(campaign) == ("en",)


def test_a_lost_placeholder_makes_one_string_missing_and_its_catalogue_stays(tmp_path):
    files = good_folder() | {FR: good_folder()[FR].replace(b"ez {fact:detained} per", b"ez les per")}
    campaign, findings = load_for_publication(write(tmp_path, files))
    assert [finding.code for finding in findings] == ["placeholder-lost"]
    assert left_out(findings) == frozenset()
    texts = localise(campaign, "fr")
    assert texts.text("demand:release").state == "missing"
    assert texts.text("headline").state == "current"


def test_an_error_outside_of_the_catalogues_still_refuses(tmp_path):
    files = good_folder() | {FR: b"msgid", "statement.md": b""}
    with pytest.raises(CampaignRefused):
        load_for_publication(write(tmp_path, files))
    with pytest.raises(CampaignRefused):
        load_for_publication(write(tmp_path, good_folder() | {FR: good_folder()[FR] + b"\n# " + SECRET_KEY}))


def test_a_photograph_of_somebody_whose_consent_is_not_stated_is_no_picture_of_the_campaign():
    """It would hang on the front, with nothing to tell that it is a person's."""
    files = good_folder()
    row = b"full name,already public,low,union-2020,gate.png,own,1980"
    assert row in files["people.csv"]
    silent = files | {"people.csv": files["people.csv"].replace(row, b"full name,,low,union-2020,gate.png,own,1980")}
    campaign = load_files(silent).campaign
    assert campaign is not None
    assert [picture.file for picture in campaign.media] == []
    assert load_files(dump(campaign)).campaign == campaign

"""Slips: ways to spoil the good folder, each with the one finding that it must lead to.

A case is (code, file, what stands there, what is put there instead); » marks where the finding must point. A slip that
concerns a whole file is (code, files to change or None to leave out, place).
"""

from hashlib import sha256
from typing import NamedTuple

from tests.campaigns.good_folder import COPY, custodian_key, good_folder


class Case(NamedTuple):
    code: str
    file: str
    old: str
    new: str


TOML, MD, FR = "campaign.toml", "statement.md", "translations/fr.po"
FACTS, PEOPLE, EVENTS, UNIONS = "facts.csv", "people.csv", "timeline.csv", "organisations.csv"
TARGETS, SOURCES = "targets.csv", "sources.csv"
MET = 'state = "partly met"\nsources = ["union-2020"]'
SHA = "0123456789abcdef" * 4
COPY_SHA = sha256(COPY).hexdigest()
PUBLIC = "full name,already public,low,union-2020,gate.png"
BURIED = "withdrawn,,,,,,,,,,,,\n"
LATER = "2020-09,paper-2020,,,reported,wounded,"
FACT_ROWS = good_folder()[FACTS].decode()
TARGET_ROWS = good_folder()[TARGETS].decode()
TARGET_HEADER, _, TARGET_ROW = TARGET_ROWS.strip().partition("\n")

HEADING = 'msgctxt "statement:2"\nmsgid "## What happened"\n»msgstr "## Ce qui s\'est passé"\n\n#, fuzzy'
LIST = 'msgctxt "statement:4"\nmsgid "- first\\n- second"\n»msgstr "- première\\n- seconde"\n\n#, fuzzy'

# From the number of custodians to the end of their tables, and what may stand there instead.
_TOML = good_folder()[TOML].decode()
THREE = _TOML[_TOML.index("custodians_needed") : _TOML.index("[[demand]]")]
NOBODY = THREE[THREE.index("\naccent") : THREE.index("[[custodian]]")]
ONE = f'{NOBODY}»[[custodian]]\nname = "Kofi Example"\nkey = "{custodian_key(0)}"\n\n'
MANY = (
    "".join(
        f'{"»" if which == 16 else ""}[[custodian]]\nname = "Person"\nkey = "{custodian_key(which)}"\n\n'
        for which in range(3, 17)
    )
    + "[[demand]]"
)

CASES = [
    # letters
    Case("control-character", MD, "stand", "sta»\x00nd"),
    Case("control-character", FACTS, "arrests counted", "arrests »\x1bcounted"),
    Case("control-character", TOML, "was arrested", "was »\x07arrested"),
    Case("control-character", TOML, '"Amina organised', '»"Amina\\u0000 organised'),
    Case("control-character", MD, "the list", "the»\u2028list"),
    Case("bidi-override", MD, "stand", "»\u202estand"),
    Case("bidi-override", FACTS, "arrests counted", "arrests »\u2067counted"),
    Case("bidi-override", TOML, '"Free Amina"', '»"Free \\u202eAmina"'),
    Case("bidi-override", FR, "rentrer", "rentrer»\u202e"),
    Case("invisible-character", UNIONS, "Example Metal", "Example »\u200bMetal"),
    Case("invisible-character", UNIONS, "Example Metal", "Exam»\u200dple Metal"),
    Case("invisible-character", MD, "stand", "»\ufeffstand"),
    Case("lost-letter", MD, "stand", "st»\ufffdnd"),
    # TOML
    Case("toml-syntax", TOML, '"Free Amina"', "»Free Amina"),
    Case("toml-syntax", TOML, 'opened = "2020-08-17"', 'title = "Again"»'),
    Case("comment-lost", TOML, 'title = "Free Amina"', 'title = "Free Amina"  »# ask Kofi'),
    Case("unknown-key", TOML, "summary =", "»sumary ="),
    Case("unknown-key", TOML, 'addressee = "The ministry"', 'addressee = "The ministry"\n»deadline = "2020"'),
    Case("missing-key", TOML, '[owner]\nname = "Example Union"\n', "»[owner]\n"),
    Case("missing-key", TOML, '[[demand]]\nid = "strike"\n', "»[[demand]]\n"),
    Case("missing-value", TOML, '"Let Amina go home"', '»" "'),
    Case("missing-value", TOML, 'alt = "Workers at the gate of a factory"', 'alt = »""'),
    Case("wrong-type", TOML, '"Let Amina go home"', "»7"),
    Case("wrong-type", TOML, '["en", "fr"]', '»"en"'),
    Case("wrong-type", TOML, '["en", "fr"]', '»["en", 7]'),
    Case("wrong-type", TOML, "[beneficiary]\nname", "»[[beneficiary]]\nname"),
    # tables
    Case("unclosed-quote", FACTS, "people detained", '»"people detained'),
    Case("stray-quote", FACTS, "people detained", '»people "detained"'),
    Case("stray-quote", EVENTS, "Election,,", '»"Election" day,,'),
    Case("ragged-row", UNIONS, "EM,,no", "EM,,no,»so"),
    Case("ragged-row", UNIONS, "EM,,no", "EM,no»"),
    Case(
        "ragged-row",
        SOURCES,
        f"union-2020,Example Union,Letter of August,2020-08,https://example.org/letter,en,{SHA},",
        f"union-2020,Example Union,Letter, of August,2020-08,https://example.org/letter,en,{SHA},»",
    ),
    Case("unknown-column", TARGETS, TARGET_ROWS, TARGET_HEADER + ",»phone\n" + TARGET_ROW + ",\n"),
    Case("duplicate-column", TARGETS, TARGET_ROWS, TARGET_HEADER + ",»name\n" + TARGET_ROW + ",\n"),
    Case("missing-column", TARGETS, TARGET_ROWS, TARGET_ROWS.replace(",checked_on", "»").replace(",2020-08\n", "\n")),
    Case("no-header", TARGETS, TARGET_ROWS, "»"),
    Case("semicolon-table", TARGETS, TARGET_ROWS, "»name;office;email\nThe ambassador;;embassy@example.org\n"),
    Case("missing-value", EVENTS, "Election,,BY", "»,,BY"),
    # single values
    Case("line-break", UNIONS, "Example Town Branch", '»"Example\nTown"'),
    Case("too-long", TOML, '"Free Amina"', f'»"{"Free Amina " * 9}"'),
    Case("too-long", MD, "We stand with", "»We stand with" + " those" * 400),
    Case("bad-id", FACTS, "inhabitants,inhab", "»../inhabitants,inhab"),
    Case("bad-id", TOML, '"free-amina"', '»"Free/Amina"'),
    Case("bad-number", FACTS, "wounded,10", 'wounded,»"10,000"'),
    Case("bad-number", FACTS, "wounded,10", "wounded,»-1"),
    Case("not-a-date", TOML, '"2020-08-17"', '»"17.8.2020"'),
    Case("not-a-date", FACTS, "more than,2020-08", "more than,»2020-13"),
    Case("not-a-date", EVENTS, "2020-09-04", "»2020-09-31"),
    Case("not-a-date", PEOPLE, "2020-08-11", "»August"),
    Case("unknown-country", TOML, '"BY"', '»"XX"'),
    Case("unknown-country", UNIONS, "metal,BY", "metal,»Belarus"),
    Case("unknown-language", SOURCES, ",en,", ",»english,"),
    Case("unknown-language", TOML, '"fr"]', '"fr", »"xx-qq"]'),
    Case("bad-url", TOML, '"https://example.org"', '»"example.org"'),
    Case("bad-url", UNIONS, "https://example.org", "»javascript:alert(1)"),
    Case("bad-url", SOURCES, "https://example.org/letter", "»https://user:word@example.org"),
    Case("bad-email", TOML, '"desk@example.org"', '»"desk at example.org"'),
    Case("bad-email", TARGETS, "embassy@example.org", "»embassy@@example.org"),
    Case("bad-colour", TOML, '"#a81f1f"', '»"red"'),
    Case("bad-checksum", SOURCES, SHA, "»0123"),
    Case("bad-key", TOML, 'key = "standwith-custodian-1 ', 'key = »"standwith-custodian-2 '),
    Case("secret-in-folder", MD, "We stand", "»standwith-clerk-secret-1 5b3f0c6a2d9e4f71 AAAA We stand"),
    Case("secret-in-folder", TOML, custodian_key(), "»standwith-custodian-secret-1 5b3f0c6a2d9e4f71 AAAA"),
    Case("secret-in-folder", FR, "msgctxt", "# »standwith-link-1 0f1e2d3c4b5a6978 AAAA\nmsgctxt"),
    Case("not-yes-or-no", UNIONS, "EM,,no", "EM,,»perhaps"),
    Case("unknown-profile", TOML, '"open"\ncust', '»"closed"\ncust'),
    Case("unknown-state", TOML, '"partly met"', '»"half"'),
    Case("unknown-state", TOML, '"coming"', '»"soon"'),
    Case("unknown-kind", TOML, '"write"\ntitle', '»"post"\ntitle'),
    Case("unknown-kind", EVENTS, "election,Ele", "»vote,Ele"),
    Case("unknown-unit", FACTS, "80,80,percent", "80,80,»%"),
    Case("unknown-wording", FACTS, "several thousand", "»very many"),
    Case("unknown-shown", PEOPLE, "full name", "»name"),
    Case("unknown-consent", PEOPLE, "already public", "»friends"),
    Case("unknown-risk", PEOPLE, ",high,", ",»medium,"),
    Case("unknown-status", PEOPLE, "released", "»freed"),
    Case("unknown-scope", UNIONS, "international", "»global"),
    Case("unknown-confidence", FACTS, "arrests,reported", "arrests,»rumoured"),
    Case("unknown-consent", PEOPLE, "gate.png,own", "gate.png,»her"),
    Case("bad-year", PEOPLE, ",1980,", ",»80,"),
    Case("bad-day", PEOPLE, ",03-14,", ",»14-03,"),
    Case("not-a-date", PEOPLE, ",2998-02,", ",»soon,"),
    # the frame
    Case("closes-before-opened", TOML, '"2021-08"', '»"2020-07"'),
    Case("source-language-not-listed", TOML, '["en", "fr"]', '»["fr"]'),
    Case("duplicate-language", TOML, '["en", "fr"]', '»["en", "fr", "fr"]'),
    Case("accent-contrast", TOML, '"#a81f1f"', '»"#ffcc00"'),
    # custodians
    Case("wrong-type", TOML, "needed = 2", "needed = »true"),
    Case("wrong-type", TOML, "needed = 2", "needed = »[2]"),
    Case("bad-number", TOML, "needed = 2", 'needed = »"two"'),
    Case("bad-number", TOML, "needed = 2", "needed = »-2"),
    Case("bad-key", TOML, f'"{custodian_key(2)}"', f'»"{custodian_key(2)[:-1]}"'),
    Case("custodians-needed", TOML, "needed = 2", "needed = »4"),
    Case("custodians-needed", TOML, "needed = 2", "needed = »0"),
    Case("custodians-needed", TOML, THREE, "custodians_needed = »2" + NOBODY),
    Case("duplicate-custodian", TOML, f'"{custodian_key(1)}"', f'»"{custodian_key(0)}"'),
    Case("too-many-custodians", TOML, "[[demand]]", MANY),
    Case("reserved-id", TOML, '"free-amina"', '»"verify"'),
    Case("guarded-needs-two", TOML, '"open"\ncustodians_needed = 2', '"guarded"\ncustodians_needed = »1'),
    Case("guarded-needs-two", TOML, f'"open"\n{THREE}', f'"guarded"{ONE}'),
    Case("one-custodian-alone", TOML, "needed = 2", "needed = »1"),
    Case("one-custodian-alone", TOML, THREE, ONE.lstrip()),
    Case("no-custodian-to-spare", TOML, "needed = 2", "needed = »3"),
    # demands and actions
    Case("to-be-filled-in", TOML, 'addressee = "The ministry"\nstate = "open"', 'addressee = »"To be filled in: who"'),
    Case("demand-without-addressee", TOML, 'addressee = "The ministry"\nstate = "open"', 'addressee = »""'),
    Case("state-without-source", TOML, 'state = "open"\n\n[[action]]', 'state = »"met"\n\n[[action]]'),
    Case("state-without-source", TOML, f'{MET}\nstate_source = "paper-2020"', MET.replace("= ", "= »", 1)),
    Case("two-sign-actions", TOML, '"write"\ntitle', '»"sign"\ntitle'),
    # the statement
    Case("heading-level", MD, "## What", "»# What"),
    Case("heading-level", MD, "## What happened", "»What happened\n============="),
    Case("heading-level", MD, "## What", "»#### What"),
    Case("raw-html", MD, "went on strike", "went »<br> on strike"),
    Case("template-marker", MD, "went on strike", "went »{{ on }} strike"),
    Case("template-marker", MD, "went on strike", "went »{% on %} strike"),
    Case("markdown-not-shown", MD, "went on strike", "went »![a gate](gate.png) on strike"),
    Case("markdown-not-shown", MD, "- second", "- second\n  »`with code`"),
    Case("markdown-not-shown", MD, "- first", "»```\nstrike\n```\n\n- first"),
    Case("markdown-not-shown", MD, "## What", "»    ## set in\n\n## What"),
    Case("markdown-not-shown", MD, "- first", "»| who | what |\n|---|---|\n| we | strike |\n\n- first"),
    Case("markdown-not-shown", MD, "## What", "»***\n\n## What"),
    Case("markdown-not-shown", MD, "- first", "»[list]: https://example.org/list\n\n- first"),
    Case("typed-figure", MD, "went on strike", "went, »7,000 of them, on strike"),
    Case("typed-figure", MD, "- second", "- second, »42"),
    Case("unknown-fact", MD, "{fact:detained}", "»{fact:detain}"),
    Case("unknown-fact", TOML, 'text = "Ask for all {fact:detained}."', 'text = "Ask for all »{fact:them}."'),
    Case("unknown-fact", TOML, "Let Amina", "Let »{fact:her}"),
    Case("unknown-fact", EVENTS, "at embassies", "at »{fact:many} embassies"),
    Case("unknown-placeholder", PEOPLE, "after a week", "after »{days}"),
    Case("unknown-placeholder", MD, "{fact:detained}", "»{source:detained}"),
    Case("unknown-placeholder", TOML, '"Respect the right', '"Respect »{the} right'),
    # facts
    Case("fact-without-source", FACTS, "percent,exactly,2020,paper-2020", "percent,exactly,2020,»"),
    Case("unknown-source", FACTS, "percent,exactly,2020,paper-2020", "percent,exactly,2020,»paper"),
    Case("unknown-source", TOML, 'sources = ["union-2020"]', 'sources = ["»paper"]'),
    Case("unknown-source", TOML, 'state_source = "paper-2020"', 'state_source = »"paper"'),
    Case("unknown-source", PEOPLE, "low,union-2020", "low,union-2020 »gazette"),
    Case("unused-source", SOURCES, "paper-2020", "»gazette,The Gazette,Old news,,,,,\npaper-2020"),
    Case("range-upside-down", FACTS, "wounded,10,20", "wounded,»30,20"),
    Case("wording-needs-figure", FACTS, "7000,,people", "»,,people"),
    Case("wording-needs-figure", FACTS, ",10000000,", ",»,"),
    Case("wording-forbids-figure", FACTS, "people detained,,", "people detained,»3000,"),
    Case("wording-forbids-figure", FACTS, "7000,,people", "7000,»8000,people"),
    Case("wording-needs-figure", FACTS, "80,80,percent", "80,»85,percent"),
    Case("percent-over-100", FACTS, "80,80,percent", "»180,180,percent"),
    Case("lonely-group", FACTS, "dispute it,", "dispute it,»vote"),
    Case("duplicate-id", FACTS, "turnout,", "»detained,"),
    Case("duplicate-id", TOML, 'id = "strike"', 'id = »"release"'),
    # facts over time
    Case("disputed-unlike", FACTS, ",disputed,,", ",»confirmed,,"),
    Case("disputed-unlike", FACTS, "arrests,reported", "arrests,»disputed"),
    Case("unknown-superseded", FACTS, "reported,wounded,", "reported,»injured,"),
    Case("supersedes-loop", FACTS, "reported,wounded,", "reported,»wounded-later,"),
    Case("supersedes-loop", FACTS, ",,,,,wounded-by-month", ",,,,»wounded-later,wounded-by-month"),
    Case("supersedes-newer", FACTS, LATER, LATER.replace("09", "07").replace("wo", "»wo")),
    Case("superseded-fact-used", MD, "{fact:detained}", "»{fact:wounded}"),
    Case("superseded-fact-used", TOML, "Let Amina", "Let »{fact:wounded}"),
    Case("lonely-series", FACTS, "arrests,reported,,", "arrests,reported,,»arrests-by-month"),
    Case("series-units", FACTS, "30,,people", "30,,»cases"),
    Case("series-twice", FACTS, "2020-09,paper-2020,,,reported,wounded,", "»2020-08,paper-2020,,,reported,,"),
    # people
    Case("strictest-level-wins", PEOPLE, "already public", "»"),
    Case("strictest-level-wins", PEOPLE, ",high,", ",»,"),
    Case("strictest-level-wins", PEOPLE, "initials", "»"),
    Case("shown-without-consent", PEOPLE, "initials,family", "»initials,withheld"),
    Case("full-name-at-high-risk", PEOPLE, "full name,already public,low", "»full name,already public,high"),
    Case("name-in-folder", PEOPLE, "second,N. N.,", "second,»Nadia Example,"),
    Case("public-without-source", PEOPLE, "low,union-2020", "low,»"),
    Case("person-without-name", PEOPLE, "second,N. N.,", "second,»,"),
    Case("person-contradiction", PEOPLE, "amina-example,,,", "amina-example,»Amina Other,,"),
    Case("status-incomplete", PEOPLE, "2020-08-17,released", "2020-08-17,»"),
    Case("status-incomplete", PEOPLE, "detained,,paper-2020", "detained,,»"),
    Case("history-order", PEOPLE, "2020-08-17,released", "»2020-08-10,released"),
    Case("photo-unlisted", PEOPLE, "gate.png,own", "»amina.png,own"),
    Case("photo-without-consent", PEOPLE, "gate.png,own", "gate.png,»"),
    Case("photo-without-consent", PEOPLE, "gate.png,own", "gate.png,»withheld"),
    Case("photo-shows-more", PEOPLE, "initials,family,high,,,,", "initials,family,high,,»gate.png,family,"),
    Case("public-without-source", PEOPLE, "initials,family,high,", "initials,already public,high,»"),
    Case("full-birth-date", PEOPLE, "own,1980,,", "own,1980,»11-30,"),
    Case("hearing-past", PEOPLE, ",2998-02,", ",»2020-08-11,"),
    Case("hearing-past", PEOPLE, ",2998-02,", ",»2020-09,"),
    Case("person-without-review", PEOPLE, "1980,,,2999", "1980,,,»"),
    Case("review-due", PEOPLE, "1980,,,2999", "1980,,,»2020-12"),
    Case("person-withheld-detail", PEOPLE, "initials,family,high,,,,,03-14", "none,withheld,high,,,,,»03-14"),
    Case("person-withheld-detail", PEOPLE, PUBLIC, "none,withheld,low,union-2020,»gate.png"),
    Case("tombstone-with-traces", PEOPLE, "withdrawn-1,", "»amina-other,"),
    Case("tombstone-with-traces", PEOPLE, "withdrawn-1,", "withdrawn-1,»Amina Other"),
    Case("tombstone-with-traces", PEOPLE, "withdrawn,,,,", "withdrawn,,,»gate.png,"),
    Case("tombstone-with-traces", PEOPLE, BURIED, BURIED.replace(",,,,\n", ",»2020-08,released,,union-2020\n")),
    Case("reserved-id", PEOPLE, "second,", "»withdrawn-2,"),
    # the timeline, organisations, targets
    Case("event-without-source", EVENTS, "BY,paper-2020", "BY,»"),
    Case("ends-before-start", EVENTS, "2020-08-31,2020-09-04", "2020-08-31,»2020-08-04"),
    Case("duplicate-event", EVENTS, "2020-08-31,", "2020-08-09,,protest,»ELECTION,,,paper-2020\n2020-08-31,"),
    Case("duplicate-organisation", UNIONS, "Example Town", "»example metalworkers,,network,,BY,,,no\nExample Town"),
    Case("duplicate-organisation", UNIONS, "Example Town", "Other Metalworkers,»em,network,,BY,,,no\nExample Town"),
    Case("organisation-without-country", UNIONS, "local,,FR", "local,,»"),
    Case("unknown-parent", UNIONS, ",EM,,no", ",»Nobody,,no"),
    Case("parent-loop", UNIONS, ",EM,,no", ",»Example Town Branch,,no"),
    Case("target-without-source", TARGETS, "paper-2020,2020-08", "»,2020-08"),
    Case("target-unreachable", TARGETS, 'embassy@example.org,"1 Example Street\n1000 Town"', "»,"),
    # pictures
    Case(
        "media-missing",
        TOML,
        '[[media]]\nfile = "gate.png"',
        '[[media]]\nfile = »"g.png"\nalt = "A"\n\n[[media]]\nfile = "gate.png"',
    ),
    # kept copies
    Case("copy-missing", SOURCES, f",{SHA},", f",{SHA},»letter.txt"),
    Case("copy-missing", SOURCES, f",{SHA},", f",{SHA},»../sources/strike.txt"),
    Case("copy-changed", SOURCES, f",ru,{COPY_SHA},", f",ru,»{SHA},"),
    Case("copy-without-checksum", SOURCES, f",ru,{COPY_SHA},", ",ru,»,"),
    # translations
    Case("language-without-catalogue", TOML, '"fr"]', '"fr", »"pl"]'),
    Case("catalogue-syntax", FR, 'msgctxt "headline"', "»msgctxt headline"),
    Case("catalogue-language", FR, '"Language: fr', '"»Language: de'),
    Case("placeholder-lost", FR, 'msgstr "Libérez {fact:detained}', '»msgstr "Libérez les'),
    Case("structure-lost", FR, "#, fuzzy", HEADING.replace("## Ce", "Ce")),
    Case("structure-lost", FR, "#, fuzzy", HEADING.replace("## Ce", "### Ce")),
    Case("structure-lost", FR, "#, fuzzy", LIST.replace("\\n- seconde", ", seconde")),
    Case("placeholder-added", FR, "Amina rentrer", "Amina rentrer »{fact:detained}"),
]


def change(file: str, old: bytes, new: bytes) -> dict[str, bytes]:
    data = good_folder()[file]
    assert old in data
    return {file: data.replace(old, new)}


def without_demands() -> bytes:
    text = good_folder()[TOML]
    return text[: text.index(b"[[demand]]")] + text[text.index(b"[[action]]") :]


PICTURE = good_folder()["media/gate.png"]
SECRET_KEY = b"standwith-custodian-secret-1 5b3f0c6a2d9e4f71 AAAA\n"
TOP = 1, 1
WHOLE_FILES = [
    ("invalid-utf8", change(MD, b"the list", b"the l\xe9ste"), (MD, 5, 59)),
    ("invalid-utf8", {FACTS: FACT_ROWS.encode("utf-16")}, (FACTS, *TOP)),
    ("invalid-utf8", change(FR, "é".encode(), b"\xe9"), (FR, 16, 12)),
    ("byte-order-mark", {MD: b"\xef\xbb\xbf" + good_folder()[MD]}, (MD, *TOP)),
    ("windows-line-ends", {MD: good_folder()[MD].replace(b"\n", b"\r\n")}, (MD, 1, 60)),
    ("secret-in-folder", {"custodian.key": b"# keep\n" + SECRET_KEY}, ("custodian.key", 2, 1)),
    ("secret-in-folder", {"keys/old": SECRET_KEY.decode().encode("utf-16")}, ("keys/old", *TOP)),
    ("secret-in-folder", {"README.md": b"\xe9\n-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA"}, ("README.md", 2, 1)),
    ("secret-in-folder", {"age.txt": b"AGE-SECRET-KEY-1QQPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"}, ("age.txt", *TOP)),
    ("secret-in-folder", {"media/gate.png": PICTURE + b"\n" + SECRET_KEY}, ("media/gate.png", 4, 1)),
    ("missing-file", {MD: None}, (MD, *TOP)),
    ("missing-file", {TOML: None}, (TOML, *TOP)),
    ("missing-key", change(TOML, b'title = "Free Amina"\n', b""), (TOML, *TOP)),
    ("missing-key", change(TOML, b"[owner]", b"[extra]"), (TOML, *TOP)),
    ("no-demands", {TOML: without_demands()}, (TOML, *TOP)),
    ("no-sign-action", change(TOML, b'kind = "sign"', b'kind = "share"'), (TOML, *TOP)),
    ("empty-statement", {MD: b" \n\n"}, (MD, *TOP)),
    ("unknown-file", {"fact.csv": b"id\n"}, ("fact.csv", *TOP)),
    ("unknown-file", {"media/old/gate.png": PICTURE}, ("media/old/gate.png", *TOP)),
    ("unknown-language", {"translations/french.po": good_folder()[FR]}, ("translations/french.po", *TOP)),
    (
        "translation-not-listed",
        {"translations/pl.po": b'msgid ""\nmsgstr "Language: pl\\n"\n'},
        ("translations/pl.po", *TOP),
    ),
    ("copy-changed", {"sources/strike.txt": b"another text"}, (SOURCES, 3, 53)),
    ("copy-missing", {"sources/strike.txt": None}, (SOURCES, 3, 118)),
    ("copy-unlisted", {"sources/letter.pdf": b"%PDF-1.7"}, ("sources/letter.pdf", *TOP)),
    ("unknown-file", {"sources/2020/letter.pdf": b"%PDF-1.7"}, ("sources/2020/letter.pdf", *TOP)),
    ("secret-in-folder", {"sources/strike.txt": SECRET_KEY}, ("sources/strike.txt", *TOP)),
    ("media-unlisted", {"media/other.png": PICTURE}, ("media/other.png", *TOP)),
    ("media-type", {"media/gate.png": PICTURE[:20]}, ("media/gate.png", *TOP)),
    ("media-type", {"media/gate.png": b"<svg onload='alert(1)'/>"}, ("media/gate.png", *TOP)),
    ("media-metadata", {"media/gate.png": PICTURE + b"eXIf"}, ("media/gate.png", *TOP)),
    ("media-too-large", {"media/gate.png": PICTURE + b"\0" * 300_000}, ("media/gate.png", *TOP)),
]

"""A small campaign folder without a single finding, and tools to spoil one thing in it.

People, organisations and addresses are invented. `spoil` marks with » the place where the finding must point.
"""

import re
from functools import cache
from hashlib import sha256

from standwith.manuscript import Place
from standwith.sealing.age import make_age_key
from standwith.sealing.keys import make_key

CAMPAIGN = """\
id = "free-amina"
title = "Free Amina"
headline = "Let Amina go home"
summary = "Amina organised a strike. She was arrested for it."
country = "BY"
source_language = "en"
languages = ["en", "fr"]
opened = "2020-08-17"
closes = "2021-08"
profile = "open"
custodians_needed = 2
accent = "#a81f1f"

[owner]
name = "Example Union"
url = "https://example.org"
email = "desk@example.org"

[beneficiary]
name = "Example Metalworkers"

[affiliate]
name = "Example Federation"
url = "https://example.net/news"

[[custodian]]
name = "Kofi Example"
key = "KEY-0"

[[custodian]]
name = "Noor Example"
key = "KEY-1"

[[custodian]]
name = "Lin Example"
key = "KEY-2"

[[demand]]
id = "release"
text = "Release all {fact:detained} people"
addressee = "The ministry"
state = "partly met"
sources = ["union-2020"]
state_source = "paper-2020"
state_date = "2020-09"

[[demand]]
id = "strike"
text = "Respect the right to strike"
addressee = "The ministry"
state = "open"

[[action]]
id = "sign"
kind = "sign"
title = "Sign the statement"
state = "live"

[[action]]
id = "write"
kind = "write"
title = "Write to the ministry"
text = "Ask for all {fact:detained}."
source = "union-2020"
state = "coming"

[[media]]
file = "gate.png"
alt = "Workers at the gate of a factory"
"""

STATEMENT = """\
We stand with those who went on strike on 13 November 2020.

## What happened

In August {fact:detained} people were arrested. See [the list](https://example.org/2020/42).

- first
- second
"""

FACTS = """\
id,what,low,high,unit,wording,as_of,source,disputed,group,confidence,supersedes,series
detained,arrests counted,7000,,people,more than,2020-08,union-2020,,arrests,confirmed,,
detained-paper,people detained,,,people,several thousand,2020-08-17,paper-2020,,arrests,reported,,
turnout,share of the vote,80,80,percent,exactly,2020,paper-2020,The unions dispute it,,disputed,,
wounded,wounded,10,20,people,between,2020-08,paper-2020,,,,,wounded-by-month
wounded-later,wounded,30,,people,at least,2020-09,paper-2020,,,reported,wounded,wounded-by-month
inhabitants,inhabitants,,10000000,people,almost,2020,paper-2020,,,,,
"""

PEOPLE = """\
id,name,role,organisation,shown,consent,risk,sources,photo,photo_consent,born,birthday,hearing,review,date,status,detail,source
amina-example,Amina Example,welder,Metalworkers,full name,already public,low,union-2020,gate.png,own,1980,,,2999,2020-08-11,detained,,union-2020
amina-example,,,,,,,,,,,,,,2020-08-17,released,after a week,union-2020
second,N. N.,,,initials,family,high,,,,,03-14,2998-02,2999,2020-08-12,detained,,paper-2020
withdrawn-1,,,,,withdrawn,,,,,,,,,,,,
"""  # noqa: E501  # a table's row is one line

TIMELINE = """\
date,end,kind,title,place,country,source
2020-08-09,,election,Election,,BY,paper-2020
2020-08-31,2020-09-04,embassy-action,Meetings at embassies,,,union-2020
"""

ORGANISATIONS = """\
name,acronym,scope,sector,country,parent,url,endorses
Example Metalworkers,EM,national-sectoral,metal,BY,Example Federation,https://example.org,yes
Example Federation,EF,international,,,,,no
Example Town Branch,,local,,FR,EM,,no
"""

TARGETS = """\
name,office,organisation,country,language,email,postal,source,checked_on
The ambassador,ambassador,Embassy,BY,ru,embassy@example.org,"1 Example Street
1000 Town",paper-2020,2020-08
"""

SOURCES = """\
id,publisher,title,date,url,language,sha256,file
union-2020,Example Union,Letter of August,2020-08,https://example.org/letter,en,{sha},
paper-2020,The Example,On the strike,2020-08-17,,ru,{copy},strike.txt
""".replace("{sha}", "0123456789abcdef" * 4)

FRENCH = """\
msgid ""
msgstr ""
"Language: fr\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

#. the sentence on top of the page
msgctxt "headline"
msgid "Let Amina go home"
msgstr "Laissez Amina rentrer"

msgctxt "demand:release"
msgid "Release all {fact:detained} people"
msgstr "Libérez {fact:detained} personnes"

#, fuzzy
#| msgid "Something older with {fact:gone}"
msgctxt "demand:strike"
msgid "Respect the right to strike"
msgstr "Quelque chose avec {fact:gone}"
"""

COPY = "О забастовке\n".encode()
PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x03\0\0\0\x02\x08\x02\0\0\0" + b"\0" * 20


def custodian_key(which: int = 0) -> str:
    """A key that nobody keeps the secret of; the third is an age key."""
    return _key(which)


@cache
def _key(which: int) -> str:
    return str(make_age_key().public if which == 2 else make_key("custodian").public)


def good_folder() -> dict[str, bytes]:
    """The files, canonical and without a finding."""
    texts = {
        "campaign.toml": re.sub(r"KEY-(\d)", lambda key: custodian_key(int(key[1])), CAMPAIGN),
        "statement.md": STATEMENT,
        "facts.csv": FACTS,
        "people.csv": PEOPLE,
        "timeline.csv": TIMELINE,
        "organisations.csv": ORGANISATIONS,
        "targets.csv": TARGETS,
        "sources.csv": SOURCES.replace("{copy}", sha256(COPY).hexdigest()),
        "translations/fr.po": FRENCH,
    }
    return {name: text.encode() for name, text in texts.items()} | {
        "media/gate.png": PICTURE,
        "sources/strike.txt": COPY,
    }


def spoil(file: str, old: str, new: str) -> tuple[dict[str, bytes], Place]:
    """The folder with `old` replaced by `new` once, and the place that » marks in `new`."""
    files = good_folder()
    text = files[file].decode()
    assert old in text, f"{old!r} is not in {file}"
    marked = text.replace(old, new, 1)
    before, mark, after = marked.partition("»")
    assert mark, "mark the place with »"
    files[file] = (before + after).encode()
    return files, Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))

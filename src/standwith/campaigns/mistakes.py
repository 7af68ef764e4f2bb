"""The kinds of mistakes in single values and files of a campaign folder, and the whole list of codes.

Codes are stable: editors and scripts rely on them. Each is documented in docs/campaign-folder.md; a test keeps that
complete. Mistakes that concern how values fit together are in `mistakes_of_sense`; those of people, of facts over time
and of kept copies in `mistakes_of_the_record`.
"""

from standwith.campaigns.mistakes_of_sense import SENSE_MISTAKES
from standwith.campaigns.mistakes_of_the_record import RECORD_MISTAKES
from standwith.manuscript import FILE_MISTAKES, Mistake

_CHOOSE = Mistake(
    "error",
    "Each word here is translated into every language; other words are not known.",
    "Choose one of the words that are known; the finding lists them.",
)

VALUE_MISTAKES: dict[str, Mistake] = {
    "missing-file": Mistake("error", "A campaign cannot be shown without it.", "Write it, or use standwith new."),
    "unknown-file": Mistake("warning", "Nothing reads it.", "Correct its name, or keep it outside of the folder."),
    "link-in-folder": Mistake(
        "error", "A link could publish a file from elsewhere on this machine.", "Put a copy of the file here instead."
    ),
    "file-too-large": Mistake("error", "It is not read.", "Split it, or make it smaller."),
    "secret-in-folder": Mistake(
        "error",
        "Everything in the folder may be public; whoever has this key can open the records.",
        "Take it out, make a new pair with standwith key, and treat this one as known to others.",
    ),
    "unknown-key": Mistake("error", "What it says would never be shown.", "Correct the name of the key, or delete it."),
    "missing-key": Mistake("error", "The campaign needs it.", "Add the key with its value."),
    "wrong-type": Mistake(
        "error", "It cannot be read this way.", 'Text stands in "double quotes", a list in ["square", "brackets"].'
    ),
    "missing-value": Mistake("error", "This value is needed.", "Fill it in."),
    "line-break": Mistake("error", "It is shown on one line, also in mails.", "Write it on one line."),
    "too-long": Mistake("warning", "It will not fit where it is shown, least of all on a phone.", "Say it shorter."),
    "bad-id": Mistake(
        "error",
        "Ids become addresses and file names.",
        "Use lower-case letters a-z, digits and single hyphens, 64 at most.",
    ),
    "duplicate-id": Mistake("error", "It is not clear which of the two is meant.", "Give one of them another id."),
    "bad-year": Mistake("error", "Ages and anniversaries could not be said.", "Write four digits, such as 1980."),
    "bad-day": Mistake("error", "The day could not be kept in mind.", "Write month and day, such as 03-14."),
    "bad-number": Mistake(
        "error", "Each language puts its own separators into a number.", "Write digits only, such as 7000."
    ),
    "not-a-date": Mistake(
        "error", "Readers of every language must see the same day.", "Write 2020, 2020-08 or 2020-08-17."
    ),
    "unknown-country": Mistake(
        "error", "The code becomes the country's name in every language.", "Write its ISO 3166 code, such as BY or FR."
    ),
    "unknown-language": Mistake(
        "error",
        "The code tells browsers and screen readers which language it is.",
        "Write its BCP 47 code, such as be, pt-BR or sr-Latn.",
    ),
    "bad-url": Mistake("error", "The link would be dead.", "Write it in full, such as https://example.org/page."),
    "bad-email": Mistake("error", "Nobody could write to it.", "Write it plainly, such as team@example.org."),
    "bad-colour": Mistake("error", "The page could not use it.", "Write # and six digits or letters a-f: #a81f1f."),
    "bad-checksum": Mistake(
        "error", "The kept copy could not be compared.", "Write the 64 hexadecimal digits that sha256sum prints."
    ),
    "bad-key": Mistake(
        "error",
        "Records sealed to it could never be opened.",
        "Copy the whole line standwith-custodian-1 … as standwith key printed it, or age1… as age-keygen did.",
    ),
    "not-yes-or-no": Mistake("error", "It is a question of yes or no.", "Write yes or no."),
    "unknown-profile": _CHOOSE,
    "unknown-state": _CHOOSE,
    "unknown-kind": _CHOOSE,
    "unknown-unit": _CHOOSE,
    "unknown-wording": _CHOOSE,
    "unknown-shown": _CHOOSE,
    "unknown-consent": _CHOOSE,
    "unknown-risk": _CHOOSE,
    "unknown-status": _CHOOSE,
    "unknown-scope": _CHOOSE,
    "unknown-confidence": _CHOOSE,
}

MISTAKES: dict[str, Mistake] = {**FILE_MISTAKES, **VALUE_MISTAKES, **SENSE_MISTAKES, **RECORD_MISTAKES}

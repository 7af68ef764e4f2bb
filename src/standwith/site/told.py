"""What a page tells its script: the words, in the page's language, and where the ledger lies. It lies in #told as JSON.

    {"log": "https://act.example.org/log/", "vkey": "act.example.org/log+9bea1220+AY7k…",
     "campaigns": {"31dfc3d1cb40b9ec": ["Stand with Belarus", "https://act.example.org/en/stand-with-belarus/"]},
     "words": {"good": "This receipt is good."}}

Invariant: a script says nothing that does not stand here, so nothing on a page is left untranslated; no sentence needs
the plural form of a number. Nothing of a campaign can end the element that it lies in.
"""

from collections.abc import Iterable, Mapping

import msgspec
from markupsafe import Markup

from standwith.languages import Voice
from standwith.languages import translatable as _t
from standwith.site.labels import REASONS
from standwith.site.ledger import LedgerShown

OF_RECEIPT: Mapping[str, str] = {
    "looking": _t("Looking for it in the ledger…"),
    "stands": _t("Your signature stands in the ledger: leaf {index} of {size}."),
    "notyet": _t("It is not among the newest leaves of the ledger yet."),
    "away": _t("The ledger could not be read. Try again when you are online."),
}

OF_CHECK: Mapping[str, str] = {
    # The marks in front of every step.
    "yes": _t("Proved"),
    "no": _t("Wrong"),
    "open": _t("Not checked"),
    "working": _t("Checking…"),
    "stop": _t("Stop"),
    "stopped": _t("Stopped before the end. Nothing is proved."),
    "away": _t("The ledger could not be read. Try again when you are online."),
    "broken": _t("This does not fit together: what was read does not lead to the signed sum."),
    "nocrypto": _t(
        "Your browser does not let this page calculate. Open the page over https, or save it and open your copy."
    ),
    "weak": _t("What could be checked holds, but not everything could be checked."),
    # Who signed.
    "signed": _t("The ledger of {size} leaves is signed with the key of {origin}."),
    "unsigned": _t("The signature of {origin} is missing or wrong."),
    "unable": _t(
        "Your browser cannot check this kind of signature (Ed25519). A newer browser can, "
        "and so can the programs named below."
    ),
    "other": _t("It comes from another ledger: {origin}."),
    "witnessed": _t("Witnessed by {k} of {n}: {names}. They vouch that everybody is shown the same ledger."),
    "fewer": _t("Witnessed by {k} of {n}. That is fewer than agreed; witnesses may need a minute."),
    "alone": _t(
        "No independent witness has signed. Whether everybody is shown the same ledger cannot be told from here."
    ),
    "spoiled": _t("The signature of the witness {name} is wrong."),
    # A receipt.
    "nofile": _t("Choose a file, or paste the text of a receipt."),
    "damaged": _t("This is not a whole receipt: something in it is missing or damaged."),
    "lies": _t("Leaf {index} lies in that ledger: it leads to the signed sum."),
    "astray": _t("Leaf {index} does not lie in that ledger: it does not lead to the signed sum."),
    "is": _t("The leaf is a signature: {campaign}. Its code is {code}."),
    "isother": _t("The leaf is not a signature but another record of the ledger."),
    "stranger": _t("a campaign that is not on this site"),
    "still": _t("The ledger of today, with {size} leaves, still has it there and has only grown since."),
    "rewritten": _t(
        "The ledger of today contradicts this receipt: it was rewritten. "
        "Keep the receipt and tell the campaign and the witnesses."
    ),
    "smaller": _t(
        "The ledger shown today is smaller than the one of the receipt. If that is still so in a minute, "
        "it was rewritten."
    ),
    "offline": _t("The ledger could not be reached, so this was not compared with the ledger of today."),
    "good": _t("This receipt is good."),
    "bad": _t("This receipt does not hold."),
    # A code.
    "nocode": _t("A code has 26 letters and digits."),
    "found": _t("The code stands in the ledger, and it counts."),
    "gone": _t("The code stands in the ledger, but it does not count any more."),
    "missing": _t("No leaf carries this code."),
    "later": _t(
        "A signature enters the ledger when it is confirmed, in a guarded campaign an hour later or more. "
        "Look for slips in the code, too."
    ),
    "counts": _t("No later leaf withdraws or removes it."),
    "withdrawn": _t("Leaf {index} withdraws it."),
    "removed": _t("Leaf {index} removes it: {reason}."),
    "reason": _t("another reason, number {n}"),
    "save": _t("Save the receipt"),
    # The number.
    "all": _t("All {size} leaves were read and lead to the signed sum: none is changed, missing or slipped in."),
    "notall": _t("The leaves do not lead to the signed sum."),
    "sum": _t("Signatures: {signatures}. Withdrawn: {withdrawn}. Removed: {removed}."),
    "holds": _t("The number holds."),
    "nothold": _t("The number does not hold."),
    "compare": _t("This is what the ledger adds up to. A campaign page may be a minute behind."),
}


def tell_receipt(voice: Voice, log_url: str) -> Markup:
    """Return what the pages that answer an act tell receipt.js."""
    return _write({"log": log_url, "words": _spoken(voice, OF_RECEIPT)})


def tell_check(voice: Voice, ledger: LedgerShown, campaigns: Iterable[tuple[str, str, str]]) -> Markup:
    """Return what the page that checks tells verify.js; `campaigns` are (id, title, address)."""
    reasons = {f"reason{number}": words for number, words in REASONS.items()}
    told = {
        "log": ledger.log_url,
        "vkey": ledger.vkey,
        "campaigns": {ledger.tag(name): (title, address) for name, title, address in campaigns},
        "words": _spoken(voice, {**OF_CHECK, **reasons}),
    }
    return _write(told)


def _spoken(voice: Voice, words: Mapping[str, str]) -> dict[str, str]:
    return {key: voice.gettext(text) for key, text in words.items()}


def _write(told: object) -> Markup:
    text = msgspec.json.encode(told).decode().replace("<", "\\u003c")
    return Markup(text)  # noqa: S704 no "<" is left in it, so it cannot end its element

"""The kinds of mistakes about people, about facts over time, and about the copies of sources that are kept.

Codes are stable and documented in docs/campaign-folder.md.
"""

from standwith.manuscript import Mistake

PEOPLE_MISTAKES: dict[str, Mistake] = {
    "strictest-level-wins": Mistake(
        "warning", "Where it is not stated, we protect the person.", "Fill in shown, consent and risk."
    ),
    "shown-without-consent": Mistake(
        "error", "Showing somebody who did not agree can cost them their freedom.", "Set shown to none."
    ),
    "full-name-at-high-risk": Mistake(
        "error", "At high risk a full name can do harm, even with consent.", "Set shown to initials or none."
    ),
    "name-in-folder": Mistake(
        "warning", "Whatever is in the folder may be public, shown or not.", "Write initials or a pseudonym instead."
    ),
    "public-without-source": Mistake(
        "error", "“Already public” means that a body with a name published it.", "Name the publication in sources."
    ),
    "person-without-name": Mistake("error", "There is nothing to show.", "Write a name or a pseudonym."),
    "person-contradiction": Mistake(
        "error",
        "It is not clear which row is right.",
        "Leave it empty in further rows of a person; only date, status, detail and source are filled there.",
    ),
    "status-incomplete": Mistake(
        "error", "A change of status has a date, a status and a source.", "Fill it in, or empty the others."
    ),
    "history-order": Mistake("warning", "The last row is shown as the state now.", "Put the rows in order of date."),
    "person-withheld-detail": Mistake(
        "error",
        "Of somebody who does not want to be shown, the folder keeps the least it can.",
        "Empty it; keep it outside of the folder if you need it.",
    ),
    "photo-unlisted": Mistake(
        "error",
        "A photograph is a picture like any other.",
        "Add a [[media]] table with file and alt, or correct its name.",
    ),
    "photo-without-consent": Mistake(
        "error",
        "A face can cost somebody their work or their freedom; a photograph needs a consent of its own.",
        "Write own, family, lawyer or already public into photo_consent, or take the photograph out.",
    ),
    "photo-shows-more": Mistake(
        "error", "A photograph shows more than initials do.", "Take the photograph out, or show the full name."
    ),
    "full-birth-date": Mistake(
        "warning",
        "Year and day together are a full date of birth, with which identities are stolen and people are found.",
        "Leave one of them empty: the day is enough for a birthday card, the year for the age.",
    ),
    "hearing-past": Mistake(
        "warning",
        "The hearing is announced on pages and in calendars.",
        "Say what came of it as a change of status, and write the next hearing here or nothing.",
    ),
    "person-without-review": Mistake(
        "warning",
        "What is shown of people grows old: somebody is freed, or changes their mind.",
        "Write the day by which somebody looks again into review.",
    ),
    "review-due": Mistake(
        "warning",
        "Nobody has looked since then whether it still holds.",
        "Ask, correct the row, and write the next date.",
    ),
    "tombstone-with-traces": Mistake(
        "error",
        "Somebody took themselves out of the campaign; only a nameless row may tell of it.",
        "Give the row an id such as withdrawn-1 and leave every other column empty but consent.",
    ),
}

TIME_MISTAKES: dict[str, Mistake] = {
    "disputed-unlike": Mistake(
        "error",
        "Readers see the word and the sentence side by side.",
        "Write confidence “disputed” where disputed says who disputes it and how, and nowhere else.",
    ),
    "unknown-superseded": Mistake(
        "error", "The history of the figure would be lost.", "Write the id of the older fact, or empty supersedes."
    ),
    "supersedes-loop": Mistake(
        "error", "Of two facts one is the newer.", "Empty supersedes in the row that was there first."
    ),
    "supersedes-newer": Mistake(
        "error", "The older figure would take the place of the newer.", "Turn it around, or correct as_of."
    ),
    "superseded-fact-used": Mistake(
        "warning", "The text says a figure that a newer one has replaced.", "Write the id of the newer fact."
    ),
    "lonely-series": Mistake(
        "warning", "A series is one figure at several dates.", "Add the others, or leave the series empty."
    ),
    "series-units": Mistake(
        "error", "Figures of different units cannot be drawn as one line.", "Correct the unit, or the series."
    ),
    "series-twice": Mistake(
        "error",
        "One source gives one figure for one date; it is not clear which of the two counts.",
        "Correct as_of or source, or let the newer one supersede the older.",
    ),
}

COPY_MISTAKES: dict[str, Mistake] = {
    "copy-missing": Mistake(
        "error",
        "What rests on this source could not be looked up when its website is gone.",
        "Put the file into sources/, or correct its name.",
    ),
    "copy-changed": Mistake(
        "error",
        "The kept copy proves nothing if it may have been changed.",
        "Put the unchanged file back; if you meant to replace it, correct sha256.",
    ),
    "copy-without-checksum": Mistake(
        "error", "Nobody would notice if the copy was changed.", "Write the digest that the finding says into sha256."
    ),
    "copy-unlisted": Mistake(
        "warning", "Nothing says what it is, or who said so.", "Write its name into the column file of sources.csv."
    ),
}

RECORD_MISTAKES = {**PEOPLE_MISTAKES, **TIME_MISTAKES, **COPY_MISTAKES}

"""The kinds of mistakes that only show when values are read together: references, figures, translations.

Codes are stable and documented in docs/campaign-folder.md.
"""

from standwith.manuscript import Mistake

SENSE_MISTAKES: dict[str, Mistake] = {
    "reserved-id": Mistake(
        "error",
        "Every site has a page or a door of this name, and the two would get in each other's way.",
        "Choose another id.",
    ),
    "to-be-filled-in": Mistake(
        "warning", "An import cannot know it, and readers would see this.", "Write what belongs there."
    ),
    "custodians-needed": Mistake(
        "error",
        "It says how many of the custodians named here open a record together, so there must be as many.",
        "Correct custodians_needed or leave it out, or name more custodians with [[custodian]].",
    ),
    "too-many-custodians": Mistake(
        "error", "Every record carries a share for each of them.", "Name fewer; three or five are usual."
    ),
    "duplicate-custodian": Mistake(
        "error",
        "Two shares in one hand count as one: records could need a key that does not exist.",
        "Give each custodian a key of their own with standwith key.",
    ),
    "guarded-needs-two": Mistake(
        "error",
        "Whoever takes one key, by theft, court or force, would read everybody who signed.",
        "Name at least two custodians, better three, in different countries, and let custodians_needed be 2 or more.",
    ),
    "one-custodian-alone": Mistake(
        "warning",
        "Whoever has that one key reads everybody who signed; and if it is lost, all names are, for ever.",
        "Name three custodians; two of them are then needed together.",
    ),
    "no-custodian-to-spare": Mistake(
        "warning",
        "If one of them loses their key, nobody can ever read who signed.",
        "Name one custodian more than are needed.",
    ),
    "closes-before-opened": Mistake("error", "Nobody could ever sign.", "Correct one of the two dates."),
    "ends-before-start": Mistake("error", "The dates are upside down.", "Correct one of the two dates."),
    "source-language-not-listed": Mistake(
        "error", "The campaign is always published in the language it is written in.", "Add it to languages."
    ),
    "duplicate-language": Mistake("error", "Each language has one set of pages.", "Delete one of them."),
    "accent-contrast": Mistake(
        "warning", "Text in this colour is hard to read; WCAG AA asks for a contrast of 4.5.", "Choose a darker colour."
    ),
    "language-without-catalogue": Mistake(
        "warning",
        "Until it is translated the language is not published.",
        "Run standwith languages DIR --update to start the catalogue, or take the language out of the list.",
    ),
    "translation-not-listed": Mistake(
        "warning", "This translation is not published.", "Add the language to languages in campaign.toml."
    ),
    "catalogue-syntax": Mistake(
        "error", "The rest of the catalogue cannot be read.", "Mend this line, or open the file in Poedit and save it."
    ),
    "catalogue-language": Mistake(
        "error", "Translation programmes go by what the header says.", "Correct the header, or the name of the file."
    ),
    "placeholder-lost": Mistake(
        "error", "The figure would be missing in this language.", "Put the placeholder back, exactly as in the source."
    ),
    "placeholder-added": Mistake(
        "error", "The source has none, so it would show as typed.", "Write it as the source does, or take it out."
    ),
    "structure-lost": Mistake(
        "warning",
        "A heading becomes a paragraph, or a list loses an item, in this language only.",
        "Start headings with as many # as the source does, and give each item of a list its own line and mark.",
    ),
    "unknown-fact": Mistake(
        "error", "There is no figure to put in its place.", "Correct the id, or add the fact to facts.csv."
    ),
    "unknown-placeholder": Mistake(
        "error", "Only facts can be filled in; this would show as typed.", "Write {fact:ID}, or leave out the braces."
    ),
    "no-demands": Mistake(
        "error", "A campaign asks for something, and of somebody.", "Add a [[demand]] with id, text and addressee."
    ),
    "demand-without-addressee": Mistake(
        "error", "A demand that nobody is asked cannot be met.", 'Say of whom it is asked: addressee = "…".'
    ),
    "state-without-source": Mistake(
        "error", "Readers must be able to check that a demand was met.", "Fill in state_source and state_date."
    ),
    "two-sign-actions": Mistake(
        "error", "A campaign has one statement and one number.", "Keep one action of kind sign."
    ),
    "no-sign-action": Mistake(
        "warning", "The page will have no form to sign.", 'Add an [[action]] of kind "sign", if people should sign.'
    ),
    "empty-statement": Mistake(
        "error", "People put their names to the statement.", "Write what those who sign say together."
    ),
    "heading-level": Mistake(
        "error", "Screen readers use the levels of headings to find their way.", "Start with ## and skip no level."
    ),
    "raw-html": Mistake("warning", "HTML is never obeyed, it is shown as typed.", "Use Markdown, or take it out."),
    "markdown-not-shown": Mistake(
        "warning",
        "Pages know paragraphs, headings, lists, quotes, emphasis and links; anything else is shown as typed.",
        "Write it with what pages know, or take it out.",
    ),
    "template-marker": Mistake("warning", "It is shown as typed.", "Take it out; for a figure write {fact:ID}."),
    "typed-figure": Mistake(
        "warning",
        "A figure needs a source, a date and the number form of each language.",
        "Make it a row of facts.csv and write {fact:ID} here.",
    ),
    "unknown-source": Mistake(
        "error", "A claim says where it comes from.", "Correct the id, or add it to sources.csv."
    ),
    "unused-source": Mistake("warning", "Nothing refers to it.", "Use it, or delete the row."),
    "fact-without-source": Mistake(
        "error", "A figure without a source cannot be checked.", "Put the id of a row of sources.csv here."
    ),
    "event-without-source": Mistake(
        "error", "An event without a source cannot be checked.", "Put the id of a row of sources.csv here."
    ),
    "target-without-source": Mistake(
        "error", "Letters must not go to an address that somebody made up.", "Say where the address was published."
    ),
    "range-upside-down": Mistake("error", "low is the smaller figure.", "Swap low and high."),
    "wording-needs-figure": Mistake(
        "error",
        "The sentence would have a hole.",
        "Fill in the figures that the wording takes; the finding says which.",
    ),
    "wording-forbids-figure": Mistake(
        "error",
        "The words and the figures would contradict each other.",
        "Leave only the figures that the wording takes; the finding says which.",
    ),
    "percent-over-100": Mistake("error", "Of a hundred there are a hundred.", "Correct the figure or the unit."),
    "lonely-group": Mistake(
        "warning", "A group sets facts side by side that differ.", "Add the other fact, or leave the group empty."
    ),
    "duplicate-event": Mistake("error", "The timeline would show it twice.", "Delete one of the rows."),
    "duplicate-organisation": Mistake("error", "It would be counted twice.", "Delete one of the rows."),
    "organisation-without-country": Mistake(
        "error", "National and local organisations are listed by country.", "Write its ISO 3166 code, such as FR."
    ),
    "unknown-parent": Mistake(
        "error",
        "The link between the two would be lost.",
        "Write its name or acronym as in its row, or empty it.",
    ),
    "parent-loop": Mistake("error", "An organisation cannot stand above itself.", "Correct the parent."),
    "target-unreachable": Mistake("warning", "No letter can reach it.", "Fill in email or postal."),
    "media-missing": Mistake("error", "The page would have a hole.", "Put the file into media/, or correct its name."),
    "media-unlisted": Mistake(
        "warning", "It is not shown, and nobody says what it shows.", "Add a [[media]] table with file and alt."
    ),
    "media-type": Mistake(
        "error", "Other files can carry scripts, or are not shown by every browser.", "Save it as JPEG, PNG or WebP."
    ),
    "media-metadata": Mistake(
        "error",
        "Hidden data can say where a photograph was taken, and by whose telephone.",
        "Remove it, for example with exiftool -all= FILE, or save the picture for the web.",
    ),
    "media-too-large": Mistake("warning", "It is slow and costly on a bad line.", "Make it smaller than 300 kB."),
}

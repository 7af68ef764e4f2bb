"""Translations: each declared language has a catalogue, and no translation loses a figure or the shape of its text.

Does not say what is missing or stale; that is the gate of `translations`.
"""

from standwith.campaigns.checks.markup import read_outline
from standwith.campaigns.draft import Draft, Translation
from standwith.languages import Entry
from standwith.languages.placeholders import extra_placeholders, lost_placeholders
from standwith.manuscript import Place, check_hidden


def check_translations(draft: Draft) -> None:
    """Languages against catalogues, then every translation against its source."""
    if draft.head:
        _check_languages(draft)
    for translation in draft.translations.values():
        for line, message in translation.messages:
            if message.source and not message.obsolete:
                _check_message(draft, translation, line, message)


def _check_languages(draft: Draft) -> None:
    assert draft.head is not None
    head = draft.head
    for code in dict.fromkeys(head.value.languages):
        file = f"translations/{code}.po"
        if code != head.value.source_language and file not in draft.files and head.sound("languages"):
            place = draft.report.seek(head.at("languages"), f'"{code}"')
            draft.report.add("language-without-catalogue", place, f"There is no {file}.")
    for code, translation in draft.translations.items():
        if translation.catalogue.language != code:
            what = f"The header says that this is “{translation.catalogue.language}”, the file's name says “{code}”."
            place = draft.report.seek(Place(translation.file, 1, 1), "Language:")
            draft.report.add("catalogue-language", place, what)
        if code not in head.value.languages and head.sound("languages"):
            what = f"The campaign does not list the language “{code}”."
            draft.report.add("translation-not-listed", Place(translation.file, 1, 1), what)


def _check_message(draft: Draft, translation: Translation, line: int, message: Entry) -> None:
    """Stale translations follow an older source and are left alone, but for signs that deceive."""
    start = Place(translation.file, line, 1)
    for target in (message.target, *message.forms):
        place = draft.report.seek(start, "msgstr")
        check_hidden(target, place, draft.report)
        if message.fuzzy or not target:
            continue
        for name in lost_placeholders(message.source, target):
            draft.report.add("placeholder-lost", place, f"The translation has lost {{{name}}}.")
        for name in extra_placeholders(message.source, target):
            at = draft.report.seek(place, f"{{{name}}}")
            draft.report.add("placeholder-added", at, f"The translation has {{{name}}}, the source has not.")
        if message.context.startswith("statement:"):
            _check_outline(draft, place, message.source, target)


def _check_outline(draft: Draft, place: Place, source: str, target: str) -> None:
    asked, found = read_outline(source), read_outline(target)
    if found.headings != asked.headings:
        what = f"The source has {_say_headings(asked.headings)}, the translation {_say_headings(found.headings)}."
        draft.report.add("structure-lost", place, what)
    if found.items != asked.items:
        what = f"The source has {_say_items(asked.items)}, the translation {_say_items(found.items)}."
        draft.report.add("structure-lost", place, what)


def _say_headings(levels: tuple[int, ...]) -> str:
    marks = " and ".join("#" * level for level in levels)
    return f"a heading ({marks})" if marks else "no heading"


def _say_items(count: int) -> str:
    return "1 list item" if count == 1 else f"{count or 'no'} list items"

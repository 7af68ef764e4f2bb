"""What the intake says to people, in plain words: what is wrong with a field, and how to mend it.

Invariant: every code that form.py gives has its sentence here. The sentences are the English sources; a Voice says
them in the reader's language. Texts of whole pages stand in templates/.
"""

from collections.abc import Mapping

from standwith.intake.form import Problems
from standwith.languages import Voice, translatable

SENTENCES: Mapping[str, str] = {
    "name-missing": translatable("Write your name."),
    "name-without-letters": translatable("Write your name in letters."),
    "email-missing": translatable("Write your e-mail address: we send the confirmation there."),
    "email-wrong": translatable("Write the e-mail address in full, such as name@example.org."),
    "email-too-long": translatable("No e-mail address is longer than 254 characters: look at it again."),
    "country-missing": translatable("Choose your country."),
    "sign-missing": translatable("Tick the first box: without it there is no signature."),
    "text-changed": translatable("The statement has changed since you opened the page. Read it again, then sign."),
    "too-long": translatable("Shorten this to 200 characters."),
    "unreadable": translatable("Some letters did not arrive in one piece. Write them again."),
    "control-character": translatable(
        "There is a line break or a control character in this field. Write it on one line, by hand."
    ),
    "code-wrong": translatable("This code is not right. Compare it with the one in the mail, letter by letter."),
}


def sentences(voice: Voice, problems: Problems) -> Mapping[str, str]:
    """The problems, each said in the reader's language."""
    return {field: voice.gettext(SENTENCES[code]) for field, code in problems.items()}

"""Every problem has its sentence, and the extractor finds it."""

import re
from pathlib import Path

from standwith.intake import form, sentences
from standwith.languages import voice
from standwith.languages.extract import extract_interface


def test_every_code_that_the_form_gives_has_its_sentence() -> None:
    source = Path(form.__file__).read_text()
    given = set(re.findall(r'"([a-z]+-[a-z-]+)"', source)) | {"unreadable"}
    assert given - {"utf-8"} <= set(sentences.SENTENCES)


def test_sentences_keep_the_order_of_the_problems() -> None:
    said = sentences.sentences(voice("en"), {"name": "name-missing", "code": "code-wrong"})
    assert list(said) == ["name", "code"]
    assert said["name"] == "Write your name."


def test_sentences_can_be_translated() -> None:
    known = {message.source for message in extract_interface()}
    assert set(sentences.SENTENCES.values()) <= known

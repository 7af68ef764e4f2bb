"""What pages tell their scripts: every word that a script says, and nothing that ends the element it lies in."""

import json
import re

import pytest
from babel.messages.extract import extract_python

from standwith.languages import voice
from standwith.languages.placeholders import placeholders
from standwith.site import told as module
from standwith.site.labels import REASONS
from standwith.site.scripts import HERE
from standwith.site.told import OF_CHECK, OF_RECEIPT, tell_check, tell_receipt
from tests.site.conftest import LEDGER

# say("word"), step("mark", "word"), end("mark", "word"), verdictOf("word", "word"), ? "word" : "word" and the like
SAID = re.compile(r"(?:say|tell|step|end|verdictOf)\(([^;]*)")
EVIL = "</script><script>alert(1)</script>"


@pytest.mark.parametrize(("scripts", "words"), [(("receipt",), OF_RECEIPT), (("verify",), OF_CHECK)])
def test_no_word_that_a_script_says_is_missing_and_none_is_idle(scripts: tuple[str, ...], words: object) -> None:
    source = "".join((HERE / f"{name}.js").read_text("utf-8") for name in scripts)
    named = set(re.findall(r'"([a-z]+)"', source)) | set(re.findall(r"told\.words\.(\w+)", source))
    assert set(words) <= named
    for call in SAID.findall(source):
        first = re.match(r'"(?:yes|no|open)", "([a-z]+)"|"([a-z]+)"', call)
        if first and (first[1] or first[2]) not in ("yes", "no", "open"):
            assert (first[1] or first[2]) in words, call


def test_a_place_for_a_value_is_one_that_scripts_fill() -> None:
    source = "".join((HERE / f"{name}.js").read_text("utf-8") for name in ("verify", "receipt"))
    for text in (*OF_CHECK.values(), *OF_RECEIPT.values()):
        for place in placeholders(text):
            assert re.search(rf"[{{,] {place}\b", source), text


def test_the_page_that_checks_knows_log_key_campaigns_and_reasons() -> None:
    told = json.loads(tell_check(voice("en"), LEDGER, [("belarus", EVIL, "https://x.example.org/en/belarus/")]))
    assert (told["log"], told["vkey"]) == (LEDGER.log_url, LEDGER.vkey)
    assert told["campaigns"] == {LEDGER.tag("belarus"): [EVIL, "https://x.example.org/en/belarus/"]}
    assert {key for key in told["words"] if key.startswith("reason") and key != "reason"} == {
        f"reason{number}" for number in REASONS
    }


def test_nothing_in_it_ends_the_element() -> None:
    assert "<" not in tell_check(voice("ar"), LEDGER, [("belarus", EVIL, EVIL)])
    assert "<" not in tell_receipt(voice("ar"), EVIL)


def test_every_word_is_there_for_translators() -> None:
    with open(module.__file__, "rb") as file:
        found = {message for _, _, message, _ in extract_python(file, {"_t": None}, (), {})}
    assert set(OF_CHECK.values()) | set(OF_RECEIPT.values()) <= found

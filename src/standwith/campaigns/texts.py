"""The exact text that a supporter puts their name to, as one digest.

SHA-256 over UTF-8, written as 64 lower-case hexadecimal digits, of what people sign, such as

    standwith/text/1
    language fr
    block 32
    Nous sommes avec les grévistes.
    demand 41
    Libérez toutes les personnes détenues !
    addressee 31
    Gouvernement de la Biélorussie
    fact 36
    killed|2||people|at least|2020-08-17

First the blocks of the statement as published in that language, then each demand and whom it is addressed to, then the
facts that any of these refer to, in order of their ids: id, low, high, unit, wording, as_of. A number counts the bytes
of the text that follows. Every part ends with a newline. Invariant: two texts with one digest are the same text with
the same figures; a change of layout, of translation state or of a language's number format changes nothing. A part that
is stale or missing counts as it is shown. Does not number versions; the clerk's supporters do.
"""

from collections.abc import Iterator
from hashlib import sha256

from standwith.campaigns.model import Campaign
from standwith.campaigns.translations import localise
from standwith.facts import Fact
from standwith.languages.placeholders import placeholders


def text_digest(campaign: Campaign, code: str) -> str:
    """The digest of what people sign in language `code`: 64 hexadecimal digits."""
    return sha256(canonical_text(campaign, code)).hexdigest()


def canonical_text(campaign: Campaign, code: str) -> bytes:
    """The bytes that are hashed, as the module's docstring lays them out."""
    parts = list(_parts(campaign, code))
    cited = {name.removeprefix("fact:") for _, text in parts for name in placeholders(text) if name.startswith("fact:")}
    parts += [("fact", _figure(fact)) for fact in sorted(campaign.facts, key=lambda fact: fact.id) if fact.id in cited]
    lines = "".join(f"{name} {len(text.encode())}\n{text}\n" for name, text in parts)
    return f"standwith/text/1\nlanguage {code}\n{lines}".encode()


def _parts(campaign: Campaign, code: str) -> Iterator[tuple[str, str]]:
    texts = localise(campaign, code)
    for block in texts.statement:
        yield "block", block.text
    for demand in campaign.demands:
        yield "demand", texts.text(f"demand:{demand.id}").text
        yield "addressee", texts.text(f"demand:{demand.id}:addressee").text


def _figure(fact: Fact) -> str:
    figures = ("" if figure is None else str(figure) for figure in (fact.low, fact.high))
    return "|".join((fact.id, *figures, fact.unit, fact.wording, str(fact.as_of)))

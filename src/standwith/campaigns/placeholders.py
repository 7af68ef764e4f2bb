"""Placeholders in a campaign's texts: {fact:detained} stands for the fact with that id.

Says which texts may have them and which facts they ask for. Anything else in braces is shown as it is typed. Filling
them in is for `localise`; comparing a translation with its source is for `standwith.languages.placeholders`.
"""

import re

FACT = re.compile(r"\{fact:([a-z0-9-]+)\}")
SUSPECT = re.compile(r"\{[^{}\n]{0,80}\}")
MARKER = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\$\{[^}]*\}|<%.*?%>|%\([a-z_]+\)s", re.DOTALL)


def facts_in(text: str) -> tuple[str, ...]:
    """The ids of the facts that a text refers to, each once, in order of appearance."""
    return tuple(dict.fromkeys(FACT.findall(text)))

"""The scripts: the same programs in fewer bytes, small, and asking nobody but us. That they work, the stories show."""

import re

import pytest

from standwith.site.packing import gzip
from standwith.site.scripts import HERE, MADE_OF, script, shrink

PARTS = sorted({part for parts in MADE_OF.values() for part in parts})
SOURCE = r"""// What it is for.
(() => {
  const text = "a  //  b = \" c", rule = text.replace(/[ ,] "x\/]/g, `${ text }  ;  `);

  // Why.
  if (rule === text) { go(1 + +rule, 6 / 2, rule - -1, i++ + 1); }
  return { "a": rule, b: [ 1, 2 ] };
})();
"""


def test_a_shrunk_script_keeps_its_texts_patterns_and_signs() -> None:
    assert shrink(SOURCE) == (
        r"""(()=>{const text="a  //  b = \" c",rule=text.replace(/[ ,] "x\/]/g,`${ text }  ;  `);"""
        """if(rule===text){go(1 + +rule,6/2,rule - -1,i++ + 1);}\nreturn{"a":rule,b:[1,2]};})();"""
    )


@pytest.mark.parametrize("part", PARTS)
def test_shrinking_twice_changes_nothing_more(part: str) -> None:
    once = shrink((HERE / f"{part}.js").read_text("utf-8"))
    assert shrink(once) == once


@pytest.mark.parametrize(("name", "most"), [("number", 1000), ("receipt", 3500), ("verify", 6500)])
def test_scripts_are_small(name: str, most: int) -> None:
    assert len(gzip(script(name).encode())) <= most


@pytest.mark.parametrize("name", MADE_OF)
def test_no_script_asks_elsewhere_or_writes_html(name: str) -> None:
    said = script(name)
    for word in ("http:", "https:", "innerHTML", "insertAdjacent", "eval(", "Function(", "localStorage", "cookie"):
        assert word not in said


@pytest.mark.parametrize("part", PARTS)
def test_sources_keep_to_what_shrinking_needs(part: str) -> None:
    for line in (HERE / f"{part}.js").read_text("utf-8").splitlines():
        assert "/*" not in line
        behind = re.sub(r'"(?:\\.|[^"\\])*"|`[^`]*`', "", line).partition("//")
        assert not behind[1] or not behind[0].strip(), line

"""The one canonical form of a TOML file: what `standwith format` writes.

    title = "Stand with Belarus"
    languages = ["en", "fr"]
    custodians_needed = 2

    [owner]
    name = "Example Union"

    [[demand]]
    text = \"\"\"
    Two lines
    of text\"\"\"

Invariant: `read_toml(write_toml(data)).data == data`, keys in the order given. Takes texts, whole numbers, lists of
texts, tables and lists of tables, one level deep: all that a manuscript needs.
"""

from collections.abc import Iterable, Mapping, Sequence

Value = str | int | Sequence[str]
WIDTH = 120

_ESCAPES = {ord("\\"): "\\\\", ord('"'): '\\"', ord("\b"): "\\b", ord("\t"): "\\t", ord("\f"): "\\f", ord("\r"): "\\r"}
_ESCAPES |= {code: f"\\u{code:04x}" for code in (*range(32), 127) if code not in (*_ESCAPES, ord("\n"))}


def write_toml(
    values: Mapping[str, Value],
    tables: Mapping[str, Mapping[str, Value]],
    lists: Mapping[str, Iterable[Mapping[str, Value]]],
) -> str:
    """The canonical text: values, then [tables], then [[lists of tables]]."""
    parts = [_write_pairs(values)]
    parts += [f"[{name}]\n{_write_pairs(table)}" for name, table in tables.items()]
    parts += [f"[[{name}]]\n{_write_pairs(table)}" for name, rows in lists.items() for table in rows]
    return "\n".join(parts)


def _write_pairs(values: Mapping[str, Value]) -> str:
    return "".join(f"{key} = {_write_value(key, value)}\n" for key, value in values.items())


def _write_value(key: str, value: Value) -> str:
    if isinstance(value, str):
        return _write_text(value)
    if isinstance(value, int):
        return str(value)
    texts = [_write_text(text) for text in value]
    line = f"[{', '.join(texts)}]"
    if len(f"{key} = {line}") <= WIDTH:
        return line
    return "[\n" + "".join(f"  {text},\n" for text in texts) + "]"


def _write_text(text: str) -> str:
    escaped = text.translate(_ESCAPES)
    return f'"""\n{escaped}"""' if "\n" in text else f'"{escaped}"'

"""Sizes of functions and files, printed; ends with 1 when the house grows rooms nobody can see the end of.

    python -m tests.architecture.sizes

Measures src/standwith: a function's length is its lines from `def` to the last, docstring included, decorators not.
A file over 300 lines says why in its docstring, in a sentence that has the words "Long because"; none is over 500.
Figures of the tests are printed for information and bind nobody.
"""

import ast
import statistics
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "standwith"
MEDIAN_UNDER = 10
LONG_FUNCTION, LONG_SHARE, LONGEST_FUNCTION = 60, 0.02, 100
LONG_FILE, LONGEST_FILE = 300, 500
REASON = "long because"


class Function(NamedTuple):
    """One function or method: where it is and how many lines it has."""

    file: str
    name: str
    line: int
    length: int


class File(NamedTuple):
    """One module: its lines, and whether its docstring gives a reason for being long."""

    name: str
    length: int
    reasoned: bool


def measure(root: Path) -> tuple[list[File], list[Function]]:
    """Return every Python file under `root` and every function in them."""
    files, functions = [], []
    for path in sorted(root.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text)
        name = str(path.relative_to(root))
        docstring = " ".join((ast.get_docstring(tree) or "").lower().split())
        files.append(File(name, len(text.splitlines()), REASON in docstring))
        functions.extend(_functions(tree, name))
    return files, functions


def broken(files: Iterable[File], functions: Iterable[Function]) -> list[str]:
    """Return one sentence for each limit that does not hold."""
    functions = list(functions)
    found = []
    lengths = [function.length for function in functions] or [0]
    median = statistics.median(lengths)
    if median >= MEDIAN_UNDER:
        found.append(f"the median function has {median:g} lines; it should have under {MEDIAN_UNDER}")
    long = [length for length in lengths if length > LONG_FUNCTION]
    if len(long) > LONG_SHARE * len(lengths):
        share = f"{len(long)} of {len(lengths)} functions"
        found.append(f"{share} are over {LONG_FUNCTION} lines; at most {LONG_SHARE:.0%} may be")
    for function in functions:
        if function.length > LONGEST_FUNCTION:
            found.append(f"{function.file}:{function.line} {function.name} has {function.length} lines")
    for file in files:
        if file.length > LONGEST_FILE:
            found.append(f"{file.name} has {file.length} lines; none may have over {LONGEST_FILE}")
        elif file.length > LONG_FILE and not file.reasoned:
            found.append(f'{file.name} has {file.length} lines and no "Long because" in its docstring')
    return found


def describe(files: list[File], functions: list[Function]) -> Iterator[str]:
    """Yield the figures, a line each, the longest functions and files last."""
    lengths = [function.length for function in functions] or [0]
    over = [function for function in functions if function.length > LONG_FUNCTION]
    yield f"{len(files)} files, {sum(file.length for file in files):,} lines, {len(functions):,} functions"
    yield f"median function {statistics.median(lengths):g} lines, longest {max(lengths)}"
    yield f"functions over {LONG_FUNCTION} lines: {len(over)} ({len(over) / len(lengths):.1%})"
    yield f"files over {LONG_FILE} lines: {sum(file.length > LONG_FILE for file in files)}"
    for function in sorted(over, key=lambda function: -function.length):
        yield f"  {function.length:4} {function.file}:{function.line} {function.name}"
    for file in sorted(files, key=lambda file: -file.length):
        if file.length > LONG_FILE:
            yield f"  {file.length:4} {file.name}"


def main() -> int:
    """Print the figures; return 1 when a limit does not hold."""
    files, functions = measure(SOURCE)
    print("src/standwith")
    print("\n".join(describe(files, functions)))
    print("tests, for information")
    print("\n".join(list(describe(*measure(ROOT / "tests")))[:4]))
    problems = broken(files, functions)
    for problem in problems:
        print(f"too large: {problem}", file=sys.stderr)
    return 1 if problems else 0


def _functions(tree: ast.Module, file: str) -> Iterator[Function]:
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield Function(file, node.name, node.lineno, (node.end_lineno or node.lineno) - node.lineno + 1)


if __name__ == "__main__":
    sys.exit(main())

"""What every drawing is framed by: title and description, the line of time, and a place that is stretched to the width.

Invariant: everything that is put in is escaped here or is a number.
"""

from collections.abc import Iterable

from markupsafe import Markup, escape

from standwith.look.drawing.axis import WIDTH, Axis, percent

FOOT = 22  # pixels below the line of time, for its labels


def frame(name: str, kind: str, height: int, title: str, words: str, parts: Iterable[str]) -> Markup:
    """A drawing of this height in pixels; `name` is its id, unique in the page, `words` says what it shows."""
    return Markup(  # noqa: S704 title and words are escaped here, the parts where they are made
        f'<svg id="{name}" class="drawn {kind}" role="img" aria-labelledby="{name}-t" aria-describedby="{name}-d" '
        f'width="100%" height="{height}">'
        f'<title id="{name}-t">{escape(title)}</title><desc id="{name}-d">{escape(words)}</desc>{"".join(parts)}</svg>'
    )


def stretch(height: int, paths: Iterable[str]) -> str:
    """Paths whose units across are parts of the width, and pixels upright; their lines stay as thick as they are."""
    inside = "".join(paths)
    return (
        f'<svg viewBox="0 0 {WIDTH} {height}" preserveAspectRatio="none" width="100%" height="{height}">{inside}</svg>'
    )


def path(kind: str, data: str) -> str:
    """A path, or nothing where it is empty."""
    return f'<path class="{kind}" d="{data}" vector-effect="non-scaling-stroke"/>' if data else ""


def text(units: float, y: float, said: str, kind: str = "") -> str:
    """A label at a part of the width; without a kind it begins there."""
    of_kind = f' class="{kind}"' if kind else ""
    return f'<text{of_kind} x="{percent(units)}" y="{y:g}">{escape(said)}</text>'


def beginning(axis: Axis) -> int:
    """Where a line of text begins."""
    return WIDTH if axis.voice.dir == "rtl" else 0


def ruled(axis: Axis, top: int, bottom: int, below: int = 0) -> tuple[str, str]:
    """The lines of the axis (for `stretch`) and their labels, which leave some room `below` the level one."""
    ticks = axis.ticks()
    lines = "".join(f"M{at} {top}V{bottom + below + 6}" for at, _ in ticks)
    labels = "".join(text(at, bottom + below + 20, label) for at, label in ticks)
    return path("grid", lines) + path("base", f"M0 {bottom}H{WIDTH}"), labels

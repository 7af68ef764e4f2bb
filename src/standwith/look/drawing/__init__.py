"""Drawings that stand in a page as SVG: a line of time with what happened, and figures over time.

Holds pure functions: dates and numbers in, markup out. Invariants: a drawing has a title and a description in the
page's language, numbers and dates in its voice; what it says also stands in words beside it, and no two things are
told apart by colour alone; in a language that runs right to left, time does, too. Everything lies at parts of the
width, so a drawing is as wide as its place and its letters are as large as those around it; labels have room at 360
pixels.
It knows no facts, no events and no campaign. No fonts, no scripts, nothing from elsewhere; the colours are those of
style/drawing.css. Standard: SVG 2, as far as lines, text and nested drawings need it.
"""

from standwith.look.drawing.axis import Axis
from standwith.look.drawing.plot import SHAPES, Point, draw_plot
from standwith.look.drawing.timeline import Mark, draw_timeline, is_numbered

__all__ = ["SHAPES", "Axis", "Mark", "Point", "draw_plot", "draw_timeline", "is_numbered"]

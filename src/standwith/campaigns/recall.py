"""What was worked out last: publishing asks for the same several times, and what a campaign says never changes.

    @recall                              of one campaign (and texts or days), as a whole
    @recall_of("facts", "statement")     of these parts of a campaign; another with the very same ones has it, too
    @recall_by(lambda a, b: (a, b.c))    of whatever the function returns

Invariant: an answer is given again only for the very same objects (texts and days: equal ones). At most KEPT answers of
a function are kept, and with them what they were made of; the one asked for longest ago goes first.
"""

from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from functools import wraps
from operator import attrgetter
from typing import Any, ParamSpec, TypeVar

KEPT = 32
Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def recall_by(
    parts: Callable[..., tuple[Any, ...]],
) -> Callable[[Callable[Asked, Answer]], Callable[Asked, Answer]]:
    """A decorator for functions whose answer follows from these parts of what they are asked; answers are shared."""

    def decorate(work_out: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
        kept: OrderedDict[tuple[Any, ...], tuple[Any, Answer]] = OrderedDict()

        @wraps(work_out)
        def recalled(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
            asked = parts(*args, **kwargs)
            key = tuple(one if isinstance(one, str | date) else id(one) for one in asked)
            if key in kept:
                kept.move_to_end(key)
                return kept[key][1]
            answer = work_out(*args, **kwargs)
            kept[key] = asked, answer  # kept alive with it, so that no other object gets its identity
            if len(kept) > KEPT:
                kept.popitem(last=False)
            return answer

        return recalled

    return decorate


def recall(work_out: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """The function, which remembers everything it is asked."""
    return recall_by(lambda *args: args)(work_out)


def recall_of(*names: str) -> Callable[[Callable[Asked, Answer]], Callable[Asked, Answer]]:
    """A decorator for functions of a campaign that look at these parts of it only."""
    if len(names) == 1:
        return recall_by(lambda campaign: (getattr(campaign, names[0]),))
    return recall_by(attrgetter(*names))

"""What was worked out of a campaign last: publishing asks for the same several times, and a campaign never changes.

Invariant: an answer is given again only for the very same object. At most KEPT answers are kept, and with them their
campaigns; the one asked for longest ago goes first.
"""

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from standwith.campaigns.model import Campaign

KEPT = 32
Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def recall(
    work_out: Callable[Concatenate[Campaign, Asked], Answer],
) -> Callable[Concatenate[Campaign, Asked], Answer]:
    """The function, which remembers; its other arguments must be hashable, and what it returns is shared."""
    kept: OrderedDict[object, tuple[Campaign, Answer]] = OrderedDict()

    @wraps(work_out)
    def recalled(campaign: Campaign, /, *args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        key = (id(campaign), args, tuple(sorted(kwargs.items())))
        if key in kept:
            kept.move_to_end(key)
            return kept[key][1]
        answer = work_out(campaign, *args, **kwargs)
        kept[key] = campaign, answer  # kept alive with it, so that no other object gets its identity
        if len(kept) > KEPT:
            kept.popitem(last=False)
        return answer

    return recalled

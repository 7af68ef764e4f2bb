"""How much of a person may be shown: full name, initials or nothing.

The rule: consent withheld or withdrawn, nothing; risk high, initials at most; consent or risk not stated, nothing. The
strictest level wins. Pure; knows no files.
"""

SHOWN = ("none", "initials", "full name")
HIDDEN = ("", "withheld", "withdrawn")


def ceiling(consent: str, risk: str) -> str:
    """The most that may be shown of somebody; an empty consent or risk counts as the strictest."""
    if consent in HIDDEN or not risk:
        return "none"
    return "initials" if risk == "high" else "full name"


def strictest(*levels: str) -> str:
    """The lowest of the levels given; an empty level counts as "none"."""
    return SHOWN[min(SHOWN.index(level) if level else 0 for level in levels)]

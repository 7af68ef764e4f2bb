"""A command that will not go on: one sentence for the person at the keyboard, exit status 2.

Every command raises Refusal instead of printing and exiting, so that `standwith.cli.main` is the one place that speaks.
It says what is wrong and what mends it. It never carries a supporter's data.
"""


class Refusal(Exception):
    """One sentence: what is wrong and what to do about it."""

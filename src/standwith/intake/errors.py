"""What keeps the intake from starting.

IntakeRefused    manifest, keys or journal are missing or unusable     mend what the sentence names, start again

Once it runs, the intake answers people with pages; it raises nothing.
"""


class IntakeRefused(Exception):
    """The intake does not start; the message is a sentence for whoever starts it."""

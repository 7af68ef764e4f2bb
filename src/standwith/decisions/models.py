"""The tables of decisions. No verbs here; see decide.py, hold.py, withdraw.py and campaigns.py.

    Decision    who decided what and when, one row for each person and verb; never changed but to forget a name
    Standing    where a person stands: which version waits for a second person, which one is shown, who holds it back

Invariants: `approved` was accepted by `first` and approved by `second`, who have two names; a person that is held back
has neither an accepted nor an approved version. After a withdrawal no row names the person: Standing is gone, and every
Decision about them has no id and no digest any more. What `accepted` and `approved` hold is in versions.py.
"""

from enum import StrEnum

from django.db import models

from standwith.decisions.names import NAME


class Verb(StrEnum):
    """What can be decided; the first five about a person, the others about a campaign."""

    ACCEPT = "accept"
    APPROVE = "approve"
    HOLD = "hold"
    RELEASE = "release"
    WITHDRAW = "withdraw"
    PUBLISH = "publish"
    PAUSE = "pause"
    RESUME = "resume"


class Reason(StrEnum):
    """Why somebody is held back; a class and never a story."""

    ASKED = "asked"
    DANGER = "danger"
    CONSENT = "consent"
    DOUBT = "doubt"
    MISTAKE = "mistake"
    OTHER = "other"


class Decision(models.Model):
    """Somebody decided something."""

    campaign = models.CharField(max_length=100)
    person = models.CharField(max_length=100, blank=True)  # "" for a whole campaign, and after a withdrawal
    verb = models.CharField(max_length=10)
    by = models.CharField(max_length=NAME)
    at = models.DateTimeField()
    digest = models.CharField(max_length=64, blank=True)  # of the version that was decided on
    reason = models.CharField(max_length=10, blank=True)

    class Meta:
        indexes = [models.Index(fields=["campaign", "person"], name="decision_about")]


class Standing(models.Model):
    """Where one person stands."""

    campaign = models.CharField(max_length=100)
    person = models.CharField(max_length=100)
    accepted = models.BinaryField(null=True)  # the version that waits for a second person
    accepted_by = models.CharField(max_length=NAME, blank=True)
    accepted_at = models.DateTimeField(null=True)
    approved = models.BinaryField(null=True)  # the version that may be shown
    first = models.CharField(max_length=NAME, blank=True)
    second = models.CharField(max_length=NAME, blank=True)
    approved_at = models.DateTimeField(null=True)
    held = models.CharField(max_length=10, blank=True)
    held_by = models.CharField(max_length=NAME, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "person"], name="standing_once"),
            models.CheckConstraint(
                name="held_shows_nothing",
                condition=models.Q(held="") | models.Q(accepted__isnull=True, approved__isnull=True),
            ),
        ]

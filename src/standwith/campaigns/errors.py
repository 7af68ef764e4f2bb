"""What can go wrong with a campaign folder as a whole; none of these is worth a retry.

CampaignError
├── FolderUnreadable     there is no such folder, or this account may not read it
└── CampaignRefused      the folder has errors; carries the findings
"""

from standwith.manuscript import Finding


class CampaignError(Exception):
    """The root of the tree; its text is a sentence for people."""


class FolderUnreadable(CampaignError):
    """There is no folder here that can be read."""


class CampaignRefused(CampaignError):
    """A folder with errors cannot be used; `findings` holds errors and warnings."""

    def __init__(self, name: str, findings: tuple[Finding, ...]) -> None:
        errors = [finding for finding in findings if finding.severity == "error"]
        first = errors[0]
        count = "an error" if len(errors) == 1 else f"{len(errors)} errors, the first"
        super().__init__(
            f"{name} has {count} at {first.file}:{first.line}: {first.what}"
            f" Run standwith check {name} to see what mends it."
        )
        self.findings = findings

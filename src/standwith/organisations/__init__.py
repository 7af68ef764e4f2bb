"""Organisations: unions, federations and networks that stand with a campaign.

Holds their structure and scopes. Reads no files; references between organisations are checked by `standwith.campaigns`.
"""

from standwith.organisations.organisation import SCOPES, Organisation

__all__ = ["SCOPES", "Organisation"]

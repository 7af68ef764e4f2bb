"""Decisions: what of a campaign is shown, decided by people, two of them for every person that is spoken of.

Verbs for a desk that is still to come; until then the command line is their only door. It speaks no HTTP.
"""

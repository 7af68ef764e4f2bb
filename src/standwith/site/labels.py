"""The words of the campaign format's small vocabularies, as a reader sees them; marked here, translated when shown.

Invariant: every value that a campaign folder may hold has its words here (a test walks the vocabularies). It formats
nothing.
"""

from collections.abc import Mapping

from standwith.languages import translatable as _t

SCOPES: Mapping[str, str] = {
    "national-interprofessional": _t("National confederations"),
    "national-sectoral": _t("National unions of one trade"),
    "local": _t("Local unions"),
    "international": _t("International organisations"),
    "network": _t("Networks and currents"),
}

DEMAND_STATES: Mapping[str, str] = {
    "open": _t("open"),
    "partly met": _t("partly met"),
    "met": _t("met"),
}

STATUSES: Mapping[str, str] = {
    "missing": _t("missing"),
    "detained": _t("detained"),
    "under house arrest": _t("under house arrest"),
    "charged": _t("charged"),
    "on trial": _t("on trial"),
    "sentenced": _t("sentenced"),
    "imprisoned": _t("in prison"),
    "moved": _t("moved to another prison"),
    "released": _t("released"),
    "acquitted": _t("acquitted"),
    "dismissed": _t("dismissed from work"),
    "reinstated": _t("back at work"),
    "in exile": _t("in exile"),
    "killed": _t("killed"),
    "died": _t("died"),
}

# Whoever is inside stands under the first heading, whatever came since, such as a trial; everybody else under the one
# that their latest status belongs to, in this order. Of some, nothing is known but who they are.
INSIDE = _t("Still inside")
FREE = _t("Free again")
NO_NEWS = _t("No news yet")
FATES: Mapping[str, tuple[str, ...]] = {
    INSIDE: ("detained", "under house arrest", "imprisoned", "moved"),
    _t("Not free"): ("missing", "charged", "on trial", "sentenced"),
    FREE: ("released", "acquitted", "reinstated"),
    _t("Punished for taking part"): ("dismissed", "in exile"),
    _t("They lost their lives"): ("killed", "died"),
    NO_NEWS: (),
}

CONFIDENCES: Mapping[str, str] = {
    "confirmed": _t("Confirmed"),
    "reported": _t("Reported, not confirmed"),
    "disputed": _t("Disputed"),
}

EVENT_KINDS: Mapping[str, str] = {
    "election": _t("election"),
    "protest": _t("protest"),
    "strike": _t("strike"),
    "violence": _t("violence"),
    "arrests": _t("arrests"),
    "trial": _t("trial"),
    "release": _t("release"),
    "dismissals": _t("dismissals"),
    "law": _t("law"),
    "statement": _t("statement"),
    "call": _t("call"),
    "political": _t("politics"),
    "negotiation": _t("negotiation"),
    "embassy-action": _t("action at embassies"),
    "day-of-action": _t("day of action"),
    "solidarity": _t("solidarity"),
}

# The rows of the drawn timeline, from above.
EVENT_ROWS: Mapping[str, tuple[str, ...]] = {
    _t("Repression and release"): ("violence", "arrests", "trial", "dismissals", "release"),
    _t("Protests and strikes"): ("protest", "strike"),
    _t("Solidarity"): ("statement", "call", "embassy-action", "day-of-action", "solidarity"),
    _t("Politics and law"): ("election", "law", "political", "negotiation"),
}

# Why a signature was taken out of the count by somebody else than its signer; the numbers are those of ledger.Reason.
REASONS: Mapping[int, str] = {
    1: _t("at the signer's request"),
    2: _t("duplicate"),
    3: _t("not a person"),
    4: _t("erased"),
    5: _t("planted as a test"),
    6: _t("by legal order"),
}

"""What group of organisations a heading announces: "Syndicats locaux", "Branchengewerkschaften", "Сетки".

Invariant: the answer is one of `SCOPES`, or "" where the heading names no group. The stems are those of every
language that standwith speaks, tried from the narrow to the wide: an international network is a network.
"""

import re
import unicodedata

_STEMS = (
    (
        "national-interprofessional",
        r"inter ?profes|interprof|intersindic|intersect|interconfed|confedera|konfedera|branchenubergreif|dachverb"
        r"|межпрофес|межотрасл|міжпрофес|міжгалуз|міжпрафес|міжгалін|კონფედერაც|профсоюздар конфедерац|miedzybranz"
        r"|ogolnopolskie centrale|centrales? (national|sindical)|اتحادات? عام|كونفدرال|федерации профсоюзов",
    ),
    (
        "national-sectoral",
        r"profes|profissiona|sector|settor|setor|sektor|branch|branche|fachgewerk|categor|قطاع|مهني|отрасл|професс"
        r"|галін|галуз|професі|прафес|დარგობრივ|პროფეს|тармактык|кесиптик|branzow|zawodow",
    ),
    (
        "network",
        r"network|reseau|\bred(es)?\b|\bredes?\b|\bret[ei]\b|netzwerk|trend|tendenc|tendance|courant|corrient|corrent"
        r"|stromung|شبك|تيار|\bсет[иь]|сетк|сетак|мереж|ქსელ|тармак|\bsiec|nurt|течени|напрамк|течі",
    ),
    ("local", r"\bloca|\bloka|region|territor|محلي|местн|мясцов|місцев|ადგილობრივ|жергиликт|областн|рэгіян|регіон"),
    ("international", r"internat|internac|internaz|دولي|عالمي|международ|міжнарод|საერთაშორისო|эл ?аралык|miedzynarod"),
)


def scope_of(heading: str) -> str:
    """The group that this heading announces."""
    folded = unicodedata.normalize("NFKD", heading.casefold().replace("ł", "l"))
    plain = re.sub(r"[-\s]+", " ", "".join(sign for sign in folded if not unicodedata.combining(sign)))
    return next((scope for scope, stems in _STEMS if re.search(stems, plain)), "")


def guess_scope(name: str, country: str) -> str:
    """The group of an organisation that stands under no telling heading, by its own name."""
    named = scope_of(name)
    if named in ("network", "national-interprofessional"):
        return named
    if not country:
        return "international"
    return "national-sectoral"

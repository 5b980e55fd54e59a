"""How an item is told beside what it is: how often, how long, with or without contrast, in what form.

Each function reads a stretch of text that is about one item (`items.stretches`).
"""

from __future__ import annotations

import re

from app.services.language.amounts import REFILLS, find_counts
from app.services.language.numbers import IN_FIGURES_TOO, NUMBER, as_number

_RATES = {
    "qd": 1.0, "qhs": 1.0, "qam": 1.0, "qpm": 1.0, "daily": 1.0, "nightly": 1.0, "bid": 2.0, "tid": 3.0, "qid": 4.0,
}  # fmt: skip
_FREQUENCY = re.compile(
    rf"\b(?:every|q\.?)\s?(?P<hours>{NUMBER})\s?(?:h\b|hrs?\b|hours?\b)"
    rf"|\b(?P<units>{NUMBER})\s(?:[a-z]+\s){{0,2}}?(?:tablets?|tabs?|pills?|capsules?)\s(?:a|per|each|every)\sday\b"
    rf"|\bevery (?P<days>{NUMBER}|other|second) days?\b"
    rf"|\b(?P<times>{NUMBER})(?:\s?(?:x|times))?\s?(?:(?:in )?an?|per|each|/|every|in the|in one|out of an?)\s?day\b|\b(?P<daily>{NUMBER})\s?(?:x|times)?\s?daily\b"
    r"|(?<![\w.])(?P<latin>q\.?d|q\.?h\.?s|q\.?a\.?m|q\.?p\.?m|b\.?i\.?d|t\.?i\.?d|q\.?i\.?d)\b\.?"
    r"|\b(?P<weekly>once (?:weekly|a week|per week|every week)|every week|one time (?:a|per) week)\b|\b(?P<once>every (?:day|night|morning|evening)|at bedtime|at night|nightly|daily)\b(?! (?:living|activit|function))",
    re.I,
)
_OR = re.compile(rf"\b({NUMBER})\s?(?:or|to|-|–)\s?$", re.I)
_AND_A_HALF = re.compile(r"\band a half\b[^.;,]{0,24}$", re.I)
_MORNING_AND_NIGHT = re.compile(
    r"\b(?:morning|breakfast|noon)\b[^.;]{0,30}\b(?:and|,)[^.;]{0,20}\b(?:night|evening|bedtime|supper|dinner)\b",
    re.I,
)
_PERIOD = {"day": 1, "night": 1, "week": 7, "month": 30, "year": 365}
_SOME = rf"(?:{NUMBER}|an?|half a)"
_LASTS = re.compile(
    rf"\b(?P<n4>{_SOME})\s+(?:hospital|inpatient|in-?patient)\s+(?P<u4>day|night)s?\b|\b(?P<n1>{_SOME})[\s-]*(?P<u1>day|night|week|month|year)s?[\s-]+(?:of\s+(?:the\s+)?)?(?:(?:inpatient|hospital|in-?hospital|acute)[\s-]+){{0,2}}(?:stay|admission|hospitali[sz]ation|supply|rental|trial|course|use|program|period|treatment|lease|loan)"
    rf"|\b(?:rental|trial|supply|course|use|period|lease|stay|admission|program)\s*(?:x|of|for|:|,)?\s*(?:about\s+)?(?P<n2>{NUMBER})[\s-]*(?P<u2>day|week|month|year)s?"
    rf"|\b(?:for|over|in|across|within|throughout|during|last(?:s|ed)?|lasting|spread over|a course of|the next|to last)\s+(?:a period of\s+|the next\s+|an?\s+(?=\d))?(?P<n3>{_SOME})[\s-]+(?P<u3>day|night|week|month|year)s?\b(?!\s+(?:ago|old|of age|prior|before|earlier|now|and has))",
    re.I,
)
_PER_WEEK = re.compile(
    rf"\b(?P<times>{NUMBER}){IN_FIGURES_TOO}\s*(?:times?|x|visits?|sessions?|treatments?|days?)?\s*(?:(?:a|per|each|every|/|x)\s*(?:week|wk)|weekly)\b"
    r"|\b(?P<weekly>(?:once )?weekly|every week|each week)\b|\bevery (?P<other>other|second|two|third|three|four) weeks?\b|(?P<fortnight>(?:a|per|each|every) fortnight|fortnightly)\b|\b(?P<monthly>monthly|(?:once )?(?:a|per|every|each) month)\b"
    r"|(?<![\w./#-])(?P<by>[1-7])\s?x\s?(?=\d{1,2}(?![\w/-]|\.\d))",
    re.I,
)
_OTHER_WEEKS = {"other": 2, "second": 2, "two": 2, "third": 3, "three": 3, "four": 4}
_UNITS = {
    "kilogram": r"kgs?|kilograms?|kilos?", "gram": r"g|gm|gms|grams?", "milliliter": r"ml|mls|cc|milliliters?", "tube": r"tubes?", "bottle": r"bottles?", "box": r"box(?:es)?",
    "set": r"(?:electrode |electrodes? )?sets?", "pair": r"pairs?", "jar": r"jars?", "vial": r"vials?", "injection": r"(?:[\w-]+ ){0,3}injections?|shots?", "roll": r"rolls?", "pack": r"packs?|packages?", "pad": r"pads?|electrodes",
    "view": r"views?", "hour": r"hours?(?! (?:a|per|each|every|after|before|ago|of sleep|later|daily))", "unit": r"units?|(?-i:U)",
}  # fmt: skip
_AMOUNT = re.compile(
    rf"(?<![\d./#])\b(?P<number>a single|(?:just |only )one|single|{NUMBER}|an?){IN_FIGURES_TOO}[\s-]*(?:"
    + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _UNITS.items())
    + r")\b(?!\s*(?:/|per\b|a day|daily|of (?:pain|motion)))",
    re.I,
)
_SERIES = re.compile(
    rf"\bseries\s+of\s+({NUMBER})\b|\b({NUMBER})[\s-]+(?:injection\s+)?series\b|\binjections?\s*(?:x|times|#|:|of)\s*({NUMBER})\b|\bsets?\s*(?:x|#|:)\s*({NUMBER})\b",
    re.I,
)
_OF_SETS = re.compile(
    rf"\b(?:electrodes?|pads?|supplies),?\s*(?:x\s*)?({NUMBER})\s+(?:sets?|packs?|pairs?)\b|\bx\s?({NUMBER})\s+sets?\b",
    re.I,
)
_CONTRAST = re.compile(
    r"\b(with(?:out)?(?: and without| or without| &(?: without)?|/without)?|w/o|w/|no|non[- ]?|using|intravenous|iv|gadolinium)\s*(?:iv |intravenous |gadolinium |any |the use of |use of )*(?:contrast|dye|gadolinium)\b|\b(?:un)?enhanced\b|\bnon-?contrast\b|\bcontrast[- ]enhanced\b|\bcontrast(?:ed)?(?= (?:lumbar |cervical |thoracic |spine |brain |knee |shoulder )*(?:MRI?|CT|magnetic|study|scan)\b)|\bgadolinium[- ]enhanced\b|\bw/? ?(?:and|&|/) ?w/?o contrast\b|\bwith (?:and|&|/) ?w/?o contrast\b|\bw/? ?w/?o contrast\b|\bcontrast (?:is|was|would be|should be|material|agent)\b(?! not)",
    re.I,
)
_DYED = re.compile(
    r"\barthrogra|(?<!no )(?<!without )(?<!non-)\b(?:gadolinium|(?:contrast|dye) (?:medium|material|injection|dye)|(?:injection|use|administration) of (?:contrast|dye|gadolinium))\b",
    re.I,
)
"""What is made visible by a dye without the word "with": an arthrogram, "calls for gadolinium"."""
_FORMS = {
    "tablet": r"tab(?:let)?s?|pills?|caplets?|swallow(?:s|ed|ing)?", "capsule": r"caps?(?:ule)?s?", "patch": r"patch(?:es)?|transdermal|pads?",
    "cream": r"creams?", "gel": r"gels?", "ointment": r"ointments?", "lozenge": r"lozenges?|lollipops?|troches?|buccal", "solution": r"solutions?|liquid|suspension|syrup|elixir|(?:oral )?drops",
    "injection": r"injections?|injectable|injected|vials?|IM\b|intramuscular(?:ly)?", "suppository": r"suppositor(?:y|ies)", "spray": r"sprays?|inhaler", "lotion": r"lotions?",
}  # fmt: skip
_FORM = re.compile(
    r"\b(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _FORMS.items()) + r")\b", re.I
)
_SAME_FORM = {"capsule": "tablet", "ointment": "cream", "lotion": "cream"}
_APPROACH = re.compile(
    r"\b(?:(?P<interlaminar>inter-?laminar|trans-?laminar)|(?P<transforaminal>trans-?foraminal)|(?P<caudal>caudal)"
    r"|(?P<open>(?:mini-?)?open (?:repair|surgery|operation|technique|reduction|incision|release|procedure|approach|method|rotator|carpal)|open\b(?= incision))|(?P<arthroscopic>arthroscop\w+)|(?P<endoscopic>endoscop\w+))",
    re.I,
)
_TERMS = re.compile(
    r"\b(rental|rent|renting|leas(?:e|ed|ing)|purchas(?:e|ed|ing)|buy|buying|bought|rented)\b", re.I
)


def a_day(part: str) -> frozenset[float]:
    """How often a day, whether in words, hours or as prescriptions have it."""
    if _MORNING_AND_NIGHT.search(part):
        return frozenset((2.0,))
    found: set[float] = set()
    for match in _FREQUENCY.finditer(part):
        rate = _rate(match)
        lowest = _OR.search(part, 0, match.start())
        least = as_number(lowest[1]) if lowest else None
        if rate and least and least < rate:
            found.update(float(each) for each in range(least, int(rate) + 1))
        elif rate and _AND_A_HALF.search(part, 0, match.end()):
            found.add(rate + 0.5)
        elif rate:
            found.add(rate)
    return frozenset(found)


def _rate(match: re.Match[str]) -> float | None:
    if match["weekly"]:
        return round(1 / 7, 3)
    if match["once"]:
        return 1.0
    if match["latin"]:
        return _RATES[match["latin"].lower().replace(".", "")]
    if match["days"]:
        days = as_number(match["days"]) or 2
        return round(1 / days, 3)
    if match["hours"]:
        hours = as_number(match["hours"])
        return round(24 / hours, 3) if hours else None
    times = as_number(match["times"] or match["daily"] or match["units"])
    return float(times) if times else None


def refills(part: str) -> frozenset[int]:
    """How many refills, also where none or a single one is told in words."""
    found = frozenset(count.number for count in find_counts(part) if count.what == REFILLS)
    if re.search(
        r"\b(?:no|without|zero|non-?) ?(?:any |further |more |additional )?refills?\b|\brefills?:? ?(?:none|0)\b",
        part,
        re.I,
    ):
        found |= {0}
    if not found and re.search(r"\b(?:a|one|a single|only one) refill\b", part, re.I):
        found |= {1}
    return found


def days(part: str) -> frozenset[int]:
    """How many days a course, a rental or a supply is to last."""
    found: set[int] = set()
    for match in _LASTS.finditer(part):
        number, unit = next(
            (match[f"n{at}"], match[f"u{at}"]) for at in (1, 2, 3, 4) if match[f"n{at}"]
        )
        half = number.lower().startswith("half")
        count = 0.5 if half else 1 if number.lower() in ("a", "an") else as_number(number)
        if count:
            found.add(round(count * _PERIOD[unit.lower()]))
    return frozenset(found)


def per_week(part: str) -> frozenset[float]:
    """How many times a week, also where once in several weeks or a month."""
    found: set[float] = set()
    for match in _PER_WEEK.finditer(part):
        if match["times"] or match["by"]:
            number = as_number(match["times"] or match["by"])
            found |= {float(number)} if number else set()
        elif match["monthly"]:
            found.add(round(7 / 30, 3))
        elif match["fortnight"]:
            found.add(0.5)
        else:
            found.add(round(1 / _OTHER_WEEKS[match["other"].lower()], 3) if match["other"] else 1.0)
    return frozenset(found)


def amounts(part: str) -> frozenset[tuple[str, int]]:
    """How many grams, tubes, boxes, sets or injections, each with its unit."""
    found: set[tuple[str, int]] = set()
    for match in _AMOUNT.finditer(part):
        unit = next(name for name in _UNITS if match[name])
        words = match["number"].lower()
        number = 1 if words.endswith(("one", "single")) else as_number(words)
        if number and words not in ("a", "an"):
            found.add(("gram", 1000 * number) if unit == "kilogram" else (unit, number))
    for match in _SERIES.finditer(part):
        unit = "set" if match[4] else "injection"
        number = as_number(next(group for group in match.groups() if group))
        found |= {(unit, number)} if number else set()
    for match in _OF_SETS.finditer(part):
        number = as_number(match[1] or match[2])
        found |= {("set", number)} if number else set()
    return frozenset(found)


def contrast(part: str) -> str:
    """With contrast, without, or both; nothing where it is not told."""
    match = _CONTRAST.search(part)
    if match is None:
        # An arthrogram is made with contrast.
        return "with" if _DYED.search(part) else ""
    words = match[0].lower()
    if re.search(r"(?:and|/|&|w/?) ?(?:without|w/?o)", words):
        return "with and without"
    if re.match(r"without|w/o|no\b|non|unenhanced", words):
        return "without"
    return "with"


def approach(part: str) -> str:
    """By which way an injection or an operation is done."""
    match = _APPROACH.search(part)
    return next((name for name, found in match.groupdict().items() if found), "") if match else ""


def terms(part: str) -> str:
    """Whether a device is to be rented or bought."""
    match = _TERMS.search(part)
    return (
        ""
        if match is None
        else "rental"
        if match[0].lower().startswith(("rent", "leas"))
        else "purchase"
    )


def form(part: str) -> str:
    """In what form a drug is given; those that are easily exchanged are one."""
    match = _FORM.search(part)
    name = next((key for key, value in match.groupdict().items() if value), "") if match else ""
    return _SAME_FORM.get(name, name)

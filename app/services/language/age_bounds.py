"""Ages told by a decade, a limit or a stage of life: “in his sixties”, “not yet fifty”, “elderly”."""

from __future__ import annotations

import re
from functools import lru_cache

from app.services.language.numbers import WRITTEN, as_number
from app.services.language.people import OLDEST, PERSON, YOUNGEST

_DECADES = {word: number for number, word in enumerate(
    ("teens", "twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties"), 1
)}  # fmt: skip
_IN_DECADE = re.compile(
    rf"(?<!when )(?<!while )\b(?:is|are|being|now|still|someone|somebody|person|individual|adult|{PERSON})\b[^.;]{{0,12}}?\b(?:in|into) (?:his|her|their|the) (?:early |mid[ -]?|late )?({'|'.join(_DECADES)})\b",
    re.I,
)
_BOUNDED = re.compile(
    r"(?:\b(?:he|she|patient|claimant|applicant|worker|employee) is (?:still |now |well |only )?|(?:^|[.;,]\s+)(?:being|now|at|as (?:he|she) is|already) (?:well |still |now )?|\b(?:worker|patient|man|woman|claimant|applicant) )(?P<way>under|below|younger than|over|above|older than) (?:the age of )?(?P<years>[2-7]\d)\b(?!\s*(?:%|percent|lb|pound|kg))",
    re.I,
)
_STAGES = (
    (r"middle-?\s?aged?", 38, 66), (r"elderly|geriatric", 60, 120), (r"young(?:er)?", 0, 45), (r"teen-?age[dr]?|adolescent", 0, 20),
    (r"sexagenarian", 60, 69), (r"septuagenarian", 70, 79), (r"octogenarian", 80, 89), (r"senior|older", 50, 120),
)  # fmt: skip
_STAGE = re.compile(
    r"\b(?:(?:this|our|the)\s+(?:\w+\s+)?|(?:he|she|patient|worker|claimant|applicant|employee)\s+is\s+(?:an?\s+|now\s+|still\s+|quite\s+|rather\s+)*|^as\s+an?\s+)(?:"
    + "|".join(f"(?P<s{at}>{words})" for at, (words, _, _) in enumerate(_STAGES))
    + rf")(?=\s+(?:\w+\s+)?{PERSON}\b|[.,;]|\s+(?:and|is|has|was|should|with)\b|$)",
    re.I,
)
"""A stage of life told of the worker: "this middle-aged worker", "she is elderly"."""
_NOT_YET = re.compile(
    rf"\b(?P<under>not yet|barely|scarcely|hardly|just short of|nearly|almost|short of)\s+(?P<a>[2-7]\d|{WRITTEN})(?=[,.;]|\s+(?:and|years|he|she|has|is)\b)"
    rf"|\b(?P<over>well past|past|well over|already over|beyond)\s+(?P<b>[2-7]\d|{WRITTEN})(?=[,.;]|\s+(?:and|he|she|has|is|years of age)\b)"
    rf"|\bbeing\s+(?P<being>[2-7]\d|{WRITTEN})(?=,)"
    rf"|\b(?:his|her|the (?:patient|worker|claimant|applicant)'s)\s+(?P<exact>[1-9]\d|{WRITTEN})\s+years\b(?!\s+(?:of\s+(?!age)|as|in|on|with|at))",
    re.I,
)
"""An age by its bound, or told as somebody's years: "not yet fifty", "her forty-one years"."""
_LATE = re.compile(
    r"\b(?:his|her|given the|such an?|at an?|of) (?:advanced|old) age\b|\b(?:past|beyond|of|near(?:ing)?|approaching|reached) (?:the )?retirement(?: age)?\b",
    re.I,
)


@lru_cache(maxsize=4096)
def age_bounds(sentence: str) -> tuple[int, int, str] | None:
    """The ages that "in his sixties" or "she is under 40" leave, with the words."""
    decade = _IN_DECADE.search(sentence)
    if decade:
        low = 10 * _DECADES[decade[1].lower()]
        return low, low + 9, decade[0]
    bound = _BOUNDED.search(sentence)
    if bound is None:
        return _stage(sentence)
    years = int(bound["years"])
    under = bound["way"].lower() in ("under", "below", "younger than")
    return (0, years, bound[0]) if under else (years, 120, bound[0])


def _stage(sentence: str) -> tuple[int, int, str] | None:
    """The ages that a stage of life leaves."""
    stage = _STAGE.search(sentence)
    if stage is not None:
        at = next(at for at in range(len(_STAGES)) if stage[f"s{at}"])
        return _STAGES[at][1], _STAGES[at][2], stage[0]
    near = _NOT_YET.search(sentence)
    if near is not None:
        return _near(near)
    late = _LATE.search(sentence)
    return (55, 120, late[0]) if late else None


def _near(match: re.Match[str]) -> tuple[int, int, str] | None:
    exact = match["exact"] or match["being"]
    years = as_number(match["a"] or match["b"] or exact) or 0
    if not YOUNGEST <= years <= OLDEST:
        return None
    if exact:
        return years, years, match[0]
    return (years, 120, match[0]) if match["over"] else (0, years, match[0])

"""What a rationale concludes: for the request, against it, or nothing that can be told.

Only plain statements of necessity count. Conditions ("if", "when"), possibilities ("may be"),
purposes ("to be medically necessary") and the fixed sentences on weaning do not; a negation
counts only within its own clause, so that "not necessarily improved" negates nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from app.letter import Decision
from app.services.checks.facts import reasoning

NECESSARY = re.compile(
    r"medically\s+(?:necessary|appropriate|indicated|reasonable|warranted|supported)"
    r"|(?:is|are|was|were|as|not a)\s+(?:a\s+)?medical(?:ly)?\s+necessity"
    r"|medical\s+necessity\b[^.;]{0,90}?\b(?:established|substantiated|supported|demonstrated|met|determined|"
    r"shown|evident|apparent|documented|confirmed|justified)"
    r"|(?:establish|support|substantiat|demonstrat|confirm)\w*\s+(?:the\s+)?medical\s+necessity"
    r"|(?:appropriate|indicated|reasonable)\s+and\s+(?:medically\s+)?necessary",
    re.I,
)
WEAKER = re.compile(
    r"\b(?:request|requested|procedure|treatment|therapy|study|test|testing|medication|item|service|surgery)\w*\b"
    r"[^.;]{0,120}?\b(?:is|are|was|were|be|been)\s+(?:\w+\s+){0,3}?"
    r"(?:supported|certified|approved|authorized|indicated|warranted|recommended|appropriate|justified|"
    r"necessary|non-certified|noncertified|denied|excessive)",
    re.I,
)
NEGATION = re.compile(r"\b(?:not|cannot|never|neither|nor)\b|n['’]t\b", re.I)
# These negate what follows at once: "without contrast" says nothing about the request.
CLOSE_NEGATION = re.compile(
    r"\b(?:no|without|lacks?|lacking|lack of|insufficient|unable to|fail(?:s|ed|ure)? to|non)\W+(?:(?!is\b|are\b|was\b|were\b)\w+\W+){0,4}$",
    re.I,
)
# "There is no reason to find that it is medically necessary."
NO_GROUNDS = re.compile(
    r"\b(?:no|insufficient|lack of|without|little|not enough)\s+(?:\w+\s+){0,3}?(?:reason|evidence|basis|support|documentation|indication|justification|"
    r"information|findings?|rationale)\b[^,;]*\b(?:that|to|why|for|as to|how|of)\b[^,;]*$",
    re.I,
)
REFUSAL = re.compile(r"(?:non-?certified|denied|excessive)$", re.I)
CLAUSE_END = re.compile(
    r"[;:]|,\s*(?:and|but|so|thus|therefore|however|as|which|it)\b"
    r"|(?:,|\band)\s+(?:the|this|that|a|an)\s+(?:current(?:ly)?\s+)?request"
    r"|\b(?:but|however|therefore|thus|hence|because|since|while|whereas|although|though|and\s+(?:is|are|was|were))\b",
    re.I,
)
UNDECIDED = re.compile(
    r"\b(?:if|when|whether|unless|until|may|might|could|would|can|should|must|in order|"
    r"criteria|deemed to be|for .{0,40} to be|as to the|regarding the|considered when|only when|"
    r"necessary(?:\s+and\s+\w+)?\s+(?:when|if|only|for\s+(?:patients|those|individuals|people|treatment)))\b",
    re.I,
)


class Verdict(NamedTuple):
    """A conclusion: what decision it amounts to, and the sentence it stands in."""

    decision: Decision
    sentence: str
    strong: bool


@lru_cache(maxsize=512)
def conclusions(rationale: str) -> tuple[Verdict, ...]:
    """Every conclusion a rationale states, in its order."""
    found: list[Verdict] = []
    for sentence in reasoning(rationale):
        for pattern, strong in ((NECESSARY, True), (WEAKER, False)):
            verdict = _of_sentence(sentence.text, pattern)
            if verdict is not None:
                found.append(Verdict(verdict, sentence.text, strong))
                break
    return tuple(found)


@lru_cache(maxsize=512)
def closing(rationale: str) -> Verdict | None:
    """The last conclusion that is stated in so many words, or else the last weaker one.

    A weaker one only counts in the last two sentences: earlier ones quote the guideline.
    """
    found = conclusions(rationale)
    for verdict in reversed(found):
        if verdict.strong:
            return verdict
    ending = [sentence.text for sentence in reasoning(rationale)[-2:]]
    for verdict in reversed(found):
        if verdict.sentence in ending:
            return verdict
    return None


@lru_cache(maxsize=512)
def opening(rationale: str) -> Verdict | None:
    """What the first sentence states in so many words, where it speaks of the request."""
    sentences = reasoning(rationale)
    for verdict in conclusions(rationale)[:1]:
        if verdict.strong and sentences and verdict.sentence == sentences[0].text:
            return verdict
    return None


def _of_sentence(sentence: str, pattern: re.Pattern[str]) -> Decision | None:
    """The sentence's last statement of necessity, read within its own clause."""
    verdict: Decision | None = None
    stated = 0
    quoted = _quoted(sentence)
    for match in pattern.finditer(sentence):
        if any(start < match.start() < end for start, end in quoted):
            continue
        if verdict is not None and re.fullmatch(
            r"[\s,]*(?:and|or)?[\s,]*", sentence[stated : match.start()]
        ):
            stated = match.end()
            continue
        start = stated
        stated = match.end()
        for end in CLAUSE_END.finditer(sentence, start, match.start()):
            start = end.end()
        clause = sentence[start : match.end()]
        negated = bool(
            NEGATION.search(clause)
            or CLOSE_NEGATION.search(sentence[start : match.start()])
            or NO_GROUNDS.search(sentence[start : match.start()])
            or REFUSAL.search(match[0])
        ) or bool(
            re.match(r"\W*(?:\w+\s+){0,2}not\b", sentence[match.end() :], re.I)
            and "necessity" in match[0].lower()
        )
        # "request for help at home when his wife works, is medically necessary": no condition.
        said = sentence[start : match.start()]
        open_from = start + (said.rfind(",") + 1 if "request" in said.lower() else 0)
        if not negated and UNDECIDED.search(sentence[open_from : match.end() + 24]):
            continue
        verdict = Decision.UPHELD if negated else Decision.OVERTURNED
    return verdict


def _quoted(sentence: str) -> list[tuple[int, int]]:
    """Places of longer quoted passages: a guideline's words, not the reviewer's."""
    return [
        match.span()
        for match in re.finditer(r"[\"“][^\"”]{40,}[\"”]", sentence)
        if not match[0].lower().startswith(('"decision', "“decision"))
    ]

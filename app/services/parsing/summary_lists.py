"""How a clinical summary states its three lists: diagnoses, treatment so far, what was requested.

Pure text in, stretches of it out. A list is taken from the sentence that opens it (“is being
treated for …”, “Treatment to date has included …”, “a request for …”) up to where the sentence
goes on to something else: the verdict on it, its reason, another clause. What was requested is
told in three ways, the first found counts: in the request for authorization, in the words of
utilization review, in the plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from app.services.language.sentences import sentences
from app.services.parsing.prose import any_in
from app.services.parsing.summary_openings import (
    ASKED,
    DIAGNOSES,
    JUDGED,
    PLANNED,
    TREATMENT,
    VERDICT,
    Openings,
)


class Stretch(NamedTuple):
    """From where to where a part of a list stands in the text."""

    start: int
    end: int


class ListRead(NamedTuple):
    """One list: where its parts stand, none where it was not read; and why that may be wrong."""

    parts: tuple[Stretch, ...] = ()
    doubt: str | None = None
    other: str = ""
    """What another sentence says instead."""
    planned: bool = False
    """Whether it is told as a plan only."""


_OVER = re.compile(
    # a full stop that a missing space hides, the verdict, its maker, its reason, the next clause
    r"(?<=[a-z\d)])\.(?=[A-Z][a-z])|,?\s(?:"
    r"(?:which|that|who|and)?\s?\b(?:was|were|is|are|has\sbeen|have\sbeen|had\sbeen)\s(?:\w+\s)?"
    + VERDICT
    + r"\b|(?:which|that|and)\s(?:was|were|is|are|has|have|had|denying|allowing|approv\w+|certif\w+|modif\w+|reported|complain\w+)\b"
    r"|(?:due\sto|because|given\sthe|citing|secondary\sto\sa\slack|as\sthere|as\sthe\s(?:guideline|claim|documentation))\b"
    r"|(?:in\sorder\sto|to\s(?:rule\sout|evaluate|assess|confirm|reduce|restore))\b"
    r"|to\s(?:an?\s)?(?:initial|trial|\d+\s(?:sessions|visits|tablets|units))\b"
    r"|for\swhich\b"
    r"|by\s(?:the\s)?(?:utilization|UR\b|claims)"
    r"|(?:was|were|is)\sthe\soriginal\srequest\b"
    r"|(?:was|were|are|is)\srequested\b|(?:provided|dispensed|prescribed|performed)\son\s(?=\d))",
    re.IGNORECASE,
)
_REPEATED = re.compile(
    r"^(?:an?\s|the\s)?(?P<head>\w[\w'-]*\s\w[\w'-]*\s).*?(?P<over>\sto\s(?=(?P=head)))", re.I
)
_NO_LIST = re.compile(
    r"(?:was|were|is|are|has|had|not|no|never|deferred|pending|un(?:known|clear|changed|specified|available)|made|done|discussed|reviewed"
    r"|provided|confirmed|established|performed|submitted|requested|(?:independent\s|medical\s|further\s)*review|it|and|or|on|this|that|these|as|when|if"
    r"|(?:authorized|approved|denied|non-?certified|modified|received)(?=\s(?:as|by|on|in|and|to|due|because)\b|$)"
    r"|(?:the\s)?(?:same|above|treatments?|services?|requested\s\w+)(?=[\s,]*$|\s(?:is|was|were|requested)\b))\b",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:(?:the\s|a\s)?(?:(?:current|working|primary|following)\s)*diagnos[ei]s\s(?:of|including)\s"
    r"|(?:is|are|as|of|authorization\s(?:for|of)|(?:for\s)?the\s(?:patient|applicant|(?:injured\s)?worker)\sto\s(?:receive|undergo|have|start|begin)|the\sfollowing:?|service\sto\sinclude|requests?\sfor|an?\s(?=request\sfor))\s"
    r"|[\s:;,\"“])+",
    re.IGNORECASE,
)
_RUNS_ON = re.compile(
    r"\b(?:was|were|has|had|have|denie[sd]|complain\w*|reveal\w*|presented|stated|reports?|because|he|she|they"
    r"|continue[sd]?)\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"(?:the\s)?(?:surgery|medications?|procedures?|imaging|therapy|surgical\s\w+)", re.I
)
_ITEM_NUMBER = re.compile(r"[\s;:,(]\d{1,2}\.$")
_EDGE = ' .,;:"“”'
LONGEST_LIST = 500

_DIAGNOSIS_CUES = (
    "diagnos", "treated for", "treatment for", "treatments for", "followed for", "managed for",
    "assessment", "impression", "problems:",
)  # fmt: skip
_DIAGNOSIS_HINTS = (
    "diagnos",
    "treated for",
    "treatment for",
    "treatments for",
    "care",
    "treating",
    "impress",
    "assess",
)
_TREATMENT_CUES = (
    "treatment to date", "treated with", "prior treatment", "previous treatment", "managed with",
    "medical management", "interventions", "conservative", "underwent", "to date he ", "to date she ", "to date the ", "care so far",
)  # fmt: skip
_REQUEST_CUES = ("request", "certif", "asks for", "asked for", "recommend", "plan:", "under review")
_TREATMENT_HINTS = ("treat", "care", "therap", "management", "modalit")
_PLAN_HINTS = ("plan", "recommend")
_JUDGED_HINTS = ("request", "certif", "utilization", "ur ", "approve")


def read_diagnoses(text: str) -> ListRead:
    """What the summary says that the patient has, or is treated for."""
    found = list(_found(text, DIAGNOSES, _DIAGNOSIS_HINTS))
    return _first_of(text, found, _DIAGNOSIS_CUES, "diagnoses")


def read_treatment(text: str) -> ListRead:
    """What was done for the patient so far."""
    found = list(islice(_found(text, TREATMENT, _TREATMENT_HINTS), 1))
    return _first_of(text, found, _TREATMENT_CUES, "treatment to date")


def read_requested(text: str) -> ListRead:
    """What was asked for: as requested, as judged, or else as planned."""
    asked = list(_found(text, ASKED, ("request", "rfa", "authoriz")))
    if asked:
        return _judged(text, asked)
    judged = list(_found(text, JUDGED, _JUDGED_HINTS))
    planned = list(islice(_found(text, PLANNED, _PLAN_HINTS), 1))
    if judged:
        read = _judged(text, judged)
        words = "; ".join(text[part.start : part.end] for part in read.parts)
        if _VAGUE.fullmatch(words) and not read.doubt:
            more = text[planned[0].start : planned[0].end] if planned else ""
            return ListRead(read.parts, f"The summary names the request only as “{words}”.", more)
        return read
    if planned:
        return _judged(text, planned)._replace(planned=True)
    return _first_of(text, [], _REQUEST_CUES, "requested treatment")


def _first_of(text: str, found: list[Stretch], cues: tuple[str, ...], named: str) -> ListRead:
    """The first of the stretches; where there are none, a doubt if the text speaks of such a list."""
    if found:
        read = _judged(text, found[:1])
        said = _words(text, found[0])
        for other in found[1:]:
            if not read.doubt and not _words(text, other) <= said:
                words = text[other.start : other.end]
                return ListRead(
                    read.parts, f"Another sentence of the summary says “{words}”.", words
                )
        return read
    folded = text.casefold()
    cue = next((cue for cue in cues if cue in folded and _affirmed(cue, folded)), None)
    if cue is None:
        return ListRead()
    return ListRead(
        doubt=f"The summary says “{cue}”, but no list of {named} could be read from it."
    )


def _affirmed(cue: str, folded: str) -> bool:
    """Whether a text speaks of it other than to deny it."""
    return re.search(rf"(?<!\bno )(?<!\bany ){cue}", folded) is not None


def _judged(text: str, found: list[Stretch]) -> ListRead:
    """The stretches, each said once, with a doubt where one seems to run on."""
    parts: list[Stretch] = []
    for part in found:
        said = _words(text, part)
        if all(not said <= _words(text, other) for other in parts):
            parts.append(part)
    for part in parts:
        words = text[part.start : part.end]
        stray = _RUNS_ON.search(words)
        if stray or len(words) > LONGEST_LIST:
            return ListRead(
                tuple(parts),
                "The sentence goes on behind the list; look whether all of it belongs to it.",
            )
    return ListRead(tuple(parts))


def _words(text: str, part: Stretch) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text[part.start : part.end].casefold()))


def _found(text: str, patterns: Openings, hints: tuple[str, ...]) -> Iterator[Stretch]:
    """The stretches that the patterns open, in the order of the text, one or more a sentence."""
    whole, parts = _numbered_together(text)
    hints = tuple([hint for hint in hints if hint in whole])
    if not hints:
        return
    possible = [opening for opening in patterns if any_in(whole, opening.cues)]
    for sentence, folded, start in parts:
        if not any_in(folded, hints):
            continue
        likely = [pattern for pattern, cues in possible if any_in(folded, cues)]
        done = 0
        while likely and (part := _next(sentence, done, likely)) is not None:
            yield Stretch(start + part.start, start + part.end)
            done = part.end


@lru_cache(maxsize=4)
def _numbered_together(text: str) -> tuple[str, tuple[tuple[str, str, int], ...]]:
    """The text folded, and its sentences, as printed and folded, with where each begins.

    The numbers of a list end none. Kept for the other lists of the same text.
    """
    found: list[tuple[str, str, int]] = []
    begin: int | None = None
    for sentence, start, _ in sentences(text):
        begin = start if begin is None else begin
        if sentence[-2:-1].isdigit() and _ITEM_NUMBER.search(sentence[-4:]):
            continue
        whole = text[begin : start + len(sentence)]
        found.append((whole, whole.casefold(), begin))
        begin = None
    if begin is not None:
        found.append((text[begin:], text[begin:].casefold(), begin))
    return text.casefold(), tuple(found)


def _next(sentence: str, done: int, patterns: list[re.Pattern[str]]) -> Stretch | None:
    """The first stretch behind `done` that is a list."""
    best: Stretch | None = None
    for pattern in patterns:
        for match in pattern.finditer(sentence, done):
            part = _trimmed(sentence, *match.span("what"))
            if part is not None:
                if best is None or part.start < best.start:
                    best = part
                break
    return best


def _trimmed(sentence: str, start: int, end: int) -> Stretch | None:
    """The stretch without the words that lead up to the list and those behind it."""
    lead = _LEAD.match(sentence, start, end)
    start = lead.end() if lead else start
    if _NO_LIST.match(sentence, start, end):
        return None
    over = _OVER.search(sentence, start, end)
    end = over.start() if over else end
    repeated = _REPEATED.match(sentence[start:end]) if " to " in sentence[start:end] else None
    if repeated:
        end = start + repeated.start("over")
    words = sentence[start:end].rstrip(_EDGE)
    if words.count("(") < words.count(")"):
        words = words.rstrip(") ")
    return Stretch(start, start + len(words)) if len(words) > 2 else None

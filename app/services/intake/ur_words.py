"""What a line of a utilization review letter is: its label, a heading, a question, a sentence."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from app.services.language.ur_verdicts import VerdictFound, find_verdicts, is_of_rights


class Role(StrEnum):
    """What the words behind a label tell."""

    ITEM = "item"
    VERDICT = "verdict"
    GUIDELINE = "guideline"
    REASON = "reason"
    APPROVED = "approved"
    ASIDE = "aside"
    """What tells of other days and papers: records, history, a summary."""


class Labelled(NamedTuple):
    """A label with its value: `number` is the item's, where the label has one."""

    role: Role
    number: int
    value: str
    at: int
    """Where the value begins in the line."""


_VERDICT_NAME = r"(?:determination|decision|conclusion|recommendation|outcome|opinion|answer|response|verdict|findings?|result|status|disposition|ruling|certification\s+status)"
_TREATMENT_NAME = r"(?:treatment|service|request|item|issue|procedure|medication|drug|therapy|question|modality|equipment)"
_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern, re.I))
    for role, pattern in (
        (Role.ASIDE, r"(?:medical\s+)?(?:records?|documents?|documentation|reports?)\b.{0,24}\breview\w*|(?:clinical|case|medical|brief)\s+(?:summary|history|information|synopsis|background)(?:\s+reviewed)?|history(?:\s+of\b.*)?|summary|peer\s+(?:contact|to\s+peer).*|records?|background|diagnos[ie]s|documents?"),
        (Role.GUIDELINE, r"(?:\w+[\s-]+){0,4}?(?:guidelines?|criteri(?:a|on)|references?|citations?|sources?|literature|authorit(?:y|ies))(?:\s*(?:/|and|or)\s*\w+)?(?:\s+(?:\w+\s+){0,2}?(?:used|cited|applied|relied\s+(?:up)?on|reviewed|referenced))?|(?:medical\s+)?evidence(?:\s+base)?"),
        (Role.REASON, r"(?:\w+\s+){0,3}?(?:rationale|reasons?|reasoning|discussion|explanation|analysis|comments?|justification|why)(?:\s+(?:for|of|and)\b.{0,40})?|basis(?:\s+for\s+(?:the\s+)?decision)?|clinical\s+basis|medical\s+basis|why\s+\w+|explanation\s+of\s+findings"),
        (Role.APPROVED, r"(?:approved|authori[sz]ed|certified|modified\s+to|approved\s+as|(?:quantity|amount|units|treatment|services?)\s+(?:approved|authori[sz]ed|certified)|(?:approved|authori[sz]ed|certified)\s+(?:treatment|services?|quantity|qty|amount|units|visits)|modification)"),
        (Role.VERDICT, rf"(?:(?:the|final|our|ur|utilization\s+review|reviewer'?s?|physician'?s?|review|medical\s+necessity|certification|is\s+it\s+medically\s+necessary)\s*){{0,3}}(?:{_VERDICT_NAME}|medical\s+necessity|is\s+it\s+medically\s+necessary)(?:\s+(?:made|status|on\s+(?:this\s+)?\w+))?"),
        (Role.ITEM, rf"(?:(?:the|requested|proposed|disputed|specific|review|prospective|retrospective|q)\s+){{0,3}}(?:{_TREATMENT_NAME}s?|q)(?:\s+(?:requested|description|in\s+(?:question|dispute)|(?:under|for)\s+review|reviewed|proposed|at\s+issue|name))?|what\s+was\s+requested|description"),
    )
)  # fmt: skip
_LABEL = re.compile(
    r"(?P<label>[A-Za-z][A-Za-z'/() -]{0,56}?)\s*(?P<number>(?:#|no\.?\s?|number\s)?\s?\(?0?\d{1,2}\)?(?:\s+of\s+\d{1,2})?)?\s*"
    r"(?P<mark>:|\?|\s[-\u2013]\s|\.(?=\s)|$)\s*"
)
_NUMBER = re.compile(r"\d+")
_QUESTION = re.compile(
    r"(?:^|[.:\u2013-]\s*|\bquestion\s+\d+\s*[:.\u2013-]\s*|\bq\.?\s?\d*[:.]?\s*)(?:is|are|was|were)\s+(?:(?:the|an?)\s+)?(?:requests?\s+for\s+|proposed\s+|requested\s+|use\s+of\s+)*(?P<title>.{3,240}?)[\s,]*(?:(?:medically|reasonabl[ey]|clinically|appropriate|indicated|necessary)(?:\s+(?:and|or|&))?\s+)*(?:necessary|appropriate|indicated|supported)(?:\s+(?:and|or)\s+\w+)*[^?]{0,80}\?",
    re.I,
)
_SHOULD = re.compile(
    r"\b(?:should|can|may)\s+(?:(?:the|an?)\s+)?(?:requests?\s+for\s+)?(?P<title>.{3,240}?)\s+be\s+(?:approved|certified|authori[sz]ed|allowed|provided|covered)\b[^?]{0,60}\?",
    re.I,
)
_SENTENCE = re.compile(
    r"(?P<title>(?:[^.;:]|\.(?=\d)|[.:](?=\S))+?)\s*,?\s+(?:is|are|was|were|has\s+been|have\s+been|will\s+be|should\s+be|be)\s+(?:recommended\s+(?:as\s+|for\s+)?|considered\s+|deemed\s+|found\s+|therefore\s+|hereby\s+|now\s+|only\s+)?$",
    re.I,
)
_BEFORE_TITLE = re.compile(
    r"^(?:.*?\b(?:please\s+be\s+advised\s+that|after\s+[\w\s]{3,40}?,|accordingly,?|therefore,?|thus,?|we\s+find\s+that|that)\s+)?(?:the\s+|your\s+|this\s+)?(?:(?:prospective|retrospective|concurrent|provider'?s?|physician'?s?)\s+)*(?:(?:requests?|use|authori[sz]ation|treatments?|services?)\s+(?:for|of)\s+)+",
    re.I,
)
_CONJUNCTION = re.compile(
    r"(?:as|because|since|if|when|while|although|once|until|unless|after|before)\b", re.I
)
_LEAD = re.compile(
    r"^(?:.*?\b(?:please\s+be\s+advised\s+that|after\s+[\w\s]{3,40}?,|accordingly,?|therefore,?|thus,?)\s+)",
    re.I,
)
_GENERAL = re.compile(
    r"\b(?:the|following|treatments?|services?|requests?|requested|items?|is|are|was|were|have|has|been|of|which|that|as|not|we|medical|by|your|doctor|for|below|these|this|decision|determination|and|listed|notice|outcome|result|utilization|review|letter|certificate|all|summary|to|be|necessity|s|am|what|our|reviewer|letter|patient|specific|or|under|why|did)\b|[\W_]+",
    re.I,
)
_FARTHEST = 110
"""Characters before a verdict in a heading."""
_OF_LETTER = re.compile(r"(?:notice|letter|re\b|subject|utili[sz]ation\s+review)\b", re.I)
"""The name of the letter itself, over no list."""
_MARK = re.compile(r"\s*(?::|\s[-\u2013\u2014]+|\s{3,})\s*$")


_LONG_BRACKET = re.compile(r"\s*\((?:[^()\s]+\s+){4,}[^()]*\)\s*$")
"""Behind an item: a remark, where an amount would have fewer words."""
_SPAN = re.compile(r"\s+(?:between|from)\s+\d\S*\s+(?:and|to|through)\s+\d\S*$", re.I)
"""The time a request is for, behind it."""


def labelled(text: str) -> Labelled | None:
    """The label that begins a line, where it is one of those that tell something of an item."""
    match = _LABEL.match(text)
    if match is None:
        return None
    label = " ".join(match["label"].split()).strip(" -/").rstrip("(")
    mark = match["mark"].strip()
    role = role_of(label)
    if role is None or (mark == "." and (role is not Role.ITEM or len(label) > 12)):
        return None
    number = _NUMBER.search(match["number"] or "")
    if not mark and not match["number"] and text.strip() != match["label"].strip():
        return None
    return Labelled(
        role, int(number.group()) if number else 0, text[match.end() :].strip(), match.end()
    )


def role_of(label: str) -> Role | None:
    """What stands behind a label of these words."""
    label = re.sub(r"\s+(?:for|of)$", "", label.strip())
    return next((role for role, pattern in _ROLES if pattern.fullmatch(label)), None)


def question(text: str) -> tuple[str, int] | None:
    """The item that a question asks about, and where the question ends."""
    match = _QUESTION.search(text) or _SHOULD.search(text)
    return (clean_title(match["title"]), match.end()) if match else None


def heading_verdict(text: str) -> tuple[VerdictFound, str] | None:
    """The verdict of a heading over a list, and the items behind it on its own line."""
    found = find_verdicts(text)
    if not found or is_of_rights(text, found[0].start) or found[0].start > _FARTHEST:
        return None
    if _OF_LETTER.match(text) and ":" not in text:
        return None
    verdict = found[0]
    before, behind = text[: verdict.start], text[verdict.end :]
    if _GENERAL.sub("", before):
        return None
    head, colon, rest = behind.partition(":")
    if colon and not _GENERAL.sub("", head):
        return verdict, rest.strip()
    if not _GENERAL.sub("", behind) and len(text.split()) <= 12:
        return verdict, ""
    return None


def title_before_verdict(text: str) -> tuple[str, VerdictFound] | None:
    """`X: DENIED`, `X - Certified`: the item and its verdict."""
    for verdict in find_verdicts(text):
        before = text[: verdict.start]
        mark = _MARK.search(before)
        if mark is not None and len(before[: mark.start()].strip()) > 3:
            return clean_title(before[: mark.start()]), verdict
    return None


class SaidOf(NamedTuple):
    """What a sentence says was decided: the items, the verdict, and what stands behind it.

    `is_request` where it begins with words like “the request for”.
    """

    titles: list[str]
    verdict: VerdictFound
    behind: str
    is_request: bool


def sentence_items(sentence: str) -> SaidOf | None:
    """The items of “the request for X is denied”, with the verdict."""
    for verdict in find_verdicts(sentence):
        if is_of_rights(
            _LEAD.sub("", sentence), verdict.start - (len(sentence) - len(_LEAD.sub("", sentence)))
        ):
            return None
        before = sentence[: verdict.start]
        match = _SENTENCE.search(before)
        if match is None:
            continue
        told = match["title"].strip()
        asked = _BEFORE_TITLE.match(told)
        title = told[asked.end() :] if asked else _LEAD.sub("", told)
        if _CONJUNCTION.match(title):
            continue
        if not asked and len(title.split()) > 16:
            continue
        plural = bool(
            asked and re.search(r"\b(?:requests|services|treatments)\b", asked.group(), re.I)
        )
        titles = re.split(r"\s*,?\s+and\s+|\s*,\s+(?=[A-Za-z])", title) if plural else [title]
        cleaned = [clean_title(one) for one in titles]
        return SaidOf(cleaned, verdict, sentence[verdict.end :], bool(asked))
    return None


def clean_title(text: str) -> str:
    """An item's title without quotes, articles and marks around it."""
    text = _SPAN.sub("", " ".join(text.split()))
    text = _LONG_BRACKET.sub("", text)
    text = text.strip(" .,;:\u2013-\u201c\u201d\"'")
    return re.sub(r"^(?:an?|the)\s+(?=[a-z])", "", text)

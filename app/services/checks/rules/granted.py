"""Rules on numbers told of the whole: how many items are in dispute, how much of one UR granted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from app.letter import FieldId
from app.services.checks.facts import PASSED, Facts, IssueFacts
from app.services.checks.rules.quantities import parts_counted
from app.services.checks.rules.requests import title_items
from app.services.checks.values import Hit, Quote
from app.services.language.dates import find_dates
from app.services.language.items import items_of
from app.services.language.numbers import IN_FIGURES_TOO, NUMBER, as_number
from app.services.language.seeking import seek
from app.services.language.texts import Text

SUMMARY = FieldId("clinical_summary")


def _count(at: int) -> str:
    """A number as one of a pattern's groups."""
    return rf"(?P<number{at}>a single|{NUMBER}){IN_FIGURES_TOO}"


_ITEMS = r"(?:items?|services?|requests?|treatments?|issues?|medications?|drugs)"
_OPEN = (
    r"(?:in|under|at) (?:dispute|review|issue|appeal)|disputed|contested|to be (?:decided|reviewed|addressed)|"
    r"before (?:me|us|this reviewer)|requested|addressed (?:below|here|in this)|up for (?:review|decision)|submitted for (?:review|IMR)"
)
_COUNTED = re.compile(
    rf"\b{_count(5)}\s+(?:disputed|contested)\s+{_ITEMS}\b"
    rf"|(?:^|\b(?:there (?:are|is)|a total of|in all|total of)\s+){_count(1)}\s+(?:\w+\s+){{0,2}}?{_ITEMS}\s+(?:(?:are|is|were|have been|remain)\s+)?(?:now\s+|currently\s+|here\s+|still\s+)?(?:{_OPEN})"
    rf"|\b(?:at issue|in dispute|under review|before (?:me|us))\b[^.;,]{{0,20}}?\b(?:are|is|were)\s+(?:a total of\s+|the following\s+|only\s+)?{_count(2)}\s+(?:\w+\s+){{0,2}}?{_ITEMS}\b"
    rf"|\b(?:IMR|review|appeal|determination|letter|application|dispute|case)\s+(?:\w+\s+)?(?:concerns|addresses|covers|decides|involves|comprises|pertains to|consists of|deals with|is about|contains)\s+(?:a total of\s+|all\s+)?{_count(3)}\s+(?:\w+\s+){{0,2}}?{_ITEMS}\b"
    rf"|\b(?:all|of the|of)\s+(?:of the\s+)?{_count(4)}\s+(?:of the\s+)?(?:{_ITEMS}\s+(?:that (?:are|were)\s+|which (?:are|were)\s+)?(?:in dispute|at issue|under (?:review|dispute)|requested|contested|disputed)|(?:disputed|contested|requested)\s+{_ITEMS})",
    re.I,
)
_PART_OF_THEM = re.compile(
    r"\b(?:other|further|additional|remaining|prior|previous|earlier)\b", re.I
)
_UNITS = r"(?:sessions?|visits?|treatments?|tablets?|capsules?|units?|injections?|months?|weeks?|days?|hours?|refills?)"
_BY_UR = re.compile(
    r"\butilization review\w*|\bUR\b|\bclaims (?:administrator|adjuster|examiner)|\b(?:carrier|insurer|adjuster|physician advis[oe]r)\b",
    re.I,
)
_PASSIVE = re.compile(
    r"(?<!not )\b(?:were|was|have been|has been)\s+(?:already\s+|only\s+)?(?:approved|authorized|allowed|certified|granted)\b",
    re.I,
)
_BY_OTHERS = re.compile(
    r"\b(?:provider|physician|surgeon|previous\w*|prior|earlier|last|first|initial\w*|formerly)\b",
    re.I,
)
_GRANT = r"(?:approved|authorized|allowed|certified|granted|permitted|accepted|okayed)"
_GIVEN = re.compile(
    rf"(?<!non-)(?<!not )\b{_GRANT}\s+(?:only\s+|just\s+|the first\s+|an initial\s+)?{_count(1)}\b(?!\s*(?:mg|mcg|%|/|-\d))"
    rf"|\b{_count(2)}(?:\s+(?:\w+\s+){{0,3}}?{_UNITS})?(?:\s+(?:out\s+)?of\s+(?:the\s+)?{_count(7)}[^.;,]{{0,30}}?)?\s+(?:(?:were|was|are|is|have|has|had)\s+)?(?:(?:been|already|only|thus far|so far)\s+){{0,2}}{_GRANT}\b"
    rf"|\bof\s+(?:the\s+)?{NUMBER}\b[^.;,]{{0,60}},\s+{_count(3)}\b[^.;,]{{0,20}}?\b{_GRANT}"
    rf"|\bof\s+(?:the\s+)?{NUMBER}\b[^.;,]{{0,60}},[^.;,]{{0,30}}?\b{_GRANT}\s+{_count(4)}\b"
    rf"|\bmodif\w+\b[^.;]{{0,140}}?\bto\s+(?:only\s+)?{_count(5)}\b"
    rf"|\b(?:let|gave|passed|allotted|awarded|cleared)\s+(?:only\s+|just\s+)?(?P<number8>{NUMBER})\b(?!\s*(?:weeks?|days?|months?))"
    rf"|\b{_GRANT}\s+[^.;,]{{3,70}}?\b(?:x|#|for)\s?(?P<number6>\d{{1,3}})\s+(?:out\s+)?of\s+(?:the\s+)?{NUMBER}\b",
    re.I,
)
_REST = re.compile(
    rf"\bremaining\s+{_count(1)}\s+(?:[\w'-]+\s+){{0,4}}?{_UNITS}|\bremaining\s+{_count(2)}\s+(?:are|is|were)\b"
    rf"|\bdenied\s+(?:the (?:other|remaining|last)\s+)?{_count(3)}\b",
    re.I,
)
REMAINING = re.compile(r"\bremaining\b", re.I)
_OF_WHOLE = re.compile(
    rf"\b{NUMBER}{IN_FIGURES_TOO}\s+(?:[\w'-]+\s+){{0,4}}?(?:out\s+)?of\s+(?:the\s+)?{_count(1)}\b(?!\s*(?:mg|weeks|days))",
    re.I,
)
_NOTHING = re.compile(
    r"\bnone\b[^.;]{0,70}\b(?:allowed|approved|certified|authorized|granted)|\b(?:allowed|approved|certified|authorized|granted) (?:none|nothing)\b",
    re.I,
)
_ALL_REFUSED = re.compile(
    r"\b(?:denied|non-?\s?certified|refused|not certified|disallowed|not approved|rejected)\b",
    re.I,
)
_ALL_GRANTED = re.compile(
    rf"(?<!non-)(?<!not )\b{_GRANT}\s+(?:the\s+)?(?:full|entire|whole|complete|all)\b|\bin (?:full|its entirety)\b",
    re.I,
)
_IN_PART = re.compile(
    r"\bmodif\w*|\bpartial\w*|\bremain\w*|\bin part\b|(?<!non-)(?<!not )\b(?:approv|certif|authoriz|allow|grant)\w*|\badditional|\breduc\w+|\bbalance\b|\brest\b|\bother\b",
    re.I,
)


def item_count(facts: Facts) -> Iterator[Hit]:
    """A number of items in dispute that is not the letter's."""
    count = len(facts.issues)
    for field, text in facts.narratives:
        for sentence in text.sentences:
            match = _counted(sentence.text)
            told = _number(match)
            if match is None or told in (None, 0, count) or _PART_OF_THEM.search(match[0]):
                continue
            yield Hit(
                field=field,
                told={"theirs": str(told), "count": str(count), "told": match[0].strip()},
                quotes=(Quote(sentence.text, field),),
            )
            break


@lru_cache(maxsize=8192)
def _counted(sentence: str) -> re.Match[str] | None:
    return seek(_COUNTED, sentence)


def granted_told(facts: Facts) -> Iterator[Hit]:
    """How much of a request UR granted, told otherwise than the title has it."""
    for issue in facts.issues:
        counted = parts_counted(issue)
        if counted is None:
            continue
        for field, text in (
            (SUMMARY, facts.summary),
            (issue.field("rationale"), issue.rationale),
        ):
            wrong = _wrong_part(facts, issue, counted, text, field is SUMMARY)
            if wrong is not None:
                number, says = wrong
                start, end = text.place(number)
                whole, granted, rest = counted
                yield Hit(
                    field=issue.field("title"),
                    related=(field,),
                    says=says,
                    told={
                        "issue": str(issue.number),
                        "whole": str(whole),
                        "granted": str(granted),
                        "rest": str(rest),
                    },
                    quotes=(Quote(text.raw[start:end], field, None, start, end),),
                )
                break


def _wrong_part(
    facts: Facts, issue: IssueFacts, counted: tuple[int, int, int], text: Text, summary: bool
) -> tuple[int, str] | None:
    whole, granted, rest = counted
    for number, sentence in enumerate(text.sentences):
        raw = _without_days(sentence.text)
        if number in text.quoted or seek(PASSED, raw) or not _is_about(issue, text, number, facts):
            continue
        given, left = _number(seek(_GIVEN, raw)), _number(seek(_REST, raw))
        by_ur = seek(_BY_UR, raw) or (seek(_PASSIVE, raw) and not seek(_BY_OTHERS, raw))
        if by_ur and seek(_ALL_GRANTED, raw) and not seek(_ALL_REFUSED, raw):
            return number, "all"
        if by_ur and given is not None and given != granted and not (given == whole and left):
            return number, "granted"
        of_whole = _number(seek(_OF_WHOLE, raw))
        if by_ur and given is not None and of_whole not in (None, whole):
            return number, "granted"
        if by_ur and seek(_NOTHING, raw):
            return number, "refused"
        remaining = seek(REMAINING, raw)
        if left is not None and left != rest and (remaining or left != whole):
            return number, "rest"
        if (
            summary
            and by_ur
            and seek(_ALL_REFUSED, raw)
            and not seek(_IN_PART, raw)
            and str(whole) in _figures(raw)
        ):
            return number, "refused"
    return None


def _is_about(issue: IssueFacts, text: Text, number: int, facts: Facts) -> bool:
    """Whether a sentence names this item and no other, or none where there is only this one."""
    ours = title_items(issue)
    named = [item for item in items_of(text) if item.sentence == number and item.name]
    if not named:
        return len(facts.issues) == 1
    return len({item.name for item in named}) == 1 and any(one.is_same(named[0]) for one in ours)


@lru_cache(maxsize=2048)
def _without_days(raw: str) -> str:
    """A sentence without its dates, whose figures count nothing."""
    for day in reversed(find_dates(raw)):
        raw = raw[: day.start] + "then" + raw[day.end :]
    return raw


def _figures(raw: str) -> frozenset[str]:
    return frozenset(str(as_number(found)) for found in re.findall(rf"\b{NUMBER}\b", raw, re.I))


def _number(match: re.Match[str] | None) -> int | None:
    if match is None:
        return None
    found = next((value for value in match.groupdict().values() if value), None)
    return None if found is None else 1 if found.lower() == "a single" else as_number(found)


RULES = {
    "item-count": item_count,
    "granted-told": granted_told,
}

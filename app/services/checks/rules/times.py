"""Rules on when: how long since the injury, records older than it, what UR decided and told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from app.letter import FieldId
from app.services.checks.facts import Facts, IssueFacts
from app.services.checks.naming import short
from app.services.checks.rules.requests import title_items
from app.services.checks.rules.structure import label
from app.services.checks.values import Hit, Quote
from app.services.language.case_days import find_ur_days
from app.services.language.dates import PartialDate, date_text, find_dates, find_partial_dates
from app.services.language.items import Item, items_of
from app.services.language.numbers import NUMBER
from app.services.language.seeking import seek
from app.services.language.texts import Text, read_text

SUMMARY = FieldId("clinical_summary")
OF_RECORD = re.compile(
    r"\b(?:notes?|reports?|visits?|exam\w*|evaluat\w+|seen|progress|records?|PR-?2|RFA|request\w*|consult\w*|office|clinic|follow-?up|presented|complained|treat\w+|MRI|x-?rays?|CT|scan|EMG|imaging|studies|therapy)\b",
    re.I,
)
NOTE_OF = re.compile(r"\b(?:notes?|reports?|visit|PR-?2)\s+(?:from|of|dated|in)\s+$", re.I)
"""Right before a month or a year: it is of a record of this injury."""
BEFORE_IT = re.compile(
    r"\b(?:prior|previous\w*|past|earlier|history|born|birth(?:day)?|DOB|since|pre-?existing|before|old|another|effective|edition|published|adopted|guidelines?|MTUS|ODG|ACOEM|FDA|approved|study|trial|\w+ et al|first(?! (?:report|visit|aid|seen|treat|note|evaluat|exam))|cumulative|began|from)\b",
    re.I,
)
OLDER_BEHIND = re.compile(
    r"\b(?:prior|previous\w*|past|earlier|history|pre-?existing|before|old|another|edition|guidelines?|MTUS|ODG|ACOEM|FDA|\w+ et al|cumulative|births?day)\b",
    re.I,
)
UR = re.compile(
    r"\b(?:utilization review(?:er)?|UR|claims administrator|prior reviewer|original determination|claims adjuster|carrier|insurer|physician advis[oe]r|peer review(?:er)?"
    r"|(?:first|original|initial|\d{4}) review(?:er)?)\b",
    re.I,
)
GRANTED = re.compile(
    r"\bno objection\b|\b(?:went|go(?:es)?|going) along with\b|\b(?:consent|assent|acced|acquiesc)\w*\b|\bsigned off\b|\bgreen-?\s?l(?:it|ighted)\b|\b(?:okayed|sanctioned|cleared)\b|\bfound in favou?r\b|\braised no (?:objection|question)|\bsaid yes\b|\bsupported the (?:request|item|treatment)|\blet (?:it|this|that|the \w+) (?:pass|through)\b|\bwaved (?:it )?through\b|\bgave (?:its|the|a) (?:approval|consent|go-ahead|nod|blessing)\b|(?<!non-)(?<!non)(?<!not )(?<!to )\b(?:approved|certified|authorized|granted|allowed)\b|\bagree[ds]?\s+(?:to|that|with)\b"
    r"|\b(?:found|deemed|held|considered|determined|concluded)\b(?![^.;]{0,80}\b(?:not|un\w+|lack\w*)\b)[^.;]{0,80}?\bmedically (?:necessary|appropriate|indicated)",
    re.I,
)
REFUSED = re.compile(
    r"\bnon-?\s?certif|\bnot (?:certify|approve|authorize|allow|grant)\b|\bnone (?:of [^.;]{3,30} )?(?:was|were)\b|\bden(?:y|ied|ies|ial)|\bnot (?:certified|approved|authorized|medically)|fail(?:ed|ure) to (?:approve|certify|authorize)|\brefused\b|\brejected\b|\bdeclined\b",
    re.I,
)
NONE_GRANTED = re.compile(
    r"\b(?:none|nothing|not (?:a single )?one|no part|without)\b[^.;,]{0,40}\b(?:allow|approv|certif|authoriz|grant)\w*",
    re.I,
)
IN_PART = re.compile(
    rf"(?<!non-)(?<!not )\b(?:allow|approv|certif|authoriz|grant|permitt?|let)(?:s|ed|ing)?\s+(?:through\s+)?(?:only\s+|just\s+)?{NUMBER}\s+(?:of\b|out of\b|(?:\w+\s+)?and (?:left|denied|refused))|\b{NUMBER}\s+of\s+(?:the\s+|those\s+|these\s+|them\b)(?:{NUMBER}\s+)?(?:\w+\s+){{0,2}}?(?:through|pass)\b|\bleft (?:the )?(?:other|rest|remain\w*|balance)|\bmodif|\bpartial|(?<!non-)(?<!not )\b(?:allow|approv|certif|authoriz|grant)(?:s|ed|ing)?\s+(?:only\s+)?#\s?\d|\b(?:wean|taper)\w*|\bin part\b|\bconditional|\breduc|\bhalf\b|\b(?:a )?(?:part|portion|share) of\b|\b(?!none\b|all\b|any\b|one of the (?:visits|sessions)\b)(?<!every )(?<!each )[\w-]+ (?:out )?of (?:the )?(?:[\w-]+ ){{0,3}}?(?:sessions|visits|treatments|requested)\b|\bfewer\b|\bonly \w+ (?:sessions|visits)\b",
    re.I,
)
UR_DECIDED = re.compile(
    r"\b(?:was|were)\s+(?:non-?certified|denied|modified)\s+on\b|\b(?:UR|utilization review|claims administrator(?:'s)?|adverse determination|denial|non-?certification|refusal|UR physician|UR reviewer|(?:initial|original|prior|first|carrier's|adjuster's|insurer's|examiner's) (?:determination|decision|review))\b[^.;]{0,80}?\b(?:denied|non-?certified|modified|issued|dated|made|rendered|reached|returned|handed down|sent|mailed|signed|came|given|taken|entered|communicated|certif\w+|decision|determination|of \d|of [A-Z])|\b(?:decision|determination|denial|review)\s+(?:from|of|dated|on)\b[^.;]{0,30}\b(?:UR|utilization review)\b|\b(?:denied|non-?certified|modified)\b[^.;]{0,60}\bby (?:the )?(?:UR|utilization review|claims administrator)",
    re.I,
)
NOT_ITS_DAY = re.compile(
    r"\b(?:request for authorization|RFA|date of service|DOS|appeal\w*|after|following|injury|referenc\w+|prior request|previous|first|second|surg\w+|pinning|seen)\b",
    re.I,
)
RIGHT_BEFORE = re.compile(
    r"\b(?:notes?|visit|report|progress|records?|exam\w*|MRI|procedure|fracture|reduction|repair|operation|request)\s*(?:of|on|dated|from|was|done|performed)?\s*(?:on\s*)?$",
    re.I,
)
CLAUSES = re.compile(r"[;:,]\s|\b(?:and|but|while|whereas|yet)\b", re.I)
CONTRADICTIONS = ({"granted", "refused"}, {"in part", "refused"})


def record_before_injury(facts: Facts) -> Iterator[Hit]:
    """A record of this injury dated before it."""
    injured = facts.letter.header.date_of_injury
    if injured is None or any(day < injured for day in _other_injuries(facts)):
        return
    for field, text in facts.narratives:
        for found in (*find_dates(text.raw), *find_partial_dates(text.raw)):
            partial = isinstance(found, PartialDate)
            last = found.last if isinstance(found, PartialDate) else found.value
            if partial and not NOTE_OF.search(text.raw, max(0, found.start - 40), found.start):
                continue
            if last is None or last >= injured - timedelta(days=1):
                continue
            before = re.split(r"[.;]\s", text.raw[max(0, found.start - 70) : found.start])[-1]
            behind = text.raw[found.end : found.end + 40].split(".")[0]
            older = BEFORE_IT.search(before) or OLDER_BEHIND.search(behind)
            if OF_RECORD.search(before + behind) and not older:
                yield Hit(
                    field=field,
                    related=(FieldId("header.date_of_injury"),),
                    told={
                        "day": found.text,
                        "place": label(field.name).lower(),
                        "injured": date_text(injured),
                    },
                    quotes=(Quote(found.text, field, None, found.start, found.end),),
                )
                break


def ur_outcome(facts: Facts) -> Iterator[Hit]:
    """What UR did with the item: told one way in the rationale, another in the summary."""
    for issue in facts.issues:
        alone = len(facts.issues) == 1
        theirs = _outcomes(facts.summary, issue, alone)
        ours = _outcomes(issue.rationale, issue, alone)
        if not issue.request and "granted" in theirs and len(theirs) == 1 and not ours:
            sentence = theirs["granted"]
            yield _ur_hit(issue, "granted", "", sentence, sentence)
        elif len(ours) == len(theirs) == 1 and {*ours, *theirs} in CONTRADICTIONS:
            (one,), (other,) = ours.values(), theirs.values()
            yield _ur_hit(issue, "default", one, other, other)


def _is_of_another(before: str) -> bool:
    """Whether the words before a day say of what else it is: a visit, an operation, an appeal."""
    return bool(NOT_ITS_DAY.search(before) or RIGHT_BEFORE.search(before))


def ur_date_told(facts: Facts) -> Iterator[Hit]:
    """The day of UR's decision in a rationale, or after its other names in the summary."""
    ours = facts.letter.header.ur_denial_date
    if ours is None:
        return
    for field, text in facts.narratives:
        # What is plainly the day of review is compared by the rule on that day.
        plain_days = (
            {found.start for found in find_ur_days(text.raw)} if field == SUMMARY else set[int]()
        )
        for sentence in text.sentences:
            match = seek(UR_DECIDED, sentence.text)
            days = find_dates(sentence.text)
            if (
                not match
                or len(days) != 1
                or days[0].value in (None, ours)
                or _is_of_another(sentence.text[max(0, days[0].start - 60) : days[0].start])
            ):
                continue
            start = text.raw.index(sentence.text, sentence.start)
            if start + days[0].start in plain_days:
                continue
            yield Hit(
                field=field,
                related=(FieldId("header.ur_denial_date"),),
                told={
                    "ours": date_text(ours),
                    "theirs": days[0].text,
                    "place": label(field.name).lower(),
                },
                quotes=(
                    Quote(sentence.text, field, None, start + days[0].start, start + days[0].end),
                ),
            )
            break


def _other_injuries(facts: Facts) -> list[date]:
    """Days of injury told beside the header's."""
    form = facts.letter.patient.date_of_injury
    return [form] if form is not None else []


def _outcomes(text: Text, issue: IssueFacts, alone: bool) -> dict[str, str]:
    """What UR is said to have done with this item, with the sentence."""
    ours = title_items(issue)
    found: dict[str, str] = {}
    for number, sentence in enumerate(text.sentences):
        kinds = _ur_kinds(sentence.text)
        if not kinds or number in text.quoted:
            continue
        named = [item for item in items_of(text) if item.sentence == number]
        if {"granted", "refused"} <= kinds:
            # A sentence that grants one thing and refuses another.
            for kind in _kinds_beside(sentence.text, ours):
                found.setdefault(kind, sentence.text)
            continue
        # With one item in the letter it is meant where none is named.
        own = any(one.is_same(other) for one in ours for other in named)
        if not ours or not (own or (alone and not any(item.name for item in named))):
            continue
        if len(kinds) == 1:
            found.setdefault(next(iter(kinds)), sentence.text)
    return found


def _kinds_beside(sentence: str, ours: tuple[Item, ...]) -> frozenset[str]:
    """Of a sentence that grants one thing and refuses another: what it says of this one."""
    for clause in CLAUSES.split(sentence):
        named = items_of(read_text(clause))
        if any(one.is_same(other) for one in ours for other in named if other.name):
            return _said_of(clause)
    return frozenset()


@lru_cache(maxsize=8192)
def _ur_kinds(sentence: str) -> frozenset[str]:
    """What a sentence on UR says it did."""
    return _said_of(sentence) if seek(UR, sentence) else frozenset()


def _said_of(sentence: str) -> frozenset[str]:
    kinds = (("in part", IN_PART), ("refused", REFUSED), ("granted", GRANTED))
    found = frozenset(name for name, pattern in kinds if pattern.search(sentence))
    if "refused" in found and seek(NONE_GRANTED, sentence):
        found -= {"granted", "in part"}
    # What was granted in part was refused in part.
    return frozenset(("in part",)) if "in part" in found else found


def _ur_hit(issue: IssueFacts, says: str, one: str, other: str, quoted: str) -> Hit:
    return Hit(
        field=issue.field("rationale" if says == "default" else "title"),
        related=(SUMMARY,),
        says=says,
        told={"issue": str(issue.number), "one": short(one), "other": short(other)},
        quotes=(Quote(quoted, SUMMARY),),
    )


RULES = {
    "record-before-injury": record_before_injury,
    "ur-outcome": ur_outcome,
    "ur-date-told": ur_date_told,
}

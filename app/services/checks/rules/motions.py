"""Degrees of a motion: the rationale's against all that the summary has of the same one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.services.checks.claims import SUMMARY
from app.services.checks.facts import Facts
from app.services.checks.naming import short
from app.services.checks.values import Hit, Quote
from app.services.language.dates import days_in
from app.services.language.seeking import seek
from app.services.language.terms import PART, SIDE
from app.services.language.texts import Text

FORMER = re.compile(
    r"\bhad been\b|\bpreviously|\bat first\b|\binitially\b|\bwent away\b|\bsubsided\b|\bsince (?:resolved|cleared)\b|\bduring (?:19|20)\d\d\b",
    re.I,
)
CONTRALATERAL = re.compile(
    r"\bcontra-?lateral|\bopposite (?:side|limb)|\bunaffected|\buninjured|\bby comparison", re.I
)
DEGREES = re.compile(
    r"\b(?P<moves>abduct(?:s|ed)?|adducts?|flex(?:es|ed)?|extends?|supinates?|pronates?|(?:rais(?:es?|ed|ing)|lift(?:s|ing|ed)?) the arm sideways)\s+(?:went\s+|goes\s+|was\s+|reached\s+|carried\s+)?(?:only\s+|the \w+\s+|her \w+\s+|his \w+\s+|actively\s+)*(?:to|through|up to|no more than|just|only)\s+(?:only\s+|just\s+|about\s+)?(?P<reach>\d{1,3})(?:\s*(?:degrees?|deg\b|°)|(?=[.,;]|$))|\b(?P<plane>abd(?:uction)?|adduction|(?:forward )?flexion|flex|extension|ext|dorsiflexion|plantar flexion|internal rotation|external rotation|supination|pronation)\b(?:\s+(?:of|at|in)\s+(?:the|his|her)\s+(?:left\s+|right\s+)?\w+)?"
    r"(?:\s+(?:was|is|of|to|at|reached|reaches|measured|measures|limited|reduced|restricted|stops|stopped|ends|ended|possible|just|not|beyond|past|only|about|:|=)|[:=])*\s+(?P<degrees>\d{1,3})(?:\s*(?:degrees?|deg\b|°)|(?=[.,;]|\s+and\b|$))",
    re.I,
)
PLANES = (
    ("abd", "abduction"), ("add", "adduction"), ("flexes", "flexion"), ("extend", "extension"), ("supinat", "supination"), ("pronat", "pronation"), ("forward", "flexion"), ("flex", "flexion"), ("external", "external rotation"), ("ext", "extension"),
    ("dorsi", "dorsiflexion"), ("plantar", "plantar flexion"), ("internal", "internal rotation"),
    ("supination", "supination"), ("pronation", "pronation"),
)  # fmt: skip
SLACK = 10
NOT_MEASURED = re.compile(
    r"\b(?:goals?|normal|guidelines?|MTUS|ODG|AMA|expected|should|if|before|after|improv\w+|from|UR|utilization)\b",
    re.I,
)


def motion(facts: Facts) -> Iterator[Hit]:
    """Degrees of a motion that differ from all the summary has of the same one."""
    theirs = tuple(_motions(facts.summary))
    for issue in facts.issues if theirs else ():
        text = issue.rationale
        for plane, degrees, sentence, match in _motions(text):
            told = text.sentences[sentence].text
            if sentence in text.quoted or seek(NOT_MEASURED, told) or seek(CONTRALATERAL, told):
                continue
            same = [
                one
                for one in theirs
                if one[0] == plane
                and _same_place(text, sentence, facts.summary, one[2])
                and _of_one_day(told, facts.summary.sentences[one[2]].text)
            ]
            if same and all(abs(one[1] - degrees) > SLACK for one in same):
                there = facts.summary.sentences[same[0][2]].text
                start, _ = text.place(sentence)
                yield Hit(
                    field=issue.field("rationale"),
                    related=(SUMMARY,),
                    told={
                        "issue": str(issue.number),
                        "sign": f"degrees of {plane}",
                        "ours": f"{degrees}",
                        "one": short(told),
                        "other": short(there),
                    },
                    quotes=(
                        Quote(
                            told,
                            issue.field("rationale"),
                            None,
                            start + match.start(),
                            start + match.end(),
                        ),
                        Quote(there, SUMMARY),
                    ),
                )
                break


def _motions(text: Text) -> Iterator[tuple[str, int, int, re.Match[str]]]:
    for number, sentence in enumerate(text.sentences):
        if (
            not any(fact.name == "rom" for fact in text.in_sentence(number))
            and "deg" not in sentence.text
            and "abduct" not in sentence.text
            and "flex" not in sentence.text
        ):
            continue
        for match in DEGREES.finditer(sentence.text):
            told = (match["plane"] or match["moves"]).lower()
            told = "abd" if told.endswith("sideways") else told
            plane = next(full for start, full in PLANES if told.startswith(start))
            yield plane, int(match["degrees"] or match["reach"]), number, match


def _same_place(ours: Text, one: int, theirs: Text, other: int) -> bool:
    """Not of other sides, nor of other joints, of which each names one."""
    names = [
        {m.name for m in text.read[number].mentions if m.kind == kind}
        for kind in (SIDE, PART)
        for text, number in ((ours, one), (theirs, other))
    ]
    sides, parts = names[:2], names[2:]
    return (not all(sides) or sides[0] == sides[1]) and (
        not all(parts) or bool(parts[0] & parts[1])
    )


def _of_one_day(one: str, other: str) -> bool:
    days = days_in(one), days_in(other)
    return not seek(FORMER, one) and (not all(days) or bool(days[0] & days[1]))

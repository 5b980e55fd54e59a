"""What the public letters say, from their truth file, and how a parsed letter compares to it.

Long texts are compared by hash, so that no text of a letter is kept here.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from app.evidence import ParseResult
from app.letter import REDACTED, FieldId


class Verdict(StrEnum):
    EXACT = "exact"
    DOUBTED = "doubted"
    SILENT = "silently wrong"


@dataclass
class Comparison:
    """Verdict by field; `false_doubts` are doubts on fields that are exact."""

    verdicts: dict[str, Verdict] = field(default_factory=dict)
    false_doubts: list[str] = field(default_factory=list)
    boxed: bool = False


def letters_folder() -> Path | None:
    """Where the public letters are, or None."""
    import os

    from tests.conftest import PROJECT

    named = os.environ.get("IMR_DESK_LETTERS")
    folder = (Path(named) if named else PROJECT.parent / "shared" / "letters") / "public"
    return folder if (folder / "truth.jsonl").is_file() else None


def load_truth(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "truth.jsonl").read_text().splitlines()]


def fingerprint(text: str) -> str:
    """Ten hex digits that stand for a text, whatever its spaces and marks."""
    letters = re.sub("[^a-z0-9]", "", text.lower())
    return hashlib.sha1(letters.encode()).hexdigest()[:10]


def compare(result: ParseResult, truth: dict[str, Any], *, boxed: bool = False) -> Comparison:
    """Every field of the truth against what was read; `boxed` where a black box is a right reading."""
    comparison = Comparison(boxed=boxed)
    letter = result.letter
    header = letter.header
    simple = {
        "header.case_number": (header.case_number, truth["case"]),
        "header.date_assigned": (_day(header.date_assigned), truth["assigned"]),
        "header.date_of_injury": (_day(header.date_of_injury), truth["doi"]),
        "header.decision_date": (_day(header.decision_date), truth["decided"]),
        "header.ur_denial_date": (_day(header.ur_denial_date), truth["ur_denial"]),
        "header.priority": (header.priority, truth["priority"]),
        "header.application_received": (_day(header.application_received), truth["received"]),
        "reviewer.licensure": (_list(letter.reviewer.licensure), _printed(truth["licensure"])),
        "reviewer.specialties": (_list(letter.reviewer.specialties), _printed(truth["specialty"])),
        "clinical_summary": (fingerprint(letter.clinical_summary), truth["summary_sha"]),
    }
    for name, (got, wanted) in simple.items():
        _note(comparison, result, FieldId(name), name, got == wanted)
    _compare_issues(comparison, result, truth["issues"])
    return comparison


def _compare_issues(
    comparison: Comparison, result: ParseResult, wanted: list[dict[str, Any]]
) -> None:
    issues = list(result.letter.issues)
    pairs = _pairs([issue.rationale for issue in issues], [issue.title for issue in issues], wanted)
    told = bool(result.notes) or any(
        seen.doubt and name.issue is not None for name, seen in result.evidence.items()
    )
    for number, truth in enumerate(wanted):
        at = pairs.get(number)
        for name, key in _ISSUE_FIELDS.items():
            label = f"issues.{number}.{name}"
            if at is None:
                comparison.verdicts[label] = Verdict.DOUBTED if told else Verdict.SILENT
                continue
            issue = issues[at]
            got = {
                "title": issue.title,
                "decision": str(issue.decision),
                "ca": _bare(issue.claims_administrator_guideline.text),
                "mx": _bare(issue.maximus_guideline.text),
                "rat_sha": fingerprint(issue.rationale),
            }[key]
            target = _bare(truth[key]) if key in ("ca", "mx") else truth[key]
            exact = got.translate(_TYPED) == target.translate(_TYPED)
            _note(comparison, result, FieldId(f"issue.{name}", issue.id), label, exact)
    for at, issue in enumerate(issues):
        if at not in pairs.values():
            seen = result.evidence.get(FieldId("issue.title", issue.id))
            doubted = seen is not None and seen.doubt
            comparison.verdicts[f"issue too many.{at}"] = (
                Verdict.DOUBTED if doubted else Verdict.SILENT
            )


_TYPED = str.maketrans("\u2018\u2019\u201c\u201d\u2013", "''\"\"-")
"""Signs of print as they are typed: a letter set again may show either."""
_ISSUE_FIELDS = {
    "title": "title",
    "decision": "decision",
    "claims_administrator_guideline": "ca",
    "maximus_guideline": "mx",
    "rationale": "rat_sha",
}


def _pairs(
    rationales: list[str], titles: list[str], wanted: list[dict[str, Any]]
) -> dict[int, int]:
    """Which issue read is which of the truth: by title, then rationale, then by order."""
    pairs: dict[int, int] = {}
    prints = [fingerprint(text) for text in rationales]
    keys = (("title", titles), ("rat_sha", prints))
    for key, values in keys:
        for number, truth in enumerate(wanted):
            if number not in pairs:
                for at, value in enumerate(values):
                    if at not in pairs.values() and value == truth[key]:
                        low = max((pairs[n] for n in pairs if n < number), default=-1)
                        high = min((pairs[n] for n in pairs if n > number), default=len(values))
                        if low < at < high:
                            pairs[number] = at
                            break
    free = [at for at in range(len(titles)) if at not in pairs.values()]
    for number in range(len(wanted)):
        if number not in pairs:
            low = max((pairs[n] for n in pairs if n < number), default=-1)
            high = min((pairs[n] for n in pairs if n > number), default=len(titles))
            fitting = [at for at in free if low < at < high]
            if fitting:
                pairs[number] = fitting[0]
                free.remove(fitting[0])
    return pairs


def _note(
    comparison: Comparison, result: ParseResult, name: FieldId, label: str, exact: bool
) -> None:
    seen = result.evidence.get(name)
    doubted = seen is not None and seen.doubt is not None
    shown_as_box = comparison.boxed and seen is not None and REDACTED in seen.text
    if exact or shown_as_box:
        comparison.verdicts[label] = Verdict.EXACT
        if doubted:
            comparison.false_doubts.append(label)
    else:
        comparison.verdicts[label] = Verdict.DOUBTED if doubted else Verdict.SILENT


def _day(value: date | None) -> str:
    return f"{value:%m/%d/%Y}" if value else ""


def _list(values: tuple[str, ...]) -> list[str]:
    return list(values)


def _printed(text: str) -> list[str]:
    return re.split(r"\s*,\s*", text)


def _bare(text: str) -> str:
    """Without spaces: addresses broken over lines keep one in the truth."""
    return "".join(text.split())

"""What a text to be written may begin with: what letter and record say, in the order of such texts.

Nothing is invented and no outcome proposed: facts that stand elsewhere are put in their place, the
rest are blanks. The author writes it over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.letter import Decision, Issue, Letter
from app.services.casefile.timeline import SUMMARY, Event
from app.services.language.dates import date_text
from app.services.snippets import BLANK, fill, in_sentence

MOST = 12
"""Sentences of the record that are put into one text."""
_CLOSINGS = {
    Decision.UPHELD: "the request for {issue.title} is not medically necessary.",
    Decision.OVERTURNED: "the request for {issue.title} is medically necessary.",
    None: "the request for {issue.title} [is|is not] medically necessary.",
}
_MET = {Decision.UPHELD: "are not met", Decision.OVERTURNED: "are met", None: "[are|are not] met"}


def rationale(letter: Letter, issue_id: int, told: Sequence[Event] = ()) -> str:
    """The reasons for one item: the guideline's condition, what is found, whether it is met.

    `told` is what the record and the summary say of its treatment. Raises KeyError where the letter
    has no such item.
    """
    issue = letter.issue(issue_id)
    paragraphs = [
        " ".join(f"{name} states that {BLANK}." for name in _sources(issue)),
        _case_of(letter),
        *_told(told),
        f"The guideline's criteria for {{issue.title}} {_MET[issue.decision]}: {BLANK}. "
        f"Therefore, {_CLOSINGS[issue.decision]}",
    ]
    return fill("\n".join(filter(None, paragraphs)), letter, issue_id)


def summary(letter: Letter, told: Sequence[Event] = ()) -> str:
    """The clinical summary: who, what happened and was done, what was asked for and denied.

    `told` is the timeline of the record, the earliest first; what the summary itself tells is none.
    """
    items = [in_sentence(issue.title, starts=False) for issue in letter.issues if issue.title]
    asked = ", ".join(items) if items else BLANK
    paragraphs = [
        "The injured worker is a {patient.age} year old {patient.sex} who sustained an industrial "
        "injury on {header.date_of_injury}. The diagnoses include {summary_facts.diagnoses}.",
        *_told(one for one in told if one.source != SUMMARY),
        "Treatment to date has included {summary_facts.treatment_to_date}.",
        f"On {{header.ur_denial_date}}, utilization review denied the request for {asked}.",
    ]
    return fill("\n".join(paragraphs), letter)


def _sources(issue: Issue) -> tuple[str, ...]:
    """What the reviewer's guideline field cites, each by its name."""
    named = tuple(
        " ".join(part for part in (str(one.source), one.title, one.edition) if part)
        if one.source != "other"
        else one.title
        for one in issue.maximus_guideline.citations
    )
    return named or ("The guideline",)


def _case_of(letter: Letter) -> str:
    facts = letter.summary_facts
    parts = [
        f"The injured worker is treated for {_open_end(facts.diagnoses)}."
        if facts.diagnoses
        else "",
        f"Treatment to date has included {_open_end(facts.treatment_to_date)}."
        if facts.treatment_to_date
        else "",
    ]
    return " ".join(filter(None, parts))


def _told(events: Iterable[Event]) -> list[str]:
    """Dated sentences as they stand in the record, each with its day and whose it is."""
    lines = [
        f"{date_text(event.day)}{_whose(event)}: {event.words}"
        for event in events
        if event.words != event.source
    ]
    return lines[:MOST]


def _whose(event: Event) -> str:
    return "" if event.source == SUMMARY else f" ({event.source})"


def _open_end(words: str) -> str:
    return words.rstrip(" .")

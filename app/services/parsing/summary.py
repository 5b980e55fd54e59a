"""The clinical summary: its text, the person it tells of, and its three lists."""

from __future__ import annotations

import re

from app.services.parsing.draft import Draft, field
from app.services.parsing.person import read_person
from app.services.parsing.prose import Prose
from app.services.parsing.summary_lists import read_diagnoses, read_requested, read_treatment

SUMMARY = field("clinical_summary")
DIAGNOSES = field("summary_facts.diagnoses")
TREATMENT = field("summary_facts.treatment_to_date")
REQUESTED = field("summary_facts.requested_treatment")

PLAN = "plan"
"""The rule of a request that the summary tells as a plan only."""
_WORD = re.compile(r"[a-z0-9][a-z0-9'-]{2,}")
_LISTS = ((DIAGNOSES, read_diagnoses), (TREATMENT, read_treatment), (REQUESTED, read_requested))


def read_summary(draft: Draft, first: int, last: int) -> None:
    """Takes the summary's text from the words `first` to `last`, and what it says of the person."""
    if last <= first:
        draft.doubt(SUMMARY, "Nothing is printed under “Clinical case summary”.")
        return
    text = Prose(draft, first, last)
    draft.put(SUMMARY, text.text, (first, last), "heading")
    read_person(text)
    _read_lists(text)


def _read_lists(text: Prose) -> None:
    for name, read in _LISTS:
        found = read(text.text)
        if found.parts:
            value = "; ".join(text.text[part.start : part.end] for part in found.parts)
            words = [text.words(part.start, part.end) for part in found.parts]
            text.draft.put_parts(name, value, words, PLAN if found.planned else "set phrase")
        if found.doubt:
            text.draft.doubt(name, found.doubt, *filter(None, [found.other]))


def check_plan(draft: Draft) -> None:
    """Doubts a plan that stands for the request, where it names nothing of the disputed items."""
    if draft.rule(REQUESTED) != PLAN:
        return
    titles = {
        word
        for issue in draft.issues
        for word in _WORD.findall((draft.value(field("issue.title", issue)) or "").casefold())
    }
    planned = _WORD.findall(draft.value(REQUESTED).casefold())
    if not titles.intersection(planned) - {"and", "for", "the", "with"}:
        draft.doubt(
            REQUESTED,
            "The summary tells a plan, in which none of the disputed items is named, and no request.",
        )

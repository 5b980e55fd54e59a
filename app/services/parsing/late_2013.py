"""The transition form, late 2013 to early 2014: documents reviewed, numbered unlabelled decisions.

Not confirmed by a real letter here: written from descriptions of the form, and tested on letters
made after them.
"""

from __future__ import annotations

import re

from app.letter import Decision
from app.services.parsing.draft import Draft, field
from app.services.parsing.header import HEADER_FIELDS, read_header
from app.services.parsing.issues import read_issues
from app.services.parsing.marks import LABELS, exact_marks
from app.services.parsing.reviewer import read_credentials_sentence
from app.services.parsing.sections import (
    CLAIMS_SENTENCE,
    DECIDED,
    REVIEWER_SENTENCE,
    Section,
    cut_up,
    decision_of,
    first_named,
    put_guideline_sentence,
    put_lines,
    words_of,
)
from app.services.parsing.summary import SUMMARY, read_summary

LAYOUT = "maximus-2013-late"
_HEADINGS = {
    "how": re.compile(r"HOW THE IMR FINAL DETERMINATION WAS MADE"),
    "documents": re.compile(r"DOCUMENTS REVIEWED"),
    "summary": re.compile(r"CLINICAL CASE SUMMARY"),
    "issues": re.compile(r"IMR (?:ISSUES?, )?DECISION(?:S|\(S\)),? AND RATIONALE(?:S|\(S\))"),
}
_MARK = "IMR DECISION(S) AND RATIONALE(S)"
_SENTENCE = "The Claims Administrator based its decision on"
_LABEL = re.compile(r"\bguidelines?\s?:", re.IGNORECASE)
_LEAD = re.compile(
    r"The Final Determination was based on decisions for the disputed[^:]{0,60}below:"
)
_SUMMARY_LEAD = re.compile(r"[^:]{0,160}\b(?:case file|records)[^:]{0,60}:\s")
_ITEM = re.compile(
    r"(?<!\S)(?P<number>\d{1,2})\s?[.)] (?:Decision for )?(?P<title>(?:(?!\. [A-Z]).)+?)"
    r"(?::\s(?=(?P<decided>Upheld|Overturned)\b)|[,:]? (?=(?:is|are|was|were)\s*(?:not)?\s*medically))"
)
_RATIONALE = {
    "rationale": re.compile(
        r"(?:The (?:Expert|Physician) Reviewer[’']s |The )?(?:Expert |Physician )?(?:Reviewer )?decision rationale:?",
        re.IGNORECASE,
    )
}
_CARRIED = tuple(name for name in HEADER_FIELDS if name.name != "header.priority")


def is_late(text: str) -> bool:
    """Whether a letter's text is of this form: by its heading, or by sentences instead of labels."""
    return _MARK in text or (_SENTENCE in text and not _LABEL.search(text))


def read_late(draft: Draft) -> tuple[str, ...]:
    """Reads the letter; gives the reasons for its layout."""
    sheet = draft.sheet
    sections = cut_up(sheet, _HEADINGS)
    top = sections[0].heading if sections else 0
    read_header(draft, sheet.row_of[top], _CARRIED)
    how = first_named(sections, "how")
    if how:
        read_credentials_sentence(draft, how.first, how.last)
    documents = first_named(sections, "documents")
    if documents:
        put_lines(draft, "cover.documents_reviewed", documents.first, documents.last)
    _read_summary(draft, first_named(sections, "summary"))
    issues = first_named(sections, "issues")
    if issues:
        _read_issues(draft, issues)
    return ("The headings “Documents reviewed” and “IMR decision(s) and rationale(s)” were found.",)


def _read_summary(draft: Draft, section: Section | None) -> None:
    if section is None:
        draft.doubt(SUMMARY, "The heading “Clinical case summary” was not found.")
        return
    sheet = draft.sheet
    first = section.first
    lead = _SUMMARY_LEAD.match(sheet.joined(first, section.last))
    if lead and lead.group().startswith("The "):
        first = sheet.word_at(sheet.offset_of(first) + lead.end())
    read_summary(draft, first, section.last)


def _read_issues(draft: Draft, section: Section) -> None:
    """Numbered items; or, where labels are printed, as in the later forms."""
    sheet = draft.sheet
    lead = _LEAD.search(sheet.joined(section.first, section.last))
    first = (
        sheet.word_at(sheet.offset_of(section.first) + lead.end() - 1) + 1
        if lead
        else section.first
    )
    items = _items(draft, first, section.last)
    marks = exact_marks(sheet)
    if not items and any(mark.mark in LABELS and mark.first >= first for mark in marks):
        read_issues(draft, marks, first, section.last)
        return
    if not items:
        draft.notes.append("No disputed item was found: the page with the issues may be missing.")
        return
    ends = [*(words_of(sheet, 0, item)[0] for item in items[1:]), section.last]
    for item, end in zip(items, ends, strict=True):
        _read_item(draft, item, end)


def _items(draft: Draft, first: int, last: int) -> list[re.Match[str]]:
    """The numbered items: numbers that begin a row, counting up from 1."""
    sheet = draft.sheet
    found: list[re.Match[str]] = []
    for match in _ITEM.finditer(sheet.text, sheet.offset_of(first), sheet.offset_of(last)):
        starts = sheet.starts_row(sheet.word_at(match.start()))
        if starts and int(match["number"]) == len(found) + 1:
            found.append(match)
    return found


def _read_item(draft: Draft, item: re.Match[str], end: int) -> None:
    sheet = draft.sheet
    issue = draft.new_issue()
    title = words_of(sheet, 0, item, "title")
    draft.put(field("issue.title", issue), sheet.line(*title).rstrip(":,"), title, "numbered item")
    rest = title[1]
    text = sheet.joined(rest, end)
    decision = field("issue.decision", issue)
    said = [decision_of(match) for match in DECIDED.finditer(text)]
    match = DECIDED.search(text)
    if item["decided"]:
        words = words_of(sheet, 0, item, "decided")
        draft.put(decision, Decision(item["decided"]), words, "after the title")
        said.append(Decision(item["decided"]))
    elif match:
        words = words_of(sheet, sheet.offset_of(rest), match)
        draft.put(decision, decision_of(match), words, "is or is not")
    else:
        draft.doubt(decision, "No sentence says whether it is medically necessary.")
    if len(set(said)) > 1:
        draft.doubt(
            decision, "The text says both that it is and that it is not medically necessary."
        )
    parts = cut_up(sheet, _RATIONALE, rest, end)
    rationale = first_named(parts, "rationale")
    last = rationale.heading if rationale else end
    put_guideline_sentence(
        draft, "issue.claims_administrator_guideline", issue, CLAIMS_SENTENCE, rest, last
    )
    put_guideline_sentence(draft, "issue.maximus_guideline", issue, REVIEWER_SENTENCE, rest, last)
    name = field("issue.rationale", issue)
    if rationale and rationale.last > rationale.first:
        draft.put(
            name,
            sheet.prose(rationale.first, rationale.last),
            (rationale.first, rationale.last),
            "heading",
        )
    else:
        draft.doubt(name, "The words “decision rationale” were not found.")

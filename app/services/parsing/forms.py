"""The forms since 2014: how their sections follow each other.

`maximus-2016` is confirmed by all public letters of 2016 and 2017, `maximus-2015` by four letters,
`maximus-2014` (credentials in a sentence) by one.
"""

from __future__ import annotations

import re

import msgspec

from app.services.parsing.draft import Draft
from app.services.parsing.header import read_header
from app.services.parsing.issues import read_issues
from app.services.parsing.marks import LABELS, Found, like_marks, name_of
from app.services.parsing.phrases import PLAIN_SUMMARY, Mark
from app.services.parsing.reviewer import read_reviewer
from app.services.parsing.sections import put_lines
from app.services.parsing.several import end_of_letter
from app.services.parsing.summary import SUMMARY, read_summary

_SECTIONS = (Mark.HOW, Mark.SUMMARY, Mark.SUMMARY_LEAD, Mark.ISSUES, Mark.ISSUES_LEAD)

_DOCUMENTS_LEAD = re.compile(r"The following documents\b.*:$").match


class Sections(msgspec.Struct, frozen=True):
    """What was found of a letter's skeleton, for telling its layout."""

    marks: tuple[Found, ...]
    credentials_block: bool


def read_form(draft: Draft, marks: list[Found]) -> Sections:
    """Reads a letter of these forms, whatever of it is there."""
    sheet = draft.sheet
    last = len(sheet.texts)
    marks = _with_likely_sections(draft, marks, last)
    at = {mark.mark: mark for mark in reversed(marks)}
    labels = [mark.first for mark in marks if mark.mark in LABELS]
    how = at.get(Mark.HOW)
    summary = at.get(Mark.SUMMARY)
    lead = at.get(Mark.SUMMARY_LEAD)
    issues = at.get(Mark.ISSUES)
    issues_lead = at.get(Mark.ISSUES_LEAD)
    summary_first = _end_of(lead) or _end_of(summary)
    summary_last = _first_of(issues) or _first_of(issues_lead) or min(labels, default=last)
    issues_first = _end_of(issues_lead) or _end_of(issues) or summary_last
    top_end = _first_of(how) or _first_of(summary) or _first_of(lead) or summary_last
    read_header(draft, sheet.row_of[top_end] if top_end < last else len(sheet.rows))
    credentials_first = _end_of(how) or 0
    credentials_last = _first_of(summary) or _first_of(lead) or summary_last
    block = read_reviewer(draft, marks, credentials_first, credentials_last)
    if summary_first:
        read_summary(draft, summary_first, summary_last)
    else:
        draft.doubt(SUMMARY, "The heading “Clinical case summary” was not found.")
    _doubt_borders(draft, at)
    _doubt_labels_before(draft, labels, summary_first, summary_last)
    end = end_of_letter(sheet, max(labels)) if labels else last
    documents = sheet.row_at(end) if end < last else None
    if documents is not None and documents.text == Mark.DOCUMENTS:
        first = next(
            (
                row.first
                for row in sheet.rows[documents.number + 1 :]
                if not _DOCUMENTS_LEAD(row.text)
            ),
            last,
        )
        put_lines(draft, "cover.documents_reviewed", first, last)
    elif documents is not None:
        page = documents.page
        draft.notes.append(f"From page {page} on, what follows the letter was left out.")
    read_issues(draft, marks, issues_first, end)
    return Sections(tuple(marks), block)


def _with_likely_sections(draft: Draft, marks: list[Found], last: int) -> list[Found]:
    """The marks, and for each section without one what looks like it."""
    there = {mark.mark for mark in marks}
    lacking = [mark for mark in _SECTIONS if mark not in there]
    if not lacking:
        return marks
    more = like_marks(draft.sheet, lacking, 0, last)
    return sorted([*marks, *more], key=lambda mark: mark.first)


def _doubt_borders(draft: Draft, at: dict[Mark, Found]) -> None:
    """A section whose border is not printed as it should be may hold too much or too little."""
    if not draft.has(SUMMARY):
        return
    for mark, lead, words in (
        (Mark.SUMMARY, Mark.SUMMARY_LEAD, "so where the summary begins is uncertain."),
        (Mark.ISSUES, Mark.ISSUES_LEAD, "so where the summary ends is uncertain."),
    ):
        if mark not in at:
            name = name_of(mark)
            lost = f"{name[0].upper()}{name[1:]} was not found"
            if lead in at and at[lead].exact:
                draft.notes.append(f"{lost}; the sentence below it was.")
            else:
                draft.doubt(SUMMARY, f"{lost}, {words}")
    if Mark.SUMMARY_LEAD not in at and not _is_plain(draft, at.get(Mark.SUMMARY)):
        draft.doubt(SUMMARY, "The sentence that opens the summary was not found.")


def _doubt_labels_before(draft: Draft, labels: list[int], first: int, last: int) -> None:
    """Doubts a summary that holds labels of disputed items: pages stand in it that belong behind."""
    if any(first <= label < last for label in labels):
        why = "The summary holds labels of disputed items: pages may be out of order."
        draft.doubt(SUMMARY, why)
        draft.incomplete = f"{why} There may be other disputed items than these."


def _is_plain(draft: Draft, summary: Found | None) -> bool:
    """Whether the summary's heading is that of the plain style."""
    printed = draft.sheet.joined(summary.first, summary.last) if summary else ""
    return printed == PLAIN_SUMMARY


def _end_of(mark: Found | None) -> int:
    return mark.last if mark else 0


def _first_of(mark: Found | None) -> int:
    return mark.first if mark else 0

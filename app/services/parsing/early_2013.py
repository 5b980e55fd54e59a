"""The Medical Professional Reviewer form, first half of 2013: one issue, told by headings.

Not confirmed by a real letter here: written from descriptions of the form, and tested on letters
made after them.
"""

from __future__ import annotations

import re

from app.services.parsing.draft import Draft, field
from app.services.parsing.header import read_header
from app.services.parsing.issues import put_guideline
from app.services.parsing.phrases import Mark
from app.services.parsing.reviewer import read_credentials_sentence
from app.services.parsing.sections import cut_up, decision_of, first_named, put_lines
from app.services.parsing.summary import SUMMARY, read_summary

LAYOUT = "maximus-2013-early"
MARK = re.compile(r"ISSUES? (?:AT|IN) DISPUTE")
_HEADINGS = {
    "issue": re.compile(r"ISSUES? (?:AT|IN) DISPUTE:?"),
    "summary": re.compile(r"CASE SUMMARY:?"),
    "documents": re.compile(r"DOCUMENTS REVIEWED FOR DETERMINATION:?"),
    "guidelines": re.compile(
        r"MEDICAL TREATMENT GUIDELINE\(?S?\)? RELIED UPON BY (?:THE )?(?:MEDICAL )?PROFESSIONAL REVIEWER AND WHY:?"
    ),
    "rationale": re.compile(
        r"RATIONALE FOR WHY THE REQUESTED TREATMENT/SERVICE (?P<decided>(?:IS|WAS)\s*(?P<not>NOT)?\s*MEDICALLY NECESSARY):?"
    ),
    "qualifications": re.compile(r"MEDICAL (?:PROFESSIONAL )?REVIEWER QUALIFICATIONS:?"),
}
_CARRIED = (field("header.case_number"), field("header.date_of_injury"))


def read_early(draft: Draft) -> tuple[str, ...]:
    """Reads the letter; gives the reasons for its layout."""
    sheet = draft.sheet
    sections = cut_up(sheet, _HEADINGS)
    read_header(draft, sheet.row_of[sections[0].heading] if sections else 0, _CARRIED)
    documents = first_named(sections, "documents")
    if documents:
        put_lines(draft, "cover.documents_reviewed", documents.first, documents.last)
    summary = first_named(sections, "summary")
    if summary:
        read_summary(draft, summary.first, summary.last)
    else:
        draft.doubt(SUMMARY, "The heading “Case summary” was not found.")
    qualifications = first_named(sections, "qualifications")
    if qualifications:
        read_credentials_sentence(draft, qualifications.first, qualifications.last)
    issue = draft.new_issue()
    at_dispute = first_named(sections, "issue")
    title = field("issue.title", issue)
    if at_dispute and at_dispute.last > at_dispute.first:
        words = (at_dispute.first, at_dispute.last)
        draft.put(title, sheet.line(*words).rstrip("."), words, "heading")
    else:
        draft.doubt(title, "Nothing is printed under “Issue at dispute”.")
    guidelines = first_named(sections, "guidelines")
    name = field("issue.maximus_guideline", issue)
    if guidelines:
        put_guideline(draft, name, guidelines.first, guidelines.last, Mark.MAXIMUS)
    else:
        draft.doubt(name, "The heading of the guidelines relied upon was not found.")
    _read_rationale(draft, issue)
    return ("The heading “Issue at dispute” of the reviewer form of 2013 was found.",)


def _read_rationale(draft: Draft, issue: int) -> None:
    """The rationale's own heading says what was decided."""
    sheet = draft.sheet
    decision, rationale = field("issue.decision", issue), field("issue.rationale", issue)
    match = _HEADINGS["rationale"].search(sheet.text)
    section = first_named(cut_up(sheet, _HEADINGS), "rationale")
    if match is None or section is None:
        draft.doubt(
            rationale, "The heading “Rationale for why the requested treatment …” was not found."
        )
        draft.doubt(decision, "No heading says whether the treatment is medically necessary.")
        return
    first = sheet.word_at(match.start("decided"))
    draft.put(decision, decision_of(match), (first, section.first), "heading")
    if section.last > section.first:
        words = (section.first, section.last)
        draft.put(rationale, sheet.prose(*words), words, "heading")
    else:
        draft.doubt(rationale, "Nothing is printed under its heading.")

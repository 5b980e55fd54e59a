"""The Notice of Independent Medical Review Determination, about the middle to the end of 2013.

Not confirmed by a real letter here: written from descriptions of the form, and tested on letters
made after them. Its traps: the decisions are stated twice, and an emphasised `not` is glued to
the next word.
"""

from __future__ import annotations

import re

from app.services.language.dates import read_date
from app.services.parsing.draft import Draft, field
from app.services.parsing.header import HEADER_FIELDS, read_header
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

LAYOUT = "maximus-2013-notice"
TITLE = re.compile(r"[Nn](?i:otice of Independent Medical Review Determination)")
_DECISION = re.compile(
    r"(?P<number>\d{1,2})\s?[).]\s*MAXIMUS Federal Services, Inc\.? has determined (?:that )?the requests? for "
    r"(?P<title>.+?),? " + DECIDED.pattern,
    re.IGNORECASE,
)
_HEADINGS = {
    "decisions": re.compile(r"INDEPENDENT MEDICAL REVIEW DECISION AND RATIONALE", re.IGNORECASE),
    "qualifications": re.compile(r"Medical Qualifications of the Expert Reviewer:?", re.IGNORECASE),
    "summary": re.compile(r"(?:Expert Reviewer )?Case Summary:", re.IGNORECASE),
    "documents": re.compile(r"Documents Reviewed for Determination:?", re.IGNORECASE),
    "issue": re.compile(
        r"\d{1,2}\s?[).] ?Regarding the requests? for (?P<title>[^:]+(?::(?= ?\d)[^:]+)*):"
    ),
    "effect": re.compile(r"Effect of the Decision:?", re.IGNORECASE),
}
_IN_ISSUE = {
    "guidelines": re.compile(
        r"(?:The )?(?:Medical Treatment Guidelines?|Sections? of the Medical Treatment Utilization Schedule) "
        r"Relied Upon by the Expert Reviewer to Make His/Her Decision:?",
        re.IGNORECASE,
    ),
    "rationale": re.compile(r"Rationale for the Decision:?", re.IGNORECASE),
}
_FILED = (
    (
        field("header.application_received"),
        re.compile(
            r"application for Independent Medical Review was filed on (?P<day>\S+)", re.IGNORECASE
        ),
    ),
    (
        field("header.ur_denial_date"),
        re.compile(
            r"Utilization Review (?:Denial|determination|decision)(?:/Modification)? (?:dated|of|on) (?P<day>\S+)",
            re.IGNORECASE,
        ),
    ),
    (
        field("header.date_assigned"),
        re.compile(
            r"Notice of Assignment and Request for Information was (?:provided|sent)[^.]*? on (?P<day>\S+)",
            re.IGNORECASE,
        ),
    ),
)
_NOT_CARRIED = (field("header.priority"), field("header.date_assigned"))


def read_notice(draft: Draft) -> tuple[str, ...]:
    """Reads the letter; gives the reasons for its layout."""
    sheet = draft.sheet
    sections = cut_up(sheet, _HEADINGS)
    decisions = first_named(sections, "decisions")
    top = decisions.heading if decisions else len(sheet.texts)
    _read_dates(draft)
    carried = tuple(name for name in HEADER_FIELDS if name not in _NOT_CARRIED)
    read_header(draft, sheet.row_of[min(top, len(sheet.texts) - 1)], carried)
    qualifications = first_named(sections, "qualifications")
    read_credentials_sentence(draft, *_span(qualifications, top, len(sheet.texts)))
    summary = first_named(sections, "summary")
    if summary:
        read_summary(draft, summary.first, summary.last)
    else:
        draft.doubt(SUMMARY, "The heading “Case Summary” was not found.")
    documents = first_named(sections, "documents")
    if documents:
        put_lines(draft, "cover.documents_reviewed", documents.first, documents.last)
    blocks = [section for section in sections if section.name == "issue"]
    _read_issues(draft, blocks)
    return ("The letter is titled “Notice of Independent Medical Review Determination”.",)


def _span(section: Section | None, first: int, last: int) -> tuple[int, int]:
    return (section.first, section.last) if section else (first, last)


def _read_dates(draft: Draft) -> None:
    sheet = draft.sheet
    dated = re.search(r"\bDated: ?(?P<day>\S+)", sheet.text[:2000])
    if dated:
        for name in ("header.decision_date", "cover.letter_date"):
            _put_day(draft, name, dated, "dated line")
    for name, pattern in _FILED:
        match = pattern.search(sheet.text)
        if match:
            _put_day(draft, name.name, match, "sentence")
    if draft.has(field("header.date_assigned")):
        why = "This form prints no date assigned; the day of the Notice of Assignment is taken."
        draft.doubt(field("header.date_assigned"), why)


def _put_day(draft: Draft, name: str, match: re.Match[str], rule: str) -> None:
    day = read_date(match["day"])
    words = words_of(draft.sheet, 0, match, "day")
    if day is None or day.value is None:
        draft.doubt(field(name), f"“{match['day']}” cannot be read as a date.")
        return
    draft.put(field(name), day.value, words, rule)
    if day.mended:
        draft.doubt(field(name), f"“{day.text}” has letters among its digits.")


def _read_issues(draft: Draft, blocks: list[Section]) -> None:
    """The numbered decisions, each stated twice, and the blocks that explain them in order."""
    sheet = draft.sheet
    stated: dict[int, list[re.Match[str]]] = {}
    for match in _DECISION.finditer(sheet.text):
        stated.setdefault(int(match["number"]), []).append(match)
    for at, number in enumerate(sorted(stated)):
        issue = draft.new_issue()
        _put_decision(draft, issue, stated[number])
        block = blocks[at] if at < len(blocks) else None
        if block is None:
            draft.doubt(
                field("issue.rationale", issue),
                "No part “Regarding the request for …” was found for it.",
            )
            continue
        parts = cut_up(sheet, _IN_ISSUE, block.first, block.last)
        guidelines, rationale = first_named(parts, "guidelines"), first_named(parts, "rationale")
        first, last = _span(guidelines, block.first, rationale.heading if rationale else block.last)
        put_guideline_sentence(
            draft, "issue.claims_administrator_guideline", issue, CLAIMS_SENTENCE, first, last
        )
        put_guideline_sentence(
            draft, "issue.maximus_guideline", issue, REVIEWER_SENTENCE, first, last
        )
        name = field("issue.rationale", issue)
        if rationale and rationale.last > rationale.first:
            draft.put(
                name,
                sheet.prose(rationale.first, rationale.last),
                (rationale.first, rationale.last),
                "heading",
            )
        else:
            draft.doubt(name, "The heading “Rationale for the Decision” was not found.")
    if len(blocks) > len(stated):
        draft.notes.append("More requests are explained than decided: a page may be missing.")
    if not stated:
        draft.notes.append("No decision sentence was found.")


def _put_decision(draft: Draft, issue: int, stated: list[re.Match[str]]) -> None:
    sheet = draft.sheet
    match = stated[0]
    title, decision = field("issue.title", issue), field("issue.decision", issue)
    words = words_of(sheet, 0, match, "title")
    draft.put(title, sheet.line(*words), words, "decision sentence")
    begin = sheet.word_at(match.end("title") + 1)
    draft.put(
        decision, decision_of(match), (begin, sheet.word_at(match.end() - 1) + 1), "is or is not"
    )
    if any(bool(other["not"]) != bool(match["not"]) for other in stated):
        draft.doubt(decision, "The letter states this decision twice, and differently.")
    if any(_bare(other["title"]) != _bare(match["title"]) for other in stated):
        draft.doubt(title, "The letter names this request twice, and differently.")


def _bare(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()

"""What of a letter the archive is made of: each item's texts, and its facts as the letter's
language and its guidelines tell them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from app.letter import Citation, FieldId, Issue, Letter, Request
from app.services.archive.values import Facet
from app.services.citations.body_parts import parts_named
from app.services.language.terms import DRUG
from app.services.language.texts import read_text
from app.services.library.treatments import treatment_kind

Fact = tuple[Facet, str]

_TITLE = "issue.title"
_REQUEST = ("original", "authorized", "in_dispute")
_FIELDS = {
    "ur_guideline": "issue.claims_administrator_guideline",
    "guideline": "issue.maximus_guideline",
    "rationale": "issue.rationale",
}


class Document(msgspec.Struct, frozen=True):
    """One row of the archive: `texts` in the order of its columns, `day` the decision's."""

    issue_id: int | None
    texts: tuple[str, ...]
    facts: tuple[Fact, ...]
    day: date | None


def documents(letter: Letter) -> Iterator[Document]:
    """The letter as a whole with its summary, then each of its items."""
    of_letter = _of_letter(letter)
    day = letter.header.decision_date
    whole = (letter.header.case_number, "", "", "", "", letter.clinical_summary)
    yield Document(None, whole, of_letter, day)
    for issue in letter.issues:
        yield Document(issue.id, _texts(issue), (*of_letter, *facts_of(issue, letter)), day)


def field_of(column: str, issue_id: int | None, texts: tuple[str, ...], start: int) -> FieldId:
    """The field whose text stands at a place of a column."""
    if issue_id is None:
        return FieldId("clinical_summary" if column == "summary" else "header.case_number")
    if column == "request":
        line = texts[1].count("\n", 0, start)
        return FieldId(f"issue.request.{_REQUEST[line]}", issue_id)
    return FieldId(_FIELDS.get(column, _TITLE), issue_id)


def shift_of(column: str, text: str, start: int) -> int:
    """How many characters of a column stand before the text of the field at a place of it."""
    return text.rfind("\n", 0, start) + 1 if column == "request" else 0


def _texts(issue: Issue) -> tuple[str, ...]:
    return (
        issue.title,
        _request_lines(issue.request),
        issue.claims_administrator_guideline.text,
        issue.maximus_guideline.text,
        issue.rationale,
        "",
    )


def _request_lines(request: Request | None) -> str:
    """Each part on a line of its own, so that a place tells which."""
    if request is None:
        return ""
    return "\n".join(getattr(request, name).replace("\n", " ") for name in _REQUEST)


def _of_letter(letter: Letter) -> tuple[Fact, ...]:
    found: list[Fact] = []
    if letter.outcome is not None:
        found.append((Facet.OUTCOME, letter.outcome.value))
    reviewer = letter.reviewer
    names = dict.fromkeys((*reviewer.specialties, *reviewer.subspecialties))
    found.extend((Facet.SPECIALTY, name) for name in names if name)
    return tuple(found)


def facts_of(issue: Issue, letter: Letter) -> Iterator[Fact]:
    """What an item is about: decision, treatment, parts of the body, drugs, guidelines."""
    asked = f"{issue.title}. {_request_lines(issue.request)}".strip()
    if issue.decision is not None:
        yield Facet.DECISION, issue.decision.value
    yield Facet.KIND, treatment_kind(issue.title)
    # Where an item names no part of the body, what is told of the patient says which it may be.
    parts = parts_named(asked) or parts_named(
        letter.summary_facts.diagnoses or letter.clinical_summary
    )
    for part in sorted(parts):
        yield Facet.PART, part.replace("_", " ")
    for drug in sorted(read_text(asked).named(DRUG)):
        yield Facet.DRUG, drug
    yield from _cited(issue.maximus_guideline.citations)


def _cited(citations: Iterable[Citation]) -> Iterator[Fact]:
    found: dict[Fact, None] = {}
    for citation in citations:
        name = guideline_name(citation)
        found[Facet.GUIDELINE, name] = None
        if citation.edition:
            found[Facet.EDITION, f"{name}, {citation.edition}"] = None
    yield from found


def guideline_name(citation: Citation) -> str:
    """A cited guideline without its edition and sections: `MTUS Low Back Complaints`."""
    title = citation.title or (f"chapter {citation.chapter}" if citation.chapter else "")
    if citation.source.value == "other":
        return title or citation.text or "other"
    return f"{citation.source.value} {title}".strip()

"""The outline of the open letter: its parsed sections with the mark of their worst field."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from app.evidence import Place
from app.letter import CASE, COVER, ISSUE, REVIEWER, SUMMARY, FieldId, get_value, is_missing
from app.services.editing import TITLE
from app.services.review import OpenPoint, State
from app.ui.document import LetterDocument
from app.ui.pages import Mark, OutlineItem

_MARKS = {
    State.HALF_TYPED: Mark.ERROR,
    State.ERROR: Mark.ERROR,
    State.MISSING: Mark.MISSING,
    State.DOUBTFUL: Mark.DOUBT,
}
COVER_TITLE = "Letter to the parties"
TITLES = {CASE: "Case", REVIEWER: "Reviewer", SUMMARY: "Clinical case summary"}


def outline_items(document: LetterDocument) -> tuple[OutlineItem, ...]:
    """One item a section; the issues inside their section. What a letter to the parties has besides
    comes last, in letters where something of it stands or is left to do.
    """
    points = {point.field: point for point in document.open_points}
    by_section: dict[str, list[FieldId]] = {}
    by_issue: dict[int, list[FieldId]] = {}
    for field in document.statuses:
        if field.issue is None:
            by_section.setdefault(field.spec.section, []).append(field)
        else:
            by_issue.setdefault(field.issue, []).append(field)
    items = [
        _item(document, title, by_section.get(section, []), points)
        for section, title in TITLES.items()
    ]
    issues = [
        _item(document, f"{number}. {issue.title}", by_issue.get(issue.id, []), points)
        for number, issue in enumerate(document.letter.issues, 1)
    ]
    items.append(
        OutlineItem(
            title="Disputed items",
            place=issues[0].place if issues else None,
            mark=Mark.NONE,
            children=tuple(issues),
        )
    )
    if _has_cover(document, points):
        items.append(_item(document, COVER_TITLE, by_section.get(COVER, []), points))
    return tuple(items)


def _has_cover(document: LetterDocument, points: Collection[FieldId]) -> bool:
    return any(
        field in points or not is_missing(get_value(document.letter, field))
        for field in document.statuses
        if field.spec.section == COVER
    )


def place_in_hand(document: LetterDocument) -> tuple[int, ...]:
    """Where the section of the field in hand lies in `outline_items`, level by level."""
    field = document.current_field
    if field is None:
        return ()
    if field.issue is not None:
        numbers = [issue.id for issue in document.letter.issues]
        return (len(TITLES), numbers.index(field.issue))
    if field.spec.section == COVER:
        # Nothing may stand there yet: then the outline has no such section.
        return (len(TITLES) + 1,) if _has_cover(document, _fields_left(document)) else ()
    sections = list(TITLES)
    return (sections.index(field.spec.section),) if field.spec.section in sections else ()


def _fields_left(document: LetterDocument) -> frozenset[FieldId]:
    return frozenset(point.field for point in document.open_points)


def first_field(document: LetterDocument, place: tuple[int, ...]) -> FieldId | None:
    """The field that a section of the outline begins with: the inverse of `place_in_hand`."""
    if place[0] != len(TITLES):
        section = [*TITLES, ISSUE, COVER][place[0]]
        return next((f for f in document.statuses if f.spec.section == section), None)
    issues = document.letter.issues
    return FieldId(TITLE, issues[place[1] if len(place) > 1 else 0].id) if issues else None


def _item(
    document: LetterDocument,
    title: str,
    fields: list[FieldId],
    points: Mapping[FieldId, OpenPoint],
) -> OutlineItem:
    left = [points[field] for field in fields if field in points]
    marks = [Mark.POSTPONED if point.postponed else _MARKS[point.state] for point in left]
    # A value that is on no list is nobody's but its writer's, also where it was confirmed.
    statuses = [document.statuses[field] for field in fields]
    if any(status.edited or status.unlisted for status in statuses):
        marks.append(Mark.EDITED)
    mark = min(marks, key=list(Mark).index, default=Mark.OK)
    return OutlineItem(title=title, place=_first_place(document, fields), mark=mark)


def _first_place(document: LetterDocument, fields: list[FieldId]) -> Place | None:
    places = [
        place
        for field in fields
        if field in document.evidence
        for place in document.evidence[field].places
    ]
    return min(places, key=lambda place: (place.page, place.boxes[0][1]), default=None)

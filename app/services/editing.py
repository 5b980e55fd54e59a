"""What a change to one field carries with it, and the changes that touch no single field.

A disputed item's title and its request parts say the same thing twice, and so do a guideline's
sentences and its citations: whichever is changed, the other follows.
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from app.letter import (
    Citation,
    FieldId,
    Guideline,
    Issue,
    Letter,
    field_ids,
    get_value,
    with_value,
)
from app.services.citations import (
    Guidelines,
    Side,
    Style,
    read_guideline,
    same_citation,
    with_citation,
    without_citation,
)
from app.services.language.partial_approval import join_title, split_title
from app.services.store import ISSUES, LETTER

TITLE = "issue.title"
REQUEST_PREFIX = "issue.request."


def edit_value(
    letter: Letter, field: FieldId, value: Any, guidelines: Guidelines | None = None
) -> Letter:
    """The letter with one field changed and what hangs on it made to agree.

    A guideline may be given as its sentences alone, which are read with `guidelines` known (the
    program's own, if none are given). Raises KeyError for an issue not there.
    """
    if value == get_value(letter, field):
        return letter
    if field.name in ("issue.claims_administrator_guideline", "issue.maximus_guideline"):
        if isinstance(value, str):
            if value == get_value(letter, field).text:
                return letter
            value = _reread(value, get_value(letter, field), guidelines)
        return with_value(letter, field, value)
    changed = with_value(letter, field, value)
    if field.name == TITLE:
        return with_value(changed, FieldId("issue.request", field.issue), split_title(value))
    if field.name.startswith(REQUEST_PREFIX) and field.issue is not None:
        request = changed.issue(field.issue).request
        if request is not None and all((request.original, request.in_dispute)):
            return with_value(changed, FieldId(TITLE, field.issue), join_title(request))
    return changed


def _reread(text: str, before: Guideline, guidelines: Guidelines | None) -> Guideline:
    """The guideline that `text` says; a citation that stayed keeps its library entry."""
    read = read_guideline(text, guidelines).guideline
    citations = tuple(
        next(
            (
                replace(citation, library_id=known.library_id)
                for known in before.citations
                if same_citation(citation, known)
            ),
            citation,
        )
        for citation in read.citations
    )
    return replace(read, citations=citations)


def add_issue(letter: Letter, after: int | None = None, given: int = 0) -> tuple[Letter, int]:
    """The letter with an empty issue behind issue `after` (or last), and the new issue's id.

    Ids up to `given` are taken too: by issues whose making was undone.
    """
    return _insert(letter, Issue(id=max(letter.issues_made, given) + 1), after)


def duplicate_issue(letter: Letter, issue_id: int, given: int = 0) -> tuple[Letter, int]:
    """The letter with a copy behind the issue, and the copy's id; `given` as for `add_issue`."""
    copy = replace(letter.issue(issue_id), id=max(letter.issues_made, given) + 1)
    return _insert(letter, copy, issue_id)


def _insert(letter: Letter, issue: Issue, after: int | None) -> tuple[Letter, int]:
    issues = list(letter.issues)
    ids = [one.id for one in issues]
    place = ids.index(after) + 1 if after in ids else len(issues)
    issues.insert(place, issue)
    return replace(letter, issues=tuple(issues), issues_made=issue.id), issue.id


def remove_issue(letter: Letter, issue_id: int) -> Letter:
    """The letter without the issue; its id is not given again."""
    return replace(letter, issues=tuple(one for one in letter.issues if one.id != issue_id))


def move_issue(letter: Letter, issue_id: int, step: int) -> Letter:
    """The letter with the issue `step` places further down (negative: up), within the list."""
    issues = list(letter.issues)
    place = next(index for index, one in enumerate(issues) if one.id == issue_id)
    issue = issues.pop(place)
    issues.insert(min(max(place + step, 0), len(issues)), issue)
    return replace(letter, issues=tuple(issues))


def remove_citation(
    letter: Letter,
    field: FieldId,
    index: int,
    style: Style,
    guidelines: Guidelines | None = None,
) -> Letter:
    """The letter without the citation at `index` of a guideline field; its other words stay."""
    guideline: Guideline = get_value(letter, field)
    citation = guideline.citations[index]
    without = without_citation(guideline, citation, side_of(field), style, guidelines)
    return with_value(letter, field, without)


def add_citation(
    letter: Letter,
    field: FieldId,
    citation: Citation,
    style: Style,
    guidelines: Guidelines | None = None,
) -> Letter:
    """The letter with one more citation in the sentences of a guideline field, in that style."""
    there: Guideline = get_value(letter, field)
    return with_value(
        letter, field, with_citation(there, citation, side_of(field), style, guidelines)
    )


def side_of(field: FieldId) -> Side:
    """Whose guideline a field holds."""
    return Side.MAXIMUS if field.name == "issue.maximus_guideline" else Side.CLAIMS_ADMINISTRATOR


def place_of_change(
    before: Letter, after: Letter, here: FieldId | None, *, backwards: bool = False
) -> FieldId | None:
    """The field that is in hand once the items of a letter have changed; `here` was before.

    An item that came is gone to, and where the one in hand went it is the next one, or the last.
    With `backwards` a step was taken back: an item stood behind the one it was made from, so that
    one is in hand again.
    """
    had, has = ([issue.id for issue in letter.issues] for letter in (before, after))
    came = [one for one in has if one not in had]
    if came:
        return FieldId(TITLE, came[0])
    if here is None or here.issue is None or here.issue in has:
        return here
    place = had.index(here.issue)
    behind = [one for one in had[place + 1 :] if one in has]
    ahead = [one for one in reversed(had[:place]) if one in has]
    nearest = ahead + behind if backwards else behind[:1] + ahead
    if nearest:
        return FieldId(TITLE, nearest[0])
    return next(field_ids(after))


def describe_step(before: Letter, after: Letter, field: FieldId | None) -> tuple[str, Any, Any]:
    """A change as the store keeps it: the key of what changed, its value before and after."""
    if field is not None:
        value = get_value(after, field)
        if with_value(before, field, value) == after:
            return field.key, get_value(before, field), value
    if replace(before, issues=after.issues, issues_made=after.issues_made) == after:
        return ISSUES, before.issues, after.issues
    return LETTER, before, after


def apply_step(letter: Letter, key: str, value: Any) -> Letter:
    """The inverse of `describe_step`: the letter after a kept change."""
    if key == LETTER:
        return value
    if key == ISSUES:
        made = max([letter.issues_made, *(issue.id for issue in value)])
        return replace(letter, issues=value, issues_made=made)
    return with_value(letter, FieldId.from_key(key), value)

"""What a template can print: the letter's fields by name, each carrying its key.

The names come from `app.letter.FIELDS`; a template says `letter.header.case_number` or, inside a
loop over `letter.issues`, `issue.title`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import msgspec

from app.letter import FIELDS, FieldId, FieldSpec, Guideline, Letter, get_value
from app.services.rendering.values import Value

_OF_LETTER = tuple(spec for spec in FIELDS if not spec.of_issue)
_OF_ISSUE = tuple(spec for spec in FIELDS if spec.of_issue)


class Variable(msgspec.Struct, frozen=True):
    """A name a template can print, and what it stands for."""

    name: str
    meaning: str


class Names(SimpleNamespace):
    """A part of the letter, for templates. `path_of_names` is how a template says it."""

    path_of_names: str


def printed(value: Any) -> str:
    """A field's value as the letter prints it: dates MM/DD/YYYY, lists with commas."""
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value.month:02}/{value.day:02}/{value.year:04}"
    if isinstance(value, tuple):
        return ", ".join(cast("tuple[str, ...]", value))
    if isinstance(value, Guideline):
        return value.text
    return str(value)


def letter_names(letter: Letter, as_read: Mapping[FieldId, str]) -> Names:
    """The letter as templates see it, spaced as it was in the letter it was read from."""
    root = _names("letter", letter, _OF_LETTER, None, as_read)
    root.issues = [_names("issue", letter, _OF_ISSUE, issue.id, as_read) for issue in letter.issues]
    root.outcome = letter.outcome.value if letter.outcome else ""
    return root


def _names(
    name: str,
    letter: Letter,
    specs: Iterable[FieldSpec],
    issue: int | None,
    as_read: Mapping[FieldId, str],
) -> Names:
    root = Names(path_of_names=name)
    for spec in specs:
        field = FieldId(spec.name, issue)
        *path, last = spec.name.removeprefix("issue.").split(".")
        owner = root
        for step in path:
            if not hasattr(owner, step):
                setattr(owner, step, Names(path_of_names=f"{owner.path_of_names}.{step}"))
            owner = cast("Names", getattr(owner, step))
        text = printed(get_value(letter, field))
        setattr(owner, last, Value.of(text, field.key, as_read.get(field)))
    return root


def variables(words: Mapping[str, str]) -> tuple[Variable, ...]:
    """Every name a layout's template can print; `words` are the layout's own fixed words."""
    return (
        *(Variable(f"letter.{spec.name}", spec.label) for spec in _OF_LETTER),
        Variable("title", "The layout's words for the document, with the case number"),
        Variable("letter.outcome", "Uphold, Overturn or Partial Overturn, or nothing"),
        Variable("outcome", "The outcome in the layout's own words, such as UPHOLD"),
        Variable("meaning", "What that outcome means, in the layout's own words"),
        Variable("letter.issues", "Disputed items, for {% for issue in letter.issues %}"),
        *(Variable(spec.name, spec.label) for spec in _OF_ISSUE),
        *(Variable(f"words.{name}", text) for name, text in words.items()),
    )

"""What words picked on the page mean for a field: a date stays a date, a choice one of its choices."""

from __future__ import annotations

import re
from typing import Any

from app.evidence import Evidence
from app.letter import FieldSpec, Kind
from app.services.language.dates import read_date
from app.ui.form import values

_NUMBER = re.compile(r"\d+")


def other_values(spec: FieldSpec, seen: Evidence | None, value: Any) -> tuple[Any, ...]:
    """The values that may be meant in place of `value`, as the field's kind of value."""
    found: list[Any] = []
    for words in seen.others if seen is not None else ():
        try:
            other = value_from_words(spec, words)
        except ValueError:
            continue  # what is printed there makes no value
        if other != value and other not in found:
            found.append(other)
    return tuple(found)


def value_from_words(spec: FieldSpec, words: str) -> Any:
    """The field's value in words picked on the page.

    Raises ValueError with a sentence where they hold none.
    """
    if spec.kind is Kind.DATE:
        return values.day_of(read_date(words), "There is no date in what you picked.")
    if spec.kind is Kind.NUMBER:
        found = _NUMBER.search(words)
        if not found:
            raise ValueError("There is no number in what you picked.")
        return values.read_age(found.group())
    if spec.kind is Kind.CHOICE:
        for choice in spec.choices:
            if re.search(rf"\b{re.escape(choice)}\b", words, re.IGNORECASE):
                return choice
        raise ValueError(f"What you picked is none of: {', '.join(spec.choices)}.")
    if spec.kind is Kind.LIST:
        return values.read_list(words)
    if spec.kind is Kind.LINE:
        return values.read_line(words)
    return values.read_paragraphs(words)

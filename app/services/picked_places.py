"""Where values were taken from by hand: a place of a page for each value of a field.

A place belongs to the value, not to the field alone: after an undo the value before is shown where
it was read, and after a redo the value is shown again where it was picked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from app.evidence import Place
from app.letter import FieldId
from app.services.wording import value_words

PICKED = "picked"
"""Under which they are kept with a letter's view."""


class PickedPlaces:
    """The places of one letter's values, as they are picked."""

    def __init__(self) -> None:
        self._places: dict[FieldId, dict[str, Place]] = {}

    @classmethod
    def of_view(cls, view: Mapping[str, Any]) -> PickedPlaces:
        """Those kept with where a letter was left."""
        return cls.from_json(view.get(PICKED, {}))

    @classmethod
    def from_json(cls, kept: Any) -> PickedPlaces:
        """The inverse of `as_json`; from anything else there is none."""
        made = cls()
        try:
            places = msgspec.convert(kept, dict[str, dict[str, Place]])
            made._places = {FieldId.from_key(key): each for key, each in places.items()}
        except (msgspec.ValidationError, ValueError):
            pass
        return made

    def as_json(self) -> dict[str, dict[str, Any]]:
        """By the field's key and the value's words."""
        return {
            field.key: {words: msgspec.to_builtins(place) for words, place in places.items()}
            for field, places in self._places.items()
        }

    def of(self, field: FieldId, value: Any) -> Place | None:
        """Where this value of the field was picked, if it was."""
        return self._places.get(field, {}).get(value_words(value))

    def note(self, field: FieldId, words: str, place: Place) -> None:
        """A value, as `value_words` has it, stands at a place, unless it was picked at another."""
        self._places.setdefault(field, {}).setdefault(words, place)

    def add(self, field: FieldId, words: str, place: Place) -> None:
        """A value, as `value_words` has it, was taken from a place; the last one counts."""
        self._places.setdefault(field, {})[words] = place

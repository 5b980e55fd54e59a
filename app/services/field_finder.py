"""From a point on the page back to the field printed there."""

from __future__ import annotations

from collections.abc import Mapping

from app.evidence import Box, Evidence
from app.letter import FieldId

_SLACK = 0.002
"""Points between two words of a field still count as the field."""


class FieldFinder:
    """Knows every box of a letter's evidence, sorted once, so that a moving pointer costs nothing."""

    def __init__(self, evidence: Mapping[FieldId, Evidence]) -> None:
        self._pages: dict[tuple[str, int], list[tuple[float, Box, FieldId]]] = {}
        for field, seen in evidence.items():
            size = sum(_area(box) for place in seen.places for box in place.boxes)
            for place in seen.places:
                boxes = self._pages.setdefault((place.file, place.page), [])
                boxes.extend((size, box, field) for box in place.boxes)
        for boxes in self._pages.values():
            boxes.sort(key=lambda each: (each[0], each[2]))

    def at(self, page: int, x: float, y: float, file: str = "") -> FieldId | None:
        """The field at a point (0..1 of the page, from 1) of a file, as places name it: where
        several overlap, the smallest."""
        for _, box, field in self._pages.get((file, page), ()):
            if box[0] - _SLACK <= x <= box[2] + _SLACK and box[1] <= y <= box[3]:
                return field
        return None


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])

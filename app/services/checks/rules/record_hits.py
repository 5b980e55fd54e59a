"""How a rule on the record says what it found: the passage with its document and page."""

from __future__ import annotations

from app.letter import FieldId
from app.services.checks.record import RecordPage
from app.services.checks.values import Hit, Quote


def quote_of(page: RecordPage, sentence: str) -> Quote:
    """A passage of a page, as findings show it."""
    return Quote(sentence, None, page.page, file=page.file, where=page.where)


def hit(
    field: FieldId,
    told: dict[str, str],
    quotes: tuple[Quote, ...],
    says: str = "default",
    values: tuple[str, ...] = (),
) -> Hit:
    """What was found at a field."""
    return Hit(field=field, told=told, quotes=quotes, says=says, values=values)

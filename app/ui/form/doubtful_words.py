"""Which words of a long text a doubt is about: they are selected, so that typing replaces them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.letter import FieldId
from app.services.checks import Finding
from app.services.language.sentences import TEXT_END
from app.ui.form.typing_steps import changed

_QUOTED = re.compile("“([^”]+)”")


def doubtful_span(text: str, why: str, others: Iterable[str] = ()) -> tuple[int, int] | None:
    """The first and the last place of the words in doubt; None where the doubt names none.

    They are those that the sentence `why` quotes, or those that one of `others`, the texts that
    may be meant instead, has differently.
    """
    for quoted in _QUOTED.findall(why):
        start = text.find(quoted)
        if start >= 0:
            return start, start + len(quoted)
    for other in others:
        start, end, _ = _differing(text, other)
        if start < end:
            return start, end
    return None


def found_span(text: str, field: FieldId, findings: Iterable[Finding]) -> tuple[int, int] | None:
    """The words of a field's text that the first finding is about which names any: where it says
    they stand, or the value that disagrees."""
    for finding in findings:
        for quote in finding.quotes:
            start, end = quote.start, quote.end
            if quote.field == field and start is not None and end is not None and end <= len(text):
                return start, end
        for value in finding.values:
            start = text.find(value) if value else -1
            if start >= 0:
                return start, start + len(value)
    return None


def is_closed(text: str) -> bool:
    """Whether a text ends as one does that was written to its end."""
    return TEXT_END.search(text.rstrip()[-6:]) is not None


def differing_words(text: str, other: str) -> tuple[str, str]:
    """The whole words in which two texts differ: those of the one, and those of the other."""
    start, end, words = _differing(text, other)
    return text[start:end], words


def _differing(text: str, other: str) -> tuple[int, int, str]:
    start, removed, added = changed(text, other)
    while start and not text[start - 1].isspace():
        start, removed, added = start - 1, removed + 1, added + 1
    while start + removed < len(text) and not text[start + removed].isspace():
        removed, added = removed + 1, added + 1
    shown = other[start : start + added]
    marks = len(shown) - len(shown.rstrip(".,;:)"))
    if marks and text[start : start + removed].endswith(shown[-marks:]):
        removed, shown = removed - marks, shown[:-marks]
    return start, start + removed, shown

"""The labels of the issues: those printed, those only quoted, and lost ones told by their texts.

Each text behind a label is a paragraph of its own, and nearly all guideline fields begin with one
of a few sentences: so a paragraph may show that the label above it was lost.
"""

from __future__ import annotations

from app.services.language.sentences import SENTENCE_END
from app.services.parsing.marks import LABELS, Found, like_marks
from app.services.parsing.phrases import GUIDELINE_STARTS, Mark
from app.services.parsing.sheet import Sheet

_OF_REVIEWER = "The Expert Reviewer"
_OF_CLAIMS = "The Claims Administrator"


def labels_of(
    sheet: Sheet, marks: list[Found], first: int, last: int
) -> tuple[list[Found], list[Found]]:
    """The labels between two words, in order, and those that are only quoted in a text there."""
    labels = [mark for mark in marks if mark.mark in LABELS and first <= mark.first < last]
    if regular(labels):
        return labels, []
    labels, quoted = _without_quoted(sheet, labels)
    if not regular(labels):
        like = like_marks(sheet, LABELS, first, last)
        spelled = _merged(labels, [each for each in like if each.exact])
        labels = spelled if regular(spelled) else _merged(labels, like)
    return labels, quoted


def regular(labels: list[Found]) -> bool:
    """Whether the labels come in threes, in the form's order."""
    return (
        len(labels) % 3 == 0
        and bool(labels)
        and all(label.mark is LABELS[number % 3] for number, label in enumerate(labels))
    )


def lost_label(
    sheet: Sheet, before: Mark | None, start: int, end: int, after: Mark | None
) -> Found | None:
    """A label of no words, where the text between two parts of an issue shows that one was lost.

    `before` and `after` are the labels of the parts, None for a heading or the end.
    """
    if before is None and after is Mark.MAXIMUS:
        text = sheet.joined(start, min(start + 4, end))
        if start < end and _opens_guideline(text) and not text.startswith(_OF_REVIEWER):
            return Found(Mark.CLAIMS, start, start, exact=False)
    elif before is Mark.CLAIMS and after is not Mark.MAXIMUS:
        for word in _paragraphs(sheet, start, end):
            text = sheet.joined(word, min(word + 4, end))
            if _opens_guideline(text) and not text.startswith(_OF_CLAIMS):
                return Found(Mark.MAXIMUS, word, word, exact=False)
    elif before is Mark.MAXIMUS and after is not Mark.RATIONALE:
        for word in _paragraphs(sheet, start, end):
            text = sheet.joined(word, min(word + 4, end))
            if sheet.row_at(word).gap and not _opens_guideline(text):
                return Found(Mark.RATIONALE, word, word, exact=False)
    return None


def _opens_guideline(text: str) -> bool:
    return text.startswith(GUIDELINE_STARTS)


def _paragraphs(sheet: Sheet, start: int, end: int) -> list[int]:
    """The words that begin a paragraph behind a finished one."""
    rows = sheet.rows[sheet.row_of[start] + 1 :] if start < end else []
    found: list[int] = []
    for row in rows:
        if row.first >= end:
            break
        if sheet.breaks_before(row.first) and SENTENCE_END.search(sheet.texts[row.first - 1]):
            found.append(row.first)
    return found


def _without_quoted(sheet: Sheet, labels: list[Found]) -> tuple[list[Found], list[Found]]:
    """The labels without those in regular print where the bold ones are regular without them."""
    bold = [label for label in labels if sheet.bold[label.first]]
    if not sheet.has_bold or not regular(bold):
        return labels, []
    return bold, [label for label in labels if not sheet.bold[label.first]]


def _merged(exact: list[Found], like: list[Found]) -> list[Found]:
    """All labels in order: of two that overlap, the exact one."""
    taken = {word for label in exact for word in range(label.first, label.last)}
    more = [each for each in like if taken.isdisjoint(range(each.first, each.last))]
    return sorted([*exact, *more], key=lambda each: each.first)

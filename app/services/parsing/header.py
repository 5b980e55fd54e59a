"""The table at the top: which printed value belongs to which label.

A table's cells come out of PDFs in four different orders, so values are told by where they stand:
behind their label in the same row, else under it. That also reads a header printed as loose text.
Confirmed by real letters of 2016 and 2017.
"""

from __future__ import annotations

import re
from datetime import date

import msgspec
from rapidfuzz import fuzz

from app.letter import REDACTED, FieldId
from app.services.language.dates import read_date
from app.services.language.day_values import read_day
from app.services.parsing.draft import Draft, field
from app.services.parsing.rows import Row
from app.services.parsing.sheet import Sheet

CASE_NUMBER = re.compile(r"\b(?:CM\d\d-\d{7}|IMR ?13-\d{6,7})\b")
_CASE_LIKE = re.compile(r"\b[CGO][MNW][0-9OolISBZ|]{2}[-\u2013. ]{0,2}[0-9OolISBZ|]{6,8}\b")
_AS_DIGITS = str.maketrans("OolISBZ|", "00115821")
_LIKE = 82.0
"""Those that a header may tell of."""
MOST_ROWS = 40
"""Headers are short: what stands further down is no header. With a cover before it, twice this."""


class Label(msgspec.Struct, frozen=True):
    """A label as printed, without its colon, and the field behind it.

    `text` is how it is looked for. A field's first label is the one its doubts name.
    """

    printed: str
    field: FieldId
    kind: str
    text: str = ""

    def __post_init__(self) -> None:
        msgspec.structs.force_setattr(self, "text", self.printed.lower())


LABELS: tuple[Label, ...] = (
    Label("Case Number", field("header.case_number"), "case"),
    Label("IMR Case Number", field("header.case_number"), "case"),
    Label("MAXIMUS Case Number", field("header.case_number"), "case"),
    Label("Date Assigned", field("header.date_assigned"), "date"),
    Label("Date of Injury", field("header.date_of_injury"), "date"),
    Label("Decision Date", field("header.decision_date"), "date"),
    Label("UR Denial Date", field("header.ur_denial_date"), "date"),
    Label("Date of UR Decision", field("header.ur_denial_date"), "date"),
    Label("Priority", field("header.priority"), "word"),
    Label("Application Received", field("header.application_received"), "date"),
    Label("IMR Application Received", field("header.application_received"), "date"),
    Label("Employee", field("cover.employee"), "text"),
    Label("Claim Number", field("cover.claim_number"), "text"),
    Label("Provider Name", field("cover.provider"), "text"),
    Label("Employee Name", field("cover.employee"), "text"),
    Label("Application", field("header.application_received"), "date"),
)
_PRINTED = {label.field: label.printed for label in reversed(LABELS)}
HEADER_FIELDS = tuple(
    name
    for name in dict.fromkeys(label.field for label in LABELS)
    if name.name.startswith("header.") and name.spec.required
)
"""Those that every letter has: each is doubted where it is not found."""
PRIORITIES = ("Standard", "Expedited")


class _Spot(msgspec.Struct, frozen=True):
    """A label found in a row: words `first` to `last`."""

    label: Label
    row: int
    first: int
    last: int
    exact: bool


def read_header(draft: Draft, last_row: int, carried: tuple[FieldId, ...] = HEADER_FIELDS) -> None:
    """Reads the fields of the header from the rows before `last_row`.

    Those of `carried` that are not found are doubted; the form does not print the others.
    """
    sheet = draft.sheet
    covered = last_row < len(sheet.rows) and sheet.rows[last_row].page > 1
    rows = sheet.rows[: min(last_row, 2 * MOST_ROWS if covered else MOST_ROWS)]
    spots = [spot for row in rows for spot in _labels_in(sheet, row, exact_only=True)]
    if len({spot.label.field for spot in spots}) < len(HEADER_FIELDS):
        spots = [spot for row in rows for spot in _labels_in(sheet, row, exact_only=False)]
    by_row: dict[int, list[_Spot]] = {}
    for spot in spots:
        by_row.setdefault(spot.row, []).append(spot)
    for spot in spots:
        value = _value_words(sheet, spot, by_row, len(rows))
        if value is not None:
            _take(draft, spot, *value)
    _say_what_is_missing(draft, {spot.label.field for spot in spots}, carried)


def name_of(name: FieldId) -> str:
    """The label of a header field, as printed."""
    return _PRINTED[name]


def _labels_in(sheet: Sheet, row: Row, *, exact_only: bool) -> list[_Spot]:
    """The labels of one row, left to right: exact ones first, likenesses where those leave room."""
    found: list[_Spot] = []
    at = row.first
    while at < row.last:
        spot = _exact_label(sheet, row, at)
        if spot is None and not exact_only:
            spot = _like_label(sheet, row, at)
        if spot is not None and not spot.exact:
            inner = (_exact_label(sheet, row, n) for n in range(at + 1, spot.last))
            if any(each is not None and each.exact for each in inner):
                spot = None
        if spot is None:
            at += 1
        else:
            found.append(spot)
            at = spot.last
    return found


def _exact_label(sheet: Sheet, row: Row, at: int) -> _Spot | None:
    if sheet.texts[at].rstrip(":;. ").casefold() not in _FIRST_WORDS:
        return None
    for end in range(min(at + 4, row.last), at, -1):
        text = " ".join(sheet.texts[at:end])
        closed = text.endswith((":", ";"))
        label = _BY_TEXT.get(text.rstrip(":;. ").casefold())
        if label is not None and label.kind == "text" and not closed:
            continue
        if text == "Application:" and at > row.first and sheet.texts[at - 1] == "IMR":
            continue  # the end of “Treatment(s) in Dispute Listed on IMR Application:”
        sure = closed or end - at > 1 or sheet.bold[at] or _goes_on_below(sheet, row)
        if label is not None and sure:
            return _Spot(label, row.number, at, end, closed)
    return None


def _goes_on_below(sheet: Sheet, row: Row) -> bool:
    """Whether the label “Application / Received:” is broken over this row and the next."""
    below = sheet.rows[row.number + 1 : row.number + 2]
    return bool(below) and "Received:" in below[0].text


def _like_label(sheet: Sheet, row: Row, at: int) -> _Spot | None:
    best: _Spot | None = None
    best_score = _LIKE
    for end in range(min(at + 4, row.last), at, -1):
        text = " ".join(sheet.texts[at:end])
        if not text.endswith((":", ";")) and not sheet.bold[end - 1]:
            continue
        for label in LABELS:
            if label.text.count(" ") == end - at - 1 and label.text != "application":
                score = fuzz.ratio(text.rstrip(":;. ").casefold(), label.text)
                if score > best_score:
                    best, best_score = _Spot(label, row.number, at, end, False), score
    return best


_BY_TEXT = {label.text: label for label in LABELS}
_FIRST_WORDS = frozenset(label.text.split()[0] for label in LABELS)


def _value_words(
    sheet: Sheet, spot: _Spot, by_row: dict[int, list[_Spot]], rows: int
) -> tuple[int, int] | None:
    """The words behind a label up to the next one; else those under it."""
    row = sheet.rows[spot.row]
    later = [other.first for other in by_row[spot.row] if other.first > spot.first]
    end = min(later, default=row.last)
    if end > spot.last:
        return _of_kind(sheet, spot.label.kind, spot.last, end)
    left = sheet.box(spot.first)[0] - 0.02
    right = sheet.box(spot.last - 1)[2]
    for below in range(spot.row + 1, min(spot.row + 3, rows)):
        row = sheet.rows[below]
        stop = row.last
        words = [word for word in range(row.first, stop) if sheet.box(word)[0] >= left]
        taken = {at for other in by_row.get(below, ()) for at in range(other.first, other.last)}
        words = [word for word in words if word not in taken and sheet.texts[word] != "Received:"]
        if words:
            found = _of_kind(sheet, spot.label.kind, words[0], words[-1] + 1)
            other_column = found is not None and sheet.box(found[0])[0] >= right
            if found and not other_column and spot.label.kind not in ("word", "text"):
                return found
    return None


def _of_kind(sheet: Sheet, kind: str, first: int, last: int) -> tuple[int, int] | None:
    """The part of a cell that can be such a value."""
    texts = sheet.texts
    if texts[first].casefold().startswith("received") and last > first + 1:
        first += 1
    if kind in ("word", "text") or last - first == 1:
        return first, last
    for start in range(first, last):
        for end in (start + 1, start + 2, start + 3):
            if end > last:
                break
            text = " ".join(texts[start:end])
            if kind == "date" and _whole_date(text):
                return start, end
            if kind == "case" and (CASE_NUMBER.fullmatch(text) or _CASE_LIKE.fullmatch(text)):
                return start, end
    return first, last


def _whole_date(text: str) -> bool:
    found = read_date(text)
    return found is not None and found.end - found.start >= len(text.rstrip(",.;"))


def _take(draft: Draft, spot: _Spot, first: int, last: int) -> None:
    name = spot.label.field
    text = draft.sheet.line(first, last)
    if draft.has(name):
        if draft.value(name) != _read(spot.label.kind, text)[0]:
            why = f"“{name_of(name)}” is printed twice with different values."
            draft.doubt(name, why, text)
        return
    value, doubt = _read(spot.label.kind, text)
    if value is not None and value != "":
        draft.put(name, value, (first, last), "header label")
    if doubt:
        draft.doubt(name, doubt)
    if not spot.exact and spot.label.text != "application":
        printed = draft.sheet.joined(spot.first, spot.last)
        draft.doubt(name, f"The label is printed as “{printed}”, not “{name_of(name)}:”.")


def _read(kind: str, text: str) -> tuple[date | str | None, str | None]:
    """The value of a cell, and what is doubtful about it."""
    if text == REDACTED:
        return (None, "It is blacked out on the page.") if kind == "date" else (text, None)
    if kind == "date":
        return _read_date(text)
    if kind == "case":
        return _read_case(text)
    if kind == "text":
        return text, None
    return _read_priority(text)


def _read_date(text: str) -> tuple[date | None, str | None]:
    found, doubt = read_day(text)
    if found is None:
        return None, doubt
    if doubt is None and found.text != text:
        doubt = f"The cell holds more than a date: “{text}”."
    return found.value, doubt


def _read_case(text: str) -> tuple[str, str | None]:
    if CASE_NUMBER.fullmatch(text):
        return text, None
    exact = CASE_NUMBER.search(text)
    if exact:
        return exact.group(), f"The cell holds more than a case number: “{text}”."
    like = _CASE_LIKE.search(text)
    if like:
        digits = re.sub(r"[-\u2013. ]", "", like.group()[2:]).translate(_AS_DIGITS)
        return f"CM{digits[:2]}-{digits[2:]}", f"The case number is printed as “{like.group()}”."
    return text, "This does not look like a case number (CM, two digits, a dash, seven digits)."


def _read_priority(text: str) -> tuple[str, str | None]:
    for priority in PRIORITIES:
        if text.casefold() == priority.casefold():
            return priority, None
    for priority in PRIORITIES:
        if fuzz.ratio(text.casefold(), priority.casefold()) > _LIKE - 10:
            return priority, f"The priority is printed as “{text}”."
    return text, "The priority is neither Standard nor Expedited."


def _say_what_is_missing(
    draft: Draft, labelled: set[FieldId], carried: tuple[FieldId, ...]
) -> None:
    for name in carried:
        if draft.has(name) or draft.doubted(name):
            continue
        if name in labelled:
            draft.doubt(name, f"Nothing is printed behind the label “{name_of(name)}:”.")
        elif labelled:
            draft.doubt(name, f"The label “{name_of(name)}:” was not found on the first page.")
        else:
            draft.doubt(name, "This copy has no table with the case's dates at its top.")

"""Reading a form: the values of its fields, and which of its check boxes have a mark.

A box may be a field of the file, four lines, a character of a font of pictures or brackets; its
mark a state, lines, a filled square or a character. All of them come out as one kind of value.
"""

# The engine has no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false
# pyright: reportAttributeAccessIssue=false, reportMissingTypeArgument=false

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple, cast

import pymupdf
from msgspec.structs import replace

from app.evidence import Box
from app.services.pdf.engine import ENGINE_ERRORS, open_document
from app.services.pdf.extraction import extract
from app.services.pdf.form_values import CheckBox, FormPage, FormText, TextField
from app.services.pdf.words import PdfPage, Word

MOST_PAGES = 60
"""A form and what lies behind it are shorter; the rest of a long file is read for its words alone."""
_SMALLEST, _LARGEST = 5.0, 20.0
"""Points: what is drawn smaller or larger is no box to tick."""
_SHARE = 0.3
"""Of a box's side: a smaller mark is dirt."""
_OF_PICTURES = re.compile(r"dingbat|wingding|webding|symbol", re.IGNORECASE)
_EMPTY_SIGNS, _FULL_SIGNS = (
    "\u2610\u25a1\u25a2\u25fb\u2751\u2752\u274f\u2750\u25cb",
    "\u2611\u2612\u25a0\u25fc\u25cf\u2327\u22a0",
)
_MARK_SIGNS = "\u2713\u2714\u2715\u2716\u2717\u2718\u2573\u00d7"
_DINGBATS = {"n": "\u25a0", "o": "\u2610", "p": "\u2610", "q": "\u2610", "r": "\u2610", "3": "\u2713",
             "4": "\u2713", "5": "\u2717", "6": "\u2717", "7": "\u2717", "8": "\u2717"}  # fmt: skip
_WINGDINGS = {"o": "\u2610", "q": "\u2610", "r": "\u2610", "\u00a8": "\u2610", "n": "\u25a0", "x": "\u2612",
              "\u00fe": "\u2611", "\u00fd": "\u2612", "\u00fc": "\u2713", "\u00fb": "\u2717", "P": "\u2713",
              "R": "\u2611", "S": "\u2612", "T": "\u2612", "\u00a3": "\u2610"}  # fmt: skip
_BRACKETS = re.compile(
    r"[\[({](?P<mark>[Xx*\u2713\u2714\u2717]?)[\])}]|_+(?P<line>[Xx\u2713\u2714])_+"
)
_MARK = re.compile(rf"[XxVv/*{_MARK_SIGNS}]|XX|xx")


class _Sign(NamedTuple):
    """A character that is a box or a mark, told by what it shows."""

    box: pymupdf.Rect
    shows: str


def read_form(data: bytes, name: str, password: str | None) -> FormText:
    """A PDF's words with its fields' values among them. Raises the errors of `extract`."""
    text = extract(data, name, password)
    document = open_document(data, password)
    pages, forms = list(text.pages), list[FormPage]()
    try:
        for at, page in enumerate(pages[:MOST_PAGES]):
            try:
                shown, form = _read(document[at], page)
            except ENGINE_ERRORS:
                continue  # its words are still there
            pages[at] = shown
            if form.fields or form.boxes:
                forms.append(form)
    finally:
        document.close()
    return FormText(
        text=replace(
            text,
            pages=tuple(pages),
            has_text=any(page.texts and not page.unread for page in pages),
        ),
        pages=tuple(forms),
    )


def _read(page: pymupdf.Page, words: PdfPage) -> tuple[PdfPage, FormPage]:
    widgets = list(page.widgets())
    signs = list(_signs(page))
    boxes = [*_of_file(widgets), *_drawn(page, signs), *_printed(signs)]
    # The engine tells places as if the page were not turned.
    shown = page.rotation_matrix if page.rotation else pymupdf.Identity
    unit = pymupdf.Matrix(1 / words.width, 1 / words.height)

    def place(rect: pymupdf.Rect) -> Box:
        return _box(pymupdf.Rect(rect) * shown * unit)

    checks = [CheckBox(box=place(rect), is_on=is_on) for rect, is_on in boxes]
    fields = [
        TextField(box=place(widget.rect), value=_value(widget))
        for widget in widgets
        if widget.rect is not None and not _is_button(widget)
    ]
    kept, bracketed = _without_marks(words, checks, [place(sign.box) for sign in signs], fields)
    checks += bracketed
    if fields:
        kept += _written(fields, words, len(kept))
    changed = words
    if len(kept) != len(words.texts) or fields:
        changed = words.with_words(kept)
    if any(field.value for field in fields) and kept:
        changed = replace(changed, unread=type(changed.unread).NOTHING)
    return changed, FormPage(number=words.number, fields=tuple(fields), boxes=tuple(checks))


def _is_button(widget: Any) -> bool:
    return widget.field_type in (
        pymupdf.PDF_WIDGET_TYPE_CHECKBOX,
        pymupdf.PDF_WIDGET_TYPE_RADIOBUTTON,
        pymupdf.PDF_WIDGET_TYPE_BUTTON,
        pymupdf.PDF_WIDGET_TYPE_SIGNATURE,
    )


def _value(widget: Any) -> str:
    value = widget.field_value
    return "\n".join(" ".join(line.split()) for line in str(value or "").splitlines()).strip()


def _of_file(widgets: Iterable[Any]) -> Iterator[tuple[pymupdf.Rect, bool]]:
    for widget in widgets:
        if widget.field_type in (
            pymupdf.PDF_WIDGET_TYPE_CHECKBOX,
            pymupdf.PDF_WIDGET_TYPE_RADIOBUTTON,
        ):
            state = str(widget.field_value or "Off")
            yield pymupdf.Rect(widget.rect), state not in ("Off", "False", "")


def _drawn(page: pymupdf.Page, signs: list[_Sign]) -> Iterator[tuple[pymupdf.Rect, bool]]:
    """Squares that are drawn, each with whether something stands in it."""
    drawings = cast("list[dict[str, Any]]", page.get_drawings())
    squares = [drawing for drawing in drawings if _is_square(drawing)]
    marks = [(pymupdf.Rect(drawing["rect"]), drawing) for drawing in drawings if _may_mark(drawing)]
    marks += [(sign.box, {}) for sign in signs if sign.shows in _MARK_SIGNS + _FULL_SIGNS]
    for raw in cast("list[tuple[Any, ...]]", page.get_text("words")):
        if _MARK.fullmatch(raw[4]):
            marks.append((pymupdf.Rect(raw[:4]), {}))
    seen: list[pymupdf.Rect] = []
    for square in squares:
        box = pymupdf.Rect(square["rect"])
        if any(_inside(box, other) for other in seen):
            continue  # the mark in another, or drawn twice
        seen.append(box)
        yield (
            box,
            any(
                _inside(mark, box) and drawing is not square and not _same(mark, box, drawing)
                for mark, drawing in marks
            ),
        )


def _printed(signs: Iterable[_Sign]) -> Iterator[tuple[pymupdf.Rect, bool]]:
    for sign in signs:
        if sign.shows in _EMPTY_SIGNS or sign.shows in _FULL_SIGNS:
            yield sign.box, sign.shows in _FULL_SIGNS


def _is_square(drawing: dict[str, Any]) -> bool:
    rect, items = drawing["rect"], drawing["items"]
    if not (_SMALLEST <= rect.width <= _LARGEST and _SMALLEST <= rect.height <= _LARGEST):
        return False
    if not 0.7 <= rect.width / rect.height <= 1.4:
        return False
    lines = sum(item[0] == "l" for item in items)
    straight = all(item[0] != "l" or _is_level(item[1], item[2]) for item in items)
    return any(item[0] in ("re", "qu") for item in items) or (lines >= 3 and straight)


def _is_level(one: Any, other: Any) -> bool:
    return abs(one.x - other.x) < 0.7 or abs(one.y - other.y) < 0.7


def _may_mark(drawing: dict[str, Any]) -> bool:
    """Whether it may be a tick, a cross, a blot: not the frame of a box, which is hollow."""
    is_frame = any(item[0] in ("re", "qu") for item in drawing["items"])
    fill = drawing.get("fill")
    dark = fill is not None and sum(fill) / max(len(fill), 1) < 0.6
    slanting = any(item[0] == "l" and not _is_level(item[1], item[2]) for item in drawing["items"])
    curved = any(item[0] == "c" for item in drawing["items"])
    return slanting or curved or (is_frame and dark)


def _inside(mark: pymupdf.Rect, box: pymupdf.Rect) -> bool:
    middle = (mark.tl + mark.br) / 2
    wide = max(mark.width, mark.height) >= _SHARE * min(box.width, box.height)
    fits = max(mark.width, mark.height) <= 2.5 * max(box.width, box.height)
    grown = pymupdf.Rect(box.x0 - 1, box.y0 - 1, box.x1 + 1, box.y1 + 1)
    return bool(grown.contains(middle)) and wide and fits


def _same(mark: pymupdf.Rect, box: pymupdf.Rect, drawing: dict[str, Any]) -> bool:
    """Whether it is the box's own frame, drawn once more, or its white ground."""
    sides = (mark.x0 - box.x0, mark.y0 - box.y0, mark.x1 - box.x1, mark.y1 - box.y1)
    alike = max(map(abs, sides)) < 0.8
    hollow = not drawing or drawing.get("fill") is None
    return alike and hollow and bool(drawing) and any(item[0] == "re" for item in drawing["items"])


def _signs(page: pymupdf.Page) -> Iterator[_Sign]:
    """The characters of the page that show a box or a mark, whatever their font calls them."""
    told = cast("dict[str, Any]", page.get_text("rawdict"))
    for block in told["blocks"]:
        for line in block.get("lines", ()):
            for span in line["spans"]:
                pictures = _OF_PICTURES.search(span["font"])
                for char in span["chars"]:
                    shows = _shown(char["c"], span["font"] if pictures else "")
                    if shows in _EMPTY_SIGNS or shows in _FULL_SIGNS or shows in _MARK_SIGNS:
                        yield _Sign(pymupdf.Rect(char["bbox"]), shows)


def _shown(char: str, font: str) -> str:
    if not font:
        return char if char != "\u00d7" else ""
    code = chr(ord(char) & 0xFF) if 0xF000 <= ord(char) <= 0xF0FF else char
    table = _DINGBATS if "dingbat" in font.lower() else _WINGDINGS
    return table.get(code, char) or " "


def _without_marks(
    page: PdfPage, checks: list[CheckBox], signs: list[Box], fields: list[TextField]
) -> tuple[list[Word], list[CheckBox]]:
    """The page's words less those that are boxes, marks or what a field shows; boxes of brackets."""
    kept: list[Word] = []
    found: list[CheckBox] = []
    words = list(page.words)
    opened: Word | None = None
    for word, after in pairwise((*words, None)):
        assert word is not None
        if opened is not None:
            opened = None
            continue
        if any(_covers(sign, word.box) for sign in signs if len(word.text) == 1):
            continue
        if _MARK.fullmatch(word.text) and any(_covers(check.box, word.box) for check in checks):
            continue
        if any(_covers(field.box, word.box) for field in fields):
            continue
        match = _BRACKETS.fullmatch(word.text)
        if match and (match["mark"] or match["line"] or match.group()[0] in "[({"):
            found.append(CheckBox(box=word.box, is_on=bool(match["mark"] or match["line"])))
        elif word.text in ("[", "(") and after is not None and after.text in ("]", ")"):
            box = (word.box[0], word.box[1], after.box[2], after.box[3])
            found.append(CheckBox(box=box, is_on=False))
            opened = word
        else:
            kept.append(word)
    return kept, found


def _written(fields: Iterable[TextField], page: PdfPage, line: int) -> list[Word]:
    """What the fields hold as words of the page, a line of the file for each of theirs."""
    words: list[Word] = []
    for field in fields:
        x0, y0, x1, y1 = field.box
        lines = field.value.split("\n") if field.value else []
        usual = 12 / page.height
        for at, text in enumerate(lines):
            line += 1
            height = (y1 - y0) / max(len(lines), 1)
            top = (
                y0 + at * min(height, 1.2 * usual) if len(lines) > 1 else (y0 + y1) / 2 - usual / 2
            )
            step = min((x1 - x0) / max(len(text), 1), 6 / page.width)
            begin = 0
            for word in text.split(" "):
                left = x0 + begin * step
                box = (left, max(top, y0), left + len(word) * step, min(top + usual, 1.0))
                words.append(Word(word, box, False, line))
                begin += len(word) + 1
    return words


def _covers(box: Box, inner: Box) -> bool:
    """Whether the middle of one lies in the other."""
    across, down = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return box[0] - 0.002 <= across <= box[2] + 0.002 and box[1] - 0.002 <= down <= box[3] + 0.002


def _box(rect: pymupdf.Rect) -> Box:
    rect = rect.normalize()
    return (max(rect.x0, 0.0), max(rect.y0, 0.0), min(rect.x1, 1.0), min(rect.y1, 1.0))

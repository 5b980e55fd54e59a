"""Reading the application for independent medical review, filled in as a form or printed.

Where a value stands (behind its label, below or above it) is told for each form from all its
labels together, so that a form nobody has seen is read as far as its labels are known.
"""

from __future__ import annotations

import re
from datetime import date

from app.errors import UserError
from app.evidence import Doubt, Evidence
from app.services.intake.application_list import read_lines
from app.services.intake.boxes import chosen_type, liability
from app.services.intake.form_places import Arrangement, arrangement_of, value_of
from app.services.intake.labels import (
    CASE_LABELS,
    ENDS,
    FORM_LABELS,
    NAME_PART,
    LabelTable,
    Spot,
    find_labels,
)
from app.services.intake.layout import Layout, has_words, squeezed
from app.services.intake.values import Application, Fact, Facts, Told
from app.services.language.dates import find_dates
from app.services.language.day_values import day_of
from app.services.pdf import FormText, PdfPage
from app.services.wording import value_words

TABLE = LabelTable(*FORM_LABELS, *CASE_LABELS, *ENDS)
LEAST_LABELS = 4
"""Facts whose labels a page has to have to be taken for the form."""
_TITLE = re.compile(
    r"application\s*(?:for)?\s*independent\s*medical\s*review|dwc\s*form\s*imr|request\s+for\s+independent\s+medical\s+review",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"consent\s*to\s*obtain|disput\w*\s+(?:medical\s+)?treatment|treatment\s+in\s+dispute|disput\w+\s+liability",
    re.IGNORECASE,
)
"""What no letter has: parts of the form whose title cannot be read."""
_NO_FORM = re.compile(r"\binstructions\b[^.]{0,80}\bform\b|representative\s+designation", re.I)
_VERSION = re.compile(r"DWC\s+Form\s+IMR[-\w]*[^|]{0,40}", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"\s*\bpage\b.*$", re.IGNORECASE)
_FAX = re.compile(r"\bfax\b|\bP\.?\s?\d{1,3}\s?/\s?\d{1,3}|\bfrom:", re.IGNORECASE)
_WANTED = (
    Fact.EMPLOYEE, Fact.CLAIM_NUMBER, Fact.DATE_OF_INJURY, Fact.UR_DECIDED, Fact.PROVIDER, Fact.ADMINISTRATOR,
)  # fmt: skip
_PLACE_IN_NAME = {"first": "1", "given": "1", "last": "3", "family": "3", "sur": "3"}
_DAYS = frozenset((Fact.DATE_OF_INJURY, Fact.UR_DECIDED))
_CHOICE = "Choose the application's PDF that was filled in on a computer, or begin without it and type what it says."


class NotReadable(UserError):
    """A file that is no application that can be read."""

    def __init__(self, what: str, remedy: str = _CHOICE) -> None:
        super().__init__(what, remedy)


def read_application(form: FormText) -> Application:
    """The application in a file. Raises NotReadable where it is none, a scan or not filled in."""
    text = form.text
    if not any(has_words(page) for page in text.pages):
        raise NotReadable("The application is a scan: its pages have no text to read from.")
    copies = _copies(form)
    if not copies:
        raise NotReadable("The file is no application for independent medical review.")
    read = [_read_copy(form, pages) for pages in copies]
    filled = [one for one in read if _is_filled(one)]
    if not filled:
        raise NotReadable(
            "The application is not filled in: its form is there, and nothing stands in it.",
        )
    return _compared(filled)


def is_application(pages: tuple[PdfPage, ...], form: FormText) -> bool:
    """Whether one of these pages is the form."""
    return any(_is_form(page, form) for page in pages)


def _copies(form: FormText) -> list[tuple[int, ...]]:
    """The pages of each copy of the form: the form itself, and sheets added behind it."""
    copies: list[list[int]] = []
    for page in form.text.pages:
        if _is_form(page, form):
            copies.append([page.number])
        elif copies:
            copies[-1].append(page.number)
    return [tuple(pages) for pages in copies]


def _is_form(page: PdfPage, form: FormText) -> bool:
    words = " ".join(page.texts)
    if not words:
        return False
    head = words[:400]
    if _NO_FORM.search(head) and not re.search(r"type\s*of\s*(?:utilization|review)", words, re.I):
        return False
    layout = Layout(form.text, (page.number,), form)
    spots = find_labels(layout, layout.rows, TABLE)
    facts = {spot.fact for spot in spots if spot.fact is not None}
    of_form = Fact.UR_DECIDED in facts or Fact.DIAGNOSIS in facts
    return (
        len(facts) >= LEAST_LABELS
        and of_form
        and bool(_TITLE.search(words) or (len(facts) >= 6 and _PARTS.search(words)))
    )


def _read_copy(form: FormText, pages: tuple[int, ...]) -> Application:
    layout = Layout(form.text, pages, form)
    first = [row for row in layout.rows if row.page == pages[0]]
    spots = find_labels(layout, first, TABLE)
    how = arrangement_of(layout, spots)
    facts: dict[Fact, Told] = {}
    for spot in spots:
        if spot.fact is not None and spot.fact not in facts:
            told = _told(layout, spot, spots, how)
            if told is not None:
                facts[spot.fact] = told
    if Fact.EMPLOYEE not in facts:
        _name_of_parts(layout, spots, how, facts)
    for fact in _WANTED:
        if fact not in facts:
            labelled = any(spot.fact is fact for spot in spots)
            facts[fact] = _missing(fact, labelled)
    facts[Fact.PRIORITY] = chosen_type(layout, first)
    facts[Fact.LIABILITY] = liability(layout, first)
    faxed = _fax_line(layout)
    if faxed is not None:
        facts[Fact.FAXED] = faxed
    items, notes = read_lines(layout, pages)
    return Application(
        facts=facts,
        items=items,
        version=_version(layout),
        is_signed=_is_signed(layout, spots),
        pages=pages,
        notes=notes,
    )


def _told(layout: Layout, spot: Spot, spots: list[Spot], how: Arrangement) -> Told | None:
    """The value of a label; None where another label of the same fact may have it."""
    assert spot.fact is not None
    words = value_of(layout, spot, spots, how)
    if words is None:
        return None
    first, last = words
    text = layout.sheet.line(first, last).strip("_ ")
    if not text:
        return None
    places = layout.places(first, last)
    doubts: list[str] = []
    value: str | date | None = text
    if spot.fact in _DAYS:
        value, doubt = day_of(text)
        doubts += [doubt] if doubt else []
    if layout.sheet.row_at(first).jumbled:
        doubts.append(
            "Words lie over one another there: the value may have words of its neighbour."
        )
    if spot.like:
        printed = layout.sheet.joined(spot.first, spot.last)
        doubts.append(f"The label is printed as “{printed}”.")
    evidence = Evidence(
        places=places,
        text=layout.sheet.printed(first, last),
        rule=f"application: {how}",
        doubts=tuple(Doubt(words=words) for words in doubts),
    )
    return Told(value=value, evidence=evidence)


def _name_of_parts(layout: Layout, spots: list[Spot], how: Arrangement, facts: Facts) -> None:
    """The employee's name from fields for its first, middle and last part, in this order."""
    parts: dict[str, tuple[int, int]] = {}
    for spot in spots:
        label = squeezed(layout.sheet.joined(spot.first, spot.last))
        if spot.fact is Fact.PROVIDER:
            break
        if spot.fact is None and re.fullmatch(NAME_PART, label):
            words = value_of(layout, spot, spots, how)
            key = next(
                (name for name in ("first", "given", "last", "family", "sur") if name in label),
                "mi",
            )
            if words is not None:
                parts.setdefault(_PLACE_IN_NAME.get(key, "2"), words)
    if len(parts) < 2:
        return
    ranges = [parts[place] for place in sorted(parts)]
    name = " ".join(layout.sheet.joined(*words).strip("_ ") for words in ranges)
    places = tuple(place for words in ranges for place in layout.places(*words))
    facts[Fact.EMPLOYEE] = Told(
        value=name, evidence=Evidence(places=places, text=name, rule="application: parts of a name")
    )


def _missing(fact: Fact, labelled: bool) -> Told:
    name = fact.value.lower()
    why = (
        f"Nothing stands at the label of the {name} on the application."
        if labelled
        else f"The application has no label for the {name} that is known."
    )
    return Told(value=None, evidence=Evidence(doubts=(Doubt(words=why),)))


def _version(layout: Layout) -> str:
    for row in reversed(layout.rows):
        match = _VERSION.search(row.text)
        if match:
            return _PAGE_NUMBER.sub("", match.group()).strip()
    return ""


def _is_signed(layout: Layout, spots: list[Spot]) -> bool:
    """Whether a day stands beside the signature: the signature itself may be a picture."""
    signatures = [
        spot.row
        for spot in spots
        if spot.fact is None
        and "signature" in layout.sheet.joined(spot.first, spot.last).casefold()
    ]
    for number in signatures:
        near = layout.rows[max(number - 1, 0) : number + 2]
        if any(find_dates(row.text) for row in near):
            return True
    return False


def _fax_line(layout: Layout) -> Told | None:
    """The day in a fax machine's line at the top: when the form may have come in."""
    for row in layout.rows[:3]:
        days = find_dates(row.text)
        if row.top < 0.06 and days and days[0].value and _FAX.search(row.text):
            places = layout.places(row.first, row.last)
            return Told(value=days[0].value, evidence=Evidence(places=places, text=row.text))
    return None


def _is_filled(read: Application) -> bool:
    return sum(read.facts[fact].value is not None for fact in _WANTED) >= 2 or bool(
        read.items and any(read.facts[fact].value is not None for fact in _WANTED)
    )


def _compared(copies: list[Application]) -> Application:
    """The copy that says most, with doubts where another copy says otherwise."""
    best = max(copies, key=lambda one: sum(told.value is not None for told in one.facts.values()))
    facts = dict(best.facts)
    for other in copies:
        for fact, told in other.facts.items():
            mine = facts.get(fact)
            if other is best or mine is None or told.value is None or fact is Fact.FAXED:
                continue
            if mine.value is None:
                facts[fact] = told
            elif mine.value != told.value:
                words = f"The file has {len(copies)} copies of the application, and another one says {value_words(told.value)}."
                facts[fact] = mine.doubted(words, value_words(told.value))
    notes = list(best.notes)
    if len(copies) > 1:
        notes.append(f"The file has {len(copies)} copies of the application.")
    return Application(
        facts=facts,
        items=best.items or next((one.items for one in copies if one.items), ()),
        version=best.version,
        is_signed=any(one.is_signed for one in copies),
        pages=best.pages,
        notes=tuple(notes),
    )

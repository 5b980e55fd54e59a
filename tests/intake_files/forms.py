"""Made-up applications for independent medical review: one form drawn in many ways.

A `Form` says how it looks and what is filled in; `drawn` makes its PDF. Nothing in it is a person's
or a real form's text: the labels are facts of the public form, their other wordings are made up.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pymupdf

LEFT, RIGHT, TOP, BOTTOM = 48.0, 564.0, 50.0, 744.0
FONTS = {"sans": "helv", "serif": "tiro", "mono": "cour"}

LABELS_2014 = {
    "title": "APPLICATION FOR INDEPENDENT MEDICAL REVIEW",
    "type": "Type of Utilization Review:",
    "regular": "Regular",
    "expedited": "Expedited",
    "appeal": "Modification after Appeal",
    "employee": "Employee Name (First, MI, Last):",
    "first": "First Name:",
    "middle": "MI:",
    "last": "Last Name:",
    "address": "Address:",
    "phone": "Phone Number:",
    "fax": "Fax Number:",
    "employer": "Employer Name:",
    "claim": "Claim Number:",
    "injury": "Date of Injury (MM/DD/YYYY):",
    "wcis": "WCIS Jurisdictional Claim Number (if assigned):",
    "eams": "EAMS Case Number (if applicable):",
    "attorney": "Employee Attorney (if known):",
    "provider": "Requesting Physician Name (First, MI, Last):",
    "practice": "Practice Name:",
    "specialty": "Specialty:",
    "administrator": "Claims Administrator Name:",
    "adjuster": "Adjuster/Contact Name:",
    "treatment": "Disputed Medical Treatment (complete below section)",
    "diagnosis": "Primary Diagnosis (Use ICD Code where practical):",
    "ur": "Date of Utilization Review Determination Letter:",
    "liability": "Is the Claims Administrator disputing liability for the requested medical treatment "
    "besides the question of medical necessity?",
    "yes": "Yes",
    "no": "No",
    "reason": "Reason:",
    "list": "List each specific requested medical services, goods, or items that were denied or "
    "modified in the space below. Use additional pages if the space below is insufficient.",
    "consent": "Consent to Obtain Medical Records",
    "signature": "Employee Signature:",
    "signed": "Date:",
    "foot": "DWC Form IMR (version 02/2014)",
}
LABELS_2013 = LABELS_2014 | {
    "employee": "EmployeeInjured Worker Name",
    "claim": "ClaimNumber",
    "injury": "DateDates of Injury",
    "provider": "RequestingProviderPhysician Name",
    "administrator": "Claims AdministratorInsurer Name",
    "adjuster": "Adjuster Name",
    "treatment": "RequestedDisputedMedical Treatment",
    "diagnosis": "(a) Primary Diagnosis",
    "ur": "Date of UtilizationReview DecisionDetermination Letter",
    "list": "(c) List the services that are disputed for medical necessity",
    "foot": "DWC Form IMR-1 proposed text",
}
LABELS_NEWER = LABELS_2014 | {
    "type": "Type of Review Requested",
    "regular": "Standard",
    "employee": "Injured Worker's Name",
    "claim": "Claim No.",
    "injury": "Injury Date",
    "employer": "Employer",
    "provider": "Name of Requesting Provider",
    "administrator": "Name of Claims Administrator",
    "adjuster": "Claims Adjuster",
    "treatment": "Treatment in Dispute",
    "diagnosis": "Diagnosis and ICD-10 Code",
    "ur": "Date of UR Decision",
    "liability": "Does the Claims Administrator dispute liability for this treatment?",
    "list": "Enter each denied or modified treatment on a line of its own.",
    "foot": "DWC Form IMR (Rev. 04/2026)",
}
LABELS_SHOUTED = {
    key: words.upper() if key not in ("foot", "yes", "no") else words
    for key, words in LABELS_2014.items()
} | {"claim": "CLAIM #:", "injury": "DATE OF INJURY:", "employee": "EMPLOYEE NAME:"}

HEADINGS = {
    "employee": "EMPLOYEE INFORMATION",
    "attorney": "ATTORNEY INFORMATION",
    "provider": "REQUESTING PHYSICIAN INFORMATION",
    "administrator": "CLAIMS ADMINISTRATOR INFORMATION",
}
ROWS = (
    ("employee", "address"),
    ("phone", "employer"),
    ("claim", "injury"),
    ("wcis", "eams"),
    ("attorney",),
    ("provider", "practice"),
    ("specialty", "fax"),
    ("administrator", "adjuster"),
)
ONE_A_ROW = tuple((key,) for row in ROWS for key in row)


@dataclass(frozen=True)
class Form:
    """One application: how it is drawn, and what is filled in."""

    name: str
    values: dict[str, str]
    items: tuple[str, ...]
    labels: dict[str, str] = field(default_factory=lambda: LABELS_2014)
    rows: tuple[tuple[str, ...], ...] = ROWS
    where: str = "right"
    """Of its label a value stands to the right, below or above."""
    fillable: bool = False
    needs_appearances: bool = False
    ruled: bool = True
    marks: str = "cross"
    font: str = "sans"
    value_font: str = "sans"
    size: float = 8.0
    expedited: bool = False
    liability: bool = False
    numbered: bool = True
    block: bool = False
    """The items stand in one field of several lines."""
    on_extra_sheet: tuple[str, ...] = ()
    signed: str = ""
    copies: int = 1
    other_copy: dict[str, str] = field(default_factory=dict)
    instructions: bool = False
    fax_line: str = ""
    turned: int = 0
    headings: bool = False
    """Parts of the form have titles of their own."""
    boxes_behind: bool = False
    underscored: bool = False
    number: str = "{}."
    split_name: bool = False
    """The name has a field each for first, middle and last."""
    aside: bool = False
    expected: dict[str, Any] = field(default_factory=dict)


def drawn(form: Form) -> bytes:
    """The form's PDF."""
    document = pymupdf.open()
    for copy in range(form.copies):
        values = form.values | (form.other_copy if copy else {})
        _Drawing(document, form, values, signed=form.signed if copy or form.copies == 1 else "")
    if form.instructions:
        _instructions(document, form)
    if form.turned:
        for page in document:
            page.set_rotation(form.turned)
    if form.needs_appearances:
        _without_appearances(document)
    return document.tobytes()


class _Drawing:
    def __init__(
        self, document: pymupdf.Document, form: Form, values: dict[str, str], signed: str
    ) -> None:
        self.form, self.values, self.signed = form, values, signed
        self.document = document
        self.page = document.new_page(width=612, height=792)
        self.y = TOP
        self.fields = 0
        self.font = FONTS[form.font]
        self._draw()

    def _draw(self) -> None:
        form, labels = self.form, self.form.labels
        if form.fax_line:
            self._words(LEFT, 20, form.fax_line, size=7)
        self._heading("State of California, Division of Workers' Compensation", 9)
        self._heading(labels["title"], 12)
        self._line("TO REQUEST INDEPENDENT MEDICAL REVIEW", 8)
        self._line("1. Sign and date this application and consent to obtain medical records.", 7)
        self._line(
            "2. Mail or fax the application and a copy of the written decision you received.", 7
        )
        self._line(
            "3. Mail or fax a copy of the signed application to your Claims Administrator.", 7
        )
        self.y += 6
        self._choices(labels["type"], ("regular", "expedited", "appeal"), int(form.expedited))
        for row in form.rows:
            if form.headings and row[0] in HEADINGS:
                self._line(HEADINGS[row[0]], 8)
            if form.split_name and "employee" in row:
                self._row(("first", "middle", "last"))
                row = tuple(key for key in row if key != "employee")
            if row:
                self._row(row)
        self._line(labels["treatment"], 9)
        self._row(("diagnosis",))
        self._row(("ur",))
        self._wrapped(labels["liability"])
        self._choices("", ("yes", "no"), 0 if form.liability else 1)
        self._row(("reason",))
        self._wrapped(labels["list"])
        self._items()
        self._line(labels["consent"], 9)
        self._wrapped(
            "I request an independent medical review of the treatment described above. I allow my "
            "health care providers and claims administrator to furnish medical records and "
            "information relevant for review. These records may include diagnostic imaging reports."
        )
        self._signature()
        self._words(LEFT, 772, f"{labels['foot']}   page 1", size=7)
        if form.on_extra_sheet:
            self._extra_sheet()

    def _words(
        self, x: float, y: float, text: str, *, size: float | None = None, font: str = ""
    ) -> float:
        size = size or self.form.size
        self.page.insert_text((x, y), text, fontsize=size, fontname=font or self.font)
        return x + pymupdf.get_text_length(text, font or self.font, size)

    def _heading(self, text: str, size: float) -> None:
        width = pymupdf.get_text_length(text, self.font, size)
        self._words((612 - width) / 2, self.y, text, size=size)
        self.y += size + 5

    def _line(self, text: str, size: float) -> None:
        self._words(LEFT, self.y + 4, text, size=size)
        self.y += size + 5

    def _wrapped(self, text: str) -> None:
        for line in wrap(text, self.font, self.form.size, RIGHT - LEFT):
            self._words(LEFT, self.y + 4, line)
            self.y += self.form.size + 3
        self.y += 2

    def _row(self, keys: tuple[str, ...]) -> None:
        width = (RIGHT - LEFT) / len(keys)
        height = 16.0 if self.form.where == "right" else 27.0
        for place, key in enumerate(keys):
            x0 = LEFT + place * width
            if self.form.ruled:
                self.page.draw_rect((x0, self.y - 8, x0 + width, self.y - 8 + height), width=0.5)
            self._cell(key, x0 + 3, x0 + width - 3)
        self.y += height

    def _cell(self, key: str, x0: float, x1: float) -> None:
        words, value = self.form.labels[key], self.values.get(key, "")
        if self.form.underscored and value:
            value = f"__{value}__"
        if self.form.where == "right":
            end = self._words(x0, self.y + 3, words)
            self._value(value, end + 5, self.y + 3, x1)
        elif self.form.where == "below":
            self._words(x0, self.y, words, size=self.form.size - 1)
            self._value(value, x0 + 2, self.y + 13, x1)
        else:
            self._value(value, x0 + 2, self.y + 2, x1)
            self.page.draw_line((x0, self.y + 5), (x1, self.y + 5), width=0.4)
            self._words(x0, self.y + 13, words, size=self.form.size - 1)

    def _value(self, value: str, x: float, y: float, right: float, lines: int = 1) -> None:
        size = self.form.size + 1
        if not self.form.fillable:
            for at, line in enumerate(value.split("\n")):
                self._words(
                    x, y + at * (size + 3), line, size=size, font=FONTS[self.form.value_font]
                )
            return
        self.fields += 1
        widget = pymupdf.Widget()
        widget.field_type = pymupdf.PDF_WIDGET_TYPE_TEXT
        widget.field_name = f"Text{self.fields}.{len(self.document)}"
        widget.rect = pymupdf.Rect(x, y - size - 2, right, y + 3 + (lines - 1) * (size + 3))
        widget.text_fontsize = size
        if lines > 1:
            widget.field_flags = pymupdf.PDF_TX_FIELD_IS_MULTILINE
        widget.field_value = value
        self.page.add_widget(widget)

    def _choices(self, label: str, keys: tuple[str, ...], on: int) -> None:
        x = LEFT if not label else self._words(LEFT, self.y + 4, label) + 10
        for at, key in enumerate(keys):
            if self.form.boxes_behind:
                x = self._words(x, self.y + 4, self.form.labels[key]) + 5
                x = self._box(x, at == on) + 20
                continue
            x = self._box(x, at == on) + 4
            x = self._words(x, self.y + 4, self.form.labels[key]) + 18
        self.y += 14

    def _box(self, x: float, on: bool) -> float:
        y, marks = self.y, self.form.marks
        box = pymupdf.Rect(x, y - 4, x + 9, y + 5)
        if self.form.fillable:
            self.fields += 1
            widget = pymupdf.Widget()
            widget.field_type = pymupdf.PDF_WIDGET_TYPE_CHECKBOX
            widget.field_name = f"Check{self.fields}.{len(self.document)}"
            widget.rect = box
            widget.field_value = on
            self.page.add_widget(widget)
            return box.x1
        if marks == "typed":
            return self._words(x, y + 4, "X" if on else "_")
        if marks == "brackets":
            return self._words(x, y + 4, "[X]" if on else "[ ]")
        if marks == "dingbats":
            self.page.insert_text((x, y + 4), "n" if on else "o", fontsize=9, fontname="zadb")
            return box.x1
        self.page.draw_rect(box, width=0.6)
        if on:
            self._mark(box, marks)
        return box.x1

    def _mark(self, box: pymupdf.Rect, marks: str) -> None:
        if marks == "cross":
            self.page.draw_line(box.tl, box.br, width=0.8)
            self.page.draw_line(box.tr, box.bl, width=0.8)
        elif marks == "tick":
            middle = pymupdf.Point(box.x0 + 3, box.y1 - 1)
            self.page.draw_polyline(
                [
                    pymupdf.Point(box.x0 + 1, box.y0 + 5),
                    middle,
                    pymupdf.Point(box.x1 + 2, box.y0 - 1),
                ]
            )
        elif marks == "zapf":
            self.page.insert_text((box.x0 + 1, box.y1 - 1), "4", fontsize=9, fontname="zadb")
        elif marks == "letter":
            self.page.insert_text((box.x0 + 1.5, box.y1 - 1.5), "X", fontsize=8, fontname="hebo")
        elif marks == "filled":
            self.page.draw_rect(
                pymupdf.Rect(box.x0 + 2, box.y0 + 2, box.x1 - 2, box.y1 - 2), fill=(0, 0, 0)
            )

    def _items(self) -> None:
        if self.form.block:
            self._value("\n".join(self.form.items), LEFT + 4, self.y + 5, RIGHT, lines=5)
            self.y += 5 * (self.form.size + 4) + 4
            return
        for at in range(max(4, len(self.form.items))):
            item = self.form.items[at] if at < len(self.form.items) else ""
            x = (
                self._words(
                    LEFT, self.y + 5, self.form.number.format(at + 1) if self.form.numbered else " "
                )
                + 6
            )
            if self.form.fillable:
                self._value(item, x, self.y + 5, RIGHT)
                self.y += 16
                continue
            lines = wrap(item, FONTS[self.form.value_font], self.form.size + 1, RIGHT - x) or [""]
            for line in lines:
                self._words(
                    x, self.y + 5, line, size=self.form.size + 1, font=FONTS[self.form.value_font]
                )
                self.y += self.form.size + 4
            self.y += 3

    def _signature(self) -> None:
        self.y += 10
        end = self._words(LEFT, self.y, self.form.labels["signature"])
        self.page.draw_line((end + 3, self.y + 2), (end + 180, self.y + 2), width=0.5)
        if self.signed:
            self._words(end + 20, self.y, "signed by hand", font="tiit")
        end = self._words(end + 200, self.y, self.form.labels["signed"])
        self._words(end + 6, self.y, self.signed, font=FONTS[self.form.value_font])

    def _extra_sheet(self) -> None:
        self.page = self.document.new_page(width=612, height=792)
        self.y = TOP
        self._line("Additional page - disputed medical treatment (continued)", 10)
        first = len(self.form.items) + 1
        for at, item in enumerate(self.form.on_extra_sheet, first):
            self._line(f"{at}. {item}", self.form.size + 1)


def _instructions(document: pymupdf.Document, form: Form) -> None:
    page = document.new_page(width=612, height=792)
    y = TOP
    for line in (
        "INSTRUCTIONS FOR COMPLETING THE APPLICATION FOR INDEPENDENT MEDICAL REVIEW FORM",
        "If your claims administrator sent you a written decision that denied or modified treatment,",
        "you can request independent medical review. Employee Name, Claim Number and Date of Injury",
        "have been completed by your claims administrator. Check that the Disputed Medical Treatment",
        "is right. List each item. 1. You must sign. 2. You must date. 3. Send a copy.",
        "Authorized Representative Designation",
        "Employee Name: ______________________   Claim Number: __________________",
        "Name of individual or law firm: ______________________   Phone Number: _______________",
    ):
        page.insert_text((LEFT, y), line, fontsize=9, fontname=FONTS[form.font])
        y += 15


def _without_appearances(document: pymupdf.Document) -> None:
    """As some software leaves its forms: the values are there, and nothing is drawn of them."""
    for page in document:
        for widget in page.widgets():
            document.xref_set_key(widget.xref, "AP", "null")
    form = document.xref_get_key(document.pdf_catalog(), "AcroForm")
    if form[0] == "xref":
        document.xref_set_key(int(form[1].split()[0]), "NeedAppearances", "true")


def wrap(text: str, font: str, size: float, width: float) -> list[str]:
    """The text in lines of at most that width."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and pymupdf.get_text_length(longer, font, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines

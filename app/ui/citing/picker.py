"""Citing without leaving the keyboard: find a guideline, name the place in it, done.

The picker is one line in two steps. It changes nothing itself: it says which citation was
chosen for which field, and shows before that what the field will print.
"""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from app.letter import Citation, FieldId, Letter, Source, get_value
from app.services.citations import Style, standard_guidelines
from app.services.library import (
    Entry,
    EntryKind,
    Hit,
    Library,
    citation_of,
    force_remarks,
    is_topic,
    known_of,
    note_on_silence,
)
from app.ui.citing.found_rows import place_of, rows_of
from app.ui.citing.locator_line import Place, completions, last_part, read_place
from app.ui.citing.picker_view import WIDTH, PickerView
from app.ui.citing.popup_place import beside
from app.ui.citing.rows import Row
from app.ui.citing.trial import Effect, Trial
from app.ui.citing.words import short_name

MOST_HITS = 30
GUIDELINE_FIELDS = ("issue.maximus_guideline", "issue.claims_administrator_guideline")


class CitationPicker(QWidget):
    """The popup under a guideline field."""

    citation_chosen = Signal(object, object)
    """(FieldId, Citation): put this citation into that field."""
    closed = Signal()
    """The popup is gone, with or without a citation."""

    def __init__(self, library: Library, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAccessibleName("Cite a guideline")
        self._library = library
        self._trial = Trial(
            letter=Letter(),
            field=FieldId("issue.maximus_guideline", 0),
            style=Style.SECTIONS_2016,
            guidelines=standard_guidelines(),
        )
        self._hit: Hit | None = None
        self._searched = ""
        self._in_letter: tuple[int, ...] = ()
        self._treatment = ""
        self._note = ""
        self.view = PickerView()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self._connect()

    def _connect(self) -> None:
        line = self.view.line
        line.textChanged.connect(self._on_line_text_changed)
        line.moved.connect(self._on_line_moved)
        line.taken.connect(self._on_line_taken)
        line.accepted.connect(self._on_line_accepted)
        line.completed.connect(self._on_line_completed)
        line.emptied_backwards.connect(self._on_line_emptied_backwards)
        line.taken_back.connect(self._on_line_taken_back)
        line.cancelled.connect(self.close)
        line.pasted.connect(self._on_line_pasted)
        self.view.list.clicked.connect(self._on_list_clicked)
        self.view.list.selectionModel().currentChanged.connect(self._on_list_current_changed)

    # ---- Opening and closing

    def open_for(self, letter: Letter, field: FieldId, anchor: QWidget, style: Style) -> None:
        """Open under `anchor` (above it where there is no room) for a guideline field.

        `style` is how the letter prints citations. Raises KeyError where it has no such issue.
        """
        get_value(letter, field)
        self._trial = Trial(
            letter=letter, field=field, style=style, guidelines=self._library.guidelines()
        )
        self._searched = ""
        self._in_letter = self._entries_of(letter)
        self._treatment = letter.issue(field.issue).title if field.issue is not None else ""
        self._show_find("")
        self._place_at(anchor)
        self.show()
        self.view.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def _entries_of(self, letter: Letter) -> tuple[int, ...]:
        """The library entries the letter cites, the field's own last: it has them already."""
        fields = [
            FieldId(name, issue.id)
            for issue in letter.issues
            for name in GUIDELINE_FIELDS
            if FieldId(name, issue.id) != self._trial.field
        ]
        # each guideline once, wherever in it is cited: a letter of many items repeats a few
        cited = {
            replace(citation, sections=(), pages=None, text=""): None
            for field in (*fields, self._trial.field)
            for citation in get_value(letter, field).citations
        }
        entries = (self._library.entry_for(citation) for citation in cited)
        return tuple({entry.id: None for entry in entries if entry is not None and entry.id})

    def _place_at(self, anchor: QWidget) -> None:
        self.view.warnings.show_warnings(())
        self.ensurePolished()
        width = max(WIDTH, anchor.width(), self.minimumSizeHint().width())
        wanted = QSize(width, self.view.sizeHint().height())
        self.setGeometry(beside(anchor, wanted))

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.closed.emit()

    # ---- First step: find

    def _show_find(self, typed: str) -> None:
        self._hit = None
        self.view.show_step(
            "search",
            "",
            "Title, chapter, topic, body part, year…",
            "Find a guideline to cite",
            "↑ ↓  move     Enter  take, then pages or section     Ctrl+Enter  add now     Esc  close",
        )
        self._set_line(typed)
        self._search(typed)

    def _search(self, typed: str) -> None:
        hits = self._find(typed)
        self._note = note_on_silence(typed, hits, self._decided)
        rows = rows_of(hits, typed)
        self.view.list.show_rows(rows, select_first=True)
        typed = typed.strip()
        self.view.show_empty("" if rows else self._nothing_found(typed))
        if not rows:  # else the row that was marked has shown it
            self._show_find_result()

    def _nothing_found(self, typed: str) -> str:
        if not typed:
            return "The library is empty. Fill it in the library window (Ctrl+L)."
        why = note_on_silence(typed, (), self._decided) or f"Nothing in the library fits “{typed}”."
        return f"{why}\n\nCtrl+Enter cites it as typed, as a source outside the MTUS."

    @property
    def _decided(self) -> date | None:
        return self._trial.letter.header.decision_date

    def _find(self, typed: str) -> tuple[Hit, ...]:
        return self._library.search(
            typed,
            in_letter=self._in_letter,
            treatment=self._treatment,
            on=self._decided,
            paged=self._trial.style is Style.PAGES_2014,
            limit=MOST_HITS,
        )

    def _show_find_result(self) -> None:
        """The sentence and the warnings for the marked entry, or for the text as typed."""
        hit = self.view.list.chosen
        if isinstance(hit, Hit):
            place = Place(sections=(hit.section,) if hit.section else (), pages=hit.pages)
            warnings = hit.warnings
            if hit.instead is not None:
                name = short_name(hit.instead)
                warnings = (*warnings, f"Tab takes {name}, which was in force.")
            remarks = (*hit.remarks, self._note) if self._note else hit.remarks
            self._show_result(self._citation(hit.entry, place), warnings, remarks)
        else:
            self._show_result(self._as_typed(), ())

    def _as_typed(self) -> Citation | None:
        """What was typed, as a source of its own; nothing where nothing was typed."""
        typed = " ".join(self.view.line.text().split())
        return Citation(source=Source.OTHER, title=typed) if typed else None

    # ---- Second step: the place

    def _show_place(self, hit: Hit, typed: str) -> None:
        self._hit = hit
        pages_first = self._trial.style is Style.PAGES_2014
        if hit.entry.source is Source.OTHER:
            asked = "Pages: 303-304 (or nothing)"
        elif pages_first:
            asked = "Pages: 303-304, or a section"
        else:
            asked = "Section, or pages: 303-304"
        self.view.show_step(
            "book-open",
            short_name(hit.entry),
            asked,
            f"Place in {short_name(hit.entry)}: pages or section",
            "Enter  add     Tab  complete     ;  one more place     Backspace  back to the search     Esc  close",
        )
        self._set_line(typed)
        self.view.line.selectAll()
        self._complete(typed)
        self.view.announce(f"{short_name(hit.entry)} taken. Pages or section?")

    def _complete(self, typed: str) -> None:
        hit = self._hit
        if hit is None:
            return
        rows: tuple[Row, ...] = ()
        if hit.entry.source is not Source.OTHER:
            rows = completions(typed, known_of(hit.entry), self._trial.style)
        exact = bool(rows) and rows[0].value == typed
        if rows:
            rows = (Row(title="Sections and topics"), *rows)
        _, part = last_part(typed)
        marks = bool(rows and part) and not exact
        self.view.list.show_rows(rows, select_first=marks)
        self.view.show_empty("" if rows else self._about_pages(hit.entry))
        if not marks:
            self._show_place_result()

    def _about_pages(self, entry: Entry) -> str:
        if entry.kind is EntryKind.MTUS and not entry.sections and entry.first_page is None:
            return "The sections of this chapter are not known here. Type the section as the guideline heads it; it is printed as typed."
        if entry.first_page is None or entry.last_page is None:
            return "The pages of this source are not known here."
        if entry.pages_confirmed:
            return f"Pages {entry.first_page} to {entry.last_page}."
        return f"Pages {entry.first_page} to {entry.last_page} are thought to be its own (not confirmed)."

    def _show_place_result(self) -> None:
        hit = self._hit
        if hit is None:
            return
        place = self._place()
        warnings = [*hit.warnings, *place.problems]
        if place.sections and hit.entry.source is Source.OTHER:
            warnings.append("A source of this kind is cited without a section.")
        remarks = tuple(one for one in hit.remarks if not one.startswith("“"))
        for section in place.sections:
            if is_topic(hit.entry, section):
                remarks += force_remarks(hit.entry, None, section)
        self._show_result(self._citation(hit.entry, place), tuple(warnings), remarks)

    def _place(self) -> Place:
        """The place as it stands: the marked completion, or what was typed."""
        chosen = self.view.list.chosen
        typed = chosen if isinstance(chosen, str) else self.view.line.text()
        if self._hit is None:
            return Place()
        return read_place(typed, known_of(self._hit.entry))

    # ---- Both steps

    def _citation(self, entry: Entry, place: Place) -> Citation:
        return citation_of(entry, sections=place.sections, pages=place.pages)

    def _show_result(
        self,
        citation: Citation | None,
        warnings: tuple[str, ...],
        remarks: tuple[str, ...] = (),
    ) -> None:
        text, effect = self._trial.text_with(citation)
        if citation is not None and effect is Effect.CITED:
            warnings = (*warnings, self._cited_already(citation))
        self.view.show_result(text, self._trial.text_before, joined=effect is Effect.JOINED)
        if self.view.warnings.show_warnings(warnings, remarks) and warnings:
            self.view.announce(" ".join(warnings))

    def _cited_already(self, citation: Citation) -> str:
        if citation.sections or citation.pages or citation.source is Source.OTHER:
            return "This field cites this already."
        return "This field cites this chapter already. A page or section named here is added to it."

    def _choose(self, citation: Citation) -> None:
        _, effect = self._trial.text_with(citation)
        if effect is not Effect.CITED:
            self.citation_chosen.emit(self._trial.field, replace(citation, text=""))
        self.close()

    def _set_line(self, text: str) -> None:
        line = self.view.line
        line.blockSignals(True)
        line.setText(text)
        line.blockSignals(False)

    # ---- Keys

    def _on_line_text_changed(self, text: str) -> None:
        if self._hit is None:
            self._searched = text
            self._search(text)
        else:
            self._complete(text)

    def _on_line_moved(self, step: int) -> None:
        if self._hit is not None and step < 0 and self._is_first_marked():
            self.view.list.unmark()
        else:
            self.view.list.step(step)

    def _is_first_marked(self) -> bool:
        # row 0 is the heading of the completions
        return self.view.list.currentIndex().row() == 1

    def _on_list_current_changed(self) -> None:
        index = self.view.list.currentIndex()
        chosen = self.view.list.chosen
        self.view.line.can_complete = isinstance(chosen, str) or (
            isinstance(chosen, Hit) and chosen.instead is not None
        )
        if index.isValid():
            self.view.announce(self.view.list.rows[index.row()].spoken)
        if self._hit is None:
            self._show_find_result()
        else:
            self._show_place_result()

    def _on_list_clicked(self) -> None:
        self._on_line_taken()

    def _on_line_taken(self) -> None:
        if self._hit is not None:
            self._choose(self._citation(self._hit.entry, self._place()))
            return
        hit = self.view.list.chosen
        if isinstance(hit, Hit):
            self._searched = self.view.line.text()
            self._show_place(hit, place_of(hit))

    def _on_line_accepted(self) -> None:
        if self._hit is not None:
            self._on_line_taken()
            return
        hit = self.view.list.chosen
        if isinstance(hit, Hit):
            place = read_place(place_of(hit), known_of(hit.entry))
            self._choose(self._citation(hit.entry, place))
        elif (citation := self._as_typed()) is not None:
            self._choose(citation)

    def _on_line_completed(self) -> None:
        chosen = self.view.list.chosen
        if isinstance(chosen, str):
            # typed over, so that it can be taken back
            self.view.line.selectAll()
            self.view.line.insert(chosen)
        elif isinstance(chosen, Hit) and chosen.instead is not None:
            self._take_instead(chosen, chosen.instead)

    def _take_instead(self, hit: Hit, entry: Entry) -> None:
        """Go on with the edition that was in force, at the same section where it has that."""
        self._searched = self.view.line.text()
        found = self._library.search(f"{entry.title} {entry.edition}", on=self._decided)
        there = next((one for one in found if one.entry.id == entry.id), Hit(entry=entry))
        same = hit.section in {section.name for section in entry.sections}
        self._show_place(there, hit.section or "" if same else "")

    def _on_line_emptied_backwards(self) -> None:
        if self._hit is not None:
            self._show_find(self._searched)

    def _on_line_taken_back(self) -> None:
        self._on_line_emptied_backwards()

    def _on_line_pasted(self) -> None:
        hit = self.view.list.chosen
        if self._hit is None and isinstance(hit, Hit) and (hit.pages or hit.section):
            self._show_place(hit, place_of(hit))

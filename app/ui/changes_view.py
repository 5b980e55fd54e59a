"""What changed: the letter as read and as it stands, side by side, differences marked."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget
from typing_extensions import override

from app.letter import FieldId
from app.services.changes import Change, Run, changes
from app.ui import theme
from app.ui.document import LetterDocument


class ChangesView(QWidget):
    """A table of the changed fields in reading order; a field's name leads to it."""

    field_requested = Signal(object)

    def __init__(self, document: LetterDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._masked = False
        self._browser = QTextBrowser()
        self._browser.setOpenLinks(False)
        self._browser.setAccessibleName("What changed since the letter was read")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._browser)
        theme.LookWatch(self).scheme_changed.connect(self._on_document_changed)
        document.loaded.connect(self._on_document_changed)
        document.letter_changed.connect(self._on_document_changed)
        self._browser.anchorClicked.connect(self._on_browser_anchor_clicked)

    @property
    def text(self) -> str:
        """What is shown, without its marks."""
        return self._browser.toPlainText()

    def take_focus(self) -> None:
        """The keyboard onto the list of changes."""
        self._browser.setFocus()

    def set_masked(self, masked: bool) -> None:
        """Show no value, for a shared screen, or show them again."""
        self._masked = masked
        self._on_document_changed()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show()

    def _on_document_changed(self, *_: object) -> None:
        if self.isVisible():
            self._show()

    def _show(self) -> None:
        found = (
            changes(self._document.parsed.letter, self._document.letter)
            if self._document.is_open
            else ()
        )
        if self._masked or not found:
            words = "Nothing has changed since the letter was read."
            if self._masked:
                words = "Hidden while the screen is shared"
            elif not self._document.is_open:
                words = "What you change in a letter is listed here, beside what was read."
            self._browser.setHtml(f"<p style='color:{_tone('muted')}; margin:16px'>{words}</p>")
            return
        head = (
            f"<tr><td width='50%'><b>{'As read'}</b></td>"
            f"<td width='50%'><b>{'As it stands'}</b></td></tr>"
        )
        rows = "".join(self._rows(change) for change in found)
        self._browser.setHtml(
            f"<table width='100%' cellpadding='8' cellspacing='0'>{head}{rows}</table>"
        )

    def _rows(self, change: Change) -> str:
        label = change.label
        if change.issue is not None:
            label = f"Disputed item {change.issue}: {label}"
        link = f"<a href='field:{change.field.key}' style='color:{_tone('accent')}'>{escape(label)}</a>"
        return (
            f"<tr><td colspan='2'>{link}</td></tr>"
            f"<tr><td valign='top'>{_marked(change.before, 's', 'missing')}</td>"
            f"<td valign='top'>{_marked(change.after, 'b', 'ok')}</td></tr>"
        )

    def _on_browser_anchor_clicked(self, url: QUrl) -> None:
        self.field_requested.emit(FieldId.from_key(url.toString().removeprefix("field:")))


def _tone(role: str) -> str:
    return theme.colour(role).name()


def _marked(runs: tuple[Run, ...], tag: str, role: str) -> str:
    """Differences struck through or bold as well as tinted: never by colour alone."""
    ground = _tone("missing_soft" if role == "missing" else "accent_soft")
    parts: list[str] = []
    for same, text in runs:
        words = escape(text).replace("\n", "<br>")
        if same:
            parts.append(words)
        else:
            parts.append(f"<{tag} style='color:{_tone(role)}; background:{ground}'>{words}</{tag}>")
    return "".join(parts) or "—"

"""What does not hold together: findings grouped by severity, each with the way to its field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QTreeWidgetItemIterator,
    QVBoxLayout,
    QWidget,
)

from app.letter import FieldId, Letter
from app.services.checks import CheckContext, Finding, Severity, check, standing
from app.services.store import Dismissal, Scope
from app.services.wording import field_words
from app.ui import theme
from app.ui.document import LetterDocument
from app.ui.enter_button import EnterButton, EnterToolButton
from app.ui.jobs import Jobs
from app.ui.record_button import RecordButton
from app.ui.wrapped_rows import WrappedRows

DELAY_MS = 120
FINDING = Qt.ItemDataRole.UserRole
HEADING = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
"""Selectable, so that the keys are seen to stand on it."""

# severity: (icon, colour role, words of the group)
GROUPS = {
    Severity.ERROR: ("octagon-alert", "error", "Errors: the letter cannot leave"),
    Severity.WARNING: ("triangle-alert", "doubt", "Warnings"),
    Severity.INFO: ("info", "muted", "Worth knowing"),
}
SCOPES = {
    Scope.ONE: "This one",
    Scope.ALIKE: "All alike in this letter",
    Scope.ALWAYS: "All alike, in every letter",
}
REPORTS = {"report_pdf": "As PDF…", "report_json": "As JSON…"}


class ChecksView(QFrame):
    """Runs the checks behind the typing and shows what they find."""

    field_requested = Signal(object)
    place_requested = Signal(object)
    """The FieldId a finding points to."""
    fix_requested = Signal(object)
    """The Fix to make."""
    dismissed = Signal(object, object, str)
    """(Finding, Scope, reason)"""
    recalled = Signal()
    """The dismissals of this letter are to be taken back."""
    override_given = Signal(str)
    """The reason why the letter leaves although errors stand."""
    findings_changed = Signal(int, int)
    """(errors, warnings) that stand."""
    findings_shown = Signal(object)
    """The tuple of Findings that stand."""
    report_requested = Signal(str)
    """A report on the letter is wanted: `report_pdf` or `report_json`."""

    def __init__(self, document: LetterDocument, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._jobs = jobs
        self._make_context: Callable[[], CheckContext] = CheckContext
        self._found: tuple[Finding, ...] = ()
        self._standing: tuple[Finding, ...] = ()
        self._set_aside: frozenset[str] = frozenset()
        self._timer = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._scope = Scope.ONE
        self._asks_override = False

        self._tree = QTreeWidget()
        self._tree.setColumnCount(2)
        self._tree.setHeaderHidden(True)
        self._tree.setAccessibleName("Findings of the checks")
        self._tree.setItemDelegateForColumn(0, WrappedRows(self._tree))
        header = self._tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._detail = QLabel()
        self._detail.setWordWrap(True)
        self._detail.setTextFormat(Qt.TextFormat.PlainText)
        self._detail.setProperty("tone", "muted")
        self._detail.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._go = self._button("Go to the field")
        self.in_record = RecordButton()
        self._fix = self._button("Fix")
        self._dismiss = EnterToolButton()
        self._dismiss.setText("Set aside…")
        self._dismiss.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self._dismiss)
        for scope, words in SCOPES.items():
            action = menu.addAction(words)
            action.setData(scope)
        self._dismiss.setMenu(menu)
        self._report = EnterToolButton()
        self._report.setText("Report…")
        self._report.setToolTip("Write what the checks found to a file")
        self._report.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.report_menu = QMenu(self._report)
        for form, words in REPORTS.items():
            self.report_menu.addAction(words).setData(form)
        self._report.setMenu(self.report_menu)
        self.reason_line = QLineEdit()
        self.reason_line.setPlaceholderText("Please say why: it is kept in the history")
        self._question = QLabel()
        self._question.setBuddy(self.reason_line)
        self._answer = self._button("")
        self._answer.setProperty("primary", True)
        self._withdraw = self._button("Cancel")
        self._recall = self._button("")
        self._recall.setProperty("flat", True)
        self._foot = self._row(
            self._detail, self._recall, self._report, self._fix, self._dismiss, self.in_record, self._go
        )  # fmt: skip
        self._asking = self._row(
            self.reason_line, self._answer, self._withdraw, before=self._question
        )
        self._asking.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        column.addWidget(self._tree, 1)
        column.addWidget(self._foot)
        column.addWidget(self._asking)

        theme.LookWatch(self).scheme_changed.connect(self._show)
        document.loaded.connect(self._on_document_loaded)
        document.letter_changed.connect(self._on_document_letter_changed)
        self._timer.timeout.connect(self.run)
        self._tree.itemActivated.connect(self._on_go_clicked)
        self._tree.currentItemChanged.connect(self._on_tree_current_item_changed)
        self._go.clicked.connect(self._on_go_clicked)
        self._fix.clicked.connect(self._on_fix_clicked)
        self._recall.clicked.connect(self.recalled)
        menu.triggered.connect(self._on_menu_triggered)
        self.report_menu.triggered.connect(self._on_report_menu_triggered)
        self.reason_line.returnPressed.connect(self._on_reason_given)
        self._answer.clicked.connect(self._on_reason_given)
        self._withdraw.clicked.connect(self._withdraw_question)
        escape = QAction(self)
        escape.setShortcut(QKeySequence(Qt.Key.Key_Escape))
        escape.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.triggered.connect(self._withdraw_question)
        self.addAction(escape)
        self._show()

    def _button(self, words: str) -> EnterButton:
        return EnterButton(words)

    def _row(self, widest: QWidget, *others: QWidget, before: QWidget | None = None) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        if before is not None:
            row.addWidget(before)
        row.addWidget(widest, 1)
        for widget in others:
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        return holder

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What stands: found and not dismissed."""
        return self._standing

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What keeps the letter from leaving."""
        return tuple(f for f in self._standing if f.severity is Severity.ERROR)

    def set_context(self, make_context: Callable[[], CheckContext]) -> None:
        """How to know what a run may know beside the letter."""
        self._make_context = make_context

    def set_dismissals(self, dismissals: Iterable[Dismissal]) -> None:
        """What was set aside, for this letter and for all."""
        self._set_aside = frozenset(dismissal.finding for dismissal in dismissals)
        self._take(self._found)

    def take_focus(self) -> None:
        """Into the list, on the first finding."""
        if self._current() is None and self._standing:
            self._select(self._standing[0].key)
        self._tree.setFocus()

    def ask_override(self, answer: str) -> None:
        """Errors stand and the letter is to leave: ask why, in place; `answer` lets it go."""
        self._asks_override = True
        self._ask(
            "1 error stands. Why may the letter leave?"
            if len(self.errors) == 1
            else f"{len(self.errors)} errors stand. Why may the letter leave?",
            answer,
        )

    def _ask(self, question: str, answer: str) -> None:
        self._question.setText(question)
        self.reason_line.setAccessibleName(question)
        self._answer.setText(answer)
        self._foot.hide()
        self._asking.show()
        self.reason_line.setFocus()

    def run(self) -> None:
        """Run all rules now, in the background."""
        if not self._document.is_open:
            self._take(())
            return
        self._jobs.run(
            partial(check, self._document.letter, self._make_context()), self._take, key="checks"
        )

    def run_now(self) -> None:
        """Run all rules before this returns: what is decided next must not rest on old findings."""
        if self._document.is_open:
            self._take(check(self._document.letter, self._make_context()))
        # Takes the place of a run that is under way for the letter as it was.
        self.run()

    def _on_document_loaded(self) -> None:
        self._set_aside = frozenset()
        self._timer.stop()
        self._take(())  # what was found in the letter before is not said of this one
        self.run()

    def _on_document_letter_changed(self, _letter: Letter) -> None:
        self._timer.start()

    def _take(self, found: tuple[Finding, ...]) -> None:
        self._found = found
        left = standing(found, self._set_aside)
        if left != self._standing or not self._tree.topLevelItemCount():
            self._standing = left
            self._show()
        self._recall.setText(f"{len(found) - len(left)} set aside: show again")
        self._recall.setVisible(len(found) > len(left))
        warnings = sum(1 for f in left if f.severity is Severity.WARNING)
        self.findings_changed.emit(len(self.errors), warnings)
        self.findings_shown.emit(left)

    def _show(self) -> None:
        """Fill the list; the finding in hand stays in hand."""
        current = self._current()
        self._tree.clear()
        for severity, (glyph, role, words) in GROUPS.items():
            group = [f for f in self._standing if f.severity is severity]
            if not group:
                continue
            head = _alone(f"{words} ({len(group)})")
            head.setIcon(0, theme.icon(glyph, role))
            head.setFlags(HEADING)
            self._tree.addTopLevelItem(head)
            for item in self._by_issue(group, glyph, role):
                head.addChild(item)
                item.setExpanded(True)
            head.setExpanded(severity is not Severity.INFO or len(group) < 4)
        if not self._standing:
            words = (
                "Nothing found: the letter holds together as far as the checks can see."
                if self._document.is_open
                else "What does not hold together in an open letter is listed here."
            )
            none = _alone(words)
            none.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self._tree.addTopLevelItem(none)
        if current is not None:
            self._select(current.key)
        self._show_detail()

    def _by_issue(self, group: list[Finding], glyph: str, role: str) -> Iterator[QTreeWidgetItem]:
        """What is of the letter as a whole first, then each disputed item under its number."""
        for finding in group:
            if finding.field.issue is None:
                yield self._item(finding, glyph, role)
        for number, issue in enumerate(self._document.letter.issues, 1):
            of_issue = [f for f in group if f.field.issue == issue.id]
            if not of_issue:
                continue
            head = _alone(f"Disputed item {number}: {issue.title}")
            head.setForeground(0, theme.colour("muted"))
            head.setFlags(HEADING)
            for finding in of_issue:
                head.addChild(self._item(finding, glyph, role))
            yield head

    def _item(self, finding: Finding, glyph: str, role: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem([finding.sentence, self._where(finding.field)])
        item.setIcon(0, theme.icon(glyph, role))
        item.setToolTip(0, finding.sentence)
        item.setForeground(1, theme.colour("muted"))
        item.setData(0, FINDING, finding)
        return item

    def _where(self, field: FieldId) -> str:
        return field_words(self._document.letter, field)

    def _current(self) -> Finding | None:
        item = self._tree.currentItem()
        return item.data(0, FINDING) if item is not None else None

    def _select(self, key: str) -> None:
        items = QTreeWidgetItemIterator(self._tree)
        while item := items.value():
            finding = item.data(0, FINDING)
            if finding is not None and finding.key == key:
                self._tree.setCurrentItem(item)
                if finding is self._standing[0]:
                    self._tree.scrollToTop()  # its heading is seen too
                return
            items += 1

    def _show_detail(self) -> None:
        finding = self._current()
        self._hide_question()
        self.in_record.show_finding(finding)
        for button in (self._go, self._dismiss):
            button.setEnabled(finding is not None)
        self._report.setEnabled(self._document.is_open)
        self._fix.setVisible(finding is not None and finding.fix is not None)
        if finding is None:
            self._detail.clear()
            return
        if finding.fix is not None:
            self._fix.setText(finding.fix.label)
        source = finding.source.cite
        if not finding.source.confirmed:
            source = f"{source} (unconfirmed)"
        lines = [f"{finding.remedy}  [{source}]"]
        for quote in finding.quotes[:3]:
            where = quote.where or (f"page {quote.page}" if quote.page else "")
            if quote.field is not None:
                where = self._where(quote.field)
            lines.append(f"{where}: “{quote.text}”")
        self._detail.setText("\n".join(lines))

    def _hide_question(self) -> None:
        self._asks_override = False
        self._asking.hide()
        self.reason_line.clear()
        self._foot.show()

    def _withdraw_question(self) -> None:
        if self._asking.isVisible():
            self._hide_question()
            self.take_focus()

    def _on_tree_current_item_changed(self, *_: object) -> None:
        self._show_detail()

    def _on_go_clicked(self, *_: object) -> None:
        finding = self._current()
        if finding is not None:
            self.field_requested.emit(finding.field)
            place = next((q for q in finding.quotes if q.field == finding.field and q.end), None)
            if place is not None:
                self.place_requested.emit(place)

    def _on_fix_clicked(self) -> None:
        finding = self._current()
        if finding is not None and finding.fix is not None:
            self.fix_requested.emit(finding.fix)

    def _on_menu_triggered(self, action: QAction) -> None:
        self._scope = Scope(action.data())
        self._ask("Why may it stay?", "Set aside")

    def _on_report_menu_triggered(self, action: QAction) -> None:
        self.report_requested.emit(action.data())

    def _on_reason_given(self) -> None:
        finding, reason = self._current(), self.reason_line.text().strip()
        if not reason:
            self.reason_line.setFocus()
            return
        overrides = self._asks_override
        self._hide_question()
        self.take_focus()
        if overrides:
            self.override_given.emit(reason)
        elif finding is not None:
            self.dismissed.emit(finding, self._scope, reason)


def _alone(words: str) -> QTreeWidgetItem:
    """A row of words that belongs to no field."""
    row = QTreeWidgetItem([words, ""])
    row.setData(1, Qt.ItemDataRole.AccessibleTextRole, "no field")
    return row

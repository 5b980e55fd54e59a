"""The menu of kept credentials: fills the reviewer's fields, keeps those that stand there, forgets one."""

from __future__ import annotations

from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.letter import FieldId, Reviewer
from app.services.reviewer_profiles import forget_profile, keep_profile, profile_words, profiles
from app.services.store import Store
from app.ui.document import LetterDocument
from app.ui.form.form_view import FormView

SPECIALTIES = FieldId("reviewer.specialties")


class ReviewerProfiles(QObject):
    """Shows the menu at the reviewer's fields."""

    def __init__(
        self,
        store: Store,
        document: LetterDocument,
        form: FormView,
        command: QAction,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._store = store
        self._document = document
        self._form = form
        self._window = window
        command.triggered.connect(self._on_command_triggered)

    def menu(self) -> QMenu:
        """The menu as it would be shown now."""
        kept, here = profiles(self._store), self._document.letter.reviewer
        menu = QMenu(self._window)
        for one in kept:
            menu.addAction(profile_words(one)).triggered.connect(partial(self._fill, one))
        if not kept:
            menu.addAction("No credentials are kept yet").setEnabled(False)
        menu.addSeparator()
        keep = menu.addAction("Keep the credentials of this letter")
        keep.setEnabled(bool(profile_words(here)) and here not in kept)
        keep.triggered.connect(partial(self._keep, here))
        forget = menu.addMenu("Forget")
        forget.setEnabled(bool(kept))
        for one in kept:
            forget.addAction(profile_words(one)).triggered.connect(partial(self._forget, one))
        return menu

    def _on_command_triggered(self) -> None:
        self._document.seal()
        self._document.set_current_field(SPECIALTIES)
        menu = self.menu()
        first = next(action for action in menu.actions() if action.isEnabled() or action.menu())
        menu.setActiveAction(first)
        row = self._form.row(SPECIALTIES) or self._window
        menu.popup(row.mapToGlobal(row.rect().bottomLeft()))

    def _fill(self, reviewer: Reviewer, *_: object) -> None:
        after = replace(self._document.letter, reviewer=reviewer)
        self._document.replace_letter(after, "Fill in the reviewer's credentials")

    def _keep(self, reviewer: Reviewer, *_: object) -> None:
        keep_profile(self._store, reviewer)

    def _forget(self, reviewer: Reviewer, *_: object) -> None:
        forget_profile(self._store, reviewer)

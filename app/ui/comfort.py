from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget


class P(QWidget):
    cancelled = Signal()


class Comfort(QObject):
    def __init__(self, window, store, library, jobs, settings):
        super().__init__(window)
        self.progress = P()
        self.progress.hide()

    def show_import_step(self, *a):
        pass

    def show_import_end(self, *a):
        pass

    def note_citation(self, *a):
        pass

    def letter_shown(self, *a):
        pass

    def connect_commands(self, *a):
        pass

"""Which task of the manual F1 opens: that of the pane, the field or the window in hand."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

TASKS = {
    "QueueView": "Open letters",
    "FormView": "Correct a letter",
    "OutlineView": "Correct a letter",
    "PageView": "Correct a letter",
    "GuidelineEditor": "Cite a guideline",
    "CitationPicker": "Cite a guideline",
    "LibraryManager": "Cite a guideline",
    "TextEditor": "Write with ready sentences",
    "ChecksView": "Check a letter",
    "ApplicationItemsDialog": "Check a letter",
    "NewDeterminationDialog": "Begin a determination",
    "PreviewPane": "Export a letter",
    "RedactionWindow": "Redact a letter that came in",
    "LookDialog": "Export a letter",
    "CaseFileWindow": "Work from the case file",
    "ArchiveWindow": "Search all letters",
    "ChangesView": "Look back and put back",
    "HistoryDialog": "Look back and put back",
    "RestoreDialog": "Restore a backup",
    "SettingsDialog": "Make it yours",
    "KeysDialog": "Keys",
}
"""By the class of a pane or window, the heading of its task. The innermost around the cursor counts."""


def task_of(widget: QWidget | None) -> str:
    """The heading of the task that a widget belongs to; empty where it belongs to none."""
    while widget is not None:
        for kind in type(widget).__mro__:
            if kind.__name__ in TASKS:
                return TASKS[kind.__name__]
        widget = widget.parentWidget()
    return ""


def offer_everywhere(window: QWidget) -> None:
    """What the window behind offers everywhere (help, hiding, locking) is offered in this one too."""
    parent = window.parentWidget()
    if parent is not None:
        window.addActions(parent.window().actions())

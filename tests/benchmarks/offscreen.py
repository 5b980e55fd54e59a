"""Measuring without a screen: which platform stands in for it, and which of its words are left out."""

from __future__ import annotations

import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QMessageLogContext, QtMsgType, qFormatLogMessage, qInstallMessageHandler


def keep_platform_quiet() -> None:
    """Leave out what the platform says of each popup that it cannot raise; all else is printed."""
    qInstallMessageHandler(_tell)


def _tell(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    if not message.startswith("This plugin does not support"):
        print(qFormatLogMessage(kind, context, message), file=sys.stderr)

"""What can be wrong with a file, in words for the person who opened it."""

from __future__ import annotations

from collections.abc import Callable

from app.errors import UserError


class CannotOpen(UserError):
    """The file is not there, is a folder, or may not be read."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The file cannot be opened: {reason}.",
            "Check that it is still there and that you may read it.",
        )


class EmptyFile(UserError):
    """The file has no content at all."""

    def __init__(self) -> None:
        super().__init__(
            "The file is empty (0 bytes).", "Fetch the letter again: the copy was not finished."
        )


class NotAPdf(UserError):
    """The file is something other than a PDF."""

    def __init__(self) -> None:
        super().__init__(
            "The file is not a PDF.", "Choose the determination letter's PDF, or save it as PDF."
        )


class PasswordNeeded(UserError):
    """The PDF asks for a password to be read, and none or a wrong one was given."""

    def __init__(self, *, wrong: bool = False) -> None:
        super().__init__(
            "The password does not open this PDF."
            if wrong
            else "The PDF is protected by a password.",
            "Give the password it was sent with, or ask the sender for an open copy.",
        )
        self.wrong = wrong


class DamagedPdf(UserError):
    """The file claims to be a PDF, yet no page can be got out of it."""

    def __init__(self) -> None:
        super().__init__(
            "The PDF is damaged and no page of it can be read.", "Fetch the letter again."
        )


class TookTooLong(UserError):
    """Reading was stopped after its time limit."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"Reading the PDF was stopped: it took longer than {seconds:g} seconds.",
            "The file may be damaged or not a letter at all; fetch it again or leave it out.",
        )


class TooMuchMemory(UserError):
    """Reading was stopped at its memory limit."""

    def __init__(self, megabytes: int) -> None:
        super().__init__(
            f"Reading the PDF was stopped: it needed more than {megabytes} MB of memory.",
            "The file may be damaged or not a letter at all; fetch it again or leave it out.",
        )


class ReadingStopped(UserError):
    """Reading was stopped from outside, or the reading process ended by itself."""

    def __init__(self) -> None:
        super().__init__("Reading the PDF was stopped before it was done.", "Open it again.")


class ReaderFailed(UserError):
    """The program itself failed at a file: `kind` and `where` name the error and its place."""

    def __init__(self, kind: str, where: str) -> None:
        at = f" in {where}" if where else ""
        super().__init__(
            f"The program failed at this PDF ({kind}{at}).",
            "Nothing else is affected. Pass that line on to who looks after the program.",
        )


class TooHeavy(UserError):
    """A page cannot be drawn within its limits: `seconds`, or else the memory."""

    def __init__(self, page: int, seconds: float = 0.0) -> None:
        if seconds:
            what = f"Page {page} takes too long to draw: more than {seconds:g} seconds."
        else:
            what = f"Page {page} needs too much memory to be drawn."
        super().__init__(what, "Its text is read all the same; the other pages can be used.")
        self.page = page
        self.seconds = seconds


BY_NAME: dict[str, Callable[[], UserError]] = {
    kind.__name__: kind for kind in (EmptyFile, NotAPdf, PasswordNeeded, DamagedPdf)
}
"""The errors that reading itself raises, by the name they cross a process border with."""

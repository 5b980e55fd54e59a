"""Whether patient data is hidden, and what is told where it would have to be shown."""

from __future__ import annotations

from app.ui.notice_bar import Kind, NoticeBar


class HiddenData:
    """No window that shows patient data opens while it is hidden."""

    def __init__(self, notice: NoticeBar) -> None:
        self._notice = notice
        self._masked = False

    def set_masked(self, masked: bool) -> None:
        """Hide patient data, or show it."""
        self._masked = masked
        self._notice.retract(Kind.MASKED)

    def tell_masked(self, what_for: str = "open this window") -> None:
        """Say that patient data is hidden, and what it has to be shown for."""
        self._notice.tell(
            Kind.MASKED,
            f"Patient data is hidden. Show it (Ctrl+Shift+H) to {what_for}.",
            holds=self._is_masked,
        )

    def _is_masked(self) -> bool:
        return self._masked

    def refuses(self) -> bool:
        """Whether a window may not open now; that is told then."""
        if self._masked:
            self.tell_masked()
        return self._masked

"""Where Python's garbage is collected: on the main thread only.

The collector runs in whichever thread happens to allocate. In a worker it would destroy widgets
there, which Qt forbids: timers complain and the program crashes.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1000


class MainThreadGarbage(QObject):
    """Turns automatic collection off and does the same work between two events."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        self._set_aside: set[int] = set()
        gc.disable()
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._timer.start()

    def set_start_aside(self) -> None:
        """Modules, classes and the window itself are there for good: no round goes through them."""
        gc.freeze()
        self._set_aside.add(0)

    def stop(self) -> None:
        """Automatic collection again."""
        self._timer.stop()
        if self._set_aside:
            gc.unfreeze()
        gc.enable()

    def _on_timer_timeout(self) -> None:
        # The oldest generation that is due, as the collector itself would choose.
        counts = gc.get_count()
        for generation in (2, 1, 0):
            if counts[generation] > self._thresholds[generation]:
                if generation in self._set_aside or not generation:
                    gc.collect(generation)
                else:
                    # Word lists, library and engines come with the first letters and are there for
                    # good as well: they are set aside where a longer round would go through them
                    # for the first time, which would hold the window up for a tenth of a second.
                    gc.collect(generation - 1)
                    gc.freeze()
                    self._set_aside.add(generation)
                return

"""How what may not end is stopped: work runs in warm processes of its own, with limits.

A hostile or damaged file can keep an engine in C busy for ever or eat all memory, and such an
engine cannot be interrupted from within. Which work runs where is the business of the services: a
role is a module of theirs with `tasks()`, and what crosses the border are bytes that they pack.
"""

from app.services.guard.pool import Pool
from app.services.guard.process import (
    Ended,
    Failed,
    GuardedProcess,
    OutOfMemory,
    Task,
    TimedOut,
)
from app.services.guard.shared import SharedBytes
from app.services.guard.watch import Progress, Watch

__all__ = [
    "Ended",
    "Failed",
    "GuardedProcess",
    "OutOfMemory",
    "Pool",
    "Progress",
    "SharedBytes",
    "Task",
    "TimedOut",
    "Watch",
]

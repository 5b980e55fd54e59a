"""The modules here that speak SQLAlchemy, each imported when it is first used: see `plain`."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.services.store import cases, compare, history, journal, marks, recognised

__all__ = ["cases", "compare", "history", "journal", "marks", "recognised"]


def __getattr__(name: str) -> ModuleType:
    if name not in __all__:
        raise AttributeError(name)
    return import_module(f"app.services.store.{name}")

"""Garbage is collected on the main thread, and only there."""

from __future__ import annotations

import gc
import weakref

from pytestqt.qtbot import QtBot

from app.ui.garbage import MainThreadGarbage


class _Node:
    """Two of these hold each other: only the collector can free them."""

    other: _Node | None = None


def _ring() -> weakref.ref[_Node]:
    one, two = _Node(), _Node()
    one.other, two.other = two, one
    return weakref.ref(one)


def test_it_takes_the_place_of_the_automatic_collection(qtbot: QtBot) -> None:
    garbage = MainThreadGarbage()
    try:
        assert not gc.isenabled()
        lost = _ring()
        kept = [_Node() for _ in range(5000)]  # enough for the youngest generation to be due
        qtbot.waitUntil(lambda: lost() is None, timeout=5000)
        assert kept
    finally:
        garbage.stop()
    assert gc.isenabled()
    gc.disable()  # as the fixture of these tests has it


def test_what_the_start_has_made_is_set_aside_once(qtbot: QtBot) -> None:
    gc.unfreeze()
    garbage = MainThreadGarbage()
    try:
        for _ in range(gc.get_threshold()[1] + 1):
            gc.collect(0)  # so often that the next generation is due
        qtbot.waitUntil(lambda: gc.get_freeze_count() > 0, timeout=5000)
        lost = _ring()
        gc.collect()
        assert lost() is None  # what came after it is collected as ever
    finally:
        garbage.stop()
    assert gc.get_freeze_count() == 0
    gc.disable()  # as the fixture of these tests has it

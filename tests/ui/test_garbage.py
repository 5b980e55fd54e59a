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


def _make_due(generation: int) -> None:
    """What the collector itself would go through next."""
    if generation == 0:
        kept.extend(_Node() for _ in range(gc.get_threshold()[0] + 1))
        return
    for _ in range(gc.get_threshold()[generation] + 1):
        gc.collect(generation - 1)


kept: list[_Node] = []


def test_it_takes_the_place_of_the_automatic_collection(qtbot: QtBot) -> None:
    garbage = MainThreadGarbage()
    try:
        assert not gc.isenabled()
        lost = _ring()
        kept = [_Node() for _ in range(5000)]  # enough for the youngest generation to be due
        qtbot.waitUntil(lambda: lost() is None)
        assert kept
    finally:
        garbage.stop()
    assert gc.isenabled()
    gc.disable()  # as the fixture of these tests has it


def test_what_comes_with_the_first_letters_is_set_aside_once_a_longer_round(qtbot: QtBot) -> None:
    gc.unfreeze()
    garbage = MainThreadGarbage()
    try:
        for generation in (1, 2):
            _make_due(generation)
            held = gc.get_freeze_count()
            qtbot.waitUntil(lambda held=held: gc.get_freeze_count() > held)
        held = gc.get_freeze_count()
        lost = _ring()
        _make_due(2)
        qtbot.waitUntil(lambda: lost() is None)  # what came after it is collected
        assert gc.get_freeze_count() <= held  # one of them may have gone by itself
    finally:
        garbage.stop()
    assert gc.get_freeze_count() == 0
    gc.disable()  # as the fixture of these tests has it


def test_no_round_goes_through_what_the_start_has_made(qtbot: QtBot) -> None:
    gc.unfreeze()
    garbage = MainThreadGarbage()
    try:
        made = [_Node() for _ in range(5000)]
        garbage.set_start_aside()
        assert gc.get_freeze_count() >= len(made)
        assert not {id(one) for one in made} & {id(one) for one in gc.get_objects()}
        lost = _ring()
        _make_due(0)
        qtbot.waitUntil(lambda: lost() is None)  # what came after it is collected
    finally:
        garbage.stop()
    assert gc.get_freeze_count() == 0
    gc.disable()  # as the fixture of these tests has it

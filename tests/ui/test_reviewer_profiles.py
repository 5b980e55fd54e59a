"""Credentials are kept once, filled in as one step, and forgotten."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from app.letter import Letter, Reviewer
from app.services.reviewer_profiles import PROFILES, keep_profile, profile_words, profiles
from app.ui.reviewer_profiles import ReviewerProfiles
from tests.ui.desk import Desk

PAIN = Reviewer(licensure=("California",), specialties=("Anesthesiology", "Pain Medicine"))


def menu_of(desk: Desk) -> QMenu:
    made = desk.window.findChild(ReviewerProfiles)
    assert made is not None
    return made.menu()


def action(menu: QMenu, words: str) -> QAction:
    return next(one for one in menu.actions() if one.text() == words)


def test_they_are_filled_in_as_one_step(open_desk: Desk) -> None:
    before = open_desk.document.letter.reviewer
    keep_profile(open_desk.store, PAIN)
    menu = menu_of(open_desk)
    action(menu, "Anesthesiology, Pain Medicine · California").trigger()
    assert open_desk.document.letter.reviewer == PAIN
    open_desk.trigger("undo")
    assert open_desk.document.letter.reviewer == before


def test_those_of_the_letter_are_kept_once_and_forgotten(open_desk: Desk) -> None:
    here = open_desk.document.letter.reviewer
    action(menu_of(open_desk), "Keep the credentials of this letter").trigger()
    assert profiles(open_desk.store) == (here,)
    menu = menu_of(open_desk)
    assert not action(menu, "Keep the credentials of this letter").isEnabled()
    forget = action(menu, "Forget").menu()
    assert isinstance(forget, QMenu)
    action(forget, profile_words(here)).trigger()
    assert profiles(open_desk.store) == ()


def test_what_is_kept_wrongly_is_passed_over(desk: Desk) -> None:
    for kept in (None, "x", [1, {"licensure": 3}, {"licensure": ["Ohio"]}]):
        desk.store.save_setting(PROFILES, kept)
        assert len(profiles(desk.store)) == (1 if isinstance(kept, list) else 0)


def test_an_empty_letter_has_none_to_keep(desk: Desk) -> None:
    desk.window.new_letters.begin(Letter())
    desk.wait_until(lambda: desk.document.is_open)
    assert desk.document.letter == Letter()
    assert not action(menu_of(desk), "Keep the credentials of this letter").isEnabled()

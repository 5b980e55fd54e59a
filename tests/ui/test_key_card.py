"""The card of keys holds the user's own keys, and all of them."""

from __future__ import annotations

from datetime import date

import pymupdf

from app.paths import FONTS, TEMPLATES
from app.services.conformance import verdict
from app.services.rendering.report_pdf import ReportRenderer
from app.ui.actions import FIXED
from app.ui.key_card import key_card
from tests.ui.desk import Desk

DAY = date(2026, 1, 5)


def test_the_card_is_written_with_the_keys_in_force(desk: Desk) -> None:
    out = desk.folder / "keys.pdf"
    desk.window.exporter.ask_path = lambda *_: out
    desk.window.commands.apply_keys({"backup": "Ctrl+Alt+B", "find": ""})
    desk.trigger("key_card")
    desk.wait_until(out.exists)
    with pymupdf.open(out) as document:
        text = " ".join(word[4] for page in document for word in page.get_text("words"))
        assert len(document) <= 2
    for words in (
        "Ctrl+Alt+B Back up now",
        "F8 Next doubt",
        "Ctrl+drag on the page Fill the field",
    ):
        assert words in text
    assert "Find on the page" not in text
    assert desk.store.cases() == ()


def test_the_card_keeps_the_standards_and_names_every_key(desk: Desk) -> None:
    card = key_card(desk.window.commands, DAY)
    named = sum(len(group.keys) for group in card.groups)
    assert named == len(FIXED) + sum(bool(action.shortcuts()) for _, action in desk.window.commands)
    judged = verdict(ReportRenderer(TEMPLATES, FONTS).render(card))
    assert judged is not None
    assert judged.failures == ()

"""A house adds a rule of its own, and it is checked."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from app.services.checks import HouseRule, Severity
from app.services.settings import Settings, read_settings
from app.ui.dialogs.house_rules import HouseRules
from tests.ui.desk import Desk
from tests.ui.made_letters import write_pdf


def _line(page: HouseRules, name: str) -> QLineEdit:
    return next(line for line in page.findChildren(QLineEdit) if line.accessibleName() == name)


def test_a_rule_is_added_changed_and_removed(qtbot: QtBot) -> None:
    page = HouseRules(())
    qtbot.addWidget(page)
    add, remove = page.findChildren(QPushButton)
    assert not remove.isEnabled()
    with qtbot.waitSignal(page.rules_changed):
        add.click()
    QTest.keyClicks(_line(page, "Words"), "claimant")
    (rule,) = page.rules
    assert (rule.field, rule.pattern, rule.must) == ("issue.rationale", "claimant", False)
    listed = page.findChild(QListWidget)
    assert listed is not None
    assert "claimant" in listed.item(0).text()
    QTest.mouseClick(remove, Qt.MouseButton.LeftButton)
    assert page.rules == ()


def test_a_pattern_that_is_none_is_told_in_place(qtbot: QtBot) -> None:
    page = HouseRules(
        (HouseRule(id="house-1", field="issue.rationale", pattern="(", is_regex=True),)
    )
    qtbot.addWidget(page)
    page.show()
    assert "no regular expression" in page._problem.text()


def test_kept_rules_come_back_and_a_wrong_one_costs_no_other() -> None:
    good = {"id": "house-1", "field": "issue.rationale", "pattern": "x"}
    kept = {"house_rules": [good, {"id": 3}, {**good, "field": "nonesuch"}]}
    assert [rule.id for rule in read_settings(kept).house_rules] == ["house-1"]
    assert read_settings({"house_rules": "x"}) == Settings()


def test_the_rule_is_checked_in_the_open_letter(desk: Desk, tmp_path: Path) -> None:
    desk.open(write_pdf(tmp_path / "letter.pdf"))
    rule = HouseRule(
        id="house-1",
        field="issue.rationale",
        pattern="red flags",
        severity=Severity.ERROR,
        sentence="The house does not speak of red flags.",
    )
    desk.window.departure.take_settings(Settings(house_rules=(rule,)))
    desk.wait_until(lambda: any("red flags" in f.sentence for f in desk.window.checks.errors))

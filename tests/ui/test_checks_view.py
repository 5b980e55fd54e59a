"""Findings in the window: told by severity, gone to, mended, set aside with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.letter import FieldId
from app.services.checks import Finding, Severity
from app.services.store import Scope
from tests.ui.desk import Desk
from tests.ui.letter_files import letter_file


@pytest.fixture
def broken(desk: Desk) -> Desk:
    """A letter whose first item is decided against its own rationale."""
    desk.open(letter_file(desk.folder))
    desk.settle()
    desk.trigger("checks")
    issue = desk.document.letter.issues[0].id
    decision = FieldId("issue.decision", issue)
    desk.document.edit(decision, "Overturned")
    desk.wait_until(lambda: any(one.field == decision for one in desk.window.checks.errors))
    desk.settle()
    return desk


def select(desk: Desk, finding: Finding) -> None:
    desk.window.checks._select(finding.key)
    assert desk.window.checks._current() == finding


def test_a_contradiction_is_an_error_and_is_counted(broken: Desk) -> None:
    checks = broken.window.checks
    severities = {finding.severity for finding in checks.findings}
    assert Severity.ERROR in severities
    assert f"{len(checks.errors)} errors" in broken.window.top_bar._checks.accessibleName()
    had = len(checks.errors)
    broken.trigger("undo")
    broken.wait_until(lambda: len(checks.errors) < had)


def test_a_finding_leads_to_its_field(broken: Desk) -> None:
    finding = broken.window.checks.errors[0]
    select(broken, finding)
    broken.window.fields.go_to(FieldId("header.case_number"))
    QTest.mouseClick(broken.window.checks._go, Qt.MouseButton.LeftButton)
    assert broken.document.current_field == finding.field


@pytest.mark.parametrize("scope", list(Scope))
def test_a_finding_is_set_aside_with_a_reason_and_can_be_recalled(
    broken: Desk, scope: Scope
) -> None:
    checks = broken.window.checks
    finding = checks.errors[0]
    select(broken, finding)
    menu = checks._dismiss.menu()
    action = next(a for a in menu.actions() if a.data() == scope)
    action.trigger()
    QTest.keyClick(checks.reason_line, Qt.Key.Key_Return)
    assert finding in checks.findings, "no reason, no dismissal"
    QTest.keyClicks(checks.reason_line, "checked with the office")
    QTest.keyClick(checks.reason_line, Qt.Key.Key_Return)
    broken.settle()
    assert finding not in checks.findings
    case_id = broken.window.session.case_id
    assert case_id is not None
    kept = broken.store.case(case_id).dismissals
    assert [(one.scope, one.reason) for one in kept] == [(scope, "checked with the office")]
    checks.recalled.emit()
    broken.settle()
    assert finding in checks.findings


def test_errors_keep_the_letter_until_a_reason_is_given(broken: Desk, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    broken.window.exporter.ask_path = lambda _name, _filter: out
    broken.trigger("export_pdf")
    broken.settle()
    assert not out.exists()
    line = broken.window.checks.reason_line
    assert line.isVisible()
    QTest.keyClicks(line, "agreed by telephone")
    QTest.keyClick(line, Qt.Key.Key_Return)
    broken.wait_until(out.exists)
    broken.settle()
    case_id = broken.window.session.case_id
    assert case_id is not None
    assert {one.reason for one in broken.store.case(case_id).dismissals} == {"agreed by telephone"}

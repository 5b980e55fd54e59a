"""What is said beside a field, and that nothing is said twice."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from app.evidence import Doubt, Evidence, ParseResult
from app.letter import FIELDS, FieldId, Header, Issue, Letter, Patient, Reviewer
from app.services.checks import Finding, Severity, Source
from app.ui.form.field_row import FieldRow
from app.ui.form.guideline_editor import GuidelineEditor
from tests.ui.desk import Desk
from tests.ui.form.rows import focus, row_of, value_of

INJURY = FieldId("header.date_of_injury")
SPECIALTIES = FieldId("reviewer.specialties")
AGE = FieldId("patient.age")
IN_SUMMARY = FieldId("patient.date_of_injury")


def show(desk: Desk, doubts: dict[FieldId, tuple[str, tuple[str, ...]]]) -> None:
    """A letter of three fields, each with the doubt and the other values told."""
    read = Letter(
        header=Header(case_number="CM16-0200001", date_of_injury=date(2016, 9, 13)),
        reviewer=Reviewer(specialties=("Internal Medicine", "Pain Managment")),
        patient=Patient(age=47),
    )
    evidence = {
        field: Evidence(doubts=(doubt_of(why),), others=other)
        for field, (why, other) in doubts.items()
    }
    desk.document.load(ParseResult(letter=read, evidence=evidence, layout="maximus-2016"))


DAYS = ("09/13/2016", "09/18/2016")


def doubt_of(words: str, *related: FieldId) -> Doubt:
    return Doubt(words=words, rule="injury-date", values=DAYS, related=related)


def ways_out(row: FieldRow) -> list[str]:
    return [one.text() for one in row.findChildren(QPushButton) if one.isVisible()]


def finding(
    sentence: str,
    field: FieldId = INJURY,
    rule: str = "injury-date",
    values: tuple[str, ...] = (),
) -> Finding:
    return Finding(
        rule=rule,
        severity=Severity.ERROR,
        sentence=sentence,
        field=field,
        source=Source(kind="house", cite=""),
        remedy="",
        key=sentence,
        alike=rule,
        values=values,
    )


@pytest.mark.parametrize(
    ("field", "others", "buttons", "value"),
    [
        (INJURY, ("09/18/2016",), ["Use 09/18/2016"], date(2016, 9, 18)),
        (INJURY, ("9-18-16", "09/13/2016", "soon"), ["Use 09/18/2016"], date(2016, 9, 18)),
        (AGE, ("48", "49"), ["Use 48", "Use 49"], 48),
        (
            SPECIALTIES,
            ("Internal Medicine, Pain Management",),
            ["Use Pain Management"],
            ("Internal Medicine", "Pain Management"),
        ),
    ],
)
def test_each_other_value_has_a_button_that_puts_it_there(
    desk: Desk, field: FieldId, others: tuple[str, ...], buttons: list[str], value: object
) -> None:
    show(desk, {field: ("Something else is said elsewhere.", others)})
    row = row_of(desk, field.name)
    shown = [words for words in ways_out(row) if words.startswith("Use")]
    assert shown == buttons
    button = next(one for one in row.findChildren(QPushButton) if one.text() == buttons[0])
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert value_of(desk, field.name) == value
    assert "Use read value" in ways_out(row)
    desk.trigger("undo")
    assert [words for words in ways_out(row) if words.startswith("Use")] == buttons


def test_a_key_given_anew_is_the_one_that_is_named(desk: Desk) -> None:
    commands = desk.window.commands
    commands.apply_keys({"use_other": "F12", "cite": "Ctrl+Alt+C"})
    show(desk, {INJURY: ("The summary differs.", ("09/18/2016",))})
    buttons = row_of(desk, INJURY.name).findChildren(QPushButton)
    assert "Put 09/18/2016 here and go on (F12)" in [one.toolTip() for one in buttons]
    editor = desk.window.form._rows["issue.maximus_guideline"].editor
    assert isinstance(editor, GuidelineEditor)
    cite = editor._cite
    assert cite.property("text") == "Cite…  Ctrl+Alt+C"
    commands.apply_keys({})
    assert cite.property("text") == "Cite…  Ctrl+K"


def test_one_key_takes_the_other_value_and_goes_on(desk: Desk) -> None:
    show(desk, {INJURY: ("The summary differs.", ("09/18/2016",)), AGE: ("Two ages.", ("48",))})
    desk.window.fields.go_to(INJURY)
    desk.trigger("use_other")
    assert value_of(desk, INJURY.name) == date(2016, 9, 18)
    assert desk.document.current_field in desk.document.doubts
    desk.window.fields.go_to(AGE)
    desk.trigger("use_other")
    assert value_of(desk, AGE.name) == 48
    desk.window.fields.go_to(FieldId("header.case_number"))
    desk.trigger("use_other")
    assert desk.window.notice.words == "No other value is known for this field."


def test_a_value_that_was_put_right_elsewhere_is_not_offered_any_more(desk: Desk) -> None:
    """Two fields that differ each offer the other's value, until one has taken it over."""
    show(desk, {})
    document = desk.document
    read = replace(document.parsed.letter, patient=Patient(date_of_injury=date(2016, 9, 18)))
    evidence = {
        INJURY: Evidence(doubts=(doubt_of("The summary differs."),), others=("09/18/2016",)),
        IN_SUMMARY: Evidence(doubts=(doubt_of("The header differs."),), others=("09/13/2016",)),
    }
    document.load(ParseResult(letter=read, evidence=evidence, layout="maximus-2016"))
    assert desk.window.form.others(IN_SUMMARY) == (date(2016, 9, 13),)
    desk.window.fields.use_other(INJURY)
    assert desk.window.form.others(IN_SUMMARY) == ()
    assert "Use 09/13/2016" not in ways_out(row_of(desk, IN_SUMMARY.name))
    desk.trigger("undo")
    assert desk.window.form.others(IN_SUMMARY) == (date(2016, 9, 13),)


@pytest.mark.parametrize(
    ("rule", "values", "told"),
    [
        ("injury-date", DAYS, False),
        ("injury-date", DAYS[::-1], False),
        ("injury-date", ("09/13/2016", "09/19/2016"), True),
        ("dates-order", DAYS, True),
        ("injury-date", (), True),
    ],
)
def test_a_finding_that_only_repeats_the_doubt_is_not_told_again(
    desk: Desk, rule: str, values: tuple[str, ...], told: bool
) -> None:
    sentence = "UR denial date (09/13/2016) is before Date of injury (09/18/2016)."
    show(desk, {INJURY: ("The header says 09/13/2016, the summary 09/18/2016.", ())})
    desk.window.form.show_findings([finding(sentence, rule=rule, values=values)])
    assert (row_of(desk, INJURY.name).found == f"✕ {sentence}") is told
    desk.document.confirm(INJURY)
    assert row_of(desk, INJURY.name).found == f"✕ {sentence}"


def test_a_finding_alone_offers_no_way_out_of_a_doubt(desk: Desk) -> None:
    show(desk, {})
    desk.window.form.show_findings([finding("The date of injury looks odd.")])
    row = row_of(desk, INJURY.name)
    assert row.found == "✕ The date of injury looks odd."
    assert ways_out(row) == []


def test_an_empty_field_is_called_empty_once(desk: Desk) -> None:
    show(desk, {})
    field = FieldId("header.date_assigned")
    empty = finding("Date assigned is empty.", field, "header-field-missing")
    desk.window.form.show_findings([empty])
    row = row_of(desk, field.name)
    assert row._mark_word.text() == "missing"
    assert row.found == ""


def test_tab_goes_from_field_to_field_past_what_is_offered(desk: Desk) -> None:
    """Space behind a Tab never takes back what was just typed."""
    show(desk, {INJURY: ("The summary differs.", ("09/18/2016",))})
    line = desk.editor(INJURY.name)
    desk.type(line, "09/20/2016")
    met: list[str] = []
    for _ in range(12):
        QTest.keyClick(focus(desk), Qt.Key.Key_Tab)
        rows = desk.window.form._rows.values()
        found = [row.spec.name for row in rows if row.editor.isAncestorOf(focus(desk))]
        assert len(found) == 1
        met.append(found[0])
        assert desk.document.current_field is not None
        assert desk.document.current_field.name == found[0]
    names = [spec.name for spec in FIELDS if not spec.name.startswith("cover.")]
    start = names.index(INJURY.name) + 1
    assert met == names[start : start + 12]
    desk.editor(INJURY.name)
    QTest.keyClick(focus(desk), Qt.Key.Key_Tab)
    QTest.keyClick(focus(desk), Qt.Key.Key_Space)
    assert value_of(desk, INJURY.name) == date(2016, 9, 20)


def test_what_is_postponed_is_marked_with_its_note(desk: Desk) -> None:
    show(desk, {INJURY: ("The summary differs.", ())})
    desk.document.postpone(INJURY, "ask the office")
    row = row_of(desk, INJURY.name)
    assert row._mark_word.text() == "postponed"
    assert row.words == "ask the office\nThe summary differs."
    assert "postponed" in (row.editor.focusProxy() or row).accessibleDescription()
    desk.document.resume(INJURY)
    assert (row._mark_word.text(), row.words) == ("check", "The summary differs.")


def test_what_the_drug_list_of_the_day_says_stands_calmly_at_the_item(desk: Desk) -> None:
    asked = (Issue(id=1, title="Cyclobenzaprine 7.5mg #60"), Issue(id=2, title="MRI, left knee"))
    letter = Letter(header=Header(decision_date=date(2021, 3, 2)), issues=asked, issues_made=2)
    desk.document.load(ParseResult(letter=letter, evidence={}, layout="maximus-2016"))
    title = FieldId("issue.title", 1)
    row = row_of(desk, title.name, 1)
    desk.wait_until(lambda: "MTUS Drug List v. 8, in force from 02/01/2021" in shown(row))
    assert "are not loaded" in shown(row)
    assert not any(label.property("tone") == "error" for label in labels(row))
    desk.document.edit(FieldId("header.decision_date"), date(2016, 3, 2))
    desk.wait_until(lambda: "Drug List" not in shown(row))
    desk.document.edit(FieldId("header.decision_date"), date(2024, 3, 2))
    desk.wait_until(lambda: "v. 11.1, in force from 02/15/2024" in shown(row))
    desk.document.edit(title, "MRI of the brain")
    desk.wait_until(lambda: "Drug List" not in shown(row))


def labels(row: FieldRow) -> list[QLabel]:
    return [one for one in row.findChildren(QLabel) if one.isVisible()]


def shown(row: FieldRow) -> str:
    return "\n".join(label.text() for label in labels(row))

"""Letters that nobody has opened are listed by the rules as they are now."""

from __future__ import annotations

from msgspec.structs import replace

from app.letter import FieldId
from app.services.checks import HouseRule, Severity
from app.services.recounting import STAMP, recount, stamp_of
from app.services.settings import Settings
from app.services.store import Marks, Scope
from tests.ui.desk import Desk
from tests.ui.letter_files import letter_files

NO_MRI = HouseRule(
    id="house-1", field="issue.title", pattern="MRI", severity=Severity.ERROR, sentence="No MRI."
)


def errors(desk: Desk) -> list[int]:
    desk.session_settled()
    return [case.errors for case in desk.window.queue.listed()]


def change(desk: Desk, settings: Settings) -> None:
    """As the settings do when something in them was changed; waits until it is counted."""
    desk.window.beside.settings.take(settings)
    desk.window.recounter.look()
    desk.settle()


def test_a_changed_rule_shows_at_letters_that_were_never_opened(desk: Desk) -> None:
    desk.window.take_in(letter_files(desk.folder, 3))
    desk.wait_until(lambda: len(desk.store.cases()) == 3)
    desk.settle()
    usual = desk.window.beside.settings.current()
    desk.window.recounter.look()  # as it does soon after the start
    desk.settle()
    before = errors(desk)
    change(desk, replace(usual, house_rules=(NO_MRI,)))
    assert errors(desk) == [count + 1 for count in before]
    assert desk.store.setting(STAMP) == stamp_of(desk.store, desk.window.beside.settings.current())
    change(desk, usual)
    assert errors(desk) == before


def test_what_is_no_matter_of_rules_counts_nothing(desk: Desk) -> None:
    usual = desk.window.beside.settings.current()
    assert stamp_of(desk.store, usual) == stamp_of(desk.store, replace(usual, by="Another"))
    assert stamp_of(desk.store, usual) != stamp_of(desk.store, replace(usual, days_to_decide=45))


def test_what_is_set_aside_for_all_letters_counts_at_all(desk: Desk) -> None:
    desk.window.take_in(letter_files(desk.folder, 2))
    desk.wait_until(lambda: len(desk.store.cases()) == 2)
    desk.settle()
    before = stamp_of(desk.store, desk.window.beside.settings.current())
    case_id = desk.store.cases()[1].id
    desk.store.dismiss(case_id, "some-rule", scope=Scope.ALWAYS, reason="so printed", by="tester")
    assert stamp_of(desk.store, desk.window.beside.settings.current()) != before


def test_what_was_put_off_or_changed_meanwhile_is_left_as_it_is(desk: Desk) -> None:
    desk.window.take_in(letter_files(desk.folder, 2))
    desk.wait_until(lambda: len(desk.store.cases()) == 2)
    desk.settle()
    _, other = (case.id for case in desk.store.cases())
    for field in ("header.date_of_injury", "patient.date_of_injury"):
        desk.store.put_marks(other, FieldId(field).key, Marks(note="Ask"), by="tester")
    counted = desk.store.summary(other)
    desk.store.put_marks(other, "header.priority", Marks(note="Ask"), by="tester")
    desk.store.set_left(other, 77, 7, unless_changed_since=counted.changed_at)
    assert desk.store.summary(other).doubts == counted.doubts
    known = desk.library.guidelines
    args = (desk.store, desk.reader, Settings(), [other])
    assert not recount(*args, guidelines=known, stopped=lambda: True)
    assert recount(*args, guidelines=known, stopped=lambda: False)
    assert desk.store.summary(other).doubts == 0
    (desk.data / "files").rename(desk.data / "elsewhere")
    assert recount(*args, guidelines=known, stopped=lambda: False)  # as before, and no failure

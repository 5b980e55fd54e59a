"""The library's window: each control does its job on the real library."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QToolButton

from app.letter import Citation, Decision, Guideline, Issue, Letter, Source
from app.services.library import Entry, Library, compare, copy_of
from app.services.library.exchange import WRITTEN, Format, export_entries
from app.services.library.values import CONTENT_FIELDS
from app.ui.citing.difference_table import Keep
from app.ui.citing.entry_fields import ENTRY_FIELDS, read_sections, write_sections
from app.ui.citing.entry_table import Force
from app.ui.citing.manager import LibraryManager
from tests.ui.accessibility import walk
from tests.ui.citing.conftest import Hand

Key = Qt.Key


def test_the_table_is_searched_filtered_and_sorted(hand: Hand, library: Library) -> None:
    page = hand.manager.page
    hand.find("low back")
    assert hand.titles
    assert all(
        "low back" in str(library.get(page.model.index(row, 0).data(0x100).id)).lower()
        for row in range(page.model.rowCount())
    )
    hand.find("")
    page.source.setCurrentText("ODG")
    page.source.activated.emit(page.source.currentIndex())
    hand.settle()
    shown = library.entries(source=Source.ODG)
    assert len(hand.titles) == len(shown) > 3
    ascending = hand.titles
    page.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    hand.settle()
    assert hand.titles == ascending[::-1]


def test_the_table_shows_what_was_in_force_on_a_day(hand: Hand) -> None:
    page = hand.manager.page
    hand.find("low back")
    page.force.setCurrentIndex(page.force.findData(Force.IN_FORCE))
    page.force.activated.emit(page.force.currentIndex())
    page.day.selectAll()
    hand.qtbot.keyClicks(page.day, "11/09/2016")
    hand.qtbot.keyClick(page.day, Key.Key_Return)
    hand.settle()
    assert "Low Back Complaints" in hand.titles
    assert "Low Back Disorders" not in hand.titles


def test_a_wrong_day_is_marked_and_changes_nothing(hand: Hand) -> None:
    page = hand.manager.page
    page.force.setCurrentIndex(page.force.findData(Force.NOT_IN_FORCE))
    page.force.activated.emit(page.force.currentIndex())
    hand.settle()
    shown = hand.titles
    page.day.selectAll()
    hand.qtbot.keyClicks(page.day, "31/31/2016")
    hand.qtbot.keyClick(page.day, Key.Key_Return)
    hand.settle()
    assert page.day.property("wrong") is True
    assert hand.titles == shown


def test_details_tell_how_it_is_printed_used_and_what_came_after(
    hand: Hand, library: Library
) -> None:
    entry = library.search("low back complaints 2004")[0].entry
    assert entry.id is not None
    library.record_use(entry.id, "one", "MRI of the knee", Decision.UPHELD)
    hand.manager.refresh(entry.id)
    hand.settle()
    for words in (
        "Decision based on MTUS Low Back Complaints 2004.",
        "Decision based on MTUS ACOEM Chapter 12 Low Back Complaints.",
        "Cited once: 1 upheld.",
        "Low Back Disorders",
        "287–328 (not confirmed)",
        "Special Studies",
    ):
        assert words in hand.details


def test_a_new_entry_is_typed_and_saved(hand: Hand, library: Library) -> None:
    before = library.count()
    hand.do("new")
    hand.fill("title", "Return to Work Handbook")
    hand.fill("edition", "2015")
    hand.fill("publisher", "Made-up Press")
    with hand.qtbot.waitSignal(hand.manager.library_changed):
        hand.qtbot.keyClick(
            hand.manager.page.editor.findChild(QLineEdit, "title"),
            Key.Key_Return,
            Qt.KeyboardModifier.ControlModifier,
        )
    hand.settle()
    assert library.count() == before + 1
    assert hand.manager.page.current is not None
    assert hand.manager.page.current.title == "Return to Work Handbook"
    assert not hand.manager.page.is_editing


def test_what_the_law_asks_is_told_from_house_custom(hand: Hand) -> None:
    hand.do("new")
    kind = hand.manager.page.editor._boxes["kind"].editor
    kind.setCurrentText("MTUS guideline")
    kind.activated.emit(kind.currentIndex())
    hand.fill("title", "Made-up chapter")
    assert hand.says("edition").startswith("Regulation: 8 CCR 9792.21.1(d)(1)")
    assert hand.says("effective_from").startswith("House custom:")
    hand.fill("edition", "16")
    assert hand.says("edition").startswith("House custom:")


def test_what_is_wrong_keeps_the_entry_from_being_saved(hand: Hand, library: Library) -> None:
    before = library.count()
    hand.do("new")
    hand.manager.page.editor.save()
    assert hand.says("title") == "The title is missing."
    hand.fill("title", "Made-up")
    hand.fill("publication_date", "soon")
    hand.manager.page.editor.save()
    assert hand.says("publication_date") == "A date is typed as 12/31/2016."
    assert library.count() == before
    assert hand.manager.page.is_editing


def test_an_edit_is_undone_and_done_again(hand: Hand, library: Library) -> None:
    hand.find("acupuncture 2007")
    entry = hand.manager.page.current
    assert entry is not None
    assert entry.id is not None
    hand.do("edit")
    hand.fill("notes", "Six visits first.")
    hand.manager.page.editor.save()
    hand.settle()
    assert "Six visits first." in hand.details
    hand.do("undo")
    saved = library.get(entry.id)
    assert saved is not None
    assert saved.notes == ""
    hand.do("redo")
    saved = library.get(entry.id)
    assert saved is not None
    assert saved.notes == "Six visits first."


def test_several_are_deleted_and_brought_back_as_one_step(hand: Hand, library: Library) -> None:
    before = library.count()
    hand.find("complaints 2004")
    table = hand.manager.page.table
    hand.qtbot.keyClick(hand.manager.page.search, Key.Key_Down)
    table.selectAll()
    count = len(hand.manager.page.selected)
    assert count > 3
    hand.qtbot.keyClick(table, Key.Key_Delete)
    hand.settle()
    assert library.count() == before - count
    assert hand.titles == []
    assert f"{count} entries" in hand.manager.status
    hand.do("undo")
    assert library.count() == before


def test_a_duplicate_is_a_new_entry(hand: Hand, library: Library) -> None:
    hand.find("acupuncture 2007")
    before = library.count()
    hand.do("duplicate")
    hand.fill("title", "Acupuncture, own copy")
    hand.manager.page.editor.save()
    hand.settle()
    assert library.count() == before + 1


def test_what_is_being_typed_is_never_thrown_away(hand: Hand) -> None:
    hand.do("new")
    hand.fill("title", "Half typed")
    hand.do("new")
    assert "Save or cancel" in hand.manager.status
    title = hand.manager.page.editor.findChild(QLineEdit, "title")
    assert title is not None
    assert title.text() == "Half typed"
    hand.manager.close()
    hand.manager.show()
    assert title.text() == "Half typed"


def test_history_leads_back_to_older_values(hand: Hand, library: Library) -> None:
    entry = library.search("acupuncture 2007")[0].entry
    assert entry.id is not None
    library.save(replace(entry, notes="first"))
    library.save(replace(entry, notes="second"))
    hand.manager.refresh(entry.id)
    hand.settle()
    hand.do("history")
    view = hand.manager.history
    assert view.versions.count() == 2
    view.versions.setCurrentRow(0)
    assert view.table.item(0, 1).text() == "first"
    assert view.table.item(0, 2).text() == "second"
    hand.qtbot.mouseClick(view.restore, Qt.MouseButton.LeftButton)
    hand.settle()
    saved = library.get(entry.id)
    assert saved is not None
    assert saved.notes == "first"
    assert hand.manager.pages.currentWidget() is hand.manager.page


def test_duplicates_are_compared_and_made_one(hand: Hand, library: Library) -> None:
    one = library.save(
        Entry(title="Lumbar Handbook", publisher="Made-up Press", edition="2015", aliases=("LH",))
    )
    other = library.save(
        replace(copy_of(one), title="Lumbar Handbooks", notes="mine", aliases=("Handbook",))
    )
    assert one.id is not None
    assert other.id is not None
    hand.do("duplicates")
    view = hand.manager.duplicates
    row = next(
        row for row in range(view.groups.count()) if "Lumbar" in view.groups.item(row).text()
    )
    count = view.groups.count()
    view.groups.setCurrentRow(row)
    assert view.table.picks() == {
        "title": Keep.LEFT,
        "aliases": Keep.BOTH,
        "notes": Keep.RIGHT,
    }
    view.table.setFocus()
    view.table.setCurrentCell(0, 2)
    hand.qtbot.keyClick(view.table, Key.Key_Space)
    hand.qtbot.mouseClick(view.merge, Qt.MouseButton.LeftButton)
    hand.settle()
    saved = library.get(one.id)
    assert saved is not None
    assert (saved.title, saved.notes, saved.aliases) == (
        "Lumbar Handbooks",
        "mine",
        ("LH", "Handbook"),
    )
    assert library.get(other.id) == saved
    assert view.groups.count() == count - 1


def test_one_pair_after_another_is_answered_by_the_same_key(hand: Hand, library: Library) -> None:
    for name in ("Lumbar Handbook", "Pocket Book of Casts"):
        one = library.save(Entry(title=name, publisher="Press", edition="2015"))
        library.save(replace(copy_of(one), title=f"{name}s"))
    hand.do("duplicates")
    view = hand.manager.duplicates
    assert view.groups.count() == 2
    view.merge.setFocus()
    for left in (1, 0):
        hand.qtbot.keyClick(view.merge, Key.Key_Return)
        hand.settle()
        assert view.groups.count() == left
        assert hand.manager.pages.currentWidget() is view
        hand.qtbot.waitUntil(lambda: (view.merge if view.groups.count() else view.back).hasFocus())
    hand.qtbot.keyClick(view.back, Key.Key_Return)
    assert hand.manager.pages.currentWidget() is hand.manager.page


def test_what_is_different_stays_away(hand: Hand, library: Library) -> None:
    one = library.save(Entry(title="Lumbar Handbook", publisher="Press", edition="2015"))
    library.save(replace(copy_of(one), title="Lumbar Handbooks"))
    hand.do("duplicates")
    view = hand.manager.duplicates
    count = view.groups.count()
    hand.qtbot.mouseClick(view.keep_apart, Qt.MouseButton.LeftButton)
    assert view.groups.count() == count - 1
    hand.do("duplicates")
    assert view.groups.count() == count - 1


@pytest.mark.parametrize("file_format", WRITTEN)
def test_a_file_is_looked_at_before_it_is_taken_in(
    hand: Hand, library: Library, tmp_path: Path, file_format: Format
) -> None:
    there = library.search("acupuncture 2007")[0].entry
    new = Entry(title="Made-up Guideline", publisher="Press", edition="2015", key="made-up")
    same = library.search("knee complaints 2004")[0].entry
    data = export_entries([replace(there, notes="from the file"), new, same], file_format)
    path = tmp_path / f"other{file_format.value}"
    path.write_bytes(data)
    before = library.count()
    hand.manager.import_file(path)
    hand.settle()
    view = hand.manager.preview
    assert hand.manager.pages.currentWidget() is view
    assert view.about == "1 new, 1 changed, 1 same"
    assert view.differences.item(0, 2).text() == "from the file"
    assert library.count() == before
    # the changed one is ticked off: only the new one comes in
    view.table.setCurrentIndex(view.table.model().index(0, 0))
    hand.qtbot.keyClick(view.table, Key.Key_Space)
    assert view.apply.text() == "Import 1  Ctrl+Enter"
    hand.qtbot.mouseClick(view.apply, Qt.MouseButton.LeftButton)
    hand.settle()
    assert library.count() == before + 1
    assert library.search("acupuncture 2007")[0].entry.notes == ""
    assert hand.manager.pages.currentWidget() is hand.manager.page
    hand.do("undo")
    assert library.count() == before


def test_a_file_that_cannot_be_used_is_told_in_place(hand: Hand, tmp_path: Path) -> None:
    path = tmp_path / "other.bib"
    path.write_bytes(b"no references here")
    hand.manager.import_file(path)
    hand.settle()
    assert hand.manager.pages.currentWidget() is hand.manager.page
    assert hand.manager.status
    hand.manager.import_file(tmp_path / "missing.csv")
    hand.settle()
    assert "cannot be read" in hand.manager.status


@pytest.mark.parametrize("file_format", WRITTEN)
def test_what_the_table_shows_is_exported(
    hand: Hand, library: Library, tmp_path: Path, file_format: Format
) -> None:
    hand.find("complaints 2004")
    count = len(hand.titles)
    path = tmp_path / f"out{file_format.value}"
    hand.manager.export_file(path)
    hand.settle()
    assert f"{count} entries" in hand.manager.status
    hand.manager.import_file(path)
    hand.settle()
    assert hand.manager.preview.about == f"{count} same"


def test_citations_of_the_letter_are_offered(hand: Hand, library: Library) -> None:
    odd = Citation(source=Source.ODG, title="Odd Chapter", sections=("MRIs",))
    known = Citation(source=Source.MTUS, title="Low Back Complaints", edition="2004")
    letter = Letter(
        issues=(Issue(id=1, maximus_guideline=Guideline(text="x", citations=(odd, known))),),
        issues_made=1,
    )
    hand.manager.show_offers(letter)
    hand.settle()
    view = hand.manager.offers
    assert hand.manager.pages.currentWidget() is hand.manager.page
    hand.qtbot.mouseClick(hand.manager.strip.show_them, Qt.MouseButton.LeftButton)
    assert hand.manager.pages.currentWidget() is view
    assert view.ticked == (odd,)
    hand.qtbot.mouseClick(view.add, Qt.MouseButton.LeftButton)
    hand.settle()
    assert library.entry_for(odd) is not None
    hand.manager.show_offers(letter)
    hand.settle()
    assert not hand.manager.strip.isVisible()
    assert view.list.count() == 0
    assert not view.add.isEnabled()


def test_escape_leads_back_from_a_page(hand: Hand) -> None:
    hand.do("duplicates")
    hand.qtbot.keyClick(hand.manager.duplicates.groups, Key.Key_Escape)
    assert hand.manager.pages.currentWidget() is hand.manager.page
    assert hand.manager.isVisible()


@pytest.mark.parametrize("page", ["table", "new", "edit", "duplicates", "history"])
def test_every_control_has_a_name_and_is_reached(hand: Hand, page: str) -> None:
    if page != "table":
        hand.do(page)
    assert walk(hand.manager) == []


def test_every_control_of_the_pages_of_work_has_a_name(
    hand: Hand, library: Library, tmp_path: Path
) -> None:
    there = library.search("acupuncture 2007")[0].entry
    path = tmp_path / "other.csv"
    path.write_bytes(export_entries([replace(there, notes="other")], Format.CSV))
    hand.manager.import_file(path)
    hand.settle()
    assert walk(hand.manager) == []
    hand.qtbot.keyClick(hand.manager.preview.table, Key.Key_Escape)
    odd = Citation(source=Source.ODG, title="Odd Chapter")
    issue = Issue(id=1, maximus_guideline=Guideline(text="x", citations=(odd,)))
    hand.manager.show_offers(Letter(issues=(issue,), issues_made=1))
    hand.settle()
    assert walk(hand.manager) == []
    hand.qtbot.mouseClick(hand.manager.strip.show_them, Qt.MouseButton.LeftButton)
    assert walk(hand.manager) == []


def test_every_field_of_an_entry_can_be_edited() -> None:
    assert {field.name for field in ENTRY_FIELDS} == set(CONTENT_FIELDS)


def test_editing_and_saving_unchanged_changes_nothing(hand: Hand, library: Library) -> None:
    for entry in library.entries():
        hand.manager.page.editor.edit(entry)
        read, unreadable = hand.manager.page.editor._read()
        assert not unreadable
        assert compare(read, entry) == ()


def test_sections_are_typed_with_their_pages() -> None:
    typed = "Physical medicine | 98-99 ?\nMassage | 60\nSpecial Studies"
    assert write_sections(read_sections(typed)) == typed
    assert [section.confirmed for section in read_sections(typed)] == [False, True, False]


def test_the_day_of_today_is_the_first(manager: LibraryManager) -> None:
    assert manager.page.view().day == date.today()


def test_a_draft_from_the_letter_is_completed_and_saved(hand: Hand, library: Library) -> None:
    odd = Citation(source=Source.ODG, title="Odd Chapter")
    letter = Letter(
        issues=(Issue(id=1, maximus_guideline=Guideline(text="x", citations=(odd,))),),
        issues_made=1,
    )
    hand.manager.show_offers(letter)
    hand.settle()
    hand.qtbot.mouseClick(hand.manager.strip.show_them, Qt.MouseButton.LeftButton)
    hand.qtbot.mouseClick(hand.manager.offers.edit, Qt.MouseButton.LeftButton)
    hand.fill("edition", "2015")
    hand.manager.page.editor.save()
    hand.settle()
    entry = library.entry_for(odd)
    assert entry is not None
    assert entry.edition == "2015"


def test_excerpts_are_kept_with_their_place(hand: Hand, library: Library) -> None:
    hand.find("acupuncture 2007")
    hand.do("edit")
    box = hand.manager.page.editor._boxes["excerpts"].editor
    hand.qtbot.mouseClick(box._add, Qt.MouseButton.LeftButton)
    _, place, words = box._parts[0]
    hand.qtbot.keyClicks(place, "p. 8")
    hand.qtbot.keyClicks(words, "Three to six visits.")
    hand.manager.page.editor.save()
    hand.settle()
    (excerpt,) = library.search("acupuncture 2007")[0].entry.excerpts
    assert (excerpt.text, excerpt.place) == ("Three to six visits.", "p. 8")
    assert "Three to six visits." in hand.details


def test_keys_reach_every_page_of_work(hand: Hand) -> None:
    search = hand.manager.page.search
    hand.qtbot.keyClicks(search, "knee")
    hand.settle()
    hand.qtbot.keyClick(search, Key.Key_Down)
    table = hand.manager.page.table
    assert hand.manager.focusWidget() is table
    hand.qtbot.keyClick(table, Key.Key_F2)
    assert hand.manager.page.is_editing
    hand.qtbot.keyClick(hand.manager.focusWidget(), Key.Key_Escape)
    assert not hand.manager.page.is_editing
    assert hand.manager.focusWidget() is table
    assert hand.manager.isVisible()


def test_a_blank_form_is_not_told_what_it_lacks_before_it_is_saved(hand: Hand) -> None:
    hand.do("new")
    assert hand.says("title") == ""
    hand.manager.page.editor.save()
    assert hand.says("title") == "The title is missing."


def test_an_entry_that_was_added_is_shown_as_it_was(hand: Hand, library: Library) -> None:
    library.save(Entry(title="Made-up Handbook", publisher="Press", edition="2015"))
    hand.manager.refresh()
    hand.find("made-up handbook")
    hand.do("history")
    table = hand.manager.history.table
    cells = [[table.item(row, column).text() for column in range(3)] for row in range(3)]
    assert cells == [
        ["Title", "", "Made-up Handbook"],
        ["Publisher", "", "Press"],
        ["Year or edition", "", "2015"],
    ]
    assert not hand.manager.history.restore.isEnabled()


def test_a_new_row_of_a_file_is_shown_whole(hand: Hand, tmp_path: Path) -> None:
    path = tmp_path / "new.csv"
    path.write_text("kind,title,publisher\nguideline,Made-up Handbook,Press\n", encoding="utf-8")
    hand.manager.import_file(path)
    hand.settle()
    table = hand.manager.preview.differences
    assert [table.item(row, 2).text() for row in range(2)] == ["Made-up Handbook", "Press"]
    assert not table.selectedItems()


def test_no_duplicates_are_told_in_words_alone(hand: Hand) -> None:
    hand.do("duplicates")
    view = hand.manager.duplicates
    assert not view.groups.isVisible()
    assert not view.merge.isVisible()
    assert view.start is view.back


@pytest.mark.parametrize("page", ["duplicates", "history"])
@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter, Key.Key_Space])
def test_the_way_back_is_pressed_by_key(hand: Hand, page: str, key: Key) -> None:
    hand.do(page)
    back = hand.manager.pages.currentWidget().back
    back.setFocus()
    hand.qtbot.keyClick(back, key)
    assert hand.manager.pages.currentWidget() is hand.manager.page


RIS_OF_TWO_WAYS = "TY  - JOUR\nAU  - Dvo\xf8\xe1k, J.\nTI  - Pain\nER  - \n"


def test_an_encoding_that_is_not_sure_is_asked_for(
    hand: Hand, library: Library, tmp_path: Path
) -> None:
    path = tmp_path / "old.ris"
    path.write_bytes(RIS_OF_TWO_WAYS.encode("latin-1"))
    hand.manager.import_file(path)
    hand.settle()
    view = hand.manager.preview
    assert view.encoding.isVisible()
    assert not view.apply.isEnabled()
    box = view.encoding.box
    samples = [box.itemText(row) for row in range(2)]
    assert any("Dvoøák" in words for words in samples)
    (czech,) = (row for row, words in enumerate(samples) if "Dvořák" in words)
    box.setFocus()
    box.showPopup()
    hand.qtbot.keyClick(box.view(), Key.Key_Home)
    for _ in range(czech):
        hand.qtbot.keyClick(box.view(), Key.Key_Down)
    hand.qtbot.keyClick(box.view(), Key.Key_Return)
    hand.settle()
    assert view.apply.isEnabled()
    hand.qtbot.mouseClick(view.apply, Qt.MouseButton.LeftButton)
    hand.settle()
    assert [one.authors for one in library.entries(text="pain")].count(("Dvořák, J.",)) == 1


def test_bad_records_are_rows_with_line_and_reason(hand: Hand, tmp_path: Path) -> None:
    path = tmp_path / "mixed.bib"
    path.write_text("@book{a, title={Good}}\n@book{b, title={Bad\n@book{c, title={Good too}}\n")
    hand.manager.import_file(path)
    hand.settle()
    view = hand.manager.preview
    assert view.about == "2 new, 1 cannot be used"
    model = view.table.model()
    row = [model.index(1, column).data() for column in range(4)]
    assert row[0].startswith("@book{b")
    assert "never closed" in row[2]
    assert row[3] == "2"
    assert view.apply.text().startswith("Import 2")


def test_newer_facts_are_shown_before_they_change_anything(
    hand: Hand, library: Library, tmp_path: Path
) -> None:
    from tests.services.library.test_facts import LOW_BACK, TAIL, made

    mine = library.by_key("mtus-low-back-2020")
    assert mine is not None
    library.save(replace(mine, title="My low back"))
    file = tmp_path / "facts.json"
    file.write_bytes(made(TAIL, LOW_BACK))
    hand.manager.facts.read(file)
    view = hand.manager.facts.view
    hand.qtbot.waitUntil(lambda: hand.manager.pages.currentWidget() is view)
    assert "signed off by Dr. Quill on 03/02/2027" in view.about
    item = view.tree.topLevelItem(0)
    assert item is not None
    assert (item.text(0), item.text(2)) == ("Tail Disorders · MTUS · 2027", "new")
    changed = view.tree.topLevelItem(1)
    assert changed is not None
    last = changed.child(changed.childCount() - 1)
    assert last is not None
    assert [last.text(at) for at in range(3)] == [
        *("Title", "My low back", "you changed it, and it stays so")
    ]
    assert library.by_key("mtus-tail-2027") is None
    hand.qtbot.keyClick(view.take_in, Qt.Key.Key_Return)
    hand.qtbot.waitUntil(lambda: library.by_key("mtus-tail-2027") is not None)
    hand.qtbot.waitUntil(lambda: "2 entries changed" in hand.manager.status)
    hand.settle()
    file.write_bytes(b"{}")
    hand.manager.facts.read(file)
    hand.qtbot.waitUntil(lambda: "file of facts" in hand.manager.status)


def test_a_file_that_is_read_can_be_stopped(hand: Hand, library: Library, tmp_path: Path) -> None:
    entries = "".join(f"@book{{k{n}, title={{Rest {n}}}, year=2014}}\n" for n in range(3_000))
    path = tmp_path / "many.bib"
    path.write_text(entries)
    manager, before = hand.manager, library.count()
    manager.import_file(path)
    assert "many.bib" in manager.status
    hand.qtbot.keyClick(manager, Key.Key_Escape)
    assert "stopped" in manager.status
    hand.settle()
    assert manager.isVisible()
    assert manager.pages.currentWidget() is manager.page
    assert library.count() == before
    manager.import_file(path)
    hand.settle()
    assert manager.pages.currentWidget() is manager.preview


@pytest.mark.parametrize(("width", "there"), [(1280, (2, 3, 4)), (420, ())])
def test_titles_have_room_in_a_narrow_window(
    hand: Hand, width: int, there: tuple[int, ...]
) -> None:
    table = hand.manager.page.table
    table.setFixedWidth(width)
    letters = table.fontMetrics().horizontalAdvance("x")
    hand.qtbot.waitUntil(lambda: table.columnWidth(0) >= 20 * letters)
    assert tuple(at for at in (2, 3, 4) if not table.isColumnHidden(at)) == there
    assert not table.isColumnHidden(1)
    assert not table.isColumnHidden(5)


def test_the_window_tells_how_old_the_facts_are_and_what_is_in_force(hand: Hand) -> None:
    hand.manager.tools.named["law"].trigger()
    page = hand.manager.facts.law
    assert hand.manager.pages.currentWidget() is page
    assert page.about.startswith("Facts of ")
    words = page.lines.toPlainText()
    assert "In force on " in words
    assert "Low Back Disorders 2020" in words
    assert "What ends" in words
    QTest.keyClick(page.lines, Qt.Key.Key_Escape)
    assert hand.manager.pages.currentWidget() is hand.manager.page


@pytest.mark.parametrize("width", [620, 960, 1280, 1900])
def test_each_command_has_a_button_or_a_line_in_the_menu(hand: Hand, width: int) -> None:
    tools = hand.manager.tools
    tools.setFixedWidth(width)
    hand.qtbot.waitUntil(lambda: tools.width() == width)
    shown = {
        button.defaultAction()
        for button in tools.findChildren(QToolButton)
        if button.isVisible() and button.geometry().right() < width
    }
    behind = set(tools.more.menu().actions())
    assert shown | behind >= set(tools.named.values())
    assert not shown & behind
    assert tools.more.isVisible() == bool(behind)
    assert (tools.named["undo"] in behind) == (width < 1280)

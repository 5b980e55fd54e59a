"""Citing by keys alone: find, take, name the place, done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.cli.arguments import program_parser
from app.cli.guidelines import search
from app.letter import Decision, FieldId, Source, get_value
from app.services.citations import Style
from app.services.editing import add_citation, edit_value
from app.services.library import Entry, EntryKind, Library, citation_of
from app.ui import theme
from tests.ui.accessibility import walk
from tests.ui.citing.conftest import FIELD, Picking, made_letter, style_of

Open = Callable[..., Picking]
Key = Qt.Key


def test_a_citation_takes_two_enters(open_picker: Open, library: Library) -> None:
    picking = open_picker()
    picking.type("low back compl 2004")
    picking.press(Key.Key_Return)
    picking.type("special studies")
    picking.press(Key.Key_Return)
    ((field, citation),) = picking.chosen
    assert field == FIELD
    assert (citation.title, citation.edition, citation.sections) == (
        "Low Back Complaints",
        "2004",
        ("Special Studies",),
    )
    assert citation.library_id is not None
    entry = library.get(citation.library_id)
    assert entry is not None
    assert entry.title == "Low Back Complaints"
    assert not picking.picker.isVisible()
    letter = made_letter()
    written = get_value(add_citation(letter, field, citation, style_of(letter)), field)
    assert written.text == (
        "Decision based on MTUS Low Back Complaints 2004, Section(s): Special Studies."
    )


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("complaints back low", "Low Back Complaints"),
        ("lumb 2004", "Low Back Complaints"),
        ("chapter 12", "Low Back Complaints"),
        ("shoudler complaints", "Shoulder Complaints"),
        ("odg knee", "Knee & Leg"),
        ("acupunct 2007", "Acupuncture Treatment"),
    ],
)
def test_words_find_it(open_picker: Open, library: Library, typed: str, title: str) -> None:
    picking = open_picker()
    picking.type(typed)
    assert title in picking.titles[:3]


@pytest.mark.parametrize(
    ("layout", "typed", "sentence"),
    [
        (
            "maximus-2014",
            "303-4",
            "Decision based on MTUS ACOEM Chapter 12 Low Back Complaints Page(s): 303-304.",
        ),
        (
            "maximus-2016",
            "initial c",
            "Decision based on MTUS Low Back Complaints 2004, Section(s): Initial Care.",
        ),
        (
            "maximus-2016",
            "Special Studies; 303",
            "Decision based on MTUS Low Back Complaints 2004, Section(s): Special Studies, Page(s): 303.",
        ),
        (
            "maximus-2016",
            "initial care; physical meth",
            "Decision based on MTUS Low Back Complaints 2004, "
            "Section(s): Initial Care, Physical Methods.",
        ),
    ],
)
def test_the_sentence_is_shown_as_it_will_be_printed(
    open_picker: Open, layout: str, typed: str, sentence: str
) -> None:
    letter = made_letter(layout)
    picking = open_picker(letter)
    picking.type("low back complaints 2004")
    picking.press(Key.Key_Return)
    picking.type(typed)
    assert picking.sentence == sentence
    picking.press(Key.Key_Return)
    ((field, citation),) = picking.chosen
    assert (
        get_value(add_citation(letter, field, citation, style_of(letter)), field).text == sentence
    )


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("303-4", "303-4 is short for 303-304."),
        ("310-303", "The page range 310-303 runs backwards."),
        ("999", "Page 999 may not be in Low Back Complaints"),
        ("999", "(not confirmed)"),
        ("made-up section", "has no section"),
    ],
)
def test_what_looks_wrong_is_said_while_typing(open_picker: Open, typed: str, words: str) -> None:
    picking = open_picker()
    picking.type("low back complaints 2004")
    picking.press(Key.Key_Return)
    picking.type(typed)
    assert words in picking.warnings


def test_a_confirmed_span_is_worded_as_fact(open_picker: Open, library: Library) -> None:
    from msgspec.structs import replace

    entry = library.search("low back complaints 2004")[0].entry
    library.save(replace(entry, first_page=287, last_page=328, pages_confirmed=True))
    picking = open_picker()
    picking.type("low back complaints 2004")
    picking.press(Key.Key_Return)
    picking.type("999")
    assert "Page 999 is not in Low Back Complaints" in picking.warnings


def test_an_edition_out_of_force_is_told_with_what_came_after(open_picker: Open) -> None:
    picking = open_picker(made_letter(decided=date(2019, 3, 1)))
    picking.type("chapter 12 2004")
    assert "Not in force on 03/01/2019" in picking.warnings
    assert "Superseded by Low Back Disorders" in picking.warnings
    picking.press(Key.Key_Return)
    assert "Not in force on 03/01/2019" in picking.warnings


def test_groups_come_in_their_order(open_picker: Open, library: Library) -> None:
    back = library.search("low back complaints 2004")[0].entry
    pain = library.search("chronic pain 2016")[0].entry
    knee = library.search("knee complaints 2004")[0].entry
    assert back.id is not None
    assert pain.id is not None
    assert knee.id is not None
    other = FieldId("issue.maximus_guideline", 1)
    letter = add_citation(made_letter(), other, citation_of(back), Style.SECTIONS_2016)
    library.record_use(pain.id, "one", "Physical therapy, 12 sessions", Decision.UPHELD)
    library.record_use(pain.id, "two", "Physical therapy, 8 sessions", Decision.OVERTURNED)
    library.record_use(knee.id, "three", "MRI of the knee", Decision.UPHELD)
    picking = open_picker(letter)
    assert picking.headings == [
        "Used in this letter",
        "MTUS in force on the decision date",
        "MTUS of another date, or not adopted",
    ]
    rows = picking.picker.view.list.rows
    assert rows[1].title == back.title
    assert (rows[3].title, rows[3].remark) == (pain.title, "2 times: 1 upheld, 1 overturned")
    assert rows[4].title == knee.title


def test_a_pasted_reference_finds_entry_and_pages_at_once(open_picker: Open) -> None:
    picking = open_picker(made_letter("maximus-2014"))
    QGuiApplication.clipboard().setText("MTUS ACOEM Chapter 12 page 303")
    picking.press(Key.Key_V, control=True)
    assert picking.picker.view.line.text() == "303"
    assert picking.sentence == (
        "Decision based on MTUS ACOEM Chapter 12 Low Back Complaints Page(s): 303."
    )
    picking.press(Key.Key_Return)
    assert picking.chosen[0][1].pages == "303"


def test_control_enter_accepts_from_the_search(open_picker: Open) -> None:
    picking = open_picker()
    picking.type("low back special studies")
    picking.press(Key.Key_Return, control=True)
    assert picking.chosen[0][1].sections == ("Special Studies",)
    assert not picking.picker.isVisible()


def test_control_enter_accepts_from_the_place(open_picker: Open) -> None:
    picking = open_picker()
    picking.type("acupuncture 2007")
    picking.press(Key.Key_Return)
    picking.press(Key.Key_Return, control=True)
    assert picking.chosen[0][1].title.startswith("Acupuncture")


def test_what_is_not_in_the_library_is_cited_as_typed(open_picker: Open) -> None:
    picking = open_picker()
    picking.type("Qqzx Wwkj textbook")
    assert picking.titles == []
    picking.press(Key.Key_Return)
    assert picking.picker.isVisible()
    picking.press(Key.Key_Return, control=True)
    assert picking.chosen[0][1].source is Source.OTHER
    assert picking.chosen[0][1].title == "Qqzx Wwkj textbook"


@pytest.mark.parametrize("back", ["backspace", "undo"])
def test_the_way_back_to_the_search(open_picker: Open, back: str) -> None:
    picking = open_picker()
    picking.type("low back complaints 2004")
    picking.press(Key.Key_Return)
    if back == "backspace":
        picking.press(Key.Key_Backspace)
    else:
        picking.press(Key.Key_Z, control=True)
    assert picking.picker.view.line.text() == "low back complaints 2004"
    assert "Low Back Complaints" in picking.titles


def test_undo_takes_the_locator_back_before_it_leaves(open_picker: Open) -> None:
    picking = open_picker()
    picking.type("low back complaints 2004")
    picking.press(Key.Key_Return)
    picking.type("303")
    picking.press(Key.Key_Z, control=True)
    assert picking.picker.view.line.text() == ""
    assert "Section" not in picking.sentence
    assert "Page" not in picking.sentence


def test_tab_writes_the_completion(open_picker: Open) -> None:
    picking = open_picker()
    picking.type("low back complaints 2004")
    picking.press(Key.Key_Return)
    picking.type("surg")
    picking.press(Key.Key_Tab)
    assert picking.picker.view.line.text() == "Surgical Considerations"


def test_a_topic_brings_its_pages_where_letters_cite_pages(open_picker: Open) -> None:
    picking = open_picker(made_letter("maximus-2014"))
    picking.type("chronic pain 2009")
    picking.press(Key.Key_Return)
    picking.type("physical medicine")
    picking.press(Key.Key_Down)
    assert "98-99" in picking.sentence


def test_arrows_move_and_unmark(open_picker: Open) -> None:
    picking = open_picker()
    picking.type("complaints 2004")
    second = picking.titles[1]
    picking.press(Key.Key_Down, Key.Key_Return)
    assert picking.picker.view.line.text() == ""
    assert second in picking.sentence
    plain = picking.sentence
    picking.press(Key.Key_Down)
    assert picking.sentence != plain
    picking.press(Key.Key_Up)
    assert picking.sentence == plain


def test_escape_closes_and_chooses_nothing(open_picker: Open) -> None:
    picking = open_picker()
    picking.type("low back")
    with picking.qtbot.waitSignal(picking.picker.closed):
        picking.press(Key.Key_Escape)
    assert picking.chosen == []


def test_the_same_citation_is_not_added_twice(open_picker: Open, library: Library) -> None:
    entry = library.search("low back complaints 2004")[0].entry
    citation = citation_of(entry, sections=("Special Studies",))
    picking = open_picker(add_citation(made_letter(), FIELD, citation, Style.SECTIONS_2016))
    picking.type("low back complaints 2004")
    picking.press(Key.Key_Return)
    picking.type("special studies")
    assert "cites this already" in picking.warnings
    picking.press(Key.Key_Return)
    assert picking.chosen == []


def test_keys_of_the_window_below_stay_quiet(open_picker: Open) -> None:
    picking = open_picker()
    event = QKeyEvent(
        QEvent.Type.ShortcutOverride, Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    event.ignore()
    picking.picker.view.line.event(event)
    assert event.isAccepted()


def test_everything_has_a_name(open_picker: Open) -> None:
    picking = open_picker()
    assert walk(picking.picker) == []


def test_a_click_takes_an_entry(open_picker: Open) -> None:
    picking = open_picker()
    picking.type("low back complaints 2004")
    rows = picking.picker.view.list
    box = rows.visualRect(rows.currentIndex())
    picking.qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert picking.picker.view.line.text() == ""
    assert "Low Back Complaints" in picking.sentence


def test_the_popup_stays_on_the_screen(open_picker: Open) -> None:
    picking = open_picker()
    screen = picking.picker.screen().availableGeometry()
    assert screen.contains(picking.picker.geometry())
    picking.picker.close()
    anchor = picking.picker.parentWidget()
    assert anchor is not None
    anchor.move(screen.right() - 100, screen.bottom() - 100)
    picking.picker.open_for(made_letter(), FIELD, anchor, Style.SECTIONS_2016)
    assert screen.contains(picking.picker.geometry())
    assert picking.picker.geometry().bottom() < anchor.geometry().bottom()


def test_the_popup_stays_in_the_window_where_it_fits(open_picker: Open) -> None:
    picking = open_picker()
    window = picking.picker.parentWidget()
    assert window is not None
    picking.picker.close()
    window.setGeometry(20, 20, 780, 500)
    anchor = QWidget(window)
    anchor.setGeometry(440, 20, 320, 40)
    anchor.show()
    picking.picker.open_for(made_letter(), FIELD, anchor, Style.SECTIONS_2016)
    shown = picking.picker.geometry()
    assert shown.right() == anchor.mapToGlobal(anchor.rect().topRight()).x()
    assert shown.left() >= window.frameGeometry().left()


def test_the_list_hands_its_keys_to_the_line(open_picker: Open) -> None:
    picking = open_picker()
    picking.qtbot.keyClick(picking.picker.view.line, Key.Key_Tab)
    picking.qtbot.keyClicks(picking.picker.view.list, "k")
    picking.type("nee")
    assert picking.picker.view.line.text() == "knee"
    assert any("Knee" in title for title in picking.titles)


def test_all_warnings_are_seen_at_once(open_picker: Open) -> None:
    picking = open_picker(made_letter("maximus-2014", decided=date(2019, 3, 1)))
    picking.type("chapter 12 2004")
    picking.press(Key.Key_Return)
    picking.type("404-303")
    box = picking.picker.view.warnings
    assert len(box.words) == 4
    assert box.height() >= box.heightForWidth(box.width())


def test_a_chapter_cited_already_is_joined_and_said_so(open_picker: Open, library: Library) -> None:
    entry = library.search("low back complaints 2004")[0].entry
    citation = citation_of(entry, pages="303-304")
    letter = add_citation(made_letter("maximus-2014"), FIELD, citation, Style.PAGES_2014)
    picking = open_picker(letter)
    picking.type("low back complaints 2004")
    assert "A page or section named here is added to it." in picking.warnings
    picking.press(Key.Key_Return)
    picking.type("304")
    assert "This field cites this already." in picking.warnings
    picking.type("-305")
    assert picking.warnings == ""
    assert "joined" in picking.picker.view.caption
    assert picking.sentence == (
        "Decision based on MTUS ACOEM Chapter 12 Low Back Complaints Page(s): 303-305."
    )
    picking.press(Key.Key_Return)
    ((field, chosen),) = picking.chosen
    after = add_citation(letter, field, chosen, Style.PAGES_2014)
    assert [one.pages for one in get_value(after, field).citations] == ["303-305"]


def test_words_of_the_reviewer_stay_beside_the_citation(open_picker: Open) -> None:
    words = "The Expert Reviewer did not cite any medical evidence for its decision. My own words."
    picking = open_picker(edit_value(made_letter(), FIELD, words))
    picking.type("low back complaints 2004")
    assert picking.sentence == "Decision based on MTUS Low Back Complaints 2004. My own words."


def test_a_long_field_shows_what_is_added_before_other_words(open_picker: Open) -> None:
    field = "Decision based on MTUS Knee Complaints 2004. " + "My own words go on. " * 40
    picking = open_picker(edit_value(made_letter(), FIELD, field))
    picking.type("low back complaints 2004")
    preview = picking.picker.view.preview
    shown, _ = preview._fitting(preview.text, preview.text.index(". My own"))
    assert shown == "Decision based on MTUS Knee Complaints 2004, and Low Back Complaints 2004 …"


def test_a_chapter_of_ones_own_is_cited_in_its_style(open_picker: Open, library: Library) -> None:
    library.save(
        Entry(
            kind=EntryKind.MTUS,
            source=Source.MTUS,
            title="Tail Disorders",
            chapter="31",
            edition="2023",
        )
    )
    picking = open_picker()
    picking.type("tail 2023")
    picking.press(Key.Key_Return)
    assert picking.sentence == "Decision based on MTUS Tail Disorders 2023."


def test_tab_takes_the_edition_that_was_in_force(open_picker: Open) -> None:
    picking = open_picker(made_letter(decided=date(2024, 3, 25)))
    picking.type("low back complaints 2004")
    assert "Superseded by Low Back Disorders 2020." in picking.warnings
    assert "Tab takes Low Back Disorders 2020" in picking.warnings
    picking.press(Key.Key_Tab)
    assert picking.warnings == ""
    picking.type("epidural inj")
    picking.press(Key.Key_Return)
    ((_, citation),) = picking.chosen
    assert (citation.title, citation.edition) == ("Low Back Disorders", "2020")


def test_what_was_only_proposed_is_never_first_and_says_so(open_picker: Open) -> None:
    picking = open_picker(made_letter(decided=date(2025, 6, 2)))
    picking.type("chronic pain")
    assert picking.sentence == "Decision based on MTUS Chronic Pain 2017."
    assert picking.warnings == ""
    picking.picker.view.line.clear()
    picking.type("chronic pain 2024")
    assert "Only proposed" in picking.warnings
    assert "In force on that day: Chronic Pain 2017." in picking.warnings


def test_a_typed_section_of_a_chapter_with_topics_alone_is_taken_without_scolding(
    open_picker: Open,
) -> None:
    picking = open_picker(made_letter(decided=date(2024, 3, 25)))
    picking.type("low back")
    picking.press(Key.Key_Return)
    picking.type("Chapter 3.2, Treatments by Phase")
    assert picking.warnings == ""
    picking.press(Key.Key_Return)
    assert picking.chosen[0][1].sections == ("Chapter 3.2, Treatments by Phase",)


def test_a_chapter_without_any_section_says_so_and_takes_what_is_typed(
    open_picker: Open, library: Library
) -> None:
    library.save(
        Entry(
            kind=EntryKind.MTUS,
            source=Source.MTUS,
            title="Tail Disorders",
            edition="2024",
            effective_from=date(2024, 1, 1),
        )
    )
    picking = open_picker(made_letter(decided=date(2024, 3, 25)))
    picking.type("tail")
    picking.press(Key.Key_Return)
    assert "sections of this chapter are not known here" in picking.picker.view.empty.text()
    picking.type("Wagging")
    assert picking.warnings == ""
    assert picking.sentence == "Decision based on MTUS Tail Disorders 2024, Section(s): Wagging."


def test_a_topic_is_told_as_one_and_calmly(open_picker: Open) -> None:
    picking = open_picker(made_letter(decided=date(2024, 3, 25)))
    picking.type("lumbar mri")
    box = picking.picker.view.warnings
    assert box.words == ()
    assert "is a topic" in box.remarks[0]


@pytest.mark.parametrize(
    ("typed", "kind", "outside"),
    [
        ("zocor", "statin", "Prescribing information"),
        ("augmentin", "antibiotic", "Infectious Diseases"),
        ("mupirocin", "antibiotic", "Infectious Diseases"),
    ],
)
def test_a_drug_of_a_kind_no_chapter_deals_with_is_told_in_one_line(
    open_picker: Open, typed: str, kind: str, outside: str
) -> None:
    picking = open_picker()
    picking.type(typed)
    assert picking.titles[0] == outside
    line = f"drugs of this kind ({kind})"
    assert line in " ".join(picking.picker.view.warnings.remarks)
    picking = open_picker(made_letter(decided=date(2024, 3, 25)))
    picking.type(typed)
    assert picking.titles[0] == "Drug Formulary"
    assert line in " ".join(picking.picker.view.warnings.remarks)
    assert picking.warnings == ""


def test_the_line_on_a_treatment_of_which_nothing_is_known_says_what_comes_next(
    open_picker: Open,
) -> None:
    picking = open_picker(made_letter(decided=date(2024, 3, 25)))
    picking.type("hearing aid")
    assert picking.titles == []
    assert "9792.21.1(a)(2)" in picking.picker.view.empty.text()
    assert "Ctrl+Enter cites it as typed" in picking.picker.view.empty.text()


def test_why_a_chapter_is_offered_that_does_not_name_what_was_typed(open_picker: Open) -> None:
    picking = open_picker(made_letter(decided=date(2014, 5, 2)))
    picking.type("marijuana")
    remarks = " ".join(picking.picker.view.warnings.remarks)
    assert remarks.startswith("Why it is offered: asked for to treat pain.")


@pytest.mark.parametrize(
    "decided", [date(2014, 5, 2), date(2016, 9, 1), date(2019, 6, 3), date(2024, 3, 25)]
)
def test_the_command_line_ranks_as_the_picker_does(
    open_picker: Open, library: Library, capsys: pytest.CaptureFixture[str], decided: date
) -> None:
    letter = made_letter(
        layout="maximus-2014" if decided.year < 2016 else "maximus-2016", decided=decided
    )
    paged = ["--pages"] if style_of(letter) is Style.PAGES_2014 else []
    item = letter.issues[1].title
    asked = ["--on", f"{decided:%m/%d/%Y}", "--item", item, *paged]
    picking = open_picker(letter)
    for words in (
        "low back",
        "lumbar mri",
        "physical therapy",
        "opioids",
        "nee",
        "TBI",
        "acoem 12",
        "norco",
        "odg",
    ):
        picking.picker.view.line.setText(words)
        rows = [row for row in picking.picker.view.list.rows if not row.is_heading]
        search(library, program_parser().parse_args(["library", "search", *words.split(), *asked]))
        lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("  ")]
        assert rows
        for line, row in zip(lines, rows, strict=True):
            assert row.title in line


def test_only_what_looks_wrong_stands_on_amber(open_picker: Open, qapp: QApplication) -> None:
    theme.apply(qapp, theme.Scheme.LIGHT)
    picking = open_picker(made_letter(decided=date(2024, 3, 25)))
    strip = picking.picker.view.warnings

    def ground() -> str:
        return strip.grab().toImage().pixelColor(2, 2).name()

    picking.type("omeprazole")
    assert strip.remarks
    assert not strip.words
    assert ground() == theme.colour("raised").name()
    picking.picker.view.line.setText("acoem 12 2004")
    assert strip.words
    assert ground() == theme.colour("doubt_soft").name()

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import event

from app.errors import UserError
from app.letter import Citation, Decision, Guideline, Issue, Letter, Source
from app.services.citations import (
    Side,
    Style,
    read_guideline,
    standard_guidelines,
    with_citation,
)
from app.services.citations.known import known_guidelines
from app.services.database import Database, open_database
from app.services.library import (
    Entry,
    EntryKind,
    Library,
    Order,
    Section,
    citation_of,
    copy_of,
    entry_from,
    in_force,
    treatment_kind,
)

STUDY = Entry(
    kind=EntryKind.STUDY,
    title="Rest or work after lumbar strain",
    authors=("Doe AB", "Roe C"),
    journal="Spine",
    edition="2010",
    volume="35",
    pages="1-9",
)


def starter(library: Library, key: str) -> Entry:
    entry = library.by_key(key)
    assert entry is not None
    return entry


def test_saves_changes_and_deletes(library: Library) -> None:
    saved = library.save(STUDY)
    assert saved.id is not None
    assert library.get(saved.id) == saved
    changed = library.save(replace(saved, notes="Read on page 3."))
    assert library.get(saved.id) == changed
    library.delete(saved.id)
    assert library.get(saved.id) is None
    with pytest.raises(UserError, match="deleted"):
        library.save(changed)


def test_undo_and_redo_go_through_every_step(library: Library) -> None:
    saved = library.save(STUDY)
    assert saved.id is not None
    changed = library.save(replace(saved, notes="n"))
    library.delete(saved.id)
    states = [changed, saved, None]
    for state in states:
        assert library.undo() is not None
        assert library.get(saved.id) == state
    assert library.undo() is None
    for state in [saved, changed, None]:
        assert library.redo() is not None
        assert library.get(saved.id) == state
    assert library.redo() is None


def test_a_new_change_forgets_what_was_undone(library: Library) -> None:
    saved = library.save(STUDY)
    library.undo()
    library.save(replace(STUDY, title="Another study"))
    assert library.redo() is None
    assert saved.id is not None
    assert library.get(saved.id) is None


def test_saving_the_same_makes_no_step(library: Library) -> None:
    saved = library.save(STUDY)
    library.save(saved)
    library.undo()
    assert library.undo_label() is None


def test_history_tells_each_version(library: Library) -> None:
    saved = library.save(STUDY)
    assert saved.id is not None
    changed = library.save(replace(saved, volume="36"))
    library.delete(saved.id)
    versions = library.history(saved.id)
    assert [v.change.label.split()[0] for v in versions] == ["Delete", "Change", "Add"]
    assert [(v.before, v.after) for v in versions] == [
        (changed, None),
        (saved, changed),
        (None, saved),
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": " "}, "title"),
        ({"source": Source.MTUS}, "do not fit"),
        ({"first_page": 9, "last_page": 3}, "before the first"),
        ({"first_page": 0}, "begin at 1"),
        (
            {"effective_from": date(2016, 1, 2), "effective_to": date(2016, 1, 1)},
            "before the first",
        ),
        ({"sections": (Section(name=""),)}, "no name"),
        ({"sections": (Section(name="A", pages="9-3"),)}, "backwards"),
    ],
)
def test_refuses_what_cannot_be_right(
    library: Library, change: dict[str, object], words: str
) -> None:
    with pytest.raises(UserError, match=words):
        library.save(replace(STUDY, **change))
    assert library.undo_label() is None


def test_merging_keeps_uses_and_is_undone_as_one(library: Library) -> None:
    one = library.save(STUDY)
    two = library.save(replace(copy_of(STUDY), title="Rest or work after lumbar strains"))
    assert one.id is not None
    assert two.id is not None
    assert [{e.id for e in group} for group in library.duplicates()] == [{one.id, two.id}]
    library.record_use(one.id, "CM16-0200001", "MRI of the lumbar spine", Decision.UPHELD)
    library.record_use(two.id, "CM16-0200002", "MRI of the knee", Decision.OVERTURNED)
    merged = library.merge(replace(one, notes="both"), [two.id])
    assert library.get(two.id) == merged
    assert library.duplicates() == ()
    hit = library.search("lumbar strains rest", treatment="CT of the hip")[0]
    assert (hit.entry, hit.times) == (merged, 2)
    assert dict(hit.outcomes) == {Decision.UPHELD: 1, Decision.OVERTURNED: 1}
    library.undo()
    assert library.get(two.id) == two
    assert library.get(one.id) == one


def test_the_starter_content_finds_no_duplicates_in_itself(library: Library) -> None:
    assert library.duplicates() == ()


def test_lists_filtered_and_sorted(library: Library) -> None:
    odg = library.entries(source=Source.ODG)
    assert [e.title for e in odg] == sorted(e.title for e in odg)
    assert library.count(source=Source.ODG) == len(odg) > 20
    assert library.count(kind=EntryKind.STUDY) == 0
    assert {e.title for e in library.entries(text="shoul 2016")} == {"Shoulder Disorders"}
    by_year = library.entries(kind=EntryKind.MTUS, order=Order.EDITION, descending=True)
    assert by_year[0].edition == max(e.edition for e in by_year)
    assert library.entries(limit=3, offset=2) == library.entries()[2:5]


def test_every_entry_is_found_again_from_the_letter_it_is_cited_in(library: Library) -> None:
    for style in Style:
        for known in known_guidelines():
            entry = starter(library, known.key)
            citation = citation_of(entry)
            written = with_citation(Guideline(), citation, Side.MAXIMUS, style)
            assert written.citations[0].library_id == entry.id
            (read,) = read_guideline(written.text).guideline.citations
            if style is Style.PAGES_2014 and not read.edition:
                continue
            found = library.entry_for(read)
            assert found is not None
            assert (found.title, found.edition) == (entry.title, entry.edition), written.text


def test_a_study_is_found_again_from_the_line_it_is_cited_in(library: Library) -> None:
    saved = library.save(STUDY)
    citation = citation_of(saved, pages="3")
    assert citation.title == "Doe AB, Roe C. Rest or work after lumbar strain. Spine. 2010;35:3"
    written = with_citation(Guideline(), citation, Side.MAXIMUS, Style.SECTIONS_2016)
    (read,) = read_guideline(written.text).guideline.citations
    assert read.library_id is None
    assert library.entry_for(read) == saved
    other = replace(read, title=read.title.replace("lumbar strain", "a fall"))
    assert library.entry_for(other) is None


@pytest.mark.parametrize(
    ("citation", "key"),
    [
        (Citation(source=Source.MTUS, title="Low Back Complaints", chapter="12"), "acoem-12-2004"),
        (Citation(source=Source.MTUS, title="Low Back", chapter="12"), "acoem-12-2004"),
        (
            Citation(source=Source.MTUS, title="Chronic Pain Treatment Guidelines"),
            "mtus-chronic-pain-2009",
        ),
        (
            Citation(source=Source.MTUS, title="Chronic Pain Medical Treatment", edition="2016"),
            "mtus-chronic-pain-2016",
        ),
        (Citation(source=Source.ODG, title="Neck and Upper Back"), "odg-neck"),
        (Citation(source=Source.MTUS, title="Tail Complaints"), None),
        (Citation(source=Source.MTUS, title="Low Back Complaints", edition="1931"), None),
    ],
)
def test_finds_the_entry_of_a_citation(
    library: Library, citation: Citation, key: str | None
) -> None:
    found = library.entry_for(citation)
    assert (found.key if found else None) == key


def test_offers_the_citations_of_a_letter_that_are_new(library: Library) -> None:
    text = (
        "Decision based on MTUS Low Back Complaints 2004, and Tail Complaints 2031. Decision based "
        "on Non-MTUS Citation Roe C. Slings. JAMA. 2012;1:2-3."
    )
    guideline = read_guideline(text).guideline
    issues = tuple(Issue(id=n, maximus_guideline=guideline) for n in (1, 2))
    new = library.from_letter(Letter(issues=issues))
    assert [c.title for c in new] == ["Tail Complaints", "Roe C. Slings. JAMA. 2012;1:2-3"]
    saved = library.save(entry_from(new[0]))
    assert (saved.kind, saved.edition) == (EntryKind.MTUS, "2031")
    assert [c.title for c in library.from_letter(Letter(issues=issues))] == [new[1].title]


@pytest.mark.parametrize(
    ("key", "on", "expected"),
    [
        ("mtus-chronic-pain-2009", date(2016, 7, 28), True),
        ("mtus-chronic-pain-2009", date(2016, 7, 29), False),
        ("mtus-chronic-pain-2016", date(2016, 7, 27), False),
        ("mtus-chronic-pain-2016", date(2017, 11, 30), True),
        ("acoem-12-2004", date(2017, 12, 1), False),
        ("mtus-low-back-2019", date(2021, 11, 22), True),
        ("mtus-low-back-2019", date(2021, 11, 23), False),
        ("mtus-low-back-2020", date(2021, 11, 23), True),
        ("mtus-low-back-2020", date(2022, 1, 1), True),
        ("mtus-low-back-2020", date(2027, 1, 1), None),
        ("mtus-shoulder-2016", date(2023, 8, 10), False),
        ("mtus-shoulder-2023", date(2023, 8, 10), True),
        ("acoem-15-2004", date(2019, 4, 17), True),
        ("acoem-15-2004", date(2019, 4, 18), False),
        ("mtus-acupuncture-2007", date(2017, 1, 5), True),
        ("mtus-acupuncture-2007", date(2018, 1, 5), None),
        ("mtus-cannabis-2025", date(2026, 1, 5), False),
        ("mtus-chronic-pain-2024", date(2024, 3, 25), False),
        ("mtus-acoem-tbi", date(2023, 12, 15), False),
        ("acoem-07-2004", date(2015, 1, 5), False),
        ("odg-neck", date(2017, 1, 5), None),
    ],
)
def test_tells_whether_an_edition_was_in_force(
    library: Library, key: str, on: date, expected: bool | None
) -> None:
    assert in_force(starter(library, key), on) is expected


def test_follows_the_editions_that_superseded_each_other(library: Library) -> None:
    entry: Entry | None = starter(library, "acoem-12-2004")
    chain: list[str] = []
    while entry is not None:
        chain.append(f"{entry.title} {entry.edition}")
        entry = library.by_key(entry.superseded_by) if entry.superseded_by else None
    assert chain == [
        "Low Back Complaints 2004",
        "Low Back Disorders 2016",
        "Low Back Disorders 2019",
        "Low Back Disorders 2020",
    ]


def test_all_succession_in_the_data_is_without_overlap_or_loop() -> None:
    by_key = {known.key: known for known in known_guidelines()}
    for known in known_guidelines():
        if not known.superseded_by:
            continue
        following = by_key[known.superseded_by]
        if known.effective_to and following.effective_from and following.effective_to:
            assert following.effective_from >= known.effective_to or known.chapter
        seen = {known.key}
        while following.superseded_by:
            assert following.key not in seen
            seen.add(following.key)
            following = by_key[following.superseded_by]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("MRI of the right knee without contrast", "Imaging"),
        ("EMG/NCV of the bilateral upper extremities", "Electrodiagnostic testing"),
        ("Norco 10/325mg #60", "Opioids"),
        ("Naproxen 550 mg", "NSAIDs"),
        ("Physical therapy 2 x 6 for the neck", "Physical and occupational therapy"),
        ("Acupuncture, 6 visits", "Acupuncture"),
        ("Chiropractic treatment with therapeutic ultrasound", "Chiropractic"),
        ("Lumbar epidural steroid injection L4-5", "Injections"),
        ("Left shoulder arthroscopy", "Surgery"),
        ("TENS unit purchase", "Durable medical equipment"),
        ("Associated surgical service: Cold therapy unit", "Surgery"),
        ("", "Other treatment"),
        ("Something else", "Other treatment"),
    ],
)
def test_tells_the_kind_of_treatment(title: str, kind: str) -> None:
    assert treatment_kind(title) == kind


def test_what_the_user_adds_is_known_to_the_reader_and_forgotten_with_it(library: Library) -> None:
    text = "Decision based on MTUS Wagging 2023, Section(s): Casts, soft & firm."
    assert library.guidelines() is standard_guidelines()
    tail = library.save(
        Entry(
            kind=EntryKind.MTUS,
            source=Source.MTUS,
            title="Tail Disorders",
            edition="2023",
            aliases=("Wagging",),
            sections=(Section(name="Casts, soft & firm"),),
        )
    )
    known = library.guidelines()
    assert library.guidelines() is known
    reading = read_guideline(text, known)
    assert reading.problems == ()
    assert reading.guideline.citations[0].title == "Tail Disorders"
    assert library.search("MTUS Wagging 2023 page 7")[0].pages == "7"

    assert tail.id is not None
    library.delete(tail.id)
    assert read_guideline(text, library.guidelines()).problems != ()
    library.undo()
    assert read_guideline(text, library.guidelines()).problems == ()


def test_a_fact_the_user_corrected_is_the_one_that_counts(library: Library) -> None:
    entry = library.by_key("acoem-12-2004")
    assert entry is not None
    library.save(replace(entry, last_page=300, pages_confirmed=True))
    text = "Decision based on MTUS ACOEM Chapter 12 Low Back Complaints Page(s): 303."
    assert read_guideline(text).problems == ()
    assert "is not in" in read_guideline(text, library.guidelines()).problems[0]


def test_the_editions_that_stood_instead_are_one_look_up(
    library: Library, database: Database
) -> None:
    asked: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *args: asked.append(str(args[2])))
    hits = library.search("complaints 2004", on=date(2019, 3, 1))
    assert sum("Superseded by" in " ".join(hit.warnings) for hit in hits) > 5
    assert sum("kind = ?" in statement and "LIMIT" not in statement for statement in asked) == 1


def test_another_database_in_its_place_is_read_anew(tmp_path: Path) -> None:
    opened = open_database(tmp_path / "imr.db")
    backup = tmp_path / "backup.db"
    with (
        closing(sqlite3.connect(tmp_path / "imr.db")) as raw,
        closing(sqlite3.connect(backup)) as copy,
    ):
        Library(opened)
        raw.backup(copy)
        library = Library(opened)
        library.save(
            Entry(kind=EntryKind.MTUS, source=Source.MTUS, title="Tail Disorders", edition="2023")
        )
        assert library.guidelines() is not standard_guidelines()
        copy.backup(raw)
    library.read_anew()
    assert library.guidelines() is standard_guidelines()
    opened.close()


def test_superseded_by_names_the_edition_in_force_and_not_the_next_hop(library: Library) -> None:
    for key, title in (
        ("acoem-12-2004", "Low Back Disorders 2020"),
        ("mtus-chronic-pain-2009", "Chronic Pain 2017"),
        ("mtus-hand-2016", "Hand, Wrist, and Forearm Disorders 2023"),
    ):
        entry = library.by_key(key)
        assert entry is not None
        there = library.superseding(entry)
        assert there is not None
        assert f"{there.title} {there.edition}" == title

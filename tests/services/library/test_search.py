from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from app.letter import Decision
from app.services.library import Entry, EntryKind, Excerpt, Group, Library

IN_2017 = date(2017, 1, 5)


@pytest.mark.parametrize(
    ("query", "title", "edition", "section"),
    [
        ("low back", "Low Back Complaints", "2004", None),
        ("back low", "Low Back Complaints", "2004", None),
        ("lo ba", "Low Back Complaints", "2004", None),
        ("sholder", "Shoulder Complaints", "2004", None),
        ("lwo back compl", "Low Back Complaints", "2004", None),
        ("lwo", "Low Back Complaints", "2004", None),
        ("low back 303-304", "Low Back Complaints", "2004", None),
        ("shoulder compliants", "Shoulder Complaints", "2004", None),
        ("chapter 13", "Knee Complaints", "2004", None),
        ("2016 chronic", "Chronic Pain Medical Treatment", "2016", None),
        (
            "physical medi tre",
            "Chronic Pain Medical Treatment",
            "2016",
            "Physical medicine treatment",
        ),
        ("low back special", "Low Back Complaints", "2004", "Special Studies"),
        ("lumbar spine", "Low Back Complaints", "2004", None),
        ("epicondylitis", "Elbow Complaints", "2007", None),
        ("odg neck", "Neck & Upper Back", "", None),
        ("uptodate", "UpToDate", "", None),
        ("9792 24 3", "Postsurgical Treatment", "2009", None),
    ],
)
def test_finds_by_words(
    library: Library, query: str, title: str, edition: str, section: str | None
) -> None:
    hit = library.search(query, on=IN_2017)[0]
    assert (hit.entry.title, hit.entry.edition, hit.section) == (title, edition, section)


@pytest.mark.parametrize(
    ("query", "key", "pages", "section"),
    [
        ("MTUS ACOEM Chapter 12 page 303", "acoem-12-2004", "303", None),
        ("Low Back Complaints 2004, Section(s): Summary", "acoem-12-2004", None, "Summary"),
        ("Chronic Pain Treatment Guidelines p. 98-99", "mtus-chronic-pain-2009", "98-99", None),
    ],
)
def test_a_pasted_reference_finds_its_entry_and_place(
    library: Library, query: str, key: str, pages: str | None, section: str | None
) -> None:
    hit = library.search(query)[0]
    assert (hit.entry.key, hit.pages, hit.section) == (key, pages, section)


@pytest.mark.parametrize(
    "query", ["zzzzzz", "shoulder zzzzzz", '"', "NOT", "(", "a*b", "-", "x:y", "%"]
)
def test_nothing_found_is_empty_and_marks_do_no_harm(library: Library, query: str) -> None:
    assert all(hit.entry.id for hit in library.search(query))


@pytest.mark.parametrize("pages", ["15-10", "10-15", "10 – 15", " 303-4 "])
def test_pages_alone_are_no_words(library: Library, pages: str) -> None:
    assert library.search(pages) == ()


def test_without_words_the_order_is_that_of_the_search(library: Library) -> None:
    by_key = {entry.key: entry.id for entry in library.entries()}
    cited, used, other = (by_key[k] for k in ("odg-neck", "acoem-08-2004", "acoem-13-2004"))
    assert cited is not None
    assert used is not None
    assert other is not None
    for number, outcome in enumerate((Decision.UPHELD, Decision.UPHELD, Decision.OVERTURNED), 1):
        case = f"CM16-020000{number}"
        library.record_use(used, case, "MRI of the cervical spine", outcome)
    library.record_use(other, "CM16-0200009", "Knee brace")
    hits = library.search(
        "", in_letter=[cited], treatment="CT scan of the neck", on=IN_2017, limit=10
    )
    assert [(h.entry.id, h.group) for h in hits[:3]] == [
        (cited, Group.IN_LETTER),
        (used, Group.IN_FORCE),
        (other, Group.IN_FORCE),
    ]
    assert (hits[1].times, hits[1].outcomes) == (
        3,
        ((Decision.UPHELD, 2), (Decision.OVERTURNED, 1)),
    )
    assert len(hits) == 10
    assert {h.group for h in hits[3:]} == {Group.IN_FORCE}
    words = library.search("neck", in_letter=[cited], treatment="CT scan of the neck", on=IN_2017)
    assert [h.entry.id for h in words[:2]] == [cited, used]


def test_a_use_noted_again_replaces_the_first(library: Library) -> None:
    entry = library.entries(limit=1)[0]
    assert entry.id is not None
    for outcome in (None, Decision.UPHELD, Decision.OVERTURNED):
        library.record_use(entry.id, "CM16-0200001", "MRI", outcome)
    hit = library.search("", treatment="MRI")[0]
    assert (hit.times, hit.outcomes) == (1, ((Decision.OVERTURNED, 1),))


def test_warns_of_editions_not_in_force_and_puts_them_last(library: Library) -> None:
    before = library.search("chronic pain medical treatment", on=date(2016, 7, 1))
    after = library.search("chronic pain medical treatment", on=date(2016, 8, 1))
    assert [h.entry.edition for h in before[:2]] == ["2009", "2016"]
    assert [h.entry.edition for h in after[:2]] == ["2016", "2009"]
    assert before[0].warnings == after[0].warnings == ()
    assert "in force from 07/28/2016" in before[1].warnings[0]
    assert after[1].warnings[1] == "Superseded by Chronic Pain Medical Treatment 2016."
    assert library.search("chronic pain medical treatment")[0].warnings == ()


@pytest.mark.parametrize(
    ("key", "on", "words"),
    [
        ("acoem-12-2004", date(2018, 1, 5), "in force until 11/30/2017."),
        ("acoem-15-2004", date(2007, 1, 5), "in force from 06/15/2007 (date not confirmed)."),
        ("mtus-low-back-2019", date(2018, 1, 5), "in force from 08/11/2019."),
        ("mtus-acupuncture-2007", date(2016, 1, 5), None),
        ("odg-neck", date(2016, 1, 5), None),
    ],
)
def test_warnings_say_what_is_not_confirmed(
    library: Library, key: str, on: date, words: str | None
) -> None:
    entry = library.by_key(key)
    assert entry is not None
    (hit,) = (
        h for h in library.search(f"{entry.title} {entry.edition}", on=on) if h.entry == entry
    )
    assert (words in hit.warnings[0]) if words else hit.warnings == ()


def test_a_saved_entry_is_found_by_its_own_words_and_a_deleted_one_is_not(library: Library) -> None:
    entry = Entry(
        kind=EntryKind.STUDY,
        title="Quokka husbandry",
        authors=("Wombat Q",),
        notes="marsupial",
        excerpts=(Excerpt(text="bandicoot diet", place="p. 3"),),
    )
    assert library.search("quoka") == ()
    saved = library.save(entry)
    for query in ("quokka", "quoka", "qokka", "wombat", "marsup", "bandicoot", "husbandry quok"):
        assert [hit.entry for hit in library.search(query)] == [saved], query
    renamed = library.save(replace(saved, title="Numbat husbandry"))
    assert [hit.entry for hit in library.search("numbat")] == [renamed]
    assert library.search("quokka") == ()
    assert renamed.id is not None
    library.delete(renamed.id)
    assert library.search("numbat") == ()
    library.undo()
    assert [hit.entry for hit in library.search("numbat")] == [renamed]


def test_what_has_no_pages_goes_last_where_letters_cite_by_page(library: Library) -> None:
    by_section = [hit.entry.title for hit in library.search("knee")]
    by_page = [hit.entry.title for hit in library.search("knee", paged=True)]
    assert sorted(by_section) == sorted(by_page)
    assert by_page.index("Knee Complaints") < by_page.index("Knee Disorders")


def test_the_edition_in_force_goes_before_an_old_one(library: Library) -> None:
    hits = library.search("low back disorders", on=date(2023, 5, 1))
    editions = [hit.entry.edition for hit in hits if hit.entry.kind is EntryKind.MTUS]
    assert editions[0] == "2020"
    (doubtful,) = [hit for hit in hits if hit.entry.edition == "2020"]
    assert doubtful.warnings == doubtful.remarks == ()


def test_what_is_not_verified_is_remarked_and_no_warning(library: Library) -> None:
    late = library.search("low back disorders", on=date(2027, 1, 5))[0]
    assert (late.entry.edition, late.group) == ("2020", Group.IN_FORCE)
    assert late.warnings == ()
    assert late.remarks == ("In force as far as is known; not verified for 01/05/2027.",)
    needles = library.search("acupuncture treatment 2007", on=date(2018, 1, 5))[0]
    assert (needles.group, needles.warnings) == (Group.IN_FORCE, ())
    assert "not verified" in needles.remarks[0]

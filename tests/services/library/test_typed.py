"""What people type finds its chapter, in the order in which the sources are to be searched."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec
import pytest

from app.letter import Source
from app.services.citations.known import GUIDELINES
from app.services.database import open_database
from app.services.language.terms import concepts, drug_list
from app.services.library import Group, Library, note_on_silence
from app.services.library.typed_words import spelt_of

IN_2016, IN_2017 = date(2016, 9, 1), date(2017, 5, 1)
IN_2019, IN_2024 = date(2019, 6, 3), date(2024, 3, 25)
IN_2014, IN_2022, IN_2026 = date(2014, 5, 2), date(2022, 3, 1), date(2026, 5, 5)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """One for all: nothing here changes it."""
    database = open_database(tmp_path_factory.mktemp("typed") / "library.db")
    yield Library(database)
    database.close()


@pytest.mark.parametrize(
    ("typed", "on", "key", "section"),
    [
        ("low bak", IN_2024, "mtus-low-back-2020", None),
        ("lowbak", IN_2024, "mtus-low-back-2020", None),
        ("lowback", IN_2016, "acoem-12-2004", None),
        ("lumber mri", IN_2024, "mtus-low-back-2020", "Magnetic Resonance Imaging (MRI)"),
        ("nee", IN_2024, "mtus-knee-2019", None),
        ("nee", IN_2016, "acoem-13-2004", None),
        ("kneee", IN_2019, "mtus-knee-2015", None),
        ("sholder", IN_2024, "mtus-shoulder-2023", None),
        ("anlke", IN_2024, "mtus-ankle-foot-2018", None),
        ("ACOEM 12", IN_2017, "acoem-12-2004", None),
        ("acoem 12", IN_2024, "mtus-low-back-2020", None),
        ("ch. 9", IN_2017, "acoem-09-2004", None),
        ("acoem chapter 8", IN_2019, "mtus-cervical-thoracic-2018", None),
        ("knee replacement", IN_2024, "mtus-knee-2019", None),
        ("TKR", IN_2016, "acoem-13-2004", None),
        ("total hip replacement", IN_2024, "mtus-hip-groin-2019", "Total Hip Arthroplasty (Replacement)"),
        ("lumbar mri", IN_2017, "acoem-12-2004", "Special Studies"),
        ("mri of the neck", IN_2017, "acoem-08-2004", "Special Studies"),
        ("lumbar acupuncture", IN_2016, "acoem-12-2004", None),
        ("lumbar epidural", IN_2024, "mtus-low-back-2020", "Epidural Glucocorticosteroid Injections"),
        ("neck ESI", IN_2024, "mtus-cervical-thoracic-2018", "Epidural Glucocorticosteroid Injections"),
        ("opioids", IN_2024, "mtus-opioids-2017", None),
        ("opiates", IN_2016, "mtus-opioid-2016", None),
        ("chronic pain", IN_2024, "mtus-chronic-pain-2017", None),
        ("low back", IN_2024, "mtus-low-back-2020", None),
        ("low back", IN_2019, "mtus-low-back-2016", None),
        ("LBP", IN_2024, "mtus-low-back-2020", None),
        ("depressed", IN_2024, "mtus-depression-2020", None),
        ("ptsd", IN_2024, "mtus-ptsd-2018", None),
        ("carpal tunnel", IN_2024, "mtus-hand-2023", None),
        ("covid", IN_2024, "mtus-covid-2023", None),
        ("trigger finger", IN_2019, "mtus-hand-2019", None),
    ],
)  # fmt: skip
def test_the_first_hit(
    library: Library, typed: str, on: date, key: str, section: str | None
) -> None:
    hit = library.search(typed, on=on)[0]
    assert hit.entry.key == key
    assert hit.group is Group.IN_FORCE
    if section is not None:
        assert hit.section == section


@pytest.mark.parametrize(
    ("typed", "on", "among"),
    [
        ("epidural", IN_2024, {"mtus-low-back-2020", "mtus-cervical-thoracic-2018"}),
        ("EMG", IN_2024, {"mtus-low-back-2020", "mtus-hand-2023", "mtus-elbow-2018"}),
        ("NCV", IN_2016, {"acoem-12-2004", "acoem-08-2004", "acoem-11-2004"}),
        ("PT", IN_2024, {"mtus-low-back-2020", "mtus-chronic-pain-2017", "mtus-knee-2019"}),
        ("physical therapy", IN_2016, {"mtus-chronic-pain-2016", "acoem-12-2004"}),
        ("MRI", IN_2024, {"mtus-shoulder-2023", "mtus-knee-2019", "mtus-low-back-2020"}),
        ("TENS", IN_2024, {"mtus-chronic-pain-2017"}),
    ],
)
def test_a_treatment_leads_to_the_chapters_in_force(
    library: Library, typed: str, on: date, among: set[str]
) -> None:
    hits = library.search(typed, on=on)
    standing = {hit.entry.key for hit in hits if hit.group is Group.IN_FORCE}
    assert among <= standing
    assert all(hit.group is Group.IN_FORCE for hit in hits[: len(standing)])


def test_the_part_of_the_disputed_item_comes_first(library: Library) -> None:
    for title, key in (
        ("MRI of the left knee without contrast", "mtus-knee-2019"),
        ("EMG of the cervical spine and both arms", "mtus-cervical-thoracic-2018"),
        ("MRI of the low back", "mtus-low-back-2020"),
    ):
        assert library.search("mri", treatment=title, on=IN_2024)[0].entry.key == key
        assert library.search("", treatment=title, on=IN_2024)[0].entry.key == key


@pytest.mark.parametrize("typed", ["TBI", "head injury", "concussion", "traumatic brain"])
def test_what_no_order_adopts_is_told_and_the_outside_source_follows(
    library: Library, typed: str
) -> None:
    hits = library.search(typed, on=IN_2024)
    first = hits[0]
    assert (first.entry.key, first.group) == ("mtus-acoem-tbi", Group.OTHER_DATE)
    assert first.warnings[0].startswith("Not adopted as far as is known")
    if typed != "traumatic brain":
        assert any(hit.entry.key == "odg-head" for hit in hits[1:])


@pytest.mark.parametrize("typed", ["low back", "chronic pain", "knee", "shoulder", "neck", "elbow"])
@pytest.mark.parametrize("on", [IN_2016, IN_2019, IN_2024])
def test_the_order_is_that_of_the_search(library: Library, typed: str, on: date) -> None:
    order = list(Group)
    hits = library.search(typed, on=on)
    places = [order.index(hit.group) for hit in hits]
    assert places == sorted(places)
    assert hits[0].group is Group.IN_FORCE
    assert {hit.group for hit in hits if hit.entry.source is not Source.MTUS} <= {Group.OUTSIDE}
    for hit in hits:
        if hit.group is Group.IN_FORCE:
            assert hit.warnings == ()
        if hit.group is Group.OTHER_DATE:
            assert hit.warnings
            assert hit.instead is not None


def test_what_the_letter_cites_goes_first_and_is_told_all_the_same(library: Library) -> None:
    old = library.by_key("acoem-12-2004")
    assert old is not None
    assert old.id is not None
    hit = library.search("low back", in_letter=[old.id], on=IN_2024)[0]
    assert (hit.entry, hit.group) == (old, Group.IN_LETTER)
    assert hit.warnings[1] == "Superseded by Low Back Disorders 2020."
    assert hit.instead is not None
    assert hit.instead.key == "mtus-low-back-2020"


@pytest.mark.parametrize(
    ("typed", "on", "keys"),
    [
        ("low back", IN_2016, ["acoem-12-2004", "odg-low-back"]),
        ("chronic pain", IN_2017, ["mtus-chronic-pain-2016", "odg-pain"]),
        ("epidural", IN_2017, ["mtus-chronic-pain-2016", "odg-low-back"]),
        ("", IN_2017, ["mtus-chronic-pain-2016", "odg-low-back"]),
    ],
)
def test_among_what_the_letter_cites_the_mtus_goes_first(
    library: Library, typed: str, on: date, keys: list[str]
) -> None:
    cited = [library.by_key(key) for key in reversed(keys)]
    hits = library.search(typed, in_letter=[one.id for one in cited if one and one.id], on=on)
    assert [hit.entry.key for hit in hits if hit.group is Group.IN_LETTER] == keys


def test_a_year_that_was_typed_is_meant(library: Library) -> None:
    assert library.search("low back 2004", on=IN_2024)[0].entry.key == "acoem-12-2004"


def test_words_that_name_nothing_find_nothing(library: Library) -> None:
    for typed in ("zzzzzz", "zzzzzz qq"):
        assert library.search(typed, on=IN_2024) == ()


@pytest.mark.parametrize(
    ("typed", "on", "key"),
    [
        ("shoulder scope", IN_2016, "acoem-09-2004"),
        ("shoulder zzzzzz", IN_2024, "mtus-shoulder-2023"),
        ("thumb spica splint", IN_2017, "acoem-11-2004"),
        ("thumb spica splint", IN_2026, "mtus-hand-2023"),
        ("de quervains", IN_2014, "acoem-11-2004"),
        ("corneal abrasion", IN_2014, "acoem-16-2004"),
        ("cataract", IN_2022, "mtus-eye-2017"),
        ("SI joint injection", IN_2014, "acoem-12-2004"),
        ("synvisc", IN_2016, "acoem-13-2004"),
        ("silicosis", IN_2022, "mtus-ild-2019"),
        ("aquatic therapy", IN_2014, "mtus-chronic-pain-2009"),
        ("compound cream", IN_2017, "mtus-chronic-pain-2016"),
        ("percocet", IN_2026, "mtus-opioids-2017"),
        ("zoloft", IN_2024, "mtus-chronic-pain-2017"),
        ("lipitor", IN_2024, "mtus-formulary-2018"),
        ("psych eval", IN_2016, "acoem-15-2004"),
        ("post op PT", IN_2014, "mtus-postsurgical-2009"),
        ("electrodiagnostic left arm", IN_2016, "acoem-08-2004"),
    ],
)
def test_what_no_section_is_called_leads_to_the_chapter_that_stood(
    library: Library, typed: str, on: date, key: str
) -> None:
    hit = library.search(typed, on=on)[0]
    assert (hit.entry.key, hit.group) == (key, Group.IN_FORCE)


@pytest.mark.parametrize("typed", ["EMG", "NCV", "MRI", "chiro", "x ray"])
@pytest.mark.parametrize("on", [IN_2014, IN_2017, IN_2019, IN_2022, IN_2024, IN_2026])
def test_a_test_of_any_part_offers_what_is_cited_most(
    library: Library, typed: str, on: date
) -> None:
    first = library.search(typed, on=on)[0].entry
    assert first.regulation in ("8 CCR 9792.23.5", "8 CCR 9792.24.2")


@pytest.mark.parametrize(
    ("title", "on", "key"),
    [
        ("EMG/NCV of the bilateral upper extremities", IN_2017, "acoem-08-2004"),
        ("EMG/NCV of the BUE", IN_2024, "mtus-cervical-thoracic-2018"),
        ("NCV of both lower extremities", IN_2019, "mtus-low-back-2016"),
        ("EMG of the left wrist", IN_2024, "mtus-hand-2023"),
        ("EMG/NCS right elbow", IN_2014, "acoem-10-2007"),
        ("Electrodiagnostic study, carpal tunnel", IN_2026, "mtus-hand-2023"),
    ],
)
def test_of_which_part_the_item_says(library: Library, title: str, on: date, key: str) -> None:
    assert library.search("emg", treatment=title, on=on)[0].entry.key == key


@pytest.mark.parametrize(
    ("typed", "on", "key"),
    [
        ("9792.24.2", IN_2017, "mtus-chronic-pain-2016"),
        ("8 CCR 9792.23.5", IN_2024, "mtus-low-back-2020"),
        ("9792.23.2", IN_2014, "acoem-09-2004"),
    ],
)
def test_a_chapter_is_found_by_its_section_of_the_rules(
    library: Library, typed: str, on: date, key: str
) -> None:
    assert library.search(typed, on=on)[0].entry.key == key


def test_who_names_an_outside_source_means_it(library: Library) -> None:
    assert library.search("odg hip", on=IN_2014)[0].entry.source is Source.ODG


@pytest.mark.parametrize(
    ("drug", "day", "chapter", "section"),
    [
        ("baclofen", date(2016, 9, 1), "mtus-chronic-pain-2016", "Muscle relaxants (for pain)"),
        ("norco", date(2016, 9, 1), "mtus-opioid-2016", None),
        ("prilosec", date(2016, 9, 1), "mtus-chronic-pain-2016", "Proton Pump Inhibitors (PPIs)"),
        ("prilosec", date(2015, 9, 1), "mtus-chronic-pain-2009", "NSAIDs, GI symptoms & cardiovascular risk"),
        ("ranitidine", date(2014, 2, 3), "mtus-chronic-pain-2009", "NSAIDs, GI symptoms & cardiovascular risk"),
        ("axid", date(2016, 9, 1), "mtus-chronic-pain-2016", "NSAIDs, GI symptoms & cardiovascular risk"),
        ("colace 100 mg", date(2016, 11, 2), "mtus-chronic-pain-2016", "Opioid-induced constipation treatment"),
        ("belsomra", date(2016, 11, 2), "mtus-chronic-pain-2016", "Insomnia treatment"),
        ("robaxin", date(2014, 2, 3), "mtus-chronic-pain-2009", "Muscle relaxants (for pain)"),
    ],
)  # fmt: skip
def test_a_drug_leads_to_its_chapter_in_force_and_the_heading_that_deals_with_its_kind(
    library: Library, drug: str, day: date, chapter: str, section: str | None
) -> None:
    first = library.search(drug, on=day)[0]
    assert (first.entry.key, first.group, first.section) == (chapter, Group.IN_FORCE, section)
    assert note_on_silence(drug, (first,), day) == ""


@pytest.mark.parametrize("drug", ["lisinopril", "simvastatin", "keflex", "imitrex", "synthroid"])
def test_a_drug_whose_kind_no_chapter_deals_with_is_told(library: Library, drug: str) -> None:
    hits = library.search(drug, on=date(2016, 9, 1))
    assert note_on_silence(drug, hits, date(2016, 9, 1)).startswith(
        "No chapter in force is known to deal with drugs"
    )
    later = library.search(drug, on=date(2024, 3, 25))
    assert later[0].entry.title == "Drug Formulary"
    assert "(8 CCR 9792.21.1(a)(2))" in note_on_silence(drug, later, date(2024, 3, 25))
    earlier = library.search(drug, on=date(2014, 2, 3))
    assert "9792" not in note_on_silence(drug, earlier, date(2014, 2, 3))


@pytest.mark.parametrize("day", [IN_2014, IN_2016, IN_2024])
@pytest.mark.parametrize(
    "drug", ["mupirocin", "silvadene", "vitamin d", "vitamin D 50,000 units", "prolia", "niaspan"]
)
def test_a_drug_leads_to_no_chapter_that_only_shares_a_word_or_a_route_with_it(
    library: Library, drug: str, day: date
) -> None:
    in_force = [one.entry for one in library.search(drug, on=day) if one.group is Group.IN_FORCE]
    assert {entry.title for entry in in_force} <= {"Drug Formulary"}


@pytest.mark.parametrize(
    ("typed", "day", "key", "why"),
    [
        ("flovent", IN_2024, "mtus-asthma-2020", "asthma"),
        ("flovent", IN_2014, "odg-pulmonary", "asthma"),
        ("medrol dosepak", IN_2016, "acoem-12-2004", "nerve root"),
        ("seroquel", IN_2016, "acoem-15-2004", "mental"),
        ("seroquel", IN_2024, "mtus-depression-2020", "mental"),
        ("buspar", IN_2024, "mtus-anxiety-2021", "anxiety"),
        ("fosamax", IN_2016, "mtus-chronic-pain-2016", "regional pain"),
        ("narcan", IN_2014, "mtus-chronic-pain-2009", "opioids"),
        ("imitrex", IN_2016, "odg-head", "migraine"),
        ("keflex", IN_2017, "odg-infectious", "infection"),
        ("silvadene", IN_2014, "odg-burns", "burns"),
        ("metformin", IN_2016, "odg-diabetes", "diabetes"),
        ("tenodesis", IN_2014, "acoem-09-2004", "shoulder"),
        ("inguinal hernia repair", IN_2022, "mtus-hip-groin-2019", "groin"),
    ],
)
def test_what_no_heading_names_leads_to_the_chapter_on_what_it_is_for_and_says_so(
    library: Library, typed: str, day: date, key: str, why: str
) -> None:
    first = library.search(typed, on=day)[0]
    assert first.entry.key == key
    assert first.remarks[0].startswith("Why it is offered: ")
    assert why in first.remarks[0]


def test_a_chapter_that_only_another_edition_says_to_deal_with_it_is_told_as_one(
    library: Library,
) -> None:
    first = library.search("sonata", on=IN_2014)[0]
    assert first.entry.key == "mtus-chronic-pain-2009"
    assert first.remarks[0].startswith("The edition of 2016 deals with it;")


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("ibuprofin 800mg", "mtus-chronic-pain-2017"),
        ("percoset 5/325 #60", "mtus-opioids-2017"),
        ("dequervains", "mtus-hand-2023"),
        ("acupunture x 12", "mtus-acupuncture-2007"),
        ("interferental unit rental", "mtus-chronic-pain-2017"),
        ("spinal cord stimulator trial", "mtus-chronic-pain-2017"),
        ("ganglion cyst excision", "mtus-hand-2023"),
        ("hand therapy 8", "mtus-hand-2023"),
    ],
)
def test_misspelt_and_with_how_much_is_asked_for(library: Library, typed: str, key: str) -> None:
    assert library.search(typed, on=IN_2024)[0].entry.key == key


@pytest.mark.parametrize(
    ("typed", "key", "section"),
    [
        ("C6-7 fusion", "mtus-cervical-thoracic-2018", "Spinal Fusion"),
        ("microdiscectomy L5-S1", "mtus-low-back-2020", "Decompression Surgery"),
        ("trigger thumb, trigger finger release", "mtus-hand-2023", "Trigger Finger"),
        (
            "cubital tunnel syndrome",
            "mtus-elbow-2018",
            "Cubital Tunnel Syndrome (Ulnar Neuropathy)",
        ),
        ("rotator cuff tear", "mtus-shoulder-2023", "Rotator Cuff Tears"),
        ("hammertoe correction", "mtus-ankle-foot-2018", None),
        ("plif", "mtus-low-back-2020", "Spinal Fusion"),
        ("epidurl steriod L5-S1", "mtus-low-back-2020", "Epidural Glucocorticosteroid Injections"),
    ],
)
def test_a_level_and_an_operation_lead_to_the_chapter_on_their_part(
    library: Library, typed: str, key: str, section: str | None
) -> None:
    first = library.search(typed, on=IN_2024)[0]
    assert (first.entry.key, first.section) == (key, section)


def test_what_is_like_two_drugs_is_taken_for_neither(library: Library) -> None:
    assert spelt_of("hydroxazine") == "hydroxyzine"
    assert spelt_of("clonadine") == "clonidine"
    assert spelt_of("zzzzzzzz") is None
    assert spelt_of("theracane") is None
    first = library.search("hydroxazine", on=IN_2024)[0]
    assert "Taken as hydroxyzine." in first.remarks
    assert "Taken as" not in " ".join(library.search("hydroxyzine", on=IN_2024)[0].remarks)
    assert library.search("zzzzzzzz", on=IN_2024) == ()


def test_every_drug_leads_to_a_chapter_or_says_what_comes_next(library: Library) -> None:
    for name in list(drug_list().drugs)[::6]:
        for day in (IN_2014, IN_2016, IN_2024):
            hits = library.search(name, on=day)
            there = [hit for hit in hits if hit.group is Group.IN_FORCE]
            note = note_on_silence(name, hits, day)
            assert bool(note) is ({hit.entry.title for hit in there} <= {"Drug Formulary"}), name


def test_what_leads_somewhere_is_known_by_its_names(library: Library) -> None:
    file = msgspec.json.decode((GUIDELINES / "leads.json").read_bytes())
    drugs = drug_list().drugs
    classes = {f"class {name}" for drug in drugs.values() for name in drug.classes}
    keys = {entry.key for entry in library.entries()}
    seen: list[str] = []
    for lead in file["leads"]:
        assert lead["why"]
        for name in lead["what"]:
            assert name in drugs or name in classes or name in concepts(), name
            seen.append(name)
        for beginning in (*lead["chapters"], *lead["outside"]):
            assert any(key.startswith(beginning) for key in keys), beginning
    assert len(seen) == len(set(seen))


def test_headings_for_kinds_of_drugs_are_headings_of_their_chapters(library: Library) -> None:
    file = msgspec.json.decode((GUIDELINES / "drug_classes.json").read_bytes())
    known = {name for drug in drug_list().drugs.values() for name in drug.classes}
    for key, headings in file["chapters"].items():
        entry = library.by_key(key)
        assert entry is not None
        assert set(headings) <= {section.name for section in entry.sections}
        assert {name for classes in headings.values() for name in classes} <= known

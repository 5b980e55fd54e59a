"""Newer facts without a newer program: a file that was signed off, and the drug list."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from app.errors import UserError
from app.letter import Source
from app.services.citations.drug_values import Status
from app.services.citations.known import KnownGuideline, guideline_files, known_guidelines
from app.services.database import Database
from app.services.library import FactsFile, Group, Library, read_facts, sealed, status_lines
from app.services.library.drug_file import read_drug_list
from app.services.library.facts import FORMAT, program_version
from app.services.library.starter import load_starter

DOCS = Path(__file__).parents[3] / "docs"
BY_KEY = {known.key: known for known in known_guidelines()}
CHRONIC = replace(
    BY_KEY["mtus-chronic-pain-2024"], effective_from=date(2027, 2, 1), dates_confirmed=True
)
LOW_BACK = replace(BY_KEY["mtus-low-back-2020"], note="Looked at again.")
TAIL = KnownGuideline(
    key="mtus-tail-2027", kind="mtus", source=Source.MTUS, title="Tail Disorders", edition="2027",
    effective_from=date(2027, 2, 1), sources=("division",),
)  # fmt: skip


def made(
    *entries: KnownGuideline, version: int = 9000, withdrawn: dict[str, str] | None = None
) -> bytes:
    file = FactsFile(
        format=FORMAT,
        version=version,
        as_of=date(2027, 3, 1),
        about="Orders up to March 2027",
        signed_off_by="Dr. Quill",
        signed_off_on=date(2027, 3, 2),
        sources={"division": "dir.ca.gov/order"},
        entries=entries,
        withdrawn=withdrawn or {},
    )
    return sealed(msgspec.json.encode(file))


def test_an_update_changes_what_it_says_and_keeps_what_the_user_changed(
    database: Database,
) -> None:
    library = Library(database)
    mine = library.by_key("mtus-low-back-2020")
    assert mine is not None
    library.save(replace(mine, title="My low back"))
    update = library.law.preview(read_facts(made(CHRONIC, LOW_BACK, TAIL)))
    assert [change.after.key for change in update.changes] == [
        "mtus-chronic-pain-2024",
        "mtus-low-back-2020",
        "mtus-tail-2027",
    ]
    assert update.changes[1].kept == ("title",)
    assert library.by_key("mtus-tail-2027") is None

    library.take_in_facts(update)
    pain = library.search("chronic pain", on=date(2027, 2, 1))[0]
    assert (pain.entry.edition, pain.group) == ("2017", Group.IN_FORCE)
    new = library.search("chronic pain 2024", on=date(2027, 2, 1))[0]
    assert (new.entry.edition, new.group) == ("2024", Group.IN_FORCE)
    kept = library.by_key("mtus-low-back-2020")
    assert kept is not None
    assert kept.title == "My low back"
    assert kept.remark.startswith("Looked at again.")
    assert [e.title for e in library.guidelines().editions(Source.MTUS, "Tail Disorders")]

    again = Library(database)  # the program's own facts, which are older, change nothing back
    assert again.by_key("mtus-tail-2027") is not None
    load_starter(database, tuple(replace(f, about="x") for f in guideline_files()))
    still = again.by_key("mtus-chronic-pain-2024")
    assert still is not None
    assert still.effective_from == date(2027, 2, 1)


def test_the_checks_go_by_the_facts_that_were_read_in(library: Library) -> None:
    from app.services.checks import CheckContext, check
    from tests.services.checks.sound import citing, imaging, mtus

    letter = imaging(maximus_guideline=citing(mtus("Chronic Pain", "2024", "Exercise")))
    letter = replace(letter, header=replace(letter.header, decision_date=date(2027, 2, 1)))

    def rules() -> set[str]:
        context = CheckContext(guidelines=library.guidelines())
        return {finding.rule for finding in check(letter, context)}

    assert "edition-not-adopted" in rules()
    library.take_in_facts(library.law.preview(read_facts(made(CHRONIC))))
    assert "edition-not-adopted" not in rules()


def test_the_status_tells_how_old_the_facts_are_and_what_ends(library: Library) -> None:
    told = library.law.status(date(2023, 1, 5), library.guidelines())
    assert (told.version, told.as_of) == (program_version(), date(2026, 11, 27))
    ending = {entry.key: entry.effective_to for entry in told.ending}
    assert ending["mtus-shoulder-2016"] == date(2023, 8, 9)
    assert {entry.key for entry in told.proposed} == set()
    assert told.drugs is not None
    assert told.drugs.version == "10"
    later = library.law.status(date(2026, 11, 1), library.guidelines())
    assert {entry.edition for entry in later.proposed} == {"2024", "2025"}
    library.take_in_facts(library.law.preview(read_facts(made(TAIL))))
    assert library.law.status(date(2027, 3, 1), library.guidelines()).signed_off_by == "Dr. Quill"


def test_the_status_in_lines_tells_what_ends_and_begins_in_the_order_of_days(
    library: Library,
) -> None:
    def lines(on: date) -> list[str]:
        return list(status_lines(library.law.status(on, library.guidelines()), on))

    told = lines(date(2023, 10, 1))
    assert told[0].startswith("Facts of 11/27/2026, version ")
    after = told[told.index("What ends and begins after 10/01/2023:") + 1 :]
    assert after[:2] == [
        "  11/09/2023\tHand, Wrist, and Forearm Disorders 2019 ends",
        "  11/10/2023\tHand, Wrist, and Forearm Disorders 2023 begins",
    ]
    assert "  02/15/2024\tMTUS Drug List v. 11 begins" in after
    now = lines(date(2026, 11, 27))
    assert any(line.startswith("What ends when: nothing") for line in now)
    assert any(line.startswith("  Chronic Pain 2024. ") for line in now)


def test_a_file_that_is_not_as_it_was_signed_off_is_refused(library: Library) -> None:
    good = made(TAIL)
    with pytest.raises(UserError, match="checksum"):
        read_facts(good.replace(b"Tail", b"Tall"))
    with pytest.raises(UserError, match="no file of facts"):
        read_facts(b"nothing of the kind")
    with pytest.raises(UserError, match="cut off"):
        read_facts(good[:-20])
    with pytest.raises(UserError, match="cannot be read"):
        read_facts(good.replace(b"2027-02-01", b"2027-02-31"))
    with pytest.raises(UserError, match="here already"):
        library.law.preview(read_facts(made(TAIL, version=1)))
    library.take_in_facts(library.law.preview(read_facts(good)))
    with pytest.raises(UserError, match="here already"):
        library.law.preview(read_facts(good))


CSV = (
    "MTUS Drug List v.13 (8 CCR 9792.27.15),,,,\n"
    "Effective date: August 6, 2025,,,,\n"
    "Drug Ingredient,Reference Brand Name,Exempt / Non-Exempt *,Special Fill **,Peri-Op ***\n"
    "Acetaminophen,Tylenol®,Exempt,,\n"
    "Cyclobenzaprine,Flexeril®,Non-Exempt,4 days,4 days\n"
    "Odd,,perhaps,,\n"
    ",,,,\n"
)


PLAIN = CSV.replace("August 6, 2025", "08/06/2025")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (CSV.replace("August 6, 2025", '"August 6, 2025"').encode(), "list.csv"),
        (PLAIN.replace(",", ";").encode(), "list.csv"),
        (PLAIN.replace(",", "\t").encode("utf-8-sig"), "list.txt"),
    ],
)
def test_the_drug_list_is_read_from_text_parted_in_columns(data: bytes, name: str) -> None:
    found = read_drug_list(data, name)
    drugs = found.drugs
    assert (drugs.version, drugs.effective_from) == ("13", date(2025, 8, 6))
    assert [(r.ingredient, r.status, r.special_fill, r.perioperative_fill) for r in drugs.rows] == [
        ("Acetaminophen", Status.EXEMPT, None, None),
        ("Cyclobenzaprine", Status.NON_EXEMPT, 4, 4),
    ]
    assert found.refused == ((6, "“perhaps” is neither exempt nor non-exempt"),)


EX, NON = Status.EXEMPT, Status.NON_EXEMPT


@pytest.mark.parametrize(
    ("table", "encoding", "rows", "refused"),
    [
        (
            "MTUS Drug List v.14 effective 9/1/2026\nName of Drug Ingredient,Reference Brand Name,Exempt / Non-Exempt,Special Fill**,Peri-Op\n"
            "Acetaminophen,Tylenol,Exempt,,\nHydrocodone / Acetaminophen,Norco,Non Exempt,4 days,Yes\n* Notes: see the rules,,,,\n",
            "utf-8",
            [("Acetaminophen", EX, None, None), ("Hydrocodone / Acetaminophen", NON, 4, None)],
            [(4, "“Yes” tells no number of days for a perioperative fill")],
        ),
        (
            "MTUS Drug List v. 14;;\nEffective Date: 46266;;\nIngredient;Exempt drug (Y/N);Special fill (days)\nCélécoxib;Y;-\n;;\nFentanyl;N;4\n",
            "cp1252",
            [("Célécoxib", EX, None, None), ("Fentanyl", NON, 4, None)],
            [],
        ),
        (
            "MTUS Drug List v. 14 effective September 1 2026\nDrug\tExempt/ Non-\tSpecial\tPerioperative\nIngredient\tExempt\tFill\tFill\nDiazepam\tNon-Exempt\t\t\n"
            "Page 2 of 40\t\t\t\nDrug Ingredient\tPerioperative Fill\tExempt/Non-Exempt\tSpecial Fill\nKetorolac\t3 days\tNon-Exempt\t4 days\n",
            "utf-16",
            [("Diazepam", NON, None, None), ("Ketorolac", NON, 4, 3)],
            [],
        ),
        (
            "MTUS DRUG LIST V 14 Effective: 09/01/2026,\nGeneric name,Status\nIbuprofen,EXEMPT\nMorphine,N\n",
            "utf-8",
            [("Ibuprofen", EX, None, None)],
            [(4, "“N” is neither exempt nor non-exempt")],
        ),
    ],
)  # fmt: skip
def test_the_drug_list_is_read_in_the_shapes_it_is_passed_on_in(
    table: str, encoding: str, rows: list[object], refused: list[tuple[int, str]]
) -> None:
    found = read_drug_list(table.encode(encoding), "list.csv")
    assert (found.drugs.version, found.drugs.effective_from) == ("14", date(2026, 9, 1))
    assert [
        (one.ingredient, one.status, one.special_fill, one.perioperative_fill)
        for one in found.drugs.rows
    ] == rows
    assert list(found.refused) == refused


def test_a_drug_list_that_does_not_tell_its_version_is_asked_for_it() -> None:
    bare = "\n".join(CSV.splitlines()[2:]).encode()
    with pytest.raises(UserError, match="version"):
        read_drug_list(bare, "drugs.csv")
    named = read_drug_list(bare, "drugs.csv", version="14", effective_from=date(2026, 5, 1))
    assert named.drugs.version == "14"
    for wrong in (b"a,b\n1,2\n", b"PK not a zip", b"\0\1"):
        with pytest.raises(UserError):
            read_drug_list(wrong, "drugs.csv")


def test_a_drug_list_that_was_read_in_is_the_one_of_its_days(library: Library) -> None:
    library.take_in_drugs(read_drug_list(PLAIN.encode(), "list.csv").drugs)
    told = library.law.status(date(2025, 9, 1), library.guidelines()).drugs
    assert told is not None
    assert (told.version, len(told.rows)) == ("13", 2)


def test_the_example_of_the_documentation_can_be_closed_and_taken_in(database: Database) -> None:
    example = sealed((DOCS / "example-facts.json").read_bytes())
    library = Library(database)
    update = library.law.preview(read_facts(example))
    assert [(change.before is None, change.after.key) for change in update.changes] == [
        (False, "mtus-ankle-foot-2018"),
        (True, "mtus-ankle-foot-2027"),
    ]
    library.take_in_facts(update)
    before, after = date(2026, 12, 31), date(2027, 1, 1)
    for day, edition in ((before, "2018"), (after, "2027")):
        found = library.search("ankle", on=day)[0]
        assert (found.entry.edition, found.group) == (edition, Group.IN_FORCE)
    told = (DOCS / "library-facts.md").read_text("utf-8")
    named = set(re.findall(r"`(\w+)`", told.partition("| member")[2].partition("## ")[0]))
    members = set(KnownGuideline.__struct_fields__)
    assert named & members >= members - {"publication_date", "first_page", "last_page", "pages_confirmed", "doubtful_from"}  # fmt: skip


def test_a_file_that_contradicts_itself_is_refused_and_cannot_be_sealed(library: Library) -> None:
    def file(*entries: KnownGuideline, by: str = "Dr. Quill") -> bytes:
        plain = FactsFile(
            format=FORMAT, version=900, as_of=date(2027, 3, 1), about="Orders",
            signed_off_by=by, signed_off_on=date(2027, 3, 2), entries=entries,
        )  # fmt: skip
        return msgspec.json.encode(replace(plain, checksum=plain.own_checksum))

    over = replace(TAIL, effective_from=date(2027, 2, 1), effective_to=date(2027, 1, 1))
    for data, words in (
        (file(TAIL, by=" "), "names nobody who signed it off"),
        (file(TAIL, TAIL), "is in it twice"),
        (file(over), "last day in force is before the first"),
    ):
        with pytest.raises(UserError, match=words):
            read_facts(data)
        with pytest.raises(UserError, match=words):
            sealed(data)
    lost = file(replace(TAIL, superseded_by="mtus-nowhere"))
    with pytest.raises(UserError, match="neither in the file nor in the library"):
        library.law.preview(read_facts(lost))
    assert library.by_key(TAIL.key) is None


def test_an_edition_that_was_told_as_adopted_and_is_not_is_withdrawn(library: Library) -> None:
    from app.services.checks import CheckContext, check
    from tests.services.checks.sound import citing, imaging, mtus

    ended = replace(
        BY_KEY["mtus-chronic-pain-2017"],
        effective_to=date(2027, 1, 31),
        superseded_by="mtus-chronic-pain-2024",
    )
    library.take_in_facts(library.law.preview(read_facts(made(CHRONIC, ended))))
    on = date(2027, 3, 1)
    assert library.search("chronic pain", on=on)[0].entry.edition == "2024"
    letter = imaging(maximus_guideline=citing(mtus("Chronic Pain", "2024", "Exercise")))
    letter = replace(letter, header=replace(letter.header, decision_date=on))

    def found() -> list[str]:
        context = CheckContext(guidelines=library.guidelines())
        said = [one for one in check(letter, context) if one.rule.startswith("edition-")]
        return [one.sentence for one in said if "Chronic Pain 2024 was" in one.sentence]

    assert found() == []

    why = {"mtus-chronic-pain-2024": "The order was set aside on 02/20/2027."}
    with pytest.raises(UserError, match="still said to have ended for it"):
        library.law.preview(read_facts(made(version=9001, withdrawn=why)))
    with pytest.raises(UserError, match="withdrawn and given"):
        made(CHRONIC, version=9001, withdrawn=why)
    with pytest.raises(UserError, match="is not told"):
        made(version=9001, withdrawn=dict.fromkeys(why, " "))
    again = BY_KEY["mtus-chronic-pain-2017"]
    update = library.law.preview(
        read_facts(made(again, version=9001, withdrawn={**why, "mtus-never-here": "Nor there."}))
    )
    assert [change.after.key for change in update.changes] == [again.key, *why]
    library.take_in_facts(update)

    first = library.search("chronic pain", on=on)[0]
    assert (first.entry.edition, first.group) == ("2017", Group.IN_FORCE)
    gone = library.search("chronic pain 2024", on=on)[0]
    assert gone.group is Group.OTHER_DATE
    assert gone.warnings == (
        "Withdrawn: it is no part of the MTUS. The order was set aside on 02/20/2027.",
        "In force on that day: Chronic Pain 2017.",
    )
    assert len(found()) == 1
    assert "was withdrawn and is no part of the MTUS" in found()[0]
    lines = status_lines(library.law.status(on, library.guidelines()), on)
    told = lines[lines.index("Withdrawn:") + 1]
    assert told == "  Chronic Pain 2024. The order was set aside on 02/20/2027."

    library.take_in_facts(library.law.preview(read_facts(made(CHRONIC, ended, version=9002))))
    assert library.search("chronic pain", on=on)[0].entry.edition == "2024"


def test_the_topics_of_a_chapter_stay_where_a_file_names_none(library: Library) -> None:
    bare = replace(LOW_BACK, sections=())
    library.take_in_facts(library.law.preview(read_facts(made(bare))))
    hit = library.search("lumbar mri", on=date(2024, 3, 25))[0]
    assert (hit.entry.key, hit.section) == (
        "mtus-low-back-2020",
        "Magnetic Resonance Imaging (MRI)",
    )

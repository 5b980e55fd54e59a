"""A chapter the user added is known wherever letters are read, typed and cited."""

from __future__ import annotations

from msgspec.structs import replace

from app.letter import FieldId, Source, get_value, with_value
from app.services.citations import read_guideline
from app.services.library import Entry, EntryKind, Section, citation_of
from tests.ui.desk import Desk
from tests.ui.made_letters import letter, write_pdf

FIELD = FieldId("issue.maximus_guideline", 0)
TEXT = "Decision based on MTUS Wagging 2023, Section(s): Casts, soft & firm."
TAIL = Entry(
    kind=EntryKind.MTUS,
    source=Source.MTUS,
    title="Tail Disorders",
    edition="2023",
    aliases=("Wagging",),
    sections=(Section(name="Casts, soft & firm"),),
)


def test_it_is_read_without_a_doubt_in_a_letter_and_in_what_is_typed(desk: Desk) -> None:
    made = with_value(letter(), FIELD, read_guideline(TEXT).guideline)
    desk.open(write_pdf(desk.folder / "before.pdf", made))
    desk.settle()
    assert "known here" in (desk.document.evidence[FIELD].doubt or "")

    desk.library.save(TAIL)
    desk.document.edit(FIELD, f"{TEXT} My own words.")
    (citation,) = get_value(desk.document.letter, FIELD).citations
    assert (citation.title, citation.sections) == ("Tail Disorders", ("Casts, soft & firm",))

    made = with_value(letter(2), FIELD, read_guideline(TEXT).guideline)
    desk.open(write_pdf(desk.folder / "after.pdf", made))
    desk.settle()
    assert desk.document.evidence[FIELD].doubt is None
    (citation,) = get_value(desk.document.letter, FIELD).citations
    assert citation.title == "Tail Disorders"


def test_a_citation_goes_in_by_the_style_of_the_letters_layout_and_out_again(desk: Desk) -> None:
    made = replace(letter(), layout="maximus-2014")
    desk.open(write_pdf(desk.folder / "old.pdf", made))
    desk.settle()
    field = FieldId("issue.maximus_guideline", desk.document.letter.issues[0].id)
    desk.document.edit(field, "My own words stay.")
    entry = desk.library.by_key("acoem-13-2004")
    assert entry is not None
    desk.window.fields.add_citation(field, citation_of(entry, pages="343"))
    cited = get_value(desk.document.letter, field)
    assert cited.text == (
        "Decision based on MTUS ACOEM Chapter 13 Knee Complaints Page(s): 343. My own words stay."
    )
    desk.document.undo()
    assert get_value(desk.document.letter, field).text == "My own words stay."

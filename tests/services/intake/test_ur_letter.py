"""Utilization review letters in their three shapes and many house styles."""

from __future__ import annotations

from functools import lru_cache

import pymupdf
import pytest

from app.services.intake.application import NotReadable
from app.services.intake.layout import squeezed
from app.services.intake.ur_letter import read_ur_letter
from app.services.intake.values import Fact, ReviewedItem, Told, UrDecision, Verdict
from app.services.pdf.form_fields import read_form
from tests.intake_files import letters

FACTS = {
    "employee": Fact.EMPLOYEE,
    "claim": Fact.CLAIM_NUMBER,
    "injury": Fact.DATE_OF_INJURY,
    "provider": Fact.PROVIDER,
    "administrator": Fact.ADMINISTRATOR,
    "signed": Fact.RFA_SIGNED,
    "received": Fact.RFA_RECEIVED,
    "decided": Fact.UR_DECIDED,
    "served": Fact.UR_SERVED,
}
VERDICTS = {
    "denied": Verdict.DENIED,
    "modified": Verdict.MODIFIED,
    "approved": Verdict.APPROVED,
    "conditional": Verdict.CONDITIONAL,
}
NAMES = letters.names()


@lru_cache
def read(name: str) -> UrDecision:
    return read_ur_letter(read_form(letters.drawn(name), name, None))


def item(name: str, title: str) -> ReviewedItem:
    return next(one for one in read(name).items if squeezed(one.title) == squeezed(title))


def printed_at(name: str, found: Told) -> str:
    """The words of the page where a value is said to stand."""
    (place,) = found.evidence.places
    page = pymupdf.open(stream=letters.drawn(name))[place.page - 1]
    x0, y0, x1, y1 = place.boxes[0]
    box = pymupdf.Rect(x0 * 612 - 1, y0 * 792 + 2, x1 * 612 + 1, y1 * 792 - 2)
    return page.get_textbox(box)


@pytest.mark.parametrize("name", NAMES)
def test_whose_case_it_is_and_its_four_days(name: str) -> None:
    told, facts = letters.told(name), read(name).facts
    for key, fact in FACTS.items():
        if told[key] is None:
            assert fact not in facts or facts[fact].evidence.doubts, key
        else:
            assert str(facts[fact].value) == told[key], key
            assert squeezed(facts[fact].evidence.text) in squeezed(printed_at(name, facts[fact]))


@pytest.mark.parametrize("name", NAMES)
def test_each_item_once_with_its_verdict(name: str) -> None:
    told = letters.told(name)["items"]
    found = {squeezed(one.title): one.verdict for one in read(name).items}
    assert found == {
        squeezed(title): VERDICTS.get(verdict, Verdict.NONE) for title, verdict, _ in told
    }
    assert all(one.places for one in read(name).items)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_cited_and_what_was_approved(name: str) -> None:
    told = letters.told(name)
    for at, (title, _, cited) in enumerate(told["items"]):
        found = item(name, title)
        assert cited.casefold() in found.guideline.casefold()
        assert cited or not found.guideline
        assert told.get("approved", {}).get(str(at), "") in found.approved


def test_three_spellings_of_one_item_are_one_and_doubted() -> None:
    found = item("b1", "Pregabalin 75 mg #60")
    assert found.spellings == ("Lyrica 75mg, sixty",)
    assert any("also writes it" in doubt for doubt in found.doubts)


def test_a_verdict_told_in_two_ways_is_doubted() -> None:
    page = pymupdf.open()
    sheet = page.new_page()
    for at, line in enumerate(
        (
            "Utilization Review", "Claim Number: X-1", "Employee: Ada Pike",
            "The request for MRI of the left knee is certified.",
            "Treatment requested: MRI of the left knee", "Determination: Non-certified",
        )
    ):  # fmt: skip
        sheet.insert_text((72, 72 + 20 * at), line)
    (found,) = read_ur_letter(read_form(page.tobytes(), "two", None)).items
    assert found.verdict is Verdict.DENIED
    assert any("in another" in doubt for doubt in found.doubts)


def test_an_application_behind_the_letter_is_no_part_of_it() -> None:
    from tests.intake_files.forms import drawn
    from tests.intake_files.made_applications import FORMS

    whole = pymupdf.open(stream=letters.drawn("a1"))
    whole.insert_pdf(pymupdf.open(stream=drawn(FORMS[2])))
    decision = read_ur_letter(read_form(whole.tobytes(), "whole", None))
    assert decision.items == read("a1").items
    assert decision.facts[Fact.EMPLOYEE].value == "Marisol Quintanar"


def test_a_scan_and_another_paper_are_told() -> None:
    blank = pymupdf.open()
    picture = pymupdf.open(stream=letters.drawn("a1"))[0].get_pixmap(dpi=60)
    blank.new_page(width=612, height=792).insert_image((0, 0, 612, 792), pixmap=picture)
    with pytest.raises(NotReadable, match="scan"):
        read_ur_letter(read_form(blank.tobytes(), "scan", None))
    other = pymupdf.open()
    other.new_page().insert_text((72, 72), "A recipe for soup with many onions in it")
    with pytest.raises(NotReadable, match="no utilization review"):
        read_ur_letter(read_form(other.tobytes(), "soup", None))

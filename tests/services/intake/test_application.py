"""The application is read however it is drawn; what cannot be read is told in a sentence."""

from __future__ import annotations

from functools import lru_cache

import pymupdf
import pytest

from app.evidence import Place
from app.services.intake.application import NotReadable, read_application
from app.services.intake.values import Application, Fact
from app.services.pdf.form_fields import read_form
from tests.intake_files.forms import LABELS_2014, Form, drawn
from tests.intake_files.made_applications import FORMS, wanted

FACTS = {
    "employee": Fact.EMPLOYEE,
    "claim": Fact.CLAIM_NUMBER,
    "injury": Fact.DATE_OF_INJURY,
    "ur": Fact.UR_DECIDED,
    "provider": Fact.PROVIDER,
    "administrator": Fact.ADMINISTRATOR,
    "priority": Fact.PRIORITY,
}
BY_NAME = {form.name: form for form in FORMS}


@lru_cache
def read(name: str) -> Application:
    return read_application(read_form(drawn(BY_NAME[name]), name, None))


@pytest.mark.parametrize("name", BY_NAME)
def test_every_fact_is_read_or_doubted(name: str) -> None:
    """However the form is drawn; words that lie over one another are a doubt, not a loss."""
    application, told = read(name), wanted(BY_NAME[name])
    for key, fact in FACTS.items():
        found = application.facts[fact]
        assert str(found.value) == str(told[key]) or found.evidence.doubts, (key, found)
    liable = application.facts[Fact.LIABILITY].value
    assert (liable == "yes") is told["liability"]


@pytest.mark.parametrize("name", BY_NAME)
def test_the_items_are_those_of_its_lines(name: str) -> None:
    application, told = read(name), wanted(BY_NAME[name])
    assert [item.title for item in application.items] == told["items"]
    assert all(item.places for item in application.items)


def test_nearly_all_is_right_without_a_doubt() -> None:
    """Doubts alone would let everything pass."""
    pairs = [
        (str(read(name).facts[fact].value), str(wanted(form)[key]))
        for name, form in BY_NAME.items()
        for key, fact in FACTS.items()
    ]
    assert sum(found == told for found, told in pairs) >= 0.98 * len(pairs)


def test_a_value_has_its_place_on_the_page() -> None:
    """The box lies where the words are drawn, also on a page that is turned."""
    form = BY_NAME["turned"]
    (place,) = read("turned").facts[Fact.EMPLOYEE].evidence.places
    document = pymupdf.open(stream=drawn(form))
    page = document[place.page - 1]
    drawn_at = page.search_for(form.values["employee"])[0] * page.rotation_matrix
    x0, y0, x1, y1 = place.boxes[0]
    shown = pymupdf.Rect(x0 * page.rect.width, y0 * page.rect.height, x1 * page.rect.width, y1 * page.rect.height)  # fmt: skip
    assert (shown & drawn_at.normalize()).get_area() > 0.5 * shown.get_area()


def test_a_tick_has_the_place_of_its_box() -> None:
    evidence = read("values below their labels").facts[Fact.PRIORITY].evidence
    (place,) = evidence.places
    assert isinstance(place, Place)
    assert place.boxes[0][2] - place.boxes[0][0] < 0.03


def test_another_copy_that_differs_is_doubted() -> None:
    told = read("two copies that differ").facts[Fact.DATE_OF_INJURY]
    assert told.evidence.others == ("03/08/2017",)
    assert "copies" in (told.evidence.doubt or "")
    assert read("two copies that differ").is_signed


def test_a_line_that_only_refers_to_the_decision_is_no_item() -> None:
    assert read("see attached").items == ()
    assert any("See attached" in note for note in read("see attached").notes)
    assert str(read("see attached").facts[Fact.FAXED].value) == "2024-02-20"


def test_a_line_of_several_items_is_parted_and_doubted() -> None:
    items = read("two things in a line").items
    assert [bool(item.doubt) for item in items] == [True, True, False]


def test_the_version_at_its_foot_is_told() -> None:
    assert read("an unknown version").version == "DWC Form IMR (Rev. 04/2026)"


def test_a_form_that_is_not_filled_in_is_told() -> None:
    for fillable in (True, False):
        blank = Form("blank", {}, (), fillable=fillable)
        with pytest.raises(NotReadable, match="not filled in"):
            read_application(read_form(drawn(blank), "blank", None))


def test_a_scan_is_told() -> None:
    source = pymupdf.open(stream=drawn(BY_NAME["printed in a table"]))
    picture = source[0].get_pixmap(dpi=60)
    scan = pymupdf.open()
    scan.new_page(width=612, height=792).insert_image((0, 0, 612, 792), pixmap=picture)
    with pytest.raises(NotReadable, match="scan"):
        read_application(read_form(scan.tobytes(), "scan", None))


def test_another_paper_is_told() -> None:
    other = pymupdf.open()
    other.new_page().insert_text((72, 72), "Progress report. Employee: A Person. Claim Number: 12")
    with pytest.raises(NotReadable, match="no application"):
        read_application(read_form(other.tobytes(), "report", None))


def test_instructions_alone_are_no_application() -> None:
    form = Form("whole", {}, (), instructions=True)
    whole = pymupdf.open(stream=drawn(form))
    whole.delete_page(0)
    with pytest.raises(NotReadable, match="no application"):
        read_application(read_form(whole.tobytes(), "instructions", None))


def test_a_form_with_three_labels_gone_is_read_as_far_as_it_goes() -> None:
    labels = LABELS_2014 | {"provider": "Healer", "ur": "The day", "administrator": "Whoever pays"}
    form = Form(
        "odd",
        {"employee": "Ada Pike", "claim": "AP-77", "injury": "01/02/2020", "ur": "03/04/2021"},
        ("MRI",),
        labels=labels,
    )
    application = read_application(read_form(drawn(form), "odd", None))
    assert application.facts[Fact.EMPLOYEE].value == "Ada Pike"
    missing = application.facts[Fact.PROVIDER]
    assert missing.value is None
    assert "no label" in (missing.evidence.doubt or "")

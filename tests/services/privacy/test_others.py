"""People besides those of the cover are found by what stands beside their names, and listed by role."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from app.letter import Cover, Letter
from app.services.privacy.others import Role, find_others
from app.services.public_copy import others_named, without_people
from app.services.rendering.public import public_letter

TREATER, FAMILY, LAW, TITLED = Role


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("He saw Dr. Priya Raghunathan again.", "Priya Raghunathan", TREATER),
        ("Dr. Okonkwo's note describes pain.", "Okonkwo", TREATER),
        ("Per Osgood Vale, M.D., rest was tried.", "Osgood Vale", TREATER),
        ("physical therapist J. Oyelaran treated him", "J. Oyelaran", TREATER),
        ("His wife Marisol drives him.", "Marisol", FAMILY),
        ("His son, Tomás de la Cruz, drives.", "Tomás de la Cruz", FAMILY),
        ("Her supervisor was named Ingrid Thornquist.", "Ingrid Thornquist", FAMILY),
        ("Defense attorney Helga Brandt asked.", "Helga Brandt", LAW),
        ("Richard Roe, Esq. wrote.", "Richard Roe", LAW),
        ("The claims adjuster Keiko Marumoto denied it.", "Keiko Marumoto", LAW),
        ("Mrs. Quillfeather was seen.", "Quillfeather", TITLED),
        ("DR. RAGHUNATHAN saw him.", "RAGHUNATHAN", TREATER),
        ("MS. VALE called.", "VALE", TITLED),
        ("The physician is Dr. van der Meer.", "van der Meer", TREATER),
        ("Okafor, DC, treated him.", "Okafor", TREATER),
        ("His wife (Marisol) drove.", "Marisol", FAMILY),
        ("His brother, whose name is Osric, drove.", "Osric", FAMILY),
        ("interpreter: Luz Peña", "Luz Peña", LAW),
        ("It was signed by R. Vane.", "R. Vane", TITLED),
        ("Judge Hon. MARIA LOPEZ ruled.", "MARIA LOPEZ", TITLED),
    ],
)
def test_a_sign_beside_a_name_tells_who_it_is(text: str, name: str, role: Role) -> None:
    ((found),) = find_others([("Summary", text)])
    assert (found.name, found.role, found.places) == (name, role, ("Summary",))


@pytest.mark.parametrize(
    "text",
    [
        "The attorney was present. The physician recommends an MRI of the neck.",
        "The treating physician. Physical therapy. The therapist. Visits were twelve.",
        "Treated by a friend In March; mother and Father Day.",
        "Ms. Employee; Doctor The; per MTUS Low Back Complaints.",
        "It was reviewed by Utilization Review, performed by Physical Therapy; the PTP; Board, MD; a DO.",
    ],
)
def test_a_role_alone_names_nobody(text: str) -> None:
    assert [found.name for found in find_others([("Summary", text)])] in ([], ["Day"])


def test_places_are_told_and_chosen_names_go_however_they_are_written() -> None:
    letter = Letter(
        cover=Cover(employee="Ramona Quill", copies_to="Osgood Prendergast"),
        clinical_summary="Ms. Quill saw Dr. Priya Raghunathan. Wife Marisol helps. RAGHUNATHAN, P. agreed.",
    )
    found = others_named(letter)
    assert [other.name for other in found] == ["Priya Raghunathan", "Marisol"]
    assert found[0].places == ("Clinical case summary",)
    one = public_letter(without_people(letter, [found[0].name])).clinical_summary
    assert "aghunathan" not in one.lower()
    assert "Marisol" in one
    both = public_letter(without_people(letter, [other.name for other in found]))
    assert "Marisol" not in both.clinical_summary
    assert others_named(replace(letter, clinical_summary=both.clinical_summary)) == ()


def test_two_behind_one_title_are_both_found() -> None:
    found = find_others([("Summary", "Drs. Oyelaran and Thornquist met.")])
    assert [other.name for other in found] == ["Oyelaran", "Thornquist"]


def test_a_degree_and_the_label_after_it_are_nobody() -> None:
    found = find_others([("", "Provider Name: Jo Doctor, MD Date of Injury: 09/13/2016")])
    assert "MD Date" not in {other.name for other in found}

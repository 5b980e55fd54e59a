"""Where two places of a letter disagree, each is told what the other one says."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.letter import FieldId
from app.services.parsing import parse
from app.services.pdf import read

SAMPLE = Path(__file__).parents[3] / "resources" / "samples" / "sample-letter.pdf"


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("header.date_of_injury", ("03/18/2016",)),
        ("patient.date_of_injury", ("03/08/2016",)),
        ("reviewer.specialties", ("Physical Medicine & Rehabilitation, Pain Management",)),
        ("header.case_number", ()),
    ],
)
def test_the_values_that_may_be_meant_instead(name: str, others: tuple[str, ...]) -> None:
    assert parse(read(SAMPLE)).evidence[FieldId(name)].others == others


def test_a_misread_level_offers_the_text_with_the_right_one() -> None:
    read_as = parse(read(SAMPLE))
    (other,) = read_as.evidence[FieldId("clinical_summary")].others
    assert other == read_as.letter.clinical_summary.replace("L5-Sl", "L5-S1")
    assert other != read_as.letter.clinical_summary


def test_the_name_of_the_file_is_one_of_them(tmp_path: Path) -> None:
    renamed = tmp_path / "CM16-0200002.pdf"
    renamed.write_bytes(SAMPLE.read_bytes())
    seen = parse(read(renamed)).evidence[FieldId("header.case_number")]
    assert seen.others == ("CM16-0200002",)

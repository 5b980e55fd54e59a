"""The example of a house's own layout does what the guide to it says."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pymupdf
import pytest

from app.paths import PROGRAM
from app.services.conformance import verdict
from app.services.rendering import Renderer, make_renderer
from app.services.settings import Settings
from tests.services.rendering.letters import letter

EXAMPLE = PROGRAM / "docs" / "example-house"
GUIDE = (PROGRAM / "docs" / "letterhead.md").read_text("utf-8")


@pytest.fixture
def house(tmp_path: Path) -> Renderer:
    """As the guide says: a copy under another name, in a folder that the settings name."""
    shutil.copytree(EXAMPLE / "northside", tmp_path / "house" / "myhouse")
    return make_renderer(Settings(template_folder=str(tmp_path / "house")))


def text_of(pdf: bytes) -> str:
    with pymupdf.open(stream=pdf) as document:
        return " ".join(word[4] for page in document for word in page.get_text("words"))


def test_a_letter_in_it_names_the_house_and_keeps_the_standards(house: Renderer) -> None:
    pdf = house.render(letter(2), "myhouse").pdf
    text = text_of(pdf)
    assert "100 Example Street" in text
    assert "CM16-0200001" in text
    assert "MAXIMUS" not in text.upper()
    judged = verdict(pdf)
    assert judged is not None
    assert judged.failures == ()


def test_a_public_copy_in_it_is_the_same_house_s(house: Renderer) -> None:
    assert "100 Example Street" in text_of(house.render(letter(1), "myhouse", redacted=True).pdf)


def test_the_guide_names_what_is_there(house: Renderer) -> None:
    for name in re.findall(r"`(letter\.typ|layout\.toml|logo\.svg)`", GUIDE):
        assert (EXAMPLE / "northside" / name).is_file()
    layouts = ("myhouse", "plain")  # one without a logo among its words, one with it
    known = {variable.name for layout in layouts for variable in house.variables(layout)}
    known.add("logo")  # of Word files alone: a picture, not a text
    named = set(re.findall(r"\{\{ ([\w.]+)(?:\|code)? \}\}", GUIDE))
    assert len(named) >= 5
    assert named <= known

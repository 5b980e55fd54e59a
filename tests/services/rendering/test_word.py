"""Word files hold the letter, tell no tales, and come from templates anybody can build again."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from msgspec.structs import replace

from app.services.rendering.word_template import LAYOUTS, build
from tests.services.rendering.letters import TEMPLATES, letter, renderer

RENDERER = renderer()


def texts(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_letter_is_in_the_word_file_in_the_same_bytes(layout: str) -> None:
    data = RENDERER.render_word(letter(), layout)
    text = texts(data)
    assert "CM16-0200001" in text
    for issue in letter().issues:
        assert issue.title in text
        assert issue.rationale.strip() in text
    assert data == RENDERER.render_word(letter(), layout)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_word_templates_are_the_ones_that_are_built(layout: str) -> None:
    def parts(data: bytes) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    assert parts((TEMPLATES / layout / "letter.docx").read_bytes()) == parts(build(layout))


def test_no_author_and_no_time_in_a_word_file() -> None:
    with zipfile.ZipFile(io.BytesIO(RENDERER.render_word(letter()))) as archive:
        core = archive.read("docProps/core.xml").decode()
        assert "creator" not in core
        assert "created" not in core
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "docProps/thumbnail.jpeg" not in archive.namelist()


def test_a_value_cannot_act_in_a_word_file() -> None:
    text = "<w:p/> & {{ 7*7 }} {%p for %} \"'"
    changed = replace(letter(1), clinical_summary=text + "\x00")
    assert text in texts(RENDERER.render_word(changed))

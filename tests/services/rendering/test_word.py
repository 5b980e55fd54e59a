"""Word files hold the letter, tell no tales, and come from templates anybody can build again."""

from __future__ import annotations

import io
import zipfile

import docx
import pymupdf
import pytest
from msgspec.structs import replace

from app.letter import FieldId, Letter
from app.services.rendering import Renderer
from app.services.rendering.word_template import LAYOUTS, build
from tests.services.rendering.letters import FONTS, TEMPLATES, letter, renderer

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


def test_what_was_read_keeps_its_printed_spacing() -> None:
    summary = FieldId("clinical_summary")
    text = "Pain. The L4-5 level is tender."
    changed = replace(letter(1), clinical_summary=text)
    printed = "Pain.  The L4\u20115 level is tender.\f"
    assert text in texts(RENDERER.render_word(changed))
    as_read = {summary: printed}
    assert "Pain.  The L4\u20115 level is tender." in texts(
        RENDERER.render_word(changed, as_read=as_read)
    )
    edited = replace(changed, clinical_summary="Pain. The L4-5 level is not tender.")
    assert "Pain.  The L4\u20115 level is not tender." in texts(
        RENDERER.render_word(edited, as_read=as_read)
    )


def test_the_cover_lists_what_the_application_lists() -> None:
    made = letter(2)
    titles = [issue.title for issue in made.issues]
    assert all(texts(RENDERER.render_word(made, "parties")).count(title) == 2 for title in titles)
    listed = replace(made, cover=replace(made.cover, disputed_items="Shoulder X-ray\nNorco #30"))
    for word in (texts(RENDERER.render_word(listed, "parties")), pdf_text(listed)):
        assert "Shoulder X-ray\nNorco #30" in word
        assert all(word.count(title) == 1 for title in titles)


def pdf_text(made: Letter) -> str:
    with pymupdf.open(stream=RENDERER.render(made, "parties").pdf) as document:
        return "\n".join(page.get_text() for page in document)


@pytest.mark.parametrize("layout", ["maximus-2014", "maximus-2015", "maximus-2016"])
def test_the_letterhead_stands_above_the_first_page(layout: str) -> None:
    own = Renderer([TEMPLATES], FONTS, {"letterhead": "A & B Reviews"})
    document = docx.Document(io.BytesIO(own.render_word(letter(), layout)))
    (section,) = document.sections
    assert section.different_first_page_header_footer
    lines = [paragraph.text for paragraph in section.first_page_header.paragraphs]
    assert lines == ["A & B Reviews", "Final Determination"]

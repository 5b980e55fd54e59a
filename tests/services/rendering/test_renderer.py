"""Letters become PDFs that are whole, quick to find one's way in, and tell no tales."""

from __future__ import annotations

import re
from unicodedata import normalize

import pymupdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from app.letter import Cover, Decision, FieldId, Letter
from app.services.parsing import parse
from app.services.pdf import read
from app.services.rendering import TemplateError
from tests.budget import examples
from tests.services.rendering.letters import TEMPLATES, letter, renderer

LAYOUTS = ("maximus-2014", "maximus-2015", "maximus-2016", "parties", "plain")
RENDERER = renderer()


def text_of(pdf: bytes) -> str:
    return "".join("".join(word.text for word in page.words) for page in read(pdf).pages)


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_the_layouts_that_come_with_the_program() -> None:
    assert tuple(layout.name for layout in RENDERER.layouts()) == LAYOUTS


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_prints_the_whole_letter_in_the_same_bytes(layout: str) -> None:
    rendered = RENDERER.render(letter(), layout)
    printed = re.sub(r"Page\d/\d", "", text_of(rendered.pdf))
    for item in letter().issues:
        assert squeezed(item.title) in printed
        assert squeezed(item.rationale) in printed
        assert squeezed(item.maximus_guideline.text) in printed
    assert rendered.pages == len(read(rendered.pdf).pages)
    assert rendered.pdf == renderer().render(letter(), layout).pdf


@pytest.mark.parametrize(
    ("data", "part", "attached"), [(b'{"a": 1}', "3", True), (None, "2", False)]
)
def test_the_file_says_which_archive_standard_it_keeps(
    data: bytes | None, part: str, attached: bool
) -> None:
    pdf = RENDERER.render(letter(), form_data=data).pdf
    with pymupdf.open(stream=pdf) as document:
        about = document.get_xml_metadata()
        assert f"<pdfaid:part>{part}</pdfaid:part>" in about
        assert "<pdfaid:conformance>A</pdfaid:conformance>" in about
        assert "<pdfuaid:part>1</pdfuaid:part>" in about
        title = "Independent Medical Review Final Determination CM16-0200001"
        assert document.metadata["title"] == title
        assert document.metadata["creationDate"].startswith("D:20161210")
        assert document.metadata["author"] == ""
        assert document.get_toc()[-1][1].startswith("Item 1 of the shoulder:")
        assert "en-US" in document.xref_get_key(document.pdf_catalog(), "Lang")[1]
    assert (read(pdf).attachments == {"letter.json": data}) is attached


@pytest.mark.parametrize("text", [
    '#let x = 1; $a$ *b* _c_ `d` <e> @f = g \\ "q" #"x" /* c */ // d',
    "{{ 7*7 }} {% for %} {# c #} {{",
    "\"\\\"'\u201c\u201d #panic()",
    "\u05e9\u05dc\u05d5\u05dd -- \u0645\u0631\u062d\u0628\u0627",
    "#import \"@preview/x:0.1.0\"",
    "fi ffl AV 135\u00b0 e\u0301",
])  # fmt: skip
def test_a_value_is_printed_to_the_letter_and_never_acts(text: str) -> None:
    changed = replace(letter(1), clinical_summary=text)
    printed = text_of(RENDERER.render(changed).pdf)
    # Letters with an accent of their own are read as one.
    wanted = normalize("NFC", squeezed(text))
    if text.isascii() or "135" in text:
        assert wanted in printed
    else:
        assert sorted(set(wanted)) == sorted(set(wanted) & set(printed))


def test_control_characters_are_dropped() -> None:
    changed = replace(letter(1), clinical_summary="a\x00b\x07c\ud800d\u202ee")
    assert "abcde" in text_of(RENDERER.render(changed).pdf)


def test_a_very_long_text_is_printed_whole() -> None:
    for text in ("a" * 40_000, "word " * 8_000):
        changed = replace(letter(1), clinical_summary=text)
        printed = text_of(RENDERER.render(changed).pdf)
        assert squeezed(text) in printed


def test_a_character_that_no_font_has_is_told() -> None:
    changed = replace(letter(1), clinical_summary="\u4e2d")
    assert RENDERER.unprintable(changed) == (FieldId("clinical_summary"),)
    assert RENDERER.unprintable(letter(1)) == ()
    assert RENDERER.render(changed).pages == 2 or RENDERER.render(changed).pages == 1


@settings(max_examples=examples(25), deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_rendered(text: str) -> None:
    changed = replace(
        letter(1), clinical_summary=text, issues=(replace(letter(1).issues[0], title=text),)
    )
    assert RENDERER.render(changed).pages >= 1


def test_places_cover_the_printed_value() -> None:
    rendered = RENDERER.render(letter(5))
    pages = read(rendered.pdf).pages
    assert rendered.pages > 1
    rationale = FieldId("issue.rationale", 2)
    printed = rendered.places_on(pages)
    places = printed[rationale]
    found = "".join(
        word.text
        for place in places
        for box in place.boxes
        for word in pages[place.page - 1].words
        if box[0] - 0.001 <= word.box[0] < box[2] and abs(word.box[1] - box[1]) < 0.004
    )
    assert found == squeezed(letter(5).issue(2).rationale)
    assert printed[FieldId("header.case_number")][0].boxes[0][0] == pytest.approx(
        179.4 / 612, abs=0.002
    )


def test_a_misspelt_variable_is_named_with_its_line(tmp_path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "layout.toml").write_bytes((TEMPLATES / "plain" / "layout.toml").read_bytes())
    (folder / "letter.typ").write_text(
        "{% include 'shared/letter.typ' %}\n\n{{ letter.header.case_numbr }}"
    )
    with pytest.raises(TemplateError) as caught:
        renderer(tmp_path).render(letter(), "mine")
    assert (caught.value.template, caught.value.line, caught.value.variable) == (
        "mine/letter.typ",
        3,
        "letter.header.case_numbr",
    )


@pytest.mark.parametrize(("text", "line"), [
    ("ok\n{% if %}", 2),
    ("{% include 'shared/letter.typ' %}\nok\n#nothing-of-that-name()", 3),
    ("ok\n#import \"@preview/x:0.1.0\"", 2),
    ("{{ letter.issues }}", 1),
    ("{{ ''.__class__.__mro__ }}", 1),
])  # fmt: skip
def test_a_broken_template_is_named_with_its_line(tmp_path, text: str, line: int) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "layout.toml").write_bytes((TEMPLATES / "plain" / "layout.toml").read_bytes())
    (folder / "letter.typ").write_text(text)
    with pytest.raises(TemplateError) as caught:
        renderer(tmp_path).render(letter(), "mine")
    assert (caught.value.template, caught.value.line) == ("mine/letter.typ", line)


def test_the_users_words_are_printed() -> None:
    from app.services.rendering import Renderer
    from tests.services.rendering.letters import FONTS

    mine = Renderer([TEMPLATES], FONTS, {"letterhead": "Review House"})
    assert "ReviewHouse" in text_of(mine.render(letter()).pdf)


def test_variables_of_a_layout() -> None:
    names = {variable.name for variable in RENDERER.variables("parties")}
    assert {"letter.header.case_number", "issue.title", "words.binding", "outcome"} <= names


words = st.lists(st.from_regex(r"[A-Z]?[a-z]{2,9}", fullmatch=True), min_size=3, max_size=60)


@settings(max_examples=examples(15), deadline=None)
@given(st.lists(st.tuples(words, words, st.sampled_from(Decision)), min_size=1, max_size=3), words)
def test_what_is_rendered_is_parsed_back(items, summary) -> None:
    from tests.services.rendering.letters import issue

    made = replace(
        letter(1),
        clinical_summary=" ".join(summary) + ".",
        issues=tuple(
            issue(n, " ".join(title[:6]), decision, " ".join(reason) + ".")
            for n, (title, reason, decision) in enumerate(items)
        ),
        issues_made=len(items),
    )
    back: Letter = parse(read(RENDERER.render(made).pdf)).letter
    assert back.header == made.header
    assert back.clinical_summary == made.clinical_summary
    assert [(i.title, i.decision, i.rationale) for i in back.issues] == [
        (i.title, i.decision, i.rationale) for i in made.issues
    ]


def test_no_name_of_a_person_or_path_is_in_the_file() -> None:
    pdf = RENDERER.render(letter()).pdf
    assert not re.search(rb"/Author|/home/|/Users/|/tmp/", pdf)


def structure(pdf: bytes) -> list[tuple[str, str]]:
    """The file's structure elements in the order of the file: kind, and what else is said of each."""
    found = re.findall(rb"/Type/StructElem/S/(\w+)/P \d+ 0 R(.*?)>>\s*endobj", pdf, re.S)
    return [(kind.decode(), more.decode("latin1")) for kind, more in found]


@pytest.mark.parametrize(
    ("layout", "rows"), [("maximus-2016", 7), ("maximus-2014", 7), ("parties", 16)]
)
def test_a_label_heads_the_row_that_has_its_value(layout: str, rows: int) -> None:
    pdf = RENDERER.render(letter(), layout).pdf
    cells = [(kind, more) for kind, more in structure(pdf) if kind in ("TH", "TD", "TR", "THead")]
    assert [kind for kind, _ in cells] == ["TH", "TD", "TR"] * rows
    assert all("/Scope/Row" in more for kind, more in cells if kind == "TH")
    assert b"/Scope/Column" not in pdf
    with pymupdf.open(stream=pdf) as document:
        assert document.get_toc()[0][1] in (
            "Independent Medical Review Final Determination",
            "MAXIMUS FEDERAL SERVICES, INC.",
        )


def test_a_public_copy_has_no_number_in_its_title_and_an_undated_letter_a_day_of_its_own() -> None:
    public = RENDERER.render(letter(), redacted=True).pdf
    undated = replace(letter(), header=replace(letter().header, decision_date=None), cover=Cover())
    with pymupdf.open(stream=public) as document:
        assert document.metadata["title"] == "Independent Medical Review Final Determination"
    with pymupdf.open(stream=RENDERER.render(undated).pdf) as document:
        assert document.metadata["creationDate"].startswith("D:20161109")


@pytest.mark.parametrize("lines", range(0, 14, 2))
def test_copies_stand_under_the_signature(lines: int) -> None:
    made = letter()
    items = "\n".join(f"Treatment {n}" for n in range(lines))
    pdf = RENDERER.render(
        replace(made, cover=replace(made.cover, disputed_items=items)), "parties"
    ).pdf
    pages = [page for page in read(pdf).page_texts if "cc: Claims administrator" in page]
    assert len(pages) == 1
    assert "Sincerely," in pages[0]


@pytest.mark.parametrize("name", ["employee", "claim_number", "provider"])
def test_no_word_of_a_very_long_text_on_the_cover_is_lost(name: str) -> None:
    """A row that heads what it tells cannot go on over a page: there it is no such row."""
    made = letter()
    words = [f"w{number}" for number in range(1500)]
    long = replace(made.cover, **{name: " ".join(words)})
    pdf = RENDERER.render(replace(made, cover=long), "parties").pdf
    printed = " ".join(read(pdf).page_texts).split()
    assert [word for word in printed if word in set(words)] == words


def test_a_long_list_on_the_cover_goes_on_over_the_page() -> None:
    made = letter()
    items = "\n".join(f"Treatment number {n}" for n in range(120))
    pdf = RENDERER.render(
        replace(made, cover=replace(made.cover, disputed_items=items)), "parties"
    ).pdf
    text = " ".join(read(pdf).page_texts)
    assert all(f"Treatment number {n}" in text for n in range(120))

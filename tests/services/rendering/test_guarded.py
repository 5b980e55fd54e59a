"""Layouts from outside: whatever they do ends, stays in its folder and off the network."""

from __future__ import annotations

import contextlib
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from app.errors import UserError
from app.paths import FONTS, TEMPLATES
from app.services.guard import Pool
from app.services.rendering import GuardedRenderer, Renderer, TemplateError, setting_pool
from tests.budget import examples
from tests.ui.made_letters import letter

LETTER = replace(letter(issues=1), layout="mine")


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    made = setting_pool(megabytes=1200)
    yield made
    made.close()


@dataclass
class House:
    """A house's own folder of layouts."""

    folder: Path
    renderer: GuardedRenderer

    def write(self, template: str) -> None:
        (self.folder / "mine" / "letter.typ").write_text(template, "utf-8")


@pytest.fixture
def house(tmp_path: Path, pool: Pool) -> House:
    folder = tmp_path / "layouts"
    shutil.copytree(TEMPLATES / "plain", folder / "mine")
    return House(folder, GuardedRenderer([folder, TEMPLATES], FONTS, pool=pool, seconds=20))


def test_a_sound_layout_gives_the_same_letter_as_without_the_guard(house: House) -> None:
    here = Renderer([house.folder, TEMPLATES], FONTS).render(LETTER)
    there = house.renderer.render(LETTER)
    assert there.pdf == here.pdf
    assert (there.pages, there.letter, there.marks()) == (here.pages, here.letter, here.marks())
    word = Renderer([house.folder, TEMPLATES], FONTS).render_word(LETTER)
    assert house.renderer.render_word(LETTER) == word


SOUND = '#set document(title: "A letter")\nwell'

ENDLESS = {
    "a loop of Typst": "#for a in range(99999) { for b in range(99999) { let c = a * b } }",
    "loops of Jinja": "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "page after page": "#for n in range(900000) { pagebreak() }",
}


@pytest.mark.parametrize("template", ENDLESS.values(), ids=ENDLESS)
def test_a_layout_that_never_ends_is_stopped(house: House, pool: Pool, template: str) -> None:
    house.write(template)
    renderer = GuardedRenderer([house.folder, TEMPLATES], FONTS, pool=pool, seconds=0.5)
    with pytest.raises(UserError) as caught:
        renderer.render(LETTER)
    assert "layout" in caught.value.what


def test_what_its_pages_print_is_asked_under_the_guard_too(house: House, pool: Pool) -> None:
    own = Renderer([house.folder, TEMPLATES], FONTS)
    assert house.renderer.printed_fields(LETTER, "mine") == own.printed_fields(LETTER, "mine")
    house.write(ENDLESS["loops of Jinja"])
    renderer = GuardedRenderer([house.folder, TEMPLATES], FONTS, pool=pool, seconds=0.5)
    with pytest.raises(UserError) as caught:
        renderer.printed_fields(LETTER, "mine")
    assert "layout" in caught.value.what


def test_nothing_that_runs_a_template_goes_round_the_guard() -> None:
    """A method of the renderer that sets anything is one of the guarded ones too."""
    runs = [
        name
        for name, method in vars(Renderer).items()
        if callable(method)
        and not name.startswith("_")
        and {"source", "compile", "fill"} & set(method.__code__.co_names)
    ]
    assert set(runs) == {"printed_fields", "render", "render_word"}
    assert set(runs) <= set(vars(GuardedRenderer))


@pytest.mark.parametrize(
    "template", ["{{ 'x' * 5000000000 }}", '#let s = "x" * 4000000000\n#s'], ids=["Jinja", "Typst"]
)
def test_a_layout_that_eats_all_memory_is_stopped(house: House, template: str) -> None:
    house.write(template)
    with pytest.raises(UserError):
        house.renderer.render(LETTER)
    house.write(SOUND)
    assert house.renderer.render(LETTER).pages == 1


NETWORK = {
    "escaped": '#import "\\u{40}preview/cetz:0.2.0"',
    "put together": '#let a = "@pre" + "view/cetz:0.2.0"\n#import a',
    "raw in the middle": '#import "@pre{% raw %}{% endraw %}view/cetz:0.2.0"',
    "in a file beside it": '#import "beside.typ"',
}


@pytest.mark.parametrize("template", NETWORK.values(), ids=NETWORK)
def test_no_package_is_fetched(house: House, template: str) -> None:
    house.write(template)
    beside = house.folder / "mine" / "beside.typ"
    beside.write_text('#import "@preview/cetz:0.2.0"', "utf-8")
    with pytest.raises(UserError) as caught:
        house.renderer.render(LETTER)
    words = caught.value.what
    # Refused by the kernel, or by a port of this machine: no name was asked for on the network.
    assert "Name or service not known" not in words
    assert "not allowed" in words or "package" in words


def test_a_link_out_of_the_folder_is_refused(house: House, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("a word of another file")
    (house.folder / "mine" / "read.txt").symlink_to(secret)
    house.write('#read("read.txt")')
    with pytest.raises(TemplateError, match="leads out"):
        house.renderer.render(LETTER)


@pytest.mark.parametrize("name", ["letter.typ", "layout.toml", "letter.docx"])
def test_no_file_of_a_layout_may_be_a_link_out(house: House, tmp_path: Path, name: str) -> None:
    there = house.folder / "mine" / name
    moved = tmp_path / name
    if there.exists():
        there.rename(moved)
    else:
        moved.write_bytes(b"")
    there.symlink_to(moved)
    with pytest.raises(TemplateError, match="leads out"):
        house.renderer.render_word(LETTER)


def test_a_link_inside_the_folder_may_be(house: House) -> None:
    house.write(SOUND)
    (house.folder / "mine" / "letter.typ").rename(house.folder / "mine" / "real.typ")
    (house.folder / "mine" / "letter.typ").symlink_to("real.typ")
    assert house.renderer.render(LETTER).pages == 1


WRONG: dict[str, str] = {
    "an include that is missing": '{% include "nope/none.typ" %}',
    "itself": '{% include "mine/letter.typ" %}',
    "a key of a format": '{{ "{x}".format(1) }}',
    "a place of a format": '{{ "{5}".format(1) }}',
    "a macro without end": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "a filter that is none": "{{ letter | nothing }}",
    "Latin-1": "caf\udce9",
}


@pytest.mark.parametrize("template", WRONG.values(), ids=WRONG)
def test_what_is_wrong_in_a_template_is_one_sentence(house: House, template: str) -> None:
    data = template.encode("utf-8", "surrogateescape")
    (house.folder / "mine" / "letter.typ").write_bytes(data)
    for renderer in (house.renderer, Renderer([house.folder, TEMPLATES], FONTS)):
        with pytest.raises(UserError) as caught:
            renderer.render(LETTER)
        assert "\n" not in caught.value.what


def deep(path: Path) -> None:
    path.write_text("title = " + "[" * 5000 + "]" * 5000)


def huge(path: Path) -> None:
    path.write_text('title = "' + "x" * 3_000_000 + '"')


@pytest.mark.parametrize("spoil", [deep, huge])
def test_a_manifest_that_is_none_is_one_sentence(
    house: House, spoil: Callable[[Path], None]
) -> None:
    spoil(house.folder / "mine" / "layout.toml")
    with pytest.raises(TemplateError):
        house.renderer.layouts()


def missing(path: Path) -> None:
    path.unlink(missing_ok=True)


def no_zip(path: Path) -> None:
    path.write_bytes(b"not a Word file")


def cut_xml(path: Path) -> None:
    parts: dict[str, bytes] = {}
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"][:200]
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)


@pytest.mark.parametrize("spoil", [missing, no_zip, cut_xml])
def test_a_word_template_that_is_none_is_one_sentence(
    house: House, spoil: Callable[[Path], None]
) -> None:
    spoil(house.folder / "mine" / "letter.docx")
    for renderer in (house.renderer, Renderer([house.folder, TEMPLATES], FONTS)):
        with pytest.raises(UserError):
            renderer.render_word(LETTER)


@settings(
    max_examples=examples(40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_a_manifest_that_was_tampered_with_raises_user_errors_only(
    house: House, data: st.DataObject
) -> None:
    path = house.folder / "mine" / "layout.toml"
    whole = (TEMPLATES / "plain" / "layout.toml").read_bytes()
    at = data.draw(st.integers(0, len(whole)))
    path.write_bytes(whole[:at] + data.draw(st.binary(max_size=6)) + whole[at + 1 :])
    with contextlib.suppress(TemplateError):
        Renderer([house.folder, TEMPLATES], FONTS).layouts()


def test_much_text_in_a_layout_of_ours_is_stopped_too(pool: Pool) -> None:
    slow = replace(LETTER, layout="maximus-2016", clinical_summary="a/b-c " * 60_000)
    renderer = GuardedRenderer([TEMPLATES], FONTS, own=True, pool=pool, seconds=1)
    with pytest.raises(UserError, match="longer than 1 seconds"):
        renderer.render(slow)


@pytest.mark.parametrize(
    "text", ["\n" * 1_000_000, "word " * 400_000], ids=["line breaks", "words"]
)
def test_a_letter_without_end_is_told(text: str) -> None:
    long = replace(LETTER, layout="plain", clinical_summary=text)
    with pytest.raises(UserError, match="Clinical case summary"):
        Renderer([TEMPLATES], FONTS).render(long)
    with pytest.raises(UserError, match="too long"):
        Renderer([TEMPLATES], FONTS).render_word(long)

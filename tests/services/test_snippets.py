"""Ready sentences: kept, filled from the case, their blanks found."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from app.errors import UserError
from app.letter import Basis, Issue
from app.services.citations import Side, Style, write_guideline
from app.services.snippets import (
    Snippet,
    Snippets,
    check,
    choices_at,
    fill,
    in_sentence,
    next_blank,
    typed_name,
)
from app.services.vault import Cipher
from tests.services.rendering.letters import letter

OURS = Path(__file__).resolve().parents[2] / "resources" / "snippets" / "snippets.json"


def test_ours_can_all_be_read_and_name_real_fields(tmp_path) -> None:
    snippets = Snippets(OURS, tmp_path, Cipher()).all()
    assert len(snippets) >= 10
    for snippet in snippets:
        check(snippet)


def test_a_snippet_of_the_user_replaces_ours_until_it_is_deleted(tmp_path) -> None:
    snippets = Snippets(OURS, tmp_path, Cipher())
    snippets.save(Snippet(name="upheld", title="Mine", text="***"))
    assert Snippets(OURS, tmp_path, Cipher()).find("UPHELD") == Snippet(
        name="upheld", title="Mine", text="***"
    )
    snippets.delete("upheld")
    assert snippets.find("upheld").title.startswith("Closing")
    assert snippets.find("nothing") is None
    assert all(item.place in ("summary", "any") for item in snippets.all("summary"))


@pytest.mark.parametrize("snippet", [
    Snippet(name="two words", title="", text=""),
    Snippet(name="a", title="", text="{header.nothing}"),
])  # fmt: skip
def test_a_snippet_that_could_not_be_used_is_refused(tmp_path, snippet: Snippet) -> None:
    with pytest.raises(UserError):
        Snippets(OURS, tmp_path, Cipher()).save(snippet)


def test_a_broken_file_of_the_user_is_told(tmp_path) -> None:
    (tmp_path / "snippets.json").write_text("[{]")
    with pytest.raises(UserError, match=r"snippets\.json"):
        Snippets(OURS, tmp_path, Cipher()).all()


@pytest.mark.parametrize(("text", "issue", "filled"), [
    ("on {header.date_of_injury}", None, "on 10/13/2016"),
    ("{issue.title} is", 1, "Item 1 of the shoulder is"),
    ("{issue.title} is", None, "*** is"),
    ("{patient.age} years", None, "*** years"),
    ("no {field.of_that} name", None, "no *** name"),
])  # fmt: skip
def test_blanks_are_filled_from_the_case(text: str, issue: int | None, filled: str) -> None:
    assert fill(text, letter(), issue) == filled


@pytest.mark.parametrize(("text", "position", "span"), [
    ("a *** b ***", 0, (2, 5)), ("a *** b ***", 3, (8, 11)), ("a *** b", 6, (2, 5)), ("none", 0, None),
])  # fmt: skip
def test_the_next_blank_goes_round(text: str, position: int, span: tuple[int, int] | None) -> None:
    assert next_blank(text, position) == span


@pytest.mark.parametrize(("text", "found"), [
    (".upheld", (0, "upheld")), ("word .upheld", (5, "upheld")), ("end.upheld", None), ("end. ", None),
])  # fmt: skip
def test_a_name_typed_after_a_full_stop(text: str, found: tuple[int, str] | None) -> None:
    assert typed_name(text, len(text)) == found


@pytest.mark.parametrize(
    ("name", "side", "style", "basis"),
    [
        ("none", Side.CLAIMS_ADMINISTRATOR, Style.SECTIONS_2016, Basis.NONE),
        ("none-reviewer", Side.MAXIMUS, Style.SECTIONS_2016, Basis.NONE),
        ("outside", Side.CLAIMS_ADMINISTRATOR, Style.SECTIONS_2016, Basis.OUTSIDE),
        ("outside-reviewer", Side.MAXIMUS, Style.SECTIONS_2016, Basis.OUTSIDE),
        ("outside-2014", Side.CLAIMS_ADMINISTRATOR, Style.PAGES_2014, Basis.OUTSIDE),
    ],
)
def test_fixed_sentences_of_guideline_fields_are_those_that_citing_writes(
    tmp_path: Path, name: str, side: Side, style: Style, basis: Basis
) -> None:
    snippet = Snippets(OURS, tmp_path, Cipher()).find(name)
    assert snippet is not None
    assert snippet.text.startswith(write_guideline((), side, style, basis=basis))


@pytest.mark.parametrize(
    ("title", "starts", "stands"),
    [
        ("Physical therapy 2 x 6", False, "physical therapy 2 x 6"),
        ("physical therapy", True, "Physical therapy"),
        ("MRI of the left knee", False, "MRI of the left knee"),
        ("X-ray of the hip", False, "X-ray of the hip"),
        ("H-wave unit", False, "H-wave unit"),
        ("Norco 10/325 mg #60", False, "Norco 10/325 mg #60"),
        ("Hydrocodone 10 mg", False, "hydrocodone 10 mg"),
        ("L4-5 fusion", False, "L4-5 fusion"),
        ("EMG/NCV", False, "EMG/NCV"),
        ("#60 tablets", False, "#60 tablets"),
        ("", True, ""),
    ],
)
def test_a_title_begins_as_its_place_in_the_sentence_asks(
    title: str, starts: bool, stands: str
) -> None:
    assert in_sentence(title, starts=starts) == stands


def test_what_stands_before_tells_whether_a_sentence_begins() -> None:
    made = replace(letter(), issues=(Issue(id=1, title="Aquatic therapy"),))
    assert fill("{issue.title} is", made, 1) == "Aquatic therapy is"
    assert fill("The request for {issue.title} is", made, 1) == "The request for aquatic therapy is"
    assert fill("{issue.title} is", made, 1, "As to") == "aquatic therapy is"
    assert fill("{issue.title} is", made, 1, "So it is. ") == "Aquatic therapy is"


def test_a_blank_may_be_a_choice() -> None:
    text = "It [is|is not] met: ***."
    assert next_blank(text) == (3, 14)
    assert choices_at(text, 3) == ("is", "is not")
    assert choices_at(text, 20) == ()
    assert next_blank("see [1] and [a, b]") is None

"""Ready sentences: kept, filled from the case, their blanks found."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import UserError
from app.services.snippets import (
    Snippet,
    Snippets,
    check,
    fill,
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

"""Lines that a page or a mail broke become paragraphs; lines that were meant stay."""

from __future__ import annotations

from textwrap import wrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.language.line_joining import join_all_lines, join_broken_lines

ONE = (
    "The worker slipped on a wet floor in March and has had pain in the right knee since then. "
    "Two courses of therapy brought little relief, and the brace was given back after a week."
)
OTHER = (
    "An image of the joint was asked for in May. The reviewer of the claim said that no plain film "
    "had been taken before, which the records contradict."
)
WORDS = {"evidence", "therapy"}


@pytest.mark.parametrize("width", [50, 72, 96])
def test_paragraphs_broken_at_any_width_come_back(width: int) -> None:
    broken = "\n\n".join("\n".join(wrap(text, width)) for text in (ONE, OTHER))
    assert join_broken_lines(broken) == f"{ONE}\n\n{OTHER}"


def test_a_short_last_line_ends_a_paragraph_without_a_blank_line() -> None:
    broken = "\n".join("\n".join(wrap(text, 64)) for text in (ONE, OTHER))
    assert join_broken_lines(broken) == f"{ONE}\n{OTHER}"


def test_lists_and_names_keep_their_lines() -> None:
    names = "Norco 10/325\nGabapentin 300 mg\nOmeprazole\nTramadol ER"
    assert join_broken_lines(names) == names
    bullets = (
        "The following was asked for by the provider of the worker last May:\n"
        "- an image of the right knee without contrast, as the last one is old\n"
        "- six visits of therapy\n"
        "2) a brace"
    )
    assert join_broken_lines(bullets) == bullets


def test_long_paragraphs_are_nobodys_broken_lines() -> None:
    text = f"{ONE}\n{ONE}"
    assert join_broken_lines(text) == text


def test_words_and_figures_broken_at_a_hyphen_are_put_together() -> None:
    text = "There is no evi-\ndence for a long-\nterm use of 6-\n8 weeks."
    joined = "There is no evidence for a long-term use of 6-8 weeks."
    assert join_broken_lines(text, WORDS.__contains__) == joined
    assert join_broken_lines("a soft hy\u00ad\nphen") == "a soft hyphen"


def test_a_quoted_mail_loses_its_marks() -> None:
    quoted = "\n".join(f"> {line}".rstrip() for line in wrap(ONE, 60))
    assert join_broken_lines(quoted) == ONE


def test_all_lines_are_joined_where_that_is_asked() -> None:
    assert (
        join_all_lines("Norco\n\nGabapentin\r\n  Tramadol\u2029ER ")
        == "Norco Gabapentin Tramadol ER"
    )
    assert join_all_lines("evi-\ndence", WORDS.__contains__) == "evidence"
    assert join_all_lines(" \n ") == ""


@given(st.text("ab.,-1> \n\r\u00ad•", max_size=120))
def test_no_character_is_lost_but_spaces_and_hyphens(text: str) -> None:
    for joined in (join_broken_lines(text), join_all_lines(text)):
        assert letters(joined) == letters(text)


def letters(text: str) -> str:
    return "".join(one for one in text if one in "ab.,1•")


def test_a_line_that_ends_with_a_word_that_leads_on_was_broken_however_short_it_is() -> None:
    narrow = "Visits were asked for by\nDr. Example, and an MRI of the\nL4-5 level on\n03/01/2016."
    assert join_broken_lines(narrow) == (
        "Visits were asked for by Dr. Example, and an MRI of the L4-5 level on 03/01/2016."
    )
    meant = "Vitamin A\nMRI\nHome exercise program\n03/01/2016 visit"
    assert join_broken_lines(meant) == meant

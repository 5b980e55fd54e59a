"""The validator's verdict is told, also where it is against the file or the file says nothing."""

from __future__ import annotations

import sys

import pymupdf
import pytest
from msgspec.structs import replace

from app.services.conformance import verdict
from app.services.letter_file import letter_file
from app.services.public_copy import public_copy
from tests.services.rendering.letters import letter, renderer

RENDERER = renderer()


def test_a_letter_is_told_to_keep_its_standards() -> None:
    made = letter_file(RENDERER, letter(), "letter.pdf")
    assert made.sentence.endswith("Validated: it keeps PDF/UA-1 and PDF/A-3a.")


def test_a_public_copy_is_told_to_keep_its_standards() -> None:
    copy = public_copy(RENDERER, letter())
    assert "Validated: it keeps PDF/UA-1 and PDF/A-2a." in copy.sentence


def test_what_was_broken_after_it_was_made_does_not_pass() -> None:
    pdf = letter_file(RENDERER, letter(), "letter.pdf").pdf
    broken = verdict(pdf.replace(b"/Marked true", b"/Marked false"))
    assert broken is not None
    assert not broken.passed
    assert broken.sentence.startswith("Validated: it does NOT keep PDF/UA-1 and PDF/A-3a: ")


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 pdfuaid:part>1 and no more"])
def test_what_is_no_pdf_does_not_pass(data: bytes) -> None:
    judged = verdict(data)
    assert judged is not None
    assert not judged.passed


def test_a_file_that_declares_nothing_does_not_pass() -> None:
    with pymupdf.open() as document:
        document.new_page()
        judged = verdict(document.tobytes())
    assert judged is not None
    assert judged.failures == ("it declares neither",)


def test_a_stream_whose_last_byte_looks_like_a_line_end_is_whole() -> None:
    pdfs = (
        RENDERER.render(replace(letter(), clinical_summary=f"Number {number}.")).pdf
        for number in range(300)
    )
    odd = next(pdf for pdf in pdfs if b"\r\nendstream" in pdf)
    judged = verdict(odd)
    assert judged is not None
    assert judged.passed


def test_without_a_validator_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "page", None)
    assert verdict(b"%PDF-1.7") is None
    assert "Validated" not in letter_file(RENDERER, letter(), "letter.pdf").sentence

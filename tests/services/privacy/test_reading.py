"""Names, numbers and places are found however they are written, and ordinary words stay."""

from __future__ import annotations

import pytest

from app.services.privacy import terms_of
from tests.services.privacy.kept_aside import KEPT_ASIDE
from tests.services.privacy.spellings import SPELLINGS, WITHOUT_A_TERM, Spelling


def left_of(spelling: Spelling) -> str:
    text = spelling.text
    for start, end in reversed(terms_of(spelling.cover).read(text).private):
        text = f"{text[:start]}[removed]{text[end:]}"
    return text


@pytest.mark.parametrize(
    "spelling", [*SPELLINGS, *WITHOUT_A_TERM, *KEPT_ASIDE], ids=lambda one: one.name
)
def test_what_is_private_goes_and_ordinary_words_stay(spelling: Spelling) -> None:
    left = left_of(spelling)
    assert not [word for word in spelling.gone if word in left], left
    assert not [word for word in spelling.stays if word not in left], left

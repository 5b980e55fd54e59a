"""The two sentences that tell of a partial approval."""

from __future__ import annotations

import pytest

from app.letter import Request
from app.services.language.partial_approval import join_title, leaves_all, split_title

T1 = (
    "Physical therapy, 12 visits was the original request. 6 visits was authorized by the Claims "
    "Administrator. The remaining IMR eligible portion of the original request, 6 visits is"
)
T2 = (
    "Norco 10/325mg #60 was the original request. The Claims Administrator authorized a weaning "
    "supply, leaving the original request IMR eligible. The original request, Norco 10/325mg #60 is"
)


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        (T1, ("Physical therapy, 12 visits", "6 visits", "6 visits")),
        (T1.removesuffix(" is"), ("Physical therapy, 12 visits", "6 visits", "6 visits")),
        (T2, ("Norco 10/325mg #60", "a weaning supply", "Norco 10/325mg #60")),
    ],
)
def test_a_title_is_split(title: str, parts: tuple[str, str, str]) -> None:
    assert split_title(title) == Request(
        original=parts[0], authorized=parts[1], in_dispute=parts[2]
    )


@pytest.mark.parametrize("title", ["", "MRI of the lumbar spine", "It was the original request."])
def test_another_title_is_not(title: str) -> None:
    assert split_title(title) is None


@pytest.mark.parametrize("title", [T1, T2])
def test_what_is_split_is_written_the_same(title: str) -> None:
    parts = split_title(title)
    assert parts is not None
    assert join_title(parts) == title


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        (
            "24 visits were the original request. 12 visits were authorized by the claims administrator. "
            "The remaining IMR-eligible portion of the original request, 12 visits are:",
            ("24 visits", "12 visits", "12 visits"),
        ),
        (
            "A scan of the knee WAS THE ORIGINAL REQUEST. The claims administrator authorized a film, leaving the original "
            "request IMR-eligible. The original request, a scan of the knee",
            ("A scan of the knee", "a film", "a scan of the knee"),
        ),
    ],
)
def test_other_hands_write_the_sentences_too(title: str, parts: tuple[str, str, str]) -> None:
    assert split_title(title) == Request(
        original=parts[0], authorized=parts[1], in_dispute=parts[2]
    )


def test_what_was_authorized_may_be_something_else() -> None:
    assert [leaves_all(title) for title in (T1, T2, "")] == [False, True, False]

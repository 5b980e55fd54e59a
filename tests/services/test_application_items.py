"""The list of the application: what counts as an item, in text and in files."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import UserError
from app.services.application_items import LARGEST, NoList, items_of, read_items

ITEMS = ("MRI of the left knee", "Physical therapy, 2x6", "1 X-ray of the hand")


@pytest.mark.parametrize(
    "text",
    [
        "MRI of the left knee\nPhysical therapy, 2x6\n1 X-ray of the hand",
        "1. MRI of the left knee\r\n2) Physical therapy, 2x6\r\n(3) 1 X-ray of the hand\r\n",
        "\n - MRI of the  left knee\n\n\t• Physical therapy, 2x6\n* 1 X-ray of the hand \n\n",
    ],
)
def test_one_item_a_line_without_its_mark(text: str) -> None:
    assert items_of(text) == ITEMS


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "\n".join(ITEMS)),
        ("a.csv", 'No,Item,Qty\n1,MRI of the left knee,1\n2,"Physical therapy, 2x6",12\n3,1 X-ray of the hand,1\n'),
        ("a.csv", "code;Requested treatment\n7;MRI of the left knee\n8;Physical therapy, 2x6\n9;1 X-ray of the hand"),
        ("a.tsv", "1\tMRI of the left knee\n2\tPhysical therapy, 2x6\n3\t1 X-ray of the hand"),
        ("a.csv", "MRI of the left knee\n\"Physical therapy, 2x6\"\n1 X-ray of the hand"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_lists_in_files(tmp_path: Path, name: str, text: str, encoding: str) -> None:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    assert read_items(path) == ITEMS


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "lists no item"),
        (b"\n\n", "lists no item"),
        (b"%PDF-1.7 items", "no text file"),
        (b"PK\x03\x04", "no text file"),
        (b"MRI\0", "no text file"),
        (b"\xff\xfe\x00\n\x00\xd8", "no text file"),
        (b"x" * (LARGEST + 1), "too large"),
    ],
)
def test_what_is_no_list_is_told(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    with pytest.raises(NoList, match=words):
        read_items(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"gone\.txt cannot be read"):
        read_items(tmp_path / "gone.txt")

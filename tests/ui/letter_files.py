"""Files to open: good letters set once a run, and everything else a person may drop on the window."""

from __future__ import annotations

from pathlib import Path

import pymupdf

from tests.ui.made_letters import letter, pdf_bytes

PASSWORD = "open sesame"


def letter_file(folder: Path, number: int = 1, issues: int = 2, *, name: str = "") -> Path:
    """A letter of its own case number; its injury date is the one doubt."""
    path = folder / (name or f"letter-{number}.pdf")
    path.write_bytes(pdf_bytes(letter(number, issues=issues)))
    return path


def letter_files(folder: Path, count: int) -> list[Path]:
    return [letter_file(folder, number) for number in range(1, count + 1)]


def locked_file(folder: Path, number: int = 9, *, name: str = "locked.pdf") -> Path:
    """A letter that asks for PASSWORD."""
    path = folder / name
    with pymupdf.open(stream=pdf_bytes(letter(number))) as made:
        made.save(
            path,
            encryption=pymupdf.PDF_ENCRYPT_AES_256,
            user_pw=PASSWORD,
            owner_pw="owner",
        )
    return path


def scan_file(folder: Path) -> Path:
    """Pictures of a letter's pages, their heads only as they may be read: no text."""
    path = folder / "scan.pdf"
    with pymupdf.open(stream=pdf_bytes(letter())) as source, pymupdf.open() as made:
        for page in source:
            head = pymupdf.Rect(0, 0, page.rect.width, page.rect.height / 4)
            made.new_page(width=page.rect.width, height=page.rect.height).insert_image(
                head, pixmap=page.get_pixmap(dpi=50, clip=head)
            )
        made.save(path)
    return path


def other_file(folder: Path) -> Path:
    """A PDF with text that is no determination letter."""
    path = folder / "menu.pdf"
    with pymupdf.open() as made:
        page = made.new_page()
        for line in range(20):
            page.insert_text((72, 72 + 14 * line), "Soup of the day, with bread and butter.")
        made.save(path)
    return path


def truncated_file(folder: Path) -> Path:
    """The first part of a letter, as a broken download leaves it: no page can be got out."""
    path = folder / "truncated.pdf"
    path.write_bytes(pdf_bytes(letter())[:600])
    return path


def pageless_file(folder: Path) -> Path:
    """A sound PDF whose tree of pages is empty."""
    path = folder / "no-pages.pdf"
    objects = (b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>")
    data = b"%PDF-1.4\n"
    places: list[int] = []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(data)
    data += b"xref\n0 3\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % p for p in places)
    data += b"trailer << /Size 3 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start
    path.write_bytes(data)
    return path

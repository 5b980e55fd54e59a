"""What else happens to a letter's file: printed twice, askew, pages as pictures, bundled, hidden text."""

# The engine has no types.
# pyright: basic, reportArgumentType=false, reportAttributeAccessIssue=false, reportCallIssue=false
# pyright: reportOperatorIssue=false

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pymupdf

Chance = random.Random
_FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
Damage = Callable[[pymupdf.Document, pymupdf.Document, Chance], pymupdf.Document]

_COVER = (
    "FACSIMILE TRANSMITTAL", "TO: Claims Examiner", "FROM: Records Unit", "DATE: 12/05/2016", "PAGES: 6",
    "RE: IMR determination", "COMMENTS: Please see attached.",
)  # fmt: skip
_SERVICE = (
    "PROOF OF SERVICE BY MAIL",
    "I am over the age of eighteen and not a party to this matter. My business address is 100 Example",
    "Street, Sacramento, California. On the date below I served the foregoing determination by placing a",
    "true copy of it in a sealed envelope with postage fully prepaid, addressed as follows:",
    "Doe & Roe, Attorneys at Law",
    "I declare under penalty of perjury that the foregoing is true and correct.",
    "Executed on December 5, 2016.",
)


def _pages_of(document: pymupdf.Document) -> list[int]:
    return [n for n in range(len(document)) if document[n].get_text().strip()]


def fake_bold(document: pymupdf.Document, _: pymupdf.Document, chance: Chance) -> pymupdf.Document:
    """Every page printed twice, a little apart."""
    apart = chance.choice((0.2, 0.3, 0.5, 0.8))
    made = pymupdf.open()
    for page in document:
        new = made.new_page(width=page.rect.width, height=page.rect.height)
        new.show_pdf_page(new.rect, document, page.number)
        moved = new.rect + pymupdf.Rect(apart, 0, apart, 0)
        new.show_pdf_page(moved, document, page.number)
    return made


def hidden_layer(
    document: pymupdf.Document, _: pymupdf.Document, chance: Chance
) -> pymupdf.Document:
    """Each word once more, without ink."""
    for page in document:
        words = page.get_text("words")
        off = chance.choice((0.0, 0.6, 1.5))
        layer = page.new_shape()  # put onto the page as one: word by word takes a second
        for x0, y0, x1, y1, word, *_rest in words:
            size = max((x1 - x0) / max(pymupdf.get_text_length(word, "helv", 1), 0.01), 3)
            layer.insert_text(
                (x0 + off, y1 - (y1 - y0) / 4), word, fontname="helv", fontsize=size, render_mode=3
            )
        layer.commit()
    return document


def hidden_values(
    document: pymupdf.Document, _: pymupdf.Document, chance: Chance
) -> pymupdf.Document:
    """Text that does not show and says something else."""
    lines = (
        "Case Number: CM99-7777777",
        "Upheld",
        "Date of Injury: 01/01/1999",
        "Decision rationale: none.",
    )
    page = document[chance.choice((0, len(document) - 1))]
    for line in chance.sample(lines, 2):
        how = chance.choice(("white", "mode"))
        page.insert_text(
            (chance.uniform(72, 300), chance.uniform(60, 720)),
            line,
            fontsize=chance.uniform(8, 12),
            fontname=chance.choice(("helv", "tiro")),
            color=(1, 1, 1) if how == "white" else (0, 0, 0),
            render_mode=3 if how == "mode" else 0,
        )
    return document


def page_twice(document: pymupdf.Document, _: pymupdf.Document, chance: Chance) -> pymupdf.Document:
    at = chance.choice(_pages_of(document))
    document.fullcopy_page(at, at)
    return document


def last_page_twice(
    document: pymupdf.Document, _: pymupdf.Document, chance: Chance
) -> pymupdf.Document:
    document.fullcopy_page(_pages_of(document)[-1], -1)
    return document


def first_page_twice(
    document: pymupdf.Document, _: pymupdf.Document, chance: Chance
) -> pymupdf.Document:
    document.fullcopy_page(0, chance.choice((0, -1)))
    return document


def tail_of_another(
    document: pymupdf.Document, other: pymupdf.Document, chance: Chance
) -> pymupdf.Document:
    pages = _pages_of(other)
    document.insert_pdf(other, from_page=pages[-1], to_page=pages[-1])
    return document


def askew(document: pymupdf.Document, _: pymupdf.Document, chance: Chance) -> pymupdf.Document:
    """Each page turned a little about its middle."""
    made = pymupdf.open()
    for page in document:
        angle = chance.uniform(0.4, 5) * chance.choice((1, -1))
        new = made.new_page(width=page.rect.width, height=page.rect.height)
        new.show_pdf_page(new.rect, document, page.number)
        contents = new.read_contents()
        middle = (
            pymupdf.Matrix(1, 0, 0, 1, -306, -396)
            * pymupdf.Matrix(angle)
            * pymupdf.Matrix(1, 0, 0, 1, 306, 396)
        )
        prefix = "q {:.6f} {:.6f} {:.6f} {:.6f} {:.3f} {:.3f} cm\n".format(*middle).encode()
        made.update_stream(new.get_contents()[0], prefix + contents + b"\nQ")
    return made


def page_a_picture(
    document: pymupdf.Document, _: pymupdf.Document, chance: Chance
) -> pymupdf.Document:
    pages = _pages_of(document)
    at = chance.choice(pages[1:] or pages)
    pixels = document[at].get_pixmap(dpi=chance.choice((60, 90)))
    document.delete_page(at)
    new = document.new_page(at, width=612, height=792)
    new.insert_image(new.rect, pixmap=pixels)
    if chance.random() < 0.5:
        new.insert_text((430, 775), f"ACME-{chance.randrange(9999):06d}", fontsize=9)
    return document


def fax_cover(document: pymupdf.Document, _: pymupdf.Document, chance: Chance) -> pymupdf.Document:
    page = document.new_page(0, width=612, height=792)
    for number, line in enumerate(_COVER):
        page.insert_text((72, 100 + 28 * number), line, fontsize=chance.choice((11, 12, 14)))
    return document


def proof_of_service(
    document: pymupdf.Document, _: pymupdf.Document, chance: Chance
) -> pymupdf.Document:
    where = chance.choice((0, -1, -1))
    page = document.new_page(where, width=612, height=792)
    font = chance.choice(("tiro", "helv"))
    for number, line in enumerate(_SERVICE):
        x = 230 if not number else 72
        page.insert_text((x, 90 + 22 * number), line, fontsize=11.5, fontname=font)
    return document


def soft_hyphens(
    document: pymupdf.Document, _: pymupdf.Document, chance: Chance
) -> pymupdf.Document:
    """The letter set again, run by run, with soft hyphens inside its long words, as browsers print."""
    made = pymupdf.open()
    for page in document:
        new = made.new_page(width=page.rect.width, height=page.rect.height)
        ink = new.new_shape()
        for block in page.get_text("dict")["blocks"]:
            for line in block.get("lines", ()):
                for span in line["spans"]:
                    bold = span["flags"] & pymupdf.TEXT_FONT_BOLD
                    text = " ".join(_hyphenated(w, chance) for w in span["text"].split(" "))
                    name = "Bold" if bold else "Regular"
                    ink.insert_text(
                        span["origin"],
                        text,
                        fontname=name,
                        fontfile=_FONTS / f"LiberationSerif-{name}.ttf",
                        fontsize=span["size"],
                    )
        ink.commit()
    return made


def _hyphenated(word: str, chance: Chance) -> str:
    if len(word) < 8 or not word.isalpha() or chance.random() < 0.5:
        return word
    at = chance.randrange(3, len(word) - 2)
    return f"{word[:at]}\u00ad{word[at:]}"


ALL: dict[str, Damage] = {
    "fake bold": fake_bold,
    "hidden second layer": hidden_layer,
    "hidden other values": hidden_values,
    "a page twice": page_twice,
    "last page twice": last_page_twice,
    "first page twice": first_page_twice,
    "tail of another letter": tail_of_another,
    "askew": askew,
    "a page as a picture": page_a_picture,
    "fax cover before": fax_cover,
    "proof of service": proof_of_service,
    "soft hyphens": soft_hyphens,
}


def damaged(data: bytes, other: bytes, kind: str, seed: int) -> bytes:
    """The letter with this damage; `other` is another letter."""
    return changed(data, other, ALL[kind], f"{kind} {seed}")


def changed(data: bytes, other: bytes, damage: Damage, seed: str) -> bytes:
    """The letter after `damage`."""
    document, second = (
        pymupdf.open(stream=each, filetype="pdf") if each else pymupdf.open()
        for each in (data, other)
    )
    for each in (document, second):
        if each.is_encrypted:
            each.authenticate("")
    made = damage(document, second, Chance(seed))
    result: bytes = made.tobytes(encryption=pymupdf.PDF_ENCRYPT_NONE)
    return result

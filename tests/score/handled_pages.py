"""What copying and sending makes of pages: other sizes and orders, thumbnails, frames, sheets between, other type."""

# The engine has no types.
# pyright: basic, reportArgumentType=false, reportAttributeAccessIssue=false, reportCallIssue=false
# pyright: reportOperatorIssue=false

from __future__ import annotations

from pathlib import Path
from typing import Any

import pymupdf

from tests.score.damage import Damage
from tests.score.damage import fax_cover as _fax_cover
from tests.score.damage import proof_of_service as _proof_of_service
from tests.score.office import Chance, Document, date_words

_FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
_MAIL = (
    "From: Records Desk <records@example.org>", "Sent: Tuesday, {day} 9:14 AM", "To: Roe, Pat",
    "Subject: FW: IMR determination", "Attachments: IMR.pdf",
)  # fmt: skip


def _placed(document: Document, place: Any) -> Document:
    made = pymupdf.open()
    for number, page in enumerate(document):
        new = made.new_page(width=page.rect.width, height=page.rect.height)
        new.show_pdf_page(place(page.rect, number), document, number)
    return made


def at_sixty_percent(document: Document, _: Document, chance: Chance) -> Document:
    """Printed at 55 to 65 per cent, in a corner or the middle of the paper."""
    share = chance.uniform(0.55, 0.65)
    across, down = chance.choice(((0, 0), (0.5, 0.5), (1, 0), (0.5, 0)))

    def place(rect: pymupdf.Rect, _: int) -> pymupdf.Rect:
        x, y = rect.width * (1 - share) * across, rect.height * (1 - share) * down
        return pymupdf.Rect(x, y, x + rect.width * share, y + rect.height * share)

    return _placed(document, place)


def shifted(document: Document, _: Document, chance: Chance) -> Document:
    """Each page lies elsewhere on its sheet, as a feeder pulls them in, in a frame or without."""
    framed = chance.random() < 0.6

    def place(rect: pymupdf.Rect, _: int) -> pymupdf.Rect:
        x, y = chance.uniform(-35, 35), chance.uniform(-25, 25)
        return pymupdf.Rect(rect.x0 + x, rect.y0 + y, rect.x1 + x, rect.y1 + y)

    made = _placed(document, place)
    for page in made:
        if framed:
            for inset in (16, 19):
                w, h = page.rect.width - inset, page.rect.height - inset
                page.draw_rect(pymupdf.Rect(inset, inset, w, h), width=1)
    return made


def turned_twice(document: Document, _: Document, chance: Chance) -> Document:
    """Turned in the content and back by the page's flag, so that it looks upright; some only once."""
    made = pymupdf.open()
    for number, page in enumerate(document):
        turn = chance.choice((90, 180, 270))
        w, h = page.rect.width, page.rect.height
        size = (h, w) if turn in (90, 270) else (w, h)
        new = made.new_page(width=size[0], height=size[1])
        new.show_pdf_page(new.rect, document, number, rotate=turn)
        if chance.random() < 0.8:
            new.set_rotation(turn)
    return made


def papers_between(document: Document, other: Document, chance: Chance) -> Document:
    """A fax cover or a proof of service lies between the letter's pages."""
    made = pymupdf.open()
    for number in range(len(document)):
        made.insert_pdf(document, from_page=number, to_page=number)
        if number < len(document) - 1 and chance.random() < 0.6:
            paper = chance.choice((_fax_cover, _proof_of_service))(pymupdf.open(), other, chance)
            made.insert_pdf(paper)
    return made


def mail_above(document: Document, _: Document, chance: Chance) -> Document:
    """The first page is printed below the head of the mail that brought it."""
    made = pymupdf.open()
    for number, page in enumerate(document):
        rect = page.rect
        new = made.new_page(width=rect.width, height=rect.height)
        if number:
            new.show_pdf_page(rect, document, number)
            continue
        day = date_words(chance)
        for row, line in enumerate(_MAIL):
            new.insert_text((40, 36 + row * 14), line.format(day=day), fontsize=10, fontname="helv")
        new.draw_line((40, 112), (570, 112))
        share = (rect.height - 125) / rect.height
        side = rect.width * (1 - share) / 2
        new.show_pdf_page(pymupdf.Rect(side, 120, rect.width - side, rect.height - 5), document, 0)
    return made


def transmission_report(document: Document, _: Document, chance: Chance) -> Document:
    """A fax machine's report before or behind, which shows the first page once more, reduced."""
    report = pymupdf.open()
    page = report.new_page(width=612, height=792)
    rows = (
        "* * * TRANSMISSION RESULT REPORT * * *", f"( {date_words(chance)}  3:41PM )", "TTI  ACME CLAIMS",
        "FILE  MODE      OPTION      ADDRESS (GROUP)      RESULT    PAGE",
        f"0417  MEMORY TX             9165550134           OK        P. {len(document)}/{len(document)}",
        "REASON FOR ERROR   E-1) HANG UP OR LINE FAIL   E-2) BUSY   E-3) NO ANSWER",
    )  # fmt: skip
    for row, line in enumerate(rows):
        page.insert_text((50, 60 + row * 16), line, fontsize=9, fontname="cour")
    share = chance.uniform(0.5, 0.7)
    left = (612 - 612 * share) / 2
    page.show_pdf_page(pymupdf.Rect(left, 180, left + 612 * share, 180 + 792 * share), document, 0)
    if chance.random() < 0.5:
        report.insert_pdf(document)
        return report
    document.insert_pdf(report)
    return document


def duplex_stack(document: Document, _: Document, chance: Chance) -> Document:
    """Front sides first, then the back sides, from the last to the first or in order."""
    numbers = list(range(len(document)))
    back = numbers[1::2]
    document.select([*numbers[::2], *(back[::-1] if chance.random() < 0.7 else back)])
    return document


def three_a_sheet(document: Document, _: Document, chance: Chance) -> Document:
    """Three small pages a sheet with room for notes beside them, or six, row by row or column by column."""
    many, wide = chance.choice(((3, False), (6, True)))
    down = wide and chance.random() < 0.3
    made = pymupdf.open()
    for start in range(0, len(document), many):
        new = made.new_page(width=612, height=792)
        for place, number in enumerate(range(start, min(start + many, len(document)))):
            row, column = divmod(place, 2) if wide else (place, 0)
            if down:
                column, row = divmod(place, 3)
            x, y = 20 + column * 290, 10 + row * 258
            new.show_pdf_page(pymupdf.Rect(x, y, x + 250, y + 250), document, number)
            if not wide:
                for line in range(8):
                    new.draw_line((330, y + 30 + line * 26), (590, y + 30 + line * 26), width=0.4)
    return made


def _set_again(document: Document, fonts: tuple[str, str], change: Any) -> Document:
    made = pymupdf.open()
    for page in document:
        new = made.new_page(width=page.rect.width, height=page.rect.height)
        for block in page.get_text("dict")["blocks"]:
            for line in block.get("lines", ()):
                for span in line["spans"]:
                    bold = bool(span["flags"] & pymupdf.TEXT_FONT_BOLD)
                    change(new, span, fonts[bold])
    return made


def typewriter(document: Document, _: Document, chance: Chance) -> Document:
    """Another program's type: each run of text in a type of equal widths or a grotesque, fitted in."""
    fonts = chance.choice((("cour", "cobo"), ("helv", "hebo")))

    def change(page: Any, span: Any, font: str) -> None:
        wide = pymupdf.get_text_length(span["text"], font, span["size"]) or 1
        size = span["size"] * min(1, (span["bbox"][2] - span["bbox"][0]) / wide)
        page.insert_text(span["origin"], span["text"], fontname=font, fontsize=max(size, 3))

    return _set_again(document, fonts, change)


def typographic_signs(document: Document, _: Document, __: Chance) -> Document:
    """Apostrophes and ellipses as a typesetter's."""
    signs = {"'": "\u2019", "...": "\u2026"}

    def change(page: Any, span: Any, font: str) -> None:
        text = span["text"]
        for plain, sign in signs.items():
            text = text.replace(plain, sign)
        file = _FONTS / f"LiberationSerif-{font}.ttf"
        page.insert_text(
            span["origin"], text, fontname=font, fontsize=span["size"], fontfile=str(file)
        )

    return _set_again(document, ("Regular", "Bold"), change)


def uneven_words(document: Document, _: Document, chance: Chance) -> Document:
    """Each word by itself, a little high or low, a little large or small, as recognisers set them."""
    made = pymupdf.open()
    high, large = chance.uniform(0.3, 1.2), chance.uniform(0.01, 0.06)
    for page in document:
        new = made.new_page(width=page.rect.width, height=page.rect.height)
        new.insert_image(new.rect, pixmap=page.get_pixmap(dpi=60))
        layer = new.new_shape()
        for x0, _y0, x1, y1, word, *_rest in page.get_text("words"):
            fitting = (x1 - x0) / max(pymupdf.get_text_length(word, "tiro", 1), 0.01)
            at = (x0 + chance.uniform(-0.3, 0.3), y1 - 3 + chance.uniform(-high, high))
            layer.insert_text(
                at,
                word,
                fontname="tiro",
                fontsize=fitting * (1 - chance.uniform(0, large)),
                render_mode=3,
            )
        layer.commit()
    return made


def doubled_spaces(document: Document, _: Document, chance: Chance) -> Document:
    """Two or three spaces between words here and there, the line drawn in to its width."""

    def change(page: Any, span: Any, font: str) -> None:
        text = "".join(
            letter * chance.choice((1, 1, 2, 3)) if letter == " " else letter
            for letter in span["text"]
        )
        wide = pymupdf.get_text_length(text, font, span["size"]) or 1
        squeeze = min(1, (span["bbox"][2] - span["bbox"][0] + 2) / wide)
        at = pymupdf.Point(span["origin"])
        page.insert_text(
            at, text, fontname=font, fontsize=span["size"], morph=(at, pymupdf.Matrix(squeeze, 1))
        )

    return _set_again(document, ("tiro", "tibo"), change)


def blank_backs(document: Document, _: Document, chance: Chance) -> Document:
    """An empty back follows each page, some say that they are left empty on purpose."""
    for number in range(len(document), 0, -1):
        page = document.new_page(number, width=612, height=792)
        if chance.random() < 0.5:
            page.insert_text((190, 400), "This page intentionally left blank.", fontsize=12)
    return document


ALL: dict[str, Damage] = {
    "at sixty per cent": at_sixty_percent,
    "shifted pages": shifted,
    "turned twice": turned_twice,
    "papers between": papers_between,
    "mail above": mail_above,
    "transmission report": transmission_report,
    "duplex stack": duplex_stack,
    "three a sheet": three_a_sheet,
    "typewriter": typewriter,
    "typographic signs": typographic_signs,
    "uneven words": uneven_words,
    "doubled spaces": doubled_spaces,
    "blank backs": blank_backs,
}

"""What handling leaves on paper: holes and staples, stains, show-through, patterns, tape, remarks beside the text."""

# The engine has no types.
# pyright: basic, reportArgumentType=false, reportAttributeAccessIssue=false, reportCallIssue=false
# pyright: reportOperatorIssue=false

from __future__ import annotations

import math
from itertools import pairwise

import pymupdf

from tests.score.damage import Damage
from tests.score.office import INKS, Chance, Document, date_words, some_pages, spot

_NAMES = ("Claims Desk 4", "Example & Roe LLP", "Unit 12", "Acme Review", "Northbay TPA")
_BRIEF = (
    "why not?", "see RFA", "cf. UR p.2", "ask QME", "not in file", "5/2 called", "dx?", "PT 6x done",
    "agree w/ this", "old guideline", "ok", "check dates",
)  # fmt: skip


def holes_and_staple(document: Document, _: Document, chance: Chance) -> Document:
    """Punched holes as the copier shows them, at the side or the top, and a staple in the corner."""
    beside = chance.random() < 0.6
    for page in document:
        w, h = page.rect.width, page.rect.height
        places = (
            [(chance.uniform(24, 40), h * share) for share in (0.13, 0.5, 0.87)]
            if beside
            else [(w / 2 + side, chance.uniform(24, 40)) for side in (-99, 99)]
        )
        for x, y in places:
            fill = chance.choice(((0, 0, 0), (0.25, 0.25, 0.25)))
            page.draw_circle((x, y), chance.uniform(8, 11), color=fill, fill=fill)
        page.draw_line((22, 40), (46, 20), width=2.2, color=(0.3, 0.3, 0.3))
    return document


def stains(document: Document, _: Document, chance: Chance) -> Document:
    """Rings and drops of a brown that lets the text show."""
    for page in some_pages(document, chance):
        x, y = spot(page, chance)
        for wide in (5, 2):
            page.draw_circle(
                (x, y), chance.uniform(40, 80), color=(0.45, 0.3, 0.1), width=wide,
                stroke_opacity=0.35,
            )  # fmt: skip
        for __ in range(chance.randint(2, 6)):
            page.draw_circle(
                spot(page, chance), chance.uniform(2, 9), color=None, fill=(0.5, 0.35, 0.15),
                fill_opacity=0.3,
            )  # fmt: skip
    return document


def show_through(document: Document, other: Document, chance: Chance) -> Document:
    """The back of each page shows through in pale grey, the wrong way round."""
    source = other if len(other) else document
    for page in document:
        lines = source[chance.randrange(len(source))].get_text("blocks")[:12]
        width = page.rect.width
        for x0, y0, _, _, text, *__ in lines:
            for row, line in enumerate(text.splitlines()[:3]):
                at = pymupdf.Point(width - x0, y0 + 10 + row * 12)
                page.insert_text(
                    at, line[:90], fontsize=10, fontname="tiro", color=(0.86, 0.86, 0.86),
                    morph=(at, pymupdf.Matrix(-1, 0, 0, 1, 0, 0)), overlay=False,
                )  # fmt: skip
    return document


def pattern_of_words(document: Document, _: Document, chance: Chance) -> Document:
    """The same small pale words over and over across the page, as secure printing has them."""
    words = chance.choice(
        (f"{chance.choice(_NAMES)} {chance.randrange(9999):04d}", "UNCONTROLLED COPY", "jdoe@example.org 10.2.3.4")
    )  # fmt: skip
    grey, size = chance.uniform(0.7, 0.88), chance.choice((7, 9, 12))
    lean = chance.choice((0, 20, 30, 45, -35))
    for page in document:
        for y in range(60, int(page.rect.height) - 30, chance.choice((70, 95, 130))):
            for x in range(40, int(page.rect.width) - 60, 150):
                at = pymupdf.Point(x, y)
                page.insert_text(
                    at, words, fontsize=size, color=(grey, grey, grey), fontname="helv",
                    morph=(at, pymupdf.Matrix(lean)) if lean else None,
                )  # fmt: skip
    return document


def stroked_word(document: Document, _: Document, chance: Chance) -> Document:
    """A great word in outline, its letters far apart, one below the other or side by side."""
    word = chance.choice(("COPY", "DUPLICATE", "SCANNED", "CLOSED", "DO NOT PAY", "CLAIMS"))
    down = chance.random() < 0.4
    for page in document:
        size = chance.uniform(36, 60)
        x, y = chance.uniform(80, 200), chance.uniform(130, 250)
        for letter in word:
            page.insert_text(
                (x, y), letter, fontsize=size, fontname="hebo", render_mode=1, color=(0.6, 0.1, 0.1)
            )
            x, y = (x, y + size * 1.1) if down else (x + size * 1.2, y)
    return document


def handwriting(document: Document, _: Document, chance: Chance) -> Document:
    """Lines of curves by pen beside and over the text, and a word crossed out by waves."""
    for page in some_pages(document, chance):
        ink = chance.choice(INKS)
        for __ in range(chance.randint(2, 5)):
            x, y = spot(page, chance)
            shape = page.new_shape()
            for __ in range(chance.randint(8, 25)):
                to = (x + chance.uniform(3, 8), y + chance.uniform(-1, 1))
                shape.draw_bezier((x, y), (x + 2, y - 9), (x + 4, y + 6), to)
                x, y = to
            shape.finish(color=ink, width=1.1)
            shape.commit()
    return document


def remarks_column(document: Document, _: Document, chance: Chance) -> Document:
    """The page printed smaller with a column of remarks at its right, as word processors print them."""
    made = pymupdf.open()
    share = chance.uniform(0.7, 0.8)
    for number, page in enumerate(document):
        rect = page.rect
        new = made.new_page(width=rect.width, height=rect.height)
        top = rect.height * (1 - share) / 2
        place = pymupdf.Rect(0, top, rect.width * share, rect.height - top)
        new.show_pdf_page(place, document, number)
        new.draw_rect(
            pymupdf.Rect(place.x1, place.y0, rect.x1, place.y1), color=None, fill=(0.94, 0.94, 0.94),
            overlay=False,
        )  # fmt: skip
        y = place.y0 + chance.uniform(20, 120)
        while y < place.y1 - 60:
            who = chance.choice(("RD", "jsmith", "MG2"))
            new.insert_text(
                (place.x1 + 6, y), f"Comment [{who}{number + 1}]:", fontsize=7, fontname="hebo"
            )
            new.insert_text((place.x1 + 6, y + 9), chance.choice(_BRIEF), fontsize=7)
            new.draw_line((place.x1 - 60, y), (place.x1 + 4, y), color=(0.8, 0, 0), width=0.4)
            y += chance.uniform(80, 240)
    return made


def line_count(document: Document, _: Document, chance: Chance) -> Document:
    """Every line or every fifth is numbered at its left or right, on through all pages."""
    size, each = chance.choice((6, 8, 10)), chance.choice((1, 1, 5))
    at_right = chance.random() < 0.3
    count = 0
    for page in document:
        tops = sorted(
            {
                round(line["bbox"][3] / 4) * 4
                for b in page.get_text("dict")["blocks"]
                for line in b.get("lines", ())
            }
        )
        left = page.rect.width - 40 if at_right else chance.choice((30, 46, 54))
        for y in tops:
            count += 1
            if count % each == 0:
                page.insert_text((left, y - 2.5), str(count), fontsize=size, fontname="tiro")
    return document


def system_header(document: Document, _: Document, chance: Chance) -> Document:
    """A claims system's two rows on each page, with days, numbers and labels of its own."""
    claim, doc = f"{chance.randrange(10**8):08d}", chance.randrange(10**6)
    for number, page in enumerate(document, 1):
        first = (
            f"Claim: {claim}   Claimant: EXAMPLE, PAT   Date of Injury: {date_words(chance)}   "
            f"Case Number: WC-{claim[:5]}"
        )
        second = f"Doc ID {doc}   Received: {date_words(chance)}   Decision: IMR   Pg {number} of {len(document)}"
        y = chance.choice((16, 20))
        if chance.random() < 0.2:
            y = page.rect.height - 24
        page.insert_text((30, y), first, fontsize=8, fontname="helv")
        page.insert_text((30, y + 10), second, fontsize=8, fontname="helv")
    return document


def worksheet_stamp(document: Document, _: Document, chance: Chance) -> Document:
    """A block to fill in: outcome, items, initials, stamped over the text or in a margin."""
    for page in some_pages(document, chance)[:2]:
        x, y = spot(page, chance)
        box = chance.choice((True, False))
        rows = (
            f"IMR OUTCOME  [{chance.choice('x ')}] Upheld  [ ] Overturned",
            f"Items: {chance.randint(1, 6)}   Pay: Y / N",
            f"Reviewed {date_words(chance)}  by ____",
        )
        ink = chance.choice(INKS)
        if box:
            page.draw_rect(pymupdf.Rect(x - 5, y - 13, x + 190, y + 32), color=ink, width=1)
        for row, text in enumerate(rows):
            page.insert_text((x, y + row * 13), text, fontsize=chance.choice((8, 9, 11)), color=ink)
    return document


def mailed_in_gap(document: Document, _: Document, chance: Chance) -> Document:
    """A typed line in the letter's own bold or plain type, where a gap between paragraphs is."""
    for page in some_pages(document, chance):
        blocks = sorted((b[1], b[3]) for b in page.get_text("blocks") if b[4].strip())
        gaps = [
            (above[1], below[0]) for above, below in pairwise(blocks) if below[0] - above[1] > 9
        ]
        if not gaps:
            continue
        top, bottom = chance.choice(gaps)
        text = chance.choice(
            (f"MAILED {date_words(chance)}", f"Rec'd {chance.choice(_NAMES)}", "ORIGINAL TO FILE", "Scanned to claim")
        )  # fmt: skip
        page.insert_text(
            (chance.uniform(72, 380), (top + bottom) / 2 + 3), text, color=chance.choice(INKS),
            fontsize=chance.choice((9, 11, 12)), fontname=chance.choice(("tibo", "tiro", "cobo")),
        )  # fmt: skip
    return document


def shadow_print(document: Document, _: Document, chance: Chance) -> Document:
    """A pale shadow of all of the print, some points below and right of it, lies under it."""
    made = pymupdf.open()
    apart = chance.uniform(2, 6)
    for number, page in enumerate(document):
        new = made.new_page(width=page.rect.width, height=page.rect.height)
        for block in page.get_text("dict")["blocks"]:
            for line in block.get("lines", ()):
                for span in line["spans"]:
                    x, y = span["origin"]
                    new.insert_text(
                        (x + apart, y + apart), span["text"], fontsize=span["size"], fontname="tiro",
                        color=(0.82, 0.82, 0.82),
                    )  # fmt: skip
        new.show_pdf_page(new.rect, document, number)
    return made


def slanted_numbers(document: Document, _: Document, chance: Chance) -> Document:
    """One Bates number written from corner to corner of each page, or steeply up an edge."""
    first = chance.randrange(1, 90000)
    angle = chance.choice((52, -52, 80, -80))
    for number, page in enumerate(document):
        at = pymupdf.Point(
            chance.uniform(60, 120) if abs(angle) < 60 else chance.uniform(30, 560),
            740 if angle > 0 else 90,
        )
        text = f"ROE DEPO 0{first + number:06d}"
        page.insert_text(
            at, text, fontsize=chance.choice((12, 30, 54)), morph=(at, pymupdf.Matrix(angle)),
            color=chance.choice(((0.7, 0.7, 0.7), *INKS)), fontname="helv",
        )  # fmt: skip
    return document


def rings_and_arrows(document: Document, _: Document, chance: Chance) -> Document:
    """Words ringed, an arrow from the ring into the margin and a short remark at its end."""
    for page in some_pages(document, chance):
        words = page.get_text("words")
        x0, y0, x1, y1, *__ = chance.choice(words)
        ink = chance.choice(INKS)
        page.draw_oval(pymupdf.Rect(x0 - 4, y0 - 3, x1 + 4, y1 + 3), color=ink, width=1.2)
        to = (chance.choice((20, 560)), min(max(y0 + chance.uniform(-50, 50), 30), 760))
        page.draw_line((x0, y1), to, color=ink, width=1.2)
        for turn in (2.6, -2.6):
            lean = math.atan2(to[1] - y1, to[0] - x0) + turn
            page.draw_line(to, (to[0] + 9 * math.cos(lean), to[1] + 9 * math.sin(lean)), color=ink)
        page.insert_text(
            (min(to[0], 545), to[1] - 2),
            chance.choice(_BRIEF),
            fontsize=chance.choice((8, 11)),
            color=ink,
        )
    return document


ALL: dict[str, Damage] = {
    "holes and staple": holes_and_staple,
    "stains": stains,
    "show-through": show_through,
    "pattern of words": pattern_of_words,
    "stroked word": stroked_word,
    "handwriting": handwriting,
    "remarks column": remarks_column,
    "line count": line_count,
    "system header": system_header,
    "worksheet stamp": worksheet_stamp,
    "mailed in a gap": mailed_in_gap,
    "shadow print": shadow_print,
    "slanted numbers": slanted_numbers,
    "rings and arrows": rings_and_arrows,
}

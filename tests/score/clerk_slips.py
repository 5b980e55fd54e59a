"""What else is laid over a letter's pages: slips, boxes, callouts, banners, verdicts by stamp, copies' lists."""

# The engine has no types.
# pyright: basic, reportArgumentType=false, reportAttributeAccessIssue=false, reportCallIssue=false
# pyright: reportOperatorIssue=false

from __future__ import annotations

import pymupdf

from tests.score.clerk_ink import write
from tests.score.damage import Damage
from tests.score.office import INKS, Chance, Document, date_words, some_pages, spot


def _lowest(page: pymupdf.Page) -> float:
    return max((float(word[3]) for word in page.get_text("words") if word[3] < 730), default=200.0)


def trial_banner(document: Document, _: Document, chance: Chance) -> Document:
    """What an unpaid PDF program puts on every page."""
    text = chance.choice(
        ("Evaluation copy. Please register at www.pdf-example.com", "*** UNREGISTERED VERSION ***",
         "This PDF was made with a trial of PageJoiner", "Demo")
    )  # fmt: skip
    ink = chance.choice(((1, 0, 0), (0.6, 0.6, 0.6), (0, 0, 0.8)))
    y = chance.choice((12, 40, 396, 770))
    size, degrees = chance.choice((9, 12, 16, 28)), chance.choice((0, 0, 35))
    for page in document:
        at = pymupdf.Point(chance.choice((60, 200)), y)
        write(page, at, (text,), size, fontname="helv", color=ink, degrees=degrees)
    return document


def verification_strip(document: Document, _: Document, chance: Chance) -> Document:
    """Bars with the number below them, at the foot or in the middle of the text."""
    for page in some_pages(document, chance):
        x, y = chance.uniform(60, 400), chance.choice((chance.uniform(80, 700), 745))
        number = str(chance.randrange(10**11, 10**12))
        for bar in range(40):
            if chance.random() < 0.6:
                left = x + bar * 2.6
                page.draw_rect(
                    pymupdf.Rect(left, y, left + 1.3, y + 16), color=None, fill=(0, 0, 0)
                )
        text = chance.choice((number, f"*{number[:8]}*", " ".join(number)))
        at = pymupdf.Point(x, y + 24)
        write(
            page, at, (text,), chance.choice((7, 9, 11)), fontname=chance.choice(("helv", "cour"))
        )
        if chance.random() < 0.4:
            at = pymupdf.Point(x, y + 34)
            write(page, at, ("Verify at https://check.example.gov",), 7, fontname="helv")
    return document


def boxes_beside_text(document: Document, _: Document, chance: Chance) -> Document:
    """Black boxes in the margins, where no words of the letter are."""
    for page in document:
        for _n in range(2):
            y = chance.uniform(40, 720)
            x = chance.choice((8, 560))
            box = pymupdf.Rect(x, y, x + chance.uniform(12, 40), y + chance.uniform(8, 60))
            page.draw_rect(box, color=(0, 0, 0), fill=(0, 0, 0))
    return document


def summary_box(document: Document, _: Document, chance: Chance) -> Document:
    """The lawyer's own notes below the end, in a font like the letter's."""
    numbers = [n for n in range(len(document)) if document[n].get_text().strip()]
    page = document[numbers[-1]]
    y = _lowest(page) + chance.choice((18, 30))
    if y > 690:
        page, y = document[numbers[0]], 24
    lines = (
        "Attorney notes: UR stands as to all but the MRI.",
        f"Appeal to the Board by {date_words(chance)} (30 days + 5 for mail).",
        "Client told by phone; wants second opinion.",
    )
    font = chance.choice(("tiro", "tiit", "helv"))
    count = chance.choice((1, 2, 3))
    at = pymupdf.Point(chance.choice((72, 90, 108)), y)
    write(page, at, lines[:count], chance.choice((9, 10, 11, 12)), fontname=font)
    return document


def exhibit_over_text(document: Document, _: Document, chance: Chance) -> Document:
    """A label of several lines, with a tint, tilted, somewhere on the text."""
    page = chance.choice(some_pages(document, chance))
    x, y = spot(page, chance)
    tint = chance.choice(((1, 0.95, 0.3), (0.8, 0.9, 1), (1, 1, 1)))
    box = pymupdf.Rect(x - 6, y - 14, x + 92, y + 40)
    page.draw_rect(box, color=(0, 0, 0), fill=tint, fill_opacity=0.35)
    lines = (
        chance.choice(("EXHIBIT", "JOINT EXH.", "Def. Ex.", "QME EXHIBIT")),
        f"{chance.choice('ABCDEFG')}-{chance.randint(1, 40)}",
        f"Smith {chance.randint(1, 12)}/{chance.randint(1, 28)}/17",
    )
    write(
        page, pymupdf.Point(x, y), lines, chance.choice((10, 12, 13)),
        fontname=chance.choice(("hebo", "tibo")), degrees=chance.choice((0, 0, 5, -9)),
    )  # fmt: skip
    return document


def callouts(document: Document, _: Document, chance: Chance) -> Document:
    """Remarks of a PDF program printed with the page: small lines at the right, an arrow to the words."""
    for page in some_pages(document, chance):
        _x0, y0, x1, y1, *_rest = chance.choice(page.get_text("words"))
        left, y = page.rect.width - 96, y0 + chance.uniform(-14, 14)
        lines = chance.choice((
            ("Commented [TM3]:", "check with QME", "report p. 11"),
            ("jroe", "12/14/2016 3:02 PM", "not addressed?"),
            ("Sticky Note", "cf. MTUS p. 80"),
        ))  # fmt: skip
        page.draw_line((x1, y1), (left - 3, y), color=(0.8, 0, 0), width=0.6)
        page.draw_rect(
            pymupdf.Rect(left - 3, y - 9, page.rect.width - 6, y + 24),
            color=(0.8, 0, 0), fill=(1, 0.97, 0.9), fill_opacity=0.6, width=0.5,
        )  # fmt: skip
        at, size = pymupdf.Point(left, y), chance.choice((6, 7, 8))
        write(page, at, lines, size, fontname=chance.choice(("helv", "cour")))
    return document


def stamp_of_four_lines(document: Document, _: Document, chance: Chance) -> Document:
    """ENTERED, who, when and where to, one below the other across the text."""
    page = chance.choice(some_pages(document, chance))
    x, y = spot(page, chance)
    lines = (
        chance.choice(("ENTERED IN SYSTEM", "DIARIED", "TO BE PAID")), f"BY: {chance.choice('ABKLT')}. R.",
        f"ON: {date_words(chance)}", chance.choice(("DESK 14", "SENT TO: UR", "COPY: DA")),
    )  # fmt: skip
    write(
        page, pymupdf.Point(x, y), lines, chance.choice((8, 10, 12, 14)),
        fontname=chance.choice(("hebo", "cobo", "tiro")), color=chance.choice(INKS),
        degrees=chance.choice((0, 0, 3, -6)),
    )  # fmt: skip
    return document


def carbon_copies(document: Document, _: Document, chance: Chance) -> Document:
    """Who else had it, added at a page's foot or below the letter's end."""
    numbers = [n for n in range(len(document)) if document[n].get_text().strip()]
    page = document[chance.choice((numbers[0], numbers[-1]))]
    y = min(_lowest(page) + chance.choice((14, 26)), page.rect.height - 44)
    lines = ("cc: Doe & Roe LLP", "    Valley Spine Center", "    file")
    size = chance.choice((8, 9, 10, 12))
    write(page, pymupdf.Point(72, y), lines, size, fontname=chance.choice(("tiro", "helv")))
    return document


def telephone_slip(document: Document, _: Document, chance: Chance) -> Document:
    """A form for messages laid on the copier's glass with the page."""
    page = chance.choice(some_pages(document, chance))
    x, y = chance.uniform(60, 300), chance.uniform(80, 600)
    page.draw_rect(pymupdf.Rect(x, y, x + 210, y + 96), color=(0.8, 0.2, 0.4), width=1)
    rows = (
        "WHILE YOU WERE OUT", "To: Tonya    Date: 12/20   Time: 3:40", "M: Mr. Lee   of: Lee Chiropractic",
        "Phone: (213) 555-0144   [x] please call", "Message: is the MRI approved or not?",
    )  # fmt: skip
    for number, row in enumerate(rows):
        line = y + 14 + 18 * number
        page.draw_line((x, line + 4), (x + 210, line + 4), color=(0.8, 0.2, 0.4), width=0.5)
        font = chance.choice(("helv", "heit"))
        write(page, pymupdf.Point(x + 5, line), (row,), 8.5, fontname=font, color=(0.6, 0.1, 0.3))
    return document


def verdict_by_stamp(document: Document, _: Document, chance: Chance) -> Document:
    """Somebody's own stamp of what was decided, over the table, beside a title, in the margin."""
    for page in some_pages(document, chance):
        x, y = chance.choice(
            (spot(page, chance), (chance.choice((10, 500)), chance.uniform(70, 700)))
        )
        word = chance.choice(("UPHELD", "OVERTURNED", "DENIED", "Approved", "Upheld", "PARTIAL"))
        write(
            page, pymupdf.Point(x, y), (word,), chance.choice((10, 12, 16, 22)),
            fontname=chance.choice(("hebo", "tibo", "cobo")), color=chance.choice(INKS),
            degrees=chance.choice((0, 0, 8, -14)),
        )  # fmt: skip
    return document


def production_legend(document: Document, _: Document, chance: Chance) -> Document:
    """Two lines under each page, on who produced it and under which order, with a number each."""
    start = chance.randint(1, 900)
    for number, page in enumerate(document):
        y = page.rect.height - chance.choice((20, 34))
        lines = (
            f"PRODUCED BY DEFENDANT PURSUANT TO SUBPOENA   {start + number:05d}",
            "CONTAINS MEDICAL INFORMATION - CIVIL CODE 56",
        )
        size = chance.choice((7, 8, 10))
        write(
            page,
            pymupdf.Point(140, y),
            lines,
            size,
            fontname=chance.choice(("cobo", "hebo", "tiro")),
        )
    return document


def date_line_of_a_viewer(document: Document, _: Document, chance: Chance) -> Document:
    """A viewer's print: the file's path and day in a corner, the pages counted in another."""
    path = chance.choice(
        (r"C:\Users\adj7\Downloads\IMR_Final_Determination.pdf", "file:///H:/claims/2016/imr%20letter.pdf",
         "https://portal.example.com/doc?id=8841&view=1")
    )  # fmt: skip
    size = chance.choice((7, 8, 9, 11))
    for number, page in enumerate(document, start=1):
        wide, high = page.rect.width, page.rect.height
        write(page, pymupdf.Point(20, high - 12), (path,), size, fontname="helv")
        write(
            page,
            pymupdf.Point(wide - 70, high - 12),
            (f"{number}/{len(document)}",),
            size,
            fontname="helv",
        )
        write(page, pymupdf.Point(20, 16), ("12/16/2016, 8:41 AM",), size, fontname="tiro")
        write(
            page,
            pymupdf.Point(wide / 2, 16),
            ("Final Determination Letter",),
            size,
            fontname="tiro",
        )
    return document


ALL: dict[str, Damage] = {
    "trial banner": trial_banner,
    "verification strip": verification_strip,
    "boxes beside the text": boxes_beside_text,
    "lawyer's summary": summary_box,
    "exhibit label over text": exhibit_over_text,
    "callouts": callouts,
    "stamp of four lines": stamp_of_four_lines,
    "carbon copies": carbon_copies,
    "telephone slip": telephone_slip,
    "verdict by stamp": verdict_by_stamp,
    "legend of a production": production_legend,
    "lines of a viewer": date_line_of_a_viewer,
}

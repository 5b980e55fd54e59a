"""What desks, courts, fax machines and browsers print on a letter: each kind by seed, on its pages.

Words, fonts, colours and places are others than those of `stamps`, and the kinds come together.
"""

# The engine has no types.
# pyright: basic, reportArgumentType=false, reportAttributeAccessIssue=false, reportCallIssue=false
# pyright: reportOperatorIssue=false

from __future__ import annotations

from pathlib import Path

import pymupdf

from tests.score.stamps import Chance, Draw, body_lines, printed_lines

_FONTS = ("helv", "hebo", "tiro", "tibo", "cour", "cobo", "heit", "tiit", "hebi", "tibi")
_INKS = ((0.0, 0.45, 0.1), (0.45, 0.0, 0.5), (0.9, 0.4, 0.0), (0.75, 0.0, 0.15), (0.05, 0.2, 0.6), (0, 0, 0), (0.3, 0.3, 0.3))  # fmt: skip
_BLACK = (0, 0, 0)
_SERIF = Path(__file__).resolve().parents[2] / "resources" / "fonts" / "LiberationSerif-Regular.ttf"
_DATED = (
    ("Claims Unit", "DEC 07 2016", "BY: ____"), ("MAIL DATE", "1/9/17"), ("Date stamped: 2017-04-18",),
    ("INDEXED", "03-02-17", "K. L."), ("Legal Dept. rec'd", "August 4, 2016", "9 35 AM"),
    ("ENTERED IN EAMS 06/14/2017",), ("Electronically received", "10/31/2016 4:58:09 PM"), ("AUG -9 2016",),
)  # fmt: skip
_WORDED = (
    "ATTORNEY WORK PRODUCT", "Original sent to AA", "PRIVILEGED", "CERTIFIED TRUE COPY", "REDLINE", "URGENT - 10 DAYS",
    "appeal by 30 days", "NO FURTHER ACTION", "Lien file", "PD advances", "2nd request", "Upheld", "OVERTURNED", "MEDICAL",
)  # fmt: skip
_HANDS = (
    "pls call applicant atty before 5/1 re: lien", "pt says PT helped, see 8/12 note", "why not MTUS?", "JR to review",
    "dup of 0417 file", "sent to Dr 3/3", "not our claim?", "ok to pay 6 visits", "resubmit w/ RFA", "adj. notified 11:40",
)  # fmt: skip
_BATES = ("IMR_{:06d}", "SCIF {:05d}", "Ex. A - {:d}", "Defense{:07d}", "{:08d}", "ABC-1234-{:05d} CONFIDENTIAL", "DEF 0{:d}/0212", "APP.{:04d}")  # fmt: skip
_BANNERS = (
    "EAMS Received 03/14/2017 10:22:51 AM   Page {0} of {1}",
    "Case: ADJ10234567   Document 12   Filed 02/03/17   Page {0} of {1}   Page ID #: 88{0}",
    "E-FILED: Mar 22, 2017 3:14 PM, Workers' Compensation Appeals Board, By R. Doe, Clerk ({0}/{1})",
)
_FAXES = (
    "2017-02-14 16:20:07 (GMT-08:00)   {0}/{1}   From: Utilization Desk",
    "To: 18885550147   Page: {0} of {1}   2016-12-06 22:31:40 GMT   15105550166   From: Records",
    "P.{0:02d}/{1:02d}   DEC-06-2016  14:31   ACME CLAIMS   916 555 0122",
    "RightFax C3-2   1/5/2017 8:02:33 AM   PAGE {0}/00{1}   Fax Server",
)
_FOOTERS = (
    ("This transmission may contain protected health information. If you received it in error,", "notify the sender and destroy all copies."),
    ("CONFIDENTIAL AND PRIVILEGED. Unauthorized use or disclosure is prohibited by law.",),
    ("Printed by jdoe on 01/12/2017 at 09:14 from the claims archive. Page {0} of {1}.",),
)  # fmt: skip
_EXHIBITS = (
    ("EXHIBIT", "C-4"),
    ("Exhibit", "17"),
    ("JOINT EX.", "J-2"),
    ("Deposition", "Exhibit 5", "2/2/18 RD"),
)


def _text(
    page: pymupdf.Page,
    chance: Chance,
    point: tuple[float, float],
    words: str,
    size: float,
    *,
    colour: tuple[float, float, float] | None = None,
    font: str = "",
    angle: float = 0.0,
) -> None:
    at = pymupdf.Point(point)
    page.insert_text(
        at,
        words,
        fontsize=size,
        fontname=font or chance.choice(_FONTS),
        color=colour or chance.choice(_INKS),
        morph=(at, pymupdf.Matrix(1, 1).prerotate(angle)) if angle else None,
        overlay=chance.random() < 0.8,
    )


def dated_over_table(document: pymupdf.Document, chance: Chance) -> None:
    """A dated stamp on the table with the case's own dates."""
    rows, size = chance.choice(_DATED), chance.uniform(8, 16)
    x, y = chance.uniform(60, 440), chance.uniform(60, 175)
    font, colour = chance.choice(_FONTS), chance.choice(_INKS)
    for number, row in enumerate(rows):
        _text(document[0], chance, (x, y + number * size * 1.2), row, size, colour=colour, font=font)  # fmt: skip


def worded_stamp(document: pymupdf.Document, chance: Chance) -> None:
    """A stamp of one row anywhere, in a frame, tilted or flat."""
    page = document[chance.randrange(len(document))]
    words, size = chance.choice(_WORDED), chance.uniform(9, 34)
    angle = chance.choice((0, 0, 0, -15, 8, 22, 90))
    x, y = chance.uniform(70, 330), chance.uniform(110, 700)
    colour = chance.choice(_INKS)
    if not angle and chance.random() < 0.4:
        page.draw_rect((x - 5, y - size, x + size * len(words) * 0.62, y + 5), color=colour)
    _text(page, chance, (x, y), words, size, colour=colour, angle=angle)


def two_stamps(document: pymupdf.Document, chance: Chance) -> None:
    for _ in range(chance.randint(2, 4)):
        chance.choice((worded_stamp, dated_over_table))(document, chance)


def hand_note(document: pymupdf.Document, chance: Chance) -> None:
    """A longer note of about the text's size, over, between or beside lines."""
    for _ in range(chance.randint(1, 3)):
        page = document[chance.randrange(len(document))]
        line = chance.choice(body_lines(page) or [(72.0, 90.0, 500.0, 104.0, "")])
        y = line[3] + chance.uniform(-10, 12)
        x = chance.choice((chance.uniform(72, 320), 20, line[2] + 8))
        font = chance.choice(("tiit", "heit", "tibi", "tiro", "helv"))
        _text(page, chance, (min(x, 420), y), chance.choice(_HANDS), chance.uniform(10, 13), font=font)  # fmt: skip


def body_font_note(document: pymupdf.Document, chance: Chance) -> None:
    """A note typed over the page in a serif of the text's own kind and size, in black or blue."""
    page = document[chance.randrange(len(document))]
    line = chance.choice(body_lines(page) or [(72.0, 90.0, 500.0, 104.0, "")])
    page.insert_text(
        (chance.uniform(72, 350), line[3] + chance.uniform(-8, 9)),
        chance.choice(_HANDS),
        fontsize=chance.choice((11, 12)),
        fontname="Hand",
        fontfile=_SERIF,
        color=chance.choice((_BLACK, (0.1, 0.1, 0.6))),
    )


def bates_formats(document: pymupdf.Document, chance: Chance) -> None:
    form, first, size = chance.choice(_BATES), chance.randrange(1, 800), chance.uniform(7, 12)
    font = chance.choice(_FONTS)
    where = chance.choice(("foot", "foot", "head", "last line"))
    x = chance.choice((40, 250, 430))
    for number, page in enumerate(document):
        lines = printed_lines(page)
        last = max((line[3] for line in lines), default=700)
        y = {"foot": chance.choice((745, 765, 780)), "head": 30, "last line": last - 2}[where]
        _text(page, chance, (x, y), form.format(first + number), size, colour=_BLACK, font=font)


def filing_banner(document: pymupdf.Document, chance: Chance) -> None:
    """The line a court's system prints over the top of each page."""
    words, size = chance.choice(_BANNERS), chance.uniform(7, 10)
    colour = chance.choice(((0.0, 0.0, 0.8), _BLACK, (0.7, 0, 0)))
    y = chance.choice((10, 20, 34, 48))
    for number, page in enumerate(document, 1):
        _text(page, chance, (30, y), words.format(number, len(document)), size, colour=colour, font="helv")  # fmt: skip


def fax_with_pages(document: pymupdf.Document, chance: Chance) -> None:
    words, size = chance.choice(_FAXES), chance.uniform(7, 10)
    y, font = chance.choice((9, 18, 30)), chance.choice(("cour", "cobo", "helv"))
    for number, page in enumerate(document, 1):
        _text(page, chance, (chance.uniform(10, 70), y), words.format(number, len(document)), size, colour=_BLACK, font=font)  # fmt: skip


def review_marks(document: pymupdf.Document, chance: Chance) -> None:
    """Marks of a PDF program: sticky notes, highlighter, lines through and under, a stamp."""
    for _ in range(chance.randint(2, 5)):
        page = document[chance.randrange(len(document))]
        line = chance.choice(body_lines(page) or [(72.0, 90.0, 500.0, 104.0, "")])
        box = pymupdf.Rect(line[0], line[1], (line[0] + line[2]) / 2, line[3])
        kind = chance.choice(("note", "highlight", "strike", "under", "stamp", "ink"))
        if kind == "note":
            page.add_text_annot((line[2] + 4, line[1]), chance.choice(_HANDS))
        elif kind == "highlight":
            page.add_highlight_annot(box)
        elif kind == "strike":
            page.add_strikeout_annot(box)
        elif kind == "under":
            page.add_squiggly_annot(box)
        elif kind == "stamp":
            page.add_stamp_annot((300, line[1], 420, line[1] + 40), stamp=chance.randrange(10))
        else:
            page.add_ink_annot([[(box.x0, box.y0), (box.x1, box.y1), (box.x1, box.y0)]])


def marks_flattened(document: pymupdf.Document, chance: Chance) -> None:
    review_marks(document, chance)
    document.bake()


def drawn_marker(document: pymupdf.Document, chance: Chance) -> None:
    """Highlighter under the words, a line through some, a ring round others: drawn on the page."""
    for _ in range(chance.randint(1, 4)):
        page = document[chance.randrange(len(document))]
        line = chance.choice(body_lines(page) or [(72.0, 90.0, 500.0, 104.0, "")])
        box = pymupdf.Rect(line[0], line[1], line[0] + chance.uniform(40, 300), line[3])
        kind = chance.choice(("under", "over", "through", "ring"))
        if kind == "under":
            page.draw_rect(box, color=None, fill=(1, 1, 0.3), overlay=False)
        elif kind == "over":
            page.draw_rect(box, color=None, fill=(1, 0.8, 0.2), fill_opacity=0.4)
        elif kind == "through":
            y = (box.y0 + box.y1) / 2
            page.draw_line((box.x0, y), (box.x1, y), color=(0.8, 0, 0), width=1.2)
        else:
            ring = pymupdf.Rect(box.x0 - 4, box.y0 - 3, box.x1 + 4, box.y1 + 3)
            page.draw_oval(ring, color=(0.1, 0.1, 0.7), width=1.4)


def exhibit_sticker(document: pymupdf.Document, chance: Chance) -> None:
    """A filled label at the foot of the first page or over its text."""
    page = document[chance.choice((0, 0, len(document) - 1))]
    x, y = chance.choice(((480, 715), (270, 730), (chance.uniform(300, 470), chance.uniform(200, 650))))  # fmt: skip
    page.draw_rect((x, y, x + 90, y + 48), color=_BLACK, fill=chance.choice(((1, 1, 0.4), (0.8, 0.9, 1), (1, 1, 1))))  # fmt: skip
    for number, row in enumerate(chance.choice(_EXHIBITS)):
        at = (x + 8, y + 15 + 14 * number)
        page.insert_text(at, row, fontsize=11, fontname=chance.choice(("hebo", "helv")))


def stamped_numbers(document: pymupdf.Document, chance: Chance) -> None:
    style = chance.choice(("{0:06d} / {1}", "Pg {0}/{1}", "{0} of {1}", "[{0}]", "Page No. {0}", "-{0:03d}-"))  # fmt: skip
    x, y = chance.choice(((540, 20), (290, 780), (40, 775), (500, 740)))
    for number, page in enumerate(document, chance.choice((1, 12, 207))):
        _text(page, chance, (x, y), style.format(number, number + 9), chance.uniform(8, 12), colour=_BLACK, font="helv")  # fmt: skip


def confidential_footer(document: pymupdf.Document, chance: Chance) -> None:
    rows, size, font = chance.choice(_FOOTERS), chance.uniform(6.5, 9), chance.choice(("helv", "tiro", "tiit"))  # fmt: skip
    for number, page in enumerate(document, 1):
        for at, row in enumerate(rows):
            _text(page, chance, (72, 765 + 10 * at), row.format(number, len(document)), size, colour=(0.3, 0.3, 0.3), font=font)  # fmt: skip


def copier_edges(document: pymupdf.Document, chance: Chance) -> None:
    """Dark bands, lines and dust along the edges, as copiers leave them."""
    for page in document:
        page.draw_rect((0, 0, chance.uniform(3, 25), 792), color=None, fill=(0.1, 0.1, 0.1))
        page.draw_line((600, 20), (603, 770), color=_BLACK, width=chance.uniform(0.4, 3))
        page.draw_rect((0, 784, 612, 792), color=None, fill=_BLACK)
        for _ in range(12):
            x, y = chance.uniform(5, 600), chance.uniform(5, 780)
            page.draw_circle((x, y), chance.uniform(0.3, 1.2), color=None, fill=_BLACK)
        page.draw_circle((40, 150), 9, color=None, fill=_BLACK)


def browser_print(document: pymupdf.Document, chance: Chance) -> None:
    """Date and title above, address and page below, as browsers print them."""
    title = chance.choice(("IMR Determination", "Document Viewer", "CM - Final Determination Letter"))  # fmt: skip
    day = chance.choice(("11/23/2016", "2/7/2017, 3:41 PM", "Friday, March 3, 2017"))
    for number, page in enumerate(document, 1):
        for point, words in (
            ((24, 18), day),
            ((270, 18), title),
            ((24, 783), "https://portal.example.org/documents/view?id=88341&print=1"),
            ((570, 783), f"{number}/{len(document)}"),
        ):
            page.insert_text(point, words, fontsize=8, fontname="helv")


def many(document: pymupdf.Document, chance: Chance) -> None:
    for kind in chance.sample(tuple(KINDS.values()), 4):
        kind(document, chance)


KINDS: dict[str, Draw] = {
    "dated stamp over the table": dated_over_table,
    "worded stamp": worded_stamp,
    "two stamps or more": two_stamps,
    "long note": hand_note,
    "note in the text's font": body_font_note,
    "Bates in other forms": bates_formats,
    "banner of a court": filing_banner,
    "fax line with pages": fax_with_pages,
    "marks of a PDF program": review_marks,
    "those marks flattened": marks_flattened,
    "drawn marker": drawn_marker,
    "exhibit sticker": exhibit_sticker,
    "stamped page numbers": stamped_numbers,
    "footer on confidence": confidential_footer,
    "edges of a copier": copier_edges,
    "printed from a browser": browser_print,
}
ALL: dict[str, Draw] = {**KINDS, "four of these at once": many}

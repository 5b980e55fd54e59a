"""Ink that is not the letter's: each kind of stamp, note or line, by seed, put on a letter's pages.

A kind is a function that draws on an open document. Words, sizes, places, colours, fonts, and
whether it is drawn before or behind the letter's own text come from the seed.
"""

# The engine has no types.
# pyright: basic, reportArgumentType=false, reportAttributeAccessIssue=false, reportCallIssue=false
# pyright: reportOperatorIssue=false

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pymupdf

Chance = random.Random
Draw = Callable[[pymupdf.Document, Chance], None]

_FONTS = ("helv", "hebo", "tiro", "tibo", "cour", "cobo", "heit", "tiit")
_RED, _BLUE, _GREY, _BLACK = (0.8, 0.05, 0.05), (0.1, 0.1, 0.7), (0.75, 0.75, 0.75), (0, 0, 0)
_WATERMARKS = (
    "COPY", "DRAFT", "CONFIDENTIAL", "DUPLICATE", "SAMPLE", "VOID", "FILE COPY", "NOT FOR RELEASE", "Received",
)  # fmt: skip
_RECEIVED = (
    ("RECEIVED", "APR 12 2017", "CLAIMS DEPT"),
    ("RECEIVED", "2017 MAR 03 PM 2:41", "LEGAL"),
    ("REC'D", "11-29-2016"),
    ("FILED", "WCAB OAKLAND", "JAN 17 2017"),
    ("SCANNED", "02/09/2017 10:33 AM", "Mail Room"),
    ("PAID", "Invoice 4471"),
)
_NOTES = (
    "OK jb", "see p. 3", "call Dr. office re: auth", "denied - appeal?", "per MD 4/5", "check w/ adjuster",
    "agree", "NO!", "copy to file", "what about PT?", "follow up 6 wks", "Exh. 12", "ask Maria", "?? dates",
)  # fmt: skip
_SIDEWAYS = (
    "CONFIDENTIAL - PROTECTED HEALTH INFORMATION - DO NOT REDISTRIBUTE",
    "Applicant v. Employer, ADJ1234567, Exhibit C page 4",
    "This document was produced pursuant to subpoena no. 5521",
    "Electronically filed 03/01/2017 by Doe & Roe LLP",
)
_FAX = (
    "Apr-12-2017 03:41 PM  From: 9165550100  To: 5105550188  Page 3/9",
    "FROM:MAXIMUS IMR FAX NO. :916-555-0134 Nov. 22 2016 11:07AM P4",
    "11/23/2016 08:15 FAX 7145550122 -> CLAIMS 004/011",
)
_PREFIXES = ("ACME-IMR-", "DEF", "SMITH_", "Bates No. ", "WCJ-00", "EX-B-")


def printed_lines(page: pymupdf.Page) -> list[tuple[float, float, float, float, str]]:
    """The page's printed lines: boxes and text."""
    return [
        (*line["bbox"], "".join(span["text"] for span in line["spans"]))
        for block in page.get_text("dict", flags=pymupdf.TEXT_PRESERVE_WHITESPACE)["blocks"]
        for line in block.get("lines", ())
        if "".join(span["text"] for span in line["spans"]).strip()
    ]


def body_lines(page: pymupdf.Page) -> list[tuple[float, float, float, float, str]]:
    """Lines of running text."""
    return [line for line in printed_lines(page) if line[2] - line[0] > 250] or printed_lines(page)


def _write(
    page: pymupdf.Page,
    chance: Chance,
    point: tuple[float, float],
    text: str,
    size: float,
    *,
    angle: float = 0.0,
    colours: tuple[tuple[float, float, float], ...] = (_RED, _BLUE, _GREY, _BLACK),
    font: str = "",
    opacity: float = 1.0,
) -> None:
    at = pymupdf.Point(point)
    page.insert_text(
        at,
        text,
        fontsize=size,
        fontname=font or chance.choice(_FONTS),
        color=chance.choice(colours),
        morph=(at, pymupdf.Matrix(1, 1).prerotate(angle)) if angle else None,
        overlay=chance.random() < 0.7,
        fill_opacity=opacity,
    )


def watermark_diagonal(document: pymupdf.Document, chance: Chance) -> None:
    """A large word across the page."""
    word, size = chance.choice(_WATERMARKS), chance.uniform(48, 110)
    angle, font = chance.choice((30, 45, 55, 60, -45, -30)), chance.choice(_FONTS)
    for page in document:
        start = (chance.uniform(90, 160), 300 if angle < 0 else 600)
        _write(page, chance, start, word, size, angle=angle, font=font, colours=(_GREY, _RED), opacity=chance.choice((1, 0.3)))  # fmt: skip


def watermark_flat(document: pymupdf.Document, chance: Chance) -> None:
    """A large word, upright."""
    word, size, font = chance.choice(_WATERMARKS), chance.uniform(30, 90), chance.choice(_FONTS)
    for page in document:
        _write(page, chance, (chance.uniform(80, 200), chance.uniform(200, 640)), word, size, font=font, colours=(_GREY, _RED, _BLACK))  # fmt: skip


def received(document: pymupdf.Document, chance: Chance, angle: float = 0.0) -> None:
    """A stamp of a few rows, in a frame or not, anywhere on one page."""
    rows, size = chance.choice(_RECEIVED), chance.uniform(9, 22)
    page = document[chance.randrange(len(document))]
    x, y = chance.uniform(90, 400), chance.uniform(120, 680)
    font, colour = chance.choice(_FONTS), chance.choice((_RED, _BLUE, _BLACK))
    if chance.random() < 0.5 and not angle:
        frame = pymupdf.Rect(
            x - 6, y - size - 4, x + size * 8, y + size * 1.3 * (len(rows) - 1) + 8
        )
        page.draw_rect(frame, color=colour, width=1.2)
    for number, row in enumerate(rows):
        _write(page, chance, (x, y + number * size * 1.25), row, size, angle=angle, font=font, colours=(colour,))  # fmt: skip


def received_over_header(document: pymupdf.Document, chance: Chance) -> None:
    """The same over the table at the top."""
    rows, size = chance.choice(_RECEIVED), chance.uniform(9, 15)
    x, y = chance.uniform(80, 420), chance.uniform(70, 150)
    font, colour = chance.choice(_FONTS), chance.choice((_RED, _BLUE, _BLACK))
    for number, row in enumerate(rows):
        _write(document[0], chance, (x, y + number * size * 1.25), row, size, font=font, colours=(colour,))  # fmt: skip


def received_tilted(document: pymupdf.Document, chance: Chance) -> None:
    received(document, chance, chance.choice((-25, -12, -6, 5, 10, 18, 30)))


def sideways_lines(document: pymupdf.Document, chance: Chance) -> None:
    """A line of small print up or down the margins, on one side or both."""
    text, size, font = chance.choice(_SIDEWAYS), chance.uniform(7, 12), chance.choice(_FONTS)
    sides = chance.choice(((30,), (590,), (30, 590), (50, 560)))
    for page in document:
        for x in sides:
            turn = 90 if x < 300 else chance.choice((90, -90))
            _write(page, chance, (x, 640 if turn > 0 else 200), text, size, angle=turn, font=font, colours=(_GREY, _BLACK))  # fmt: skip


def filed_in_margin(document: pymupdf.Document, chance: Chance) -> None:
    for _ in range(chance.randint(1, 3)):
        page = document[chance.randrange(len(document))]
        size = chance.uniform(9, 13)
        word = chance.choice(("FILED", "ENTERED", "Rec'd", "POSTED", "DENIED"))
        x = chance.choice((8, 14, 545))
        _write(page, chance, (x, chance.uniform(150, 700)), word, size)


def note_over(document: pymupdf.Document, chance: Chance) -> None:
    """A note of the text's own size written over a line."""
    for _ in range(chance.randint(1, 3)):
        page = document[chance.randrange(len(document))]
        line = chance.choice(body_lines(page) or [(72.0, 90.0, 500.0, 104.0, "")])
        y = line[3] - chance.uniform(0, 9)
        _write(page, chance, (chance.uniform(line[0], line[2] - 60), y), chance.choice(_NOTES), chance.uniform(10, 14))  # fmt: skip


def note_between(document: pymupdf.Document, chance: Chance) -> None:
    """A note between two lines or in the gap of paragraphs."""
    for _ in range(chance.randint(1, 3)):
        page = document[chance.randrange(len(document))]
        line = chance.choice(body_lines(page) or [(72.0, 90.0, 500.0, 104.0, "")])
        y = line[3] + chance.uniform(4, 14)
        _write(page, chance, (chance.uniform(90, 430), y), chance.choice(_NOTES), chance.uniform(9, 13))  # fmt: skip


def note_beside(document: pymupdf.Document, chance: Chance) -> None:
    """A note behind a line's end or before its start, on its row."""
    for _ in range(chance.randint(1, 2)):
        page = document[chance.randrange(len(document))]
        line = chance.choice(printed_lines(page) or [(72.0, 90.0, 500.0, 104.0, "")])
        x = min(line[2] + chance.uniform(12, 40), 560) if chance.random() < 0.7 else 20
        _write(page, chance, (x, line[3] - 3 + chance.uniform(-3, 3)), chance.choice(_NOTES), chance.uniform(10, 13))  # fmt: skip


def note_at_end(document: pymupdf.Document, chance: Chance) -> None:
    """A note below the last line of the letter."""
    page = document[-1]
    bottom = max((line[3] for line in printed_lines(page)), default=100)
    y = min(bottom + chance.uniform(10, 60), 770)
    _write(page, chance, (chance.choice((72, 90, 200, 350)), y), chance.choice(_NOTES), chance.uniform(10, 14))  # fmt: skip


def annotation(document: pymupdf.Document, chance: Chance) -> None:
    """A note as the annotation it is in a PDF program."""
    for _ in range(chance.randint(1, 2)):
        page = document[chance.randrange(len(document))]
        line = chance.choice(body_lines(page) or [(72.0, 90.0, 500.0, 104.0, "")])
        x, y = chance.uniform(90, 420), line[1] + chance.uniform(-8, 8)
        size = chance.uniform(9, 13)
        page.add_freetext_annot(
            (x, y, x + 150, y + size * 1.6),
            chance.choice(_NOTES),
            fontsize=size,
            text_color=chance.choice((_RED, _BLUE, _BLACK)),
        )


def annotation_flattened(document: pymupdf.Document, chance: Chance) -> None:
    annotation(document, chance)
    document.bake()


def bates_over_last_line(document: pymupdf.Document, chance: Chance) -> None:
    """A number on the row of the last line, or over it."""
    prefix, first, size = chance.choice(_PREFIXES), chance.randrange(900), chance.uniform(8, 12)
    font = chance.choice(_FONTS)
    for number, page in enumerate(document):
        lines = printed_lines(page)
        last = max(lines, key=lambda line: line[3]) if lines else (72, 0, 0, 740, "")
        x = chance.choice((chance.uniform(72, 300), chance.uniform(380, 470)))
        text = f"{prefix}{first + number:06d}"
        _write(page, chance, (x, last[3] - chance.uniform(-2, 6)), text, size, font=font, colours=(_BLACK,))  # fmt: skip


def bates_at_foot(document: pymupdf.Document, chance: Chance) -> None:
    prefix, first, size = chance.choice(_PREFIXES), chance.randrange(900), chance.uniform(8, 12)
    x, font = chance.choice((72, 270, 450)), chance.choice(_FONTS)
    for number, page in enumerate(document):
        _write(page, chance, (x, 772), f"{prefix}{first + number:06d}", size, font=font, colours=(_BLACK,))  # fmt: skip


def fax_line(document: pymupdf.Document, chance: Chance) -> None:
    """The line a fax machine prints, sometimes into the first line of text."""
    text, size = chance.choice(_FAX), chance.uniform(7, 11)
    y, font = chance.choice((14, 22, 40, 60)), chance.choice(("cour", "helv", "hebo"))
    for page in document:
        lines = printed_lines(page)
        top = min((line[1] for line in lines), default=80)
        at = y if chance.random() < 0.7 else top + chance.uniform(-4, 8)
        _write(page, chance, (chance.uniform(15, 90), at), text, size, font=font, colours=(_BLACK,))


def copy_of_body_size(document: pymupdf.Document, chance: Chance) -> None:
    """A stamp in the body's size and kind of print."""
    word = chance.choice(("COPY", "ORIGINAL", "DUPLICATE COPY", "RECEIVED", "Copy"))
    for page in document:
        x, y = chance.uniform(72, 480), chance.uniform(90, 700)
        _write(page, chance, (x, y), word, 12, font=chance.choice(("tiro", "tibo", "helv")), colours=(_BLACK, _RED))  # fmt: skip


def page_numbers(document: pymupdf.Document, chance: Chance) -> None:
    style = chance.choice(("{0}", "Page {0} of {1}", "- {0} -", "{0}/{1}", "p. {0}"))
    y, x, size = chance.choice((30, 760, 775)), chance.choice((72, 290, 500)), chance.uniform(8, 12)
    for number, page in enumerate(document, 1):
        _write(page, chance, (x, y), style.format(number, len(document)), size, colours=(_BLACK,))


def several(document: pymupdf.Document, chance: Chance) -> None:
    for kind in chance.sample(tuple(KINDS.values()), 3):
        kind(document, chance)


KINDS: dict[str, Draw] = {
    "watermark, diagonal": watermark_diagonal,
    "watermark, flat": watermark_flat,
    "stamp": received,
    "stamp over the table": received_over_header,
    "stamp, tilted": received_tilted,
    "sideways lines": sideways_lines,
    "word in the margin": filed_in_margin,
    "note over a line": note_over,
    "note between lines": note_between,
    "note beside a line": note_beside,
    "note below the end": note_at_end,
    "note as annotation": annotation,
    "annotation flattened": annotation_flattened,
    "Bates over the last line": bates_over_last_line,
    "Bates at the foot": bates_at_foot,
    "fax line": fax_line,
    "COPY of body size": copy_of_body_size,
    "page numbers": page_numbers,
}
ALL: dict[str, Draw] = {**KINDS, "three at once": several}


def stamped(data: bytes, kind: str, seed: int) -> bytes:
    """The letter with this kind of ink on it."""
    return drawn_on(data, ALL[kind], f"{kind} {seed}")


def drawn_on(data: bytes, draw: Draw, seed: str) -> bytes:
    """The letter with what `draw` puts on its pages."""
    document = pymupdf.open(stream=data, filetype="pdf")
    if document.is_encrypted:
        document.authenticate("")
    draw(document, Chance(seed))
    made: bytes = document.tobytes(encryption=pymupdf.PDF_ENCRYPT_NONE)
    document.close()
    return made


def all_stamped(data: bytes, seed: int) -> Iterator[tuple[str, bytes]]:
    """The letter once with each kind."""
    for kind in ALL:
        yield kind, stamped(data, kind, seed)

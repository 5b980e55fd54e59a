"""What clerks and their machines add: clocks, hops of a fax, envelopes, labels, signatures, marks by pen."""

# The engine has no types.
# pyright: basic, reportArgumentType=false, reportAttributeAccessIssue=false, reportCallIssue=false
# pyright: reportOperatorIssue=false

from __future__ import annotations

import pymupdf

from tests.score.damage import Damage
from tests.score.office import INKS, Chance, Document, date_words, some_pages, spot, turned

Lines = tuple[str, ...]


def write(page: pymupdf.Page, at: pymupdf.Point, lines: Lines, size: float, **how: object) -> None:
    degrees = how.pop("degrees", 0)
    for number, line in enumerate(lines):
        place = at + pymupdf.Point(0, number * size * 1.2)
        page.insert_text(place, line, fontsize=size, morph=turned(at, degrees), **how)


def _text_line(page: pymupdf.Page, chance: Chance) -> tuple[float, float, float, float]:
    lines = [
        line["bbox"]
        for block in page.get_text("dict")["blocks"]
        for line in block.get("lines", ())
        if any(span["text"].strip() for span in line["spans"])
    ]
    return chance.choice(lines)


def time_clock(document: Document, _: Document, chance: Chance) -> Document:
    """The print of a time clock: year first, hour and minute, no frame."""
    for page in some_pages(document, chance):
        x, y = spot(page, chance)
        hour = f"{chance.randint(1, 12)}:{chance.randint(0, 59):02d}"
        text = chance.choice(
            (f"2016 DEC -{chance.randint(1, 9)}  PM {hour}", f"'17 JAN {chance.randint(10, 28)} A{hour}",
             f"RECEIVED 2016 NOV 29 AM {hour} WORKERS COMP UNIT")
        )  # fmt: skip
        write(
            page, pymupdf.Point(x, y), (text,), chance.choice((9, 11, 12, 14)),
            fontname=chance.choice(("cour", "cobo")), color=chance.choice(INKS),
            degrees=chance.choice((0, 0, 1, -2, 90)),
        )  # fmt: skip
    return document


def signature_across(document: Document, _: Document, chance: Chance) -> Document:
    """A signature over some lines, with the name and post of who signed."""
    page = chance.choice(some_pages(document, chance))
    x, y = spot(page, chance)
    ink = chance.choice(INKS)
    points = [pymupdf.Point(x + 9 * n, y + chance.uniform(-22, 22)) for n in range(14)]
    for first, second, third, fourth in zip(
        points, points[1:], points[2:], points[3:], strict=False
    ):
        page.draw_bezier(first, second, third, fourth, color=ink, width=1.4)
    name = chance.choice(
        (
            ("T. Okafor, RN", "Nurse Case Manager"),
            ("Lena Brandt", "Claims Examiner II"),
            ("M. Ito, Esq.",),
        )
    )
    write(
        page, pymupdf.Point(x, y + chance.uniform(8, 26)), name, chance.choice((9, 10.5, 12)),
        fontname=chance.choice(("tiro", "helv", "tiit")), color=ink,
    )  # fmt: skip
    return document


def fax_hops(document: Document, _: Document, chance: Chance) -> Document:
    """Each machine that sent it on left its line, at the head, at the foot, one over the other."""
    hops = chance.randint(2, 4)
    clock = [f"{chance.randint(1, 12):02d}:{chance.randint(0, 59):02d}" for _ in range(hops)]
    for number, page in enumerate(document, start=1):
        for hop in range(hops):
            text = (
                f"12/{hop + 5:02d}/2016 {clock[hop]}  Desert Ortho Group   (FAX)7605550{hop}43   P.{number:03d}/{len(document) + hop:03d}",
                f"DEC-{hop + 6:02d}-2016  {clock[hop]}   FROM:LIEN UNIT   TO:18185550100   PAGE:{number + hop} OF {len(document) + hop}",
                f"Fax Server   12/{hop + 7}/2016 {clock[hop]} PM   PAGE  {number + hop}/{len(document) + 1:03d}   Fax Server",
                f"To: 9165550123  From: 2135550199  12-{hop + 8:02d}-16 {clock[hop]}am  p. {number + 1} of {len(document) + 2}",
            )[hop]  # fmt: skip
            y = (11, 19, page.rect.height - 8, 30)[hop] + chance.uniform(-2, 3)
            write(
                page, pymupdf.Point(chance.uniform(10, 70), y), (text,), (8, 9, 8.5, 10)[hop],
                fontname=("cour", "helv", "cobo", "tiro")[hop], degrees=chance.choice((0, 0, 0.7)),
            )  # fmt: skip
    return document


def bates_in_two_places(document: Document, _: Document, chance: Chance) -> Document:
    """Numbered by both sides, and by the copy service along the edge."""
    start = chance.randint(1, 4000)
    plaintiff = chance.choice(("APPL", "DEF EX A", "SUBRO-"))
    for number, page in enumerate(document):
        wide, high = page.rect.width, page.rect.height
        write(
            page, pymupdf.Point(wide - 130, high - chance.choice((14, 30, 44))),
            (f"{plaintiff} {start + number:06d}",), 10, fontname="hebo",
        )  # fmt: skip
        write(
            page, pymupdf.Point(chance.choice((20, wide / 2 - 40)), chance.choice((20, high - 22))),
            (f"{start * 3 + number:05d}",), chance.choice((9, 12)), fontname="tiro",
        )  # fmt: skip
        at = pymupdf.Point(wide - 8, high / 2)
        write(page, at, (f"ProCopy {start}/{number + 1}",), 7, fontname="helv", degrees=90)
    return document


def envelope_id(document: Document, _: Document, chance: Chance) -> Document:
    """The line that a service for signatures prints at the head of each page."""
    code = "-".join("".join(chance.choices("0123456789ABCDEF", k=n)) for n in (8, 4, 4, 4, 12))
    name = chance.choice(("DocuSign Envelope ID: ", "Docusign Envelope ID: ", "Transaction No. "))
    for page in document:
        write(
            page, pymupdf.Point(chance.choice((18, 30, 72)), chance.choice((14, 22, 34, 48))),
            (name + code,), chance.choice((7, 8, 10)), fontname="helv", color=(0.2, 0.2, 0.2),
        )  # fmt: skip
    return document


def printed_by(document: Document, _: Document, chance: Chance) -> Document:
    """Who printed it from which system, above and below."""
    who = chance.choice(("jdoe4", "MRAMIREZ", "Records, Temp"))
    hour = f"{chance.randint(1, 12)}:{chance.randint(10, 59)} PM"
    for number, page in enumerate(document, start=1):
        head = f"Printed by: {who} on 1/{chance.randint(3, 28)}/2017 {hour}    Queue: IMR-IN"
        foot = f"Document 88-{chance.randrange(99999):05d} | Type: Determination | Page {number} of {len(document)}"
        size = chance.choice((8, 9, 10, 11))
        y = page.rect.height - chance.choice((16, 28, 40))
        write(page, pymupdf.Point(72, chance.choice((18, 30, 42))), (head,), size, fontname="tiro")
        write(page, pymupdf.Point(72, y), (foot,), size, fontname="tiro")
    return document


def page_of_over(document: Document, _: Document, chance: Chance) -> Document:
    """A compilation's own page count printed over the letter's foot, in the letter's size."""
    first, total = chance.randint(2, 90), chance.randint(120, 400)
    pattern = chance.choice(("Page {} of {}", "{} / {}", "Tab 7 - {} of {}", "Pg. {}/{}"))
    y = chance.uniform(735, 765)
    x = chance.choice((72, 290, 470))
    for number, page in enumerate(document):
        text = pattern.format(first + number, total)
        at = pymupdf.Point(x, y * page.rect.height / 792)
        write(page, at, (text,), chance.choice((10, 11, 12)), fontname="tiro")
    return document


def struck_out(document: Document, _: Document, chance: Chance) -> Document:
    """Words crossed out by a pen, with what somebody would have instead above them."""
    for page in some_pages(document, chance):
        for _n in range(2):
            x0, y0, x1, y1, *_rest = chance.choice(page.get_text("words"))
            ink = chance.choice(INKS)
            high = (y0 + y1) / 2
            page.draw_line((x0 - 2, high + 1), (x1 + 2, high - 1), color=ink, width=1.1)
            page.insert_text(
                (x0 + 2, y0 + chance.uniform(-1, 3)),
                chance.choice(("2015", "right", "no!", "L5", "denied", "see QME", "wrong", "?")),
                fontsize=chance.choice((7, 9, 10)), fontname=chance.choice(("tiit", "heit")), color=ink,
            )  # fmt: skip
    return document


def underlined_and_bracketed(document: Document, _: Document, chance: Chance) -> Document:
    """Lines under words, brackets beside lines, a word in the margin."""
    for page in some_pages(document, chance):
        ink = chance.choice(INKS)
        for _n in range(3):
            x0, _y0, x1, y1 = _text_line(page, chance)
            page.draw_line((x0, y1 - 1), (x0 + (x1 - x0) * chance.random(), y1), color=ink, width=1)
        _x0, y0, x1, y1 = _text_line(page, chance)
        for mark, x in (("[", 60), ("]", min(x1 + 6, 590)), ("}", 575)):
            if chance.random() < 0.6:
                size = chance.choice((14, 24, 36))
                page.insert_text((x, y1 + 2), mark, fontsize=size, fontname="helv", color=ink)
        word = chance.choice(("KEY", "!!", "***", "cite", "Exh. B", "lmn", "x-ref 12", "use this"))
        page.insert_text(
            (chance.choice((24, 40, 555)), (y0 + y1) / 2 + 3), word,
            fontsize=chance.choice((9, 11, 12)), fontname=chance.choice(("heit", "tiit", "tibi")), color=ink,
        )  # fmt: skip
    return document


def specks_read(document: Document, _: Document, chance: Chance) -> Document:
    """Dirt that a recogniser took for signs, in margins and between lines."""
    for page in document:
        for _n in range(chance.randint(8, 25)):
            at = pymupdf.Point(chance.uniform(8, 600), chance.uniform(8, 780))
            page.insert_text(
                at, chance.choice((".", ",", "'", "|", "-", "~", "·", ":", "_", "`", "'.", ". ,")),
                fontsize=chance.choice((3, 4, 6, 8)), fontname="tiro",
            )  # fmt: skip
    return document


def privacy_notice(document: Document, _: Document, chance: Chance) -> Document:
    """Three lines of law on disclosure close under the last line."""
    lines = chance.choice((
        ("NOTICE: This record is protected by federal rules (42 CFR Part 2). You may not disclose it",
         "further unless the person it concerns consents in writing, or as these rules permit.",
         "A general authorization for the release of records is NOT enough."),
        ("This message and its attachments are for the addressee. If you are not that person, please",
         "destroy all copies and tell the sender. Use of patient data without leave is unlawful."),
    ))  # fmt: skip
    for page in some_pages(document, chance):
        words = page.get_text("words")
        low = max((word[3] for word in words if word[3] < 730), default=700)
        y = min(low + chance.choice((10, 16, 30)), page.rect.height - 30)
        size, font = chance.choice((7, 8, 9, 10)), chance.choice(("tiro", "helv"))
        write(page, pymupdf.Point(72, y), lines, size, fontname=font)
    return document


def digital_signature(document: Document, _: Document, chance: Chance) -> Document:
    """What a PDF program draws of a signature: the name large, who and when small beside it."""
    page = chance.choice(some_pages(document, chance))
    x, y = spot(page, chance)
    name = chance.choice(("Roe, Jane A", "K. AMES", "Priya N. Shah"))
    day = f"2016.12.{chance.randint(10, 28)} 09:{chance.randint(10, 59)}:55 -08'00'"
    size = chance.choice((14, 18, 20))
    write(page, pymupdf.Point(x, y), tuple(name.split(" ", 1)), size, fontname="helv")
    small = ("Digitally signed by", name, f"Date: {day[:10]}", day[11:])
    write(page, pymupdf.Point(x + 90, y - 10), small, chance.choice((6, 7, 9)), fontname="helv")
    return document


def claim_label(document: Document, _: Document, chance: Chance) -> Document:
    """A printed label of the claims desk, with facts of its own, stuck onto the first page."""
    page = document[0]
    at = pymupdf.Point(chance.choice((330, 400, 72)), chance.choice((22, 34, 640, 700)))
    lines = (
        f"Clm: 0{chance.randrange(9999999):07d}-WC-01",
        f"DOI: 0{chance.randint(1, 9)}/1{chance.randint(0, 9)}/2009   Adj: T. Moss",
        f"Rcvd: {date_words(chance)}",
        chance.choice(("Route: UR/IMR", "Dept 4410", "Doc type: DETERM")),
    )
    box = pymupdf.Rect(at.x - 4, at.y - 11, at.x + 180, at.y + 42)
    page.draw_rect(
        box, color=(0, 0, 0), fill=(1, 1, 1) if chance.random() < 0.5 else None, width=0.7
    )
    write(page, at, lines, chance.choice((8, 9, 10)), fontname=chance.choice(("helv", "cour")))
    return document


def publisher_foot(document: Document, _: Document, chance: Chance) -> Document:
    """What a legal service prints around a document from its data base."""
    name = chance.choice(("Determination, CM-LEXDOC (2016)", "2016 Cal. Wrk. Comp. LEXIS ----"))
    for number, page in enumerate(document, start=1):
        size = chance.choice((8, 9, 10))
        write(page, pymupdf.Point(72, 26), (name,), size, fontname="tibo")
        foot = ("(c) 2017 Law Source. No claim to original U.S. Government Works.",)
        y = page.rect.height - chance.choice((14, 26, 38))
        write(page, pymupdf.Point(72, y), foot, size, fontname="tiro")
        write(page, pymupdf.Point(530, y), (str(number),), size, fontname="tiro")
    return document


def stamped_upside_down(document: Document, _: Document, chance: Chance) -> Document:
    """The stamp of a page that was fed the wrong way round."""
    for page in some_pages(document, chance):
        x, y = spot(page, chance)
        lines = (chance.choice(("RECEIVED", "SCANNED TO FILE", "Mailroom")), date_words(chance))
        write(
            page, pymupdf.Point(x + 90, y), lines, chance.choice((9, 11, 12, 16)),
            fontname=chance.choice(("hebo", "cour", "tiro")), color=chance.choice(INKS), degrees=180,
        )  # fmt: skip
    return document


def passages_numbered(document: Document, _: Document, chance: Chance) -> Document:
    """Somebody numbered the passages in the left margin, level with the lines."""
    count = 0
    style = chance.choice(("{}.", "({})", "{})", "#{}", "{}"))
    font = chance.choice(("tiit", "helv", "tiro", "heit"))
    for page in document:
        lines = sorted({round(word[3], 1) for word in page.get_text("words")})
        for y in chance.sample(lines, min(len(lines), 4)):
            count += 1
            page.insert_text(
                (chance.uniform(38, 56), y - 2.5), style.format(count), fontsize=chance.choice((9, 11, 12)),
                fontname=font, color=chance.choice(INKS),
            )  # fmt: skip
    return document


ALL: dict[str, Damage] = {
    "time clock": time_clock,
    "signature across lines": signature_across,
    "fax of several hops": fax_hops,
    "Bates in two places": bates_in_two_places,
    "envelope of a signing service": envelope_id,
    "printed by whom": printed_by,
    "page count over the foot": page_of_over,
    "struck out": struck_out,
    "underlined and bracketed": underlined_and_bracketed,
    "specks read as signs": specks_read,
    "notice of privacy": privacy_notice,
    "digital signature": digital_signature,
    "claim label": claim_label,
    "publisher's foot": publisher_foot,
    "stamped upside down": stamped_upside_down,
    "passages numbered": passages_numbered,
}

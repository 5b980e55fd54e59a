"""What offices put on a letter's pages: stamps, labels, slips, notes, heads and feet."""

# The engine has no types.
# pyright: basic, reportArgumentType=false, reportAttributeAccessIssue=false, reportCallIssue=false
# pyright: reportOperatorIssue=false

from __future__ import annotations

import math

import pymupdf

from tests.score.damage import Damage
from tests.score.office import INKS, Chance, Document, date_words, some_pages, spot, turned


def round_date_stamp(document: Document, _: Document, chance: Chance) -> Document:
    """A circle with words along its rim and a date in its middle."""
    for page in some_pages(document, chance):
        ink = chance.choice(INKS)
        x, y = spot(page, chance)
        centre = pymupdf.Point(x + 40, y + 20)
        radius = chance.uniform(30, 48)
        page.draw_circle(centre, radius, color=ink, width=1.2)
        page.draw_circle(centre, radius - 11, color=ink, width=0.6)
        rim = chance.choice(
            ("BAY AREA CLAIMS * OAKLAND", "MAIL ROOM - SAN DIEGO CA", "Legal Support Unit #4")
        )
        tilt = chance.uniform(-15, 15)
        for n, letter in enumerate(rim):
            angle = math.radians(-150 + 300 * n / len(rim) + tilt)
            at = centre + pymupdf.Point(
                math.sin(angle) * (radius - 8), -math.cos(angle) * (radius - 8)
            )
            page.insert_text(
                at,
                letter,
                fontsize=6.5,
                fontname="hebo",
                color=ink,
                morph=(at, pymupdf.Matrix(-math.degrees(angle))),
            )
        middle = centre + pymupdf.Point(-radius + 15, 4)
        page.insert_text(
            middle,
            date_words(chance),
            fontsize=9,
            fontname="cobo",
            color=ink,
            morph=turned(middle, tilt),
        )
    return document


def worded_box_stamp(document: Document, _: Document, chance: Chance) -> Document:
    """SCANNED, DUPLICATE and the like in a frame, small and large, upright or tilted."""
    words = (
        "SCANNED",
        "DUPLICATE",
        "ENTERED",
        "ORIGINAL",
        "PAID",
        "INDEXED",
        "FAXED",
        "Posted",
        "DOCKETED",
        "Not for distribution",
        "REVIEWED",
        "VOID",
        "Attorney Work Product",
        "UR DEPT.",
        "File Copy",
    )
    for page in some_pages(document, chance):
        ink, size = chance.choice(INKS), chance.choice((9, 11, 12, 14, 18, 26))
        font, word = chance.choice(("hebo", "helv", "cobo", "tibo")), chance.choice(words)
        at = pymupdf.Point(*spot(page, chance))
        wide = pymupdf.get_text_length(word, font, size)
        turn = turned(at, chance.choice((0, 0, 0, 4, -7, 14, -22)))
        page.draw_rect(
            pymupdf.Rect(at.x - 5, at.y - size * 1.1, at.x + wide + 5, at.y + size * 0.4),
            color=ink,
            width=1.1,
            morph=turn,
        )
        page.insert_text(at, word, fontsize=size, fontname=font, color=ink, morph=turn)
        if chance.random() < 0.5:
            under = at + pymupdf.Point(0, size * 0.9)
            page.insert_text(
                under,
                f"{date_words(chance)}  by {chance.choice('JKLMR')}{chance.choice('AST')}",
                fontsize=size * 0.6,
                fontname=font,
                color=ink,
                morph=(at, turn[1]),
            )
    return document


def initials(document: Document, _: Document, chance: Chance) -> Document:
    """A few letters and a day by hand, beside lines, above them, under them."""
    for page in some_pages(document, chance):
        for _n in range(chance.choice((1, 2))):
            words = page.get_text("words")
            line = chance.choice(words)
            x = chance.choice((18, 30, 548, 560, chance.uniform(200, 480)))
            y = line[3] + chance.choice((-3, 0, 2, 9))
            text = chance.choice(
                (
                    "JM 12/9",
                    "ok tk",
                    "rc'd",
                    "KB",
                    "see p.2",
                    "call atty",
                    "dx?",
                    "nurse → file",
                    "appeal by 1/6",
                    "D.R. 1-4-17",
                    "per Dr. S.",
                    "copy to AA",
                    "#2",
                    "NB!",
                    "done",
                )
            )
            page.insert_text(
                (x, y),
                text.replace("→", "-"),
                fontsize=chance.choice((8, 10, 12, 13)),
                fontname=chance.choice(("tiit", "heit", "helv", "tiro")),
                color=chance.choice(INKS),
            )
    return document


def sticky_note(document: Document, _: Document, chance: Chance) -> Document:
    """A coloured slip with some lines of writing, in a margin or where no text is."""
    page = chance.choice(some_pages(document, chance))
    lines = chance.choice(
        (
            ("Maria -", "pls calendar the", "deadline. Thx, Bob"),
            ("Authorized?", "check w/ adjuster", "claim dept. ext 4417"),
            ("Overturned items:", "send RFA again", "to Dr. before 2/1"),
            ("TO DO", "1. scan", "2. index", "3. shred"),
        )
    )
    words = page.get_text("words")
    foot = max(word[3] for word in words)
    top = foot + 14 if foot < 650 else 6
    x = chance.choice((400, 430, 72))
    colour = chance.choice(((1, 0.97, 0.5), (1, 0.75, 0.85), (0.75, 0.9, 1)))
    page.draw_rect(
        pymupdf.Rect(x, top, x + 130, top + 16 * len(lines) + 10), fill=colour, color=None
    )
    for n, line in enumerate(lines):
        page.insert_text(
            (x + 8, top + 16 * (n + 1)),
            line,
            fontsize=chance.choice((10, 11)),
            fontname=chance.choice(("heit", "tiit", "helv")),
            color=chance.choice(INKS),
        )
    return document


def barcode_label(document: Document, _: Document, chance: Chance) -> Document:
    """A label with bars or a square code, and its number in letters."""
    for page in some_pages(document, chance):
        x, y = chance.choice(((380, 14), (40, 10), (400, 740), (60, 745), (240, 12), (250, 330)))
        if chance.random() < 0.6:
            at = x
            while at < x + 140:
                bar = chance.choice((0.6, 1.2, 1.8))
                page.draw_rect(pymupdf.Rect(at, y, at + bar, y + 22), fill=(0, 0, 0), color=None)
                at += bar + chance.choice((0.7, 1.4))
        else:
            for row in range(15):
                for column in range(15):
                    if chance.random() < 0.5:
                        box = pymupdf.Rect(0, 0, 2, 2) + pymupdf.Rect(
                            x + column * 2,
                            y + row * 2,
                            x + column * 2,
                            y + row * 2,
                        )
                        page.draw_rect(box, fill=(0, 0, 0), color=None)
        digits = f"{chance.randrange(10**9):09d}"
        text = chance.choice(
            (
                f"*{digits}*",
                f"DOC ID {digits[:4]}-{digits[4:]}",
                f"Batch 0{digits[:3]} Env {digits[3:5]} Seq {digits[5:]}",
                f"MRN {digits}",
                f"BOX{digits[:5]} / IMG 000{digits[5:]}",
            )
        )
        page.insert_text(
            (x + 34 * (chance.random() < 0.3), y + 32),
            text,
            fontsize=chance.choice((6, 7, 8, 10)),
            fontname=chance.choice(("helv", "cour")),
        )
    return document


def records_vendor_header(document: Document, _: Document, chance: Chance) -> Document:
    """The same head on every page: who copied the records, for whom, which page of how many."""
    house = chance.choice(
        ("Pacific Copy & Imaging, Inc.", "MedRec Retrieval Services", "ABC LEGAL SUPPORT")
    )
    order = chance.randrange(10**6, 10**7)
    first, total = chance.randrange(1, 400), chance.randrange(500, 1200)
    size, font = chance.choice((7, 8, 9, 10)), chance.choice(("helv", "tiro", "cour"))
    left = chance.choice((20, 72))
    for n, page in enumerate(document):
        page.insert_text((left, 18), f"{house}  Order: {order}-02", fontsize=size, fontname=font)
        page.insert_text(
            (left, 18 + size * 1.2),
            "Applicant: ROE, JOHN Q.   Claim No.: WC-2014-00388   DOI: 03/02/2011",
            fontsize=size,
            fontname=font,
        )
        page.insert_text((480, 18), f"Page {first + n} of {total}", fontsize=size, fontname=font)
    return document


def fax_head_of_two_lines(document: Document, _: Document, chance: Chance) -> Document:
    number = f"({chance.randrange(200, 999)}) {chance.randrange(200, 999)}-{chance.randrange(1000, 9999)}"
    day = f"{chance.randint(1, 12):02d}/{chance.randint(1, 28):02d}/{chance.choice(('2016', '16', '2017'))}"
    size = chance.choice((7, 8, 9, 11))
    for n, page in enumerate(document):
        first = f"{day} {chance.randint(1, 12)}:{chance.randint(10, 59)} PM  FROM: Law Offices of Poe    TO: 1{number}   P. {n + 1:03d}/{len(document):03d}"
        second = f"RightFax N{chance.randint(1, 4)}-1   {day}   JOB #{chance.randrange(9999)}    STATUS: OK     Claim Date of Injury: see below"
        page.insert_text(
            (chance.choice((10, 24)), 12 + size * 0.3),
            first,
            fontsize=size,
            fontname="cour" if size < 9 else "helv",
        )
        page.insert_text(
            (24, 14 + size * 1.4), second, fontsize=size, fontname="cour" if size < 9 else "helv"
        )
    return document


def pleading_paper(document: Document, _: Document, chance: Chance) -> Document:
    """Numbers 1 to 28 down the left margin and double rules, as a court's paper has them."""
    size = chance.choice((10, 11, 12))
    for page in document:
        for n in range(28):
            page.insert_text(
                (40 - 3 * (n > 8), 84 + n * 24), str(n + 1), fontsize=size, fontname="tiro"
            )
        for x in (56, 58.5, 580):
            page.draw_line((x, 0), (x, 792), width=0.6)
        page.insert_text((230, 778), "EXHIBIT TO PETITION - 14", fontsize=9, fontname="tiro")
    return document


def foot_with_claim(document: Document, _: Document, chance: Chance) -> Document:
    """A foot on each page: page of pages, claim number, who it is about."""
    size, font = chance.choice((7, 8, 9, 10, 12)), chance.choice(("helv", "tiro", "tibo", "cour"))
    y = chance.choice((752, 766, 780))
    form = chance.choice(
        (
            "Page {} of {} | Claim WC-2014-00388 | ROE, JOHN",
            "{}/{}  Claim # 0388-114-A  Date of Injury: 03/02/2011",
            "Claim 4471-22 - IMR - Page {} of {}",
            "PATIENT: ROE JOHN   DOB: 05/05/1960   PG {} OF {}",
        )
    )
    for n, page in enumerate(document):
        text = form.format(n + 3, 17)
        wide = pymupdf.get_text_length(text, font, size)
        page.insert_text(
            (chance.choice((40, max(20, (612 - wide) / 2))), y), text, fontsize=size, fontname=font
        )
    return document


def numbers_in_every_corner(document: Document, _: Document, chance: Chance) -> Document:
    forms = (
        "ROE {:06d}",
        "DEF-IMR{:07d}",
        "WCAB_{:05d}",
        "{:05d}",
        "Applicant Ex. 4 - {:03d}",
        "AA{:04d}",
    )
    start = chance.randrange(1, 900)
    corners = [(20, 22), (470, 22), (20, 782), (470, 782)]
    chosen = {c: chance.choice(forms) for c in chance.sample(corners, chance.choice((2, 3, 4)))}
    size = chance.choice((8, 9, 11, 12))
    for n, page in enumerate(document):
        for c, form in chosen.items():
            page.insert_text(c, form.format(start + n), fontsize=size, fontname="helv")
    return document


def routing_slip(document: Document, _: Document, chance: Chance) -> Document:
    """A small table stamped onto the first page: who has had it and when."""
    page = document[0]
    x, y = chance.choice(((400, 640), (380, 20), (72, 690), (330, 300)))
    rows = (
        chance.choice((("Rec'd", "12/14/16"), ("Adjuster", "TS"), ("Nurse", "PL"), ("Scan", "Y"))),
        (("Date:", "12/20/2016"), ("Case:", "4471"), ("Decision:", "file")),
    )
    rows = (
        rows[1]
        if chance.random() < 0.5
        else (("Rec'd", "12/14/16"), ("Adjuster", "TS"), ("Nurse", "PL"), ("Scan", "Y"))
    )
    ink = chance.choice(INKS)
    for n, (a, b) in enumerate(rows):
        top = y + 15 * n
        page.draw_rect(pymupdf.Rect(x, top, x + 70, top + 15), color=ink, width=0.6)
        page.draw_rect(pymupdf.Rect(x + 70, top, x + 140, top + 15), color=ink, width=0.6)
        page.insert_text((x + 4, top + 11), a, fontsize=9, fontname="helv", color=ink)
        page.insert_text((x + 74, top + 11), b, fontsize=9, fontname="heit", color=ink)
    return document


def signed_below(document: Document, _: Document, chance: Chance) -> Document:
    """A reviewer's remark and signature under a paragraph, in the text's own type and size."""
    page = chance.choice(some_pages(document, chance))
    blocks = [b for b in page.get_text("blocks") if len(b[4]) > 60]
    foot = max(w[3] for w in page.get_text("words"))
    y = chance.choice(
        (chance.choice(blocks)[3] + 9 if blocks else foot + 20, foot + 24 if foot < 740 else 778)
    )
    page.insert_text(
        (chance.choice((90, 300, 420)), y),
        chance.choice(
            (
                "Reviewed & agree, M. Ortiz, RN 12/9/16",
                "Noted. File. 1/3/17 P.K.",
                "Agree - no appeal. BT",
                "Received Jan 3 2017, Unit 7",
            )
        ),
        fontsize=12,
        fontname="tiro",
        color=chance.choice(((0, 0, 0), (0.1, 0.1, 0.6))),
    )
    page.draw_bezier(
        (300, y + 10), (340, y - 20), (360, y + 30), (420, y), color=(0.1, 0.1, 0.6), width=1.2
    )
    return document


ALL: dict[str, Damage] = {
    "round date stamp": round_date_stamp,
    "worded box stamp": worded_box_stamp,
    "initials": initials,
    "sticky note": sticky_note,
    "barcode label": barcode_label,
    "records vendor's head": records_vendor_header,
    "fax head of two lines": fax_head_of_two_lines,
    "pleading paper": pleading_paper,
    "foot with claim": foot_with_claim,
    "numbers in every corner": numbers_in_every_corner,
    "routing slip": routing_slip,
    "signed below": signed_below,
}

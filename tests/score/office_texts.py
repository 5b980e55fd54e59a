"""What programs do to the text itself: spaced headings, marks that print nothing, hidden and drawn text, marker."""

# The engine has no types.
# pyright: basic, reportArgumentType=false, reportAttributeAccessIssue=false, reportCallIssue=false
# pyright: reportOperatorIssue=false

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pymupdf

from tests.score.damage import Damage
from tests.score.office import INKS, Chance, Document, some_pages, spot

_FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
Change = Callable[..., None]


def _set_again(document: Document, change: Change) -> Document:
    made = pymupdf.open()
    for page in document:
        new = made.new_page(width=page.rect.width, height=page.rect.height)
        ink = new.new_shape()
        for block in page.get_text("dict")["blocks"]:
            for line in block.get("lines", ()):
                for span in line["spans"]:
                    bold = bool(span["flags"] & pymupdf.TEXT_FONT_BOLD)
                    name = "Bold" if bold else "Regular"
                    change(new, ink, span, name, _FONTS / f"LiberationSerif-{name}.ttf")
        ink.commit()
        for drawing in page.get_drawings():
            if drawing["rect"].height < 3 or drawing["rect"].width < 3:
                new.draw_line(drawing["rect"].tl, drawing["rect"].br, width=0.5)
    return made


def spaced_out_headings(document: Document, _: Document, chance: Chance) -> Document:
    """Headings in capitals with their letters set apart."""
    apart = chance.choice((1.5, 2.5, 4))

    def change(_: Any, ink: Any, span: Any, name: str, file: Path) -> None:
        text, (x, y) = span["text"], span["origin"]
        if not (name == "Bold" and text.isupper() and len(text.strip()) > 8):
            ink.insert_text((x, y), text, fontname=name, fontfile=file, fontsize=span["size"])
            return
        font = pymupdf.Font(fontfile=str(file))
        for letter in text:
            if letter.strip():
                ink.insert_text((x, y), letter, fontname=name, fontfile=file, fontsize=span["size"])
            x += font.text_length(letter, span["size"]) + apart * 0.6

    return _set_again(document, change)


def odd_characters(document: Document, _: Document, chance: Chance) -> Document:
    """Zero-width and direction marks, decomposed letters, soft hyphens, other spaces, ligatures."""

    def change(_: Any, ink: Any, span: Any, name: str, file: Path) -> None:
        text = span["text"]
        out = []
        for word in text.split(" "):
            dice = chance.random()
            if not word:
                pass
            elif dice < 0.06 and len(word) > 4:
                word = word[:3] + chance.choice("\u200b\u200d\u200b\u00ad") + word[3:]
            elif dice < 0.10:
                word = chance.choice("\u200e\u200f\u202a") + word
            elif dice < 0.14:
                word = word.replace("fi", "\ufb01").replace("fl", "\ufb02")
            elif dice < 0.16:
                word = unicodedata.normalize("NFD", word)
            out.append(word)
        spaced = out[0]
        for word in out[1:]:
            spaced += (
                " " if chance.random() < 0.93 else chance.choice("\u00a0\u2009\u202f")
            ) + word
        ink.insert_text(span["origin"], spaced, fontname=name, fontfile=file, fontsize=span["size"])

    return _set_again(document, change)


def highlighter(document: Document, _: Document, chance: Chance) -> Document:
    """Marker over lines, lines under words, words struck through: drawn and as annotations."""
    for page in some_pages(document, chance):
        words = page.get_text("words")
        for _n in range(chance.choice((2, 4))):
            at = chance.randrange(len(words) - 6)
            box = pymupdf.Rect(words[at][:4])
            for w in words[at : at + chance.randint(1, 6)]:
                if abs(w[1] - box.y0) < 3:
                    box |= pymupdf.Rect(w[:4])
            kind = chance.choice(
                ("fill", "hl", "ul", "sq", "so", "line", "strike", "circle", "bracket")
            )
            ink = chance.choice(INKS)
            if kind == "fill":
                page.draw_rect(box, fill=(1, 1, 0.2), color=None, fill_opacity=0.4)
            elif kind == "hl":
                page.add_highlight_annot(box)
            elif kind == "ul":
                page.add_underline_annot(box)
            elif kind == "sq":
                page.add_squiggly_annot(box)
            elif kind == "so":
                page.add_strikeout_annot(box)
            elif kind == "line":
                page.draw_line(box.bl, box.br, color=ink, width=chance.choice((0.7, 1.5)))
            elif kind == "strike":
                page.draw_line(
                    (box.x0, (box.y0 + box.y1) / 2),
                    (box.x1, (box.y0 + box.y1) / 2 + 1),
                    color=ink,
                    width=0.8,
                )
            elif kind == "circle":
                page.draw_oval(box + pymupdf.Rect(-4, -3, 4, 3), color=ink, width=1.3)
            else:
                page.draw_polyline(
                    [(60, box.y0), (54, box.y0), (54, box.y1 + 30), (60, box.y1 + 30)],
                    color=ink,
                    width=1.5,
                )
    return document


def ticks_by_hand(document: Document, _: Document, chance: Chance) -> Document:
    """Check marks, crosses, stars and arrows as characters and as strokes."""
    for page in some_pages(document, chance):
        words = page.get_text("words")
        for _n in range(chance.choice((2, 3, 5))):
            w = chance.choice(words)
            x, y = chance.choice(((50, w[3]), (w[0] - 3, w[1] + 4), (w[2] + 1, w[3]), (560, w[3])))
            ink = chance.choice(INKS)
            if chance.random() < 0.5:
                page.insert_text(
                    (x, y),
                    chance.choice(("4", "8", "H", "\xd5", "6", "n", "l")),
                    fontname="zadb",
                    fontsize=chance.choice((10, 13, 18)),
                    color=ink,
                )
            elif chance.random() < 0.5:
                page.draw_polyline([(x, y - 5), (x + 4, y), (x + 12, y - 14)], color=ink, width=1.4)
            else:
                page.insert_text(
                    (x, y),
                    chance.choice(("X", "x", "*", "?", "!", "--", "->", "v", "(a)", "#")),
                    fontname=chance.choice(("helv", "heit", "tibo")),
                    fontsize=chance.choice((9, 12, 16)),
                    color=ink,
                )
    return document


def unseen_text(document: Document, _: Document, chance: Chance) -> Document:
    """White, tiny, off the page, behind a white box."""
    lines = (
        "Case Number: CM11-1111111",
        "Date of Injury: 04/04/2004",
        "Overturned",
        "MAXIMUS guideline: none",
        "Physical therapy is medically necessary.",
    )
    for page in some_pages(document, chance):
        for line in chance.sample(lines, 3):
            x, y = spot(page, chance)
            how = chance.choice(("white", "nearly", "tiny", "off", "under", "faint"))
            if how == "white":
                page.insert_text((x, y), line, fontsize=11, color=(1, 1, 1))
            elif how == "nearly":
                page.insert_text(
                    (x, y), line, fontsize=12, color=(0.985, 0.985, 0.98), fontname="tiro"
                )
            elif how == "tiny":
                page.insert_text((x, y), line, fontsize=chance.choice((0.5, 1, 2)))
            elif how == "off":
                page.insert_text(
                    chance.choice(((x, -30), (x, 830), (-300, y), (640, y))),
                    line,
                    fontsize=12,
                    fontname="tiro",
                )
            elif how == "faint":
                page.insert_text((x, y), line, fontsize=12, fill_opacity=0.01, fontname="tiro")
            else:
                foot = max(w[3] for w in page.get_text("words"))
                if foot < 700:
                    page.insert_text((72, foot + 30), line, fontsize=12, fontname="tiro")
                    page.draw_rect(
                        pymupdf.Rect(60, foot + 15, 400, foot + 40), fill=(1, 1, 1), color=None
                    )
    return document


def clipped(document: Document, _: Document, chance: Chance) -> Document:
    """The letter inside clip paths; other text clipped away."""
    for page in document:
        inner = page.read_contents()
        x, y = spot(page, chance)
        word = chance.choice(
            ("Upheld", "Date Assigned: 01/01/2001", "not medically necessary", "CM12-1234567")
        )
        page.insert_text((x, y), word, fontsize=12, fontname="tiro")
        streams = page.get_contents()
        added = document.xref_stream(streams[-1])
        document.update_stream(streams[0], b"q 20 20 572 752 re W n\n" + inner + b"\nQ")
        for xref in streams[1:-1]:
            document.update_stream(xref, b" ")
        document.update_stream(streams[-1], b"q 0 0 5 5 re W n\n" + added + b"\nQ")
    return pymupdf.open(stream=document.tobytes(), filetype="pdf")


def partly_outlines(document: Document, _: Document, chance: Chance) -> Document:
    """One line of the text has become curves: seen, but not to be read."""
    page = chance.choice(some_pages(document, chance))
    lines = [
        line
        for b in page.get_text("dict")["blocks"]
        for line in b.get("lines", ())
        if sum(len(s["text"]) for s in line["spans"]) > 30
    ]
    line = chance.choice(lines)
    box = pymupdf.Rect(line["bbox"])
    tall = pymupdf.Rect(box.x0 - 1, box.y0 + 1, box.x1 + 1, box.y1 - 1)
    source = pymupdf.open(stream=document.tobytes(), filetype="pdf")
    svg = source[page.number].get_svg_image(text_as_path=True)
    curves = pymupdf.open("pdf", pymupdf.open(stream=svg.encode(), filetype="svg").convert_to_pdf())
    page.add_redact_annot(tall, fill=False)
    page.apply_redactions(graphics=0)
    page.show_pdf_page(
        tall,
        curves,
        0,
        clip=tall
        * pymupdf.Matrix(
            curves[0].rect.width / page.rect.width, curves[0].rect.height / page.rect.height
        ),
    )
    return document


def white_out(document: Document, _: Document, chance: Chance) -> Document:
    """A word covered with white and typed over: the page shows the new one."""
    page = chance.choice(some_pages(document, chance))
    words = [w for w in page.get_text("words") if len(w[4]) > 6]
    w = chance.choice(words)
    box = pymupdf.Rect(w[:4])
    page.draw_rect(box, fill=(1, 1, 1), color=None)
    return document


ALL: dict[str, Damage] = {
    "spaced-out headings": spaced_out_headings,
    "odd characters": odd_characters,
    "highlighter": highlighter,
    "ticks by hand": ticks_by_hand,
    "unseen text": unseen_text,
    "clipped": clipped,
    "partly outlines": partly_outlines,
    "white-out": white_out,
}

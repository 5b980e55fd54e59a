"""What printing, copying and binding do to a letter's file: sizes, turns, print programs, other papers.

Each kind gives the letter as another file. `BOXED` names the kinds that hide words, which then must
be read as boxes; the others must be read as if nothing had happened, or doubted.
"""

# The engine has no types.
# pyright: basic, reportArgumentType=false, reportAttributeAccessIssue=false, reportCallIssue=false
# pyright: reportOperatorIssue=false

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pymupdf

from tests.score.damage import Damage
from tests.score.stamps import Chance

_FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
_APPLICATION = (
    "State of California, Division of Workers' Compensation", "APPLICATION FOR INDEPENDENT MEDICAL REVIEW", "DWC Form IMR",
    "Type of Utilization Review:   [X] Regular   [ ] Expedited", "Employee Name: Pat Example", "Date of Injury: 02/11/2009",
    "Date of Determination: 08/30/2015", "Claim Number: 00-114-77", "Requesting Physician: R. Roe, MD", "Specialty: Physical Medicine",
    "List each disputed treatment: MRI of the left knee; 6 sessions of acupuncture",
)  # fmt: skip
_SERVED = (
    "DECLARATION OF SERVICE", "Case Name: Example v. Acme Insurance", "I, R. Doe, declare that I am employed in the county of Fresno. On January 9,",
    "2017 I served the attached Final Determination on the parties listed below by", "[X] mail   [ ] fax   [ ] personal delivery",
    "Acme Insurance, P.O. Box 100, Fresno CA", "Signed: R. Doe     Date: 01/09/2017",
)  # fmt: skip


def _drawn(
    document: pymupdf.Document,
    sizes: Callable[[int, pymupdf.Rect], tuple[pymupdf.Rect, pymupdf.Rect]],
) -> pymupdf.Document:
    """The pages drawn as pictures of themselves are: of each its new size, and where it lies on it."""
    made = pymupdf.open()
    for number, page in enumerate(document):
        paper, place = sizes(number, page.rect)
        new = made.new_page(width=paper.width, height=paper.height)
        new.show_pdf_page(place, document, number)
    return made


def scaled(document: pymupdf.Document, _: pymupdf.Document, chance: Chance) -> pymupdf.Document:
    """Printed to fit, at 94 percent or less."""
    share = chance.choice((0.94, 0.97, 0.86))

    def sizes(_: int, rect: pymupdf.Rect) -> tuple[pymupdf.Rect, pymupdf.Rect]:
        side, top = rect.width * (1 - share) / 2, rect.height * (1 - share) / 2
        return rect, pymupdf.Rect(side, top, rect.width - side, rect.height - top)

    return _drawn(document, sizes)


def on_a4(document: pymupdf.Document, _: pymupdf.Document, __: Chance) -> pymupdf.Document:
    paper = pymupdf.Rect(0, 0, 595, 842)
    return _drawn(document, lambda _, rect: (paper, paper))


def mixed_sizes(
    document: pymupdf.Document, _: pymupdf.Document, chance: Chance
) -> pymupdf.Document:
    papers = [
        pymupdf.Rect(0, 0, *size) for size in ((612, 792), (595, 842), (612, 1008), (396, 612))
    ]

    def sizes(_: int, __: pymupdf.Rect) -> tuple[pymupdf.Rect, pymupdf.Rect]:
        paper = chance.choice(papers)
        return paper, paper

    return _drawn(document, sizes)


def cropped(document: pymupdf.Document, _: pymupdf.Document, chance: Chance) -> pymupdf.Document:
    """Crop boxes inside the margins, with the paper's corner elsewhere than at 0, 0."""
    for page in document:
        page.set_mediabox(pymupdf.Rect(-20, -30, 640, 820))
        inset = chance.uniform(5, 25)
        page.set_cropbox(page.mediabox_size and pymupdf.Rect(20 + inset, 28 + inset, 660 - inset, 850 - inset) & page.cropbox)  # fmt: skip
    return document


def turned(document: pymupdf.Document, _: pymupdf.Document, chance: Chance) -> pymupdf.Document:
    for page in document:
        page.set_rotation(chance.choice((90, 180, 270)))
    return document


def some_turned(
    document: pymupdf.Document, _: pymupdf.Document, chance: Chance
) -> pymupdf.Document:
    document[chance.randrange(len(document))].set_rotation(chance.choice((90, 180, 270)))
    return document


def in_forms(document: pymupdf.Document, _: pymupdf.Document, __: Chance) -> pymupdf.Document:
    """Each page a form inside a form, as imposing programs write them."""
    once = _drawn(document, lambda _, rect: (rect, rect))
    return _drawn(once, lambda _, rect: (rect, rect))


def _spans(page: pymupdf.Page) -> Iterator[tuple[dict, str]]:
    for block in page.get_text("rawdict")["blocks"]:
        for line in block.get("lines", ()):
            for span in line["spans"]:
                yield span, "Bold" if span["flags"] & pymupdf.TEXT_FONT_BOLD else "Regular"


Put = Callable[[tuple[float, float], str, float], None]
"""Writes a text in a span's font, at a place, in a size."""


def _set_again(document: pymupdf.Document, draw: Callable[[Put, dict], None]) -> pymupdf.Document:
    """The letter set again in an embedded font, span by span."""
    made = pymupdf.open()
    fonts = {
        weight: pymupdf.Font(fontfile=str(_FONTS / f"LiberationSerif-{weight}.ttf"))
        for weight in ("Regular", "Bold")
    }
    for page in document:
        new = made.new_page(width=page.rect.width, height=page.rect.height)
        writer = pymupdf.TextWriter(new.rect)
        for span, weight in _spans(page):
            font = fonts[weight]
            draw(partial(_append, writer, font), span)
        writer.write_text(new)
    return made


def _append(
    writer: pymupdf.TextWriter,
    font: pymupdf.Font,
    at: tuple[float, float],
    text: str,
    size: float,
) -> None:
    writer.append(at, text, font, size)


def per_glyph(document: pymupdf.Document, _: pymupdf.Document, __: Chance) -> pymupdf.Document:
    """Each letter placed by itself, none of the spaces written."""

    def draw(put: Put, span: dict) -> None:
        for char in span["chars"]:
            if char["c"].strip():
                put(char["origin"], char["c"], span["size"])

    return _set_again(document, draw)


def per_word(document: pymupdf.Document, _: pymupdf.Document, __: Chance) -> pymupdf.Document:
    """Each word placed by itself, no spaces between."""

    def draw(put: Put, span: dict) -> None:
        for word in _words(span):
            put(word[0]["origin"], "".join(c["c"] for c in word), span["size"])

    return _set_again(document, draw)


def _words(span: dict) -> Iterator[list[dict]]:
    word: list[dict] = []
    for char in span["chars"]:
        if char["c"].strip():
            word.append(char)
        elif word:
            yield word
            word = []
    if word:
        yield word


def ligatures(document: pymupdf.Document, _: pymupdf.Document, __: Chance) -> pymupdf.Document:
    """Words with ligatures of one character each."""

    def draw(put: Put, span: dict) -> None:
        for word in _words(span):
            text = "".join(c["c"] for c in word).replace("fi", "\ufb01").replace("fl", "\ufb02")
            put(word[0]["origin"], text, span["size"])

    return _set_again(document, draw)


def small_capitals(document: pymupdf.Document, _: pymupdf.Document, __: Chance) -> pymupdf.Document:
    """Words in capitals with all but their first letter smaller."""

    def draw(put: Put, span: dict) -> None:
        for word in _words(span):
            text = "".join(c["c"] for c in word)
            if not (text.isalpha() and text.isupper() and len(text) > 3):
                put(word[0]["origin"], text, span["size"])
                continue
            put(word[0]["origin"], text[0], span["size"])
            for char in word[1:]:
                put(char["origin"], char["c"], span["size"] * 0.8)

    return _set_again(document, draw)


def justified(document: pymupdf.Document, _: pymupdf.Document, chance: Chance) -> pymupdf.Document:
    """Full lines stretched to one right edge: the gaps of each are of another width."""

    def draw(put: Put, span: dict) -> None:
        words = list(_words(span))
        wide = span["bbox"][2] - span["bbox"][0] > 380 and len(words) > 4
        more = chance.uniform(0.5, 3.5) if wide else 0.0
        for number, word in enumerate(words):
            x, y = word[0]["origin"]
            put((x + more * number, y), "".join(c["c"] for c in word), span["size"])

    return _set_again(document, draw)


def two_letters(document: pymupdf.Document, other: pymupdf.Document, _: Chance) -> pymupdf.Document:
    document.insert_pdf(other)
    return document


def _page_of(document: pymupdf.Document, rows: tuple[str, ...], where: int, chance: Chance) -> None:
    page = document.new_page(where, width=612, height=792)
    font, size = chance.choice(("helv", "tiro")), chance.choice((10, 11, 12))
    for number, row in enumerate(rows):
        page.insert_text((60, 90 + 24 * number), row, fontsize=size, fontname=font)


def papers_before(
    document: pymupdf.Document, _: pymupdf.Document, chance: Chance
) -> pymupdf.Document:
    """The application, the service of it, or both stand before the letter."""
    for rows in chance.choice(((_APPLICATION,), (_SERVED,), (_APPLICATION, _SERVED))):
        _page_of(document, rows, 0, chance)
    return document


def papers_behind(
    document: pymupdf.Document, _: pymupdf.Document, chance: Chance
) -> pymupdf.Document:
    for rows in chance.choice(((_SERVED,), (_APPLICATION,), (_SERVED, _APPLICATION))):
        _page_of(document, rows, -1, chance)
    return document


def page_again_elsewhere(document: pymupdf.Document, _: pymupdf.Document, chance: Chance) -> pymupdf.Document:  # fmt: skip
    document.fullcopy_page(chance.randrange(len(document)), chance.choice((0, -1, 1)))
    return document


def reversed_pages(document: pymupdf.Document, _: pymupdf.Document, __: Chance) -> pymupdf.Document:
    document.select(list(range(len(document)))[::-1])
    return document


def without_last(document: pymupdf.Document, _: pymupdf.Document, __: Chance) -> pymupdf.Document:
    pages = [n for n in range(len(document)) if document[n].get_text().strip()]
    document.delete_page(pages[-1])
    return document


def without_one(
    document: pymupdf.Document, _: pymupdf.Document, chance: Chance
) -> pymupdf.Document:
    if len(document) > 1:
        document.delete_page(chance.randrange(len(document)))
    return document


def two_up(document: pymupdf.Document, _: pymupdf.Document, __: Chance) -> pymupdf.Document:
    """Two pages side by side on one sheet."""
    made = pymupdf.open()
    for first in range(0, len(document), 2):
        new = made.new_page(width=792, height=612)
        for at in (0, 1):
            if first + at < len(document):
                place = pymupdf.Rect(396 * at, 0, 396 * at + 396, 612)
                new.show_pdf_page(place, document, first + at)
    return made


def two_columns(document: pymupdf.Document, _: pymupdf.Document, __: Chance) -> pymupdf.Document:
    """The running text set in two columns below the table."""
    made = pymupdf.open()
    words = [(w[4], w[1] < 180 and page.number == 0) for page in document for w in page.get_text("words")]  # fmt: skip
    page = made.new_page(width=612, height=792)
    page.show_pdf_page(pymupdf.Rect(0, 0, 612, 180), document, 0, clip=pymupdf.Rect(0, 0, 612, 180))
    text = " ".join(word for word, above in words if not above)
    columns = [pymupdf.Rect(50, 190, 296, 750), pymupdf.Rect(316, 190, 562, 750)]
    at = 0
    pieces = text.split(" ")
    while pieces:
        if at == 2:
            page, at = made.new_page(width=612, height=792), 0
            columns = [pymupdf.Rect(50, 50, 296, 750), pymupdf.Rect(316, 50, 562, 750)]
        count = min(len(pieces), 330)
        while count > 1 and page.insert_textbox(columns[at], " ".join(pieces[:count]), fontsize=11, fontname="tiro") < 0:  # fmt: skip
            count -= max(count // 12, 1)
        pieces, at = pieces[count:], at + 1
    return made


def black_boxes(
    document: pymupdf.Document, _: pymupdf.Document, chance: Chance
) -> pymupdf.Document:
    """Words hidden by black boxes, taken out of the file or left under them."""
    for _ in range(chance.randint(1, 3)):
        page = document[chance.randrange(len(document))]
        words = [w for w in page.get_text("words") if w[2] - w[0] > 18 and w[1] > 200]
        if not words:
            continue
        at = chance.randrange(len(words))
        row = [w for w in words[at : at + chance.randint(1, 4)] if abs(w[1] - words[at][1]) < 2]
        box = pymupdf.Rect(row[0][0], row[0][1] + 1, row[-1][2], row[-1][3] - 1)
        if chance.random() < 0.5:
            inside = pymupdf.Rect(box.x0 + 0.5, box.y0 + 2, box.x1 - 0.5, box.y1 - 2)
            page.add_redact_annot(inside, fill=False)
            page.apply_redactions()
        page.draw_rect(box, color=None, fill=(0, 0, 0))
    return document


def _with_map(document: pymupdf.Document, changed: dict[str, str]) -> pymupdf.Document:
    """The letter in embedded fonts whose character maps say other characters than are shown."""

    def draw(put: Put, span: dict) -> None:
        text = "".join(char["c"] for char in span["chars"])
        put(span["origin"], text, span["size"])

    made = _set_again(document, draw)
    made = pymupdf.open(stream=made.tobytes(), filetype="pdf")
    font = pymupdf.Font(fontfile=str(_FONTS / "LiberationSerif-Regular.ttf"))  # both count alike
    pairs = "".join(f"<{font.has_glyph(ord(old)):04x}> <{ord(new):04x}>\n" for old, new in changed.items())  # fmt: skip
    lines = f"{len(changed)} beginbfchar\n{pairs}endbfchar\nendcmap"
    for xref in range(1, made.xref_length()):
        if made.xref_is_stream(xref) and b"beginbf" in (stream := made.xref_stream(xref)):
            made.update_stream(xref, stream.replace(b"endcmap", lines.encode()))
    return made


def digits_shifted(
    document: pymupdf.Document, _: pymupdf.Document, chance: Chance
) -> pymupdf.Document:
    by = chance.randint(1, 9)
    return _with_map(document, {str(n): str((n + by) % 10) for n in range(10)})


def digits_swapped(
    document: pymupdf.Document, _: pymupdf.Document, chance: Chance
) -> pymupdf.Document:
    one, other = chance.sample("0123456789", 2)
    return _with_map(document, {one: other, other: one})


def letters_shifted(
    document: pymupdf.Document, _: pymupdf.Document, chance: Chance
) -> pymupdf.Document:
    by = chance.randint(1, 25)
    changed = {chr(97 + n): chr(97 + (n + by) % 26) for n in range(26)}
    return _with_map(document, changed | {k.upper(): v.upper() for k, v in changed.items()})


def letters_swapped(
    document: pymupdf.Document, _: pymupdf.Document, chance: Chance
) -> pymupdf.Document:
    one, other = chance.choice(("nm", "ec", "ou", "dt", "sr", "ai", "LC"))
    return _with_map(document, {one: other, other: one})


ALL: dict[str, Damage] = {
    "scaled to fit": scaled,
    "on A4": on_a4,
    "pages of several sizes": mixed_sizes,
    "crop boxes": cropped,
    "turned pages": turned,
    "one page turned": some_turned,
    "forms in forms": in_forms,
    "glyph by glyph": per_glyph,
    "word by word": per_word,
    "ligatures": ligatures,
    "small capitals": small_capitals,
    "justified": justified,
    "two letters": two_letters,
    "papers before": papers_before,
    "papers behind": papers_behind,
    "a page again elsewhere": page_again_elsewhere,
    "pages in reverse": reversed_pages,
    "last page missing": without_last,
    "a page missing": without_one,
    "two pages a sheet": two_up,
    "two columns": two_columns,
    "black boxes": black_boxes,
    "map of digits shifted": digits_shifted,
    "map with two digits swapped": digits_swapped,
    "map of letters shifted": letters_shifted,
    "map with two letters swapped": letters_swapped,
}
BOXED = ("black boxes",)

"""How well pages that are pictures are read: real letters made into scans of four qualities.

`python -m tests.score.scans [LETTERS] [FIRST]`: so many letters (6) of the public ones, evenly spread,
whole. The scans are made here, with noise, skew and hard edges as scanners and fax machines add them.
Words count as right where the same word is read with its middle in the printed one's box.
"""

from __future__ import annotations

import io
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import msgspec
import pymupdf
from PIL import Image, ImageFilter
from rapidfuzz import fuzz

from app.letter import FieldId, Kind, Letter, field_ids, get_value, is_missing
from app.services.parsing import parse
from app.services.pdf import PdfPage, PdfText, Word, read
from app.services.pdf.scans import scan_of
from app.services.recognition.engine import read_scan
from app.services.wording import value_words
from tests.score.truth import letters_folder

_USABLE = 97.0
"""Of 100: so alike are long texts within 3 % of edits."""
_SHORT = 120


class Quality(NamedTuple):
    """How a page is made into a picture; `specks` is the share of dots that are wrong."""

    name: str
    across: int
    down: int
    blur: float
    noise: int
    askew: float
    specks: float = 0.0
    jpeg: int = 0


QUALITIES = (
    Quality("300 dpi", 300, 300, 0.5, 6, 0.2),
    Quality("200 dpi, noisy", 200, 200, 0.7, 14, 1.0, jpeg=60),
    Quality("fax, fine", 204, 196, 0.3, 0, 0.6, specks=0.0015),
    Quality("fax, standard", 204, 98, 0.3, 0, 0.6, specks=0.0015),
)


class Scanned(NamedTuple):
    """A file of scans, and of each page by how many degrees it lies askew."""

    pdf: bytes
    askew: list[float]


def scanned(source: pymupdf.Document, quality: Quality, chance: random.Random) -> Scanned:
    """The pages of a file as a scanner of that quality would have sent them."""
    made = pymupdf.open()
    angles: list[float] = []
    for page in source:
        angle = chance.uniform(-quality.askew, quality.askew)
        width, height = page.rect.width, page.rect.height
        paper = _drawn(page, 300, 300)
        paper = paper.rotate(-angle, Image.Resampling.BICUBIC, fillcolor=255)
        size = round(width * quality.across / 72), round(height * quality.down / 72)
        paper = paper.resize(size, Image.Resampling.BOX)
        paper = paper.filter(ImageFilter.GaussianBlur(quality.blur))
        paper, kind = _spoilt(paper, quality, chance)
        written = io.BytesIO()
        paper.save(written, kind, **({"quality": quality.jpeg} if kind == "JPEG" else {}))
        sheet = made.new_page(width=width, height=height)
        sheet.insert_image(sheet.rect, stream=written.getvalue(), keep_proportion=False)
        angles.append(angle)
    return Scanned(made.tobytes(), angles)


def _drawn(page: pymupdf.Page, across: int, down: int) -> Image.Image:
    matrix = pymupdf.Matrix(across / 72, down / 72)
    drawn = page.get_pixmap(matrix=matrix, colorspace=pymupdf.csGRAY, alpha=False)
    return Image.frombytes("L", (drawn.width, drawn.height), bytes(drawn.samples))


def _spoilt(paper: Image.Image, quality: Quality, chance: random.Random) -> tuple[Image.Image, str]:
    if quality.noise:
        noise = Image.effect_noise(paper.size, quality.noise * 2)
        paper = Image.blend(paper, noise, 0.12)
    if not quality.specks:
        return paper, "JPEG" if quality.jpeg else "PNG"
    paper = paper.convert("1", dither=Image.Dither.NONE)
    for _ in range(round(paper.width * paper.height * quality.specks)):
        spot = chance.randrange(paper.width), chance.randrange(paper.height)
        paper.putpixel(spot, 0 if paper.getpixel(spot) else 255)
    return paper, "TIFF"


class Count:
    """What was found at one quality."""

    def __init__(self) -> None:
        self.words = self.right = self.pages = 0
        self.items = self.letters = 0
        self.seconds = 0.0
        self.fields: Counter[str] = Counter()
        self.wrong: list[str] = []


def _right_words(printed: PdfPage, found: PdfPage, askew: float) -> int:
    """How many printed words were read with their middle where they stand."""
    level = 1.5 / 72 / 8
    there: dict[str, list[Word]] = {}
    for word in found.words:
        there.setdefault(word.text, []).append(word)
    return sum(
        any(_near(word, each, printed, askew, level) for each in there.get(word.text, ()))
        for word in printed.words
    )


def _near(one: Word, other: Word, page: PdfPage, askew: float, room: float) -> bool:
    import math

    angle = math.radians(askew)
    x = ((one.box[0] + one.box[2]) / 2 - 0.5) * page.width
    y = ((one.box[1] + one.box[3]) / 2 - 0.5) * page.height
    x, y = x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle)
    x, y = x / page.width + 0.5, y / page.height + 0.5
    x0, y0, x1, y1 = other.box
    return x0 - room <= x <= x1 + room and y0 - room <= y <= y1 + room


def _count_fields(count: Count, printed: Letter, text: PdfText) -> None:
    result = parse(text)
    count.letters += 1
    count.items += len(printed.issues) == len(result.letter.issues)
    ids = {issue.id: at for at, issue in enumerate(printed.issues)}
    issues = result.letter.issues
    for name in field_ids(printed):
        wanted = get_value(printed, name)
        if is_missing(wanted):
            continue
        here = name
        if name.issue is not None:
            at = ids[name.issue]
            here = FieldId(name.name, issues[at].id) if at < len(issues) else name
        try:
            got = get_value(result.letter, here)
        except (KeyError, LookupError):
            got = None
        seen = result.evidence.get(here)
        kind = _verdict(
            name, value_words(wanted), value_words(got), seen is not None and bool(seen.doubt)
        )
        count.fields[kind] += 1
        count.fields["doubted in all"] += seen is not None and bool(seen.doubt)
        if kind.startswith(("doubted", "silent")):
            count.wrong.append(f"{kind}: {name.name}")


def _verdict(name: FieldId, wanted: str, got: str, doubted: bool) -> str:
    if wanted == got:
        return "exact"
    long = name.spec.kind in (Kind.TEXT, Kind.GUIDELINE) and len(wanted) > _SHORT
    if long and fuzz.ratio(wanted, got) >= _USABLE:
        return "usable"
    return "doubted" if doubted else "silent, long" if long else "silent, short"


def measured(letters: int, first: int) -> Iterator[tuple[Quality, Count]]:
    """The counts of each quality."""
    folder = letters_folder()
    if folder is None:
        raise SystemExit("IMR_DESK_LETTERS names no folder with the public letters.")
    every = sorted(folder.rglob("*.pdf"))
    chosen = every[first :: max(1, len(every) // letters)][:letters]
    for quality in QUALITIES:
        count, chance = Count(), random.Random(quality.name)
        for path in chosen:
            text = read(path)
            source = pymupdf.open(path)
            if source.is_encrypted:
                source.authenticate("")
            made = scanned(source, quality, chance)
            document = pymupdf.open(stream=made.pdf)
            pages: list[PdfPage] = []
            for page, printed, askew in zip(document.pages(), text.pages, made.askew, strict=True):
                began = time.process_time()
                found = read_scan(scan_of(page, printed.number))
                count.seconds += time.process_time() - began
                count.pages += 1
                count.words += len(printed.texts)
                count.right += _right_words(printed, found, askew)
                pages.append(found)
            whole = msgspec.structs.replace(text, pages=tuple(pages), metadata={})
            _count_fields(count, parse(text).letter, whole)
        yield quality, count


def main(letters: int = 6, first: int = 2) -> None:
    print(f"{letters} real letters, whole, made into scans; fields against the printed letter's")
    print(
        f"{'quality':16} {'pages':>5} {'words':>6} {'right':>7} {'fields':>6} {'exact':>7} "
        f"{'usable':>7} {'wrong, doubted':>14} {'silent long':>11} {'silent short':>12} "
        f"{'doubted':>7} {'items right':>11} {'s/page':>6}"
    )
    for quality, count in measured(letters, first):
        fields = sum(n for kind, n in count.fields.items() if kind != "doubted in all")
        exact = count.fields["exact"]
        usable = exact + count.fields["usable"]
        print(
            f"{quality.name:16} {count.pages:5} {count.words:6} "
            f"{100 * count.right / max(count.words, 1):6.2f}% {fields:6} "
            f"{100 * exact / max(fields, 1):6.1f}% {100 * usable / max(fields, 1):6.1f}% "
            f"{count.fields['doubted']:14} {count.fields['silent, long']:11} "
            f"{count.fields['silent, short']:12} "
            f"{100 * count.fields['doubted in all'] / max(fields, 1):6.1f}% "
            f"{count.items:5}/{count.letters:<5} {count.seconds / max(count.pages, 1):6.2f}",
            flush=True,
        )
        for what, times in sorted(Counter(count.wrong).items()):
            print(f"    {what} ({times})")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

"""What becomes of a letter's pages: sheets, covers, layers, forms, other papers between."""

# The engine has no types.
# pyright: basic, reportArgumentType=false, reportAttributeAccessIssue=false, reportCallIssue=false
# pyright: reportOperatorIssue=false

from __future__ import annotations

import pymupdf

from tests.score.damage import Damage
from tests.score.office import INKS, Chance, Document, some_pages, spot

_COVERS = (
    (
        "LAW OFFICES OF POE & STARK",
        "1200 Example Street, Suite 400, Fresno, CA 93701",
        "",
        "January 4, 2017",
        "",
        "Claims Examiner, Acme Insurance Company",
        "Re:   John Roe v. Example Growers",
        "Claim No.:  WC-2014-00388",
        "Date of Injury:  03/02/2011",
        "Our File:  17-0042",
        "",
        "Dear Sir or Madam:",
        "",
        "Enclosed please find a copy of the Independent Medical Review Final Determination Letter in the",
        "above matter. Please note that the determination is binding. Kindly authorize the treatment that was",
        "found to be medically necessary and advise the treating physician.",
        "",
        "Very truly yours,",
        "",
        "A. Poe",
    ),
    (
        "EXAMPLE ADJUSTING COMPANY",
        "Workers' Compensation Unit",
        "",
        "Date: 12/28/2016",
        "To: Treating Physician",
        "Subject: IMR decision",
        "Case Number: see enclosure",
        "",
        "The enclosed decision was issued on the dispute over the utilization review decision of your request.",
        "Decision: the utilization review decision was upheld in part.",
        "Please contact the undersigned with questions.",
        "Sincerely,",
        "Claims Unit 7",
    ),
)


_SERVICIO = (
    "CONSTANCIA DE ENTREGA POR CORREO",
    "Soy mayor de dieciocho años y no soy parte en este asunto. Mi domicilio comercial es 100 Calle",
    "Ejemplo, Fresno, California. En la fecha indicada entregué la determinación que antecede colocando una copia",
    "fiel en un sobre cerrado, con franqueo pagado, dirigido a:",
    "Juan Roe, Calle Segunda 12, Fresno, CA",
    "Declaro bajo pena de perjurio que lo anterior es verdadero y correcto.",
    "Fechado el 5 de diciembre de 2016.",
    "Firma: ______________",
)


def odd_page_boxes(document: Document, _: Document, chance: Chance) -> Document:
    """Media boxes that do not begin at nought, crop boxes inside them, printer's marks between."""
    for page in document:
        dx, dy = chance.choice(((0, 0), (-36, -36), (100, 250), (-300, 17)))
        box = page.mediabox
        contents = page.read_contents()
        document.update_stream(
            page.get_contents()[0], b"q 1 0 0 1 %d %d cm\n" % (dx, dy) + contents + b"\nQ"
        )
        for xref in page.get_contents()[1:]:
            document.update_stream(xref, b" ")
        wide = pymupdf.Rect(box.x0 + dx - 30, box.y0 + dy - 30, box.x1 + dx + 30, box.y1 + dy + 30)
        document.xref_set_key(page.xref, "MediaBox", f"[{wide.x0} {wide.y0} {wide.x1} {wide.y1}]")
        document.xref_set_key(
            page.xref, "CropBox", f"[{box.x0 + dx} {box.y0 + dy} {box.x1 + dx} {box.y1 + dy}]"
        )
        for key in ("TrimBox", "BleedBox", "ArtBox"):
            document.xref_set_key(page.xref, key, "null")
    return pymupdf.open(stream=document.tobytes(), filetype="pdf")


def four_pages_a_sheet(document: Document, other: Document, chance: Chance) -> Document:
    made = pymupdf.open()
    wide, high = chance.choice(((612, 792), (1224, 1584), (842, 1191)))
    sheets = [list(range(n, min(n + 4, len(document)))) for n in range(0, len(document), 4)]
    for numbers in sheets:
        sheet = made.new_page(width=wide, height=high)
        for at, number in enumerate(numbers):
            x, y = (at % 2) * wide / 2, (at // 2) * high / 2
            sheet.show_pdf_page(pymupdf.Rect(x, y, x + wide / 2, y + high / 2), document, number)
    return made


def each_page_twice(document: Document, _: Document, chance: Chance) -> Document:
    order = (
        [n for n in range(len(document)) for _ in (0, 1)]
        if chance.random() < 0.5
        else [*range(len(document))] * 2
    )
    document.select(order)
    return pymupdf.open(stream=document.tobytes(garbage=0), filetype="pdf")


def two_letters_interleaved(document: Document, other: Document, chance: Chance) -> Document:
    made = pymupdf.open()
    for n in range(max(len(document), len(other))):
        for each in (document, other):
            if n < len(each):
                made.insert_pdf(each, from_page=n, to_page=n)
    return made


def law_firm_cover(document: Document, _: Document, chance: Chance) -> Document:
    page = document.new_page(0, width=612, height=792)
    font, size = chance.choice(("tiro", "helv")), chance.choice((11, 12))
    for n, line in enumerate(chance.choice(_COVERS)):
        page.insert_text((72, 80 + 18 * n), line, fontsize=size, fontname=font)
    return document


def picture_with_text_layer(document: Document, _: Document, chance: Chance) -> Document:
    """Pages as pictures with the recognised words behind them, a little off their places."""
    made = pymupdf.open()
    for page in document:
        new = made.new_page(width=page.rect.width, height=page.rect.height)
        new.insert_image(new.rect, pixmap=page.get_pixmap(dpi=72))
        layer = new.new_shape()
        dx, dy = chance.uniform(-2, 2), chance.uniform(-2, 2)
        for x0, y0, x1, y1, word, *_rest in page.get_text("words"):
            size = max((x1 - x0) / max(pymupdf.get_text_length(word, "tiro", 1), 0.01), 3)
            at = (
                x0 + dx + chance.uniform(-0.6, 0.6),
                y1 + dy - (y1 - y0) / 4 + chance.uniform(-0.8, 0.8),
            )
            layer.insert_text(at, word, fontname="tiro", fontsize=min(size, 30), render_mode=3)
        layer.commit()
    return made


def annotations_of_all_kinds(document: Document, _: Document, chance: Chance) -> Document:
    for page in some_pages(document, chance):
        x, y = spot(page, chance)
        box = pymupdf.Rect(x, y, x + 150, y + 44)
        for kind in chance.sample(("free", "stamp", "text", "callout", "ink"), 2):
            if kind == "free":
                page.add_freetext_annot(
                    box,
                    "Reviewed and agreed.\nDecision: Overturned?",
                    fontsize=chance.choice((9, 11, 12)),
                    text_color=chance.choice(INKS),
                    fill_color=chance.choice(((1, 1, 0.6), None)),
                )
            elif kind == "stamp":
                page.add_stamp_annot(box, stamp=chance.randrange(0, 13))
            elif kind == "text":
                note = page.add_text_annot(
                    (x, y), "Ask Dr. Poe about the date of injury 01/01/2001", icon="Note"
                )
                note.set_popup(pymupdf.Rect(x + 20, y, x + 180, y + 80))
                note.set_open(True)
            elif kind == "callout":
                page.add_freetext_annot(
                    box + pymupdf.Rect(0, 60, 0, 60),
                    "Upheld - tell the client",
                    fontsize=10,
                    fontname="Cour",
                    text_color=(0.8, 0, 0),
                    rotate=chance.choice((0, 90)),
                )
            else:
                page.add_ink_annot([[(x, y), (x + 30, y - 12), (x + 60, y + 8), (x + 90, y - 6)]])
    return document


def optional_layers(document: Document, _: Document, chance: Chance) -> Document:
    """Text on layers: some switched off, some shown."""
    off = document.add_ocg("Draft marks", on=False)
    on = document.add_ocg("Print marks", on=True)
    for page in document:
        for _n in range(2):
            page.insert_text(
                spot(page, chance),
                chance.choice(
                    (
                        "Case Number: CM15-0000001",
                        "DRAFT - do not send",
                        "Upheld",
                        "Overturned as of 01/02/2003",
                    )
                ),
                fontsize=chance.choice((11, 12, 16)),
                oc=off,
                fontname="tiro",
            )
        page.insert_text(
            (chance.choice((30, 400)), chance.choice((24, 780))),
            "Printed by JDOE on 12/09/2016 from DocStore",
            fontsize=8,
            oc=on,
        )
    return document


def sizes_and_turns(document: Document, _: Document, chance: Chance) -> Document:
    """A4 and Letter, upright and turned, by flag and by content, in one file."""
    made = pymupdf.open()
    for page in document:
        wide, high = chance.choice(((595, 842), (612, 792), (612, 1008), (842, 1191)))
        how = chance.choice(("up", "flag", "content", "flag180"))
        if how == "content":
            new = made.new_page(width=high, height=wide)
            new.show_pdf_page(new.rect, document, page.number, rotate=chance.choice((90, 270)))
        else:
            new = made.new_page(width=wide, height=high)
            new.show_pdf_page(new.rect, document, page.number)
            if how != "up":
                new.set_rotation(180 if how == "flag180" else chance.choice((90, 270)))
    return made


def enlarged_to_the_edge(document: Document, _: Document, chance: Chance) -> Document:
    """Printed at 105 to 118 per cent: the margins are cut, the text is whole."""
    made = pymupdf.open()
    share = chance.uniform(1.05, 1.18)
    dx, dy = chance.uniform(-12, 12), chance.uniform(-10, 10)
    for page in document:
        new = made.new_page(width=612, height=792)
        wide, high = 612 * share, 792 * share
        x, y = (612 - wide) / 2 + dx, (792 - high) / 2 + dy
        new.show_pdf_page(pymupdf.Rect(x, y, x + wide, y + high), document, page.number)
    return made


def booklet(document: Document, _: Document, chance: Chance) -> Document:
    """Two pages a sheet in the order of a folded booklet."""
    count = -(-len(document) // 4) * 4
    order = []
    for n in range(count // 4):
        order += [(count - 1 - 2 * n, 2 * n), (2 * n + 1, count - 2 - 2 * n)]
    made = pymupdf.open()
    for left, right in order:
        sheet = made.new_page(width=792, height=612)
        for at, number in enumerate((left, right)):
            if number < len(document):
                sheet.show_pdf_page(
                    pymupdf.Rect(at * 396, 0, at * 396 + 396, 612), document, number
                )
    return made


def middle_page_gone(document: Document, _: Document, chance: Chance) -> Document:
    if len(document) > 2:
        document.delete_page(chance.randrange(1, len(document) - 1))
    return document


def spanish_service(document: Document, _: Document, chance: Chance) -> Document:
    page = document.new_page(chance.choice((0, -1, -1)), width=612, height=792)
    for n, line in enumerate(_SERVICIO):
        page.insert_text((72, 90 + 20 * n), line, fontsize=11, fontname=chance.choice(("tiro",)))
    if chance.random() < 0.5:
        last = document.new_page(-1, width=612, height=792)
        last.insert_text(
            (72, 90),
            "AVISO: Este documento trata de su reclamo de compensación de trabajadores.",
            fontsize=11,
        )
        last.insert_text(
            (72, 120),
            "Si necesita ayuda, llame a la oficina de información al 1-800-555-0100.",
            fontsize=11,
        )
    return document


def form_fields(document: Document, _: Document, chance: Chance) -> Document:
    """Fields of a form laid over the pages, filled in."""
    for page in some_pages(document, chance):
        for n in range(2):
            x, y = chance.choice((spot(page, chance), (60, 20), (380, 752)))
            widget = pymupdf.Widget()
            widget.field_name = f"f{page.number}-{n}"
            if chance.random() < 0.7:
                widget.field_type = pymupdf.PDF_WIDGET_TYPE_TEXT
                widget.field_value = chance.choice(
                    (
                        "Received by: J. Doe",
                        "12/12/2016",
                        "Overturned",
                        "CM16-9999999",
                        "Reviewer initials: KL",
                    )
                )
                widget.rect = pymupdf.Rect(x, y, x + 120, y + 16)
                widget.text_fontsize = chance.choice((9, 11, 12))
            else:
                widget.field_type = pymupdf.PDF_WIDGET_TYPE_CHECKBOX
                widget.field_value = True
                widget.rect = pymupdf.Rect(x, y, x + 12, y + 12)
            page.add_widget(widget)
    return document


def sheets_between(document: Document, other: Document, chance: Chance) -> Document:
    """Separator sheets of a scanner or of an exhibit between the pages."""
    texts = (
        ("EXHIBIT C",),
        ("SEPARATOR SHEET", "Patch T"),
        ("This page intentionally left blank",),
        ("Document Type: IMR Determination", "Received: 12/12/2016", "Index: 0388"),
    )
    for at in sorted(chance.sample(range(len(document) + 1), min(2, len(document))), reverse=True):
        page = document.new_page(at if at < len(document) else -1, width=612, height=792)
        for n, line in enumerate(chance.choice(texts)):
            page.insert_text(
                (200, 300 + 40 * n), line, fontsize=chance.choice((14, 24, 36)), fontname="hebo"
            )
    return document


ALL: dict[str, Damage] = {
    "odd page boxes": odd_page_boxes,
    "four pages a sheet": four_pages_a_sheet,
    "each page twice": each_page_twice,
    "two letters interleaved": two_letters_interleaved,
    "law firm's cover": law_firm_cover,
    "picture with text layer": picture_with_text_layer,
    "annotations of all kinds": annotations_of_all_kinds,
    "optional layers": optional_layers,
    "sizes and turns": sizes_and_turns,
    "enlarged to the edge": enlarged_to_the_edge,
    "booklet": booklet,
    "middle page gone": middle_page_gone,
    "service in Spanish": spanish_service,
    "form fields": form_fields,
    "sheets between": sheets_between,
}

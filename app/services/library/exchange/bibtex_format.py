"""BibTeX, by way of bibtexparser; LaTeX accents become letters and back."""

# The libraries this is built on tell no types.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportPrivateImportUsage=false

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from app.services.library.exchange.reference import (
    Imported,
    Reference,
    broken,
    imported,
    own_json,
    plain,
    reference_of,
)
from app.services.library.values import Entry

OWN = "imr-desk"

_NAMES = {
    "title": "title",
    "year": "year",
    "journal": "journal",
    "volume": "volume",
    "pages": "pages",
    "publisher": "publisher",
    "chapter": "chapter",
    "url": "url",
    "note": "note",
}


def write_bibtex(entries: Iterable[Entry]) -> str:
    import bibtexparser
    from bibtexparser.model import Entry as Block
    from bibtexparser.model import Field

    library = bibtexparser.Library()
    for number, entry in enumerate(entries, start=1):
        reference = reference_of(entry)
        fields = [Field(name, "{" + text + "}") for name, text in _fields(reference).items()]
        fields.append(Field(OWN, "{" + own_json(entry) + "}"))
        kind = "article" if reference.article else "manual"
        library.add(Block(kind, f"entry{number}", fields))
    return bibtexparser.write_string(library, unparse_stack=[])


def _fields(reference: Reference) -> dict[str, str]:
    fields = {name: _to_latex(getattr(reference, field)) for field, name in _NAMES.items()}
    if reference.authors:
        fields["author"] = " and ".join(_to_latex(author) for author in reference.authors)
    if reference.keywords:
        fields["keywords"] = ", ".join(_to_latex(word) for word in reference.keywords)
    return {name: text for name, text in fields.items() if text}


def read_bibtex(text: str) -> tuple[Imported, ...]:
    """Raises UserError with the line of the first block that is not proper BibTeX."""
    import bibtexparser

    # it would write whole blocks of the file into the log
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    library = bibtexparser.parse_string(text)
    for block in library.failed_blocks:
        start = (block.start_line or 0) + 1
        kind = type(block).__name__
        if kind != "DuplicateBlockKeyBlock":
            raise broken(start, "the entry is not proper BibTeX")
    found: list[Imported] = []
    blocks: list[Any] = [getattr(b, "ignore_error_block", b) or b for b in library.blocks]
    for block in blocks:
        if not hasattr(block, "fields_dict"):
            continue
        values = {name.lower(): str(field.value) for name, field in block.fields_dict.items()}
        own = values.pop(OWN, None)
        line = (block.start_line or 0) + 1
        try:
            reference = _reference(values, block.entry_type)
        except RecursionError as error:
            raise broken(line, "a field is nested too deeply") from error
        found.append(imported(reference, own, line, _seen))
    if not found and text.strip():
        raise broken(1, "no BibTeX entry begins anywhere")
    return tuple(found)


def _reference(values: dict[str, str], kind: str) -> Reference:
    texts = {field: _from_latex(values.get(name, "")) for field, name in _NAMES.items()}
    texts["year"] = texts["year"] or _from_latex(values.get("date", ""))[:4]
    texts["publisher"] = texts["publisher"] or _from_latex(
        values.get("organization", "") or values.get("institution", "")
    )
    if not texts["journal"]:
        texts["journal"] = _from_latex(values.get("journaltitle", ""))
    authors = values.get("author", "")
    keywords = values.get("keywords", "")
    return Reference(
        article=kind.lower() == "article",
        authors=tuple(filter(None, map(_from_latex, plain(authors).split(" and ")))),
        keywords=tuple(filter(None, map(_from_latex, keywords.replace(";", ",").split(",")))),
        **texts,
    )


def _seen(reference: Reference) -> Reference:
    return _reference(_fields(reference), "article" if reference.article else "manual")


def _to_latex(text: str) -> str:
    from pylatexenc.latexencode import unicode_to_latex

    return str(unicode_to_latex(text, unknown_char_warning=False, unknown_char_policy="keep"))


def _from_latex(text: str) -> str:
    from pylatexenc.latex2text import LatexNodes2Text

    if any(mark in text for mark in "\\{$~`%'-"):
        text = str(LatexNodes2Text().latex_to_text(text)).replace("–", "-")
    return plain(text)

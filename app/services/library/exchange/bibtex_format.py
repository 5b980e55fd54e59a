"""BibTeX, by way of bibtexparser; LaTeX accents become letters and back."""

# The libraries this is built on tell no types.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportPrivateImportUsage=false

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from typing import Any

from app.services.language.file_dates import day_of, year_of
from app.services.library import names
from app.services.library.exchange.bibtex_values import (
    doubtful_names,
    evaluated,
    macros_of,
    names_of,
    split_list,
)
from app.services.library.exchange.markup import (
    TooMuchLatex,
    address,
    escaped_twice,
    from_latex,
    unknown_commands,
)
from app.services.library.exchange.pace import Pace
from app.services.library.exchange.reference import (
    Damaged,
    Draft,
    Imported,
    Read,
    Reference,
    Unread,
    Work,
    first_words,
    imported,
    note_lost,
    own_json,
    pages_of,
    plain,
    reference_of,
    words,
)
from app.services.library.identifiers import doi_of, pmid_in, pmid_of
from app.services.library.values import Entry

OWN = "imr-desk"

_KINDS = {Work.ARTICLE: "article", Work.CHAPTER: "incollection", Work.OTHER: "manual"}
_ARTICLES = ("article", "inproceedings", "conference", "periodical", "suppperiodical")
_CHAPTERS = ("incollection", "inbook", "suppbook", "suppcollection", "inreference")

# field of the reference: the names it has in files, the one we write first
_NAMES: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "year": ("year", "date"),
    "journal": ("journal", "journaltitle", "booktitle", "shortjournal"),
    "volume": ("volume",),
    "issue": ("number", "issue"),
    "publisher": ("publisher", "institution", "organization", "school"),
    "edition_statement": ("edition",),
    "chapter": ("chapter",),
}
_TAKEN = {
    *(name for known in _NAMES.values() for name in known),
    *("author", "editor", "pages", "doi", "pmid", "url", "note", "keywords", "subtitle"),
    *("month", "type", "howpublished", "eprint", "eprinttype", "shorttitle", "crossref"),
}
_SHOWN = (*(name for known in _NAMES.values() for name in known),
          "author", "editor", "pages", "subtitle", "note", "keywords")  # fmt: skip
_SHOWN_AS = {"author": "authors", "editor": "editors"}
_HOUSEKEEPING = re.compile(
    r"file|owner|timestamp|creationdate|modificationdate|groups|mendeley-.*|bdsk-.*|date-.*|"
    r"urldate|__.*|ids|langid|language|copyright|qualityassured|priority|readstatus|"
    r"usera|sortname|xdata|options|day|biburl|bibsource|added-at|intrahash|interhash|keyword"
)
_LABELS = {"issn": "ISSN", "isbn": "ISBN", "address": "place", "location": "place"}
# EndNote writes no key where the entry has no label
_WITHOUT_KEY = re.compile(
    r"(@(?!(?:string|comment|preamble)\b)\w+[ \t]*[{(])(?=\s*[\w-]+\s*=)", re.IGNORECASE
)


def write_bibtex(entries: Iterable[Entry]) -> str:
    import bibtexparser
    from bibtexparser.model import Entry as Block
    from bibtexparser.model import Field

    library = bibtexparser.Library()
    for number, entry in enumerate(entries, start=1):
        reference = reference_of(entry)
        fields = [Field(name, "{" + text + "}") for name, text in _fields(reference).items()]
        fields.append(Field(OWN, "{" + own_json(entry) + "}"))
        library.add(Block(_KINDS[reference.work], f"entry{number}", fields))
    return bibtexparser.write_string(library, unparse_stack=[])


def _fields(reference: Reference) -> dict[str, str]:
    fields = {known[0]: _to_latex(getattr(reference, field)) for field, known in _NAMES.items()}
    if reference.work is Work.CHAPTER:
        fields["booktitle"] = fields.pop("journal")
    fields["pages"] = _to_latex(reference.pages)
    fields["author"] = " and ".join(map(_name_in_latex, reference.authors))
    fields["editor"] = " and ".join(map(_name_in_latex, reference.editors))
    fields["keywords"] = ", ".join(_to_latex(word) for word in reference.keywords)
    fields["note"] = _to_latex(reference.note)
    fields["date"] = reference.published.isoformat() if reference.published else ""
    for name in ("doi", "pmid", "url"):
        fields[name] = getattr(reference, name).replace("{", "%7B").replace("}", "%7D")
    return {name: text for name, text in fields.items() if text}


def _name_in_latex(author: str) -> str:
    if names.is_others(author):
        return "others"
    name = names.split(author)
    if name.organisation:
        return "{" + _to_latex(name.family) + "}"
    return ", ".join(_to_latex(p) for p in (name.family, name.suffix, name.given) if p)


def read_bibtex(text: str, pace: Pace) -> Read:
    """The entries of a file and the blocks that are none."""
    import bibtexparser
    from bibtexparser.splitter import Splitter

    # it would write whole blocks of the file into the log
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    library: bibtexparser.Library = Splitter(_WITHOUT_KEY.sub(r"\1entry,", text)).split()
    found: list[Imported] = []
    unread: list[Unread] = []
    blocks: list[Any] = [getattr(b, "ignore_error_block", b) or b for b in library.blocks]
    macros = macros_of(blocks)
    parents = {
        block.key.lower(): _handed_on(block, macros)
        for block in pace.through(reversed(blocks))
        if hasattr(block, "fields_dict")
    }
    for block in pace.through(blocks):
        line = (block.start_line or 0) + 1
        try:
            if hasattr(block, "fields_dict"):
                found.append(_entry(block, macros, parents, line))
            elif hasattr(block, "error"):
                raise Damaged(_reason(block))
        except RecursionError:
            unread.append(_unread(block, line, "a field is nested too deeply"))
        except TooMuchLatex:
            reason = "a field holds more LaTeX than the words of any publication"
            unread.append(_unread(block, line, reason))
        except Damaged as error:
            unread.append(_unread(block, line, error.reason))
    return found, unread


def _handed_on(block: Any, macros: dict[str, str]) -> dict[str, str]:
    """What an entry hands on to those that refer to it; nothing where it is damaged itself."""
    try:
        return _evaluated_fields(block, macros, [])
    except Damaged:
        return {}


def _unread(block: Any, line: int, reason: str) -> Unread:
    return Unread(line=line, reason=reason, words=first_words(str(block.raw or "")))


def _reason(block: Any) -> str:
    """Why a block could not be read, in words of its user."""
    why = str(getattr(block.error, "abort_reason", block.error))
    if "comma after entry key" in why or "Expected a `=`" in why:
        return "a comma or an equals sign is missing in the entry"
    if "Unexpected block start" in why or "end of file" in why:
        return "a brace or quote of the entry is never closed"
    return "the entry is not proper BibTeX"


def _entry(
    block: Any, macros: dict[str, str], parents: dict[str, dict[str, str]], line: int
) -> Imported:
    remarks: list[str] = []
    values = _evaluated_fields(block, macros, remarks)
    twice = {field.key.lower() for field in block.fields}
    if len(twice) < len(block.fields):
        remarks.append("A field stands twice in the entry; the first one was read.")
    named = values.get("crossref", "").strip().lower()  # entries without a key are no one's parent
    parent = parents.get(named, {}) if named else {}
    own = values.pop(OWN, None)
    draft = _draft(_inheriting(values, parent), block.entry_type)
    draft.remarks[:0] = remarks
    return imported(draft, own, line, _seen)


def _evaluated_fields(block: Any, macros: dict[str, str], remarks: list[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for field in block.fields:
        name = field.key.lower()
        if name not in values or not values[name]:
            values[name] = evaluated(str(field.value), macros, remarks)
    return values


def _inheriting(values: dict[str, str], parent: dict[str, str]) -> dict[str, str]:
    """The fields of an entry with those of the one it refers to; a book's title is its own."""
    if not parent:
        return values
    handed = {name: text for name, text in parent.items() if name not in (OWN, "author", "pages")}
    title = handed.pop("title", "")
    if title and not values.get("booktitle"):
        handed["booktitle"] = title
    return {**handed, **{name: text for name, text in values.items() if text}}


def _draft(values: dict[str, str], kind: str) -> Draft:
    def one(*known: str) -> str:
        return next((text for name in known if (text := _words(values.get(name, "")))), "")

    kind = kind.lower()
    texts = {field: one(*known) for field, known in _NAMES.items()}
    if kind in _CHAPTERS:
        texts["journal"] = one("booktitle", "journal", "journaltitle")
        if not texts["title"]:
            texts["title"], texts["journal"] = texts["journal"], ""
    if subtitle := one("subtitle"):
        texts["title"] = f"{texts['title']}: {subtitle}"
    note, eprint = one("note"), one("eprint")
    is_pubmed = one("eprinttype").lower() in ("pubmed", "pmid")
    url = address(values.get("url", "")) or _address_in(values.get("howpublished", ""))
    reference = Reference(
        work=_work(kind, texts),
        **{**texts, "year": year_of(texts["year"])},
        published=day_of(one("date")),
        authors=names_of(values.get("author", "")),
        editors=names_of(values.get("editor", "")),
        pages=pages_of(one("pages")),
        doi=doi_of(address(values.get("doi", ""))),
        pmid=pmid_of(one("pmid")) or (pmid_of(eprint) if is_pubmed else "") or pmid_in(note),
        url=url,
        note=note,
        keywords=tuple(map(_words, split_list(values.get("keywords", "")))),
    )
    left = [
        _LABELS.get(name, name)
        for name, text in values.items()
        if text.strip() and name not in _TAKEN and not _HOUSEKEEPING.fullmatch(name)
    ]
    draft = Draft(reference=reference, left_out=left, remarks=_unknown(values))
    for people in ("author", "editor"):
        draft.remarks.extend(doubtful_names(values.get(people, "")))
    note_lost(draft.remarks, one("doi"), reference.doi)
    return draft


def _unknown(values: dict[str, str]) -> list[str]:
    """What of the LaTeX of an entry was read with doubt."""
    shown = {name: text for name in _SHOWN if "\\" in (text := values.get(name, ""))}
    unknown = dict.fromkeys(name for text in shown.values() for name in unknown_commands(text))
    return [
        f"The LaTeX command “\\{name}” is not known; where it stood, a sign may be missing."
        for name in unknown
    ] + [
        f"In the {_SHOWN_AS.get(name, name)}, LaTeX stood within LaTeX; it was read twice."
        for name, text in shown.items()
        if escaped_twice(text)
    ]


def _work(kind: str, texts: dict[str, str]) -> Work:
    if kind in _ARTICLES:
        return Work.ARTICLE
    if kind in _CHAPTERS:
        return Work.CHAPTER if texts["journal"] else Work.OTHER
    if kind in ("misc", "unpublished", "online") and texts["journal"] and not texts["publisher"]:
        return Work.ARTICLE
    return Work.OTHER


def _address_in(text: str) -> str:
    bare = address(text)
    return bare if bare.startswith(("http://", "https://")) else ""


def _words(text: str) -> str:
    return words(from_latex(text))


def _seen(reference: Reference) -> Reference:
    return _draft(_fields(reference), _KINDS[reference.work]).reference


def _to_latex(text: str) -> str:
    from pylatexenc.latexencode import unicode_to_latex

    return plain(
        str(unicode_to_latex(text, unknown_char_warning=False, unknown_char_policy="keep"))
    )

"""RIS: files of tagged lines. Rispy writes; its kin is read in `kin_formats`."""

# The libraries this is built on tell no types.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from app.services.language.file_dates import day_of, year_of
from app.services.library import names
from app.services.library.exchange.markup import address
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
    reference_of,
    words,
)
from app.services.library.exchange.tagged_records import Record, Syntax, Tags, read_records
from app.services.library.identifiers import doi_of, pmid_in, pmid_of
from app.services.library.values import Entry

OWN = "C8"
"""One of the eight tags the format leaves to each program."""

_MARK = "imr-desk:"
_TELLING = frozenset({"TI", "T1", "AU", "A1"})
_LISTS = frozenset({"KW", "AU", "A1", "A2", "A3", "A4", "ED", "UR", "N1"})
_SYNTAX = Syntax(
    tag=re.compile(r"^\s?([A-Z][A-Z0-9])  -(?: |$)(.*)"),
    start="TY",
    end="ER",
    telling=_TELLING,
    lists=_LISTS,
)
_CARELESS = Syntax(
    tag=re.compile(r"^\s*([A-Z][A-Z0-9])\s*-(?:\s|$)(.*)"),
    start="TY",
    end="ER",
    telling=_TELLING,
    lists=_LISTS,
)
"""Some programs write one space where the format asks for two."""
_AS_ASKED = re.compile(r"^\s?TY  -", re.MULTILINE)
_TAGS_AS_ASKED = re.compile(r"(?:^|[\r\n])\s*TY\s*-")
_TAG_IN_SMALL = re.compile(r"(?:^|(?<=[\r\n]))[ \t]*[a-z][a-z0-9](?=\s*-(?:\s|$))")
_KINDS = {Work.ARTICLE: "JOUR", Work.CHAPTER: "CHAP", Work.OTHER: "GEN"}
_ARTICLES = ("JOUR", "EJOUR", "JFULL", "MGZN", "INPR", "ABST", "CPAPER", "CONF")
_CHAPTERS = ("CHAP", "ECHAP", "SECT")
_BOOKS = ("BOOK", "EBOOK", "EDBOOK", "RPRT", "GOVDOC", "THES", "STAND", "PAMP", "SER", "CTLG")
_TAKEN = {
    *("TY", "TI", "T1", "T2", "T3", "CT", "BT", "ST", "JO", "JF", "JA", "J1", "J2", "AU", "A1"),
    *("A2", "A3", "ED", "PY", "Y1", "DA", "VL", "IS", "CP", "SP", "EP", "PB", "ET", "SE", "DO"),
    *("M3", "C2", "C8", "UR", "LK", "L2", "N1", "KW", "AN", "DI"),
}
_HOUSEKEEPING = {"ID", "DP", "DB", "L1", "L3", "L4", "LA", "Y2", "ER", "RP", "AD"}
_LABELS = {"CY": "place", "AB": "abstract", "N2": "abstract", "SN": "ISSN", "T2": "series"}


def write_ris(entries: Iterable[Entry]) -> str:
    import rispy

    records: list[dict[str, Any]] = []
    for entry in entries:
        record = {**_record(reference_of(entry)), OWN: [_MARK + own_json(entry)]}
        records.append({_written_as(tag): texts for tag, texts in record.items()})
    tags = {tag.upper() for record in records for tag in record if len(tag) == 2}
    return rispy.dumps(
        records,
        mapping={tag: _written_as(tag) for tag in (*tags, "TY", "ER", "UK")},
        list_tags=sorted(tags),
        delimiter_tags_mapping={},
    )


def _written_as(tag: str) -> str:
    """The name rispy's writer knows a tag by; of all but the first the tag itself."""
    return "type_of_reference" if tag == "TY" else tag.lower()


def _record(reference: Reference) -> dict[str, Any]:
    first, dash, last = reference.pages.partition("-")
    record: dict[str, Any] = {
        "TI": [reference.title],
        "AU": list(map(_written_name, reference.authors)),
        "A2" if reference.work is Work.CHAPTER else "A3": list(
            map(_written_name, reference.editors)
        ),
        "T2": [reference.journal],
        "PY": [reference.year],
        "DA": [reference.published.isoformat().replace("-", "/") if reference.published else ""],
        "VL": [reference.volume],
        "IS": [reference.issue],
        "SP": [first.strip()],
        "EP": [last.strip() if dash else ""],
        "PB": [reference.publisher],
        "ET": [reference.edition_statement],
        "SE": [reference.chapter],
        "DO": [reference.doi],
        "C2": [reference.pmid],
        "UR": [reference.url],
        "N1": [reference.note],
        "KW": list(reference.keywords),
    }
    filled = {tag: [text for text in texts if text] for tag, texts in record.items()}
    kept = {tag: texts for tag, texts in filled.items() if texts}
    return {"TY": _KINDS[reference.work], **kept}


def _written_name(author: str) -> str:
    """`Family, Given, Suffix`; an organisation ends in a comma where it has one inside."""
    name = names.split(author)
    if not name.organisation:
        return ", ".join(part for part in (name.family, name.given, name.suffix) if part)
    return f"{name.family}," if "," in name.family else name.family


def read_ris(text: str, pace: Pace) -> Read:
    """The entries of a file, and what of it is none."""
    if not _TAGS_AS_ASKED.search(text):
        text = _TAG_IN_SMALL.sub(lambda match: match[0].upper(), text)
    syntax = _SYNTAX if _AS_ASKED.search(text.replace("\r", "\n")) else _CARELESS
    return read_tagged(*read_records(text, syntax), pace)


def read_tagged(records: list[Record], unread: list[Unread], pace: Pace) -> Read:
    """The entries of records whose tags are those of RIS."""
    found: list[Imported] = []
    for record in pace.through(records):
        own = " ".join(record.tags.get(OWN, ()))
        whole = own.removeprefix(_MARK) if own.startswith(_MARK) else None
        draft = draft_of(record.tags)
        if not record.ended:
            draft.remarks.append("The entry has no end (ER); it was read up to the next one.")
        try:
            found.append(imported(draft, whole, record.line, _seen))
        except Damaged as error:
            told = first_words(" ".join(text for texts in record.tags.values() for text in texts))
            unread.append(Unread(line=record.line, reason=error.reason, words=told))
    return found, unread


def draft_of(tags: Tags) -> Draft:
    """What the tags of RIS say."""

    def one(*wanted: str) -> str:
        return _first(tags, *wanted)

    def every(*wanted: str) -> tuple[str, ...]:
        lists = [tuple(map(_name, _one_by_one(tags.get(tag, ())))) for tag in wanted]
        return names.in_order([name for people in dict.fromkeys(lists) for name in people])

    kind = one("TY").upper()
    titles, editor = _titles(tags, kind), one("ED")
    journal = titles[1]
    bookish = kind in (*_BOOKS, *_CHAPTERS)
    editors = every("A2", "A3", "ED") if bookish or kind == "GEN" else every("A2", "ED")
    work = _work(kind, journal)
    edition = one("ET") if day_of(one("ET")) is None else ""
    if editor and not any(mark.isalpha() for mark in editor.replace("nd", "").replace("th", "")):
        edition, editors = edition or editor, every("A2", "A3")
    dates = [one(tag) for tag in ("PY", "Y1", "DA")]
    note, number = words(" ".join(tags.get("N1", ()))), one("C2")
    reference = Reference(
        work=work,
        title=titles[0],
        authors=every("AU", "A1"),
        editors=editors,
        year=next((year_of(text) for text in dates if text), ""),
        published=next((day for text in reversed(dates) if (day := day_of(text))), None),
        journal=journal,
        volume=one("VL"),
        issue=one("IS", "CP"),
        pages=pages_of(one("SP"), one("EP")),
        publisher=one("PB"),
        edition_statement=edition,
        chapter="" if work is Work.ARTICLE else one("SE"),  # there it is the first page
        doi=doi_of(address(one("DO", "DI"))) or _doi_elsewhere(tags),
        pmid=pmid_of(number) or pmid_in(note) or _accession(tags),
        url=next((address(text) for tag in ("UR", "LK", "L2") for text in tags.get(tag, ())), ""),
        note=note,
        keywords=tuple(dict.fromkeys(filter(None, map(words, tags.get("KW", ()))))),
    )
    left = [
        _LABELS.get(tag, tag) for tag in tags if tags[tag] and tag not in _TAKEN | _HOUSEKEEPING
    ]
    if kind in _BOOKS and tags.get("T2") and reference.title != one("T2"):
        left.append(_LABELS["T2"])
    draft = Draft(reference=reference, left_out=left)
    note_lost(draft.remarks, one("DO", "DI"), reference.doi)
    return draft


def _first(tags: Tags, *wanted: str) -> str:
    """The words of the first of these tags that says any; what a tag says again is left."""
    every = (words(text) for tag in wanted for text in tags.get(tag, ()))
    return next((text for text in every if text), "")


def _titles(tags: Tags, kind: str) -> tuple[str, str]:
    """The title of the work, and of the journal or book it stands in."""
    title = _first(tags, "TI", "T1", "CT")
    if not title:
        title = _first(tags, "BT", "T2") if kind in _BOOKS else _first(tags, "BT")
        return title or _first(tags, "ST"), ""
    if kind in _BOOKS:
        return title, ""
    return title, _first(tags, "T2", "JF", "JO", "BT", "JA", "J2", "J1", "T3")


def _work(kind: str, journal: str) -> Work:
    if kind in _ARTICLES:
        return Work.ARTICLE
    if kind in _CHAPTERS:
        return Work.CHAPTER if journal else Work.OTHER
    return Work.OTHER


def _accession(tags: Tags) -> str:
    """The accession number, where the database it counts in is PubMed."""
    number = " ".join(tags.get("AN", ()))
    database = " ".join((*tags.get("DP", ()), *tags.get("DB", ()))).lower()
    if any(name in database for name in ("nlm", "pubmed", "medline")):
        return pmid_of(number)
    return pmid_in(number)


def _doi_elsewhere(tags: Tags) -> str:
    """A DOI where programs put it that have no tag for it: among the types, in the address."""
    for tag in ("M3", "UR", "L2", "LK"):
        for text in tags.get(tag, ()):
            if "doi" in text.lower() or text.startswith("10."):
                return doi_of(address(text))
    return ""


def _one_by_one(people: Sequence[str]) -> list[str]:
    """The names of a tag; some programs put all of them into one line."""
    found: list[str] = []
    for text in people:
        for one in (piece.strip() for piece in words(text).split(";") if piece.strip(" ,")):
            several = not one.endswith(",") and not names.is_organisation(one)
            found += names.parted(one) if several else [one]
    return found


def _name(text: str) -> str:
    """A name of a tag as the library keeps it; one without a comma is an organisation's."""
    text = words(text)
    if names.is_others(text):
        return names.OTHERS
    return names.kept(names.split(text)) if "," in text else text


def _seen(reference: Reference) -> Reference:
    return draft_of(
        {
            tag: [texts] if isinstance(texts, str) else texts
            for tag, texts in _record(reference).items()
        }
    ).reference

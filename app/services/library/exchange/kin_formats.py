"""The kin of RIS: the tagged lines of EndNote, PubMed, Web of Science and RefWorks.

Each is read as RIS is, with the tag of RIS that says the same in the place of its own.
"""

from __future__ import annotations

import re

from app.services.library.exchange.pace import Pace
from app.services.library.exchange.reference import Read
from app.services.library.exchange.ris_format import read_tagged
from app.services.library.exchange.tagged_records import Record, Syntax, Tags, read_records

_ENDNOTE = Syntax(
    tag=re.compile(r"^(%[0-9A-Z!@#$&()*+=<>?\[\]^~:;'\"|/-])(?: |$)(.*)"),
    start="%0",
    end=None,
    telling=frozenset({"%T", "%A"}),
    lists=frozenset({"%K"}),
)
_OF_ENDNOTE = {
    "%T": "TI", "%A": "AU", "%E": "A2", "%Y": "A3", "%D": "PY", "%V": "VL", "%N": "IS", "%P": "SP",
    "%I": "PB", "%7": "ET", "%R": "DO", "%U": "UR", "%K": "KW", "%Z": "N1", "%J": "JF", "%B": "T2",
    "%&": "SE", "%M": "C2",
}  # fmt: skip
ENDNOTE_KINDS = {
    "journal article": "JOUR", "electronic article": "EJOUR", "magazine article": "MGZN",
    "newspaper article": "NEWS", "book section": "CHAP", "book": "BOOK", "edited book": "BOOK",
    "report": "RPRT", "conference proceedings": "CPAPER", "conference paper": "CPAPER",
    "thesis": "THES", "electronic book": "EBOOK", "government document": "GOVDOC",
}  # fmt: skip
_ENDNOTE_IDLE = {
    "%0",
    "%8",
    "%!",
    "%@",
    "%X",
    "%G",
    "%>",
    "%+",
    "%F",
    "%W",
    "%1",
    "%2",
    "%3",
    "%[",
    "%C",
    "%L",
}

_PUBMED = Syntax(
    tag=re.compile(r"^([A-Z]{2,4}) *- (.*)"),
    start="PMID",
    end=None,
    telling=frozenset({"TI", "FAU"}),
)
_OF_PUBMED = {
    "TI": "TI", "BTI": "BT", "TA": "J2", "JT": "JF", "VI": "VL", "IP": "IS", "PG": "SP",
    "FED": "A2", "PB": "PB", "MH": "KW", "OT": "KW", "PMID": "C2",
}  # fmt: skip


def read_endnote(text: str, pace: Pace) -> Read:
    """A file of EndNote's own tags (`%A`, `%T`)."""
    records, unread = read_records(text, _ENDNOTE)
    return read_tagged(
        [_retagged(record, _from_endnote(record.tags)) for record in records], unread, pace
    )


def _from_endnote(tags: Tags) -> Tags:
    kind = " ".join(tags.get("%0", ())).lower()
    renamed: Tags = {"TY": [ENDNOTE_KINDS.get(kind, "GEN")]}
    for tag, texts in tags.items():
        if tag in _OF_ENDNOTE:
            renamed.setdefault(_OF_ENDNOTE[tag], []).extend(texts)
        elif tag not in _ENDNOTE_IDLE:
            renamed[tag] = texts
    return renamed


def read_pubmed(text: str, pace: Pace) -> Read:
    """A file as PubMed sends it to reference managers."""
    records, unread = read_records(text, _PUBMED)
    return read_tagged(
        [_retagged(record, _from_pubmed(record)) for record in records], unread, pace
    )


def _from_pubmed(record: Record) -> Tags:
    tags = record.tags
    renamed: Tags = {"TY": ["BOOK" if "BTI" in tags and "TI" not in tags else "JOUR"]}
    for tag, texts in tags.items():
        if tag in _OF_PUBMED:
            renamed.setdefault(_OF_PUBMED[tag], []).extend(texts)
    people = ("FAU" if "FAU" in tags else "AU", "CN")
    renamed["AU"] = [text for tag, text in record.values if tag in people]
    renamed["TI"] = [text.removesuffix(".") for text in renamed.get("TI", [])]
    renamed["PY"] = tags.get("DP", [])
    for text in (*tags.get("LID", ()), *tags.get("AID", ())):
        if text.endswith("[doi]"):
            renamed["DO"] = [text.removesuffix("[doi]").strip()]
            break
    return renamed


def _retagged(record: Record, tags: Tags) -> Record:
    return Record(line=record.line, tags=tags, ended=record.ended)


_SCIENCE = Syntax(
    tag=re.compile(r"^(?:\ufeff)?([A-Z][A-Z0-9])(?: |$)(.*)"),
    start="PT",
    end="ER",
    telling=frozenset({"TI", "AU"}),
    lists=frozenset({"AU", "AF", "BE", "BF", "ED", "CA"}),
)
_OF_SCIENCE = {
    "TI": "TI", "SO": "T2", "J9": "J2", "JI": "JA", "PY": "PY", "VL": "VL", "IS": "IS", "BP": "SP",
    "EP": "EP", "DI": "DO", "PM": "C2", "PU": "PB", "DE": "KW", "BE": "A2", "ED": "A2",
}  # fmt: skip
_SCIENCE_KINDS = {"J": "JOUR", "B": "BOOK", "S": "CHAP", "P": "GEN"}

_REFWORKS = Syntax(
    tag=re.compile(r"^([A-Z][A-Z0-9])(?: |$)(.*)"),
    start="RT",
    end=None,
    telling=frozenset({"T1", "A1"}),
    lists=frozenset({"A1", "A2", "K1"}),
)
_OF_REFWORKS = {
    "T1": "TI", "A1": "AU", "A2": "A2", "JF": "JF", "JO": "J2", "T2": "T2", "YR": "PY", "VO": "VL",
    "IS": "IS", "SP": "SP", "OP": "EP", "PB": "PB", "ED": "ET", "DO": "DO", "K1": "KW", "NO": "N1",
    "UL": "UR", "LK": "UR",
}  # fmt: skip
_REFWORKS_KINDS = {
    "journal": "JOUR", "journal article": "JOUR", "book, whole": "BOOK", "book, edited": "BOOK",
    "book, section": "CHAP", "report": "RPRT", "conference proceedings": "CPAPER",
}  # fmt: skip


def read_science(text: str, pace: Pace) -> Read:
    """A file of Web of Science, as it is sent as plain text."""
    records, unread = read_records(text, _SCIENCE)
    return read_tagged([_retagged(one, _from_science(one.tags)) for one in records], unread, pace)


def _from_science(tags: Tags) -> Tags:
    renamed = _renamed(tags, _OF_SCIENCE)
    kind = " ".join(tags.get("PT", ())).strip()
    renamed["TY"] = [_SCIENCE_KINDS.get(kind, "GEN")]
    renamed["AU"] = [*(tags.get("AF") or tags.get("AU", [])), *tags.get("CA", [])]
    renamed.setdefault("SP", tags.get("AR", []))
    return renamed


def read_refworks(text: str, pace: Pace) -> Read:
    """A file of RefWorks' own tags."""
    records, unread = read_records(text, _REFWORKS)
    return read_tagged([_retagged(one, _from_refworks(one.tags)) for one in records], unread, pace)


def _from_refworks(tags: Tags) -> Tags:
    kind = " ".join(tags.get("RT", ())).strip().lower()
    named = "JOUR" if tags.get("JF") and tags.get("VO") else "GEN"
    return {**_renamed(tags, _OF_REFWORKS), "TY": [_REFWORKS_KINDS.get(kind, named)]}


def _renamed(tags: Tags, names: dict[str, str]) -> Tags:
    renamed: Tags = {}
    for tag, texts in tags.items():
        if tag in names:
            renamed.setdefault(names[tag], []).extend(texts)
    return renamed

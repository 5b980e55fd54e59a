"""The XML in which EndNote exports a library: as it does since version 8, and as it did before.

A file is parted into its records before any of it is read as XML: a damaged one costs itself alone,
and what a document may declare (types, entities, other files) is never looked at. A record is taken
as the tags of RIS that say the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import ParseError, XMLParser

from app.errors import UserError
from app.services.library.exchange.kin_formats import ENDNOTE_KINDS
from app.services.library.exchange.pace import Pace
from app.services.library.exchange.reference import Damaged, Read, Unread, first_words, plain
from app.services.library.exchange.ris_format import read_tagged
from app.services.library.exchange.tagged_records import Record, Tags

SIGN = re.compile(
    r"\A\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--(?:(?!-->).){0,2000}-->\s*)*<(?:xml|records)[\s>]",
    re.DOTALL | re.IGNORECASE,
)
_RECORD = re.compile(r"<record(?:\s[^<>]{0,400})?>", re.IGNORECASE)
_END = re.compile(r"</record\s*>", re.IGNORECASE)
_NO_TEXT = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|&#(?:x0*[0-8bcef]|x0*1[0-9a-f]|0*[0-8]);"
)
_BARE_AND = re.compile(r"&(?!(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);)")
_TAGS = re.compile(r"<[^<>]*>")
_DEEPEST = 30

_OF_ENDNOTE = {
    "titles/title": "TI", "titles/secondary-title": "T2", "titles/tertiary-title": "T3",
    "titles/alt-title": "J1", "titles/short-title": "ST", "periodical/full-title": "JF",
    "periodical/abbr-1": "JA", "alt-periodical/full-title": "J1", "alt-periodical/abbr-1": "J1",
    "authors/author": "AU", "secondary-authors/author": "A2", "tertiary-authors/author": "A3",
    "secondary-title": "T2", "tertiary-title": "T3", "pages": "SP", "volume": "VL", "number": "IS", "section": "SE", "edition": "ET",
    "dates/year": "PY", "publisher": "PB", "pub-location": "CY", "isbn": "SN",
    "accession-num": "AN", "electronic-resource-num": "DO", "remote-database-name": "DB",
    "remote-database-provider": "DP", "abstract": "AB", "notes": "N1", "keywords/keyword": "KW",
    "related-urls/url": "UR", "web-urls/url": "UR", "urls/url": "UR", "language": "LA",
}  # fmt: skip
_BEFORE_8 = {
    "title": "TI", "secondary-authors/secondary-author": "A2",
    "tertiary-authors/tertiary-author": "A3", "alternate-title": "J1", "short-title": "ST",
    "place-published": "CY", "year": "PY", "url": "UR", "accession-number": "AN",
    "subsidiary-authors/subsidiary-author": "A4",
}  # fmt: skip
"""What a record of the old form calls otherwise; its tags are in capitals, `SECONDARY_TITLE`."""
_IDLE = re.compile(
    r"database|source-app|rec-number|key|ref-type|date|url|auth-address|label|access-date|"
    r"modified-date|reference-type|refnum|call-number|original-pub|author-address|custom\d|orig-pub|reprint-status|month|abbr-\d|image|caption"
)
_PLURALS = frozenset(
    ("titles", "authors", "secondary-authors", "tertiary-authors", "subsidiary-authors",
     "periodical", "alt-periodical", "dates", "keywords", "related-urls", "web-urls", "urls")
)  # fmt: skip
_INLINE = frozenset(("style", "i", "b", "u", "em", "strong", "sub", "sup", "span"))
_NUMBERS = {
    "17": "JOUR", "43": "EJOUR", "19": "MGZN", "23": "NEWS", "5": "CHAP", "6": "BOOK", "28": "BOOK",
    "44": "EBOOK", "60": "CHAP", "27": "RPRT", "10": "CPAPER", "47": "CPAPER", "32": "THES",
    "46": "GOVDOC",
}  # fmt: skip
"""EndNote's own numbers of kinds of works: their names can be changed by who uses it."""
_NUMBERS_BEFORE_8 = {
    "0": "JOUR", "1": "BOOK", "2": "THES", "3": "CPAPER", "5": "NEWS", "7": "CHAP", "8": "MGZN",
    "9": "BOOK", "10": "RPRT", "16": "ELEC",
}  # fmt: skip


def read_endnote_xml(text: str, pace: Pace) -> Read:
    """The records of a file, and those that are damaged. Raises UserError for other XML."""
    records: list[Record] = []
    unread: list[Unread] = []
    found = False
    for line, piece in pace.through(_pieces(text)):
        found = True
        try:
            records.append(Record(line=line, tags=_tags(piece)))
        except Damaged as error:
            words = first_words(_TAGS.sub(" ", piece))
            unread.append(Unread(line=line, reason=error.reason, words=words))
    if not found:
        raise UserError(
            "The file is XML, but not as EndNote exports references.",
            "Export the references again as RIS, BibTeX or CSL JSON: every reference manager"
            " offers one of them.",
        )
    return read_tagged(records, unread, pace)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Each record with the line it begins in: to its end, or to where the next one begins."""
    line = counted = 0
    match = _RECORD.search(text)
    while match is not None:
        following = _RECORD.search(text, match.end())
        limit = following.start() if following else len(text)
        end = _END.search(text, match.end(), limit)
        line += text.count("\n", counted, match.start())
        counted = match.start()
        yield line + 1, text[match.start() : end.end() if end else limit]
        match = following


def _tags(piece: str) -> Tags:
    fields = _Fields()
    parser = XMLParser(target=fields)
    try:
        parser.feed(_BARE_AND.sub("&amp;", _NO_TEXT.sub(" ", piece)))
        parser.close()
    except ParseError as error:
        raise Damaged("the XML of the entry is damaged") from error
    tags = {tag: texts for tag, texts in fields.tags.items() if texts}
    if fields.before_8:
        tags["TY"] = [_NUMBERS_BEFORE_8.get(fields.number, "GEN")]
    else:
        kind = ENDNOTE_KINDS.get(fields.kind.lower())
        tags["TY"] = [kind or _NUMBERS.get(fields.number, "GEN")]
    return tags


def _values(tag: str, text: str) -> list[str]:
    if tag == "KW":
        return [part.strip() for part in text.split(";") if part.strip()]
    if tag == "UR":
        # Web of Science leaves the name of its link, people what they wrote before an address
        return [] if text.startswith("&lt;Go") else [text[max(text.find("http"), 0) :]]
    return [text]


def _lowered(tag: str) -> str:
    return tag.lower().replace("_", "-") if tag.isupper() else tag


class _Fields:
    """What a record says, gathered while it is read: no tree is made of it."""

    def __init__(self) -> None:
        self.tags: Tags = {}
        self.kind, self.number = "", ""
        self.before_8 = False
        self._path: list[str] = []
        self._parts: list[str] = []
        self._raised = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.before_8 |= tag == "REFERENCE_TYPE"
        tag = _lowered(tag)
        if len(self._path) >= _DEEPEST:
            raise Damaged("the XML of the entry is nested too deeply")
        raised = tag == "sup" or (tag == "style" and attributes.get("face") == "superscript")
        if raised:
            self._parts.append("<sup>")
        elif tag not in _INLINE:
            self._parts.clear()
        if tag == "ref-type":
            self.kind = attributes.get("name", "")
        self._path.append(tag)
        self._raised = raised

    def data(self, text: str) -> None:
        self._parts.append(text.replace("<", "&lt;"))  # a tag written as words is none of ours

    def end(self, tag: str) -> None:
        tag = _lowered(tag)
        self._path.pop()
        if self._raised:
            self._parts.append("</sup>")
        self._raised = False
        if tag in _INLINE:
            return
        text = plain("".join(self._parts))
        self._parts.clear()
        if tag in ("ref-type", "reference-type"):
            self.number = text
        elif text:
            self._keep(tag, text)

    def _keep(self, tag: str, text: str) -> None:
        above = self._path[-1] if self._path else ""
        name = f"{above}/{tag}" if above in _PLURALS else tag
        known = _OF_ENDNOTE.get(name) or (_BEFORE_8.get(name) if self.before_8 else None)
        if known is not None:
            self.tags.setdefault(known, []).extend(_values(known, text))
        elif not _IDLE.fullmatch(tag):
            self.tags.setdefault(tag.replace("-", " "), []).append(text)

    def close(self) -> None:
        """Nothing is left to be done at the end."""

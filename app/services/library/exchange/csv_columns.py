"""The columns of other programs: Zotero, JabRef, EndNote, Mendeley, PubMed, Scopus and their like.

A column is known by its name, whatever its case and marks; what none of them means is left out,
and that is told.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import msgspec

from app.services.language.file_dates import Order, read_unsurely, year_in
from app.services.library import names
from app.services.library.exchange.markup import address
from app.services.library.exchange.reference import (
    Draft,
    Reference,
    Work,
    note_lost,
    pages_of,
    words,
)
from app.services.library.identifiers import doi_of, pmid_in, pmid_of

# field: the names of its columns, letters and digits alone, the surest first
_COLUMNS: dict[str, tuple[str, ...]] = {
    "title": ("title", "articletitle", "documenttitle", "primarytitle", "titleprimary",
              "originaltitle", "ti", "t1", "name", "papertitle", "booktitlemain", "reference",
              "titel", "titre", "titulo", "titolo"),
    "authors": ("authors", "author", "authornames", "firstauthors", "authorsprimary", "af", "au", "a1",
                "creators", "creator", "authorfullnames", "authorlist", "autoren", "autor",
                "verfasser", "auteurs", "auteur", "autores", "autori"),
    "editors": ("editors", "editor", "bookeditors", "secondaryauthors", "authorssecondary", "ed",
                "herausgeber", "hrsg", "editores"),
    "year": ("year", "publicationyear", "pubyear", "yearpublished", "py", "issued",
             "yearofpublication", "publishedyear", "jahr", "erscheinungsjahr", "annee", "ano", "anno"),
    "date": ("date", "publicationdate", "datepublished", "pubdate", "published", "coverdate",
             "publishedon", "datum", "erscheinungsdatum", "datedepublication", "fecha", "data"),
    "journal": ("journal", "publicationtitle", "journalbook", "sourcetitle", "journaltitle",
                "publicationname", "journalname", "containertitle", "periodical", "secondarytitle",
                "fulljournalname", "titleofsource", "sourcepublication", "so", "jf", "jo", "t2",
                "publication", "booktitle", "journalabbreviation", "abbreviatedsourcetitle", "ta", "alternatetitle3",
                "alternatetitle2", "alternatetitle1", "zeitschrift", "revue", "revista", "rivista",
                "periodique"),
    "source": ("source",),
    "volume": ("volume", "journalvolume", "vol", "vl", "vi", "band", "jahrgang", "volumen", "tome"),
    "issue": ("issue", "journalissue", "number", "issuenumber", "no", "is", "ip", "heft", "heftnummer", "nummer",
              "ausgabe", "numero", "fascicule"),
    "pages": ("pages", "page", "pagenumbers", "pagerange", "pp", "pg", "pagination",
              "seiten", "seite", "paginas", "pagine"),
    "first": ("pagestart", "startpage", "beginpage", "beginningpage", "firstpage", "sp", "bp"),
    "last": ("pageend", "endpage", "endingpage", "lastpage", "ep"),
    "article_number": ("artno", "articlenumber", "articleno", "elocation", "elocationid", "ar"),
    "publisher": ("publisher", "institution", "publishername", "pb", "organization", "organizations",
                  "verlag", "editeur", "editorial", "editore", "pu"),
    "edition_statement": ("edition", "editionstatement", "et"),
    "chapter": ("chapter", "chapternumber", "section"),
    "doi": ("doi", "itemdoi", "digitalobjectidentifier", "do", "di", "articledoi"),
    "pmid": ("pmid", "pubmedid", "pubmed", "medlinepmid", "pubmedpmid", "pm"),
    "url": ("url", "urls", "link", "weblink", "ur", "weburl", "fulltexturl", "websites"),
    "identifiers": ("identifiers",),
    "note": ("notes", "note", "n1", "annote", "comments", "notizen", "anmerkungen", "remarques", "notas"),
    "extra": ("extra",),
    "citation": ("citation",),
    "keywords": ("bodyparts", "keywords", "authorkeywords", "manualtags", "tags", "keyword", "kw",
                 "automatictags", "indexkeywords", "meshterms", "schlagworter", "stichworter", "motscles",
                 "palabrasclave", "de"),
    "kind": ("itemtype", "referencetype", "documenttype", "bibliographytype", "bibliographytypes",
             "publicationtype", "entrytype", "type", "typeofreference", "contenttype", "reftype", "ty", "dokumenttyp", "typ", "dt"),
}  # fmt: skip
_FIELD_OF = {name: field for field, known in _COLUMNS.items() for name in known}
_IDLE = re.compile(
    r"key|identifier|id|.*id|dateadded|datemodified|accessdate|fileattachments|linkattachments|"
    r"language|shorttitle|month|firstauthor|createdate|pmcid|citedby|"
    r"numpages|pagecount|librarycatalog|rights|eid|openaccess|publicationstage|included|record.*|"
    r"citationkey|created|lastmodified|read|starred|fileattached|profileid|label.*|archive.*|callnumber|custom\d|.*search.*|file|owner|timestamp|groups"
)
_ARTICLES = re.compile(
    r"journal|article|review|letter|editorial|preprint|conferencepaper|proceedings|inproceedings|"
    r"magazine|metaanalysis|trial|jour|^7$"
)
_BOOKS = re.compile(
    r"book|report|thesis|manual|web|standard|statute|legal|guideline|^(?:1|13|9|10)$"
)
_CHAPTERS = re.compile(r"section|chap|inbook|incollection|^5$")
# `J Pain. 2011 Sep;21(3):322-31.` as PubMed, `J Pain (2011) 21:3 (322-331)` as Embase tell it
_CITED = re.compile(
    r"(?P<year>\d{4})[^;:.]{0,20};(?P<volume>[\w ]+)?"
    r"(?:\((?P<issue>[^)]*)\))?:(?P<pages>[\w-]+)"
)
_INDEXED = re.compile(
    r"(?P<journal>.+?) \((?P<year>\d{4})\)(?: (?P<volume>[\w-]+))?"
    r"(?::(?P<issue>[\w ,.-]+?))?(?: Article Number: \S+)?(?: \((?P<pages>[\w-]+)\))?[. ].{0,80}"
)
_TWO_IN_ONE = re.compile(r"[A-Z]\S+ \S+, [^\s.]{2,} [^\s.]{2,}")
# `doi:10.1000/x; pmid:1`, `{'doi': '10.1000/x'}`
_PAIR = re.compile(r"(?i)[\"']?\b(doi|pmid)\b[\"']?\s*[:=]\s*[\"']?([^\s\"';,}]+)")
_RECORD = re.compile(r"\{[^{}]*\b(?:last_name|family)\b[^{}]*\}")
_FIELD = re.compile(r"([\"'])(\w+)\1\s*:\s*([\"'])(.*?)\3(?=\s*[,}])")
_TITLE = re.compile(
    r"^(?!.*(?:journal|book|series|short|abbrev|publication)).*(?:title|titel|titre|titulo)"
)
_RUN_TOGETHER = re.compile(r"[^\W\dA-Z_]{3}[A-Z][^\W\dA-Z_]")
_DECIMAL = re.compile(r"\d+[.,]0{1,2}")
_LETTERS = re.compile(r"[^a-z0-9]")


def columns_of(head: Sequence[str], by_part: bool = False) -> list[str] | None:
    """The field each column is read as, `-` for one that is left out without a word, "" for one
    that is told to be; None where none is a title, or, `by_part`, called by a name with that in it.
    """
    plain_names = [_plain(name) for name in head]
    fields = [_FIELD_OF.get(name, "-" if _IDLE.fullmatch(name) else "") for name in plain_names]
    if "title" in fields:
        return fields
    likely = [at for at, name in enumerate(plain_names) if not fields[at] and _TITLE.search(name)]
    if not by_part or not likely or len(fields) < 2:
        return None
    fields[likely[0]] = "title"
    return fields


def _plain(name: str) -> str:
    """A column's name in small letters without accents and marks: `Année` is `annee`."""
    return _LETTERS.sub("", unicodedata.normalize("NFKD", name).lower())


class _Cells(msgspec.Struct, frozen=True):
    """The filled cells of a row by field, those of the surest column first."""

    held: dict[str, list[str]]

    def one(self, field: str) -> str:
        """The words of the surest cell of a field."""
        told = (words(cell) for cell in self.held.get(field, ()))
        return next((text for text in told if text), "")

    def all(self, field: str) -> list[str]:
        return self.held.get(field, [])


def draft_of(
    cells: Sequence[str], columns: Sequence[str], head: Sequence[str], order: Order
) -> Draft:
    """What a row of another program says."""
    row = _Cells(_by_field(cells, columns, head))
    journal, publisher = _journal_and_publisher(row)
    place = _place(row, journal)
    year, day = year_in(row.one("year") or place.year, row.one("date"), order)
    kind = _LETTERS.sub("", row.one("kind").lower())
    told = {name.lower(): text for name, text in _PAIR.findall(row.one("identifiers"))}
    note, extra = row.one("note"), " ".join(row.all("extra"))
    reference = Reference(
        work=_work(kind, place.journal, publisher),
        title=_title(row),
        authors=_people(row.all("authors")),
        editors=_people(row.all("editors")),
        year=year,
        published=day,
        journal=place.journal,
        volume=place.volume,
        issue=place.issue,
        pages=place.pages,
        publisher=publisher,
        edition_statement=row.one("edition_statement"),
        chapter=row.one("chapter"),
        doi=doi_of(address(row.one("doi"))) or doi_of(told.get("doi", "")),
        pmid=pmid_of(row.one("pmid"))
        or pmid_of(told.get("pmid", ""))
        or pmid_in(extra)
        or pmid_in(note),
        url=address(_first_of(row.one("url"))),
        note=note,
        keywords=_keywords(row.all("keywords")),
    )
    left = [
        name
        for name, field, cell in zip(head, columns, cells, strict=False)
        if not field and cell.strip()
    ]
    return Draft(reference=reference, left_out=left, remarks=_doubts(row, reference, order))


def _title(row: _Cells) -> str:
    """PubMed closes each title with a full stop, and tells the whole citation in one cell."""
    title = row.one("title")
    return title.removesuffix(".") if row.one("citation") else title


def _doubts(row: _Cells, reference: Reference, order: Order) -> list[str]:
    remarks: list[str] = []
    note_lost(remarks, row.one("doi"), reference.doi)
    dated = row.one("year") or row.one("date")
    if dated and not reference.year:
        remarks.append(f"“{dated}” is no date.")
    if day := reference.published and read_unsurely(row.one("date") or row.one("year"), order):
        remarks.append(day)
    remarks += [
        f"“{author}” was read as one author."
        for author in reference.authors
        if _TWO_IN_ONE.fullmatch(author) or _RUN_TOGETHER.search(author)
    ]
    return remarks


def _journal_and_publisher(row: _Cells) -> tuple[str, str]:
    """A column `Source` names the journal, or whose guideline it is, as ours does."""
    journal, publisher, source = row.one("journal"), row.one("publisher"), row.one("source")
    if source.upper() in ("MTUS", "ODG", "ACOEM"):
        return journal, publisher or source
    return journal or source, publisher


class _Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where in a journal an article stands."""

    journal: str
    year: str
    volume: str
    issue: str
    pages: str


def _place(row: _Cells, journal: str) -> _Place:
    """From the columns, or else from the line in which PubMed and Embase tell it all."""
    told = _INDEXED.fullmatch(journal)
    told = told or _CITED.search(row.one("citation"))
    line = {name: text or "" for name, text in told.groupdict().items()} if told else {}
    first = _number(row.one("first") or row.one("article_number"))
    pages = pages_of(row.one("pages")) or pages_of(first, _number(row.one("last")))
    return _Place(
        journal=line.get("journal") or journal,
        year=line.get("year", ""),
        volume=_number(row.one("volume")) or line.get("volume", ""),
        issue=_number(row.one("issue")) or line.get("issue", ""),
        pages=pages or pages_of(line.get("pages", "")),
    )


def _by_field(
    cells: Sequence[str], columns: Sequence[str], head: Sequence[str]
) -> dict[str, list[str]]:
    """The filled cells of each field, those of its surest column first."""
    held: dict[str, list[tuple[int, str]]] = {}
    for name, field, cell in zip(head, columns, cells, strict=False):
        if field in _COLUMNS and cell.strip():
            known, plain_name = _COLUMNS[field], _plain(name)
            sure = known.index(plain_name) if plain_name in known else len(known)
            held.setdefault(field, []).append((sure, cell))
    return {field: [cell for _, cell in sorted(found)] for field, found in held.items()}


def _work(kind: str, journal: str, publisher: str) -> Work:
    if _CHAPTERS.search(kind):
        return Work.CHAPTER if journal else Work.OTHER
    if _ARTICLES.search(kind):
        return Work.ARTICLE
    if _BOOKS.search(kind):
        return Work.CHAPTER if journal and "book" in kind else Work.OTHER
    return Work.ARTICLE if journal else Work.OTHER


def _number(text: str) -> str:
    """A number without the `.0` or `,0` that tables of numbers with gaps are given."""
    return re.sub(r"(?<=\d)[.,]0{1,2}$", "", text) if _DECIMAL.fullmatch(text) else text


def _keywords(cells: Sequence[str]) -> tuple[str, ...]:
    found: list[str] = []
    for cell in cells:
        if listed := _listed(cell):
            found += map(words, listed)
            continue
        divider = r"[\n;]" if re.search(r"[\n;]", cell) else ","
        found += map(words, re.split(divider, cell))
    return tuple(dict.fromkeys(filter(None, found)))


def _people(cells: Sequence[str]) -> tuple[str, ...]:
    """The names in the surest cell, however a program parts them."""
    if not cells:
        return ()
    cell = cells[0].strip()
    if records := _RECORD.findall(cell):
        people = [
            _person({name: text for _, name, _, text in _FIELD.findall(one)}) for one in records
        ]
        return names.in_order(people)
    if listed := _listed(cell):
        return names.in_order(list(map(_name, listed)))
    for divider in (r"\s*\n\s*", r"\s*;\s*", r"\s*\|\s*|\s*//\s*", r"\s+(?:and|AND)\s+(?=[^,;]+,)"):
        parts = [part for part in re.split(divider, cell.strip(" ;\n")) if part]
        if len(parts) > 1:
            return names.in_order([_name(part) for part in parts])
    return names.in_order([_name(part) for part in names.parted(cell.strip(" ;"))])


def _person(parts: dict[str, str]) -> str:
    """A name of which a program tells the parts by name: `{'last_name': 'Doe', …}`."""
    family = words(parts.get("last_name") or parts.get("family") or "")
    given = words(parts.get("first_name") or parts.get("given") or "")
    alone = not family or not given
    return names.kept(
        names.Name(family=family or given, given="" if alone else given, organisation=alone)
    )


def _first_of(cell: str) -> str:
    """The first of several addresses."""
    listed = _listed(cell)
    return listed[0] if listed else cell.split(" ")[0].rstrip(";,")


def _listed(cell: str) -> list[str]:
    """The items of a list as programming languages print it, `['one', 'two']`; none of another."""
    cell = cell.strip()
    if not (cell.startswith("[") and cell.endswith("]")):
        return []
    quoted = re.findall(r"'([^']*)'|\"([^\"]*)\"", cell)
    return [one or other for one, other in quoted]


def _name(text: str) -> str:
    text = words(re.sub(r"\(\d+\)$", "", text.strip()))
    if names.is_others(text):
        return names.OTHERS
    initials = re.fullmatch(r"(.+?) ((?:[A-Z]\.-?)+)", text)
    if initials and "," not in text:
        return names.kept(names.Name(family=initials[1], given=initials[2]))
    return names.kept(names.split(text)) if "," in text else text

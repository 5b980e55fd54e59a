"""CSL-JSON, as Zotero and pandoc write it; our own entry is in its `custom` object."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, cast

from app.errors import UserError
from app.services.language.file_dates import day_of, year_of
from app.services.library import names
from app.services.library.exchange.json_items import Broken, items_of
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
    own_fields,
    pages_of,
    plain,
    reference_of,
    words,
)
from app.services.library.identifiers import doi_of, pmid_in, pmid_of
from app.services.library.values import Entry

OWN = "imr-desk"

_NAMES: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "journal": ("container-title", "journalAbbreviation", "container-title-short"),
    "volume": ("volume",),
    "issue": ("issue",),
    "publisher": ("publisher",),
    "edition_statement": ("edition",),
    "chapter": ("chapter-number",),
    "note": ("note",),
}
_KINDS = {Work.ARTICLE: "article-journal", Work.CHAPTER: "chapter", Work.OTHER: "report"}
_TAKEN = {
    *(name for known in _NAMES.values() for name in known),
    *("id", "type", "author", "editor", "issued", "page", "DOI", "PMID", "URL", "keyword"),
    *("custom", "title-short", "shortTitle"),
}
_HOUSEKEEPING = {
    *("accessed", "language", "source", "citation-key", "categories"),
    *("submitted", "PMCID", "call-number", "archive", "citation-label", "system_id"),
}

_LABELS = {"publisher-place": "place"}


def write_csl(entries: Iterable[Entry]) -> str:
    items: list[dict[str, Any]] = []
    for number, entry in enumerate(entries, start=1):
        item = _item(reference_of(entry))
        item["id"] = entry.key or f"entry{number}"
        item["custom"] = {OWN: own_fields(entry)}
        items.append(item)
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def _item(reference: Reference) -> dict[str, Any]:
    item: dict[str, Any] = {"type": _KINDS[reference.work]}
    item.update(
        {known[0]: text for field, known in _NAMES.items() if (text := getattr(reference, field))}
    )
    for name, text in (
        ("page", reference.pages),
        ("DOI", reference.doi),
        ("PMID", reference.pmid),
        ("URL", reference.url),
        ("keyword", ", ".join(reference.keywords)),
    ):
        if text:
            item[name] = text
    for name, people in (("author", reference.authors), ("editor", reference.editors)):
        if people:
            item[name] = [_name(person) for person in people]
    if reference.published is not None and reference.year == str(reference.published.year):
        day = reference.published
        item["issued"] = {"date-parts": [[day.year, day.month, day.day]]}
    elif reference.year.isdecimal():
        item["issued"] = {"date-parts": [[int(reference.year)]]}
    elif reference.year:
        item["issued"] = {"literal": reference.year}
    return item


def _name(author: str) -> dict[str, str]:
    name = names.split(author)
    if name.organisation:
        return {"literal": name.family}
    parts = {"family": name.family, "given": name.given, "suffix": name.suffix}
    return {part: text for part, text in parts.items() if text}


def read_csl(text: str, pace: Pace) -> Read:
    """The references of a file, and what of it is none. Raises UserError for other JSON."""
    found: list[Imported] = []
    unread: list[Unread] = []
    items = items_of(text, pace)
    if items is None:
        raise UserError(
            "The file is JSON, but no list of references.", "Export the references as CSL JSON."
        )
    for value, line, raw in pace.through(items):
        try:
            found.append(_imported(value, line))
        except Damaged as error:
            at = error.line or line
            unread.append(Unread(line=at, reason=error.reason, words=first_words(raw)))
    return found, unread


def _imported(value: object, line: int) -> Imported:
    if isinstance(value, Broken):
        raise Damaged("the JSON is damaged", value.line)
    if not isinstance(value, dict):
        raise Damaged("there is no reference but something else")
    item = cast("dict[str, Any]", value)
    custom = item.get("custom")
    own: object = cast("dict[str, Any]", custom).get(OWN) if isinstance(custom, dict) else None
    whole = None if own is None else json.dumps(own)
    return imported(_draft(item), whole, line, _seen)


def _draft(item: dict[str, Any]) -> Draft:
    def one(*known: str) -> str:
        return next((text for name in known if (text := words(_text(item.get(name))))), "")

    texts = {field: one(*known) for field, known in _NAMES.items()}
    kind = one("type")
    keywords = item.get("keyword")
    split = cast("list[Any]", keywords) if isinstance(keywords, list) else one("keyword").split(",")
    year, day = _issued(item.get("issued"))
    reference = Reference(
        work=_work(kind, texts["journal"]),
        year=year,
        published=day,
        authors=_people(item.get("author")),
        editors=_people(item.get("editor")),
        pages=pages_of(one("page")),
        doi=doi_of(address(one("DOI", "doi"))),
        pmid=pmid_of(one("PMID", "pmid")) or pmid_in(texts["note"]),
        url=address(one("URL", "url")),
        keywords=tuple(filter(None, (words(_text(word)) for word in split))),
        **texts,
    )
    idle = _TAKEN | _HOUSEKEEPING
    left = [
        _LABELS.get(name, name)
        for name, held in item.items()
        if held not in ("", None, []) and name not in idle
    ]
    draft = Draft(reference=reference, left_out=left)
    note_lost(draft.remarks, one("DOI", "doi"), reference.doi)
    return draft


def _text(value: object) -> str:
    """A value as one text; some programs give lists of one where one text is meant."""
    if isinstance(value, list):
        items = cast("list[object]", value)
        if any(isinstance(item, (dict, list)) for item in items):
            raise Damaged("a field holds something else than a text")
        return _text(items[0]) if items else ""
    if isinstance(value, dict):
        raise Damaged("a field holds something else than a text")
    return "" if value is None or isinstance(value, bool) else str(value)


def _work(kind: str, journal: str) -> Work:
    if kind.startswith("article") or kind in ("paper-conference", "review", "journalArticle"):
        return Work.ARTICLE
    if kind in ("chapter", "entry", "entry-encyclopedia", "entry-dictionary"):
        return Work.CHAPTER if journal else Work.OTHER
    return Work.OTHER


def _issued(issued: object) -> tuple[str, Any]:
    """The year, and the day where it is told."""
    if not isinstance(issued, dict):
        text = plain(_text(issued))
        return year_of(text), day_of(text)
    date = cast("dict[str, Any]", issued)
    parts = date.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0]:
        numbers = [plain(_text(part)) for part in cast("list[Any]", parts[0])]
        return year_of(numbers[0]), day_of("-".join(numbers))
    text = plain(_text(date.get("literal") or date.get("raw") or date.get("year") or ""))
    return year_of(text), day_of(text)


def _people(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        raise Damaged("the names are one text and no list of names")
    if not isinstance(value, list):
        return ()
    return names.in_order(list(map(_person, cast("list[Any]", value))))


def _person(value: object) -> str:
    if not isinstance(value, dict):
        raise Damaged("a name is something else than a name")
    known = cast("dict[str, Any]", value)

    def part(name: str) -> str:
        return words(_text(known.get(name)))

    literal = part("literal") or part("name")
    if literal:
        if names.is_others(literal):
            return names.OTHERS
        return names.kept(names.Name(family=literal, organisation=True))
    particles = (part("dropping-particle"), part("non-dropping-particle"), part("family"))
    family = " ".join(filter(None, particles))
    if names.is_others(family):
        return names.OTHERS
    if not family or not part("given"):
        return names.kept(names.Name(family=family or part("given"), organisation=True))
    return names.kept(names.Name(family=family, given=part("given"), suffix=part("suffix")))


def _seen(reference: Reference) -> Reference:
    return _draft(_item(reference)).reference

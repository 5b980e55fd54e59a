"""CSL-JSON, as Zotero and pandoc write it; our own entry is in its `custom` object."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, cast

from app.services.library.exchange.reference import (
    Imported,
    Reference,
    broken,
    imported,
    own_fields,
    plain,
    reference_of,
)
from app.services.library.values import Entry

OWN = "imr-desk"

_NAMES = {
    "title": "title",
    "journal": "container-title",
    "volume": "volume",
    "pages": "page",
    "publisher": "publisher",
    "chapter": "chapter-number",
    "url": "URL",
    "note": "note",
}


def write_csl(entries: Iterable[Entry]) -> str:
    items: list[dict[str, Any]] = []
    for number, entry in enumerate(entries, start=1):
        item = _item(reference_of(entry))
        item["id"] = entry.key or f"entry{number}"
        item["custom"] = {OWN: own_fields(entry)}
        items.append(item)
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def _item(reference: Reference) -> dict[str, Any]:
    item: dict[str, Any] = {"type": "article-journal" if reference.article else "report"}
    item.update(
        {name: text for field, name in _NAMES.items() if (text := getattr(reference, field))}
    )
    if reference.authors:
        item["author"] = [{"literal": author} for author in reference.authors]
    if reference.year:
        if reference.year.isdigit():
            item["issued"] = {"date-parts": [[int(reference.year)]]}
        else:
            item["issued"] = {"literal": reference.year}
    if reference.keywords:
        item["keyword"] = ", ".join(reference.keywords)
    return item


def read_csl(text: str) -> tuple[Imported, ...]:
    """Raises UserError with the line where the JSON breaks, or the line of the bad item."""
    lines = _item_lines(text)
    found: list[Imported] = []
    for value, line in lines:
        if not isinstance(value, dict):
            raise broken(line, "there is no reference but something else")
        item = cast("dict[str, Any]", value)
        custom = item.get("custom")
        own: object = cast("dict[str, Any]", custom).get(OWN) if isinstance(custom, dict) else None
        whole = None if own is None else json.dumps(own)
        found.append(imported(_reference(item), whole, line, _seen))
    return tuple(found)


def _item_lines(text: str) -> list[tuple[object, int]]:
    """Each item of the list and the line it begins in."""
    decoder = json.JSONDecoder()
    position = _skip(text, 0)
    if text[position : position + 1] != "[":
        raise broken(1, "no list of references begins")
    position = _skip(text, position + 1)
    items: list[tuple[object, int]] = []
    line, counted = 1, 0
    while text[position : position + 1] != "]":
        line += text.count("\n", counted, position)
        counted = position
        try:
            value, position = decoder.raw_decode(text, position)
        except (json.JSONDecodeError, RecursionError) as error:
            at = error.lineno if isinstance(error, json.JSONDecodeError) else line
            raise broken(at, "the JSON is damaged") from error
        items.append((value, line))
        position = _skip(text, position)
        if text[position : position + 1] == ",":
            position = _skip(text, position + 1)
        elif text[position : position + 1] != "]":
            raise broken(text.count("\n", 0, position) + 1, "the list of references breaks off")
    return items


def _skip(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _reference(item: dict[str, Any]) -> Reference:
    texts = {field: plain(str(item.get(name) or "")) for field, name in _NAMES.items()}
    return Reference(
        article=str(item.get("type", "")).startswith("article"),
        year=_year(item.get("issued")),
        authors=_authors(item.get("author")),
        keywords=tuple(filter(None, (plain(w) for w in str(item.get("keyword") or "").split(",")))),
        **texts,
    )


def _year(issued: object) -> str:
    if not isinstance(issued, dict):
        return ""
    date = cast("dict[str, Any]", issued)
    parts = date.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0]:
        return plain(str(cast("list[Any]", parts[0])[0]))
    return plain(str(date.get("literal") or date.get("raw") or ""))


def _authors(names: object) -> tuple[str, ...]:
    if not isinstance(names, list):
        return ()
    authors: list[str] = []
    for name in cast("list[Any]", names):
        if isinstance(name, dict):
            known = cast("dict[str, Any]", name)
            family = plain(str(known.get("family") or known.get("literal") or ""))
            authors.append(plain(f"{family} {known.get('given') or ''}"))
    return tuple(filter(None, authors))


def _seen(reference: Reference) -> Reference:
    return _reference(_item(reference))

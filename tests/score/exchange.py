"""Files of references of other programs, read here and by other readers, field by field.

    python -m tests.score.exchange FOLDER [--list]

Reads every .bib, .ris, .csv and .json below FOLDER twice: as the library's import does, and by
pybtex, rispy, csv and json with nothing of ours. What the other reader sees is counted as right,
told (the import has a remark on it or names the field as left out) or silently wrong. Entries that
the other reader has and the import refuses one by one are counted as told. `--list` prints what is
silently wrong.
"""

from __future__ import annotations

import contextlib
import csv
import html
import io
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from app.errors import UserError
from app.services.library import Entry
from app.services.library.exchange import Format, Found, read_entries
from app.services.library.exchange.encodings import decode

Seen = dict[str, str]
"""Field by field what another reader sees of one entry, in its own words."""

_COMMAND = re.compile(r"\\(?!text)([A-Za-z]+)(?![A-Za-z]|\s*\{)")
_LOGO = re.compile(r"\\((?:La|Bib|Sli)?TeX)(?![A-Za-z])")
"""A command that stands for its own name."""
_GAP = re.compile(r"\\(?:[Dd]ash|thinspace)(?![A-Za-z])\s*|\\,(?=')")
"""A command that parts words, whatever stands behind it."""
_ARTICLE_TYPES = ("JOUR", "EJOUR", "MGZN", "article", "article-journal", "inproceedings", "CPAPER")


def main(arguments: list[str]) -> int:
    named = [one for one in arguments if not one.startswith("-")]
    if not named or not Path(named[0]).is_dir():
        print(
            "Name a folder of .bib, .ris, .csv and .json files: python -m tests.score.exchange FOLDER"
        )
        return 2
    folder = Path(named[0])
    totals: dict[str, Counter[str]] = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in _READERS and path.is_file():
            counts = totals.setdefault(path.suffix.lower(), Counter())
            for kind, line in _compared(path):
                counts[kind] += 1
                if kind == "silently wrong" and "--list" in arguments:
                    print(f"{path.name}: {line}")
    _print(totals)
    return 0


def _print(totals: dict[str, Counter[str]]) -> None:
    heads = ("files", "files refused", "not read by the other", "entries", "entries told",
             "entries not aligned", "values", "right", "told", "silently wrong")  # fmt: skip
    print("| format | " + " | ".join(heads) + " | right or told |")
    print("|---" * (len(heads) + 2) + "|")
    everything: Counter[str] = Counter()
    for name, counts in [*totals.items(), ("all", everything)]:
        everything.update(counts if name != "all" else {})
        values = counts["right"] + counts["told"] + counts["silently wrong"]
        share = (counts["right"] + counts["told"]) / values if values else 1.0
        row = {**counts, "values": values}
        cells = " | ".join(str(row.get(head, 0)) for head in heads)
        print(f"| {name} | {cells} | {share:.1%} |")


def _compared(path: Path) -> Iterator[tuple[str, str]]:
    yield "files", ""
    data = path.read_bytes()
    try:
        others = _READERS[path.suffix.lower()](decode(data).text)
    except Exception as error:  # noqa: BLE001 - whatever another reader stumbles at
        others = None
        yield "not read by the other", str(error)
    try:
        found = read_entries(data, Format.of_name(path.name))
    except UserError as error:
        if others:
            yield "files refused", error.what
        return
    if others is not None:
        yield from _entries(others, found)


def _entries(others: list[Seen], found: Found) -> Iterator[tuple[str, str]]:
    left = {id(one): (one, _plain(one.entry.title)) for one in found.entries}
    for seen in others:
        yield "entries", ""
        title = _plain(seen.get("title", ""))
        one = _aligned(seen, title, left)
        if one is None:
            told = not title or any(title[:30] in _plain(bad.words) for bad in found.unread)
            yield "entries told" if told else "entries not aligned", seen.get("title", "")
            if not told:
                yield "silently wrong", f"no such entry: {seen.get('title')}"
            continue
        for field, theirs in seen.items():
            if theirs.strip():
                yield _judged(field, theirs, one)


def _aligned(seen: Seen, title: str, left: dict[int, tuple[Any, str]]) -> Any:
    """The entry of that title, each but once: of more than one that which agrees in most, and where
    the title was read otherwise the nearest."""
    same = [one for one, ours in left.values() if ours == title]
    best: tuple[float, Any] = (74.0, None)
    if same:
        best = (100.0, max(same, key=lambda one: _agreement(seen, one)))
    for one, ours in () if same else left.values():
        likeness = fuzz.ratio(ours, title)
        if likeness > best[0]:
            best = (likeness, one)
    if best[1] is not None:
        del left[id(best[1])]
    return best[1]


def _agreement(seen: Seen, one: Any) -> int:
    return sum(
        _judged(field, theirs, one)[0] == "right" for field, theirs in seen.items() if theirs
    )


def _judged(field: str, theirs: str, one: Any) -> tuple[str, str]:
    mine = _shown(one.entry, field)
    if _same(field, theirs, mine):
        return "right", ""
    told = " ".join((*one.remarks, *one.left_out))
    whole = "has no end" in told  # then where it ends is told to be in doubt, and so all of it
    quoted = any(len(part) > 3 and part[:20] in told for part in mine.split(" ; "))
    if whole or quoted or field in told or theirs[:20] in told:
        return "told", ""
    return "silently wrong", f"line {one.line}: {field}: {theirs[:100]!r} is here {mine[:100]!r}"


def _shown(entry: Entry, field: str) -> str:
    value: object = getattr(entry, {"year": "edition"}.get(field, field))
    if field == "kind":
        return entry.kind.value
    return " ; ".join(value) if isinstance(value, tuple) else str(value)


def _same(field: str, theirs: str, mine: str) -> bool:
    if field == "kind":
        return mine == "study"
    if field == "year":
        match = re.search(r"\d{4}", theirs)
        return (match[0] if match else theirs.strip()) == mine
    if field == "pages":
        return _pages(_spaced(theirs)) == _pages(_spaced(mine))
    if field in ("authors", "editors"):
        return _families(theirs) == _families(mine)
    if field == "doi":
        bare = re.sub(r"[\\\\{}]", "", theirs.lower()).rstrip(".,;")
        return bool(mine) and bare.endswith(mine.lower())
    return _plain(theirs) == _plain(mine)


def _spaced(text: str) -> str:
    return re.sub(r"[{}\s~;·]", "", _read(re.sub(r"\\,", "", text)))


def _pages(text: str) -> str:
    parts = re.split(r"\s*[-–—]+\s*", text.strip())
    if len(parts) == 2 and all(part.isdigit() for part in parts) and len(parts[1]) < len(parts[0]):
        whole = parts[0][: -len(parts[1])] + parts[1]
        parts[1] = whole if int(whole) > int(parts[0]) else parts[1]
    return "-".join(dict.fromkeys(parts))


def _families(text: str) -> list[str]:
    return [
        " ".join(sorted(set(_plain(name).split())))
        # between two “and” stands nobody
        for name in (re.sub(r"^and\s", "", one) for one in text.split(" ; "))
        if _plain(name)
    ]


def _plain(text: str) -> str:
    """Letters and digits alone, without accents and markup of any kind."""
    text = re.sub(r"[{}^_]", "", _read(text))  # a raised or lowered sign is the sign
    text = re.sub(r"</?[a-z]+(?:\s[^<>]*)?>", "", html.unescape(text), flags=re.IGNORECASE)
    spread = unicodedata.normalize("NFKD", text)
    spread = "".join(mark for mark in spread if not unicodedata.combining(mark))
    return " ".join(re.findall(r"[^\W_]+", spread.lower().replace("ł", "l").replace("ø", "o")))


def _read(text: str) -> str:
    """LaTeX as pylatexenc reads it, until nothing of it is left: what was escaped twice is read
    twice. A command it does not know is a gap between words, but for those that have words or, as
    `\\text…`, a letter to change."""
    from pylatexenc.latex2text import LatexNodes2Text

    latex = LatexNodes2Text()
    known = latex.latex_context.get_macro_spec
    for _ in range(3):
        if "\\" not in text and "$" not in text:
            break
        before = text
        text = _GAP.sub(" - ", _LOGO.sub(r"\1", text.replace("\\LaTeXe", "\\LaTeX2e")))
        text = _COMMAND.sub(lambda match: match[0] if known(match[1]) else "·", text)
        with contextlib.suppress(IndexError, AttributeError, TypeError, ValueError):
            text = latex.latex_to_text(re.sub(r"(?<!\\)([%&#])", r"\\\1", text))
        if text == before:
            break
    return text


# The other readers: nothing of ours.


def _bib(text: str) -> list[Seen]:
    from pybtex.database.input.bibtex import Parser
    from pybtex.errors import capture

    numbers = count(1)  # of entries without a key it would take in nothing
    text = re.sub(r"(?m)^(\s*@\w+\s*\{)\s*,", lambda m: f"{m[1]}entry{next(numbers)},", text)
    with capture():
        data = Parser().parse_string(text)
    return [_of_bib(entry) for entry in data.entries.values()]


def _of_bib(entry: Any) -> Seen:
    fields = entry.fields
    seen = {
        "title": fields.get("title", ""),
        "year": fields.get("year", ""),
        "journal": fields.get("journal", ""),
        "volume": fields.get("volume", ""),
        "issue": fields.get("number", ""),
        "pages": fields.get("pages", ""),
        "doi": fields.get("doi", ""),
        "publisher": fields.get("publisher", ""),
        "authors": " ; ".join(map(str, entry.persons.get("author", ()))),
        "editors": " ; ".join(map(str, entry.persons.get("editor", ()))),
    }
    if fields.get("subtitle"):
        seen["title"] = f"{seen['title']}: {fields['subtitle']}"
    for people in ("authors", "editors"):
        seen[people] = re.sub(
            r"\b(?:family|given|prefix|suffix)=|,? ?\b(?:useprefix=\w+|given-i=\S+)",
            "",
            seen[people],
        )
        seen[people] = re.sub(r"\bothers\b", "et al", seen[people])
    return _with_kind(seen, entry.type)


def _ris(text: str) -> list[Seen]:
    import rispy

    return [
        _with_kind(
            {
                "title": one.get("title") or one.get("primary_title") or "",
                "authors": " ; ".join(one.get("authors") or one.get("first_authors") or ()),
                "year": one.get("year") or one.get("publication_year") or "",
                "journal": _journal(one),
                "volume": one.get("volume", ""),
                "issue": one.get("number", ""),
                "pages": "-".join(filter(None, (one.get("start_page"), one.get("end_page")))),
                "publisher": one.get("publisher", ""),
                "doi": one.get("doi", ""),
            },
            one.get("type_of_reference", ""),
        )
        for one in rispy.loads(text.replace("\r\n", "\n").replace("\r", "\n"))
    ]


def _journal(one: dict[str, Any]) -> str:
    if one.get("type_of_reference") not in ("JOUR", "EJOUR", "MGZN", "CHAP"):
        return ""
    known = ("secondary_title", "alternate_title3", "journal_name", "alternate_title2")
    return next((one[name] for name in (*known, "alternate_title1") if one.get(name)), "")


_CSV_NAMES = {
    "title": ("title",),
    "authors": ("authors", "author", "first_authors", "author names"),
    "year": ("year", "publication_year", "publication year"),
    "volume": ("volume",),
    "issue": ("issue", "number"),
    "pages": ("pages", "start_page"),
    "doi": ("doi",),
    "publisher": ("publisher",),
    "journal": ("journal", "publication title", "alternate_title3"),
}


def _csv(text: str) -> list[Seen]:
    text = text.removeprefix("\ufeff")
    divider = csv.Sniffer().sniff(text.splitlines()[0], ",;\t").delimiter
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=divider)
    return [_of_csv({(k or "").strip().lower(): v or "" for k, v in row.items()}) for row in rows]


def _of_csv(row: dict[str, Any]) -> Seen:
    seen = {
        field: next((str(row[name]) for name in known if row.get(name)), "")
        for field, known in _CSV_NAMES.items()
    }
    people = seen["authors"]
    if people.startswith("["):
        listed = re.findall(r"'([^']*)'", people)
    elif ";" in people:
        listed = people.split(";")
    elif " and " in people and all("," in one for one in people.split(" and ")):
        listed = people.split(" and ")
    elif all(" " in one.strip() for one in people.split(",")):
        listed = people.split(",")
    else:
        listed = [people]
    return {**seen, "authors": " ; ".join(listed)}


def _csl(text: str) -> list[Seen]:
    data = json.loads(text)
    items = data["items"] if isinstance(data, dict) else data
    return [_of_csl(item) for item in items if isinstance(item, dict) and "title" in item]


def _of_csl(item: dict[str, Any]) -> Seen:
    def name(one: dict[str, str]) -> str:
        parts = ("dropping-particle", "non-dropping-particle", "family", "given", "suffix")
        return one.get("literal") or " ".join(filter(None, map(one.get, parts)))

    parts = (item.get("issued") or {}).get("date-parts") or [[""]]
    container = item.get("container-title", "")
    return _with_kind(
        {
            "title": str(item.get("title", "")),
            "authors": " ; ".join(map(name, item.get("author", ()))),
            "editors": " ; ".join(map(name, item.get("editor", ()))),
            "year": str(parts[0][0]),
            "journal": container[0] if isinstance(container, list) else container,
            "volume": str(item.get("volume", "")),
            "issue": str(item.get("issue", "")),
            "pages": str(item.get("page", "")),
            "doi": str(item.get("DOI", "")),
            "publisher": str(item.get("publisher", "")),
        },
        str(item.get("type", "")),
    )


def _with_kind(seen: Seen, kind: str) -> Seen:
    """What another program calls an article is to be no guideline."""
    return {**seen, "kind": kind} if kind in _ARTICLE_TYPES else seen


_READERS: dict[str, Callable[[str], list[Seen]]] = {
    ".bib": _bib,
    ".ris": _ris,
    ".csv": _csv,
    ".json": _csl,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

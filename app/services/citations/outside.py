"""Citations outside the MTUS: which sources a sentence names; the ODG, its chapters and topics."""

from __future__ import annotations

import re
from typing import NamedTuple

from app.letter import Citation, Source
from app.services.citations.acoem import read_acoem
from app.services.citations.free_sources import free_sources, parted_doubt
from app.services.citations.known import Guidelines, letters_of
from app.services.citations.mtus import without_joint
from app.services.citations.sections import (
    at_semicolons,
    begins_with_section,
    first_sentence,
    no_part,
    read_sections,
    sentences_as_parts,
    without_prose,
)
from app.services.citations.topics import CHAPTER_WORD, REMARK, plain_topic
from app.services.citations.values import Cited
from app.services.language.dates import date_at

_SOURCE = re.compile(
    r"(?:(?P<odg>\(ODG\)|(?:\bthe\s+)?\b(?:Official\s+Disability\s+Guidelines?|ODG)\b(?:\s*\(\s*ODG\s*\)?)?)"
    r"|(?P<acoem>\(ACOEM\)|\bAmerican\s+College\s+of\s+Occupational\s+(?:and|&)\s+Environmental\s+Medicine\b(?:\s*\(ACOEM\))?"
    r"|\bACOEM\b|\bHarris,?\s+J\b)"
    r"|(?P<other>\bOther\s+Medical\s+Treatment\s+Guidelines?\b(?:\s*\(s\))?(?:\s+or\s+Medical\s+Evidence\b)?)"
    r"|(?P<url>\bhttps?://\S+|\bwww\.\S+))",
    re.IGNORECASE,
)
ODG_ADDRESS = re.compile(
    r"(?:https?://)?(?:www\.)?(?:\w+\.)?(?:odg-?twc|worklossdata|odg)\.(?:com|org)/(?:[\w-]+/)*"
    r"(?P<page>[\w-]+)\.html?(?:#(?P<topic>\w[^\s;,]*))?",
    re.IGNORECASE,
)
_JOINT_BEFORE = re.compile(r"(?:^|[,;:./-]|\band|\bthe)\s*$", re.IGNORECASE)
_LEAD = re.compile(r"^(?:\s|[:;,.–-]|\bx\b)*", re.IGNORECASE)
_UPDATED = re.compile(r"\(?\s*\b(?:updated|last\s+updated|update)\s+(?=[\dA-Z])", re.IGNORECASE)
_CLOSED = re.compile(r"\s*\)?")
_ODG_HEAD = re.compile(
    r"(?:[\s,:;.–-]+|\((?:web|online)\)|\(?TWC\)?(?!\w)|Treatment\s+Index\b|Online\s+(?:Edition|Version)\b"
    r"|(?:(?:Integrated|Evidence[-\s]Based)\s+)?Treatment\s+in\s+Workers['’]?\s+Comp(?:ensation)?\b|(?:Treatment\s+)?Guidelines?\b"
    r"|\d{1,2}(?:st|nd|rd|th)\s+Ed(?:ition)?\b|\(?(?P<year>(?:19|20)\d\d)\)?(?!\w)|Chapter\s*:){0,16}",
    re.IGNORECASE,
)
_WORK = re.compile(
    r"\b(?:Manual|Textbook|Handbook|Journal|Desk\s+Reference|Encyclopedia|Cochrane|PubMed|et\s+al|Academy\s+of|College\s+of)\b",
    re.IGNORECASE,
)
_UNKNOWN_CHAPTER = re.compile(r"(?P<name>[^/;:]{2,60}?)\s+(?:chapter|section)\b", re.IGNORECASE)
_CHAPTER_LAST = re.compile(
    r"^(?P<topic>[^;]{2,80})(?:,\s*(?P<name>[^,;/]{2,40}?)\s+chapter|/\s*(?P<slashed>[^,;/]{2,40}))$",
    re.IGNORECASE,
)
_AFTER_CHAPTER = re.compile(r"\s*(?:[,:;/(.]|[–-]\s|\s[–-]|$|\s[A-Z])")
_CHAPTERS = re.compile(r"\s*(?P<names>[^;:/]{3,120}?)\s+chapters\b", re.IGNORECASE)
_JOINT = re.compile(r",\s+(?:(?:and|&)\s+)?|\s+(?:and|&)\s+")
_COMMAS = re.compile(r"\s*[,;]\s*")


def read_outside(text: str, guidelines: Guidelines) -> Cited:
    """The citations in the text behind "Non-MTUS Citation", and problems with them."""
    lead = _LEAD.match(text)
    text = text[lead.end() if lead else 0 :].rstrip(" .")
    citations: list[Citation] = []
    problems: list[str] = []
    prose: list[str] = []
    for kind, chunk in _chunks(text):
        if kind == "odg":
            found = _read_odg(chunk, guidelines)
        elif kind == "acoem":
            found = read_acoem(chunk, guidelines)
        elif address := ODG_ADDRESS.search(chunk):
            found = _read_odg_address(chunk, address, guidelines)
        else:
            found = _read_other(chunk, kind, guidelines)
        citations.extend(found.citations)
        problems.extend(found.problems)
        prose.extend(found.prose)
    if not citations:
        problems.append("The sentence speaks of a source outside the MTUS but names none.")
    return Cited(citations=tuple(citations), problems=tuple(problems), prose=tuple(prose))


class _Cut(NamedTuple):
    """Where a source is named, and of which kind it is."""

    begin: int
    kind: str


def _chunks(text: str) -> list[tuple[str, str]]:
    """The text cut before each source it names: (kind, text without the joint behind it)."""
    cuts = _with_words_before(text, _cuts(text))
    if not cuts:
        return []
    ends = [*(cut.begin for cut in cuts[1:]), len(text)]
    chunks: list[tuple[str, str]] = []
    for cut, end in zip(cuts, ends, strict=True):
        chunk = text[cut.begin : end]
        chunk = without_joint(chunk).rstrip(" .") if end < len(text) else chunk.strip(" ,;")
        if chunk:
            chunks.append((cut.kind, chunk))
    return chunks


def _cuts(text: str) -> list[_Cut]:
    cuts: list[_Cut] = []
    previous_end = 0
    for match in _SOURCE.finditer(text):
        between = text[previous_end : match.start()]
        previous_end = match.end()
        cut = _Cut(match.start(), match.lastgroup or "")
        if not cuts:
            if _begins_first(text, cut, between):
                cuts.append(cut)
        elif _takes_over(match, cuts[-1].kind, between):
            cuts[-1] = cut
        elif not _goes_on(match, cuts[-1].kind, between):
            cuts.append(cut)
    return cuts


def _begins_first(text: str, cut: _Cut, between: str) -> bool:
    """Not what is named in passing, as in the title of a study, nor an address behind words."""
    if not _JOINT_BEFORE.search(text[max(0, cut.begin - 12) : cut.begin]):
        return False
    return cut.kind != "url" or not between.strip()


def _takes_over(match: re.Match[str], last: str, between: str) -> bool:
    """Whether "ACOEM" right behind words of another source says which one it is."""
    names_it = match.lastgroup == "acoem" and match.group().upper().startswith("ACOEM")
    return names_it and last == "other" and not between.strip(" :,")


def _goes_on(match: re.Match[str], last: str, between: str) -> bool:
    """Whether this names the source before it once more: its address, or "ODG" said twice."""
    if match.lastgroup == "url":
        its_address = last == "odg" and "odg" in match.group().lower()
        return its_address or (last == "other" and not between.strip(" :,"))
    return match.lastgroup == last == "odg" and not between.strip(" ,(")


def _with_words_before(text: str, cuts: list[_Cut]) -> list[_Cut]:
    """Words before the first source that is known are one too."""
    before = text[: cuts[0].begin] if cuts else text
    says_something = before.strip(" ,;:.-x") and before.strip().lower().rstrip(":") not in (
        "and",
        "the",
    )
    return [_Cut(0, "free"), *cuts] if says_something else cuts


def _read_odg(chunk: str, guidelines: Guidelines) -> Cited:
    """One or more ODG chapters under one naming of the ODG."""
    head = _SOURCE.match(chunk)
    body = chunk[head.end() if head else 0 :]
    opening = _ODG_HEAD.match(body)
    edition = opening["year"] if opening else None
    body = body[opening.end() if opening else 0 :]
    if not body and chunk.lower().endswith("guidelines"):
        return Cited(citations=(Citation(source=Source.ODG, edition=edition, text=chunk),))
    named = chunk[: len(chunk) - len(body)]
    body, prose = _without_prose(body, guidelines)
    citations: list[Citation] = []
    problems: list[str] = [no_part(sentence) for sentence in prose]
    pieces = _odg_pieces(_apart(sentences_as_parts(body), guidelines), guidelines)
    for number, piece in enumerate(pieces):
        printed = named + body if len(pieces) == 1 else (named + piece if number == 0 else piece)
        citation, doubt = _read_odg_piece(piece, edition, printed.strip(" ,;"), guidelines)
        citations.append(citation)
        if doubt:
            problems.append(doubt)
        problems += [
            f"“{section}” reads like a source of its own and no section of the ODG."
            for section in citation.sections
            if _WORK.search(section)
        ]
    return Cited(citations=tuple(citations), problems=tuple(problems), prose=prose)


def _without_prose(body: str, guidelines: Guidelines) -> tuple[str, tuple[str, ...]]:
    """What stands behind the ODG's name, without the sentences that cite nothing of it."""
    first = first_sentence(body)
    if first == body:
        return body, ()
    title, topic, _ = _split_chapter(first, guidelines)

    def goes_on(begin: int, sentence: str) -> bool:
        # a chapter without a topic may still get one, of which not all are known
        return (
            not (topic or body[len(first) : begin].strip(". "))
            or _names_chapter(sentence, guidelines)
            or _updated(sentence)[:1] == (0,)
            or begins_with_section(sentence, Source.ODG, title, guidelines)
        )

    return without_prose(body, goes_on)


def _odg_pieces(body: str, guidelines: Guidelines) -> list[str]:
    """The text of each chapter: a semicolon parts two when a chapter follows it."""
    pieces: list[str] = []
    parts: list[list[str]] = []
    for part in at_semicolons(body):
        if parts and not _names_chapter(part, guidelines):
            parts[-1].append(part)
        else:
            parts.append([part])
    for part in map(";".join, parts):
        start = 0
        own = _chapter_end(part, guidelines)
        for inner in _JOINT.finditer(part):
            if inner.start() < own:
                continue
            end = _chapter_end(part[inner.end() : inner.end() + 80], guidelines)
            behind = part[inner.end() + end :] if end else ""
            # of a chapter behind a topic that stands first, it is the topic's own
            if behind.lstrip().startswith("/") or (own and CHAPTER_WORD.match(behind)):
                pieces.append(part[start : inner.start()])
                start = inner.end()
                own = start + end
        pieces.append(part[start:])
    return pieces


def _apart(body: str, guidelines: Guidelines) -> str:
    """The text with the chapters that one “chapters” names together parted by semicolons."""
    together = _CHAPTERS.match(body)
    if together is None:
        return body
    names = _JOINT.split(together["names"])
    if len(names) < 2 or any(guidelines.odg_chapters.get(name) is None for name in names):
        return body
    return "; ".join(names) + body[together.end("names") :]


def _chapter_end(text: str, guidelines: Guidelines) -> int:
    """Where the chapter's name ends that the text begins with; 0 where it begins with none."""
    found = guidelines.odg_chapters.at_start(text[:120].lstrip())
    return found[1] + len(text) - len(text.lstrip()) if found else 0


def _names_chapter(text: str, guidelines: Guidelines) -> bool:
    text = text.strip()
    found = guidelines.odg_chapters.at_start(text[:120])
    if found is None:
        return False
    rest = text[found[1] :]
    return bool(
        re.match(
            r"\)?\s*(?:[,:/]|$|\(updated|[–-]\s|chapters?\b|sections?\b|procedure\b)",
            rest,
            re.IGNORECASE,
        )
    )


def _read_odg_piece(
    piece: str, edition: str | None, printed: str, guidelines: Guidelines
) -> tuple[Citation, str | None]:
    updated = _updated(piece)
    if updated:
        start, end, year = updated
        edition = edition or str(year)
        piece = (piece[:start].rstrip() + " " + piece[end:].lstrip()).strip()
        piece = piece.replace(" ,", ",").replace(" :", ":")
    title, topic, doubt = _split_chapter(piece.strip(), guidelines)
    topic = plain_topic(topic)
    doubt = doubt or (_chapter_in(topic, title, guidelines) if title else None)
    citation = Citation(
        source=Source.ODG,
        title=title,
        edition=edition,
        sections=read_sections(topic, Source.ODG, title, guidelines),
        text=printed,
    )
    return citation, doubt


def _chapter_in(topic: str, title: str, guidelines: Guidelines) -> str | None:
    """A doubt where a part of the topic is the whole name of another chapter."""
    for part in _COMMAS.split(topic) if "," in topic or topic[:1].isupper() else ():
        chapter = guidelines.odg_chapters.get(part)
        known = letters_of(part) in guidelines.section_names(Source.ODG, title)
        if chapter not in (None, title) and not known and not part.endswith("Guidelines"):
            return f"“{part}” is read as a topic of {title}; it may be another chapter."
    return None


def _updated(text: str) -> tuple[int, int, int] | tuple[()]:
    """Where the words `(updated 3/8/2016)` begin and end, and the year; empty where there are none."""
    for cue in _UPDATED.finditer(text):
        day = date_at(text, cue.end())
        closed = _CLOSED.match(text, day.end) if day else None
        if day and closed:
            return cue.start(), closed.end(), day.parts[0]
    return ()


def _split_chapter(piece: str, guidelines: Guidelines) -> tuple[str, str, str | None]:
    """Chapter, topic and a doubt. The chapter is empty when the piece names none."""
    chapters = guidelines.odg_chapters
    found = chapters.at_start(piece[:160])
    if found is not None:
        title, end = found
        # the name may end inside a bracket: Low Back (Thoracic and Lumbar, Acute and Chronic)
        if piece[:end].count("(") > piece[:end].count(")") and piece[end : end + 1] == ")":
            end += 1
        called_chapter = False
        while True:
            word = CHAPTER_WORD.match(piece, end) or REMARK.match(piece, end)
            if word is None:
                break
            called_chapter = True
            end = word.end()
        if called_chapter or _AFTER_CHAPTER.match(piece, end):
            return title, piece[end:], None
    last = _CHAPTER_LAST.match(piece)
    if last is not None:
        named = chapters.get(last["name"] or last["slashed"])
        if named is not None:
            return named, last["topic"], None
    unknown = _UNKNOWN_CHAPTER.match(piece)
    if unknown is None:
        return "", piece, None
    name = unknown["name"].strip(" ,")
    near = chapters.nearest(name)
    if near is not None:
        return near, piece[unknown.end() :], f"“{name}” is read as the ODG chapter {near}."
    return (
        name,
        piece[unknown.end() :],
        f"“{name}” is not an ODG chapter known here; it is kept as printed.",
    )


def _read_odg_address(chunk: str, address: re.Match[str], guidelines: Guidelines) -> Cited:
    """The ODG by the address of one of its pages, which is named for its chapter."""
    title = guidelines.odg_chapters.get(address["page"].replace("_", " ")) or ""
    words = chunk[: address.start()] + (address["topic"] or "") + chunk[address.end() :]
    topic = plain_topic(words.replace("_", " "))
    sections = read_sections(topic, Source.ODG, title, guidelines)
    citation = Citation(source=Source.ODG, title=title, sections=sections, text=chunk)
    doubt = "The address names no chapter of the ODG that is known here."
    return Cited(citations=(citation,), problems=() if title else (doubt,))


def _read_other(chunk: str, kind: str, guidelines: Guidelines) -> Cited:
    """A source taken as it stands: a study, a textbook, a web address."""
    if kind == "free":
        bare = guidelines.odg_chapters.at_start(chunk[:160])
        if bare is not None and _names_chapter(chunk.replace(" (", ", (", 1), guidelines):
            citation, _ = _read_odg_piece(chunk, None, chunk, guidelines)
            why = f"No publisher is named; {citation.title} is read as an ODG chapter."
            return Cited(citations=(citation,), problems=(why,))
    title = chunk
    if kind == "other":
        named = _SOURCE.match(chunk)
        title = (
            chunk[named.end() if named else 0 :].strip(" :,;-")
            or "Other Medical Treatment Guidelines"
        )
    parts = free_sources(title)
    texts = parts if len(parts) > 1 else [chunk]
    doubt = parted_doubt(parts, guidelines)
    return Cited(
        citations=tuple(
            Citation(source=Source.OTHER, title=part, text=text)
            for part, text in zip(parts, texts, strict=True)
        ),
        problems=(doubt,) if doubt else (),
    )

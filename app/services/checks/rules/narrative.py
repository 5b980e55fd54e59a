"""Rules on the writing: blanks, doubled words, sentence ends, claims that nothing is documented."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

import msgspec

from app.letter import FieldId, get_value
from app.services.checks.facts import Facts
from app.services.checks.rules.structure import label
from app.services.checks.table import number
from app.services.checks.values import Fix, Hit, Quote
from app.services.language.levels import misread_levels
from app.services.language.terms import Token
from app.services.language.terms import abbreviations as abbreviations_known
from app.services.language.texts import Text, read_text

# Brackets alone say nothing: guidelines print "magnetic resonance imaging [MRI]" and "[the patient]".
BLANK_NAMES = (
    "NAME|DATE|DATES|DOB|AGE|SEX|GENDER|NUMBER|PROVIDER|PHYSICIAN|DOCTOR|PATIENT|EMPLOYEE|EMPLOYER|DRUG|DOSE|DOSAGE|"
    "QUANTITY|PART|SIDE|LEVEL|TREATMENT|DIAGNOSIS|DIAGNOSES|GUIDELINE|CHAPTER|PAGE|PAGES|SECTION|CITATION|REASON|"
    "TEXT|HERE|BLANK|CASE|CLAIM|ADDRESS|PHONE|FACILITY|HOSPITAL|FINDING|FINDINGS|RATIONALE|DECISION|SPECIALTY|STATE"
)
PLACEHOLDER = re.compile(
    rf"_{{3,}}|\b(?:X{{3,}}|x{{4,}})\b|[\[<]\s*(?:[A-Z']+[ _-]){{0,3}}(?:{BLANK_NAMES})(?:[ _-][A-Z]+){{0,2}}\s*[\]>]"
    r"|(?i:[\[<]\s*(?:(?:\w+[ _])?(?:name|date|number|dose|here|tb[dc]|age)|insert\b[^\]>]*|to be \w[^\]>]*|fill in[^\]>]*|\?+|_+|\.{2,})\s*[\]>])|\[\s*\]"
    r"|\b(?:TBD|TBC|TODO|FIXME)\b|(?i:\blorem ipsum\b)|\{\{|\}\}|\?\?\?+|\*{3,}"
    r"|(?i:\binsert (?:\w+ ){1,3}here\b)|\b(?:MM|DD|mm|dd)[-/](?:DD|MM|dd|mm)[-/](?:YYYY|YY|yyyy|yy)\b"
)
BLANK_CUE = re.compile(
    r"\b(?:dated|dated on|injury on|visit on|evaluated on|of the|for the|with the|and the|and|the)\s*\.(?=\s|$)",
    re.I,
)
NO_NUMBER = re.compile(
    r"#\s*(?=$|[,;)]|\s(?!\d)[a-z])|\b(?:for|x|of)\s+(?:visits|sessions|treatments|weeks|days|months|tablets|capsules|refills|units|hours)\b(?!\s+(?:to|each|per|a)\b)|\b(?:qty|quantity|refills?)\.?\s*[:#]\s*(?:$|[,;)])|\b(?:x|times)\s*(?=$|[,;)])|\b(?<!\d )(?<!\d)(?:mg|mcg|ml)\b(?=\s*(?:#|tab|cap|$))",
    re.I,
)
"""A title that stops where its number was to stand: "Gabapentin 600 mg #", "therapy for visits"."""
MAY_DOUBLE = frozenset(["that", "had", "x"])
SPACES = re.compile(r"[ \t\u00a0]{2,}")
NO_SPACE = re.compile(r"(?<=[a-z)])([.!?])(?=[A-Z][a-z]+\b)")
BEFORE_MARK = re.compile(r"(?<=[A-Za-z0-9)]) +(?=[,;](?:\s|$))|(?<=[A-Za-z0-9)]) +(?=\.(?:\s|$))")
DIGIT_IN_WORD = re.compile(r"\b[a-z]{2,}\d[a-z]+\b", re.I)
ORDINARY_DIGITS = re.compile(
    r"^(?:(?:hb|hgb)?a1c|vitamin|covid|\w*b12\w*|h2\w*|co2|type\d\w*|[a-z]+\d(?:mg|mcg|ml|x|st|nd|rd|th))$",
    re.I,
)
SYLLABLE = re.compile(r"[aeiouy]+", re.I)
ABBREVIATION = re.compile(r"\b[A-Z][A-Z/]{1,6}s?\b")
# Known to every reader of these letters, or spelled out by the form itself.
FAMILIAR = frozenset(
    ["MRI", "CT", "PT", "OT", "ODG", "MTUS", "ACOEM", "EMG", "IMR", "UR", "NSAID", "TENS", "IW"]
)
QUOTATION = re.compile(r"(?:^|(?<=[\s(]))[\"“](?=\S)([^\"”]{60,})[\"”]")


def placeholder(facts: Facts) -> Iterator[Hit]:
    for field, text in facts.texts:
        for match in text.found(PLACEHOLDER):
            found = match[0]
            yield Hit(
                field=field,
                told={"found": found, "place": label(field.name).lower()},
                quotes=(Quote(_around(text.raw, match.start(), match.end()), field),),
                alike=found.lower(),
            )


def blank(facts: Facts) -> Iterator[Hit]:
    """A sentence or a title that stops where a value was to follow: "document dated."."""
    yield from _no_number(facts)
    for field, text in facts.narratives:
        for match in text.found(BLANK_CUE):
            yield Hit(
                field=field,
                told={"found": match[0], "place": label(field.name).lower()},
                quotes=(Quote(_around(text.raw, match.start(), match.end()), field),),
            )


def _no_number(facts: Facts) -> Iterator[Hit]:
    for issue in facts.issues:
        for match in issue.title.found(NO_NUMBER):
            field = issue.field("title")
            yield Hit(
                field=field,
                told={"found": match[0].strip(), "place": label(field.name).lower()},
                quotes=(Quote(_around(issue.title.raw, match.start(), match.end()), field),),
            )


def doubled_word(facts: Facts) -> Iterator[Hit]:
    for field, text in facts.texts:
        for start, middle, end in _doubled(text.raw):
            first = text.raw[start:middle].rstrip()
            value = text.raw[: start + len(first)] + text.raw[end:]
            yield Hit(
                field=field,
                told={"words": text.raw[start:end], "place": label(field.name).lower()},
                quotes=(Quote(_around(text.raw, start, end), field),),
                fix=_fix(facts, field, value, f"Write “{first}” once"),
                alike=first.lower(),
            )


def double_space(facts: Facts) -> Iterator[Hit]:
    """Said once for each text: one fix puts all of them right."""
    for field, text in facts.texts:
        found = text.found(SPACES)
        if found:
            value = SPACES.sub(" ", text.raw)
            yield Hit(
                field=field,
                told={"count": str(len(found)), "place": label(field.name).lower()},
                fix=_fix(facts, field, value, "One space between words"),
            )


def missing_space(facts: Facts) -> Iterator[Hit]:
    for field, text in facts.narratives:
        found = [_around(text.raw, m.start(), m.end(), 12) for m in text.found(NO_SPACE)]
        if found:
            value = NO_SPACE.sub(r"\1 ", text.raw)
            yield Hit(
                field=field,
                told={"found": "; ".join(found[:3]), "place": label(field.name).lower()},
                fix=_fix(facts, field, value, "Put a space behind the full stop"),
            )


def space_before_mark(facts: Facts) -> Iterator[Hit]:
    for field, text in facts.narratives:
        found = text.found(BEFORE_MARK)
        if found:
            yield Hit(
                field=field,
                told={"count": str(len(found)), "place": label(field.name).lower()},
                fix=_fix(facts, field, BEFORE_MARK.sub("", text.raw), "No space before the mark"),
            )


def no_full_stop(facts: Facts) -> Iterator[Hit]:
    for field, text in facts.narratives:
        ending = text.raw.rstrip()
        if ending and re.search(r"[\w%]$", ending):
            yield Hit(
                field=field,
                told={"ending": ending[-40:].split(" ", 1)[-1], "place": label(field.name).lower()},
                fix=_fix(facts, field, ending + ".", "End it with a full stop"),
            )


def digit_in_word(facts: Facts) -> Iterator[Hit]:
    for field, text in facts.narratives:
        for match in text.found(DIGIT_IN_WORD):
            if ORDINARY_DIGITS.match(match[0]) or match[0].isupper():
                continue
            yield Hit(
                field=field,
                told={"word": match[0], "place": label(field.name).lower()},
                alike=match[0].lower(),
            )


def misread_level(facts: Facts) -> Iterator[Hit]:
    """A level with a letter for its number: L5-Sl."""
    for field, text in facts.texts:
        for misread in misread_levels(text.raw):
            right = misread.right
            if right is None:
                continue
            value = text.raw[: misread.start] + right + text.raw[misread.end :]
            yield Hit(
                field=field,
                told={"found": misread.text, "right": right, "place": label(field.name).lower()},
                values=(misread.text,),
                fix=_fix(facts, field, value, f"Write {right}"),
            )


def long_quotation(facts: Facts) -> Iterator[Hit]:
    most = number(facts.context, "quotation_words")
    for issue in facts.issues:
        for match in QUOTATION.finditer(issue.issue.rationale):
            count = len(match[1].split())
            if count > most:
                yield Hit(
                    field=issue.field("rationale"),
                    told={"issue": str(issue.number), "count": str(count), "start": match[1][:60]},
                )


def reading_ease(facts: Facts) -> Iterator[Hit]:
    """School grade of each rationale (Flesch-Kincaid)."""
    most = number(facts.context, "reading_grade")
    for issue in facts.issues:
        grade = school_grade(issue.issue.rationale)
        if grade is not None and grade > most:
            yield Hit(
                field=issue.field("rationale"),
                told={"issue": str(issue.number), "grade": f"{grade:.0f}", "most": str(most)},
            )


def abbreviations(facts: Facts) -> Iterator[Hit]:
    """Abbreviations that are nowhere spelled out; said once for the letter."""
    known = abbreviations_known()
    everything = " ".join(text.raw for _, text in facts.texts)
    lower = everything.lower()
    found: set[str] = set()
    for match in ABBREVIATION.finditer(everything):
        name = match[0].rstrip("s")
        if (
            name in known
            and name not in FAMILIAR
            and known[name].lower()[:12] not in lower
            and f"({name}" not in everything
        ):
            found.add(name)
    if found:
        listed = "; ".join(f"{name} ({known[name]})" for name in sorted(found))
        yield Hit(field=FieldId("clinical_summary"), told={"list": listed})


@lru_cache(maxsize=512)
def school_grade(raw: str) -> float | None:
    """Flesch-Kincaid school grade; None for texts too short to tell."""
    text = read_text(raw)
    words = [word.text for word in text.words if word.text.isalpha()]
    if len(words) < 30 or not text.sentences:
        return None
    syllables = sum(max(1, len(SYLLABLE.findall(word.removesuffix("e")))) for word in words)
    return 0.39 * len(words) / len(text.sentences) + 11.8 * syllables / len(words) - 15.59


@lru_cache(maxsize=512)
def _doubled(raw: str) -> tuple[tuple[int, int, int], ...]:
    """Start, middle and end of each word, or run of up to four words, that stands there twice."""
    return tuple(_doubles(read_text(raw)))


def _doubles(text: Text) -> Iterator[tuple[int, int, int]]:
    words = text.words
    count = len(words)
    done = 0
    for at, word in enumerate(words):
        if at < done or word.text[0].isdigit():
            continue
        for length in (4, 3, 2, 1):
            if at + 2 * length > count or words[at + length].text != word.text:
                continue
            one, two = words[at : at + length], words[at + length : at + 2 * length]
            if [w.text for w in one] != [w.text for w in two]:
                continue
            if length == 1 and (word.text in MAY_DOUBLE or len(word.text) == 1):
                continue
            # "a drug that is not recommended is not recommended" is sound.
            if length > 1 and word.text in ("is", "are", "was", "were", "be"):
                continue
            if not _only_spaces(text.raw, one, two):
                continue
            yield word.start, two[0].start, two[-1].end
            done = at + 2 * length
            break


def _only_spaces(raw: str, one: tuple[Token, ...], two: tuple[Token, ...]) -> bool:
    """Whether nothing but spaces stands between the words, and no new sentence or heading begins."""
    run = (*one, *two)
    if any(raw[a.end : b.start].strip() or a.end == b.start for a, b in pairwise(run)):
        return False
    if raw[one[0].start - 1 : one[0].start] in ("-", "/") or raw[two[-1].end : two[-1].end + 1] in (
        "-",
        "/",
    ):
        return False
    return not (raw[two[0].start].isupper() and raw[one[0].start].islower())


def _fix(facts: Facts, field: FieldId, text: str, what: str) -> Fix:
    """The field with its text replaced; a guideline field keeps its citations."""
    value = get_value(facts.letter, field)
    if isinstance(value, str):
        return Fix(field, text, what)
    return Fix(field, msgspec.structs.replace(value, text=text), what)


def _around(raw: str, start: int, end: int, room: int = 40) -> str:
    return raw[max(0, start - room) : end + room].strip()


RULES = {
    "placeholder": placeholder,
    "blank": blank,
    "doubled-word": doubled_word,
    "double-space": double_space,
    "missing-space": missing_space,
    "space-before-mark": space_before_mark,
    "no-full-stop": no_full_stop,
    "digit-in-word": digit_in_word,
    "misread-level": misread_level,
    "long-quotation": long_quotation,
    "reading-ease": reading_ease,
    "abbreviations": abbreviations,
}

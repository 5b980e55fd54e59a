"""Rules on one item told in several places: title, request parts, rationale, summary.

Side, level, body part, drug, strength, quantity and visits must be the same everywhere, and the
parts of a request that UR granted in part must add up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.letter import FieldId
from app.services.checks.amounts import (
    Strength,
    all_strengths,
    hours,
    quantities,
    refills,
    strengths,
    visits,
)
from app.services.checks.facts import REFUSED, REVIEWED, Facts, IssueFacts
from app.services.checks.text import Sentence, Text, read
from app.services.checks.values import Hit, Quote
from app.services.checks.vocabulary import (
    DRUG,
    DRUG_CLASS,
    PART,
    TREATMENT,
    drug_classes,
    part_name,
    related_parts,
    treatment_group,
    treatment_name,
)

SUMMARY = FieldId("clinical_summary")
LEVEL = re.compile(r"(?<![A-Za-z0-9])([CTLS])\s?-?(\d{1,2})(?:\s?[-/]\s?(?:([CTLS])\s?)?(\d{1,2}))?(?![\d/%]|\s?(?:mg|tesla))")
REGION_OF_LEVEL = {"C": "neck", "T": "upper_back", "L": "low_back", "S": "low_back"}
SPINE = frozenset(("neck", "upper_back", "low_back"))
OPPOSITE = {"left": "right", "right": "left"}
BROAD = {"arm": frozenset(("shoulder", "elbow", "hand")), "leg": frozenset(("hip", "knee", "ankle_foot"))}
ANCILLARY = re.compile(r"\bassociated\b|\bpre-?\s?op|\bpost-?\s?op|\blabs?\b|clearance|\bDVT\b|\bassist", re.I)
GOES_WITH = re.compile(r"\bancillary\b|pre-?\s?operative|surgical (?:intervention|procedure) is not|associated (?:service|request)", re.I)
GRANTED = re.compile(r"\b(?:accommodat|allow|approv|grant|certify|certified|authoriz)\w*\b", re.I)
UNTOLD_IN_SUMMARY = frozenset(("surgery", "consultation", "topical", "assistant", "lab work", "clearance"))


def side(facts: Facts) -> Iterator[Hit]:
    """The title's side against the rationale: the other side, and never its own."""
    for issue in facts.issues:
        ours = _sides(issue.title)
        if len(ours) != 1:
            continue
        (wanted,) = ours
        title_parts = issue.title.named(PART)
        told = {s.side for s in issue.rationale.sided_parts if _same_limb(s.part, title_parts)}
        asked = {
            s.side
            for s in issue.rationale.sided_parts
            if _same_limb(s.part, title_parts)
            and any(q.start <= s.start < q.end for q in issue.asking)
        }
        wrong = _contradicting(wanted, told)
        if wrong is None and wanted not in asked:
            wrong = _contradicting(wanted, asked)
        if wrong:
            yield Hit(
                field=issue.field("title"),
                related=(issue.field("rationale"),),
                told={"issue": str(issue.number), "title_side": wanted, "other_side": wrong, "part": _parts(title_parts)},
            )


def side_summary(facts: Facts) -> Iterator[Hit]:
    """The title's side against the summary, for the same body part."""
    for issue in facts.issues:
        for ours in issue.title.sided_parts[:1]:
            if ours.side == "both":
                continue
            theirs = {s.side for s in facts.summary.sided_parts if _same_limb(s.part, frozenset((ours.part,)))}
            loose = {s.side for s in facts.summary.sided_parts if s.part in related_parts(ours.part)}
            if OPPOSITE[ours.side] in theirs and ours.side not in theirs | loose and "both" not in theirs | loose:
                yield Hit(
                    field=issue.field("title"),
                    related=(SUMMARY,),
                    told={
                        "issue": str(issue.number),
                        "title_side": ours.side,
                        "other_side": OPPOSITE[ours.side],
                        "part": part_name(ours.part),
                    },
                )


def side_request(facts: Facts) -> Iterator[Hit]:
    """The title's side against what the summary says was asked for or refused."""
    for issue in facts.issues:
        for ours in issue.title.sided_parts[:1]:
            asked: set[str] = set()
            for sentence in facts.asking:
                if not _about(issue, facts.summary, sentence):
                    continue
                asked |= {
                    s.side
                    for s in facts.summary.sided_parts
                    if sentence.start <= s.start < sentence.end and _same_limb(s.part, frozenset((ours.part,)))
                }
            if asked and ours.side not in asked and "both" not in asked:
                wrong = min(asked)
                yield Hit(
                    field=issue.field("title"),
                    related=(SUMMARY,),
                    told={
                        "issue": str(issue.number),
                        "title_side": ours.side,
                        "other_side": wrong,
                        "part": part_name(ours.part),
                    },
                )


def level(facts: Facts) -> Iterator[Hit]:
    """Spine levels of the title against those of the rationale, or else of the summary's request."""
    for issue in facts.issues:
        ours = levels(issue.disputed.raw)
        if not ours:
            continue
        asked = " ".join(sentence.text for sentence in issue.asking)
        for place, raw in (("rationale", asked), ("rationale", issue.issue.rationale), ("summary", _asked_for(facts, issue))):
            theirs = levels(raw)
            if theirs and not ours & theirs:
                yield Hit(
                    field=issue.field("title"),
                    related=(issue.field("rationale") if place == "rationale" else SUMMARY,),
                    told={
                        "issue": str(issue.number),
                        "place": place,
                        "ours": _listed(ours),
                        "theirs": _listed(theirs),
                    },
                )
                break


def body_part(facts: Facts) -> Iterator[Hit]:
    """The title's body part against the rationale's: none of it, only others."""
    for issue in facts.issues:
        ours = parts_of(issue.title)
        if not ours:
            continue
        close = frozenset[str]().union(*(related_parts(part) for part in ours))
        theirs = parts_of(issue.rationale)
        concluded = _concluded_parts(issue)
        wrong = theirs if theirs and not theirs & close else frozenset[str]()
        if not wrong and concluded and not _overlap(concluded, ours):
            wrong = concluded
        if wrong:
            yield Hit(
                field=issue.field("rationale"),
                related=(issue.field("title"),),
                told={"issue": str(issue.number), "ours": _parts(ours), "theirs": _parts(wrong)},
            )


def body_part_summary(facts: Facts) -> Iterator[Hit]:
    """A body part the summary never speaks of, nor of one close to it."""
    told = parts_of(facts.summary)
    if not told:
        return
    for issue in facts.issues:
        # What goes with an operation is about the patient's fitness, not about the injured part.
        if is_ancillary(issue):
            continue
        ours = parts_of(issue.title)
        if ours and not any(related_parts(part) & told for part in ours):
            yield Hit(
                field=issue.field("title"),
                related=(SUMMARY,),
                told={"issue": str(issue.number), "ours": _parts(ours), "theirs": _parts(told)},
            )


def drug(facts: Facts) -> Iterator[Hit]:
    """The title's drug against the rationale: neither it nor its class, but other drugs."""
    for issue in facts.issues:
        ours = issue.title.named(DRUG)
        theirs = issue.rationale.named(DRUG)
        if not ours or not theirs or ours & theirs:
            continue
        classes = issue.rationale.named(DRUG_CLASS)
        if any(classes.intersection(drug_classes(name)) for name in ours):
            asked = read(" ".join(s.text for s in issue.asking)).named(DRUG)
            if not asked or asked & ours:
                continue
            theirs = asked
        yield Hit(
            field=issue.field("rationale"),
            related=(issue.field("title"),),
            told={"issue": str(issue.number), "ours": _listed(ours), "theirs": _listed(theirs)},
        )


def strength(facts: Facts) -> Iterator[Hit]:
    """A drug's strength in the title against the rationale, the request parts and the summary."""
    for issue in facts.issues:
        ours = strengths(issue.title)
        if not ours:
            continue
        by_place = (
            ("rationale", issue.field("rationale"), strengths(issue.rationale)),
            ("summary", SUMMARY, strengths(facts.summary)),
        )
        for place, field, found in by_place:
            hit = _strength_hit(issue, ours, place, field, found)
            if hit:
                yield hit
                break


def quantity(facts: Facts) -> Iterator[Hit]:
    """Counts of tablets and the like: title against rationale and the summary's request."""
    for issue in facts.issues:
        ours = quantities(issue.title.raw) | visits(issue.title.raw).totals
        if not quantities(issue.title.raw):
            continue
        asked = " ".join(sentence.text for sentence in issue.asking)
        places = (("rationale", issue.field("rationale"), asked), ("summary", SUMMARY, _asked_for(facts, issue)))
        for place, field, raw in places:
            theirs = quantities(raw)
            if theirs and not theirs & ours:
                yield _amount_hit(issue, place, field, _numbers(quantities(issue.title.raw)), _numbers(theirs))
                break


def visit_count(facts: Facts) -> Iterator[Hit]:
    """Visits: title against the request as the rationale and the summary tell it."""
    for issue in facts.issues:
        ours = visits(issue.title.raw)
        if not ours.totals or issue.title.named(DRUG):
            continue
        places = (
            ("rationale", issue.field("rationale"), _asked_phrases(issue)),
            ("summary", SUMMARY, _asked_for(facts, issue)),
        )
        for place, field, raw in places:
            theirs = visits(raw)
            numbers = {n for pair in ours.weekly for n in pair} | ours.totals | quantities(issue.title.raw)
            if theirs.totals and not theirs.totals & numbers:
                yield _amount_hit(issue, place, field, _numbers(ours.totals), _numbers(theirs.totals))
                break
            if ours.weekly and theirs.weekly and not ours.weekly & theirs.weekly:
                yield _amount_hit(issue, place, field, _weekly(ours.weekly), _weekly(theirs.weekly))
                break


def title_amounts(facts: Facts) -> Iterator[Hit]:
    """A title that counts itself: "2 times a week for 6 weeks (10 sessions)"."""
    for issue in facts.issues:
        for raw in _stretches(issue):
            found = visits(raw)
            counted = found.totals - {times * weeks for times, weeks in found.weekly}
            if len(found.weekly) == 1 and len(counted) == 1:
                ((times, weeks),) = found.weekly
                (total,) = counted
                if total != times * weeks and total not in (times, weeks):
                    yield Hit(
                        field=issue.field("title"),
                        told={
                            "issue": str(issue.number),
                            "times": str(times),
                            "weeks": str(weeks),
                            "product": str(times * weeks),
                            "total": str(total),
                        },
                    )


def parts_add_up(facts: Facts) -> Iterator[Hit]:
    """Original request = authorized + in dispute, in the first unit all of them tell."""
    for issue in facts.issues:
        request = issue.request
        if request is None or not issue.in_part:
            continue
        for unit, count in (("refills", _refills), ("units", _quantity), ("visits", _visits), ("hours a day", _hours)):
            whole, granted, rest = (count(part) for part in (request.original, request.authorized, request.in_dispute))
            if whole is None or rest is None or whole == granted == rest:
                continue
            if granted is None and unit != "refills":
                continue
            if whole != (granted or 0) + rest:
                yield Hit(
                    field=issue.field("title"),
                    related=(
                        issue.field("request.original"),
                        issue.field("request.authorized"),
                        issue.field("request.in_dispute"),
                    ),
                    told={
                        "issue": str(issue.number),
                        "unit": unit,
                        "whole": str(whole),
                        "granted": str(granted or 0),
                        "rest": str(rest),
                        "sum": str((granted or 0) + rest),
                    },
                )
            break


def parts_same_item(facts: Facts) -> Iterator[Hit]:
    """The parts of one request name the same drug, strength, side and body part."""
    for issue in facts.issues:
        request = issue.request
        if request is None:
            continue
        whole = read(request.original)
        rows = [("in dispute", "in_dispute", request.in_dispute)]
        if issue.in_part:
            rows.insert(0, ("authorized", "authorized", request.authorized))
        for name, field, raw in rows:
            for kind, one, other in _differences(whole, read(raw)):
                yield Hit(
                    field=issue.field("title"),
                    related=(issue.field("request.original"), issue.field(f"request.{field}")),
                    told={"issue": str(issue.number), "kind": kind, "one": one, "part": name, "other": other},
                )


def item_of_summary_lost(facts: Facts) -> Iterator[Hit]:
    """Something the summary says UR refused, of which no issue speaks."""
    decided_drugs = frozenset[str]().union(*(issue.title.named(DRUG) for issue in facts.issues))
    decided = frozenset[str]().union(*(issue.title.named(TREATMENT) for issue in facts.issues))
    spoken = decided | frozenset[str]().union(*(issue.rationale.named(TREATMENT) for issue in facts.issues))
    if not facts.issues or not (decided_drugs | decided):
        return
    told: set[str] = set()
    classes = {name for item in decided_drugs for name in drug_classes(item)}
    for sentence in facts.asking:
        if not REFUSED.search(sentence.text):
            continue
        head, granted = _refused_items(sentence.text)
        text, granted_text = read(head), read(granted)
        for name in sorted(text.named(DRUG) - decided_drugs - granted_text.named(DRUG) - told):
            told.add(name)
            yield _lost_hit(facts, name, sentence)
        if decided_drugs and text.named(DRUG_CLASS) & classes:
            continue
        for name in sorted(text.named(TREATMENT) - spoken - UNTOLD_IN_SUMMARY - granted_text.named(TREATMENT) - told):
            if treatment_group(name) in ("drug", "lab"):
                continue
            told.add(name)
            yield _lost_hit(facts, treatment_name(name), sentence)
        yield from _lost_parts(facts, head, sentence, told)


def levels(raw: str) -> frozenset[str]:
    """Spine levels (`L4`, `S1`) a text names; a range counts both ends."""
    found: set[str] = set()
    for match in LEVEL.finditer(raw):
        letter, first, second_letter, second = match.groups()
        if not _is_level(letter, first):
            continue
        found.add(f"{letter}{int(first)}")
        if second and _is_level(second_letter or letter, second):
            found.add(f"{second_letter or letter}{int(second)}")
    return frozenset(found)


def is_ancillary(issue: IssueFacts) -> bool:
    """Whether an item only goes with an operation: clearance, laboratory, equipment afterwards."""
    return bool(ANCILLARY.search(issue.issue.title) or GOES_WITH.search(issue.issue.rationale))


def _is_level(letter: str, number: str) -> bool:
    return 1 <= int(number) <= {"C": 8, "T": 12, "L": 6, "S": 5}[letter]


def _lost_parts(facts: Facts, head: str, sentence: Sentence, told: set[str]) -> Iterator[Hit]:
    """The same kind of treatment asked for another body part: "MRI of the neck and MRI of the knee"."""
    text = read(head)
    for kind, name in _treatment_parts(text):
        if treatment_group(kind) not in ("imaging", "electrodiagnostic", "injection"):
            continue
        same = [issue for issue in facts.issues if kind in issue.title.named(TREATMENT)]
        if not same or f"{kind}/{name}" in told:
            continue
        covered = frozenset[str]().union(*(parts_of(issue.title) for issue in same))
        if any(not parts_of(issue.title) for issue in same) or _overlap(frozenset((name,)), covered):
            continue
        told.add(f"{kind}/{name}")
        yield _lost_hit(facts, f"{treatment_name(kind)} of the {part_name(name)}", sentence)


def _treatment_parts(text: Text) -> Iterator[tuple[str, str]]:
    """Treatments with the body part that follows at once."""
    mentions = text.mentions
    for index, mention in enumerate(mentions):
        if mention.kind != TREATMENT:
            continue
        for later in mentions[index + 1 :]:
            if later.kind == TREATMENT and later.name != mention.name:
                break
            if later.kind == PART and later.word <= mention.word + mention.words + 4:
                yield mention.name, later.name
                break


def _lost_hit(facts: Facts, item: str, sentence: Sentence) -> Hit:
    return Hit(
        field=facts.issues[0].field("title"),
        related=(SUMMARY,),
        told={"item": item},
        quotes=(Quote(sentence.text, SUMMARY),),
    )


def _refused_items(sentence: str) -> tuple[str, str]:
    """The part of a sentence that names what was refused, without reasons, and what was granted."""
    if re.search(r"\b(?:was|were|been)\s+(?:also\s+)?(?:approved|certified|authorized)\b", sentence, re.I) and not re.search(
        r"non-? ?certif|denied|modif", sentence, re.I
    ):
        return "", ""
    if not REVIEWED.search(sentence) and not re.search(r"\brequests?\b", sentence, re.I):
        return "", ""
    head = re.split(
        r"\b(?:due to|because|as there|as the|since|stating|citing|given|with a lack|indicating|noting|"
        r"(?:the )?rationale|on the basis|lack of|lacking|to assist|to rule out)\b",
        sentence,
        maxsplit=1,
        flags=re.I,
    )[0]
    refused = re.search(r"non-? ?certif|\bden(?:y|ied)|modif|fail", head, re.I)
    granted = GRANTED.search(head, refused.end() if refused else 0)
    if granted and not re.search(r"(?:not|non-? ?)\s*$|fail\w* to\s*$", head[: granted.start()], re.I):
        return head[: granted.start()], head[granted.start() :]
    return head, ""


def _about(issue: IssueFacts, text: Text, sentence: Sentence) -> bool:
    """Whether a sentence speaks of the issue's own item."""
    ours = issue.title.named(DRUG) or issue.title.named(TREATMENT)
    there = text.named_within(DRUG, sentence.start, sentence.end) | text.named_within(
        TREATMENT, sentence.start, sentence.end
    )
    return bool(ours & there)


def _asked_for(facts: Facts, issue: IssueFacts) -> str:
    """The summary's sentences that ask for, or refuse, the issue's item."""
    return " ".join(
        sentence.text
        for sentence in facts.asking
        if _about(issue, facts.summary, sentence)
        and not re.search(r"\bpreviously (?:approved|authorized)|had been authorized|prior to\b", sentence.text, re.I)
    )


def _asked_phrases(issue: IssueFacts) -> str:
    """From "request" on, a few words each: guideline numbers in the same sentence stay out."""
    found: list[str] = []
    for sentence in issue.asking:
        for match in re.finditer(r"\brequest(?:ed|s)?\b(.{0,110})", sentence.text, re.I):
            stretch = re.split(
                r"\b(?:exceed\w*|is in excess|guidelines?|recommend\w*|within|is not|are not|does not|would|because|as the|however|but|given|after|completed|authorized|approved)\b",
                match[1],
                maxsplit=1,
                flags=re.I,
            )[0]
            found.append(stretch)
    return " ; ".join(found)


def _stretches(issue: IssueFacts) -> tuple[str, ...]:
    request = issue.request
    if request is None:
        return (issue.issue.title,)
    return (request.original, request.authorized, request.in_dispute)


def _strength_hit(
    issue: IssueFacts, ours: tuple[Strength, ...], place: str, field: FieldId, found: tuple[Strength, ...]
) -> Hit | None:
    for name in dict.fromkeys(one.drug for one in ours):
        wanted = {one.value for one in ours if one.drug == name}
        theirs = {one.value for one in found if one.drug == name}
        if theirs and not theirs & wanted:
            return Hit(
                field=issue.field("title"),
                related=(field,),
                told={
                    "issue": str(issue.number),
                    "drug": name,
                    "ours": _listed(one.printed for one in ours if one.drug == name),
                    "place": place,
                    "theirs": _listed(one.printed for one in found if one.drug == name),
                },
            )
    return None


def _amount_hit(issue: IssueFacts, place: str, field: FieldId, ours: str, theirs: str) -> Hit:
    return Hit(
        field=issue.field("title"),
        related=(field,),
        told={"issue": str(issue.number), "place": place, "ours": ours, "theirs": theirs},
    )


def _differences(whole: Text, part: Text) -> Iterator[tuple[str, str, str]]:
    if not part.raw.strip() or not whole.raw.strip():
        return
    pairs = (
        ("drug", whole.named(DRUG), part.named(DRUG)),
        ("strength", frozenset(all_strengths(whole.raw)), frozenset(all_strengths(part.raw))),
        ("side", _sides(whole), _sides(part)),
        ("body part", whole.named(PART), part.named(PART)),
        ("level", levels(whole.raw), levels(part.raw)),
    )
    for kind, one, other in pairs:
        if one and other and not other <= one:
            yield kind, _listed(one), _listed(other)


def _only(values: frozenset[int]) -> int | None:
    return next(iter(values)) if len(values) == 1 else None


def _refills(raw: str) -> int | None:
    return _only(refills(raw))


def _quantity(raw: str) -> int | None:
    return _only(quantities(raw))


def _hours(raw: str) -> int | None:
    return _only(hours(raw))


def _visits(raw: str) -> int | None:
    found = visits(raw)
    if len(found.totals) == 1:
        return _only(found.totals)
    products = frozenset(times * weeks for times, weeks in found.weekly)
    return _only(found.totals - products) if len(found.totals - products) == 1 else _only(products)


def _sides(text: Text) -> frozenset[str]:
    return frozenset(mention.name for mention in text.mentions if mention.kind == "side")


def _contradicting(wanted: str, told: set[str]) -> str | None:
    if not told or wanted in told:
        return None
    if wanted == "both":
        return next(iter(told)) if len(told) == 1 else None
    return OPPOSITE[wanted] if OPPOSITE[wanted] in told and "both" not in told else None


def _same_limb(part: str, wanted: frozenset[str]) -> bool:
    """The same body part, or the limb it belongs to."""
    return not wanted or _overlap(frozenset((part,)), wanted)


def _overlap(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(_wide(one) & other or _wide(other) & one)


def _wide(parts: frozenset[str]) -> frozenset[str]:
    wide = set(parts)
    for limb, members in BROAD.items():
        if limb in parts:
            wide |= members
    if "back" in parts:
        wide |= SPINE
    return frozenset(wide)


def _level_parts(raw: str) -> frozenset[str]:
    return frozenset(REGION_OF_LEVEL[found[0]] for found in levels(raw))


def parts_of(text: Text) -> frozenset[str]:
    """Body parts a text names, also by spine level; "spine" alone only where no region is told."""
    parts = text.named(PART) | _level_parts(text.raw)
    return parts - {"back"} if parts & SPINE else parts


def _concluded_parts(issue: IssueFacts) -> frozenset[str]:
    """Body parts in the sentence that closes on the request itself."""
    for sentence in reversed(issue.reasoning[-2:]):
        if re.search(r"medically|necess", sentence.text, re.I) and re.search(r"\brequest", sentence.text, re.I):
            return parts_of(read(sentence.text))
    return frozenset()


def _listed(values: object) -> str:
    return ", ".join(sorted({str(value) for value in values}))  # type: ignore[attr-defined]


def _numbers(values: frozenset[int]) -> str:
    return ", ".join(str(value) for value in sorted(values))


def _weekly(pairs: frozenset[tuple[int, int]]) -> str:
    return ", ".join(f"{times} times a week for {weeks} weeks" for times, weeks in sorted(pairs))


def _parts(parts: frozenset[str]) -> str:
    return ", ".join(sorted(part_name(part) for part in parts)) or "item"


RULES = {
    "side": side,
    "side-summary": side_summary,
    "side-request": side_request,
    "level": level,
    "body-part": body_part,
    "body-part-summary": body_part_summary,
    "drug": drug,
    "strength": strength,
    "quantity": quantity,
    "visits": visit_count,
    "title-amounts": title_amounts,
    "parts-add-up": parts_add_up,
    "parts-same-item": parts_same_item,
    "item-of-summary-lost": item_of_summary_lost,
}

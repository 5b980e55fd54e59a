"""Sentences and the facts read from them: what is named, whether it is so, and who says it."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from app.services.language.matching import mentions, term_words, tokens
from app.services.language.terms import concepts, drug_list, in_words, wider
from app.services.language.texts import read_text


class Row(NamedTuple):
    """A sentence, one concept it names, and the marks on it as letters.

    d: done, a: asked for, h: supposed, -: denied, u: not recorded, g: guideline, r: UR says it,
    o: of somebody else, n and x: told as normal or abnormal.
    """

    sentence: str
    name: str
    marks: str


READ = [
    Row("He went through physiotherapy for a month.", "physical therapy", "d"),
    Row("PT was requested on 11-02-2016.", "physical therapy", "a"),
    Row("The treatment plan includes acupuncture.", "acupuncture", "a"),
    Row("No epidural has been given so far.", "epidural", "-d"),
    Row("Chiropractic care has never been attempted.", "chiropractic", "-d"),
    Row("The chart is silent on side effects.", "side effects", "u"),
    Row("Functional gains are nowhere described.", "functional improvement", "u"),
    Row("If therapy fails, an injection may be considered.", "injection", "ahg"),
    Row("The MTUS recommends acupuncture for patients with chronic pain.", "acupuncture", "ag"),
    Row("The MTUS asks for a trial, but the patient has not had acupuncture.", "acupuncture", "-d"),
    Row("Utilization review held that there was no failure of therapy.", "failed", "r-"),
    Row("His mother had a fusion.", "fusion", "do"),
    Row("Family history is notable for a brother with cancer.", "tumor", "ox"),
    Row("Motor strength, reflexes and sensation were intact.", "strength", "n"),
    Row("Grip was 4/5 on the right.", "grip", "x"),
    Row("There was no muscle spasm.", "spasm", "-n"),
    Row("Straight leg raising was negative.", "slr", "n"),
    Row("A positive Lasegue sign was elicited.", "slr", "x"),
    Row("Sensation is diminished over the thumb.", "sensation", "x"),
    Row("The gait is not normal.", "gait", "-x"),
    Row("Weakness was absent.", "weakness", "-n"),
    Row("SLR (+) on the left.", "slr", "x"),
    Row("Tinel neg on both sides.", "tinel", "n"),
    Row("McMurray testing gave no pain.", "mcmurray", "dn"),
    Row("Treatment to date: NSAIDs, acupuncture and a cane.", "acupuncture", "d"),
    Row("A steroid has never been injected.", "steroid injection", "-"),
    Row("MRI of the knee 11/2/2016: medial tear.", "mri", "d"),
    Row("MRI of the knee 11/2/2016: medial tear.", "imaging result", "x"),
    Row("Her husband had a fusion.", "fusion", "do"),
    Row("Tramadol has not reduced the pain.", "tramadol", "d"),
    Row("Acupuncture x 14, the last in June.", "acupuncture", "d"),
    Row("Acupuncture x 14 was suggested.", "acupuncture", ""),
    Row("Manipulation came to nothing.", "chiropractic", "d"),
    Row("She did not respond to traction.", "traction", "d"),
    Row("Wrist extension 3/5 on the left.", "strength", "x"),
    Row("Left psoas 5/5.", "strength", "n"),
    Row("Effusion absent.", "swelling", "-n"),
    Row("He denied fever.", "fever", "-n"),
    Row("Had traction failed, surgery would come next.", "traction", "hd"),
    Row("The fever-free interval was long.", "fever", "-n"),
    Row("The drawer test disclosed gross laxity.", "lachman", "dx"),
    Row("A spondylolisthesis was seen on the CT.", "imaging result", "x"),
    Row("The request exceeds what the guideline allows for acupuncture.", "acupuncture", "ag"),
]


@pytest.mark.parametrize("row", READ, ids=lambda row: row.sentence)
def test_marks(row: Row) -> None:
    told = next(fact for fact in read_text(row.sentence).facts if fact.name == row.name)
    marks = told.marks
    found = {
        "d": marks.done,
        "a": marks.asked,
        "h": marks.hedged,
        "-": marks.denied,
        "u": marks.undocumented,
        "g": marks.source == "guideline",
        "r": marks.source == "ur",
        "o": marks.other_person,
        "n": told.value == "normal",
        "x": told.value == "abnormal",
    }
    assert {mark for mark, is_so in found.items() if is_so} == set(row.marks)


@pytest.mark.parametrize(
    ("sentence", "name", "visits"),
    [
        ("She completed twelve visits of physical therapy.", "physical therapy", 12),
        ("He attended 6 of 8 chiropractic sessions.", "chiropractic", 6),
        ("Acupuncture x 4 was done.", "acupuncture", 4),
        ("He had physical therapy.", "physical therapy", None),
        ("She had two prior epidural injections after 20 visits.", "epidural", 2),
        ("ESI x3 did not help.", "epidural", 3),
        ("A single cortisone injection was given.", "steroid injection", 1),
        ("The 2014 laminectomy did not help.", "laminectomy", None),
    ],
)
def test_visits(sentence: str, name: str, visits: int | None) -> None:
    assert [f.visits for f in read_text(sentence).facts if f.name == name] == [visits]


def test_places_are_those_of_the_text() -> None:
    raw = "Seen on 11-02-2016.  He has had acupuncture.\nHis gait is antalgic."
    assert [(fact.name, raw[fact.start : fact.end]) for fact in read_text(raw).facts] == [
        ("acupuncture", "acupuncture"),
        ("gait", "gait"),
        ("limp", "antalgic"),
    ]


def test_pain_scores() -> None:
    text = read_text("Pain is 8-9/10 without and 4 out of 10 with Norco 10/325mg.")
    assert [(score.low, score.high) for score in text.scores] == [(8, 9), (4, 4)]


def test_vocabularies_hold_together() -> None:
    for concept in concepts().values():
        assert all(parent in concepts() or parent == "assessed" for parent in concept.of)
    for one, other in drug_list().look_alikes:
        assert {one, other} <= set(drug_list().drugs)
    assert {"opioid", "medication", "conservative"} <= wider("hydrocodone")
    assert in_words("mri") == "MRI"


@pytest.mark.parametrize("brand", ["Norco", "Celebrex", "Zanaflex", "apresoline", "Vistaril"])
def test_brands_are_their_drugs(brand: str) -> None:
    (found,) = [m for m in mentions(brand, tokens(brand)) if m.kind == "drug"]
    assert brand.lower() in drug_list().drugs[found.name].names


def test_every_term_can_be_found() -> None:
    """A word of a term stands in a text as one token; only words with figures are cut like texts."""
    terms = [(name, term) for name, one in concepts().items() for term in one.terms]
    terms += [(name, term) for name, one in drug_list().drugs.items() for term in one.names]
    unfit = [
        (name, term)
        for name, term in terms
        for element in term_words(term)
        for word in element.split("|")
        if word != "~"
        and [token.text for token in tokens(word.removesuffix("*"))] != [word.removesuffix("*")]
    ]
    assert unfit == []


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Hemoglobin A1c was 8%.", "a1c"),
        ("The left 5th digit is numb.", "little finger"),
        ("He works for the sheriff's department.", "emp public"),
        ("She is a nurse's aide.", "nurse"),
    ],
)
def test_a_term_with_figures_or_marks_is_found(sentence: str, name: str) -> None:
    assert name in {mention.name for mention in mentions(sentence, tokens(sentence))}

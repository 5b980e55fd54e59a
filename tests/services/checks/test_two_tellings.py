"""One thing as the summary tells it and as the rationale does: contradictions, and what is none."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from msgspec.structs import replace

from app.letter import Decision, Letter
from app.services.checks import Severity, check

from .sound import only


class Told(NamedTuple):
    """What the summary tells, what the rationale of the titled item tells, and the rule that speaks."""

    summary: str
    rationale: str
    rule: str = ""
    title: str = "Psychotherapy, 6 sessions"


FINDINGS = [
    Told("He reported knee pain; there was severe tenderness of the left knee.", "The left knee was only mildly tender.", "exam-contradicted"),
    Told("There was severe tenderness of the left knee.", "The left knee was markedly tender."),
    Told("Tenderness of the left knee was mild in May and severe in June.", "The left knee was mildly tender."),
    Told("X-rays of the hip showed end-stage osteoarthritis.", "X-rays of the hip showed slight degenerative change.", "exam-contradicted"),
    Told("He complained of knee pain; flexion of the knee was limited.", "Knee motion was full.", "exam-contradicted"),
    Told("Pronation of the elbow was reduced.", "The elbow had unrestricted pronation.", "exam-contradicted"),
    Told("External rotation of the hip was 5 degrees.", "External rotation of the hip was normal.", "exam-contradicted"),
    Told("External rotation of the hip was 60 degrees.", "External rotation of the hip was normal."),
    Told("Dorsiflexion of the ankle was full, with diminished power of dorsiflexion.", "Ankle motion was full."),
    Told("He walked with a cane.", "He walks without a limp.", "exam-contradicted"),
    Told("The anterior drawer test of the knee was positive.", "Ligamentous testing of the knee was normal.", "exam-contradicted"),
    Told("The Beck score fell from 30 to 12.", "The Beck score was 30 at first.", ""),
    Told("The Beck score fell from 30 to 12.", "The Beck score was 25.", "measure"),
    Told("CT of the brain was normal.", "CT of the brain was abnormal.", "exam-contradicted"),
    Told("CT of the brain was normal, X-rays of the neck were abnormal.", "X-rays of the neck were abnormal."),
    Told("CT of the brain was normal.", "CT of the brain showed a subdural hemorrhage.", "exam-contradicted"),
    Told("He slept badly and denied suicidal thoughts.", "The patient is suicidal.", "symptom-told"),
    Told("The hemoglobin A1c of 05-12-2016 was 8.1%.", "His A1c was 6.0%.", "measure"),
    Told("The hemoglobin A1c of 05-12-2016 was 8.1%.", "His A1c of 05-12-2016 was 8.1%."),
    Told("The pain was 8/10.", "His VAS score was 2.", "pain-score"),
    Told("The pain was 8/10.", "The VAS is 10 mm long."),
    Told("The weight was 200 pounds.", "His weight is 91 kg."),
    Told("The weight was 200 pounds.", "His weight is 120 kg.", "measure"),
    Told("Pain lies between 4 and 8 out of 10.", "His pain is 5/10."),
    Told("The biceps reflex of the arm was absent.", "The triceps reflex of the arm was normal."),
    Told("The nerve study showed severe slowing on the right, and was normal on the left.", "The nerve study of the left arm was normal."),
    Told("Wrist extension was 3/5.", "Strength of the wrist was normal.", "exam-contradicted"),
    Told("MRI of the hip on 05-12-2016 showed edema.", "CT of the hip disclosed edema.", "event-date"),
    Told("MRI of the hip on 05-12-2016 showed edema; a CT is planned.", "CT of the hip disclosed edema."),
    Told("At L3-4 there is a bulge; at L4-5 an extrusion.", "The bulge at L3-4 and the extrusion at L4-5 are known.", "", "Lumbar brace"),
    Told("The left thigh and the low back hurt.", "Weakness of the great toe points to the L5 root.", "", "Lumbar brace"),
]  # fmt: skip
COURSE = [
    Told("With psychotherapy the Beck score declined from 30 to 12.", "There has been no progress with psychotherapy, as the Beck score was unchanged.", "outcome-told"),
    Told("After psychotherapy migraine attacks dropped from 12 to 3 a month.", "No reduction of migraine has been documented.", "claim-contradicted"),
    Told("The progress report tells of knee pain.", "There is no documentation of functional improvement."),
    Told("He received botulinum toxin injections in May 2016.", "The patient is naive to botulinum toxin.", "claim-contradicted", "Botulinum toxin injection"),
    Told("Botulinum toxin injections were given in May 2016.", "This is his first botulinum toxin injection.", "had-against-never", "Botulinum toxin injection"),
    Told("No epidural steroid injection has been given.", "The effect of the prior injection is not described.", "had-against-never", "Epidural steroid injection"),
    Told("No epidural steroid injection has been given.", "The prior injection into the knee helped him.", "", "Epidural steroid injection"),
    Told("He has never had surgery.", "Walking aids are allowed after surgery.", "", "Walker"),
    Told("He was sent for eight visits of physical therapy and kept all of them.", "The worker is a stranger to physical therapy.", "claim-contradicted"),
    Told("A right knee arthroscopy was done in 2014.", "No operation was ever carried out on this knee.", "claim-contradicted"),
    Told("An injection was offered, but he would not have it.", "The injection of last March wore off within days.", "had-against-never"),
    Told("A lumbar fusion was done in 2012. A laminectomy was done in 2010.", "He has had three operations.", "", "Walker"),
    Told("A lumbar fusion was done in 2012. A laminectomy was done in 2010.", "He has had four operations.", "visits-done", "Walker"),
    Told("Electrodiagnostic tests, the first of their kind in this case, are sought.", "Repeating the electrodiagnostic tests serves nothing.", "had-against-never"),
    Told("He had a functional restoration program in 2014.", "Having never been through such a program, he should be given the chance.", "claim-contradicted", "Functional restoration program"),
    Told("A home exercise program is done each day.", "One would expect a home exercise program, but the chart does not reveal that one was ever established.", "claim-contradicted"),
    Told("Splinting and a cortisone injection had no effect.", "Splinting and injection come first. No such attempts are described.", "claim-contradicted"),
    Told("Splinting had no effect.", "Splinting and injection come first. No such dose is described."),
    Told("A lumbar MRI was done in 2014.", "No MRI of this region has been done.", "", "MRI of the neck"),
    Told("She was allowed ten physical therapy visits but kept eight of them.", "All ten physical therapy visits were kept.", "visits-done"),
    Told("She had PT 2x3 in May.", "Fifteen sessions of physical therapy were already attended.", "visits-done"),
    Told("She lives alone and has no children.", "Her sons, with whom she lives, can help.", "patient-told-otherwise"),
    Told("He is right-handed.", "The injury is of the non-dominant hand.", "patient-told-otherwise", "Right wrist splint"),
    Told("He is right-handed.", "The injury is of the dominant hand.", "", "Right wrist splint"),
    Told("A CT of the wrist of 05-12-2016 showed a fracture.", "The MRI of 05-12-2016 showed a fracture.", "event-date"),
    Told("He works for a law firm as a clerk.", "He is employed as a clerk by a medical practice.", "patient-told-otherwise"),
    Told("He is a correctional officer by trade.", "This paramedic has symptoms.", "patient-told-otherwise"),
    Told("He is a firefighter by trade.", "This paramedic has symptoms."),
    Told("", "The tablet of 200 mg is large.", "strength", "Sertraline 100 mg #30"),
    Told("", "A month's supply of 90 tablets was written.", "quantity", "Sertraline 100 mg #30"),
    Told("", "The script comes with five refills.", "refills", "Sertraline 100 mg #30, 1 refill"),
    Told("He once took 50 mg.", "While 50 mg did little, it now helps.", "", "Sertraline 100 mg #30"),
    Told("", "A patch of 25 mg per hour is strong.", "strength", "Fentanyl patch 25 mcg/hr #10"),
    Told("", "Coming five times a week is too much.", "frequency", "Physical therapy, 2 times a week for 3 weeks"),
    Told("", "He was seen five times a week at first.", "", "Physical therapy, 2 times a week for 3 weeks"),
    Told("", "The study that was ordered calls for gadolinium.", "contrast", "MRI of the shoulder without contrast"),
    Told("", "This elderly worker should not be operated on.", "age"),
    Told("", "In elderly patients healing is slow."),
    Told("Kidney function was normal.", "Kidney function is watched and half of the pain is gone."),
    Told("Kidney function was normal.", "Kidney function is impaired.", "exam-contradicted"),
    Told("", "The injury has left the wrist weak.", "", "Right wrist splint"),
    Told("He had a right wrist splint in May.", "The left wrist is weak.", "side", "Right wrist splint"),
    Told("", "His foreman, a 58-year-old woman, drove him to the clinic."),
    Told("", "A colleague, a 29-year-old woman, has the same complaint."),
    Told("", "He was hurt while carrying an 81-year-old woman."),
    Told("", "This is a 58-year-old supervisor.", "age"),
    Told("", "He smoked until he was 25 years old."),
    Told("", "Before he turned 30 years old he was healthy."),
]  # fmt: skip
REQUESTS = [
    Told("", "Therefore, diclofenac gel 1%, 500 grams, two tubes, is not medically necessary.", "quantity", "Diclofenac gel 1%, 100 grams, two tubes"),
    Told("", "Therefore, diclofenac gel 1%, 200 grams, is not medically necessary.", "", "Diclofenac gel 1%, 100 grams, two tubes"),
    Told("", "Therefore, sixty lidocaine 5% patches are not medically necessary.", "quantity", "Lidocaine 5% patches #30"),
    Told("", "Therefore, sertraline 50 mg #30 with four additional fills is not medically necessary.", "refills", "Sertraline 50 mg #30 with 1 refill"),
    Told("", "Therefore, the 4 day hospital stay is not medically necessary.", "duration", "Inpatient stay, 2 nights stay"),
    Told("", "Therefore, the crutches are not medically necessary.", "modality", "Wheelchair"),
    Told("", "Therefore, the walking aid is not medically necessary.", "", "Wheelchair"),
    Told("", "Sertraline comes as 25, 50 and 200 mg tablets.", "", "Sertraline 100 mg #30"),
    Told("", "Before sertraline he took fluoxetine 20 mg.", "", "Sertraline 100 mg #30"),
    Told("", "The usual dose of sertraline is 50 to 200 mg.", "", "Sertraline 100 mg #30"),
    Told("", "Sertraline is titrated from 25 mg.", "", "Sertraline 100 mg #30"),
]  # fmt: skip


def _letter(told: Told, sentence: str) -> Letter:
    concluded = "Therefore" in sentence
    closing = "" if concluded else " Therefore, the request is not medically necessary."
    return only(told.title, f"The case was reviewed. {sentence}{closing}", text=told.summary)


def spoken(told: Told) -> set[str]:
    """The rules that speak of the rationale's sentence, beyond what they say without it."""
    plain = _letter(told, "Therefore, the request is not medically necessary.")
    before = {finding.key for finding in check(plain)}
    after = check(_letter(told, told.rationale))
    return {f.rule for f in after if f.severity is not Severity.INFO and f.key not in before}


HAD = [
    Told("No injection of any sort has been given.", "The shot he got last spring wore off.", "had-against-never", "Steroid injection"),
    Told("She was never referred to physical therapy.", "The physical therapy she attended in May was of help.", "had-against-never"),
    Told("No operation has been done; it is scheduled for June.", "After the operation he will need a sling.", "", "Sling"),
    Told("A first operation was done in 2012.", "It is the first operation on this patient's knee.", "had-against-never", "Operation on the knee"),
    Told("Botulinum toxin was injected in May.", "The drug is new to this patient.", "had-against-never", "Botulinum toxin 100 units"),
    Told("A fusion was done in 2012.", "The patient is not a candidate for fusion.", "", "Lumbar brace"),
    Told("Naproxen upset his stomach.", "Naproxen was not tolerated.", "", "Acupuncture, 4 visits"),
    Told("Counsel writes that no therapy was given. He had ten visits of physical therapy.", "Ten visits of physical therapy were had."),
    Told("The right knee was operated on in 2010.", "The left knee was never operated on.", "", "Brace, left knee"),
    Told("He underwent thirty chiropractic sessions.", "He has had about a dozen chiropractic sessions.", "visits-done", "Chiropractic, 4 visits"),
    Told("He underwent fourteen chiropractic sessions.", "He has had about a dozen chiropractic sessions.", "", "Chiropractic, 4 visits"),
    Told("Therapy raised rotation from 40 to 75 degrees.", "There is no documentation of functional improvement with therapy.", "claim-contradicted"),
    Told("An EMG was done in May.", "There is no corroboration, since an EMG was never done.", "claim-contradicted", "Lumbar brace"),
    Told("In 2013 he had physical therapy.", "In the last two years he has had no physical therapy."),
    Told("Nothing was tried.", "There is nothing to suggest that the gain was not real."),
    Told("The body mass index was 44.", "A BMI over 40 forbids it.", "", "Knee replacement"),
    Told("The body mass index was 34.", "The BMI over 40 of this patient forbids it.", "measure", "Knee replacement"),
]  # fmt: skip


@pytest.mark.parametrize(
    "told", FINDINGS + COURSE + REQUESTS + HAD, ids=lambda told: told.rationale
)
def test_two_tellings(told: Told) -> None:
    found = spoken(told)
    assert told.rule in found if told.rule else not found


@pytest.mark.parametrize(
    ("sentence", "mixed"),
    [
        ("The need for this treatment has not been demonstrated.", True),
        ("The MTUS does not support it, and the request should be denied.", True),
        ("This treatment cannot be endorsed.", True),
        ("The MTUS does not support it where no function was lost.", False),
        ("If function is lost, the request should be denied.", False),
    ],
)
def test_a_rationale_that_concludes_both_ways(sentence: str, mixed: bool) -> None:
    letter = only(
        "Knee brace",
        f"He has a lax knee. {sentence} Therefore, the knee brace is medically necessary.",
    )
    letter = replace(letter, issues=(replace(letter.issues[0], decision=Decision.OVERTURNED),))
    assert ("polarity-mixed" in {finding.rule for finding in check(letter)}) is mixed

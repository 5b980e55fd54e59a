"""Each rule: letters where it must speak, and letters, many of them false alarms once, where it must not."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import pytest
from msgspec.structs import replace

from app.letter import Citation, Decision, Guideline, Letter
from app.paths import MANUAL
from app.services.checks import CheckContext, HouseRule, Severity, check, standard_table
from app.services.checks.rules import RULES
from app.services.citations import standard_guidelines
from app.services.citations.drug_values import DrugList, ListedDrug, Status

from .sound import (
    CHRONIC_PAIN,
    IMAGING,
    PARTIES,
    SHOULDER,
    SOUND,
    SUMMARY,
    THERAPY,
    added,
    citing,
    header,
    imaging,
    in_part,
    mtus,
    odg,
    only,
    other,
    reasons,
    summary,
    therapy,
)

OF_RECORD = frozenset(
    ("record-claim", "record-searched", "record-named", "record-injury", "record-ur-day", "record-age",
     "record-side", "record-level", "record-visits", "record-ur-items", "record-ur-guideline")
)  # fmt: skip
"""The rules that ask the documents of the case file; their letters are in `test_record`."""
WEANING = (
    " This decision addresses the medical necessity of opioids as they have been prescribed to this patient. The treating "
    "physician and the patient are advised to consult the guidelines, and if necessary, others, regarding weaning."
)
LONG = (
    "The guideline says a great many things about imaging of this joint and about who should have it and when it helps. "
    * 5
)
OUT = citing(odg("Shoulder"))


class Row(NamedTuple):
    rule: str
    letter: Letter
    context: CheckContext = CheckContext()


def decided(year: int, month: int, day: int, citation: Citation) -> Letter:
    """A letter of that day whose imaging cites that."""
    letter = imaging(maximus_guideline=citing(citation))
    letter = replace(letter, issues=letter.issues[:1])
    return replace(letter, header=replace(letter.header, decision_date=date(year, month, day)))


LISTED = DrugList(
    version="13",
    effective_from=date(2025, 8, 6),
    rows=(
        ListedDrug(ingredient="Gabapentin", status=Status.NON_EXEMPT, special_fill=4),
        ListedDrug(ingredient="Ibuprofen", status=Status.EXEMPT),
    ),
)
WITH_LIST = CheckContext(guidelines=standard_guidelines().with_own((), (LISTED,)))


def asked(title: str, decided: date | None) -> Letter:
    """A letter of that day about that item."""
    letter = imaging(title=title)
    return replace(
        letter, issues=letter.issues[:1], header=replace(letter.header, decision_date=decided)
    )


def said(*pages: str) -> CheckContext:
    return CheckContext(pages=pages)


FIRES = [
    Row("header-missing", replace(SOUND, header=type(SOUND.header)())),
    Row("header-field-missing", header(priority="")),
    Row("header-field-missing", header(decision_date=None)),
    Row("case-number-form", header(case_number="CM16-020001")),
    Row("case-number-elsewhere", SOUND, said("Case Number: CM16-0200002")),
    Row("case-number-elsewhere", SOUND, CheckContext(file_name="CM16-0200003.pdf")),
    Row("dates-order", header(date_assigned=date(2016, 12, 1))),
    Row("dates-order", header(date_of_injury=date(2017, 10, 11))),
    Row("date-in-future", SOUND, CheckContext(today=date(2017, 1, 3))),
    Row("dates-far-apart", header(decision_date=date(2018, 1, 12))),
    Row("time-limit", header(decision_date=date(2017, 1, 25)), CheckContext(settings={"count_from": "date_assigned"})),
    Row("time-limit", added("The medical records were received on 11-10-2016.")),
    Row("dates-near", header(decision_date=date(2016, 12, 29))),
    Row("weekend", header(decision_date=date(2017, 1, 14))),
    Row("time-limit", header(priority="Expedited")),
    Row("time-limit", SOUND, CheckContext(settings={"days_standard": 20, "count_from": "date_assigned"})),
    Row("no-issues", replace(SOUND, issues=())),
    Row("summary-missing", summary(" ")),
    Row("issue-field-missing", imaging(title="")),
    Row("issue-field-missing", imaging(decision=None)),
    Row("issue-field-missing", imaging(maximus_guideline=Guideline())),
    Row("issue-field-missing", imaging(rationale="  ")),
    Row("rationale-short", imaging(rationale="It is not medically necessary.")),
    Row("outcome-line", SOUND, said("Final Determination: UPHOLD")),
    Row("duplicate-title", therapy(title="MRI of the left shoulder")),
    Row("decided-twice", therapy(title="MRI of the Left Shoulder.")),
    Row("title-lacks-amount", therapy(title="Physical therapy for the left shoulder")),
    Row("item-lost", SOUND, CheckContext(disputed=(IMAGING.title, THERAPY.title, "Norco 10/325mg #60"))),
    Row("item-added", SOUND, CheckContext(disputed=(IMAGING.title,))),
    Row("item-of-summary-lost", replace(SOUND, issues=(IMAGING,))),
    Row("item-of-summary-lost", added("The request for Norco 10/325mg #60 was denied by utilization review.")),
    Row("polarity", imaging(decision=Decision.OVERTURNED)),
    Row("polarity", therapy(decision=Decision.UPHELD)),
    Row("polarity", therapy(rationale=THERAPY.rationale.replace("is medically", "is not medically"))),
    Row("polarity", imaging(rationale=IMAGING.rationale.replace("is not medically", "without contrast is medically"))),
    Row("polarity", only("Norco 10/325mg #60", "The record was read. The request is medically necessary." + WEANING)),
    Row("polarity-weak", imaging(rationale="The record of 11-02-2016 tells of pain for some weeks now. The requested study is warranted.")),
    Row("polarity-mixed", imaging(rationale="Yes, the request is medically necessary. The record of 11-02-2016 was read. So the request is not medically necessary.")),
    Row("no-conclusion", imaging(rationale="The MTUS names red flags. The record of 11-02-2016 tells of pain in the left shoulder.")),
    Row("rationale-repeated", therapy(rationale=IMAGING.rationale, decision=Decision.UPHELD)),
    Row("rationale-overlap", replace(SOUND, issues=(replace(IMAGING, rationale=LONG + IMAGING.rationale), replace(THERAPY, rationale=LONG + THERAPY.rationale)))),
    Row("rationale-of-other", replace(SOUND, issues=(replace(IMAGING, rationale=THERAPY.rationale), THERAPY))),
    Row("other-item-concluded", therapy(rationale="The patient was seen. Therefore, the request for MRI of the left shoulder is medically necessary.")),
    Row("no-patient-facts", imaging(rationale=LONG + "The request is not medically necessary.")),
    Row("side", imaging(rationale=IMAGING.rationale.replace("left", "right"))),
    Row("side", imaging(title="MRI of the bilateral shoulders", rationale=IMAGING.rationale)),
    Row("side-summary", imaging(title="MRI of the right shoulder", rationale="The request is not medically necessary.")),
    Row("side-request", imaging(title="MRI of the right shoulder", rationale="The request is not medically necessary.")),
    Row("level", only("Epidural injection at L4-5", "The record shows nothing. The request for an injection at L2-3 is not medically necessary.")),
    Row("body-part", imaging(rationale=IMAGING.rationale.replace("shoulder", "knee"))),
    Row("body-part", only("MRI of the cervical spine", "The MTUS speaks of lumbar imaging. The request for MRI of the lumbar spine is not medically necessary.")),
    Row("body-part-summary", imaging(title="MRI of the left ankle")),
    Row("drug", only("Norco 10/325mg #60", "The patient takes Flexeril. The request is not medically necessary.")),
    Row("strength", only("Norco 10/325mg #60", "The request for Norco 5/325mg is not medically necessary.")),
    Row("strength", only("Naproxen 550mg #60", "The request is not medically necessary.")),
    Row("strength", only("Fentanyl 50 mcg patches #10", "The request for Fentanyl 50 mg patches is not medically necessary.")),
    Row("parts-same-item", in_part("Fentanyl 25 mcg #10", "Fentanyl 25 mg #5", "Fentanyl 25 mcg #5")),
    Row("quantity", only("Norco 10/325mg #60", "The request for Norco 10/325mg #90 is not medically necessary.")),
    Row("visits", therapy(title="Physical therapy 2 times a week for 4 weeks for the left shoulder")),
    Row("visits", only("Acupuncture, 12 sessions", "The patient had some. The request for 8 sessions is not medically necessary.")),
    Row("quantity", only("Ultram 50mg #30", "Ultram in a count of 60 tablets was asked for. The request for Ultram 50mg, 60 tablets, is not medically necessary.")),
    Row("strength", only("Synthroid 50mcg #30", "The request for Synthroid 50 mg is not medically necessary.")),
    Row("strength", only("Trezix 320.5/30/16 mg, acetaminophen 320.5/30/16 mg #90", "The request for acetaminophen 325/30/16 mg is not medically necessary.")),
    Row("level", only("Epidural injection at L4-5", "The request for an ESI at L5-S1 is not medically necessary.")),
    Row("part-request", only("EMG of the upper extremities", "The patient has neck pain. The request for EMG of the lower extremities is not medically necessary.", text="Neck pain.")),
    Row("refills", only("Naproxen 500mg #60 with 2 refills", "The request for naproxen with three refills is not medically necessary.")),
    Row("frequency", only("Gabapentin 300mg TID", "Gabapentin 300 mg twice daily was requested. It is not medically necessary.")),
    Row("hours", only("Home aide 6 hours a day", "The request for a home aide 8 hours per day is not medically necessary.")),
    Row("duration", only("TENS unit, 30 day rental", "The request for a TENS unit for a 60-day rental is not medically necessary.")),
    Row("course-told", only("Gabapentin 300mg #90", "Gabapentin was begun a few weeks ago. It is not medically necessary.", text="He has taken gabapentin since May 2012.")),
    Row("course-told", only("Gabapentin 300mg #90", "The drug has been used for more than eight years. It is not medically necessary.", text="Gabapentin was first prescribed in August 2016.")),
    Row("quantity", only("Voltaren gel 100 grams", "The gel, 300 gm, was asked for. It is not medically necessary.")),
    Row("frequency", only("Acupuncture, twice a week for 4 weeks", "Acupuncture once weekly has been requested. It is not medically necessary.")),
    Row("duration", only("Acupuncture, twice a week for 4 weeks", "The provider has asked for acupuncture over four months. It is not medically necessary.")),
    Row("modality", only("Ultrasound of the right shoulder", "Arthrography is not named here, but a CT is indicated. Ultrasound is not medically necessary.")),
    Row("drug", only("Oxycodone 5mg #60", "He takes tapentadol with benefit. Oxycodone was read of. It is not medically necessary.")),
    Row("event-date", only("Home exercise kit", "His knee replacement was in June 2013. It is not medically necessary.", text="He had a knee replacement on 03-05-2016.")),
    Row("injury-date", reasons("The accident of 2009 is the cause. It is not medically necessary.")),
    Row("age", added("A consultant writes of a patient aged 71.")),
    Row("age", added("The patient was born in 1941.")),
    Row("specialty-fits", replace(SOUND, reviewer=replace(SOUND.reviewer, specialties=("Podiatric Surgery",)))),
    Row("exam-contradicted", only("MRI of the lumbar spine", "No neurologic deficit was seen. It is not medically necessary.", text="Sensation of the left foot was diminished.")),
    Row("exam-contradicted", only("EMG of the hand", "Tinel's sign was negative. It is not medically necessary.", text="Tinel's and Phalen's signs were positive.")),
    Row("symptom-told", only("MRI of the lumbar spine", "Pain shoots down the leg. It is not medically necessary.", text="He has back pain without radiation.")),
    Row("contrast", only("MRI of the left shoulder with contrast", "The request for an MRI of the left shoulder w/o dye is not medically necessary.")),
    Row("form", only("Diclofenac gel 1%", "The request for diclofenac tablets is not medically necessary.")),
    Row("terms", only("TENS unit, rental", "The requested purchase of a TENS unit is not medically necessary.")),
    Row("approach", only("Transforaminal epidural injection at L4-5", "An interlaminar epidural injection was asked for. It is not medically necessary.")),
    Row("frequency", only("Gabapentin 300mg #90", "He takes gabapentin once daily. It is not medically necessary.", text="He takes gabapentin three times a day.")),
    Row("modality", imaging(rationale=IMAGING.rationale.replace("request for MRI", "request for a CT scan"))),
    Row("polarity-mixed", imaging(rationale="The scan is medically necessary for this worker. The record of 11-02-2016 was read. Therefore, the request is not medically necessary.")),
    Row("exam-contradicted", only("MRI of the lumbar spine", "There was no weakness of the foot. It is not medically necessary.", text="Strength of the left foot was 3/5.")),
    Row("modality", imaging(rationale="The pain has lasted. A computed tomography scan of the left shoulder was requested. The CT is not medically necessary.")),
    Row("drug", only("Hydroxyzine 25mg #60", "Hydralazine 25 mg at night was asked for. Hydroxyzine is not medically necessary.")),
    Row("drug", only("Celebrex 200mg #30", "It is not medically necessary.", text="The request for Celexa 200mg #30 was denied by utilization review.")),
    Row("title-amounts", therapy(title="Physical therapy 2 times a week for 6 weeks (10 sessions) for the left shoulder")),
    Row("parts-add-up", in_part("Norco 10/325mg #60", "Norco 10/325mg #25", "Norco 10/325mg #45")),
    Row("parts-add-up", in_part("Acupuncture for 8 sessions", "Acupuncture for 6 sessions", "Acupuncture for 3 sessions")),
    Row("parts-add-up", in_part("Home aide 12 hours per day, 5 times a week for 4 weeks", "Home aide 6 hours per day, 5 times a week for 4 weeks", "Home aide 8 hours per day, 5 times a week for 4 weeks")),
    Row("parts-same-item", in_part("Norco 320.5mg #60", "Norco 30.5mg #20", "Norco 320.5mg #40")),
    Row("parts-same-item", in_part("Therapy of the left hand, 8 visits", "Therapy of the left hand, 6 visits", "Therapy of the right hand, 2 visits")),
    Row("age", imaging(rationale="This 52-year-old male patient was seen. " + IMAGING.rationale)),
    Row("age", reasons("The patient, aged forty-seven, was seen.")),
    Row("age", reasons("He is fifty-two years of age.")),
    Row("sex", imaging(rationale="The injured worker is a 41 year old female. " + IMAGING.rationale)),
    Row("pronouns", added("She reported poor sleep.")),
    Row("injury-date", header(date_of_injury=date(2016, 10, 10))),
    Row("injury-date", imaging(rationale="The date of injury was 10/12/16. " + IMAGING.rationale)),
    Row("ur-date", header(ur_denial_date=date(2016, 12, 6))),
    Row("impossible-date", added("Seen on 13-41-2016.")),
    Row("date-after-decision", added("On 03-02-2017 he had neck pain.")),
    Row("no-evidence", imaging(maximus_guideline=citing())),
    Row("mtus-parts", imaging(maximus_guideline=citing(mtus("Shoulder Complaints", None, "Special Studies")))),
    Row("mtus-parts", imaging(maximus_guideline=citing(mtus("Shoulder Complaints", "2004")))),
    Row("mtus-parts", imaging(maximus_guideline=citing(mtus("Shoulder Complaints", None, chapter="9")))),
    Row("mtus-parts", decided(2016, 3, 2, mtus("Shoulder Complaints", None, pages="207", chapter="9"))),
    Row("mtus-parts", decided(2024, 3, 2, mtus("Low Back Disorders", None, "MRI"))),
    Row("other-parts", imaging(maximus_guideline=citing(odg("Shoulder", None)))),
    Row("study-parts", imaging(maximus_guideline=citing(other("www.example.org/mri.html")))),
    Row("study-parts", imaging(maximus_guideline=citing(other("Roe J, Imaging of the shoulder, J Example Med")))),
    Row("abbreviated-pages", imaging(maximus_guideline=citing(mtus("Shoulder Complaints", None, pages="207-9", chapter="9")))),
    Row("page-words", imaging(maximus_guideline=citing(mtus("Shoulder Complaints", None, pages="207 (pdf format)", chapter="9")))),
    Row("pages-outside", imaging(maximus_guideline=citing(mtus("Shoulder Complaints", None, pages="900", chapter="9")))),
    Row("wrong-book", only("MRI of the lumbar spine", "It is not medically necessary.", maximus_guideline=citing(mtus("Chronic Pain Treatment Guidelines", None, pages="304")))),
    Row("edition-in-force", imaging(maximus_guideline=citing(mtus("Chronic Pain Medical Treatment", "2009", "Opioids")))),
    Row("edition-in-force", replace(SOUND, header=replace(SOUND.header, decision_date=date(2018, 1, 2)))),
    Row("edition-in-force", replace(SOUND, header=replace(SOUND.header, decision_date=date(2015, 1, 2)))),
    Row("edition-in-force", decided(2023, 12, 15, mtus("Traumatic Brain Injury", "2017", "Imaging"))),
    Row("edition-in-force", decided(2023, 12, 15, mtus("Traumatic Brain Injury", "2021"))),
    Row("edition-in-force", decided(2023, 8, 10, mtus("Shoulder Disorders", "2016", "Exercise"))),
    Row("edition-in-force", decided(2019, 1, 15, mtus("Workplace Mental Health: Depressive Disorders", "2020", "Medications"))),
    Row("drug-list", asked("Gabapentin 300mg #90", date(2025, 9, 1)), WITH_LIST),
    Row("drug-list", asked("Tramadol 50mg #60", date(2025, 9, 1)), WITH_LIST),
    Row("drug-list", asked("Neurontin 300mg #90", date(2024, 3, 1))),
    Row("deadlines", header(decision_date=None)),
    Row("edition-not-adopted", decided(2024, 3, 25, mtus("Chronic Pain", "2024", "Exercise"))),
    Row("edition-not-adopted", decided(2025, 6, 2, mtus("Chronic Pain", "2024", "Exercise"))),
    Row("edition-not-adopted", decided(2026, 10, 1, mtus("Cannabis", "2025", "Cannabinoids for Pain"))),
    Row("edition-unknown", imaging(maximus_guideline=citing(mtus("Shoulder Complaints", "2014", "Special Studies")))),
    Row("chapter-fits", imaging(maximus_guideline=citing(mtus("Low Back Complaints", "2004", "Special Studies")))),
    Row("no-reason-outside", imaging(maximus_guideline=OUT, rationale="The ODG was read. The patient has pain. It is not medically necessary.")),
    Row("search-order", imaging(maximus_guideline=citing(other("Roe J. Imaging. Example J 2010; 4: 12")))),
    Row("unexplained-citations", imaging(maximus_guideline=citing(mtus("Shoulder Complaints", "2004", "Special Studies"), odg("Shoulder")))),
    Row("competing-guidelines", imaging(claims_administrator_guideline=OUT)),
    Row("credentials-missing", replace(SOUND, reviewer=replace(SOUND.reviewer, specialties=()))),
    Row("credentials-unknown", replace(SOUND, reviewer=replace(SOUND.reviewer, specialties=("Sports Medicinea",)))),
    Row("specialty-fits", replace(only("Norco 10/325mg #60", "It is not medically necessary."), reviewer=replace(SOUND.reviewer, specialties=("Chiropractic",)))),
    Row("specialty-fits", replace(only("Psychotherapy, 6 sessions", "It is not medically necessary."), reviewer=SOUND.reviewer)),
    Row("cover-incomplete", replace(PARTIES, cover=replace(PARTIES.cover, addressee=""))),
    Row("cover-incomplete", replace(PARTIES, cover=replace(PARTIES.cover, copies_to="Employee"))),
    Row("records-missing", replace(PARTIES, cover=replace(PARTIES.cover, documents_reviewed=""))),
    Row("records-undated", replace(PARTIES, cover=replace(PARTIES.cover, documents_reviewed="Clinic records 10/11/2016 to 12/01/2016"))),
    Row("records-only-denial", replace(PARTIES, cover=replace(PARTIES.cover, documents_reviewed="Utilization review determination, 12/05/2016"))),
    Row("reviewer-named", added("Reviewed by: Jane Roe, MD.")),
    Row("reviewer-named", reasons("License No. A123456.")),
    Row("person-named", added("Ms. Roe was seen.")),
    Row("person-named", replace(PARTIES, clinical_summary=SUMMARY + " Mr Roestein was seen.")),
    Row("personal-data", added("SSN 123-45-6789.")),
    Row("personal-data", added("Telephone (916) 555-0142.")),
    Row("personal-data", added("Write to a.b@example.org.")),
    Row("personal-data", added("He lives at 12 Example Street.")),
    Row("personal-data", added("Date of birth: 02/14/1975.")),
    Row("personal-data", added("Claim number: WC-2291-887.")),
    Row("birth-dates", added("DOB 02/14/1975. Born on 02/15/1975.")),
    Row("metadata-name", SOUND, CheckContext(metadata={"author": "Jane Roe"})),
    Row("file-name", SOUND, CheckContext(file_name="Roe, Jane.pdf")),
    Row("file-name", PARTIES, CheckContext(file_name="roestein_letter.pdf")),
    Row("placeholder", reasons("Seen by [provider name] on [DATE].")),
    Row("placeholder", added("The page is ____.")),
    Row("blank", added("There is a progress note dated. It tells of pain.")),
    Row("doubled-word", added("There is is pain.")),
    Row("doubled-word", added("It tells of weeks of weeks of care.")),
    Row("double-space", added("There  is pain.")),
    Row("missing-space", added("There is pain.The worker rests.")),
    Row("space-before-mark", added("There is pain , as told.")),
    Row("no-full-stop", summary(SUMMARY + " There is pain")),
    Row("digit-in-word", added("Pain of the shou7lder.")),
    Row("misread-level", added("Narrowing at L5-Sl.")),
    Row("claim-contradicted", reasons("There is no documentation of left shoulder tenderness.")),
    Row("claim-to-confirm", reasons("There is no evidence of red flags.")),
    Row("claim-contradicted", only("Norco 10/325mg #60", "It is nowhere stated that Norco has eased the pain. It is not medically necessary.", text="With Norco the pain fell from 8/10 to 3/10.")),
    Row("claim-contradicted", only("MRI of the left shoulder", "He has yet to try physical therapy. It is not medically necessary.", text="He went through nine visits of PT, which he completed on 11-20-2016.")),
    Row("claim-contradicted", only("Synvisc, left knee", "That conservative therapies failed is not shown. It is not medically necessary.", text="Acupuncture was tried and did not help.")),
    Row("had-against-never", only("Repeat epidural injection at L4-5", "How the earlier injection worked is not told. It is not medically necessary.", text="He has never had an epidural.")),
    Row("had-against-never", only("MRI of the left knee", "He had an arthroscopy of the left knee and is well. It is not medically necessary.", text="No surgery has been performed.")),
    Row("visits-done", only("Acupuncture, 6 sessions", "He has completed 24 sessions of acupuncture. It is not medically necessary.", text="He attended 8 acupuncture visits.")),
    Row("exam-contradicted", only("MRI of the lumbar spine", "The reflexes were symmetric. It is not medically necessary.", text="The right ankle reflex was absent.")),
    Row("exam-contradicted", only("MRI of the lumbar spine", "The sitting root test was positive. It is not medically necessary.", text="Straight leg raising was negative on both sides.")),
    Row("patient-told-otherwise", only("MRI of the left shoulder", "This left-hand-dominant worker has pain. It is not medically necessary.", text="He is right handed.")),
    Row("patient-told-otherwise", only("MRI of the left shoulder", "He was rear-ended on the day of the injury. It is not medically necessary.", text="The injury happened when he slipped off a ladder.")),
    Row("patient-told-otherwise", only("MRI of the left shoulder", "The patient went back to work without limits. It is not medically necessary.", text="He has been temporarily totally disabled since then.")),
    Row("measure", only("Gastric surgery", "With a BMI of 29 he is no candidate. It is not medically necessary.", text="Body mass index is 42.")),
    Row("condition", only("Naproxen 500mg #60", "The patient has diabetes. It is not medically necessary.", text="He denies diabetes or hypertension.")),
    Row("diagnosis", only("Wrist brace", "The patient was diagnosed with carpal tunnel syndrome. It is not medically necessary.", text="The diagnosis is cubital tunnel syndrome.")),
    Row("pain-score", only("Norco 10/325mg #60", "His pain is only 2/10. It is not medically necessary.", text="He rates the pain 8 out of 10.")),
    Row("relief", only("Epidural injection", "The last injection gave him 20% relief. It is not medically necessary.", text="The injection of 11-20-2016 gave 70 percent relief.")),
    Row("event-date", only("MRI of the left shoulder", "An MRI of the left shoulder of 11-04-2016 is at hand. It is not medically necessary.", text="The MRI of the left shoulder dated 11-14-2016 showed a tear.")),
    Row("treatment-place", only("MRI of the left knee", "He underwent arthroscopy of the left knee. It is not medically necessary.", text="He underwent a right knee arthroscopy.")),
    Row("finding-place", only("Epidural injection", "The scan shows a herniation at L3-4. It is not medically necessary.", text="MRI revealed a disc herniation at L5-S1.")),
    Row("complaint", only("MRI of the left shoulder", "The patient complains of right knee pain. It is not medically necessary.")),
    Row("depends", replace(SOUND, issues=(replace(IMAGING, title="Left shoulder arthroscopy with decompression", rationale="The request for surgery is not medically necessary."), replace(THERAPY, title="Post-operative physical therapy, 12 visits", rationale="The patient will need it. It is medically necessary.")))),
    Row("depends", replace(SOUND, issues=(replace(IMAGING, title="Lumbar fusion L4-5", decision=Decision.OVERTURNED, rationale="The surgery is medically necessary."), replace(THERAPY, title="Assistant surgeon", decision=Decision.UPHELD, rationale="As the operation is not supported, the assistant is not medically necessary.")))),
    Row("depends", replace(SOUND, issues=(replace(IMAGING, title="Right knee arthroscopy", rationale="The surgery is not medically necessary."), replace(THERAPY, title="Cold therapy unit, 7 day rental", rationale="It eases the swelling. It is medically necessary.")))),
    Row("twins", replace(SOUND, issues=(replace(IMAGING, title="Synvisc injection, left knee", rationale="Both knees have arthritis and nothing has helped. So it is not medically necessary."), replace(THERAPY, title="Synvisc injection, right knee", rationale="Both knees have arthritis and nothing has helped. So it is medically necessary.")))),
    Row("passage-twice", imaging(rationale="The worker was seen by his own doctor again. He told of pain that wakes him at night and of a loss of grip. The worker was seen by his own doctor again. He told of pain that wakes him at night and of a loss of grip. It is not medically necessary.")),
    Row("wrong-standard", reasons("The visits will hardly bring a full recovery.")),
    Row("wrong-standard", reasons("The pain is not work related.")),
    Row("edition-standard", only("Norco 10/325mg #60", "The dose is above 120 mg MED a day. It is not medically necessary.", maximus_guideline=citing(mtus("Opioid Treatment", "2016", "4.1")))),
    Row("edition-named", only("Norco 10/325mg #60", "The Chronic Pain Guidelines of 2009 speak of opioids. It is not medically necessary.")),
    Row("source-not-cited", reasons("The ODG recommends six visits first.")),
    Row("section-fits", only("Norco 10/325mg #60", "It is not medically necessary.", maximus_guideline=citing(mtus("Chronic Pain Medical Treatment", "2016", "Acupuncture")))),
    Row("drug-class", added("He takes gabapentin, an opioid, at night.")),
    Row("injury-age", reasons("He was hurt eleven years ago; so old an injury, eleven years after the accident, needs no scan.")),
    Row("injury-age", imaging(rationale="The injury is six years old. " + IMAGING.rationale)),
    Row("injury-age", replace(reasons("The injury is still acute."), header=replace(SOUND.header, date_of_injury=date(2009, 10, 11)))),
    Row("record-before-injury", reasons("The progress note of 03-02-2014 tells of the same pain.")),
    Row("item-count", added("Three services are in dispute.")),
    Row("item-count", added("At issue are five requests.")),
    Row("item-count", added("This review addresses a total of four disputed services.")),
    Row("item-count", added("All three of the disputed items are decided below.")),
    Row("granted-told", replace(in_part("Acupuncture for 12 sessions", "Acupuncture for 6 sessions", "Acupuncture for 6 sessions"), clinical_summary="UR of 12-05-2016 approved 8 of the 12 acupuncture sessions.")),
    Row("granted-told", replace(in_part("Acupuncture for 12 sessions", "Acupuncture for 6 sessions", "Acupuncture for 6 sessions"), clinical_summary="Of twelve acupuncture sessions, two were certified by UR.")),
    Row("granted-told", replace(in_part("Acupuncture for 12 sessions", "Acupuncture for 6 sessions", "Acupuncture for 6 sessions"), clinical_summary="Utilization review non-certified acupuncture, 12 sessions.")),
    Row("granted-told", replace(in_part("Acupuncture for 12 sessions", "Acupuncture for 6 sessions", "Acupuncture for 6 sessions"), clinical_summary="The utilization review certified the full course of acupuncture.")),
    Row("granted-told", replace(in_part("Acupuncture for 12 sessions", "Acupuncture for 6 sessions", "Acupuncture for 6 sessions"), clinical_summary="UR modified acupuncture from 12 sessions to 4 sessions.")),
    Row("granted-told", replace(in_part("Acupuncture for 12 sessions", "Acupuncture for 6 sessions", "Acupuncture for 6 sessions"), clinical_summary="The remaining 4 acupuncture sessions were refused by UR.")),
    Row("drug-class", added("As a benzodiazepine, naproxen may be used briefly.")),
    Row("drug-class", added("Naproxen belongs to the muscle relaxants.")),
    Row("drug-class", added("Like other opioids, naproxen causes dependence.")),
    Row("drug-class", added("Famotidine is a proton pump inhibitor.")),
    Row("brand-name", added("Lyrica (gabapentin) was begun.")),
    Row("brand-name", added("Norco, a brand of tramadol, was begun.")),
    Row("brand-name", added("Duloxetine, sold as Lyrica, was begun.")),
    Row("brand-name", added("Naprosyn (ibuprofen) was refilled.")),
    Row("wrong-standard", reasons("The patient wants the scan, and that suffices.")),
    Row("wrong-standard", reasons("Benefit has not been shown with one hundred percent certainty.")),
    Row("wrong-standard", reasons("The condition arises from age and not from work.")),
    Row("wrong-standard", reasons("The savings to the carrier count as well.")),
    Row("wrong-standard", reasons("The Medi-Cal coverage rules are met.")),
    Row("decided-otherwise", imaging(rationale="As discussed below, physical therapy is not medically necessary. " + IMAGING.rationale)),
    Row("decided-otherwise", therapy(rationale="The MRI has been approved in this review. " + THERAPY.rationale)),
    Row("ur-outcome", only("MRI of the left knee", "It is not medically necessary.", text="On 12-05-2016 a physician advisor found the MRI of the left knee to be medically necessary.")),
    Row("twins", replace(SOUND, issues=(replace(IMAGING, title="MRI, left shoulder"), replace(IMAGING, id=1, title="Left shoulder magnetic resonance imaging", decision=Decision.OVERTURNED, rationale="The tear of 11-02-2016 calls for it. It is medically necessary.")))),
    Row("quantity", only("Naproxen 500mg, one tablet twice a day, #60 with 2 refills", "A quantity of 120 naproxen tablets is requested. It is not medically necessary.")),
    Row("quantity", only("Naproxen 500mg, one tablet twice a day, #60 with 2 refills", "Naproxen 500 mg, QTY: 90, is requested. It is not medically necessary.")),
    Row("refills", only("Naproxen 500mg, one tablet twice a day, #60 with 2 refills", "No refills were ordered for naproxen. It is not medically necessary.")),
    Row("refills", only("Naproxen 500mg, one tablet twice a day, #60 with 2 refills", "The naproxen request is for 60 tablets, RF 5. It is not medically necessary.")),
    Row("refills", only("Naproxen 500mg, one tablet twice a day, #60 with 2 refills", "The request for naproxen includes a single refill. It is not medically necessary.")),
    Row("visits", only("Physical therapy 2 times a week for 6 weeks", "Physical therapy thrice weekly x 6 weeks is requested. It is not medically necessary.")),
    Row("visits", only("Physical therapy 2 times a week for 6 weeks", "Physical therapy 2x6 (18 visits) is requested. It is not medically necessary.")),
    Row("form", only("Fentanyl patch 25 mcg #10", "A fentanyl lozenge is requested. It is not medically necessary.")),
    Row("contrast", only("MRI of the left knee without contrast", "A contrast MRI of the left knee is requested. It is not medically necessary.")),
    Row("terms", only("TENS unit, purchase", "Leasing of a TENS unit is requested. It is not medically necessary.")),
    Row("twins", replace(SOUND, issues=(replace(IMAGING, title="Radiographs, left shoulder"), replace(IMAGING, id=1, title="Left shoulder x-rays", decision=Decision.OVERTURNED, rationale="The fall of 11-02-2016 calls for them. They are medically necessary.")))),
    Row("strength", only("Flurbiprofen 20%/lidocaine 5% cream 180 grams", "The cream has 10% flurbiprofen. It is not medically necessary.")),
    Row("strength", only("Flurbiprofen 20%/lidocaine 5% cream 180 grams", "It consists of flurbiprofen (25%) and lidocaine (5%). It is not medically necessary.")),
    Row("polarity", therapy(rationale="The MTUS names visits. Medical necessity has thus not been shown.")),
    Row("polarity-weak", therapy(rationale="The MTUS names visits. There is insufficient documentation to justify the visits.")),
    Row("ur-outcome", imaging(rationale="Utilization review approved the MRI of the left shoulder. " + IMAGING.rationale)),
    Row("ur-outcome", only("MRI of the left knee", "It is not medically necessary.", text="On 12-05-2016 utilization review certified the MRI of the left knee.")),
    Row("side-told", reasons("Numbness of the right arm has lasted.")),
    Row("side-told", reasons("Weakness of the R shoulder is on record.")),
    Row("ur-date-told", reasons("The claims administrator issued its denial on 11-05-2016.")),
    Row("drug", only("Norco 10/325mg #60", "He has taken MS Contin with benefit. The request for Norco 10/325mg #60 is not medically necessary.", text="He takes Norco.")),
    Row("complaint", reasons("An injury of his ankle is healing.")),
    Row("outcome-told", only("Norco 10/325mg #60", "Norco has eased his pain. It is not medically necessary.", text="With Norco the pain is unchanged.")),
    Row("symptom-told", only("Norco 10/325mg #60", "The patient suffers from constipation. It is not medically necessary.", text="He denied constipation.")),
    Row("level-told", only("Epidural injection", "He is status post a fusion at L3-4. It is not medically necessary.", text="A herniation lies at L5-S1.")),
    Row("long-quotation", reasons("The guideline says, \"" + "word " * 130 + "word.\"")),
    Row("reading-ease", reasons("Notwithstanding " + "multidisciplinary biopsychosocial rehabilitation considerations " * 12 + ".")),
    Row("abbreviations", added("Pain was 6 on the VAS.")),
]  # fmt: skip

QUIET = [
    Row("time-limit", header(decision_date=date(2017, 1, 25))),
    Row("strength", only("Norco 10/325mg #60", "The hydrocodone part is 10 mg per tablet. Norco is not medically necessary.")),
    Row("visits-done", only("Physical therapy, 12 sessions", "He has had 24 visits and eight of chiropractic. It is not medically necessary.", text="He completed 24 sessions of physical therapy and eight chiropractic visits.")),
    Row("item-of-summary-lost", only("Soma 350 mg #30", "Soma is not medically necessary.", text="Utilization review of 12-05-2016 certified senna and non-certified Soma.")),
    Row("item-of-summary-lost", only("Soma 350 mg #30", "Soma is not medically necessary.", text="In the utilization review senna was certified and Soma was denied.")),
    Row("course-told", only("Gabapentin 300mg #90", "He has had pain for eight years. Gabapentin is not medically necessary.", text="Gabapentin was first prescribed in August 2016.")),
    Row("course-told", only("Gabapentin 300mg #90", "Gabapentin has been used for four months. It is not medically necessary.", text="Gabapentin was first prescribed in August 2016.")),
    Row("quantity", only("Voltaren gel 100 grams", "The gel, 100 g in one tube, was asked for. It is not medically necessary.")),
    Row("frequency", only("Acupuncture, twice a week for 4 weeks", "Acupuncture, 8 sessions at two per week, has been requested. It is not medically necessary.")),
    Row("event-date", only("Home exercise kit", "His knee replacement was in March 2016. It is not medically necessary.", text="He had a knee replacement on 03-05-2016.")),
    Row("drug", only("Oxycodone 5mg #60", "He formerly took tapentadol. Oxycodone is not medically necessary.")),
    Row("modality", only("Ultrasound of the right shoulder", "A CT would be indicated only after plain films. Ultrasound is not medically necessary.")),
    Row("exam-contradicted", only("MRI of the knee", "Surgery is of use only where a tear blocks the joint. It is not medically necessary.", text="The MRI showed no tear.")),
    Row("claim-contradicted", only("Topical NSAID", "There is little evidence to utilize topical NSAIDs for osteoarthritis of the shoulder. It is not medically necessary.", text="There is osteoarthritis of the shoulder.")),
    Row("no-evidence", imaging(title="Post-operative sling", maximus_guideline=citing(), rationale="The surgery is not necessary, so this is not.")),
    Row("reviewer-named", added("It was Reviewed by Utilization Review and by Reviewed by Nurse Case Management.")),
    Row("header-field-missing", replace(SOUND, header=type(SOUND.header)())),
    Row("case-number-form", header(case_number="IMR 13-000004")),
    Row("case-number-elsewhere", SOUND, said("Case Number: CM16-0200001")),
    Row("date-in-future", SOUND, CheckContext(today=date(2017, 1, 11))),
    Row("outcome-line", SOUND, said("Final Determination: PARTIAL OVERTURN")),
    Row("polarity", only("Norco 10/325mg #60", "The record was read. The request is not medically necessary." + WEANING)),
    Row("polarity", imaging(rationale="The worker has not necessarily improved. Medical necessity has not been established for the request.")),
    Row("polarity", imaging(rationale="With so few findings the scan is not borne out by the file as being medically necessary now.")),
    Row("polarity", imaging(rationale="No, this request was not medically necessary, medically appropriate, or called for. Hence it was not medically necessary.")),
    Row("polarity", therapy(rationale="The prior care was not enough, and the request for therapy is medically necessary to restore function.")),
    Row("polarity", therapy(rationale="We hold that the request for a scan without contrast is medically necessary, going by the records.")),
    Row("no-conclusion", therapy(rationale="So a brace for the knee is medically necessary in the treatment of this worker.")),
    Row("polarity-mixed", imaging(rationale="The MRI is not medically necessary. Guidelines say an MRI may be medically necessary if a red flag is seen. So it is not medically necessary.")),
    Row("duplicate-title", SOUND),
    Row("item-lost", SOUND, CheckContext(disputed=("MRI left shoulder", "PT 2x6 left shoulder"))),
    Row("item-of-summary-lost", added("The request for Naproxen 500 mg was approved.")),
    Row("item-of-summary-lost", added("The UR of that day denied it due to lack of an epidural injection before.")),
    Row("rationale-repeated", replace(SOUND, issues=(replace(IMAGING, title="EKG", rationale="Since the requested surgery is not medically necessary, this ancillary item is not medically necessary."), replace(THERAPY, title="Chest X-ray", rationale="Since the requested surgery is not medically necessary, this ancillary item is not medically necessary.")))),
    Row("side", imaging(rationale=IMAGING.rationale + " The right shoulder is well.")),
    Row("side-summary", therapy(title="Physical therapy, 6 visits")),
    Row("level", only("Epidural injection at L4-5", "The worker is 6'2. The request for an injection at L4-L5 is not medically necessary.")),
    Row("body-part", only("EMG/NCV of the bilateral upper extremities", "Neck pain runs into the arms. It is not medically necessary.", text="Neck pain.")),
    Row("body-part", only("Physical therapy of the lumbar spine, 6 visits", "A course of hand therapy may reduce swelling. It is not medically necessary.", text="Low back pain.")),
    Row("body-part-summary", therapy(title="Chest X-ray for pre-operative clearance")),
    Row("drug", only("Ibuprofen 600mg #90", "NSAIDs such as naproxen carry risks. It is not medically necessary.")),
    Row("strength", only("Voltaren gel 1%", "Voltaren Gel 1% (diclofenac) up to 32 g a day. It is not medically necessary.")),
    Row("strength", only("Norco 10/325mg #60", "The request for Norco 10-325 mg is not medically necessary.")),
    Row("strength", only("Gabapentin 1 g #60", "The request for Gabapentin 1,000 mg is not medically necessary.")),
    Row("visits", only("Laser acupuncture two times a week times six weeks", "The request for a first 12 sessions goes beyond the 3 to 6 treatments of the guideline. It is not medically necessary.")),
    Row("quantity", only("Voltaren gel, 1 tube #1", "He takes Norco #60 too. The request for Voltaren gel is not medically necessary.", text="The request for Norco #30 and Voltaren gel #1 was denied.")),
    Row("level", only("Facet injections L4-5, L5-S1", "The request for facet injections at L4-L5 and L5-S1 is not medically necessary.")),
    Row("part-request", only("EMG of the left arm", "The request for EMG of the upper extremities is not medically necessary.")),
    Row("refills", only("Naproxen 500mg #60 with 2 refills", "Naproxen with two (2) refills was asked for. It is not medically necessary.")),
    Row("frequency", only("Gabapentin 300mg TID", "The request for gabapentin 300 mg three times a day is not medically necessary.")),
    Row("contrast", only("MRI of the left shoulder without contrast", "A scan with contrast is for tumors. The request for an MRI of the left shoulder, non-contrast, is not medically necessary.")),
    Row("form", only("Diclofenac gel 1%", "The MTUS prefers diclofenac tablets. The request for diclofenac gel is not medically necessary.")),
    Row("strength", only("Norco 10/325mg #60", "Norco was raised from 5/325 to 10/325 in 2015. The request for Norco 10/325mg is not medically necessary.")),
    Row("exam-contradicted", only("MRI of the lumbar spine", "Sensation of the right leg was intact. It is not medically necessary.", text="Sensation of the left leg was decreased.")),
    Row("exam-contradicted", only("MRI of the lumbar spine", "On 11-02-2016 the gait was normal. It is not medically necessary.", text="On 10-14-2016 the gait was antalgic.")),
    Row("side-told", reasons("The right, uninvolved shoulder moves well.")),
    Row("ur-date-told", reasons("The claims administrator issued its denial on 12-05-2016.")),
    Row("complaint", reasons("As in surgery of the knee, care comes first.")),
    Row("polarity-mixed", imaging(rationale="The treating doctor states that the scan is medically necessary. Therefore, the request is not medically necessary.")),
    Row("outcome-told", only("Norco 10/325mg #60", "Norco has eased his pain. It is not medically necessary.", text="Therapy did not help. Norco helps.")),
    Row("symptom-told", only("Norco 10/325mg #60", "Opioids may lead to constipation. It is not medically necessary.", text="He denied constipation.")),
    Row("level-told", only("Epidural injection", "The root at L5 is compressed. It is not medically necessary.", text="A herniation lies at L5-S1.")),
    Row("modality", imaging(rationale="A CT was had on 11-02-2016. The request for MRI of the left shoulder is not medically necessary.")),
    Row("drug", only("Hydroxyzine 25mg #60", "He takes hydralazine for his blood pressure. Hydroxyzine is not medically necessary.", text="He takes hydralazine and hydroxyzine.")),
    Row("parts-add-up", in_part("Ibuprofen 600mg #90 with 2 refills", "Ibuprofen 600mg #90", "Two refills of Ibuprofen 600mg #90")),
    Row("parts-add-up", in_part("Physical therapy 2 times a week for 6 weeks (12 sessions)", "Physical therapy for 6 sessions", "physical therapy for 6 sessions")),
    Row("parts-same-item", in_part("Norco 10/325mg #60", "Norco 10/325mg #25", "Norco 10/325mg #35")),
    Row("age", reasons("Over 60 years of study. A 41-year-old male patient was seen.")),
    Row("pronouns", added("The physician said that she would order it.")),
    Row("pronouns", added("He/she may return.")),
    Row("pronouns", added("He or she may return.")),
    Row("age", reasons("A 52-year-old scan of the knee was lost. He fell when he was 35 years old.")),
    Row("age", reasons("He has a 20-year-old male child.")),
    Row("sex", reasons("He came with a 20-year-old female child.")),
    Row("injury-date", imaging(rationale="A visit ten days after the injury on 10/21/16 was read. " + IMAGING.rationale)),
    Row("ur-date", added("The Request for Authorization of 11-28-2016 was reviewed.")),
    Row("injury-date", added("He sustained a cumulative injury from 01/02/2010 to 10/11/2016.")),
    Row("injury-date", imaging(rationale="After a prior injury on 05/05/2010 he was well. " + IMAGING.rationale)),
    Row("age", imaging(rationale="Imaging is meant for patients over 60 years old who fell. " + IMAGING.rationale)),
    Row("sex", imaging(rationale="The guideline speaks of a female patient. " + IMAGING.rationale)),
    Row("ur-date", added("A utilization review of 11-20-2016 approved a brace.")),
    Row("polarity", imaging(rationale="The record was read. There is no reason to find that it is medically necessary.")),
    Row("placeholder", added("It is told that [the patient] had [persistent] pain.")),
    Row("impossible-date", added("Pain at L4-5-6 and 5/325 mg was given.")),
    Row("date-after-decision", added("He is off work until 03-02-2017.")),
    Row("mtus-parts", therapy(maximus_guideline=citing(mtus("Acupuncture Treatment", "2007")))),
    Row("mtus-parts", decided(2015, 3, 2, mtus("Shoulder Complaints", None, pages="207", chapter="9"))),
    Row("other-parts", decided(2015, 3, 2, odg("Shoulder", None))),
    Row("study-parts", decided(2015, 3, 2, other("Roe J, Imaging of the shoulder, J Example Med 2010"))),
    Row("abbreviated-pages", imaging(maximus_guideline=citing(mtus("Shoulder Complaints", None, pages="207-209", chapter="9")))),
    Row("pages-outside", imaging(maximus_guideline=citing(mtus("Shoulder Complaints", None, pages="207-209", chapter="9")))),
    Row("edition-in-force", therapy(maximus_guideline=CHRONIC_PAIN)),
    Row("edition-in-force", decided(2023, 8, 10, mtus("Shoulder Disorders", "2023", "Exercise"))),
    Row("edition-in-force", decided(2023, 8, 9, mtus("Shoulder Disorders", "2016", "Exercise"))),
    Row("edition-in-force", decided(2026, 12, 24, mtus("Low Back Disorders", "2020", "Exercise"))),
    Row("edition-not-adopted", decided(2026, 10, 1, mtus("Chronic Pain", "2017", "Exercise"))),
    Row("drug-list", asked("Gabapentin 300mg #90", date(2017, 12, 31)), WITH_LIST),
    Row("drug-list", asked("MRI of the left knee", date(2025, 9, 1)), WITH_LIST),
    Row("deadlines", SOUND),
    Row("mtus-parts", decided(2020, 12, 1, mtus("Acupuncture Treatment", "2007"))),
    Row("chapter-fits", only("EMG of the left leg", "It is not medically necessary.", maximus_guideline=citing(mtus("Low Back Complaints", "2004", "Special Studies")))),
    Row("no-reason-outside", imaging(maximus_guideline=OUT, rationale="The MTUS does not address this. It is not medically necessary.")),
    Row("competing-guidelines", imaging(claims_administrator_guideline=SHOULDER)),
    Row("credentials-unknown", replace(SOUND, reviewer=replace(SOUND.reviewer, specialties=("Physical Medicine & Rehabilitation",)))),
    Row("cover-incomplete", PARTIES),
    Row("records-undated", PARTIES),
    Row("records-missing", SOUND),
    Row("person-named", reasons("The Doctor's First Report and Dr. Report were read.")),
    Row("personal-data", added("Norco 10-325-5555 was 916 of 555 and 123-45.")),
    Row("metadata-name", SOUND, CheckContext(metadata={"author": "", "producer": "Jane", "creator": "Microsoft Word"})),
    Row("file-name", SOUND, CheckContext(file_name="CM16-0200001.pdf")),
    Row("placeholder", added("Magnetic resonance imaging [MRI] and [CT] were told of.")),
    Row("doubled-word", added("A drug that is not recommended is not recommended. He said that that helped.")),
    Row("digit-in-word", added("Vitamin B12 and 10mg3x are told of, also T12.")),
    Row("claim-contradicted", reasons("There is no documentation of failed injections.")),
    Row("claim-contradicted", only("Norco 10/325mg #60", "Nothing shows that Norco eased the pain. It is not medically necessary.", text="Pain is 7/10 to 8/10 with Norco.")),
    Row("claim-contradicted", only("MRI of the left shoulder", "He has not tried physical therapy. It is not medically necessary.", text="Physical therapy was requested and is pending.")),
    Row("claim-contradicted", only("MRI of the left shoulder", "The MTUS asks whether therapy has not been tried. It is not medically necessary.", text="He completed physical therapy.")),
    Row("had-against-never", only("MRI of the left knee", "After the arthroscopy of the left knee he was well. It is not medically necessary.", text="No surgery of the right shoulder has been performed.")),
    Row("visits-done", only("Acupuncture, 6 sessions", "He has completed 14 sessions of acupuncture. It is not medically necessary.", text="He attended 8 acupuncture visits. Then he completed 6 more sessions of acupuncture.")),
    Row("exam-contradicted", only("MRI of the lumbar spine", "Sensation was intact. It is not medically necessary.", text="He complains of numbness of the foot.")),
    Row("exam-contradicted", only("MRI of the left knee", "The left knee was stable. It is not medically necessary.", text="The right ankle showed instability.")),
    Row("patient-told-otherwise", only("MRI of the left shoulder", "He fell behind with his exercises. It is not medically necessary.", text="The injury came from lifting.")),
    Row("patient-told-otherwise", only("MRI of the left shoulder", "He is back at work. It is not medically necessary.", text="He was off work until 11-20-2016 and then returned to full duty.")),
    Row("condition", only("Naproxen 500mg #60", "The MTUS warns of NSAIDs in patients with diabetes. It is not medically necessary.", text="He denies diabetes.")),
    Row("pain-score", only("Norco 10/325mg #60", "His pain was 8/10. It is not medically necessary.", text="He rates the pain 7-9 out of 10.")),
    Row("relief", only("Epidural injection", "The MTUS asks for at least 50% relief. He had 70% relief. It is not medically necessary.", text="He had 70% relief.")),
    Row("event-date", only("MRI of the left shoulder", "The MRI of the right knee of 11-04-2016 is normal. It is not medically necessary.", text="The MRI of the left shoulder dated 11-14-2016 showed a tear.")),
    Row("treatment-place", only("MRI of the left knee", "He underwent arthroscopy of the left knee. It is not medically necessary.", text="He underwent bilateral knee arthroscopy.")),
    Row("complaint", only("MRI of the left shoulder", "The patient complains of left arm pain. It is not medically necessary.")),
    Row("depends", replace(SOUND, issues=(replace(IMAGING, title="Left shoulder arthroscopy", rationale="The request for surgery is not medically necessary."), replace(THERAPY, title="Physical therapy, 6 visits", rationale="Care without surgery comes first. It is medically necessary.")))),
    Row("twins", replace(SOUND, issues=(replace(IMAGING, title="MRI of the left knee", rationale="The left knee locks and gives way. It is medically necessary.", decision=Decision.OVERTURNED), replace(THERAPY, title="MRI of the right knee", rationale="Nothing is told of the right one at all. It is not medically necessary.", decision=Decision.UPHELD)))),
    Row("passage-twice", imaging(rationale="He has pain. The MTUS was read. He has pain. It is not medically necessary.")),
    Row("wrong-standard", reasons("Recovery of motion is the aim of the MTUS.")),
    Row("edition-named", only("Norco 10/325mg #60", "The MTUS Chronic Pain Guidelines (July 28, 2016) speak of opioids. It is not medically necessary.")),
    Row("source-not-cited", reasons("The MTUS recommends six visits first, and the ODG is silent.")),
    Row("section-fits", only("Norco 10/325mg #60", "It is not medically necessary.", maximus_guideline=citing(mtus("Chronic Pain Medical Treatment", "2016", "Opioids")))),
    Row("drug-class", added("He takes gabapentin, an anticonvulsant, and naproxen, an NSAID, not an opioid.")),
    Row("injury-age", reasons("Two weeks after the injury he saw his doctor. The worker is three months out from the injury.")),
    Row("injury-age", reasons("The MTUS speaks of the acute phase of an injury, up to a year after it.")),
    Row("record-before-injury", reasons("A prior report of 03-02-2014 tells of another pain.")),
    Row("record-before-injury", reasons("The MTUS of 07-28-2016 is a record of studies.")),
    Row("item-count", added("Two services are in dispute.")),
    Row("item-count", added("Of the two disputed items, one is imaging.")),
    Row("item-count", added("Six treatments were completed.")),
    Row("item-count", added("Three other requests are under review elsewhere.")),
    Row("granted-told", replace(in_part("Acupuncture for 12 sessions", "Acupuncture for 6 sessions", "Acupuncture for 6 sessions"), clinical_summary="UR of 12-05-2016 approved 6 of the 12 acupuncture sessions.")),
    Row("granted-told", replace(in_part("Acupuncture for 12 sessions", "Acupuncture for 6 sessions", "Acupuncture for 6 sessions"), clinical_summary="UR certified six sessions of acupuncture and denied 6.")),
    Row("granted-told", replace(in_part("Acupuncture for 12 sessions", "Acupuncture for 6 sessions", "Acupuncture for 6 sessions"), clinical_summary="Utilization review modified acupuncture from 12 sessions to 6.")),
    Row("granted-told", replace(in_part("Acupuncture for 12 sessions", "Acupuncture for 6 sessions", "Acupuncture for 6 sessions"), clinical_summary="She had 4 acupuncture sessions, which were previously authorized.")),
    Row("drug-class", added("As an alternative to opioids, naproxen was chosen.")),
    Row("drug-class", added("Unlike opioids, naproxen does not lead to dependence.")),
    Row("drug-class", added("Trazodone is a sedative given at night.")),
    Row("drug-class", added("Hyoscyamine is an antispasmodic.")),
    Row("brand-name", added("Lyrica (pregabalin) was begun.")),
    Row("brand-name", added("Percocet (oxycodone/acetaminophen) was begun.")),
    Row("brand-name", added("Norco, a brand of hydrocodone, was begun.")),
    Row("brand-name", added("Drugs tried are opioids (Norco, tramadol).")),
    Row("wrong-standard", reasons("The patient wants to return to work.")),
    Row("wrong-standard", reasons("Medical necessity for the scan has not been shown.")),
    Row("wrong-standard", reasons("Medical criteria are not met.")),
    Row("decided-otherwise", imaging(rationale="As discussed below, physical therapy is medically necessary. " + IMAGING.rationale)),
    Row("decided-otherwise", imaging(rationale="Utilization review held that physical therapy is not medically necessary. " + IMAGING.rationale)),
    Row("polarity-mixed", therapy(rationale="UR reasoned that the therapy was not medically necessary. " + THERAPY.rationale)),
    Row("polarity-mixed", therapy(rationale="As the MRI is not medically necessary, the visits come first. " + THERAPY.rationale)),
    Row("twins", replace(SOUND, issues=(replace(IMAGING, title="Retrospective MRI, left shoulder"), replace(IMAGING, id=1, title="MRI of the left shoulder", decision=Decision.OVERTURNED, rationale="The tear of 11-02-2016 calls for it. It is medically necessary.")))),
    Row("quantity", only("Naproxen 500mg, one tablet twice a day, #60 with 2 refills", "Naproxen 500 mg, QTY: 60, is requested. It is not medically necessary.")),
    Row("refills", only("Naproxen 500mg, one tablet twice a day, #60 with 2 refills", "The naproxen request is for 60 tablets, RF 2. It is not medically necessary.")),
    Row("visits", only("Physical therapy 2 times a week for 6 weeks", "Physical therapy 2x6 (12 visits) is requested, two visits weekly for six weeks. It is not medically necessary.")),
    Row("level", only("Left L4-L5 epidural steroid injection", "An epidural injection at L5-S1 is not requested. It is not medically necessary.")),
    Row("strength", only("Norco 10/325mg #60", "Norco has hydrocodone 10 mg and acetaminophen 325 mg. It is not medically necessary.")),
    Row("strength", only("Flurbiprofen 20%/lidocaine 5% cream 180 grams", "It consists of lidocaine (5%) and flurbiprofen (20%). It is not medically necessary.")),
    Row("no-conclusion", therapy(rationale="The MTUS names visits. Necessity has thus been shown.")),
    Row("ur-outcome", imaging(rationale="Utilization review denied the MRI of the left shoulder. " + IMAGING.rationale)),
    Row("abbreviations", added("Pain was 6 on the visual analogue scale (VAS).")),
]  # fmt: skip


def fired(row: Row) -> set[str]:
    return {finding.rule for finding in check(row.letter, row.context)}


@pytest.mark.parametrize("row", FIRES, ids=lambda row: row.rule)
def test_rule_speaks(row: Row) -> None:
    assert row.rule in fired(row)


@pytest.mark.parametrize("row", QUIET, ids=lambda row: row.rule)
def test_rule_is_quiet(row: Row) -> None:
    assert row.rule not in fired(row)


def test_sound_letters_have_no_findings() -> None:
    assert [f.sentence for f in check(SOUND)] == []
    # The parties' pages name the employee where they must; the letter itself does not.
    assert [f.sentence for f in check(PARTIES)] == []


def test_every_rule_has_a_function_a_row_of_the_table_and_a_test() -> None:
    table = {rule.id for rule in standard_table().rules}
    assert table == set(RULES) == {row.rule for row in FIRES} | OF_RECORD


def test_the_manual_lists_every_rule_with_its_weight() -> None:
    manual = MANUAL.read_text(encoding="utf-8")
    rows = {
        f"| {r.title} | {r.id} | {r.severity}{', off' if r.off else ''} |"
        for r in standard_table().rules
    }
    assert rows <= set(manual.splitlines())


def test_unconfirmed_law_never_blocks() -> None:
    for rule in standard_table().rules:
        assert rule.source.confirmed or rule.severity is not Severity.ERROR
        assert rule.remedy.strip()
        assert rule.title.strip()


@pytest.mark.parametrize(
    ("rule", "speaks"),
    [
        (HouseRule(id="a", field="issue.rationale", pattern="red flags"), True),
        (HouseRule(id="b", field="issue.rationale", pattern="Red Flags", must=True), True),
        (
            HouseRule(
                id="c",
                field="issue.rationale",
                pattern=r"medically\s+necessary\.$",
                must=True,
                is_regex=True,
            ),
            False,
        ),
        (HouseRule(id="d", field="reviewer.licensure", pattern="California", must=True), False),
        (HouseRule(id="e", field="clinical_summary", pattern="(", is_regex=True), False),
        (HouseRule(id="f", field="header.decision_date", pattern="2017"), True),
    ],
)
def test_house_rules(rule: HouseRule, speaks: bool) -> None:
    found = [
        f for f in check(SOUND, CheckContext(house_rules=(rule,))) if f.rule == f"house.{rule.id}"
    ]
    assert bool(found) is speaks

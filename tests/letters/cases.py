"""Made-up cases, one for each form and for what forms do under strain. No person or case is real."""

from __future__ import annotations

from typing import Any

_NONE_CA = "The Claims Administrator did not cite any medical evidence for its decision."
_OUTSIDE = (
    "The Expert Reviewer based their decision on recommendation(s) outside of the MTUS Guidelines."
)
_ODG = "Decision based on Non-MTUS Citation Official Disability Guidelines (ODG)"
_WEANING = (
    "This decision addresses the medical necessity of the drug as prescribed to this patient. It should "
    "not be read as advice to stop it abruptly; if necessary, weaning should be planned with the physician."
)

SAMPLE: dict[str, Any] = {
    "form": "since-2014",
    "header": {
        "case_number": "CM16-0200001", "date_assigned": "10/20/2016", "date_of_injury": "03/08/2016",
        "decision_date": "11/18/2016", "ur_denial_date": "10/07/2016", "priority": "Standard",
        "application_received": "10/17/2016",
    },
    "licensure": "California, Oregon",
    "specialties": "Physical Medicine & Rehabilitation, Pain Managment",
    "summary": [
        "The injured worker is a 47-year-old female who sustained an industrial injury on 03/18/2016. The "
        "mechanism of injury was lifting a loaded crate from a low shelf. Diagnoses include lumbar "
        "radiculopathy, lumbar sprain and myofascial pain. Treatment to date has included naproxen, a home "
        "exercise program and six sessions of physical therapy. An x-ray of the lumbar spine dated "
        "04/02/2016 showed mild narrowing of the disc space at L5-Sl without instability.",
        "On 09/19/2016 the treating physician noted low back pain rated 6/10 that radiates to the left calf. "
        "On examination there was decreased sensation in the left L5 dermatome, and straight leg raising was "
        "positive on the left at 40 degrees. The treatment plan included an MRI of the lumbar spine, further "
        "physical therapy and a refill of cyclobenzaprine.",
    ],
    "issues": [
        (
            "MRI of the lumbar spine without contrast", "Overturned",
            "Decision based on MTUS Low Back Complaints 2004, Section(s): Special Studies.",
            "Decision based on MTUS Low Back Complaints 2004, Section(s): Special Studies, Diagnostic Criteria.",
            "The MTUS supports imaging of the lumbar spine where there are unequivocal findings of nerve "
            "compromise, where treatment has failed and where surgery would be considered. This worker has a "
            "dermatomal loss of sensation and a positive straight leg raise, and six months of care have not "
            "helped. Therefore, the requested MRI of the lumbar spine is medically necessary.",
        ),
        (
            "Physical therapy for the lumbar spine, 12 sessions was the original request. Physical therapy for "
            "the lumbar spine, 4 sessions was authorized by the Claims Administrator. The remaining IMR eligible "
            "portion of the original request, Physical therapy for the lumbar spine, 8 sessions is", "Upheld",
            "Decision based on MTUS Chronic Pain Medical Treatment 2016, Section(s): Physical medicine treatment. "
            f"{_ODG}, Low Back Chapter, Physical therapy.",
            "Decision based on MTUS Chronic Pain Medical Treatment 2016, Section(s): Physical medicine treatment.",
            "The MTUS allows for fading of treatment frequency in favor of active self-directed care. Six sessions "
            "were completed before and four more have been authorized; the records do not say what function was "
            "gained. Without that, the remaining 8 sessions of physical therapy are not medically necessary.",
        ),
        (
            "Cyclobenzaprine 7.5mg #60, DOS: 09/19/2016", "Upheld",
            _NONE_CA,
            f"{_OUTSIDE} {_ODG}, Pain Chapter, Muscle relaxants.",
            [
                "Muscle relaxants are an option for short courses in acute flare-ups. The records show use since "
                "April, well beyond three weeks, and no spasm was found on examination.",
                f"Therefore, the request for cyclobenzaprine is not medically necessary. {_WEANING}",
            ],
        ),
    ],
}  # fmt: skip

_SHORT = (
    "The records describe ongoing pain without new findings. The guideline asks for a trial of conservative care "
    "and for measured improvement before this treatment is extended. Neither is documented. Therefore, the request "
    "is not medically necessary."
)

CASES: dict[str, dict[str, Any]] = {
    "2016-three-issues": SAMPLE,
    "2016-expedited-encrypted": {
        "form": "since-2014",
        "encrypted": True,
        "header": {
            "case_number": "CM16-0200002", "date_assigned": "10/18/2016", "date_of_injury": "09/30/2016",
            "decision_date": "10/20/2016", "ur_denial_date": "10/12/2016", "priority": "Expedited",
            "application_received": "10/17/2016",
        },
        "licensure": "Texas,New York,California",
        "specialties": "Preventive Medicine, Occupational Medicine",
        "summary": [
            "This case involves a now 29-year-old male with a history of an occupational claim from 09/30/2016. "
            "The mechanism of injury is detailed as a fall from a ladder. The current diagnoses are documented as "
            "closed fracture of the left wrist. Prior treatment included a splint and ibuprofen. The request is "
            "for open reduction and internal fixation of the left wrist.",
        ],
        "issues": [
            (
                "Open reduction and internal fixation of the left wrist", "Overturned",
                "Decision based on MTUS Forearm, Wrist, and Hand Complaints 2004.",
                "Decision based on MTUS Forearm, Wrist, and Hand Complaints 2004, Section(s): Surgical Considerations.",
                "The fracture is displaced and unstable on two films. Delay would harm the outcome. Therefore, the "
                "requested surgery is medically necessary.",
            ),
        ],
    },
    "2016-eight-issues": {
        "form": "since-2014",
        "header": {
            "case_number": "CM16-0200003", "date_assigned": "10/21/2016", "date_of_injury": "07/11/2015",
            "decision_date": "11/22/2016", "ur_denial_date": "09/28/2016", "priority": "Standard",
            "application_received": "10/18/2016",
        },
        "licensure": "Florida, California",
        "specialties": "Orthopedic Surgery, Sports Medicine",
        "summary": [
            "The applicant is a fifty-three year old male whose date of injury is 07/11/2015. He was diagnosed "
            "with internal derangement of the right knee and osteoarthritis. Treatment to date has included "
            "bracing, injections and twelve visits of physical therapy. The provider requested arthroscopy of the "
            "right knee with associated services.",
        ],
        "issues": [
            (title, "Upheld", "Decision based on MTUS Knee Complaints 2004.", maximus, _SHORT)
            for title, maximus in (
                ("Arthroscopy of the right knee with partial medial meniscectomy",
                 "Decision based on MTUS Knee Complaints 2004, Section(s): Surgical Considerations."),
                ("Associated surgical service: Assistant surgeon", "The Expert Reviewer did not cite any medical evidence for its decision."),
                ("Pre-op labs: CBC", "The Expert Reviewer did not cite any medical evidence for its decision."),
                ("Labs to include: EKG, QTY: 1", "The Expert Reviewer did not cite any medical evidence for its decision."),
                ("Associated surgical service: Cold therapy unit for the right knee, fourteen day rental with pads, wraps and "
                 "home delivery, to begin on the day of surgery and to end not later than two weeks after it",
                 f"{_OUTSIDE} {_ODG}, Knee & Leg, Continuous-flow cryotherapy."),
                ("Post-op physical therapy 12-18 sessions", "Decision based on MTUS Postsurgical Treatment 2009, Section(s): Knee."),
                ("Post-op Norco 5/325mg #60, 1-2 tabs every 4-6 hrs as needed, 60 day supply: 60",
                 "Decision based on MTUS Opioid Treatment 2016, Section(s): 1.4 Opioids for Post-operative Pain."),
                ("Retrospective: MRI of the right knee, DOS: 08/24/2016",
                 "Decision based on MTUS Knee Complaints 2004, Section(s): Special Studies."),
            )
        ],
    },
    "2017-imro-label": {
        "form": "since-2014",
        "maximus_label": "IMRO/Maximus guideline:",
        "header": {
            "case_number": "CM17-0007001", "date_assigned": "01/13/2017", "date_of_injury": "11/02/2016",
            "decision_date": "02/09/2017", "ur_denial_date": "12/29/2016", "priority": "Standard",
            "application_received": "01/11/2017",
        },
        "licensure": "Ohio, West Virginia, California",
        "specialties": "Internal Medicine, Rheumatology",
        "summary": ["The patient is a 61 year old woman who was injured on November 2, 2016. Diagnosis: contusion of the left hip. "
                    "The request was for acupuncture."],
        "issues": [
            (
                "Acupuncture for 8 sessions", "Upheld",
                "Decision based on MTUS Acupuncture Treatment 2007.",
                "Decision based on MTUS Acupuncture Treatment 2007.",
                _SHORT,
            ),
        ],
    },
    "2015-pages-style": {
        "form": "since-2014",
        "licensure": "Arizona, California",
        "specialties": "Family Practice",
        "summary": [
            "The injured worker is a 38 year old female who sustained an industrial injury on 5/4/2012. The "
            "diagnoses have included cervical strain. Treatment to date has included chiropractic care and "
            "medications. The request is for one x-ray of the cervical spine.",
        ],
        "issues": [
            (
                "1 X-ray of the cervical spine", "Upheld",
                f"The Claims Administrator did not base their decision on the MTUS. {_ODG}, Neck and Upper Back.",
                "Decision based on MTUS ACOEM Chapter 8 Neck and Upper Back Complaints Page(s): 177-179.",
                _SHORT,
            ),
            (
                "One (1) urine drug screen", "Overturned",
                "Decision based on MTUS Chronic Pain Treatment Guidelines Page(s): 43.",
                "Decision based on MTUS Chronic Pain Treatment Guidelines drug testing Page(s): 43.",
                "Testing once a year is supported for low risk. None was done before. Therefore, the requested urine "
                "drug screen is medically necessary.",
            ),
        ],
    },
    "2014-credentials-sentence": {
        "form": "since-2014",
        "credentials_sentence": (
            "The expert reviewer is Board Certified in Physical Medicine and Rehabilitation, has a subspecialty in "
            "Sports Medicine and is licensed to practice in New York. "
        ),
        "summary": ["The patient is a 44 year old male with a work injury dated 8/9/06. The diagnoses include lumbago. Under "
                    "consideration is a request for a lumbar support."],
        "issues": [
            (
                "LUMBAR SUPPORT, ONE", "Upheld",
                "Decision based on MTUS ACOEM Chapter 12 Low Back Complaints.",
                "Decision based on MTUS ACOEM Chapter 12 Low Back Complaints Page(s): 301.",
                _SHORT,
            ),
        ],
    },
    "2013-notice": {
        "form": "notice-2013",
        "dated": "10/2/2013",
        "lines": [
            ("Employee", "P. Example"), ("Claim Number", "EX-13-001"), ("Date of UR Decision", "7/29/2013"),
            ("Date of Injury", "2/14/2009"), ("IMR Application Received", "8/12/2013"),
            ("MAXIMUS Case Number", "CM13-0009001"),
        ],
        "filed": (
            "An application for Independent Medical Review was filed on 8/12/2013 disputing the Utilization Review "
            "Denial dated 7/29/2013. A Notice of Assignment and Request for Information was provided to the above "
            "parties on 9/3/2013. A decision has been made for each of the treatments and/or services that were in dispute:"
        ),
        "credentials_sentence": (
            "The independent Medical Doctor who made the decision has no affiliation with the employer, employee, "
            "providers or the claims administrator. The physician reviewer is Board Certified in Internal Medicine and "
            "is licensed to practice in California. He/she has been in active clinical practice for more than five years."
        ),
        "summary": [
            "Disclaimer: The following case summary was taken directly from the utilization review denial/modification "
            "dated July 29, 2013. \"The patient is a 50 year old female with a date of injury of 02/14/2009. The "
            "diagnoses include lumbago.\"",
        ],
        "documents": [
            "Application of Independent Medical Review", "Utilization Review Determination",
            "Medical Records from Example Medical Group", "Medical Treatment Utilization Schedule (MTUS)",
        ],
        "issues": [
            (
                "12 sessions of physical therapy", True,
                "The Claims Administrator based its decision on the MTUS Chronic Pain Medical Treatment Guidelines, pages 98-99.",
                "The Expert Reviewer based his/her decision on the MTUS Chronic Pain Medical Treatment Guidelines, pages 98-99.",
                _SHORT,
            ),
            (
                "one TENS unit rental", False,
                "The Claims Administrator did not cite any evidence basis for its decision.",
                "The Expert Reviewer based his/her decision on the MTUS Chronic Pain Medical Treatment Guidelines, page 114.",
                "A one month trial is an option beside a program of restoration, and one is under way. The request is "
                "medically necessary and appropriate.",
            ),
        ],
    },
    "2013-late": {
        "form": "late-2013",
        "lines": [
            ("Case Number", "CM13-0039002"), ("Date Assigned", "12/18/2013"), ("Date of Injury", "04/22/2010"),
            ("UR Denial Date", "10/01/2013"), ("Application Received", "10/28/2013"), ("Decision Date", "02/12/2014"),
        ],
        "credentials_sentence": (
            "The physician reviewer is Board Certified in Anesthesiology, has a subspecialty in Pain Management and is "
            "licensed to practice in Texas. "
        ),
        "documents": ["Application of Independent Medical Review", "Medical records from the provider"],
        "summary": ["The patient is a 36 year old male who was injured on 04/22/2010. Diagnoses include cervicalgia. The "
                    "provider requested an epidural injection and Norco."],
        "issues": [
            (
                "Cervical epidural steroid injection at C6-7", "is not",
                "The Claims Administrator based its decision on the MTUS Chronic Pain Medical Treatment Guidelines, page 46.",
                "The Physician Reviewer based his/her decision on the MTUS Chronic Pain Medical Treatment Guidelines, page 46.",
                "Radiculopathy must be documented by examination and imaging. It is not. Therefore, the request cannot be certified.",
            ),
            (
                "Norco 10/325mg #60", "is",
                "The Claims Administrator based its decision on the MTUS Chronic Pain Medical Treatment Guidelines, pages 78-80.",
                "The Physician Reviewer based his/her decision on the MTUS Chronic Pain Medical Treatment Guidelines, page 78.",
                "Relief and function are documented at each visit, and no aberrant behavior. The request is certified.",
            ),
        ],
    },
    "2013-early": {
        "form": "early-2013",
        "lines": [("IMR Case Number", "IMR 13-000901"), ("Date of Injury", "06/30/2008")],
        "decision": "Upheld",
        "issue": "Right knee viscosupplementation, series of three injections",
        "summary": ["The claimant is a 57 year old male who was injured on 06/30/2008. The diagnosis is osteoarthritis of the right knee."],
        "documents": ["Application of Independent Medical Review received 02/11/2013", "Progress report dated 01/04/2013"],
        "guideline": "Decision based on Non-MTUS Citation Official Disability Guidelines (ODG), Knee & Leg, Hyaluronic acid injections.",
        "rationale": _SHORT,
        "credentials_sentence": (
            "The professional reviewer is Board Certified in Orthopedic Surgery and is licensed to practice in Nevada. "
            "He/she has been in active clinical practice for more than five years."
        ),
    },
    "other-letter": {
        "form": "other",
        "title": "ACKNOWLEDGEMENT OF RECEIPT",
        "paragraphs": [
            "We have received your application for review and will tell you when it has been assigned.",
            "Please send any further records within fifteen days.",
        ],
    },
}  # fmt: skip

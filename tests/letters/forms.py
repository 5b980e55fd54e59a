"""The forms' fixed wording around a case: from a case's values to a set letter."""

from __future__ import annotations

from typing import Any

from tests.letters.setter import Setter

_HOW = (
    "MAXIMUS Federal Services sent the complete case file to an expert reviewer. He/she has no "
    "affiliation with the employer, employee, providers or the claims administrator. {credentials}"
    "He/she has been in active clinical practice for more than five years and is currently working "
    "at least 24 hours a week in active practice. The expert reviewer was selected based on his/her "
    "clinical experience, education, background, and expertise in the same or similar specialties "
    "that evaluate and/or treat the medical condition and disputed items/{service}. He/she is "
    "familiar with governing laws and regulations, including the strength of evidence hierarchy "
    "that applies to Independent Medical Review determinations."
)
_LABELS = (
    ("Case Number:", "case_number"),
    ("Date Assigned:", "date_assigned"),
    ("Date of Injury:", "date_of_injury"),
    ("Decision Date:", "decision_date"),
    ("UR Denial Date:", "ur_denial_date"),
    ("Priority:", "priority"),
    ("Application / Received:", "application_received"),
)


def set_letter(case: dict[str, Any]) -> bytes:
    """The case in its form, as a PDF."""
    setter = Setter()
    _FORMS[case["form"]](setter, case)
    return setter.pdf(encrypted=case.get("encrypted", False))


def _since_2014(setter: Setter, case: dict[str, Any]) -> None:
    if "header" in case:
        setter.table([(label, case["header"][key]) for label, key in _LABELS])
    sentence = case.get("credentials_sentence", "")
    setter.heading("HOW THE IMR FINAL DETERMINATION WAS MADE")
    service = "services" if sentence else "Service"
    setter.paragraph((_HOW.format(credentials=sentence, service=service), False))
    if not sentence:
        setter.paragraph(("The Expert Reviewer has the following credentials:", False), gap=False)
        setter.paragraph((f"State(s) of Licensure: {case['licensure']}", False), gap=False)
        setter.paragraph((f"Certification(s)/Specialty: {case['specialties']}", False))
    setter.heading("CLINICAL CASE SUMMARY")
    setter.paragraph(
        ("The expert reviewer developed the following clinical case summary based on a review of "
         "the case file, including all medical records:", False)
    )  # fmt: skip
    for paragraph in case["summary"]:
        setter.paragraph((paragraph, False))
    setter.heading("IMR ISSUES, DECISIONS AND RATIONALES")
    setter.paragraph(
        ("The Final Determination was based on decisions for the disputed items/services set forth "
         "below:", False)
    )  # fmt: skip
    for title, decision, claims, maximus, rationale in case["issues"]:
        setter.paragraph((f"{title}:", True), (decision, False))
        setter.paragraph(("Claims Administrator guideline:", True), (claims, False))
        setter.paragraph((case.get("maximus_label", "MAXIMUS guideline:"), True), (maximus, False))
        paragraphs = rationale if isinstance(rationale, list) else [rationale]
        setter.paragraph(("Decision rationale:", True), (paragraphs[0], False))
        for paragraph in paragraphs[1:]:
            setter.paragraph((paragraph, False))


def _notice_2013(setter: Setter, case: dict[str, Any]) -> None:
    setter.paragraph(("MAXIMUS FEDERAL SERVICES, INC.", True), gap=False)
    setter.paragraph(("Independent Medical Review", False), gap=False)
    setter.paragraph(("P.O. Box 138009, Sacramento, CA 95813-8009", False))
    setter.heading("Notice of Independent Medical Review Determination")
    setter.paragraph((f"Dated: {case['dated']}", False))
    for label, value in case["lines"]:
        setter.paragraph((f"{label}:", True), (value, False), gap=False)
    setter.paragraph(("", False))
    decisions = [
        (
            f"{number}) MAXIMUS Federal Services, Inc. has determined the request for {title} is",
            negated,
        )
        for number, (title, negated, *_) in enumerate(case["issues"], start=1)
    ]
    for _ in range(2):
        for text, negated in decisions:
            if negated:  # the form underlines "not", and the space behind it gets lost
                setter.paragraph((text, False), ("notmedically necessary and appropriate.", False))
            else:
                setter.paragraph((text, False), ("medically necessary and appropriate.", False))
        if _ == 0:
            setter.heading("INDEPENDENT MEDICAL REVIEW DECISION AND RATIONALE")
            setter.paragraph((case["filed"], False))
    setter.paragraph(("Medical Qualifications of the Expert Reviewer:", True), gap=False)
    setter.paragraph((case["credentials_sentence"], False))
    setter.paragraph(("Case Summary:", True), gap=False)
    for paragraph in case["summary"]:
        setter.paragraph((paragraph, False))
    setter.paragraph(("Documents Reviewed for Determination:", True), gap=False)
    for document in case["documents"]:
        setter.paragraph((f"- {document}", False), gap=False)
    setter.paragraph(("", False))
    for number, (title, _, claims, maximus, rationale) in enumerate(case["issues"], start=1):
        setter.paragraph((f"{number}) Regarding the request for {title}:", True))
        setter.paragraph(
            (
                "Medical Treatment Guidelines Relied Upon by the Expert Reviewer to Make His/Her Decision:",
                True,
            ),
            gap=False,
        )
        setter.paragraph((f"{claims} {maximus}", False))
        setter.paragraph(("Rationale for the Decision:", True), gap=False)
        setter.paragraph((rationale, False))
    setter.paragraph(("Effect of the Decision:", True), gap=False)
    setter.paragraph(
        ("The determination of MAXIMUS Federal Services and its physician reviewer is deemed to be the "
         "final determination of the Administrative Director, Division of Workers' Compensation.", False)
    )  # fmt: skip


def _late_2013(setter: Setter, case: dict[str, Any]) -> None:
    setter.paragraph(("MAXIMUS FEDERAL SERVICES, INC.", True), gap=False)
    setter.paragraph(("Independent Medical Review", False))
    for label, value in case["lines"]:
        setter.paragraph((f"{label}:", True), (value, False), gap=False)
    setter.paragraph(("", False))
    setter.heading("HOW THE IMR FINAL DETERMINATION WAS MADE")
    setter.paragraph(
        (_HOW.format(credentials=case["credentials_sentence"], service="services"), False)
    )
    setter.heading("DOCUMENTS REVIEWED")
    setter.paragraph(("The following relevant documents were reviewed:", False), gap=False)
    for document in case["documents"]:
        setter.paragraph((f"- {document}", False), gap=False)
    setter.paragraph(("", False))
    setter.heading("CLINICAL CASE SUMMARY")
    setter.paragraph(
        ("The physician reviewer developed the following clinical case summary based on a review of "
         "the case file, including all medical records:", False)
    )  # fmt: skip
    for paragraph in case["summary"]:
        setter.paragraph((paragraph, False))
    setter.heading("IMR DECISION(S) AND RATIONALE(S)")
    setter.paragraph(
        ("The Final Determination was based on decisions for the disputed items/services set forth "
         "below:", False)
    )  # fmt: skip
    for number, (title, decision, claims, maximus, rationale) in enumerate(case["issues"], start=1):
        setter.paragraph(
            (f"{number}. {title} {decision} medically necessary and appropriate.", True)
        )
        setter.paragraph((claims, False))
        setter.paragraph((maximus, False))
        setter.paragraph((f"The Physician Reviewer's decision rationale: {rationale}", False))


def _early_2013(setter: Setter, case: dict[str, Any]) -> None:
    for label, value in case["lines"]:
        setter.paragraph((f"{label}:", True), (value, False), gap=False)
    setter.paragraph(("", False))
    necessary = "IS" if case["decision"] == "Overturned" else "IS NOT"
    for heading, texts in (
        ("ISSUE AT DISPUTE", [case["issue"]]),
        ("CASE SUMMARY", case["summary"]),
        ("DOCUMENTS REVIEWED FOR DETERMINATION", case["documents"]),
        (
            "MEDICAL TREATMENT GUIDELINE(S) RELIED UPON BY PROFESSIONAL REVIEWER AND WHY",
            [case["guideline"]],
        ),
        (
            f"RATIONALE FOR WHY THE REQUESTED TREATMENT/SERVICE {necessary} MEDICALLY NECESSARY",
            [case["rationale"]],
        ),
        ("MEDICAL REVIEWER QUALIFICATIONS", [case["credentials_sentence"]]),
    ):
        setter.paragraph((heading, True), gap=False)
        for text in texts:
            setter.paragraph((text, False))


def _other(setter: Setter, case: dict[str, Any]) -> None:
    setter.heading(case["title"])
    for paragraph in case["paragraphs"]:
        setter.paragraph((paragraph, False))


_FORMS = {
    "since-2014": _since_2014,
    "notice-2013": _notice_2013,
    "late-2013": _late_2013,
    "early-2013": _early_2013,
    "other": _other,
}

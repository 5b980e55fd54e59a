"""The fixed wording of the forms, as data: headings, labels, lead-ins.

Everything that a letter of these forms prints unchanged stands here, so that a newly seen spelling
is one more row. Confirmed by real letters: the wording of 2014 to 2017. Known from descriptions
only: that of 2013.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Mark(StrEnum):
    """A place in a letter that its form fixes."""

    HOW = "HOW THE IMR FINAL DETERMINATION WAS MADE"
    CREDENTIALS = "The Expert Reviewer has the following credentials:"
    LICENSURE = "State(s) of Licensure:"
    SPECIALTY = "Certification(s)/Specialty:"
    DOCUMENTS = "DOCUMENTS REVIEWED"
    SUMMARY = "CLINICAL CASE SUMMARY"
    SUMMARY_LEAD = "including all medical records:"
    ISSUES = "IMR ISSUES, DECISIONS AND RATIONALES"
    ISSUES_LEAD = "set forth below:"
    CLAIMS = "Claims Administrator guideline:"
    MAXIMUS = "MAXIMUS guideline:"
    RATIONALE = "Decision rationale:"


class Phrase(msgspec.Struct, frozen=True):
    """One way a mark is printed.

    `own_row` says that it fills a row by itself; the others begin one.
    """

    mark: Mark
    text: str
    own_row: bool = False


PLAIN_SUMMARY = "Clinical case summary"
"""The heading of the plain style, which prints no sentence below it."""

PHRASES: tuple[Phrase, ...] = (
    Phrase(Mark.HOW, "HOW THE IMR FINAL DETERMINATION WAS MADE", True),
    Phrase(Mark.CREDENTIALS, "The Expert Reviewer has the following credentials:", True),
    Phrase(Mark.LICENSURE, "State(s) of Licensure:"),
    Phrase(Mark.LICENSURE, "Licensed in:"),
    Phrase(Mark.SPECIALTY, "Certification(s)/Specialty:"),
    Phrase(Mark.SPECIALTY, "Certification or specialty:"),
    Phrase(Mark.DOCUMENTS, "DOCUMENTS REVIEWED", True),
    Phrase(Mark.SUMMARY, "CLINICAL CASE SUMMARY", True),
    Phrase(Mark.SUMMARY, PLAIN_SUMMARY, True),
    Phrase(Mark.ISSUES, "IMR ISSUES, DECISIONS AND RATIONALES", True),
    Phrase(Mark.ISSUES, "IMR DECISION(S) AND RATIONALE(S)", True),
    Phrase(Mark.ISSUES, "Issues, decisions and rationales", True),
    Phrase(Mark.CLAIMS, "Claims Administrator guideline:"),
    Phrase(Mark.MAXIMUS, "MAXIMUS guideline:"),
    Phrase(Mark.MAXIMUS, "Maximus guideline:"),
    Phrase(Mark.MAXIMUS, "IMRO guideline:"),
    Phrase(Mark.MAXIMUS, "IMRO/Maximus guideline:"),
    Phrase(Mark.MAXIMUS, "IMRO/MAXIMUS guideline:"),
    Phrase(Mark.MAXIMUS, "MAXIMUS/IMRO guideline:"),
    Phrase(Mark.RATIONALE, "Decision rationale:"),
)

LEAD_INS: tuple[tuple[Mark, str], ...] = (
    (
        Mark.SUMMARY_LEAD,
        "The expert reviewer developed the following clinical case summary based on a review of "
        "the case file, including all medical records:",
    ),
    (
        Mark.ISSUES_LEAD,
        "The Final Determination was based on decisions for the disputed items/services set forth "
        "below:",
    ),
)

HOW_IT_WAS_MADE = (
    "MAXIMUS Federal Services sent the complete case file to an expert reviewer. He/she has no "
    "affiliation with the employer, employee, providers or the claims administrator. He/she has "
    "been in active clinical practice for more than five years and is currently working at least "
    "24 hours a week in active practice. The expert reviewer was selected based on his/her "
    "clinical experience, education, background, and expertise in the same or similar specialties "
    "that evaluate and/or treat the medical condition and disputed items/Service. He/she is "
    "familiar with governing laws and regulations, including the strength of evidence hierarchy "
    "that applies to Independent Medical Review determinations."
)
"""What every letter since 2014 says under its first heading."""

GUIDELINE_STARTS = (
    "Decision based on",
    "The Claims Administrator did not",
    "The Claims Administrator based",
    "The Expert Reviewer did not",
    "The Expert Reviewer based",
)
"""How the text behind a guideline label begins."""

UNUSUAL = "The field does not begin with one of the usual sentences."
"""What the reading of a guideline field says of one that begins otherwise."""

"""How the sentences of a clinical summary open its three lists: vocabularies as data.

The words are those of summaries of 2013 to 2017, confirmed by real letters, and their like.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Opening(NamedTuple):
    """How a list is opened; a sentence that holds none of the cues, folded, does not open it so."""

    pattern: re.Pattern[str]
    cues: tuple[str, ...]


Openings = tuple[Opening, ...]
_REST = r"(?P<what>\S.*)"


def _compiled(*cues_and_patterns: tuple[str, str]) -> Openings:
    return tuple(
        Opening(re.compile(pattern, re.IGNORECASE | re.DOTALL), tuple(cues.split()))
        for cues, pattern in cues_and_patterns
    )


_LINK = (
    r"(?::|(?:,?\s(?:that|which|has|have|had|currently|now|also|been|is|are|was|were|be|to|at that time"
    r"|documented|noted|listed|given|stated|reported|recorded|described|as|the following"
    r"|includes?|included|including|of|consists?|consisted)\b:?){1,8})\s?"
)
DIAGNOSES = _compiled(
    (
        "diagnos",
        r"(?<!history of a )(?<!differential )\bdiagnos(?:[ei]s|tic impressions?)(?:\s\([^)]{1,20}\))?"
        + _LINK
        + _REST,
    ),
    (
        "diagnosed",
        r"\bdiagnosed\s(?:with|as(?:\shaving)?|to\shave)\s" + _REST,
    ),
    (
        "treating under",
        r"\b(?:treating|under\sthe\scare\sof\s[^.,;]{1,40}?)\sfor\s" + _REST,
    ),
    (
        "undergo receiv under",
        r"\b(?:undergo(?:ing|es)|receiv(?:ing|es)|under)\s(?:\w+\s){0,2}?(?:treatments?|care|therapy)\sfor\s"
        + _REST,
    ),
    (
        "treated followed managed",
        r"\b(?:is|was|are|were|been|being)\s(?:being\s)?(?:\w+ly\s)?(?:treated|followed|managed)\sfor\s"
        + _REST,
    ),
    (
        "impression assessment",
        r"^(?:(?:current|clinical|the)\s)*(?:impressions?|assessments?)(?::|\s(?:was|were|is|are|includes?|included)\b:?)\s?"
        + _REST,
    ),
)
TREATMENT = _compiled(
    (
        "includ consist compris been",
        r"(?<!plan of )(?<!requested )(?<!proposed )(?<!further )(?<!future )(?<!recommended )"
        r"\b(?:treatments?|care|therap(?:y|ies)|management|modalities)(?:\sand\s(?:\w+\s)?\w+)?"
        r"(?:\s(?:to\sdate|thus\sfar|so\sfar|tried|attempted|rendered|received|provided|measures|modalities|history|for\s(?:this|the)\s\w+))?"
        r"(?:\s(?:has|have|had|also|previously|to\sdate|thus\sfar|were|was|noted|documented|listed|reported|to)){0,4}"
        r"\s(?:includ(?:e[sd]?|ing)|consist(?:ed|s|ing)\sof|comprise[sd]|been\swith)\b:?(?:\sthe\sfollowing:?)?\s?"
        + _REST,
    ),
    (
        "treatment",
        r"^(?:(?:prior|previous|past|conservative)\s)?treatments?(?:\s(?:to\sdate|history|so\sfar))?:\s?"
        + _REST,
    ),
    (
        "treatment",
        r"^(?:the\s)?(?:(?:prior|past|previous)\s)?treatments?(?:\sto\sdate)?\s(?:were|are)\s(?!noted|listed|reported|documented|stated)"
        + _REST,
    ),
    (
        "treated",
        r"\b(?:has|had|have|was|been)\s(?:(?:also|been|previously|initially)\s){0,3}treated\s(?:\w+ly\s)?with\s"
        + _REST,
    ),
    (
        "received",
        r"\breceived\s(?:the\sfollowing\s)?(?:prior\s)?treatments?(?::|\sincluding|\swith|\sof)?\s"
        + _REST,
    ),
)
VERDICT = (
    r"(?:(?:previously|also|initially|partially|conditionally|recently|retrospectively)\s){0,2}"
    r"(?:non[\s-]?certified|denied|modified|(?:dis)?approved|certified|deferred|delayed|withdrawn|not\s(?:\w+\s)?certified"
    r"|not\s(?:\w+\s)?approved|not\s(?:deemed\s|found\s)?(?:to\sbe\s)?medically\snecessary)"
)
ASKED = _compiled(
    (
        "authorization rfa",
        r"\b(?:request\sfor\sauthorization|RFA)\b[^.;]{0,60}?\b(?:(?:requested|requesting|included|includes|requests)"
        r"(?:\srequests?\sfor)?\s(?!that\b)|(?:was|is|noted|submitted|made|received|dated)\b(?!\snot)[^.;]{0,40}?\sfor\s)"
        + _REST,
    ),
    (
        "authorization",
        r"\b(?:request(?:ed|s|ing)?|seek(?:s|ing)?|sought)\sauthorization\s(?:for|of|to)\s" + _REST,
    ),
    (
        "authorization",
        r"\bauthorization\s(?:was|is|has\sbeen)\s(?:requested|sought)\sfor\s" + _REST,
    ),
    (
        "following",
        r"\bfollowing\b[^.;]{0,60}?\b(?:was|were|are|is)\srequested:?\s" + _REST,
    ),
    (
        "request",
        r"\b(?:a|the|this)\srequests?\s(?:was|were|has\sbeen|is)\s(?:received|submitted|made|placed)\s(?:on\s\S+\s)?for\s"
        + _REST,
    ),
    (
        "request",
        r"\b(?:is|was)\sa\srequest\sfor\s" + _REST,
    ),
    (
        "request",
        r"\b(?:the|current|present|this)\srequests?\s(?:is|was|are|were)\s(?:made\s)?for\s" + _REST,
    ),
    (
        "treatment",
        r"\b(?:requested\streatments?|treatments?\srequested(?:\sfor\sreview)?)\s(?:includes?|included|is|are|was|were)(?:\sfor)?\s(?!"
        + VERDICT
        + r")"
        + _REST,
    ),
    (
        "request",
        r"\b(?:provider|physician|doctor|surgeon|chiropractor|patient|claimant|applicant|worker|MD|DC|DO)\s(?:has\s|had\s)?(?:requested|requests|is\srequesting)\s(?:for\s)?(?!that\b)"
        + _REST,
    ),
)
JUDGED = _compiled(
    (
        "request",
        r"\b(?:non[\s-]?certified|denied|modified|partially\s(?:certified|approved)|(?:did\snot|failed\sto|declined\sto)\s(?:approve|certify|authorize)|approved|certified|deferred)"
        r"\s(?:(?:the|a|an|this|both)\s)?(?:\w+\s)?requests?\s(?:made\s)?for:?\s" + _REST,
    ),
    (
        "request",
        r"\brequests?\sfor\s(?!authorization\b)(?P<what>\S[^.]*?(?:\.\d[^.]*?)*?)(?=,?\s(?:was|were|is|are|has\sbeen|have\sbeen|had\sbeen)\s(?:\w+\s)?"
        + VERDICT
        + r"\b)",
    ),
    (
        "requested",
        r"\b(?:the|this)\srequested\s(?P<what>\S[^.;]*?)(?=\s(?:was|were|is|are)\s"
        + VERDICT
        + r"\b)",
    ),
    (
        "determined found concluded deemed",
        r"(?:utilization\sreview|\bUR)\b[^.;]{0,40}?\b(?:determined|found|concluded|deemed)\s(?:that\s)?(?P<what>\S[^;]*?)(?=\s(?:was|were|is|are|to\sbe)\s(?:not\s|non))",
    ),
    (
        "certification",
        r"\bnon[\s-]?certification\s(?:for|of)\s" + _REST,
    ),
    (
        "certification",
        r"\bdenied\scertification\b[^.;]{0,40}[;,]?\s(?:for|of)\s" + _REST,
    ),
    (
        "certif denied modified approve authorize",
        r"(?:utilization\sreview|\bUR)\b[^.;]{0,40}?\b(?:non[\s-]?certified|denied|modified|did\snot\s(?:approve|certify|authorize))\s(?!(?:the|a|an|this|both)\s(?:\w+\s)?requests?\b|requests?\b|the\srequested\b|certification\b)"
        + _REST,
    ),
    (
        "original",
        r"^(?:[^.;]*?(?:utilization\sreview|\bUR)\b\s?(?:on|dated|of)?\s?\(?[\d/-]+\)?,?\s)?(?P<what>\S.*?)(?=\s(?:was|is)\sthe\soriginal\srequest\b)",
    ),
)
PLANNED = _compiled(
    (
        "plan",
        r"\b(?:treatment\s)?plan(?:\sof\s(?:care|treatment))?,?\s(?:includes?|included|was|is|consist(?:s|ed)\sof)(?:\s(?:for|to))?\s"
        + _REST,
    ),
    (
        "recommended",
        r"\b(?:provider|physician|doctor|surgeon|chiropractor|MD|DC|DO)\s(?:has\s|had\s)?recommended\s"
        + _REST,
    ),
)

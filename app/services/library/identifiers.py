"""The numbers publications are known by everywhere: DOI and PubMed number."""

from __future__ import annotations

import re

_DOI = re.compile(r"10\.\d{4,9}/\S+")
_DOI_PREFIX = re.compile(
    r"^(?:https?://)?(?:dx\.|www\.)?doi\.org/|^(?:doi|DOI)\s*[:=]?\s*|^info:doi/"
)
_PMID = re.compile(r"\bPMID\s*[:=]?\s*(\d{4,9})\b", re.IGNORECASE)
_ONLY_PMID = re.compile(r"\s*(?:PMID\s*[:=]?\s*)?(\d{4,9})(?:[.,]0{1,2})?\s*", re.IGNORECASE)


def doi_of(text: str) -> str:
    """The DOI in a text that should be one, without what programs write before it."""
    match = _DOI.search(_DOI_PREFIX.sub("", " ".join(text.split())))
    return match[0].rstrip(".,;") if match else ""


def pmid_of(text: str) -> str:
    """The PubMed number in a field that should be one."""
    match = _ONLY_PMID.fullmatch(text)
    return match[1] if match else ""


def pmid_in(note: str) -> str:
    """The PubMed number named as such in a note."""
    match = _PMID.search(note)
    return match[1] if match else ""

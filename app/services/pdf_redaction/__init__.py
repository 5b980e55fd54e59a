"""Public copies of PDFs: how text is truly taken out, and how it is proved that nothing is left."""

from app.services.pdf_redaction.proving import LeftOver, Proof, Searched, names_author, prove
from app.services.pdf_redaction.removing import CannotSee, RedactAnswer, Redacted, redact

__all__ = [
    "CannotSee",
    "LeftOver",
    "Proof",
    "RedactAnswer",
    "Redacted",
    "Searched",
    "names_author",
    "prove",
    "redact",
]

"""Reading PDF files: words with their places, page pictures, attachments.

Hides which PDF engine is used (PyMuPDF) and its traps: encrypted letters with an empty password,
turned pages, an engine that is not thread-safe, files that never end. Nothing else imports it.
"""

from app.services.pdf.drawn_text import UNKNOWN
from app.services.pdf.errors import (
    CannotOpen,
    DamagedPdf,
    EmptyFile,
    NotAPdf,
    PasswordNeeded,
    ReaderFailed,
    ReadingStopped,
    TooHeavy,
    TookTooLong,
    TooMuchMemory,
)
from app.services.pdf.form_values import CheckBox, FormPage, FormText, TextField
from app.services.pdf.guarded import GuardedReader, OpenPdf, name_of, read_guarded
from app.services.pdf.pictures import DRAW_SECONDS, PagePictures, Picture
from app.services.pdf.reading import read
from app.services.pdf.slope import levelled, upright
from app.services.pdf.words import WHOLE, Look, PdfPage, PdfText, Unread, Word

__all__ = [
    "DRAW_SECONDS",
    "UNKNOWN",
    "WHOLE",
    "CannotOpen",
    "CheckBox",
    "DamagedPdf",
    "EmptyFile",
    "FormPage",
    "FormText",
    "GuardedReader",
    "Look",
    "NotAPdf",
    "OpenPdf",
    "PagePictures",
    "PasswordNeeded",
    "PdfPage",
    "PdfText",
    "Picture",
    "ReaderFailed",
    "ReadingStopped",
    "TextField",
    "TooHeavy",
    "TooMuchMemory",
    "TookTooLong",
    "Unread",
    "Word",
    "levelled",
    "name_of",
    "read",
    "read_guarded",
    "upright",
]

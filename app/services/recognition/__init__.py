"""Reading the words in pictures of pages, offline: each with its place and how certain it is.

Hides which recogniser is used (Tesseract) and what is done to a picture before it is shown to it.
It comes with the extra `ocr`: where that is not installed, `is_installed` says so.
"""

from app.services.recognition.installed import NOT_INSTALLED, NotInstalled, is_installed

__all__ = ["NOT_INSTALLED", "NotInstalled", "is_installed"]

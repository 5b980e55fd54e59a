"""How texts end: with a full stop or its like, and what may close behind it."""

from __future__ import annotations

import re

_CLOSING = "[\"')\\]\u201d\u2019]*$"
SENTENCE_END = re.compile("[.!?]" + _CLOSING)
"""A whole sentence is over."""
TEXT_END = re.compile("[.!?:;]" + _CLOSING)
"""The same, or a part of one that may stand at the end of a row of its own."""

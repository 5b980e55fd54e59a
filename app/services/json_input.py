"""JSON from outside: whatever is wrong with it comes as one of two errors.

The library raises five kinds of error, and says where it broke in bytes of the file. Deep nesting
is refused as such, also in members that nobody asks for.
"""

from __future__ import annotations

import codecs
import re
from typing import TypeVar

import msgspec

T = TypeVar("T")
_HALVES = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])"
    rb"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)
"""An escape for one half of a pair without the other."""


class NotJson(ValueError):
    """The bytes are no JSON, in words that can follow a colon."""


def read_json(data: bytes, kind: type[T]) -> T:
    """The value. Raises NotJson, or msgspec.ValidationError where it is of another shape."""
    data = data.removeprefix(codecs.BOM_UTF8)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise NotJson("it is written in UTF-16, and JSON is UTF-8")
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.ValidationError:
        raise
    except RecursionError as error:
        raise NotJson("it is nested too deeply") from error
    except UnicodeError as error:
        raise NotJson("it holds bytes that are not UTF-8") from error
    except msgspec.DecodeError as error:
        if _HALVES.search(data):
            # The library calls that a file that is cut off, or an escape it does not know.
            raise NotJson("half of a character stands alone in it") from error
        raise NotJson(str(error)) from error

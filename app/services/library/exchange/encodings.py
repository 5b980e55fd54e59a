"""How the bytes of a file become text, and whether that is sure.

What says so itself (UTF-8, a byte order mark) is sure. Of the older encodings the one is taken in
which no word is broken by a sign; where more than one fits, the user is asked.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence

import msgspec

from app.errors import UserError

ENCODINGS = {
    "utf-8": "Unicode (UTF-8)",
    "utf-16-le": "Unicode (UTF-16)",
    "utf-16-be": "Unicode (UTF-16, big-endian)",
    "utf-32-le": "Unicode (UTF-32)",
    "utf-32-be": "Unicode (UTF-32, big-endian)",
    "cp1252": "Western European (Windows)",
    "mac_roman": "Western European (Macintosh)",
    "cp850": "Western European (DOS)",
    "cp1250": "Central European (Windows)",
    "iso8859_2": "Central European (ISO, Latin-2)",
    "cp1251": "Cyrillic (Windows)",
    "gb18030": "Chinese (simplified)",
    "big5": "Chinese (traditional)",
    "shift_jis": "Japanese (Shift JIS)",
    "euc_kr": "Korean",
}
"""The encodings a file can be read in, in the words of the screen."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OLD = tuple(name for name in ENCODINGS if not name.startswith("utf"))
_OF_TWO_BYTES = ("gb18030", "big5", "shift_jis", "euc_kr")
"""These read nearly anything: where a reading letter by letter is whole, they are no other way."""
_ENOUGH = 60_000
"""Bytes outside ASCII beyond these tell nothing new of the encoding."""
_CLEARLY = 0.04
"""By so much the disorder of two readings must differ for one to be the right one."""

_CAPITALS = "".join(sign for sign in map(chr, range(0xC0, 0x17F)) if sign.isupper())
# a sign inside a word, a capital behind a small letter: what a wrong encoding makes of accents
_BROKEN = re.compile(
    r"(?<=[^\W\d_])[\u0080-\u009f\u00a1-\u00b4\u00b6-\u00bf\u00d7\u00f7\u0192\u02c0-\u02ff\u2010-\u2bff"
    r"\ue000-\uf8ff\ufffd](?=[^\W\d_])|[\u0080-\u009f\ue000-\uf8ff\ufffd]"
    r"|(?<=[a-zß-öø-ÿ])[" + _CAPITALS + r"](?=[^\W\d_])|\u0192"
    r"|(?:(?<=\s)|(?<=^))[\u00a2-\u00a9\u00ac-\u00b4\u00b6-\u00be\u02c0-\u02ff](?=[a-zß-öø-ÿ])"
    r"|(?<!\S)[âãêëîïìñõöûùúü](?!\S)"
    r"|[A-Za-z][\u3040-\u30ff\uff61-\uff9f\u4e00-\u9fff\uac00-\ud7af]"
    r"|[\u3040-\u30ff\uff61-\uff9f\u4e00-\u9fff\uac00-\ud7af][A-Za-z]"
)
_APOSTROPHES = re.compile(r"(?<=[^\W\d_])[’‐‑–—](?=[^\W\d_])")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_XML_ENCODING = re.compile(rb"\s*<\?xml\b[^>]{0,100}?\bencoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_LINES = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*")


class Decoded(msgspec.Struct, frozen=True, kw_only=True):
    """A file's text; `others` are the encodings in which it could be read differently as well."""

    text: str
    encoding: str
    others: tuple[str, ...] = ()

    @property
    def sure(self) -> bool:
        return not self.others


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """The text of a file, in that encoding or the one that is found. Raises UserError."""
    if encoding is not None:
        return _in_the_named(data, encoding)
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _as(data.removeprefix(mark), name)
    if b"\0" in data:
        return _as(data, _without_mark(data))
    try:
        return Decoded(text=data.decode("utf-8"), encoding="utf-8")
    except UnicodeDecodeError:
        declared = _declared(data)
        return _as(data, declared) if declared and _reads(data, declared) else _older(data)


def _declared(data: bytes) -> str:
    """The encoding that the first line of XML names, where it is one of those known here."""
    match = _XML_ENCODING.match(data)
    try:
        named = codecs.lookup(match[1].decode("ascii")).name if match else ""
    except LookupError:
        return ""
    if named in ("iso8859-1", "iso8859-15"):
        return "cp1252"  # what is called so is written so
    return next((name for name in _OLD if codecs.lookup(name).name == named), "")


def samples(data: bytes, encodings: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The first line that the encodings read differently, as each of them reads it."""
    texts = [decode(data, name).text.splitlines() for name in encodings]
    for lines in zip(*texts, strict=False):
        if len(set(lines)) > 1:
            return tuple(zip(encodings, map(_around_first_sign, lines), strict=True))
    return ()


def _around_first_sign(line: str) -> str:
    sign = _NOT_ASCII.search(line)
    start = max(0, sign.start() - 30) if sign else 0
    return " ".join(line[start : start + 60].split())


def _in_the_named(data: bytes, encoding: str) -> Decoded:
    for mark, _ in _MARKS:
        data = data.removeprefix(mark)
    try:
        return Decoded(text=data.decode(encoding), encoding=encoding)
    except LookupError as error:
        known = ", ".join(ENCODINGS)
        raise UserError(
            f"No encoding is called “{encoding}”.", f"Name one of these: {known}."
        ) from error
    except UnicodeDecodeError as error:
        raise UserError(
            f"The file is not written as {ENCODINGS.get(encoding, encoding)}.",
            "Choose another encoding, or export it again as UTF-8.",
        ) from error


def _as(data: bytes, name: str) -> Decoded:
    try:
        return Decoded(text=data.decode(name), encoding=name)
    except UnicodeDecodeError as error:
        raise no_text() from error


def _without_mark(data: bytes) -> str:
    """UTF-16 without its mark: every other byte of plain Latin text is nothing."""
    even, odd = data[0:4000:2].count(0), data[1:4000:2].count(0)
    half = min(len(data), 4000) / 2
    if odd > 0.6 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.1 * half:
        return "utf-16-be"
    raise no_text()


def no_text() -> UserError:
    """The error for a file that holds something else than text."""
    return UserError(
        "This file does not hold text.", "Export it again from the other program, as UTF-8."
    )


def _older(data: bytes) -> Decoded:
    from charset_normalizer import from_bytes

    lines = _telling_lines(data)
    readings: list[tuple[float, float, str, str]] = []
    for match in from_bytes(lines, cp_isolation=list(_OLD), threshold=1.0):
        for name in (match.encoding, *match.could_be_from_charset):
            if name in _OLD and _reads(data, name):
                text = lines.decode(name)
                broken = _broken(text)
                readings.append((broken + match.chaos, -match.coherence, name, text))
    if not readings:
        if not _reads(data, "cp1252"):
            raise no_text()
        return Decoded(text=data.decode("cp1252"), encoding="cp1252")
    least = min(one[0] for one in readings)
    likely = [one for one in readings if one[0] <= least + _CLEARLY]
    best = min(likely, key=lambda one: (_OLD.index(one[2]), one[1]))
    others = {
        one[3]: one[2]
        for one in likely
        if one[3] != best[3] and (one[2] not in _OF_TWO_BYTES or best[2] in _OF_TWO_BYTES)
    }
    return Decoded(
        text=data.decode(best[2]), encoding=best[2], others=tuple(dict.fromkeys(others.values()))
    )


def _telling_lines(data: bytes) -> bytes:
    found: list[bytes] = []
    length = 0
    for match in _LINES.finditer(data):
        found.append(match[0])
        length += len(match[0])
        if length > _ENOUGH:
            break
    return b"\n".join(found)


def _reads(data: bytes, name: str) -> bool:
    try:
        data.decode(name)
    except UnicodeDecodeError:
        return False
    return True


def _broken(text: str) -> float:
    """The share of the signs outside ASCII that stand where no sign of a word can stand."""
    signs = len(_NOT_ASCII.findall(text))
    broken = len(_BROKEN.findall(_APOSTROPHES.sub("'", text)))
    return broken / signs if signs else 0.0

"""What other programs write into a text that is not its words: HTML, LaTeX, JATS."""

# The libraries this is built on tell no types.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false

from __future__ import annotations

import html
import logging
import re
from functools import lru_cache
from typing import Any

_TAG = re.compile(
    r"</?(?:i|b|u|em|strong|sub|sc|scp|small|tt|span|font|p|div|br|italic|bold|underline|"
    r"(?:jats|mml|ce|xocs|inf|emph):[a-z-]+|inf|emph|ns\d+:[a-z]+)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_SUPERSCRIPT = re.compile(r"<(?:sup|superscript)>([^<]*)</(?:sup|superscript)>", re.IGNORECASE)
_LOOSE_SUPERSCRIPT = re.compile(r"</?(?:sup|superscript|subscript)>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-f]{1,5}|[a-z]{2,8}\d?);", re.IGNORECASE)
_RAISED = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")

_MATH = re.compile(
    r"(?<!\\)\$+(.+?)(?<!\\)\$+|\\\(((?:[^\\]|\\[^()])+)\\\)|\\ensuremath\s*\{([^{}]*)\}",
    re.DOTALL,
)
_POWER = re.compile(r"\^\{?([-+−]?\d+|[-+−n])\}?(?![\w])")
_DEGREE = re.compile(r"\^?\{?∘\}?")
_INDEX = re.compile(r"[_^]\{?(\w+)\}?")
_LATEX = re.compile(r"[\\{}$~]|--|``|''")
_COSTLY = re.compile(r"[\\$~`]|''")
_DASH = re.compile("---?")
_DASHES = {"--": "–", "---": "—"}
_ACCENT = re.compile(
    r"\\['\"^~=.](?:[A-Za-z]|\{[A-Za-z]\}|\{\\[ij]\})|\\[uvHcdbrk]\{[A-Za-z]\}|\\(?:ss|ae|oe|aa|o|l|AE|OE|AA|O|L)\{\}"
    r"|\\`(?:[A-Za-z]|\{[A-Za-z]\}|\{\\[ij]\})|\\[&%#_]"
)
_MOST_MARKS = 2_000
"""So many commands and signs of LaTeX a field may hold: pylatexenc takes half a millisecond each."""
# they mean something else to LaTeX than to the people and programs that write them bare
_BARE = re.compile(r"(?<!\\)([%&#_])")
_BARE_IN_MATH = re.compile(r"(?<!\\)([%&#])")
_NAMED = (
    (re.compile(r"\{?\\textasciicircum\b\s*(?:\{\})?\}?|\\\^\{\}"), "^"),
    (re.compile(r"\{?\\textasciitilde\b\s*(?:\{\})?\}?|\\~\{\}"), "~"),
    (re.compile(r"\{?\\textbackslash\b\s*(?:\{\})?\}?"), "\\"),
)
_QUOTED = re.compile(r"(?<![`\w\\])`([^`'\n]+)'(?![\w'])")
_SIGNS = {
    "textless": "<", "textgreater": ">", "textbar": "|", "textunderscore": "_", "slash": "/",
    "textquotedbl": '"', "textasteriskcentered": "*", "textbraceleft": "{", "textbraceright": "}",
    "textcelsius": "°C", "celsius": "°C", "percent": "%", "and": "&", "textsterling": "£",
    "textnumero": "№", "textminus": "-", "hyphen": "-", "textthreequarters": "¾",
    "copyright": "©", "textcopyright": "©", "dag": "†", "ddag": "‡", "S": "§", "P": "¶", "pounds": "£",
    "textdagger": "†", "textdaggerdbl": "‡", "textsection": "§", "textparagraph": "¶", "checkmark": "✓",
    "degree": "°", "micro": "µ", "textmicro": "µ", "cdot": "·", "bullet": "•", "textbullet": "•",
    "textperthousand": "‰", "permil": "‰", "euro": "€", "texteuro": "€", "textquotesingle": "'",
}  # fmt: skip
_ONLY_LOOKS = re.compile(
    r"(?:bf|it|em|rm|sc|tt|sf|sl|up|md|text|math)(?:series|shape|family|default|style|it|bf|rm|sc)?|"
    r"normal\w*|relax|protect|nocasechange|uppercase|lowercase|makeuppercase|bibinfo\w*|natexlab|"
    r"noopsort|par|newline|linebreak|hspace|vspace|,|;|!|:|/|-|@|displaystyle|textstyle|limits|left|"
    r"right|big\w*|tiny|small|large|SI|si|num|unit|mkbib\w*|enquote|url|path|hbox|mbox|mathop|cal",
    re.IGNORECASE,
)
_NAMES_OF_COMMANDS = re.compile(r"\\([A-Za-z]+)")
_COMMAND = re.compile(r"\\[A-Za-z]+\s*|\\.")
_PLACE = 0xE000
_PLACES = re.compile(r"[\ue000-\uf8ff]")
_ESCAPED = re.compile(r"\{?\\([_%&#~$^{}])(?:\{\})?\}?")
_URL = re.compile(r"\\(?:url|path|nolinkurl)\s*\{(.*)\}", re.DOTALL)


class TooMuchLatex(Exception):
    """A field holds more LaTeX than the words of any publication."""


def without_tags(text: str) -> str:
    """A text without the tags and entities of HTML; a power stays one."""
    if "<" in text:
        text = _SUPERSCRIPT.sub(lambda match: _raised(match[1]), _TAG.sub("", text))
        text = _LOOSE_SUPERSCRIPT.sub("", text)
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    return text


def _raised(text: str) -> str:
    raised = text.translate(_RAISED)
    return raised if raised.isascii() is False and not re.search(r"[a-zA-Z0-9]", raised) else text


def from_latex(text: str) -> str:
    """The words of a LaTeX text: accents, commands and mathematics become characters.

    A bare `%` is no comment. Raises RecursionError where it is nested beyond all measure, and
    TooMuchLatex.
    """
    if not _LATEX.search(text):
        return text
    accented = _ACCENT.sub(lambda match: _accent(match[0]), text) if "\\" in text else text
    costly = len(_COSTLY.findall(accented))
    if not costly:
        bare = accented.replace("{", "").replace("}", "")
        return _DASH.sub(lambda match: _DASHES[match[0]], bare)
    if costly > _MOST_MARKS:
        raise TooMuchLatex
    return _read_whole(text)


@lru_cache(maxsize=512)
def _accent(command: str) -> str:
    return _converted(command)


def _read_whole(text: str) -> str:
    kept: list[str] = _PLACES.findall(text)
    text = _PLACES.sub("", text) if kept else text
    places: list[str] = []

    def place(words: str) -> str:
        places.append(words)
        return chr(_PLACE + len(places) - 1) if len(places) < 6000 else words

    text = _QUOTED.sub(r"‘\1’", text)
    for command, sign in _NAMED:
        text = command.sub(lambda _, sign=sign: place(sign), text)
    text = _MATH.sub(lambda match: place(_math(match[1] or match[2] or match[3] or "")), text)
    plain = _converted(_BARE.sub(r"\\\1", text))
    return _PLACES.sub(
        lambda match: (
            places[ord(match[0]) - _PLACE] if ord(match[0]) - _PLACE < len(places) else ""
        ),
        plain,
    )


def _math(text: str) -> str:
    plain = _converted(f"${_BARE_IN_MATH.sub(lambda match: chr(92) + match[1], text)}$")
    plain = _DEGREE.sub("°", plain)
    plain = _POWER.sub(lambda match: _raised(match[1]), plain)
    return _INDEX.sub(r"\1", plain)


def _converted(text: str) -> str:
    try:
        return str(_reader().latex_to_text(text))
    except (LookupError, AttributeError, TypeError, ValueError):
        # a command without what it needs: its name goes, the words around it stay
        return _COMMAND.sub(" ", text).replace("{", "").replace("}", "")


@lru_cache(maxsize=1)
def _reader() -> Any:
    """Pylatexenc's reader, with the commands that programs write and it does not know."""
    from pylatexenc.latex2text import (
        LatexNodes2Text,
        MacroTextSpec,
        get_default_latex_context_db,
    )

    # it would warn in the log of each command that has not what it needs
    logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)
    known = get_default_latex_context_db()
    known.add_context_category(
        "references",
        macros=[MacroTextSpec(name, sign) for name, sign in _SIGNS.items()],
        prepend=True,
    )
    return LatexNodes2Text(latex_context=known)


def unknown_commands(text: str) -> list[str]:
    """The commands of a LaTeX text whose meaning is not known here: they may have been a sign."""
    if "\\" not in text:
        return []
    context = _reader().latex_context
    named = dict.fromkeys(_NAMES_OF_COMMANDS.findall(text))
    return [
        name
        for name in named
        if context.get_macro_spec(name) is None and not _ONLY_LOOKS.fullmatch(name)
    ]


def address(text: str) -> str:
    """A web address or identifier as it is, without LaTeX's escapes."""
    match = _URL.search(text)
    bare = match[1] if match else text
    bare = re.sub(r"\{?\\textasciitilde\b\s*(?:\{\})?\}?", "~", bare)
    bare = _ESCAPED.sub(r"\1", bare).replace("{", "").replace("}", "")
    return "".join(html.unescape(bare).split())

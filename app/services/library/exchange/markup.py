"""What other programs write into a text that is not its words: HTML, LaTeX, JATS."""

# The libraries this is built on tell no types.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false

from __future__ import annotations

import html
import logging
import re
import unicodedata
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
    r"(?<!\\)(?:\$\$((?:\\.|[^$\\])+)\$\$|\$((?:\\.|[^$\\])+)\$)"
    r"|\\\(((?:[^\\]|\\[^()])+)\\\)|\\ensuremath\s*\{([^{}]*)\}",
    re.DOTALL,
)
_MONEY = re.compile(r"(?<!\\)(?:(?P<money>\$[^$\\^_{}]*\$(?=\d))|\$(?:\\.|[^$\\])+\$)", re.DOTALL)
"""Two dollars and no formula: what closes one is not followed by a digit. A formula goes with its
own end: `$80$ and $100\\,K$` are two."""
_LOOSE_DOLLAR = re.compile(r"(?<!\\)\$")
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
_ESCAPES = re.compile(r"\\[${}]|\\text(?:backslash|brace|dollar|asciicircum)")
_FORMULA_LEFT = re.compile(r"\$[^$]*[\\^_{][^$]*\$")
_BRACES_LEFT = re.compile(r"\{\{[^{}]*\}\}")
_INDEX_LEFT = re.compile(r"[_^]\{[^{}]*\}")
_FACES = ("text", "math")
_GLUED = re.compile(r"(?:aa|AA|ae|AE|oe|OE|ss)(?=[a-z])")
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
# accents over or under the letter behind, for which no reader of LaTeX has a sign
_STACKED = {
    "textcommabelow": "\u0326", "textcommaabove": "\u0313", "textacutemacron": "\u0304\u0301",
    "textgravemacron": "\u0304\u0300", "textbrevemacron": "\u0304\u0306", "textcircumacute": "\u0302\u0301",
    "textvbaccent": "\u030d", "textsubbreve": "\u032e", "textsubtilde": "\u0330", "textsubring": "\u0325",
    "textsubarch": "\u032f", "textsubcircum": "\u032d", "textsubumlaut": "\u0324", "textsubdot": "\u0323",
    "textsubplus": "\u031f", "textsubbar": "\u0320", "textovercross": "\u033d", "textroundcap": "\u0311",
    "newtie": "\u0311",
}  # fmt: skip
_ON_LETTER = re.compile(r"\\(" + "|".join(_STACKED) + r")(?:\s*\{\s*(\w)\s*\}|\s+(\w))")
_QUOTED = re.compile(r"(?<![`\w\\])`([^`'\n]+)'(?![\w'])")
_SIGNS = {
    "textless": "<", "textgreater": ">", "textbar": "|", "textunderscore": "_", "slash": "/",
    "textquotedbl": '"', "textasteriskcentered": "*", "textbraceleft": "{", "textbraceright": "}",
    "textcelsius": "°C", "celsius": "°C", "percent": "%", "and": "&", "textsterling": "£",
    "textnumero": "№", "textminus": "-", "hyphen": "-", "textthreequarters": "¾",
    "copyright": "©", "textcopyright": "©", "dag": "†", "ddag": "‡", "S": "§", "P": "¶", "pounds": "£",
    "textdagger": "†", "textdaggerdbl": "‡", "textsection": "§", "textparagraph": "¶", "checkmark": "✓",
    "addsemicolon": ";", "addcomma": ",", "addcolon": ":", "adddot": ".", "addspace": " ", "space": " ",
    "ppno": "", "pno": "", "degree": "°", "micro": "µ", "textmicro": "µ", "cdot": "·", "bullet": "•", "textbullet": "•",
    "TeX": "TeX", "LaTeX": "LaTeX", "LaTeXe": "LaTeX2e", "BibTeX": "BibTeX", "SliTeX": "SliTeX",
    "dash": "–", "Dash": "—", "textperthousand": "‰", "permil": "‰", "euro": "€", "texteuro": "€", "textquotesingle": "'",
}  # fmt: skip
_ONLY_LOOKS = re.compile(
    r"(?:bf|it|em|rm|sc|tt|sf|sl|up|md|text|math)(?:series|shape|family|default|style|it|bf|rm|sc|tt|sf|sl|up|md)?|"
    r"normal\w*|relax|protect|nocasechange|uppercase|lowercase|makeuppercase|bibinfo\w*|natexlab|"
    r"noopsort|par|newline|linebreak|hspace|vspace|,|;|!|:|/|-|@|displaystyle|textstyle|limits|left|"
    r"right|big\w*|tiny|small|large|SI|si|num|unit|mkbib\w*|enquote|url|path|hbox|mbox|mathop|cal|"
    r"[vh]?phantom|strut",
    re.IGNORECASE,
)
_NAMES_OF_COMMANDS = re.compile(r"\\([A-Za-z]+)")
_ALONE = re.compile(r"\\([A-Za-z]+)(?![A-Za-z]|\s*\{[^}])(?:\{\}|\s+)?")
"""A command without words of its own in braces."""
_COMMAND = re.compile(r"\\[A-Za-z]+\s*|\\.")
_PLACE = 0xE000
_PLACES = re.compile(r"[\ue000-\uf8ff]")
_ESCAPED = re.compile(r"\{?\\([_%&#~$^{}])(?:\{\})?\}?")
_SIGNS_OF_ADDRESSES = {
    "textasciitilde": "~", "textless": "<", "textgreater": ">", "textunderscore": "_",
    "textasciicircum": "^", "sim": "~", "<": "<", ">": ">",
}  # fmt: skip
_IN_ADDRESSES = re.compile(
    r"\$?\{?\\(?P<named>text(?:asciitilde|less|greater|underscore|asciicircum)|sim)\b"
    r"\s*(?:\{\})?\}?\$?|\$(?P<bare>[<>])\$"
)
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

    A bare `%` is no comment. What was escaped once more than was needed, so that LaTeX comes out
    of it, is read once more. Raises RecursionError where it is nested beyond all measure, and
    TooMuchLatex.
    """
    once = _read_once(text)
    return _read_once(_as_latex(once)) if _holds_latex(text, once) else once


def escaped_twice(text: str) -> bool:
    """Whether LaTeX came out of a LaTeX text: a program took its commands for plain words."""
    return _ESCAPES.search(text) is not None and _holds_latex(text, _read_once(text))


def _holds_latex(text: str, once: str) -> bool:
    if _ESCAPES.search(text) is None:
        return False
    if unknown_commands(_as_latex(once)):
        return False  # words behind a backslash, such as the name of a folder
    if any(left.search(once) for left in (_FORMULA_LEFT, _BRACES_LEFT, _INDEX_LEFT)):
        return True
    return any(_is_sign(name) or _GLUED.match(name) for name in _NAMES_OF_COMMANDS.findall(once))


def _is_sign(name: str) -> bool:
    """Whether a command stands for a sign, and is not the word behind a backslash."""
    spec = _reader().latex_context.get_macro_spec(name)
    return isinstance(getattr(spec, "simplify_repl", None), str) or name.startswith(_FACES)


def _as_latex(text: str) -> str:
    """LaTeX that came out of a text, with what it lost on the way: the space or braces behind a
    letter, `\\aardh`, and the signs of mathematics around an index, `x_{1}`."""
    if "$" not in text:
        text = _INDEX_LEFT.sub(r"$\g<0>$", text)
    return _NAMES_OF_COMMANDS.sub(
        lambda match: (
            f"\\{glued[0]}{{}}{match[1][glued.end() :]}"
            if (glued := _GLUED.match(match[1])) and not _is_known(match[1])
            else match[0]
        ),
        text,
    )


def _read_once(text: str) -> str:
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
    text = _ON_LETTER.sub(lambda match: _stacked(match[2] or match[3], match[1]), text)
    for command, sign in _NAMED:
        text = command.sub(lambda _, sign=sign: place(sign), text)
    text = _MONEY.sub(
        lambda match: match[0].replace("$", "\\$") if match["money"] else match[0], text
    )
    text = _MATH.sub(lambda match: place(_math(next(filter(None, match.groups()), ""))), text)
    text = _ALONE.sub(_gap_for, text)
    plain = _converted(_BARE.sub(r"\\\1", _LOOSE_DOLLAR.sub(r"\\$", text)))
    return _PLACES.sub(
        lambda match: (
            places[ord(match[0]) - _PLACE] if ord(match[0]) - _PLACE < len(places) else ""
        ),
        plain,
    )


def _stacked(letter: str, command: str) -> str:
    return unicodedata.normalize("NFC", letter + _STACKED[command])


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
    known.set_unknown_macro_spec(MacroTextSpec("", _in_place_of))
    return LatexNodes2Text(latex_context=known)


def _in_place_of(node: Any, l2tobj: Any) -> str:
    """What a command that is not known is given: its own words may be of what is printed."""
    given = node.nodeargd.argnlist if node.nodeargd and node.nodeargd.argnlist else ()
    if node.macroname.endswith("phantom"):
        return ""
    return "".join(l2tobj.nodelist_to_text([one]) for one in given if one is not None)


def _gap_for(command: re.Match[str]) -> str:
    """A gap for a command that is not known and changes no letter, so that the words beside it
    stay two."""
    name = command[1]
    on_letters = name.startswith(("text", "math")) or _ONLY_LOOKS.fullmatch(name)
    return command[0] if on_letters or _is_known(name) else " "


def _is_known(name: str) -> bool:
    spec = _reader().latex_context.get_macro_spec(name)
    return getattr(spec, "simplify_repl", None) is not _in_place_of


def unknown_commands(text: str) -> list[str]:
    """The commands of a LaTeX text whose meaning is not known here: they may have been a sign."""
    if "\\" not in text:
        return []
    named = dict.fromkeys(_NAMES_OF_COMMANDS.findall(text))
    return [name for name in named if not _is_known(name) and not _ONLY_LOOKS.fullmatch(name)]


def address(text: str) -> str:
    """A web address or identifier as it is, without LaTeX's escapes."""
    match = _URL.search(text)
    bare = match[1] if match else text
    bare = _IN_ADDRESSES.sub(lambda sign: _SIGNS_OF_ADDRESSES[sign["named"] or sign["bare"]], bare)
    bare = _ESCAPED.sub(r"\1", bare).replace("{", "").replace("}", "")
    return "".join(html.unescape(bare).split())

"""What tells of a person whatever the cover says: numbers, addresses and dates of fixed shapes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from app.services.language.dates import find_birth_dates, find_dates

_NUMBER_WORD = r"(?:numbers?|nos?\b\.?|num\b\.?|nr\b\.?|ids?\b|#)"
_IS = r"[\s:#=.(\u2013-]*(?:is|was|ending(?:\s+in)?|ends\s+in)?[\s:#=(]*"
_CODE = r"(?=[\w/.-]*\d)[A-Z0-9](?:[\w/.-]*\w)?(?:\s\d{2,}(?!\d*[/-]\d))*"
_SEPARATOR = r"[\s.\-/\u2010-\u2015]"
SSN = re.compile(
    r"(?<![\d-])(?!000|666|9\d\d)\d{3}[-\u2010-\u2015\s]\s?(?!00)\d{2}[-\u2010-\u2015\s]\s?(?!0000)\d{4}(?![\d-])"
    r"|\b(?:SSN|SS\s?#|social security(?: (?:number|no\b\.?|#))?)[:\s#.]*(?:is )?([\dXx*]{3}[-\s.\u2010-\u2015]?[\dXx*]{2}[-\s.\u2010-\u2015]?\d{4})"
    r"|\b(?:SSN|social security (?:number|no\b\.?))[:\s#]*(?:end(?:s|ing)(?:\s+(?:in|with))?\s*)?([\dXx*-]{4,})"
    r"|(?<![\w*-])[Xx*]{3}[-\s.][Xx*]{2}[-\s.]\d{4}(?!\d)",
    re.I,
)
PHONE = re.compile(
    rf"(?<![\w/.-])(?:\+?1{_SEPARATOR}+)?(?:\(\d{{3}}\)\s?\d{{3}}{_SEPARATOR}?|\d{{3}}{_SEPARATOR}\d{{3}}{_SEPARATOR})\d{{4}}"
    r"(?:,?\s?(?:x|ext\.?|extension)\s?\d{1,6})?(?![\w-])"
    r"|\b(?:tel(?:ephone)?|phone|ph|fax|cell|mobile|call(?:ed)?(?:\s+at)?|home|work|voicemail|pager|text)\b"
    rf"(?:\s+(?:phone|tel(?:ephone)?|number|no\b\.?))*[.:\s#]*(\d{{3}}[-.\s\u2010-\u2015]\d{{4}})(?![\w-]|\.\d|\s*(?:mg|mcg|ml|units?|tablets?)\b)"
    rf"|\b(?:tel(?:ephone)?|phone|ph|fax|cell|mobile|call)\b[.:\s#]*((?:\+?1{_SEPARATOR}*)?\(?\d{{3}}\)?{_SEPARATOR}?\d{{3}}{_SEPARATOR}?\d{{4}}(?!\d))",
    re.I,
)
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++\s?@\s?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b", re.I)
SPELT_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]++\s?(?:\(at\)|\[at\]|\sat\s)\s?[\w-]+(?:\s?(?:\(dot\)|\[dot\]|\sdot\s)\s?[\w-]+)+",
    re.I,
)
_PATH = r"(?::\d+)?(?:[/?#](?:[^\s<>\"”),;]*[\w/=&-])?)?"
WEB = re.compile(
    rf"(?<![\w@.-])(?:(?:(?:https?|ftp)://|www\.)(?P<site>[\w-]++(?:\.[\w-]+)++)"
    rf"|(?P<bare>[a-z0-9-]++(?:\.[a-z0-9-]+)*\.(?:(?:com|net|biz)(?![\w@-])|(?:org|info|us|io|me|app|care|health|clinic)(?=/\w))))"
    rf"{_PATH}",
    re.I,
)
_PUBLIC_SITE = re.compile(
    r"(?:.*\.)?(?:[\w-]+\.(?:gov|edu|mil|int|org)|[\w-]+\.ca\.us|"
    r"(?:mdguidelines|worklossdata|odg-twc|odg|odgbymcg|mcg|drugs|rxlist|medscape|webmd|uptodate|dynamed|sciencedirect|"
    r"springer|biomedcentral|bmj|thelancet|nature|wiley|elsevier|karger|tandfonline|sagepub|oup|lww|thieme|mdpi|"
    r"frontiersin|jamanetwork|medlineplus|healthline|emedicine|lexisnexis|westlaw|maximus|adobe)\.(?:com|net|info))",
    re.I,
)
"""Where what a letter cites is read by anyone: authorities, universities, associations, journals."""
_PERSONAL_SITE = re.compile(
    r"(?:my\w*|\w*portal|patients?|secure|login|charts?|records?|members?|account)\..*", re.I
)
"""How the name of a page begins that is meant for one patient or client."""
_STREET = (
    r"(?:Street|St|Avenue|Ave?|Boulevard|Blvd|Road|Rd|Drive|Dr(?=\.?\s*(?:,|\n|$|Apt|Suite|Unit))|Lane|Ln|Court|Ct"
    r"|Way|Place|Pl|Terrace|Ter|Circle|Cir|Parkway|Pkwy|Highway|Hwy|Trail|Loop|Alley|Plaza|Square)"
)
_ROOM = r"(?:,?\s*(?:Apt|Apartment|Suite|Ste|Unit|Room|Rm|Floor|#)\.?\s*#?\s*\w+)?"
_TOWN = r"(?:[A-Z][a-z]+\.?\s)?(?:[A-Z][a-z]+\s)?[A-Z][a-z]+,\s+(?:CA|Calif\.?|California|[A-Z]{2})\.?\s+\d{5}(?:-\d{4})?\b"
ADDRESS = re.compile(
    rf"\b\d{{1,6}}(?:-\d+|\s1/[234]|[A-D]\b)?\s+(?:[NSEW]\.?\s+|(?:North|South|East|West)\s+)?(?:(?:[A-Z][a-z'’]+|\d{{1,3}}(?:st|nd|rd|th))\s+){{1,4}}{_STREET}\b\.?(?![a-z]){_ROOM}(?:,?\s+{_TOWN})?"
    rf"|\b\d{{1,6}}(?:\s?-?\s?[A-D]\b|-\d+)?\s+(?:[NSEW]\.?\s+)?(?:Calle|Avenida|(?:El\s)?Camino|Paseo|V[ií]a|Corte|Rue)\s+(?:(?:[Dd]el?|[Ll]as?|[Ll]os|[Ee]l|des|du)\s+){{0,2}}[A-Z][\w'’]+(?:\s[A-Z][a-z]+)?{_ROOM}(?:,?\s+{_TOWN})?"
    rf"|\b(?:P\.?\s?O\.?|Post Office|PMB)\s+B(?:o?x|OX)\s+\d+"
    r"|\b(?:\d+\s+)?(?:Rural|Star)\s+Route\s+#?\d+(?:,?\s+Box\s+\d+)?"
    r"|\b(?:R\.?R\.?|HC)\s+#?\d+,?\s+Box\s+\d+"
    rf"|\b{_TOWN}"
)
CLAIM = re.compile(
    rf"\b(?:claims?|WCAB|ADJ|WCIRB|policy|file|case)\s*(?:file\s*)?{_NUMBER_WORD}{_IS}((?-i:[A-Z]{{2,4}}\s(?=\d{{4}}))?{_CODE})"
    rf"|\b(?:WCAB|EAMS)[:\s#]*((?:ADJ)?\s?(?=[\w-]*\d){_CODE})|\bADJ\s?\d{{6,}}\b"
    rf"|\b(?:adjuster|examiner|carrier|insurer|our|your)(?:['’]s)?\s+(?:ref(?:erence)?\b\.?|file)"
    rf"\s*{_NUMBER_WORD}?{_IS}((?=[\w/-]{{4}})(?=[\w/-]*\d[\w/-]*\d){_CODE})"
    rf"|\bclaim\s+(?:ending\s+in\s+)((?=[\w-]*\d)[\w-]{{4,}})",
    re.I,
)
RECORD = re.compile(
    rf"\b(?:MRN|MR\s?#|(?:medical|patient|hospital|health)\s+records?\s*{_NUMBER_WORD}|(?:chart|patient|employee|worker|badge|payroll|personnel|student|case\s+manager|account|acct|member|encounter|visit|medical record|subscriber|insurance|serial)\b\.?\s*{_NUMBER_WORD}|acct\b\.?){_IS}({_CODE})"
    rf"|\b(?:chart|account|acct|member|subscriber|encounter)\s?[:=]\s*((?=[\w/.-]{{4}}){_CODE})",
    re.I,
)
LICENCE_TO_DRIVE = re.compile(
    rf"\b(?:driver'?s?|driving)\s+licen[sc]e\s*{_NUMBER_WORD}?{_IS}(?=\w*\d)\w{{5,}}", re.I
)
IDENTITY = re.compile(
    rf"\b(?:passport|VIN|license\s+plate|licence\s+plate|NPI|DEA|F?EIN|(?:tax|employer)\s+(?:id(?:entification)?|payer)|"
    rf"medicare|medi-?cal|medicaid|green\s+card|alien|visa)\s*{_NUMBER_WORD}?{_IS}((?=[\w/.-]{{6}}){_CODE})"
    rf"|\b(?:(?:medical|physician'?s?|professional|state|nursing|nurse'?s?)\s+)?(?:licen[sc]e|certificate|credential)\s*"
    rf"{_NUMBER_WORD}?{_IS}((?-i:[A-Z]{{1,3}}\s?\d{{4,}}|\d{{5,}}))\b"
    r"|\bIP(?:\s+address)?[:\s]+((?:\d{1,3}\.){3}\d{1,3})\b",
    re.I,
)

_AFTER_CUE = re.compile(
    r"\b(?i:lives?|lived|residences?|domicile|mail(?:ing)?(?:\s+to)?|living|resid(?:es?|ed|ing)|moved|home|house|apartment|address|dwelling|staying)\b"
    r"(?:\s+(?i:is|was|at|on|to|in|now|address|located))*[\s:,(]*"
    r"(?<=[\s:(,])(\d{1,6}(?:-?[A-Z]\b|-\d+|\s?½|\s1/[234])?\s+(?!(?:Percent|Miles?|Times?|Hours?|Days?|Weeks?|Months?|Years?|Minutes?|Blocks?|Visits?|Sessions?)\b)(?:(?:[A-Z][\w'’.]*|\d{1,3}(?:st|nd|rd|th)?|de|del|la|las|los|el|of|the)\b\.?\s?){1,5}"
    r"(?<=[\w.])(?:,?\s*(?:Apt|Apartment|Suite|Ste|Unit|Space|Spc|#)\.?\s*#?\s*\w+)?)"
)
"""An address whose words say so, whatever its street is called."""
_ROAD = re.compile(
    r"\b\d{1,6}(?:-?[A-Z])?\s+(?:(?:[NSEW]|North|South|East|West|Old|State|County|US|U\.S\.)\.?\s+){0,2}"
    r"(?:Hwy|Highway|Route|Rte|Road|Rd)\.?\s+\d{1,4}(?:\s+(?:North|South|East|West|[NSEW])\b)?"
)
"""A house on a road that has a number."""
_NO_PERSON = (
    r"(?:cpt|codes?|hcpcs|ndc|icd\S*|procedures?|sections?|pages?|tables?|figures?|chapters?|items?|issues?|lots?|models?|"
    r"pmid|doi|isbn|issn|rev(?:ision)?|versions?|bulletins?|regulations?|rules?|tablets?|capsules?|pills?|quantity|qty|dispensed?|"
    r"grants?|trials?|volumes?|articles?|grade|stage|type)"
)
_GIVEN = r"[\s:=(]*(?:is\b|was\b)?[\s:=(]*((?:(?-i:[A-Z]{1,4})\s(?=\d))?[A-Z]{0,5}-?\d[\dA-Z./-]*(?:\s\d[\d-]*)*)(?![\w])"
_OF_PERSON = re.compile(
    rf"\b(?!{_NO_PERSON}\b)[a-z][\w'’]*\.?(?:\s+(?:numbers?|nos?\.|num\.|ids?\b)|\s*#){_GIVEN}(?!\s*(?:mg|ml|mcg|tab|cap|pill|x\b))"
    rf"|\b(?:claims?|clm|policy|TIN|DL|FEIN|EIN|WCIS|EAMS|subscriber|member|insured|carrier|acct|MRN)\s*[:=]{_GIVEN}"
    rf"|\b(?:(?-i:TIN|DL|FEIN|EIN|HICN|MBI|MRN)|badge|accounts?|acct|charts?|claims?|policy|invoice){_GIVEN}",
    re.I,
)
"""A number that a word before *number*, *no.*, *ID* or *#* says whose it is: a bar's, a group's."""
_DIGITS, _WITH_LETTERS = 5, 4
"""So many digits has such a number at least: fewer where letters are in it."""


BIRTH = "a birth date"
_SHORT_BIRTH = re.compile(
    r"\b(?i:date\s+of\s+birth|birth\s?(?:date|day)|d[./]?o[./]?b\b\.?|born)(?:\s+in\s+[A-Z]\w+(?:,?\s[A-Z]\w+)*)?[\s:,(-]*(?i:is|was|on)?\s*"
    r"(\d[\d/.-]{3,8}\d\d|\d{1,2}(?:st|nd|rd|th)?[\s.-][A-Za-z]{3,9}[.,]?[\s.-]['’]?\d{2}|[A-Z][a-z]{2,8}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s['’]?\d{2})(?!\d)"
)
"""A birth date whose year has two digits beside a month's name, as no letter prints one."""

KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("a social security number", SSN),
    ("a telephone number", PHONE),
    ("an e-mail address", EMAIL),
    ("an e-mail address", SPELT_EMAIL),
    ("a web address", WEB),
    ("a street or mailing address", ADDRESS),
    ("a medical record or account number", RECORD),
    ("a driver's license number", LICENCE_TO_DRIVE),
    ("a claim or policy number", CLAIM),
    ("an identity number", IDENTITY),
    ("an identity number", _OF_PERSON),
    ("a street or mailing address", _AFTER_CUE),
    ("a street or mailing address", _ROAD),
)
"""Each kind in words for a report, and its shape."""
KIND_WORDS = (
    "social security, telephone, record, account, claim, driver's license and other identity numbers, "
    "e-mail, web and street addresses, birth dates"
)


class Seen(NamedTuple):
    """Something of a kind: which, its words, and where its value stands without the label."""

    kind: str
    words: str
    span: tuple[int, int]


@lru_cache(maxsize=1024)
def find_kinds(text: str) -> tuple[Seen, ...]:
    """All that tells of a person by its shape alone.

    Kept by value: while a letter is typed most of its texts stay as they are.
    """
    return tuple(_find(text))


def _find(text: str) -> Iterator[Seen]:
    for kind, pattern in KINDS:
        if pattern is EMAIL and "@" not in text:
            continue
        for match in pattern.finditer(text):
            if pattern is WEB:
                site = match["site"] or match["bare"]
                if _PERSONAL_SITE.fullmatch(site) or not _PUBLIC_SITE.fullmatch(site):
                    yield Seen(kind, match[0], match.span())
                continue
            if pattern is RECORD and _COUNT.fullmatch(match[0]):
                continue
            if pattern is _OF_PERSON and not _tells_somebody(match[match.lastindex or 0]):
                continue
            if not _is_case_number(match[0]):
                yield Seen(kind, match[0], match.span(match.lastindex or 0))
    for match in _SHORT_BIRTH.finditer(text):
        yield Seen(BIRTH, match[0], match.span(1))
    for birth in find_birth_dates(text):
        (day, *_) = find_dates(birth.text, birth=True)
        yield Seen(BIRTH, birth.text, (birth.start + day.start, birth.start + day.end))


def _tells_somebody(code: str) -> bool:
    """Whether what stands behind a label is long enough for a number of somebody, and no date."""
    digits = sum(map(str.isdigit, code))
    enough = _WITH_LETTERS if any(map(str.isalpha, code)) else _DIGITS
    code = code.rstrip(".")
    return (
        digits >= enough
        and not any(day.value for day in find_dates(code))
        and not _YEARS.fullmatch(code)
    )


_COUNT = re.compile(r"(?:visit|encounter)\s.*\D\d{1,2}", re.I)
_YEARS = re.compile(r"(?:19|20)\d\d[-/ ](?:19|20)?\d\d")


def _is_case_number(text: str) -> bool:
    """The letter's own number, which every public letter prints."""
    return re.search(r"\bCM\d\d-\d{7}\b", text) is not None

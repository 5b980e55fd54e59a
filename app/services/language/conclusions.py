"""What a reviewer concludes: for the request, against it, or nothing that can be told.

A conclusion is worded about the item ("is medically necessary", "should be authorized", "lacks
medical necessity") or about the denial of it ("the denial is reversed"). Conditions ("if", "when"),
possibilities ("may be") and purposes ("to be medically necessary") conclude nothing; a negation
counts only within its own clause, so that "not necessarily improved" negates nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from app.letter import Decision

_NECESSARY = re.compile(
    r"medically\s+(?:and\s+\w+\s+)?(?:necessary|appropriate|indicated|reasonable|warranted|supported|justified|needed|required|essential)"
    r"|(?:is|are|was|were|as|be|not a)\s+(?:of\s+)?(?:an?\s+)?medical(?:ly)?\s+necessity"
    r"|(?:(?:medical\s+|\bthe\s+|^|,\s+)necessity|\bthe\s+need)\b[^.;]{0,90}?\b(?:established|substantiated|supported|demonstrated|met|determined|"
    r"shown|evident|apparent|documented|confirmed|justified|proven|satisfied|clear|made out|borne out)"
    r"|(?:establish|support|substantiat|demonstrat|confirm|prov|show|justif)\w*\s+(?:the\s+|its\s+)?(?:medical\s+necessity|medical\s+need|need\s+for)"
    r"|(?:there is|has|have|find|found)\s+(?:no\s+|any\s+|clear\s+|a\s+)?(?:medical\s+)necessity"
    r"|(?:appropriate|indicated|reasonable)\s+and\s+(?:medically\s+)?necessary|necessary\s+and\s+(?:reasonable|appropriate)"
    r"|(?:clinically|therapeutically)\s+(?:necessary|appropriate|indicated|warranted|justified)",
    re.I,
)
_REFUSED = re.compile(
    r"\b(?:no|little|not any)\s+(?:\w+\s+)?(?:medical\s+)(?:need|indication|reason|justification|basis|grounds?)\s+(?:for|to)\b|\black(?:s|ing|ed)?\s+(?:of\s+)?(?:any\s+)?(?:medical\s+)?necessity|(?:medical\s+)?necessity\s+(?:for|of)\s+[^.;,]{3,60}?\s+(?:is|was|remains|has been)\s+(?:still\s+)?(?:lacking|absent|wanting|unproven|missing|in doubt|unsubstantiated|unestablished)|(?:not|n't|never)\s+(?:meet|rise to|reach|satisfy|amount to|attain)\s+(?:the\s+)?(?:\w+\s+(?:of|for)\s+)?(?:medical\s+)?necessity|(?:medical\s+)?necessity\s+(?:is|was|remains|has been|has)\s+(?:still\s+)?(?:lacking|absent|wanting|unproven|unsubstantiated|unestablished|missing|in doubt)"
    r"|medically\s+un(?:necessary|warranted|supported|justified)|short of (?:medical )?necessity",
    re.I,
)
_AUTHORIZED = re.compile(
    r"\b(?:carrier|insurer|claims administrator|employer|payer|adjuster)\s+(?:should|must|is to|ought to|shall|is asked to|is directed to)\s+(?P<no10>not\s+)?(?:now\s+|therefore\s+)?(?:furnish|provide|supply|pay|cover|authorize|approve|allow|grant|fund|arrange|certify|release|permit|reimburse)\b|\b(?:may|should|can|must|shall|is to|are to)\s+(?:now\s+|therefore\s+)?(?:proceed|go ahead|go forward|take place)\b|\b(?:should|can|may|must|shall|ought to|is to|are to)\s+(?:therefore\s+|thus\s+|hereby\s+|now\s+)?(?P<no1>not\s+)?be\s+(?:therefore\s+|thus\s+)?(?:authorized|approved|certified|granted|allowed|provided|covered)\b"
    r"|\b(?:should|must|ought to|is to|are to|will)\s+(?:therefore\s+|thus\s+|hereby\s+)?(?:be|remain|stay)\s+(?P<no8>denied|non-?\s?certified|refused|declined|rejected|disallowed)\b|\b(?:cannot|can\s?not)\s+be\s+(?P<no9>(?:considered|deemed|found|regarded as|held|called|judged)\s+(?:to be\s+)?(?:medically\s+)?(?:necessary|appropriate|warranted|indicated|reasonable))|\b(?:cannot|can\s?not)\s+be\s+(?P<no2>authorized|approved|certified|granted|allowed|recommended|supported|endorsed)\b"
    r"|\b(?:is|are)\s+(?:therefore\s+|thus\s+|hereby\s+|now\s+|deemed\s+)?(?P<no3>not\s+)?(?:authorized|approved|certified|granted|allowed)\b(?!\s+by)"
    r"|\b(?:is|are)\s+(?:therefore\s+|thus\s+|hereby\s+|now\s+)?(?P<no4>denied|non-?\s?certified|declined|refused|rejected|disallowed)\b(?!\s+by)"
    r"|\b(?:authorization|approval|certification)\s+(?:of (?:the|this) \w+(?: \w+)? )?(?:is|are|should be)\s+(?:therefore\s+)?(?P<no5>not\s+)?(?:recommended|warranted|granted|appropriate|in order|given|due|supported|justified)"
    r"|\b(?:recommend|order|advise|propose)(?:s|ed|ing)?\s+that\s+[^.;]{3,60}?\s+(?P<no7>not\s+)?be\s+(?:authorized|approved|certified|granted|allowed|provided)\b|\b(?:recommend|grant|order|advise)(?:s|ed|ing)?\s+(?:that\s+)?(?:the\s+)?(?P<no6>non-?\s?)?(?:authorization|approval|certification)\b",
    re.I,
)
_DENIAL = (
    r"(?:denial|refusal|(?:decision|determination) to (?:deny|refuse|modify|non-?certify)|non-?\s?certification|adverse (?:decision|determination)|modification"
    r"|(?:utilization review(?:er)?|UR|claims administrator|carrier|prior|original|initial|previous|earlier|first)(?:'s|’s)?\s+(?:\w+\s+){0,2}?(?:decision|determination|denial|finding|conclusion|position|opinion|review(?:er)?|assessment)"
    r"|(?:decision|determination|finding|conclusion)s? (?:of|by|made by|reached by) (?:the )?(?:utilization review|UR|claims administrator|prior reviewer|carrier))"
)
_ON_DENIAL = re.compile(
    rf"\b(?P<denial>{_DENIAL})\b[^.;]{{0,60}}?\b(?:is|was|are|were|should be|must be|ought to be|needs to be|has to be|deserves to be|is to be|has been|will be|stands?|cannot|can|does|may|must|should|ought|could|would|do)\s*(?:,[^,;.]{{1,30}},\s*)?(?:therefore\s+|thus\s+|hereby\s+|accordingly\s+)?"
    rf"(?P<not>(?:not|no longer|never)\s+)?(?:to\s+)?(?:be\s+)?(?:allowed to\s+|left to\s+|permitted to\s+)?(?:found\s+|held\s+|deemed\s+|considered\s+)?(?:to\s+(?:be|have been)\s+)?(?P<word>reversed|overturned|set aside|vacated|rescinded|unsupported|unfounded|incorrect|wrong|in error|erroneous|mistaken|unjustified|withdrawn|overruled"
    rf"|upheld|affirmed|sustained|confirmed|supported|correct|right|appropriate|maintained|reasonable|justified|stand|proper|left in place|agreed with|valid|well[- ]founded)?",
    re.I,
)
_ACTING = re.compile(
    rf"\b(?:uphold|affirm|sustain|confirm|endorse)(?:s|ing)?\s+(?:the|this|that)\s+(?:\w+\s+)?(?P<up>{_DENIAL})"
    rf"|\b(?:overturn|revers|vacat|set|sets|setting)(?:e|es|ing|s)?\s+(?:aside\s+)?(?:the|this|that)\s+(?:\w+\s+)?(?P<over>{_DENIAL})"
    rf"|\b(?P<stands>(?:no|little|insufficient) (?:\w+ )?(?:reason|basis|grounds?|cause|justification|warrant) (?:to|for) (?:depart\w* from|disturb\w*|deviat\w* from|question\w*|chang\w*|alter\w*|overturn\w*|revers\w*|set(?:ting)? aside|differ\w* from|disagree\w* with|second-guess\w*|modify\w*) (?:the|this|that) (?:\w+ )?{_DENIAL})"
    rf"|\b(?P<disagree>disagree|do not agree|does not agree|cannot agree|not concur|differ|take issue)\w*\s+with\s+(?:the\s+)?(?:\w+\s+)?{_DENIAL}"
    rf"|\b(?:UR|utilization review(?:er)?|claims administrator|carrier|(?:prior|first|original|initial) reviewer|reviewer)\s+(?:was|is)\s+(?P<right>right|correct|justified|warranted)\s+(?:to|in)\s+(?:deny|refus|reject|declin|non-?certif|modif)|\b(?:UR|utilization review(?:er)?|claims administrator|carrier|(?:prior|first|original|initial) reviewer|reviewer)\s+(?:was|is)\s+(?P<wrong>wrong|mistaken|in error|incorrect|not (?:right|correct|justified))\s+(?:to|in)\s+(?:deny|refus|reject|declin|non-?certif|modif)|\b(?P<erred>(?:UR|utilization review(?:er)?|claims administrator|(?:UR |\w+ )?physician|reviewer)\s+err(?:ed|s)\s+in\s+(?:deny|refus|reject|declin|non-?certif|modif)|(?:wrongly|improperly|incorrectly|erroneously)\s+(?:denied|non-?certified|refused|modified))|\b(?P<agree>agree|concur)s?\s+with\s+(?:the\s+)?(?:\w+\s+)?(?:{_DENIAL}|utilization review|UR\b|(?:the )?claims administrator)",
    re.I,
)
_UP = frozenset(
    ("upheld", "affirmed", "sustained", "confirmed", "supported", "correct", "right", "appropriate",
     "maintained", "reasonable", "justified", "stand", "proper", "left in place", "agreed with",
     "valid", "well-founded", "well founded")
)  # fmt: skip
_WEAKER = re.compile(
    r"\b(?:request|requested|procedure|treatment|therapy|study|test|testing|medication|item|service|surgery|operation|repair|replacement|fusion|arthroscopy|injection|block|imaging|scan|MRI|visits?|sessions?|drug|device|unit|brac(?:e|ing)|equipment|rental|purchase|consultation|referral|evaluation|it|this)\b"
    r"[^.;]{0,120}?\b(?:is|are|was|were|be|been|appears?|seems?|remains?)\s+(?:\w+\s+){0,3}?"
    r"(?:supported|certified|approved|authorized|indicated|warranted|recommended|appropriate|justified|reasonable|"
    r"necessary|needed|non-certified|noncertified|denied|excessive|unsupported|unwarranted|unjustified|unnecessary|inappropriate|unreasonable|contraindicated|premature|endorsed|in order|called for)"
    r"|^(?:Accordingly|Therefore|Thus|Hence|Consequently|As such|For (?:this|these) reasons?|In (?:sum|summary|conclusion|view of (?:this|the above|these findings)))[^.;]{0,140}?\b(?:is|are|was|were|be|remains?)\s+(?:\w+\s+){0,3}?(?:supported|certified|approved|authorized|indicated|warranted|appropriate|justified|reasonable|necessary|needed|denied|unwarranted|unnecessary|endorsed|in order|called for|continued|provided|granted|refused)"
    r"|\bmeets?\s+(?:all\s+)?(?:of\s+)?(?:the\s+|these\s+|those\s+)?(?:\w+\s+){0,3}?(?:criteria|requirements?|guidelines?|standards?)"
    r"|\b(?:criteria|requirements?|guidelines?)\b[^.;]{0,60}?\b(?:is|are|were|was|have been|has been)\s+(?:\w+\s+){0,2}?(?:met|satisfied|fulfilled)"
    r"|\b(?:insufficient|inadequate|not enough|lack of|no)\s+(?:\w+\s+){0,2}?(?:documentation|evidence|information|findings?|indication|basis|support|justification|grounds?)\s+(?:\w+\s+){0,3}?to\s+(?:justify|support|warrant|certify|approve|authorize|establish|substantiate)\b"
    r"|\b(?:lacks?|is without|are without)\s+(?:any\s+|sufficient\s+|clinical\s+|adequate\s+)?(?:support|justification|merit|basis|foundation)\b|\b(?:fails?|failed)\s+to\s+(?:meet|satisfy|fulfill)\b|\bfalls?\s+(?:short|outside)\b|\bcannot be (?:supported|recommended|endorsed|justified)",
    re.I,
)
_WEAKEST = re.compile(
    r"^[^.;]{3,140}?\b(?:is|are|remains?)\s+(?:\w+\s+){0,2}?(?:supported|indicated|warranted|appropriate|justified|reasonable|necessary|needed|denied|unsupported|unwarranted|unjustified|unnecessary|inappropriate|endorsed|in order|called for)\b",
    re.I,
)
"""Of the last sentence alone: whatever is said there is said of the request."""
_NEGATION = re.compile(
    r"\b(?:not|cannot|never|neither|nor|fails?|failed|hardly|no longer)\b|n['’]t\b", re.I
)
# These negate what follows at once: "without contrast" says nothing about the request.
_CLOSE_NEGATION = re.compile(
    r"\b(?:no|without|lacks?|lacking|lack of|insufficient|unable to|fail(?:s|ed|ure)? to|non|short of|less than)\W+(?:(?!is\b|are\b|was\b|were\b)\w+\W+){0,4}$",
    re.I,
)
# "There is no reason to find that it is medically necessary."
_NO_GROUNDS = re.compile(
    r"\b(?:no|insufficient|lack of|without|little|not enough)\s+(?:\w+\s+){0,3}?(?:reason|evidence|basis|support|documentation|indication|justification|"
    r"information|findings?|rationale|grounds?)\b[^,;]*\b(?:that|to|why|for|as to|how|of|which)\b[^,;]*$",
    re.I,
)
_REFUSAL = re.compile(
    r"(?:non-?certified|denied|excessive|unsupported|unwarranted|unjustified|unnecessary|inappropriate|unreasonable|contraindicated|premature|short|outside|support|justification|merit|basis|foundation|to (?:meet|satisfy|fulfill))$|^(?:insufficient|inadequate|not enough|lack of|no)\b",
    re.I,
)
_CLAUSE_END = re.compile(
    r"[;:]|,\s*(?:and|but|so|thus|therefore|however|as|which|it)\b"
    r"|(?:,|\band)\s+(?:the|this|that|a|an)\s+(?:current(?:ly)?\s+)?request"
    r"|\b(?:but|however|therefore|thus|hence|because|since|while|whereas|although|though|and\s+(?:is|are|was|were))\b",
    re.I,
)
_UNDECIDED = re.compile(
    r"\b(?:if|when|whether|unless|until|may|might|could|would|can|should|must|in order|"
    r"(?<!is )(?<!are )(?<!was )(?<!been )(?<!reby )(?<!thus )(?<!fore )deemed to be|for .{0,40} to be|as to the|regarding the|considered when|only when|"
    r"necessary(?:\s+and\s+\w+)?\s+(?:when|if|only|for\s+(?:patients|those|individuals|people|treatment)))\b",
    re.I,
)
_OF_GUIDELINE = re.compile(r"\bcriteria\b", re.I)
_CONDITION = re.compile(
    r"\b(?:if|when|whether|unless|until|only after|patients|individuals)\b", re.I
)
_OF_OTHERS = re.compile(
    r"\b(?:provider|physician|doctor|surgeon|treater|therapist|chiropractor|attorney|patient|applicant|worker|specialist|he|she)\s+(?:\w+\s+)?(?:asserts?|states?|stated|believes?|believed|argues?|argued|feels?|felt|opines?|opined|claims?|claimed|contends?|maintains?|insists?|says?|said|writes?|wrote|indicates?|indicated|notes?|noted|reports?|reported)\s+(?:that|the|it)\b",
    re.I,
)
_NOT_SHARED = re.compile(
    r"\b(?:not|n['’]t|cannot|never|neither)\s+(?:\w+\s+)?(?:share|agree with|accept|endorse|hold with|follow|adopt|join)\b[^.;]{0,30}?\b(?:view|opinion|finding|position|conclusion|argument|reading|notion)\b",
    re.I,
)
"""An opinion that is told only to be refused."""
_OF_UR = re.compile(
    r"\b(?:UR|utilization review(?:er)?|claims administrator|carrier|denial letter|(?:prior|previous|first|original|initial|peer) (?:review(?:er)?)|physician advis[oe]r)\s+(?:\w+\s+){0,2}?"
    r"(?:reasoned|found|stated|determined|concluded|felt|opined|held|noted|argued|indicated|wrote|deemed|considered)\b",
    re.I,
)
_AGREED = re.compile(r"\b(?:agree|concur|correct|right|error|wrong|I|endorse)\w*\b", re.I)
_OF_A_GUIDELINE = re.compile(r"\b(?:MTUS|ODG|ACOEM|guidelines?)\b", re.I)
_THE_REQUEST = re.compile(r"\b(?:the|this)\s+(?:\w+\s+)?request\b", re.I)
_OF_THIS_ITEM = re.compile(
    r"(?:(?:Therefore|Thus|Hence|So),?\s+)?(?:The|This|It|That|Her|His|Such an?)\b(?!\s+(?:\w+\s+){0,3}?(?:MTUS|ODG|ACOEM|guidelines?|criteria))[^.;]{0,60}?\b(?:meets?|satisf\w+|fulfil\w+|is|are)\b",
    re.I,
)
_OF_THE_REQUEST = re.compile(
    r"\b(?:is|are|was|were|be|been)\s+(?:\w+\s+){0,3}?(?:medically|medical necessity|authorized|approved|certified|denied|shown|established|demonstrated)\b|\b(?:cannot|can not|should not|should)\s+be\s+(?:recommended|supported|endorsed|denied|authorized|certified|approved)\b|\bI (?:uphold|overturn|agree|disagree|concur)",
    re.I,
)
_LAST = 3
"""A wording short of necessity counts among so many closing sentences: earlier ones quote."""
_SPEAKS_OF_NECESSITY = re.compile(
    r"necess|warrant|justif|appropriate|indicated|support|approv|authoriz|certif|recommend|reasonable|uph[eo]ld|overturn|revers|affirm|den(?:y|ied|ial)|grant|criteria|exce(?:ed|ss)|premature",
    re.I,
)


class Verdict(NamedTuple):
    """A conclusion: what decision it amounts to, the sentence it stands in, and how plainly."""

    decision: Decision
    sentence: str
    strong: bool


@lru_cache(maxsize=1024)
def conclusions(sentences: tuple[str, ...]) -> tuple[Verdict, ...]:
    """Every conclusion that the sentences of a rationale state, in their order."""
    found: list[Verdict] = []
    for number, sentence in enumerate(sentences):
        left = len(sentences) - number
        verdict = _of_sentence(sentence, left <= _LAST, left == 1)
        if verdict is not None:
            found.append(verdict)
    return tuple(found)


@lru_cache(maxsize=1024)
def closing(sentences: tuple[str, ...]) -> Verdict | None:
    """The last conclusion that is stated in so many words, or else the last weaker one.

    A weaker one only counts in the last sentences: earlier ones quote the guideline.
    """
    found = conclusions(sentences)
    for verdict in reversed(found):
        if verdict.strong:
            return verdict
    for verdict in reversed(found):
        if verdict.sentence in sentences[-_LAST:]:
            return verdict
    return None


def speaks_of_necessity(sentences: tuple[str, ...]) -> bool:
    """Whether one of the last two sentences may conclude, in whatever words; a guideline's do not."""
    return any(
        _SPEAKS_OF_NECESSITY.search(sentence) and not _OF_A_GUIDELINE.search(sentence)
        for sentence in sentences[-2:]
    )


def contrary(sentences: tuple[str, ...]) -> tuple[Verdict, Verdict] | None:
    """Two conclusions in so many words that contradict each other: an earlier one and the last."""
    last = closing(sentences)
    if last is None or not last.strong:
        return None
    for verdict in conclusions(sentences):
        if (
            verdict.strong
            and verdict.decision is not last.decision
            and _OF_THE_REQUEST.search(verdict.sentence)
            and (
                not _OF_A_GUIDELINE.search(verdict.sentence)
                or _THE_REQUEST.search(verdict.sentence)
                or _OF_THIS_ITEM.match(verdict.sentence)
            )
            and not _CONDITION.search(verdict.sentence)
        ):
            return verdict, last
    return None


@lru_cache(maxsize=8192)
def _of_sentence(sentence: str, late: bool, last: bool) -> Verdict | None:
    if _OF_OTHERS.search(sentence) or (_OF_UR.search(sentence) and not _AGREED.search(sentence)):
        return None
    decision = _on_denial(sentence)
    if decision is not None:
        return Verdict(decision, sentence, strong=True)
    if _NOT_SHARED.search(sentence):
        return None
    if _REFUSED.search(sentence) and not _CONDITION.search(sentence):
        return Verdict(Decision.UPHELD, sentence, strong=True)
    decision = _stated(sentence, _NECESSARY)
    if decision is not None:
        return Verdict(decision, sentence, strong=True)
    if late:
        decision = _authorized(sentence)
        if decision is not None:
            return Verdict(decision, sentence, strong=True)
    decision = _stated(sentence, _WEAKER)
    if decision is None and last and not _OF_A_GUIDELINE.search(sentence):
        decision = _stated(sentence, _WEAKEST)
    return None if decision is None else Verdict(decision, sentence, strong=False)


def _on_denial(sentence: str) -> Decision | None:
    """What is said of the decision under review: that it stands, or that it does not."""
    if _CONDITION.search(sentence):
        return None
    acting = _ACTING.search(sentence)
    if acting:
        if acting["stands"]:
            return Decision.UPHELD
        against = acting["over"] or acting["disagree"] or acting["wrong"] or acting["erred"]
        negated = _NEGATION.search(sentence[: acting.start()][-20:])
        return Decision.OVERTURNED if bool(against) != bool(negated) else Decision.UPHELD
    for match in _ON_DENIAL.finditer(sentence):
        word = (match["word"] or "").lower()
        if not word and not re.search(r"stands?$", match[0], re.I):
            continue
        up = (word in _UP or not word) != bool(match["not"] or "cannot" in match[0].lower())
        return Decision.UPHELD if up else Decision.OVERTURNED
    return None


def _authorized(sentence: str) -> Decision | None:
    """That the item is, or should be, authorized or denied: the last one said."""
    decision: Decision | None = None
    if _CONDITION.search(sentence):
        return None
    for match in _AUTHORIZED.finditer(sentence):
        refused = any(
            match[name]
            for name in ("no1", "no2", "no3", "no4", "no5", "no6", "no7", "no8", "no9", "no10")
        )
        before = _NEGATION.search(sentence[max(0, match.start() - 24) : match.start()])
        decision = Decision.UPHELD if refused or before else Decision.OVERTURNED
    return decision


def _stated(sentence: str, pattern: re.Pattern[str]) -> Decision | None:
    """The sentence's last statement of necessity, read within its own clause."""
    verdict: Decision | None = None
    stated = 0
    quoted = _quoted(sentence)
    for match in pattern.finditer(sentence):
        if any(start < match.start() < end for start, end in quoted):
            continue
        if verdict is not None and re.fullmatch(
            r"[\s,]*(?:and|or)?[\s,]*", sentence[stated : match.start()]
        ):
            stated = match.end()
            continue
        start = stated
        stated = match.end()
        for end in _CLAUSE_END.finditer(sentence, start, match.start()):
            start = end.end()
        negated = _negated(sentence, start, match)
        # "request for help at home when his wife works, is medically necessary": no condition.
        said = sentence[start : match.start()]
        open_from = start + (said.rfind(",") + 1 if "request" in said.lower() else 0)
        around = sentence[open_from : match.end() + 24]
        if not negated and (
            _UNDECIDED.search(around) or (pattern is _NECESSARY and _OF_GUIDELINE.search(around))
        ):
            continue
        verdict = Decision.UPHELD if negated else Decision.OVERTURNED
    return verdict


def _negated(sentence: str, start: int, match: re.Match[str]) -> bool:
    before = sentence[start : match.start()]
    return bool(
        _NEGATION.search(sentence[start : match.end()])
        or _CLOSE_NEGATION.search(before)
        or _NO_GROUNDS.search(before)
        or _REFUSAL.search(match[0])
        or re.search(r"\bno\s+(?:\w+\s+)?necessity", match[0], re.I)
        or (
            "necessity" in match[0].lower()
            and re.match(r"\W*(?:\w+\s+){0,2}not\b", sentence[match.end() :], re.I)
        )
    )


def _quoted(sentence: str) -> list[tuple[int, int]]:
    """Places of longer quoted passages: a guideline's words, not the reviewer's."""
    return [
        match.span()
        for match in re.finditer(r"[\"“][^\"”]{40,}[\"”]", sentence)
        if not match[0].lower().startswith(('"decision', "“decision"))
    ]

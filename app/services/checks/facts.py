"""The letter as the rules see it: each issue with its texts, worked out once for all rules."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

from app.letter import FieldId, Issue, Letter, Request
from app.services.application_items import items_of
from app.services.checks.items import Matching, match_items
from app.services.checks.timeline import Conflict, conflicts_in
from app.services.checks.values import CheckContext
from app.services.citations import Guidelines, standard_guidelines
from app.services.language.items import Item
from app.services.language.items import items_of as items_named
from app.services.language.levels import REGION_OF_LEVEL, levels_in
from app.services.language.partial_approval import leaves_all, split_title
from app.services.language.seeking import seek
from app.services.language.sentences import Sentence
from app.services.language.terms import in_words
from app.services.language.texts import Text, read_text

# Fixed sentences that close each refusal of an opioid; they conclude nothing.
BOILERPLATE = re.compile(
    r"^(?:This decision addresses the medical necessity|This medical necessity decision should not|"
    r"The treating physician and the patient are advised|(?:The )?weaning)",
    re.I,
)
# Words a request is told with, in the summary and in the rationale.
ASKED = re.compile(
    r"\brequest|\butilization review|\bUR\b|\bauthoriz|\bnon-? ?certif|\bdecision for\b|\bdenied\b",
    re.I,
)
# What the reviewer says the claims administrator did with the item.
REFUSED = re.compile(
    r"non-? ?certif|not certif|\bdenied|\bdeny|\bdenial|\bdenying|\bmodif|fail(?:ed|ure) to approve|"
    r"not (?:been )?(?:medically necessary|approved|authorized)|partial(?:ly)? (?:approv|certif)",
    re.I,
)
# Told of what was granted before: no telling of this request.
PASSED = re.compile(
    r"\bpreviously (?:been )?(?:approved|authorized|certified)|had been (?:authorized|approved|certified)|\bprior to\b",
    re.I,
)
SPINE = frozenset(("neck", "upper_back", "low_back"))
"""Regions of the spine: where one is named, "back" and "spine" tell nothing more."""
REVIEWED = re.compile(
    r"utilization review|\bUR\b|prior (?:review|determination|denial)|previously", re.I
)


class IssueFacts:
    """One disputed item with its texts."""

    def __init__(self, number: int, issue: Issue) -> None:
        self.number = number
        self.issue = issue

    def field(self, name: str) -> FieldId:
        """The id of this issue's field `issue.<name>`."""
        return FieldId(f"issue.{name}", self.issue.id)

    @cached_property
    def title(self) -> Text:
        return read_text(self.issue.title)

    @cached_property
    def rationale(self) -> Text:
        return read_text(self.issue.rationale)

    @cached_property
    def request(self) -> Request | None:
        """The parts UR told apart: the letter's own, or as the title has them."""
        return self.issue.request or split_title(self.issue.title)

    @cached_property
    def in_part(self) -> bool:
        """Whether UR authorized a part of the same item, so that the parts should add up."""
        return self.request is not None and not leaves_all(self.issue.title)

    @cached_property
    def disputed(self) -> Text:
        """What is to be decided: the part left in dispute, or else the whole title."""
        request = self.request
        return read_text(request.in_dispute) if request and request.in_dispute else self.title

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """What the title asks for; where UR granted a part, what is left."""
        return _of_title(read_text(self.disputed.raw))

    @cached_property
    def all_items(self) -> tuple[Item, ...]:
        """What the title asks for and what UR granted of it."""
        return _of_title(self.title)

    @cached_property
    def reasoning(self) -> tuple[Sentence, ...]:
        """The rationale's sentences without the fixed ones on weaning."""
        return reasoning(self.issue.rationale)

    @cached_property
    def reasons(self) -> tuple[str, ...]:
        """The rationale's sentences, without the fixed ones on weaning, as texts."""
        return tuple(sentence.text for sentence in self.reasoning)

    @cached_property
    def reasoned(self) -> frozenset[str]:
        """The same, to look one up."""
        return frozenset(self.reasons)

    def names(self, item: Item) -> bool:
        """Whether the title has the item's own word, though it may be read as something else."""
        return in_words(item.name).lower() in self.title.raw.lower()

    @cached_property
    def asking(self) -> tuple[Sentence, ...]:
        """The rationale's sentences that speak of the request."""
        return tuple(sentence for sentence in self.reasoning if seek(ASKED, sentence.text))


def _of_title(text: Text) -> tuple[Item, ...]:
    """The items of a title: where one is named, each of its clauses is about that."""
    found = items_named(text)
    return tuple(item for item in found if not item.implied) or found


class Facts:
    """The letter and all that the rules share."""

    def __init__(self, letter: Letter, context: CheckContext) -> None:
        self.letter = letter
        self.context = context
        self.issues = tuple(
            IssueFacts(number, issue) for number, issue in enumerate(letter.issues, 1)
        )

    @cached_property
    def guidelines(self) -> Guidelines:
        """The guidelines that are known: the library's, or else the program's own."""
        return self.context.guidelines or standard_guidelines()

    @cached_property
    def summary(self) -> Text:
        return read_text(self.letter.clinical_summary)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """What all titles ask for."""
        return tuple(item for issue in self.issues for item in issue.items)

    @cached_property
    def known_items(self) -> tuple[Item, ...]:
        """The same, with all that the summary names."""
        return (*self.items, *(item for item in items_named(self.summary) if item.name))

    @cached_property
    def sides(self) -> frozenset[str]:
        """Every side that the titles and the requests of the summary name."""
        texts = [issue.title for issue in self.issues]
        named = {one.name for text in texts for one in text.mentions if one.kind == "side"}
        if not named:
            named = {one.side for one in self.summary.sided_parts}
        return frozenset(named)

    @cached_property
    def summary_parts(self) -> frozenset[str]:
        """Every body part that the summary and its stated facts name."""
        told = self.letter.summary_facts
        texts = (self.letter.clinical_summary, told.diagnoses, told.treatment_to_date)
        named = {
            mention.name
            for text in texts
            for one in read_text(text).read
            for mention in one.mentions
            if mention.kind == "part"
        }
        levels = {REGION_OF_LEVEL[name[0]] for text in texts for name in levels_in(text)}
        named |= levels
        return frozenset(named - {"back", "spine"} if named & SPINE else named)

    @cached_property
    def records(self) -> tuple[tuple[int, Text], ...]:
        """What the printed pages tell beside the letter itself, by page."""
        found: list[tuple[int, Text]] = []
        for number, page in enumerate(self.pages, 1):
            foreign = [s.text for s in page.sentences if not self._is_own(s.text)]
            if foreign:
                found.append((number, read_text("\n".join(foreign))))
        return tuple(found)

    def _is_own(self, sentence: str) -> bool:
        """Whether a printed sentence is the letter's own; a field's first one has its label before."""
        tail = bare(sentence.rsplit(":", 1)[-1])
        return bare(sentence) in self.own_words or (len(tail) > 20 and tail in self.own_words)

    @cached_property
    def conflicts(self) -> tuple[Conflict, ...]:
        """What the days and the case number say against each other."""
        return tuple(conflicts_in(self.letter))

    @cached_property
    def matching(self) -> Matching:
        """The application's items and the letter's; nothing is lost or added without a list."""
        items = self.context.disputed or items_of(self.letter.cover.disputed_items)
        return match_items(self.letter, items) if items else Matching()

    @cached_property
    def pages(self) -> tuple[Text, ...]:
        """The printed pages; a line's end is no sentence's end."""
        return tuple(read_text(" ".join(page.split())) for page in self.context.pages)

    @cached_property
    def own_words(self) -> str:
        """All texts of the letter in letters and digits alone: the letter printed is no record."""
        return "|".join(bare(text.raw) for _, text in self.texts)

    @cached_property
    def asking(self) -> tuple[Sentence, ...]:
        """The summary's sentences on what was asked for or decided by UR."""
        return tuple(s for s in self.summary.sentences if seek(ASKED, s.text))

    @cached_property
    def texts(self) -> tuple[tuple[FieldId, Text], ...]:
        """Each free text of the letter with its field."""
        found = [(FieldId("clinical_summary"), self.summary)]
        for issue in self.issues:
            found.append((issue.field("title"), issue.title))
            for name in ("original", "authorized", "in_dispute"):
                part = getattr(issue.issue.request, name, "")
                if part and part not in issue.issue.title:
                    found.append((issue.field(f"request.{name}"), read_text(part)))
            for name in ("claims_administrator_guideline", "maximus_guideline"):
                found.append((issue.field(name), read_text(getattr(issue.issue, name).text)))
            found.append((issue.field("rationale"), issue.rationale))
        facts = self.letter.summary_facts
        for name in ("diagnoses", "treatment_to_date", "requested_treatment"):
            part = getattr(facts, name)
            if part and part not in self.letter.clinical_summary:
                found.append((FieldId(f"summary_facts.{name}"), read_text(part)))
        return tuple((field, text) for field, text in found if text.raw.strip())

    @cached_property
    def narratives(self) -> tuple[tuple[FieldId, Text], ...]:
        """The summary and the rationales."""
        return tuple(
            (field, text)
            for field, text in self.texts
            if field.name in ("clinical_summary", "issue.rationale")
        )


@lru_cache(maxsize=4096)
def bare(raw: str) -> str:
    """A text's letters and digits alone, however it is broken and spaced."""
    return re.sub(r"[^a-z0-9]", "", raw.lower())


@lru_cache(maxsize=512)
def reasoning(rationale: str) -> tuple[Sentence, ...]:
    """A rationale's sentences without the fixed ones on weaning."""
    return tuple(s for s in read_text(rationale).sentences if not BOILERPLATE.match(s.text))

"""One entry to read: how it is cited, its facts, what it lacks, the user's words, its history.

Everything is one read-only text, so that it scrolls, is copied and is read out as a page is.
"""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTextBrowser, QWidget

from app.letter import Decision, Guideline
from app.services.citations import Guidelines, Side, Style, with_citation
from app.services.language.dates import date_text, moment_text
from app.services.library import (
    Entry,
    EntryKind,
    Rule,
    Version,
    as_written,
    check_entry,
    citation_of,
)
from app.ui import theme
from app.ui.citing.words import (
    DECISION_WORDS,
    KIND_WORDS,
    SOURCE_WORDS,
    in_force_words,
    origin_words,
    page_span,
)

MOST_SECTIONS = 200
RULE_HEADS = {
    Rule.FORM: "To be put right",
    Rule.LAW: "The regulation asks for",
    Rule.HOUSE: "House custom",
}
RULE_ROLES = {Rule.FORM: "error", Rule.LAW: "doubt", Rule.HOUSE: "muted"}


class EntryDetails(QTextBrowser):
    """The pane at the right of the table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("entryDetails")
        self.setOpenLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setAccessibleName("The entry")
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.document().setDocumentMargin(16)

    def show_nothing(self, words: str) -> None:
        self.setHtml(_page(f"<p class=muted>{escape(words)}</p>"))

    def show_entry(
        self,
        entry: Entry,
        guidelines: Guidelines,
        *,
        successor: Entry | None,
        outcomes: tuple[tuple[Decision | None, int], ...],
        versions: tuple[Version, ...],
    ) -> None:
        """`guidelines` are those that are known; `outcomes` tells how often it was cited, by
        decision, `versions` what was done to it, newest first."""
        parts = [
            self._head(entry),
            self._cited(entry, guidelines),
            self._facts(entry, successor),
            self._use(outcomes),
            self._problems(entry),
            self._own_words(entry),
            self._sections(entry),
            self._history(versions),
        ]
        self.setHtml(_page("".join(parts)))

    def _head(self, entry: Entry) -> str:
        chapter = f"Chapter {entry.chapter}" if entry.chapter else ""
        about = [KIND_WORDS[entry.kind], SOURCE_WORDS[entry.source], chapter, entry.edition]
        if entry.kind is EntryKind.MTUS:
            about[1] = ""
        line = " · ".join(part for part in about if part)
        origin = origin_words(entry)
        return f"<h1>{escape(entry.title)}</h1><p class=muted>{escape(line)} · {escape(origin)}</p>"

    def _cited(self, entry: Entry, guidelines: Guidelines) -> str:
        citation = citation_of(entry)
        lines = dict.fromkeys(
            with_citation(Guideline(), citation, Side.MAXIMUS, style, guidelines).text
            for style in (Style.SECTIONS_2016, Style.PAGES_2014)
        )
        printed = "".join(f"<p class=printed>{escape(line)}</p>" for line in lines)
        return f"<h2>{'As letters print it'}</h2>{printed}"

    def _facts(self, entry: Entry, successor: Entry | None) -> str:
        regulation = entry.regulation
        if regulation and not entry.regulation_confirmed:
            regulation += " (not confirmed)"
        later = entry.superseded_by
        if successor is not None:
            later = f"{successor.title} {successor.edition}".strip()
        facts = (
            ("Authors", "; ".join(map(as_written, entry.authors))),
            ("Editors", "; ".join(map(as_written, entry.editors))),
            ("Publisher", entry.publisher),
            ("Published on", date_text(entry.publication_date)),
            ("Journal or book", _place_in_journal(entry)),
            ("Pages in the journal", entry.pages),
            ("Edition", entry.edition_statement),
            ("Pages", page_span(entry)),
            ("Dates", in_force_words(entry)),
            ("Not verified from", date_text(entry.doubtful_from)),
            ("Superseded by", later),
            ("Regulation", regulation),
            ("DOI", entry.doi),
            ("PubMed number", entry.pmid),
            ("Web address", entry.url),
            ("Body parts", ", ".join(entry.body_parts)),
            ("Other spellings", ", ".join(entry.aliases)),
            ("Remark", entry.remark),
        )
        rows = "".join(
            f"<tr><td class=label>{escape(label)}</td><td>{escape(value)}</td></tr>"
            for label, value in facts
            if value
        )
        return (
            f"<h2>{'Facts'}</h2><table cellspacing=0 cellpadding=3>{rows}</table>" if rows else ""
        )

    def _use(self, outcomes: tuple[tuple[Decision | None, int], ...]) -> str:
        total = sum(count for _, count in outcomes)
        if not total:
            words = "Not cited in a letter yet."
        else:
            split = ", ".join(
                f"{count} {DECISION_WORDS[one] if one else 'undecided'}"
                for one, count in outcomes
                if count
            )
            words = (f"Cited once: {split}.") if total == 1 else (f"Cited {total} times: {split}.")
        return f"<h2>{'Use'}</h2><p>{escape(words)}</p>"

    def _problems(self, entry: Entry) -> str:
        parts: list[str] = []
        problems = check_entry(entry)
        for rule, head in RULE_HEADS.items():
            own = [problem.message for problem in problems if problem.rule is rule]
            if own:
                tint = theme.colour(RULE_ROLES[rule]).name()
                items = "".join(f"<li>{escape(message)}</li>" for message in own)
                parts.append(f"<h2 style='color:{tint}'>{escape(head)}</h2><ul>{items}</ul>")
        return "".join(parts)

    def _own_words(self, entry: Entry) -> str:
        parts: list[str] = []
        if entry.notes:
            notes = escape(entry.notes).replace("\n", "<br>")
            parts.append(f"<h2>{'My notes'}</h2><p>{notes}</p>")
        if entry.excerpts:
            parts.append(f"<h2>{'My excerpts'}</h2>")
        for excerpt in entry.excerpts:
            words = escape(excerpt.text).replace("\n", "<br>")
            place = f" <span class=muted>{escape(excerpt.place)}</span>" if excerpt.place else ""
            parts.append(f"<p class=printed>“{words}”{place}</p>")
        return "".join(parts)

    def _sections(self, entry: Entry) -> str:
        if not entry.sections:
            return ""
        rows: list[str] = []
        for section in entry.sections[:MOST_SECTIONS]:
            pages = section.pages
            if pages and not section.confirmed:
                pages += " (not confirmed)"
            rows.append(
                f"<tr><td>{escape(section.name)}</td><td class=muted>{escape(pages)}</td></tr>"
            )
        head = f"Sections and topics ({len(entry.sections)})"
        return f"<h2>{escape(head)}</h2><table cellspacing=0 cellpadding=2>{''.join(rows)}</table>"

    def _history(self, versions: tuple[Version, ...]) -> str:
        if not versions:
            return ""
        items: list[str] = []
        for version in versions:
            at = version.change.at.astimezone()
            undone = " (undone)" if version.change.undone else ""
            items.append(f"<li>{moment_text(at)} · {escape(version.change.label)}{undone}</li>")
        return f"<h2>{'History'}</h2><ul>{''.join(items)}</ul>"


def _place_in_journal(entry: Entry) -> str:
    issue = f"({entry.issue})" if entry.issue else ""
    return " ".join(part for part in (entry.journal, entry.volume + issue) if part)


def _page(body: str) -> str:
    muted, text = theme.colour("muted").name(), theme.colour("text").name()
    return (
        "<style>"
        f"h1 {{ font-size: large; font-weight: 600; color: {text}; margin: 0 }}"
        f"h2 {{ font-size: small; font-weight: 600; color: {muted}; margin-top: 14px; margin-bottom: 2px }}"
        f".muted, .label {{ color: {muted} }}"
        ".label { padding-right: 12px }"
        "p { margin-top: 2px; margin-bottom: 4px }"
        ".printed { font-family: 'Liberation Serif'; font-size: 11pt }"
        "ul { margin-top: 2px; margin-left: 16px; -qt-list-indent: 0 }"
        f"</style>{body}"
    )

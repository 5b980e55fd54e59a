"""The report of the checks: nothing in it is markup, everything found is in it, no name is."""

from __future__ import annotations

from datetime import UTC, date, datetime

import msgspec
import pytest
from msgspec.structs import replace

from app.errors import UserError
from app.letter import Decision, FieldId, Letter, with_value
from app.paths import FONTS, TEMPLATES
from app.services import checks
from app.services.checks import CheckContext, Severity, check
from app.services.checks_report import report_json, report_pdf, report_sheet
from app.services.pdf import read
from app.services.rendering import Renderer
from app.services.rendering.report_pdf import ReportRenderer
from app.services.store import Dismissal, Scope
from tests.ui.made_letters import letter

DAY = date(2026, 1, 2)
RENDERER = ReportRenderer(TEMPLATES, FONTS)


def wrong_letter() -> Letter:
    """Errors about the letter and about its first item, warnings, one unconfirmed source."""
    made = with_value(letter(1, issues=3), FieldId("issue.decision", 0), Decision.OVERTURNED)
    summary = made.clinical_summary + " Dr. Smithers was called at 916-555-0100."
    return with_value(made, FieldId("clinical_summary"), summary)


def dismissal(finding: checks.Finding, scope: Scope = Scope.ONE) -> Dismissal:
    return Dismissal(
        id=1,
        finding=finding.key if scope is Scope.ONE else finding.alike,
        scope=scope,
        reason="The file says so, see page 7.",
        by="Quentin Clerk",
        at=datetime.now(UTC),
    )


def text_of(pdf: bytes) -> str:
    return " ".join(word.text for page in read(pdf).pages for word in page.words)


def flat(text: str) -> str:
    return "".join(text.split())


def test_each_finding_is_told_with_its_remedy_and_source() -> None:
    made, context = wrong_letter(), CheckContext(today=DAY)
    found = check(made, context)
    assert {finding.severity for finding in found} >= {Severity.ERROR, Severity.WARNING}
    shown = flat(text_of(report_pdf(RENDERER, made, context)))
    for finding in found:
        for words in (finding.sentence, finding.remedy, finding.source.cite):
            assert flat(words) in shown
        assert (flat(f"{finding.source.cite} (unconfirmed)") in shown) is not (
            finding.source.confirmed
        )
    assert "CM16-0200001" in shown
    assert "01/02/2026" in shown


def test_findings_are_grouped_by_severity_and_item_and_numbered_through() -> None:
    made, context = wrong_letter(), CheckContext(today=DAY)
    sheet = report_sheet(made, checks.report(made, check(made, context)), DAY)
    heads = [section.heading.split(" (")[0] for section in sheet.sections]
    assert heads == [name for name in ("Errors", "Warnings", "Worth knowing") if name in heads]
    errors = sheet.sections[0]
    assert errors.parts[0].heading == "The letter as a whole"
    assert any(part.heading.startswith("Disputed item 1: MRI") for part in errors.parts)
    numbers = [
        entry.number
        for section in sheet.sections
        for part in section.parts
        for entry in part.entries
    ]
    assert numbers == list(range(1, len(check(made, context)) + 1))


@pytest.mark.parametrize("scope", [Scope.ONE, Scope.ALIKE, Scope.ALWAYS])
def test_what_was_set_aside_is_told_with_its_reason_but_not_by_whom(scope: Scope) -> None:
    made, context = wrong_letter(), CheckContext(today=DAY)
    aside = dismissal(check(made, context)[0], scope)
    shown = text_of(report_pdf(RENDERER, made, context, [aside]))
    assert "Set aside (" in shown
    assert "The file says so, see page 7." in shown
    assert "Quentin" not in shown
    told = msgspec.json.decode(report_json(made, context, [aside]))
    assert [row["reason"] for row in told["dismissed"]] == [aside.reason]
    assert "Quentin" not in str(told)
    assert told["errors"] == sum(row["severity"] == "error" for row in told["findings"])


def test_a_letter_without_findings() -> None:
    made = letter(1, issues=1, summary_doi="09/13/2016")
    every = [dismissal(finding) for finding in check(made)]
    told = checks.report(made, ())
    sheet = report_sheet(made, told, DAY)
    assert [section.heading for section in sheet.sections] == ["Nothing found"]
    assert "holds together" in text_of(RENDERER.render(sheet))
    assert every == [] or "Set aside" in text_of(report_pdf(RENDERER, made, CheckContext(), every))


def test_an_empty_letter_can_be_reported() -> None:
    shown = text_of(report_pdf(RENDERER, Letter(), CheckContext(today=DAY)))
    assert "a letter without a number" in shown


@pytest.mark.parametrize(
    "value",
    [
        '#image("/etc/passwd") {{ 7*7 }} {% raw %} "quoted" \\ *bold* _em_ $x$ // gone',
        '#panic() ]#read("letter.typ")[',
        "שלום עולם " * 3,
        "\x00\x1b[31m control",
        "=" * 900,
    ],
)
def test_a_value_never_acts_as_markup(value: str) -> None:
    made = with_value(letter(1), FieldId("issue.title", 0), value)
    made = with_value(made, FieldId("issue.decision", 0), None)
    aside = replace(dismissal(check(made)[0]), reason=value)
    pdf = report_pdf(RENDERER, made, CheckContext(today=DAY), [aside])
    if value.isascii() and value.isprintable():
        assert flat(value) in flat(text_of(pdf))


def test_the_same_report_gives_the_same_tagged_bytes_without_an_author() -> None:
    made, context = wrong_letter(), CheckContext(today=DAY)
    pdf = report_pdf(RENDERER, made, context)
    assert pdf == report_pdf(RENDERER, made, context)
    for sign in (b"pdfuaid:part", b"pdfaid:part>2", b"pdfaid:conformance>A", b"/StructTreeRoot"):
        assert sign in pdf
    assert b"/Author" not in pdf
    assert not read(pdf).attachments


def test_the_template_is_no_layout_of_letters() -> None:
    assert "report" not in {layout.name for layout in Renderer([TEMPLATES], FONTS).layouts()}


def test_a_template_that_cannot_be_used_is_told(tmp_path) -> None:
    folder = tmp_path / "report"
    folder.mkdir()
    (folder / "letter.typ").write_text("{{ sheet.nothing }}")
    with pytest.raises(UserError, match=r"report/letter\.typ"):
        report_pdf(ReportRenderer(tmp_path, FONTS), letter(1), CheckContext(today=DAY))
    (folder / "letter.typ").write_text("#nothing-of-that-name")
    with pytest.raises(UserError, match=r"report/letter\.typ"):
        report_pdf(ReportRenderer(tmp_path, FONTS), letter(1), CheckContext(today=DAY))

"""Findings as values: keys, fixes, overrides, dismissals, the report, the gate before an export."""

from __future__ import annotations

import json
from datetime import date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from app.letter import (
    CASE,
    FIELDS,
    FieldId,
    FieldSpec,
    Guideline,
    Letter,
    field_ids,
    get_value,
    with_value,
)
from app.services.checks import (
    CheckContext,
    Finding,
    Override,
    Reach,
    ReasonNeeded,
    Severity,
    blocking,
    check,
    dismissal,
    left_over,
    may_export,
    override,
    report,
    report_json,
)
from app.services.checks.rules import structure
from app.services.citations import read_guideline
from tests.budget import examples

from .sound import IMAGING, SOUND, SUMMARY, added, citing, imaging, mtus, reasons


def one(letter: Letter, rule: str, context: CheckContext | None = None) -> Finding:
    (found,) = [finding for finding in check(letter, context) if finding.rule == rule]
    return found


@pytest.mark.parametrize(
    ("letter", "rule", "text"),
    [
        (imaging(maximus_guideline=citing(mtus("Shoulder Complaints", None, pages="207-9", chapter="9"))), "abbreviated-pages", "207-209"),
        (imaging(maximus_guideline=read_guideline("Decision based on MTUS ACOEM Chapter 9 Shoulder Complaints Page(s): 207 (pdf format), and Chronic Pain Treatment Guidelines Page(s): 46.").guideline), "page-words", "207"),
        (added("There is is pain."), "doubled-word", SUMMARY + " There is pain."),
        (added("There  is pain."), "double-space", SUMMARY + " There is pain."),
        (added("Rest.The end."), "missing-space", SUMMARY + " Rest. The end."),
        (added("Pain , rest."), "space-before-mark", SUMMARY + " Pain, rest."),
        (replace(SOUND, clinical_summary=SUMMARY[:-1]), "no-full-stop", SUMMARY),
        (added("Narrowing at L5-Sl."), "misread-level", SUMMARY + " Narrowing at L5-S1."),
    ],
)  # fmt: skip
def test_a_fix_puts_it_right(letter: Letter, rule: str, text: str) -> None:
    finding = one(letter, rule)
    assert finding.fix is not None
    mended = with_value(letter, finding.fix.field, finding.fix.value)
    assert rule not in {f.rule for f in check(mended)}
    value = get_value(mended, finding.fix.field)
    if isinstance(value, Guideline):
        assert text in value.text
        assert value.citations[0].pages == text
    else:
        assert value == text


def test_misspelt_specialty_is_mended() -> None:
    letter = replace(
        SOUND,
        reviewer=replace(SOUND.reviewer, specialties=("Orthopedic Surgery", "Sports Medicinea")),
    )
    fix = one(letter, "credentials-unknown").fix
    assert fix is not None
    assert fix.value == ("Orthopedic Surgery", "Sports Medicine")


def test_sentences_name_the_values_that_disagree() -> None:
    letter = replace(SOUND, header=replace(SOUND.header, date_of_injury=date(2016, 10, 10)))
    sentence = one(letter, "injury-date").sentence
    assert "10/10/2016" in sentence
    assert "10/11/2016" in sentence


@pytest.mark.parametrize(
    ("key", "whom"),
    [("author", "an author"), ("/Author", "an author"), ("lastModifiedBy", "who changed it last")],
)
def test_names_in_the_properties_are_not_repeated(key: str, whom: str) -> None:
    finding = one(SOUND, "metadata-name", CheckContext(metadata={key: "Jane Roe"}))
    assert finding.severity is Severity.INFO
    assert finding.sentence == f"The file's properties name {whom}."
    assert finding.remedy == "Our own export writes no author."
    assert b"Roe" not in msgspec.json.encode(finding)


def test_claims_come_with_every_place_that_mentions_them() -> None:
    letter = reasons("There is no documentation of left shoulder tenderness.")
    page = "Page two. The shoulder showed tenderness on the left. Nothing else."
    finding = one(letter, "claim-contradicted", CheckContext(pages=("Nothing here.", page)))
    claim, *told = finding.quotes
    assert claim.field == finding.field
    assert letter.issues[0].rationale[claim.start : claim.end] == claim.text
    assert {(quote.field, quote.page) for quote in told} == {
        (FieldId("clinical_summary"), None),
        (None, 2),
    }
    assert "tenderness" in finding.sentence


def test_what_is_not_found_is_not_said_to_be_absent() -> None:
    finding = one(reasons("There is no evidence of instability."), "claim-to-confirm")
    assert "Looked for in the summary: instability." in finding.sentence
    assert "nothing" not in finding.sentence.lower()


def test_the_letter_itself_printed_is_no_record() -> None:
    letter = reasons("There is no documentation of failed home exercise.")
    printed = "Decision rationale: " + letter.issues[0].rationale.replace(" ", "\n", 12)
    (quotes,) = [
        f.quotes
        for f in check(letter, CheckContext(pages=(printed,)))
        if f.rule == "claim-to-confirm"
    ]
    assert [quote.page for quote in quotes] == [None]


def test_keys_stay_while_anything_else_changes() -> None:
    letter = imaging(
        title="MRI of the right shoulder", rationale="The request is not medically necessary."
    )
    before = {f.key for f in check(letter) if f.field == FieldId("issue.title", 0)}
    moved = replace(
        letter,
        issues=(letter.issues[1], letter.issues[0]),
        reviewer=replace(SOUND.reviewer, licensure=("Texas",)),
    )
    assert before
    assert before <= {f.key for f in check(moved)}


def test_keys_tell_nothing_of_the_letter() -> None:
    for finding in check(added("SSN 123-45-6789. Ms. Roe was seen.")):
        assert "6789" not in finding.key + finding.alike
        assert "Roe" not in finding.key + finding.alike


def test_a_rule_can_be_switched_off_and_made_stricter() -> None:
    letter = added("There is is pain.")
    off = CheckContext(overrides={"doubled-word": Override(off=True)})
    strict = CheckContext(overrides={"doubled-word": Override(severity=Severity.ERROR)})
    assert "doubled-word" not in {f.rule for f in check(letter, off)}
    assert [f.rule for f in blocking(check(letter, strict))] == ["doubled-word"]


def test_dismissing_one_or_all_alike() -> None:
    findings = tuple(
        f
        for f in check(added("There is is pain. It was was there. There is is more."))
        if f.rule == "doubled-word"
    )
    single = dismissal(findings[0], Reach.ONE, "quoted")
    standing, gone = left_over(findings, [single])
    assert [f.key for f, _ in gone] == [findings[0].key]
    alike = dismissal(findings[0], Reach.ALIKE, "quoted")
    standing, gone = left_over(findings, [alike])
    assert {f.alike for f, _ in gone} == {findings[0].alike}
    assert all(f.alike != findings[0].alike for f in standing)
    assert standing
    assert dict(gone)[findings[0]] == "quoted"


def test_reasons_are_needed() -> None:
    finding = one(added("There is is pain."), "doubled-word")
    with pytest.raises(ReasonNeeded):
        dismissal(finding, Reach.ALWAYS, "  ")
    with pytest.raises(ReasonNeeded):
        override([finding], "")


def test_only_errors_block_and_an_override_covers_only_what_it_saw() -> None:
    findings = check(imaging(decision=None))
    assert may_export(check(added("There is is pain.")))
    assert not may_export(findings)
    leave = override(findings, "sent by hand")
    assert may_export(findings, leave)
    assert not may_export(check(imaging(decision=None, title="")), leave)


def test_report_counts_and_groups() -> None:
    findings = check(imaging(decision=None, title=""))
    told = report(SOUND, findings)
    assert told.errors == len(blocking(findings))
    assert [group.severity for group in told.groups] == sorted(
        (g.severity for g in told.groups), key=list(Severity).index
    )
    assert {group.issue for group in told.groups if group.severity is Severity.ERROR} == {1}
    row = json.loads(report_json(SOUND, findings))["findings"][0]
    assert row["field"] in ("issues.0.title", "issues.0.decision")
    assert row["source"]["kind"] in ("law", "house", "experience")


TEXT = st.one_of(
    st.text(max_size=120),
    st.lists(
        st.sampled_from([*SUMMARY.split(), *IMAGING.rationale.split(), "not", "\n", "L4-5", "#60", "10/325mg", "2x6", "(", "[DATE]", "303-4", "was the original request."]),
        max_size=40,
    ).map(" ".join),
)  # fmt: skip


@st.composite
def letters(draw: st.DrawFn) -> Letter:
    letter = draw(
        st.sampled_from([SOUND, Letter(), imaging(decision=None), replace(SOUND, issues=())])
    )
    for field in draw(st.lists(st.sampled_from([*field_ids(letter)]), max_size=5)):
        kind = type(get_value(letter, field))
        if kind is str:
            letter = with_value(letter, field, draw(TEXT))
        elif kind is tuple:
            letter = with_value(letter, field, tuple(draw(st.lists(TEXT, max_size=3))))
        elif kind is Guideline:
            text = draw(TEXT)
            cited = mtus(
                draw(TEXT), draw(st.sampled_from([None, "2004", "x"])), pages=draw(st.none() | TEXT)
            )
            letter = with_value(letter, field, Guideline(text=text, citations=(cited,)))
        elif kind is date:
            letter = with_value(letter, field, draw(st.none() | st.dates()))
    return letter


@settings(max_examples=examples(60), deadline=None)
@given(letters(), TEXT)
def test_any_letter_is_checked(letter: Letter, page: str) -> None:
    findings = check(
        letter,
        CheckContext(
            pages=(page,), file_name=page, metadata={"author": page}, today=date(2020, 1, 1)
        ),
    )
    assert len({finding.key for finding in findings}) == len(findings)
    msgspec.json.decode(report_json(letter, findings))


@settings(max_examples=examples(25), deadline=None)
@given(st.text(alphabet="abcdefgh .", max_size=60))
def test_unrelated_edits_keep_keys(text: str) -> None:
    """What is typed into one rationale changes no finding of another issue's title or of the header."""
    letter = replace(imaging(title=""), header=replace(SOUND.header, priority=""))
    before = {f.key for f in check(letter) if f.rule.endswith("missing")}
    changed = with_value(
        letter, FieldId("issue.rationale", 1), text + " The request is medically necessary."
    )
    assert before <= {f.key for f in check(changed)}


@pytest.mark.parametrize(
    "spec", [spec for spec in FIELDS if spec.section == CASE], ids=lambda spec: spec.name
)
@pytest.mark.parametrize("required", [True, False])
def test_a_header_field_is_missed_where_the_table_requires_it(
    spec: FieldSpec, required: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = (one.name for one in FIELDS if one.section == CASE and one.required)
    names = (*(name for name in others if name != spec.name), *([spec.name] if required else []))
    monkeypatch.setattr(structure, "HEADER", names)
    empty = "" if isinstance(get_value(SOUND, FieldId(spec.name)), str) else None
    letter = with_value(SOUND, FieldId(spec.name), empty)
    missed = [f.field.name for f in check(letter) if f.rule == "header-field-missing"]
    assert missed == ([spec.name] if required else [])


def test_required_is_what_the_table_of_fields_says() -> None:
    assert set(structure.HEADER) == {
        spec.name for spec in FIELDS if spec.required and spec.section == CASE
    }

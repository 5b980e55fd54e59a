"""Files in the shape in which Zotero, JabRef, EndNote, Mendeley, PubMed, Scopus and spreadsheets
write them; their entries are made up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.services.library import Entry, EntryKind
from app.services.library.exchange import Format, Found, read_entries

EXPORTS = Path(__file__).parent / "exports"
STUDY, GUIDELINE = EntryKind.STUDY, EntryKind.GUIDELINE

LUMBAR = {
    "kind": STUDY,
    "title": "Graded Exercise After Lumbar Fusion: Relief of 50% or More",
    "authors": ("Halvorsen, Åse", "van den Berg, Pieter", "Smithers, Alan, Jr."),
    "edition": "2011",
    "publication_date": date(2011, 7, 15),
    "journal": "Spine",
    "volume": "36",
    "issue": "14",
    "pages": "1093-1101",
    "doi": "10.1097/BRS.0b013e3181f00001",
    "pmid": "21270001",
}
SHOULDER = {
    "kind": GUIDELINE,
    "title": "Shoulder complaints",
    "authors": ("Smithers, Alan",),
    "editors": ("Okafor, Chidi", "Lindqvist, Maja"),
    "edition": "2008",
    "edition_statement": "3",
    "journal": "Rehabilitation of the injured worker",
    "pages": "195-224",
    "publisher": "Northgate Press",
}
WORK_LOSS = {
    "kind": GUIDELINE,
    "title": "Work loss after injury",
    "authors": ("Bureau of Occupational Safety and Health",),
    "publisher": "Bureau of Occupational Safety and Health",
    "edition": "2014",
}
TRIGGER = {
    "kind": STUDY,
    "title": "Trigger point injections in cervical strain",
    "authors": ("Ng, K. W.", "St. John, P."),
    "edition": "2011",
    "journal": "J Occup Rehab",
    "volume": "21",
    "issue": "3",
    "pages": "322-331",
    "doi": "10.1007/s10926-011-1234-5",
}
CERVICAL = {
    "kind": GUIDELINE,
    "title": "Cervical strain",
    "authors": ("Ng, K. W.",),
    "editors": ("Gupta, V.",),
    "journal": "Texts for adjusters",
    "publisher": "Lark",
    "edition": "2006",
}
OPIOIDS = {
    "kind": STUDY,
    "edition": "2009",
    "journal": "The Journal of Pain Care",
    "volume": "10",
    "issue": "2",
    "pages": "113-130.e22",
    "doi": "10.1016/j.jpain.2008.10.777",
}
BACK = {
    "kind": GUIDELINE,
    "title": "Practice guidelines, work and the back",
    "authors": ("Dudek, Thérèse",),
    "edition": "2004",
}

INJECTIONS = {
    "kind": STUDY,
    "title": "Injections for Radicular Pain and Stenosis of the Spine: What Trials and Registries"
             " Tell",
    "authors": ("Tarrant, Roger", "Okamura, Robin", "Lindell, Janna", "Wu, Rochelle"),
    "edition": "2015", "volume": "163", "issue": "5", "pages": "373-381",
}  # fmt: skip
SUCCESS = {
    "kind": STUDY,
    "title": "Relief of 50% or more & return to work: what counts as success?",
    "authors": ("van Tolder, Maarten W.", "de la Cruz, José M."),
    "journal": "Spine", "edition": "2019", "volume": "44", "issue": "3", "pages": "S12-S19",
}  # fmt: skip

READ: dict[str, list[dict[str, object]]] = {
    "web_of_science.txt": [
        {**INJECTIONS, "journal": "ANNALS OF WORK MEDICINE", "pmid": "21300009",
         "doi": "10.1000/awm.15-0934"},
    ],
    "web_of_science_tabs.txt": [
        {**INJECTIONS, "journal": "ANNALS OF WORK MEDICINE", "pmid": "21300009",
         "doi": "10.1000/awm.15-0934"},
        {"title": "Effects of α-blockers on tendon cells in vitro", "pages": "e0261234",
         "authors": ("Nguyen, Thị Lan", "O'Brien, Seán"), "doi": "10.1000/po.0261234"},
    ],
    "refworks.txt": [
        {**INJECTIONS, "journal": "Annals of Work Medicine", "doi": "10.1000/awm.15-0934"},
    ],
    "crossref_answer.json": [
        {**INJECTIONS, "journal": "Annals of Work Medicine",
         "publication_date": date(2015, 9, 1)},
    ],
    "german_headings.csv": [
        {**INJECTIONS, "journal": "Annals of Work Medicine", "doi": "10.1000/awm.15-0934"},
        SUCCESS,
        {"authors": ("Müller-Schwefe, Gerhard H. H.", "Groß, Änne", "Lukasik, Pawel"),
         "title": "Übersicht: Rückenschmerz bei Beschäftigten – eine Längsschnittstudie"},
    ],
    "french_headings.csv": [
        {**INJECTIONS, "publication_date": date(2015, 9, 1)},
        {**SUCCESS, "publication_date": date(2019, 3, 5)},
    ],
    "zotero.bib": [
        {
            **LUMBAR,
            "title": "Graded Exercise After Lumbar Fusion: Relief of 50% or More at One Year",
            "authors": ("Halvorsen, Åse", "van den Berg, Pieter", "de la Cruz, María José"),
            "publication_date": None,
            "url": "https://journals.example.org/spine/fulltext/2011/50%25_relief.aspx?id=7&x=a_b",
            "body_parts": ("Exercise", "Lumbar Vertebrae", "Spinal Fusion"),
        },
        {"title": "Rehabilitation of the injured worker", "kind": GUIDELINE, "authors": (),
         "editors": ("Okafor, Chidi", "Lindqvist, Maja"), "edition_statement": "3rd"},
        {**SHOULDER, "authors": ("Smithers, Alan, Jr.",), "edition_statement": "3rd"},
        {**WORK_LOSS, "title": "Work loss <30 days and H2O immersion"},
    ],
    "zotero_biblatex.bib": [
        {**LUMBAR, "authors": ("Halvorsen, Åse", "van den Berg, Pieter"),
         "url": "https://journals.example.org/a%20b"},
        {"title": "Guideline for Return to Work", "edition": "2014",
         "authors": ("Centers for Injury Control and Prevention",)},
    ],
    "zotero.ris": [LUMBAR, SHOULDER, {"editors": ("Okafor, Chidi",), "journal": ""}, WORK_LOSS],
    "zotero.csv": [
        {**LUMBAR, "body_parts": ("UR", "fusion", "Exercise", "Spinal Fusion"), "notes": "my note"},
        SHOULDER,
        WORK_LOSS,
    ],
    "zotero.json": [
        {
            **LUMBAR,
            "title": "Graded Exercise After Lumbar Fusion: Relief of 50% or More & H2O",
            "authors": ("Halvorsen, Åse", "van den Berg, Pieter", "de la Fontaine, Jean",
                        "Smithers, Alan, Jr.", "Bureau of Safety and Health"),
        },
        {**SHOULDER, "editors": ("Okafor, Chidi",)},
        {"title": "With a PMID of its own", "pmid": "23500002", "edition": "2013",
         "authors": ("van der Meer, W.",), "journal": "Pain", "kind": STUDY},
    ],
    "jabref.bib": [
        {
            "kind": STUDY,
            "title": "Tapering of opioids in CRPS: a 12-week study of 50% dose reduction",
            "authors": ("Weatherby, Zoë", "Nuñez, Iker", "et al."),
            "journal": "Journal of Pain and Symptom Care",
            "volume": "45", "issue": "5", "pages": "401-409", "edition": "2013",
            "doi": "10.1016/j.jpsc.2013.01.009", "pmid": "23500002",
        },
        {"kind": GUIDELINE, "title": "Epidural steroids – a review",
         "authors": ("Le Brun, Anaïs",), "journal": "Handbook of Spine Surgery",
         "editors": ("Ferrante, L.", "Ferrante, D."), "publisher": "Wells & Daughters"},
        {"authors": ("Agency for Work and Health",),
         "url": "https://agency.example.gov/a_b%20c?d=1&e=2"},
    ],
    "jabref.csv": [
        {"kind": STUDY, "title": "Tapering of opioids in CRPS", "pages": "401-409",
         "authors": ("Weatherby, Zoë", "Nuñez, Iker"), "edition": "2013", "volume": "45",
         "issue": "5", "journal": "Journal of Pain and Symptom Care"},
        {**BACK, "publisher": "Harbor Books", "edition_statement": "2nd"},
    ],
    "mendeley.bib": [
        {**OPIOIDS, "pmid": "19180003",
         "title": "Guidance for the use of chronic opioid therapy in β-thalassemia & 10% more",
         "authors": ("Castellanos, Inés M.", "O'Dwyer, Fionn", "Western Pain Society"),
         "url": "http://linkinghub.example.com/retrieve/pii/S1526_5900",
         "body_parts": ("Opioids", "Chronic pain", "Guideline")},
        {**BACK, "publisher": "Harbor Books", "edition_statement": "2"},
    ],
    "mendeley.ris": [
        {**OPIOIDS, "title": "Guidance for the use of chronic opioid therapy",
         "authors": ("Castellanos, Inés M", "O'Dwyer, Fionn", "Western Pain Society")},
        {**BACK, "publisher": "Harbor Books", "edition_statement": "2", "editors": ()},
    ],
    "endnote.bib": [
        TRIGGER,
        {**CERVICAL, "chapter": "8"},
        {"title": "An entry without a key", "authors": ("Zamora, L.",), "kind": STUDY},
    ],
    "endnote.ris": [
        {**TRIGGER, "pmid": "21300004",
         "body_parts": ("Humans", "Neck Pain/*therapy", "Trigger Points")},
        {**CERVICAL, "pages": "101-120", "edition_statement": "2nd", "chapter": "8"},
    ],
    "endnote.enw": [
        {**TRIGGER, "pmid": "21300004", "body_parts": ("Humans", "Neck Pain")},
        {**BACK, "editors": ("Gupta, V.",), "publisher": "Harbor Books"},
        {**CERVICAL, "pages": "101-120"},
    ],
    "endnote.xml": [
        {**TRIGGER, "pmid": "21300004", "chapter": "", "edition_statement": "",
         "title": "Trigger point injections in cervical strain: in vivo signs, p<0.05 & 50%"
                  " relief at 10² days",
         "body_parts": ("Humans", "Neck Pain/*therapy"), "notes": "first line second line",
         "url": "https://www.example.org/pubmed/21300004?a=1&b=2"},
        {**CERVICAL, "editors": ("Gupta, V.", "Lindqvist, Maja"), "pages": "101-120",
         "edition_statement": "2nd", "chapter": "8"},
        {**WORK_LOSS, "url": "https://bureau.example.gov/loss"},
        {"kind": STUDY, "title": "Účinek opioidů in chronic pain", "authors": ("Dvořák, Jiří",),
         "journal": "Žurnál bolesti", "volume": "9", "pages": "e55", "edition": "2012"},
    ],
    "endnote_lines.xml": [
        {"kind": STUDY, "title": "Lifting and the back", "edition": "2013",
         "authors": ("Okoro, Ada", "Pain & Work Study Group"), "doi": "10.1000/wh.77",
         "journal": "Meeting on Work and Health"},
        {"kind": STUDY, "title": "Heat & cold for strains", "authors": ("Tarrant, Roger",),
         "journal": "Spine", "volume": "4", "pages": "1-9", "edition": "1999",
         "body_parts": ("heat", "cold packs"), "url": "http://www.example.org/heat"},
    ],
    "endnote_before_8.xml": [
        {"kind": STUDY, "title": "Heat & cold for strains", "edition": "1999", "issue": "2",
         "authors": ("Tarrant, Roger", "St John, P."), "journal": "Spine", "volume": "4",
         "pages": "101-109", "body_parts": ("heat", "cold packs"),
         "url": "http://www.example.org/heat"},
        {"kind": GUIDELINE, "title": "The stiff neck", "edition": "1987",
         "authors": ("Okoro, Ada",), "editors": ("Gupta, V.",), "journal": "Work and the Spine",
         "publisher": "Harbor Books", "edition_statement": "2nd", "pages": "12-30"},
    ],
    "endnote_tabs.txt": [TRIGGER, {"kind": GUIDELINE, "title": BACK["title"]}],
    "pubmed.nbib": [
        {**TRIGGER, "pmid": "21300004", "journal": "Journal of occupational rehab",
         "title": "Trigger point injections in cervical strain and the long road back to work for"
                  " clerks",
         "authors": ("Ng, Kai W", "St John, Paul", "Neck Pain Study Group"),
         "body_parts": ("Humans", "Neck Pain/*therapy")},
        {"title": "Second record", "pages": "e55", "edition": "2012", "doi": "10.1000/wh.55",
         "journal": "Work Health", "authors": ("Okoro, Ada",), "kind": STUDY},
    ],
    "pubmed.csv": [
        {**TRIGGER, "pmid": "21300004",
         "authors": ("Ng KW", "St John P", "Neck Pain Study Group")},
    ],
    "scopus.csv": [
        {**TRIGGER, "authors": ("Ng, K.W.", "St. John, P."),
         "journal": "Journal of Occupational Rehab"},
    ],
    "excel_unicode.txt": [
        {"title": "Účinek opioidů – část 1", "authors": ("Dvořák, J.", "Němec, K."),
         "journal": "Žurnál bolesti", "edition": "2012", "doi": "10.1000/zb.12", "kind": STUDY},
    ],
    "excel_semicolon.csv": [
        {"title": "Back pain at work", "edition": "2010", "pages": "9-Jan", "kind": STUDY},
        {"title": 'Knee pain; the "other" pain', "authors": ("Müller, Jörg",), "edition": "2014",
         "publication_date": date(2014, 3, 1)},
        {"title": "Neck pain", "edition": "2014", "publication_date": date(2014, 3, 5)},
        {"title": "Hip pain", "edition": "2014", "publication_date": date(2014, 3, 5)},
    ],
    "percent.bib": [
        {"title": "Relief of 50% or more after radiofrequency ablation",
         "url": "https://doi.example.org/10.1002%2Fabc",
         "doi": "10.1002/(SICI)1097-0258(19980815)17:15%3C1661::AID-SIM968%3E3.0.CO;2-2"},
        {"title": "Return to work in 90% of 1,200 cases", "journal": "Work & Health"},
    ],
    "corporate.bib": [
        {"authors": ("Centers for Disease Watching and Prevention",),
         "publisher": "Centers for Disease Watching and Prevention"},
        {"authors": ("Department of Health and Human Works", "Roe, Richard")},
        {"authors": ("van Beethoven, Ludwig", "de la Vallée Poussin, Charles Louis Xavier Joseph",
                     "Ørsted, Hans", "King, Martin Luther, Jr.", "Davis, Sammy, III")},
        {"authors": (), "editors": ("Hegmann, Karl T.", "Oostema, S. J."), "kind": GUIDELINE},
        {"authors": ("Doe, J.", "et al.")},
    ],
    "latex_titles.bib": [
        {"title": "In vivo effect of α-blockers: p<0.05, ≥2 mg/kg, 37°C and x²",
         "authors": ("García, J.", "Łukasz, B.", "Šimić, V.", "Bjørn, Å")},
        {"title": "Bold emph “quoted” and ‘single’ — dash, 99mTc, CO2, $5, #3, a_b, naïve ß ©",
         "journal": "J & J", "pages": "12-19"},
        {"title": "Pain de novo and H2O & CO² in L4-L5"},
        {"title": "A range of values x < 5 and y > 3 in 5mg"},
    ],
    "databases.ris": [
        {"journal": "Clin J Pain Med", "pages": "101-109", "kind": STUDY},
        {"journal": "Pain Res Treat", "pages": "e1004", "edition": "2016"},
        {"title": "A book named by BT", "editors": ("Kruse, M.",), "kind": GUIDELINE},
        {"title": "The chapter of it", "journal": "A book named by BT", "pages": "1995-2003"},
        {"title": "No end of record before the next", "edition": "2011"},
        {"title": "Electronic article", "kind": STUDY, "pages": "77-82"},
    ],
    "mac_roman.ris": [
        {"title": "Étude de la douleur chronique: où en sommes-nous?",
         "authors": ("Müller, Jörg", "Béranger, François"), "journal": "Revue d’ergonomie"},
    ],
    "latin2.ris": [{"authors": ("Żółkiewski, Łukasz", "Wróbel, Grażyna")}],
    "cp1252.bib": [{"title": "Étude “naïve” of pain – part 1", "authors": ("Müller, Jörg", "Nuñez, Íñigo")}],
    "utf16_be.ris": [{"title": "Étude naïve", "authors": ("Müller, Jörg",)}],
    "utf16_no_bom.ris": [{"title": "Étude naïve", "authors": ("Müller, Jörg",)}],
    "broken_middle.bib": [
        {"title": "Before the fault", "authors": ("Adler, K.", "Baum, T."), "pages": "1-9"},
        {"title": "After the fault"},
        {"title": "A field twice"},
        {"title": "The same key again", "edition": "2014"},
        {"title": "The last one"},
    ],
    "one_bad.json": [{"title": "The first is right"}, {"title": "The last is right"}],
    "cut_off.json": [{"title": "The first is right"}, {"title": "Right again"}],
}  # fmt: skip

UNREAD = {
    "broken_middle.bib": {3: "never closed", 7: "comma", 13: "never closed"},
    "one_bad.json": {3: "something else", 4: "a text", 5: "no title"},
    "cut_off.json": {3: "damaged", 5: "damaged"},
    "endnote_before_8.xml": {3: "damaged"},
    "endnote_lines.xml": {19: "damaged", 23: "no title"},
    "databases.ris": {37: "no entry", 38: "no title"},
}
"""The line and reason of each record that cannot be read; in all other files there is none."""


def read(name: str) -> Found:
    return read_entries((EXPORTS / name).read_bytes(), Format.of_name(name))


def shown(entry: Entry, fields: dict[str, object]) -> dict[str, object]:
    return {field: getattr(entry, field) for field in fields}


@pytest.mark.parametrize("name", READ)
def test_the_export_is_read_field_by_field(name: str) -> None:
    found = read(name)
    assert [
        shown(one.entry, want) for one, want in zip(found.entries, READ[name], strict=True)
    ] == [*READ[name]]
    bad = UNREAD.get(name, {})
    assert [one.line for one in found.unread] == list(bad)
    for one in found.unread:
        assert bad[one.line] in one.reason
        assert one.words


def test_every_export_is_in_the_table() -> None:
    assert {path.name for path in EXPORTS.iterdir()} - set(READ) == {"unsure.ris"}


@pytest.mark.parametrize(
    ("name", "remark"),
    [
        ("excel_semicolon.csv", "9-Jan"),
        ("broken_middle.bib", "stands twice"),
        ("databases.ris", "no end"),
    ],
)
def test_what_was_read_with_doubt_is_told(name: str, remark: str) -> None:
    assert any(remark in words for one in read(name).entries for words in one.remarks)


def test_what_the_library_has_no_field_for_is_told() -> None:
    (_, book) = read("jabref.csv").entries
    assert book.left_out == ("ISBN", "Address")
    assert "place" in read("zotero.bib").entries[1].left_out
    assert read("endnote.xml").entries[0].left_out == ("ISSN", "abstract")
    assert read("endnote_lines.xml").entries[1].left_out == ("research notes",)

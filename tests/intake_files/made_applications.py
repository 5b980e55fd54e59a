"""The made-up applications: what is filled in, how it is drawn, and what should be read."""

from __future__ import annotations

from tests.intake_files.forms import (
    LABELS_2013,
    LABELS_2014,
    LABELS_NEWER,
    LABELS_SHOUTED,
    ONE_A_ROW,
    Form,
)


def _values(**given: str) -> dict[str, str]:
    usual = {
        "address": "12 Vine St, Lodi CA 95240",
        "phone": "(209) 555-0144",
        "fax": "(209) 555-0199",
        "attorney": "Law Office of P. Marsh",
        "practice": "Delta Spine Group",
        "specialty": "Orthopedics",
        "adjuster": "K. Holm",
        "diagnosis": "M54.5 low back pain",
    }
    return usual | given


FORMS: tuple[Form, ...] = (
    Form(
        "filled",
        _values(
            employee="Ottoline P Vance", employer="Quarry Foods", claim="QF-20-11893",
            injury="04/17/2020", provider="Marcus T Eberhardt", administrator="Stonebridge Claims",
            ur="06/02/2022",
        ),
        ("MRI of the right shoulder without contrast", "Physical therapy 12 visits", "Norco 10/325 #60"),
        fillable=True,
        expected={"injury": "2020-04-17", "ur": "2022-06-02"},
    ),
    Form(
        "filled, nothing drawn",
        _values(
            employee="Gideon Marsh", employer="City of Elm", claim="0098123-WC-01",
            injury="1/9/2018", provider="Alma Reyes-Quist MD", administrator="Tule Public Risk",
            ur="3/4/2021",
        ),
        ("Left knee arthroscopy", "Cold therapy unit 14 day rental"),
        fillable=True, needs_appearances=True, where="below", expedited=True, liability=True,
        expected={"injury": "2018-01-09", "ur": "2021-03-04"},
    ),
    Form(
        "printed in a table",
        _values(
            employee="Clementina R. Aguirre", employer="Bay Linen", claim="BL 4471-22",
            injury="11/30/2021", provider="Hugh Pell, M.D.", administrator="Anchor Comp, Inc.",
            ur="08/15/2023",
        ),
        ("Lumbar epidural steroid injection L4-5", "Cyclobenzaprine 7.5 mg #60",
         "Acupuncture 2x4 for the lumbar spine", "Urine toxicology screen"),
        value_font="mono", signed="09/01/2023", instructions=True,
        expected={"injury": "2021-11-30", "ur": "2023-08-15"},
    ),
    Form(
        "values below their labels",
        _values(
            employee="Ibrahim Solberg", employer="Northern Rail", claim="NR7712034",
            injury="02/14/2016", provider="Dana Whitcombe DO", administrator="Frontier Adjusters",
            ur="10/21/2019",
        ),
        ("Tramadol 50mg #90",),
        where="below", ruled=False, marks="zapf", font="serif", value_font="serif", expedited=True,
        expected={"injury": "2016-02-14", "ur": "2019-10-21"},
    ),
    Form(
        "labels under the line",
        _values(
            employee="Prudence Halloran", employer="Marin Clinics", claim="MC/19/3304",
            injury="07/07/2019", provider="Viktor Ames, MD", administrator="Larkspur TPA",
            ur="12/12/2020",
        ),
        ("Cervical MRI", "Home traction unit"),
        where="above", marks="letter", ruled=False,
        expected={"injury": "2019-07-07", "ur": "2020-12-12"},
    ),
    Form(
        "glued labels of a draft",
        _values(
            employee="Solveig Banner", employer="Pine Mill", claim="PM-555-0093",
            injury="05/23/2012", provider="Quentin Osborne MD", administrator="Sawyer Mutual",
            ur="06/06/2013",
        ),
        ("Lumbar fusion L5-S1; two day inpatient stay; assistant surgeon",),
        labels=LABELS_2013, rows=ONE_A_ROW, marks="filled", liability=True,
        expected={
            "injury": "2012-05-23", "ur": "2013-06-06",
            "items": ["Lumbar fusion L5-S1", "two day inpatient stay", "assistant surgeon"],
        },
    ),
    Form(
        "see attached",
        _values(
            employee="Amos T Delacroix", employer="Gate Transit", claim="GT-8812",
            injury="09/19/2022", provider="Fiona Strand NP", administrator="Gate Transit Authority",
            ur="02/01/2024",
        ),
        ("See attached UR determination",),
        marks="tick", fax_line="02/20/2024 14:11 FAX 209 555 0170   P.001/004",
        expected={"injury": "2022-09-19", "ur": "2024-02-01", "items": []},
    ),
    Form(
        "an unknown version",
        _values(
            employee="Leocadia Moor", employer="Sun Packing", claim="SP26-00417",
            injury="01/05/2025", provider="Ansel Grady, MD", administrator="Coast Claims LLC",
            ur="04/20/2026",
        ),
        ("Chiropractic 1x6 thoracic spine", "Lidoderm patch 5% #30"),
        labels=LABELS_NEWER, rows=ONE_A_ROW, marks="brackets", numbered=False,
        expected={"injury": "2025-01-05", "ur": "2026-04-20"},
    ),
    Form(
        "two copies that differ",
        _values(
            employee="Hester Lockwood", employer="Valley Hotel", claim="VH-10-2231",
            injury="03/03/2017", provider="Ravi Malhotra MD", administrator="Summit Comp",
            ur="05/05/2018",
        ),
        ("Right wrist brace", "Occupational therapy x 8"),
        fillable=True, copies=2, signed="05/20/2018", other_copy={"injury": "03/08/2017"},
        aside=True, expected={"injury": "2017-03-03", "ur": "2018-05-05"},
    ),
    Form(
        "shouted labels",
        _values(
            employee="Barnaby Quist-Olsen", employer="Harbor Steel", claim="HS-2020/118",
            injury="Aug 4, 2020", provider="Lydia Ferncastle, PA-C", administrator="Iron Coast Claims",
            ur="January 12, 2022",
        ),
        ("Bilateral L4-5 and L5-S1 medial branch block", "Gabapentin 300mg #90", "Lumbar brace",
         "Follow up visits x 2"),
        labels=LABELS_SHOUTED, on_extra_sheet=("Aquatic therapy 8 visits", "Ambien 10mg #30"),
        font="sans", value_font="mono", aside=True,
        expected={
            "injury": "2020-08-04", "ur": "2022-01-12",
            "items": ["Bilateral L4-5 and L5-S1 medial branch block", "Gabapentin 300mg #90",
                      "Lumbar brace", "Follow up visits x 2", "Aquatic therapy 8 visits",
                      "Ambien 10mg #30"],
        },
    ),
    Form(
        "a block of lines",
        _values(
            employee="Evangeline Stroud", employer="Oak Dairy", claim="30-17-88112-A",
            injury="06/16/2021", provider="Cyrus Benedek MD", administrator="Heritage Casualty",
            ur="09/09/2022",
        ),
        ("Left hip MRI arthrogram", "Meloxicam 15mg #30", "Physical therapy 2 x 4 left hip"),
        fillable=True, block=True, labels=LABELS_NEWER, where="below", aside=True,
        expected={"injury": "2021-06-16", "ur": "2022-09-09"},
    ),
    Form(
        "dingbats as boxes",
        _values(
            employee="Rufus Kettleby", employer="Salinas Growers", claim="SG0411876",
            injury="10/02/2013", provider="Odile Marchetti MD", administrator="Monterey Fund",
            ur="11/11/2014",
        ),
        ("Percocet 10/325 mg #120", "Soma 350 mg #30"),
        marks="dingbats", expedited=True, font="serif", rows=ONE_A_ROW, aside=True,
        expected={"injury": "2013-10-02", "ur": "2014-11-11"},
    ),
    Form(
        "a long item over two lines",
        _values(
            employee="Winifred Achterhoek", employer="Kern Schools", claim="KS 2018 00734",
            injury="12/19/2018", provider="Thandiwe Brooks MD", administrator="Kern Schools JPA",
            ur="07/31/2020",
        ),
        ("Anterior cervical discectomy and fusion at C5-6 and C6-7 with allograft, plate fixation and "
         "intraoperative neuromonitoring", "Preoperative clearance", "Cervical collar"),
        value_font="serif", marks="cross", ruled=False, aside=True,
        expected={"injury": "2018-12-19", "ur": "2020-07-31"},
    ),
    Form(
        "labels under the line in a newer version",
        _values(
            employee="Cassius Venn", employer="Redding Lumber", claim="RL-0001-9982",
            injury="03/28/2023", provider="Marguerite Sloane DC", administrator="Shasta Insurance",
            ur="01/17/2025",
        ),
        ("Functional restoration program 80 hours",),
        labels=LABELS_NEWER, where="above", marks="letter", liability=True, aside=True,
        expected={"injury": "2023-03-28", "ur": "2025-01-17"},
    ),
    Form(
        "two things in a line",
        _values(
            employee="Theodora M Lusk", employer="Chico Printing", claim="CP-778-19",
            injury="08/08/2015", provider="Bertrand Coyle MD", administrator="Butte Comp Services",
            ur="04/04/2016",
        ),
        ("Naproxen 550mg #60 and omeprazole 20mg #60", "TENS unit purchase"),
        marks="tick", font="serif", aside=True,
        expected={
            "injury": "2015-08-08", "ur": "2016-04-04",
            "items": ["Naproxen 550mg #60", "omeprazole 20mg #60", "TENS unit purchase"],
        },
    ),
    Form(
        "turned",
        _values(
            employee="Jocasta Bright", employer="Napa Cellars", claim="NC-2024-44",
            injury="02/20/2024", provider="Emeka Hollis MD", administrator="Vintner Mutual",
            ur="10/10/2024",
        ),
        ("Right ankle MRI", "CAM boot"),
        turned=90, labels=LABELS_2014, marks="zapf", aside=True,
        expected={"injury": "2024-02-20", "ur": "2024-10-10"},
    ),
    Form(
        "titles of parts, boxes behind",
        _values(
            employee="Ambrose Finch", employer="Tulare Hospital", claim="TH.2021.00915",
            injury="05/15/2021", provider="Coralie Banks MD", administrator="Kaweah Claims Co.",
            ur="03/22/2023",
        ),
        ("Left carpal tunnel release", "Wrist splint", "Norco 5/325 mg #30"),
        headings=True, boxes_behind=True, marks="cross", number="{})", aside=True,
        expected={"injury": "2021-05-15", "ur": "2023-03-22"},
    ),
    Form(
        "lines of underscores",
        _values(
            employee="Philippa Noor", employer="Eureka Docks", claim="ED-30-11-7",
            injury="12/01/2016", provider="Anders Volk, MD", administrator="Redwood Mutual",
            ur="02/28/2018",
        ),
        ("Lumbar MRI", "Psychological evaluation"),
        underscored=True, ruled=False, rows=ONE_A_ROW, marks="typed", number="Item {}:", expedited=True,
        aside=True, expected={"injury": "2016-12-01", "ur": "2018-02-28"},
    ),
    Form(
        "name in three fields",
        _values(
            first="Orlando", middle="B", last="Castellane", employee="", employer="Modesto Feed",
            claim="MF7700881", injury="07/19/2018", provider="Zelda Crane DO",
            administrator="Stanislaus Risk", ur="11/05/2019",
        ),
        ("Right knee MRI", "Crutches"),
        split_name=True, fillable=True, where="below", headings=True, aside=True,
        expected={"injury": "2018-07-19", "ur": "2019-11-05", "employee": "Orlando B Castellane"},
    ),
    Form(
        "newer, titles of parts, below",
        _values(
            employee="Seraphina Doyle", employer="Vallejo Ferry", claim="VF/2025/0031",
            injury="January 8, 2025", provider="Hamish Tolliver, MD", administrator="Carquinez TPA",
            ur="April 30, 2026",
        ),
        ("Acupuncture 6 visits, cervical spine", "Baclofen 10 mg #60", "Home cervical traction unit",
         "Trigger point injections", "Functional capacity evaluation"),
        labels=LABELS_NEWER, where="below", headings=True, marks="zapf", boxes_behind=True, ruled=False,
        value_font="mono", aside=True, expected={"injury": "2025-01-08", "ur": "2026-04-30"},
    ),
)  # fmt: skip


def wanted(form: Form) -> dict[str, object]:
    """What should be read of a form."""
    told: dict[str, object] = {
        key: form.values[key] for key in ("employee", "claim", "provider", "administrator")
    }
    told["items"] = [*form.items, *form.on_extra_sheet]
    told["priority"] = "Expedited" if form.expedited else "Standard"
    told["liability"] = form.liability
    return told | form.expected

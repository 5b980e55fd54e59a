"""What is written shorter than the cover has it, and numbers behind labels of other kinds."""

from __future__ import annotations

from app.letter import Cover
from tests.services.privacy.spellings import Spelling

LE = Cover(employee="Lê Minh Tâm")
CLOUD = Cover(employee="Rosamund St. Cloud-Hartnell")
BOX = Cover(addressee="Tavish Umberton\nP.O. Box 60718\nYuba Vista, CA 95991")
ROOM = Cover(addressee="Tavish Umberton\n118 Kestrel Loop, Unit 14C\nYuba Vista, CA 95991")
HOUSES = Cover(copies_to="Cobalt Harbor Indemnity", provider="Sports Medicine Associates")
ZEROS = Cover(claim_number="QTR-2014-000931-B")

SHORTENED: tuple[Spelling, ...] = (
    Spelling("surname first that is a particle", LE, "Mr. Le came. K. Tam too.", ("Le ", "Tam"), ("came",)),
    Spelling("surname behind", LE, "Then Tam Le came in le sling.", ("Tam", "Le "), ("in le sling",)),
    Spelling("first half behind Saint", CLOUD, "Saint Cloud and St-Cloud and a saint", ("Saint", "Cloud"), ("a saint",)),
    Spelling("box alone", BOX, "Sent to Box 60718 in a box of 12.", ("60718",), ("a box of 12",)),
    Spelling("room alone", ROOM, "Found in Unit 14-C with 14 units.", ("14-C",), ("with 14 units",)),
    Spelling("house by its own words", HOUSES, "Cobalt Harbor paid; a cobalt harbor", ("Cobalt H",), ("a cobalt harbor",)),
    Spelling("what a house does", HOUSES, "Referred to Sports Medicine.", (), ("Sports Medicine",)),
    Spelling("zeros left out", ZEROS, "No. qtr 2014/931 B of 2014", ("931",), ("of 2014",)),
)  # fmt: skip

LABELLED: tuple[Spelling, ...] = (
    Spelling("short telephone", Cover(), "Home phone 555-0142, 3-4 times at work 325-4000 mg", ("0142",), ("3-4 times", "325-4000 mg")),
    Spelling("portal", Cover(), "On mychart.fernhill.org/77, not www.acoem.org/guide", ("fernhill",), ("www.acoem.org/guide",)),
    Spelling("lettered house", Cover(), "At 12-C Calle Del Roble", ("Roble", "12-C"), ()),
    Spelling("rural route", Cover(), "At RR 4 Box 119; RR 18, BP 120/80", ("119",), ("RR 18, BP 120/80",)),
    Spelling("letters before digits", Cover(), "File no. QRS 5512093 of 2016", ("5512093",), ("of 2016",)),
    Spelling("badge", Cover(), "Employee number 00917; employee 17 years", ("00917",), ("employee 17 years",)),
    Spelling("licence", Cover(), "License A 104422 of the state; license 2016", ("104422",), ("license 2016",)),
    Spelling("reference", Cover(), "Examiner's ref. 90-BX-3; our reference 12 pages", ("90-BX",), ("reference 12 pages",)),
    Spelling("short birth year", Cover(), "DOB: 3 Nov 71; dob 3 exams", ("Nov 71",), ("dob 3 exams",)),
    Spelling("bar of a state", Cover(), "State Bar No. 260417; Visit number 12 of 24", ("260417",), ("number 12 of 24",)),
    Spelling("colon", Cover(), "Clm: 55-1830-7. CPT code # 97110, tablets #6000", ("1830",), ("# 97110", "#6000")),
    Spelling("no day, no year", Cover(), "There is no 10/12/2014 report, no. 2 of 2015-2016", (), ("10/12/2014", "2015-2016")),
    Spelling("tax", Cover(), "TIN 81-0047213 and DL C5510932", ("0047213", "C5510932"), ("TIN", "DL")),
    Spelling("unusual road", Cover(), "She lives at 18 Heron Bluff, moved 20 Percent", ("Heron",), ("moved 20 Percent",)),
    Spelling("numbered road", Cover(), "Found at 2750 State Route 88 West.", ("2750", "88"), ("Found at",)),
    Spelling("slashes", Cover(), "d/o/b: 11/3/71", ("11/3/71",), ()),
    Spelling("hyphened saint", Cover(employee="Odile St-Marsan"), "Then Saint Marsan and St Marsan", ("Saint", "Marsan"), ("Then",)),
    Spelling("labels without number", Cover(), "Badge 40917, HICN 560217733B, badge 12", ("40917", "560217733"), ("badge 12",)),
    Spelling("place of birth", Cover(), "He was born in Madera on 4/9/68.", ("4/9/68",), ("born in Madera",)),
    Spelling("last four", Cover(), "SSN ending in 9014; (559)5550163", ("9014", "0163"), ()),
)  # fmt: skip

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
)  # fmt: skip

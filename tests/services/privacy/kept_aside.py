"""The other half of the spellings: written with the first, read only when the code was done."""

from __future__ import annotations

from app.letter import Cover
from tests.services.privacy.spellings import Spelling


def _of(employee: str = "", **more: str) -> Cover:
    return Cover(employee=employee, **more)


DANGELO = _of("Renée D'Angelo-Weiß", claim_number="2014-CA-0077315 / 02")
DELACRUZ = _of("María Guadalupe de la Cruz Ibáñez", claim_number="0061-WC-14-0500227")
LONG = _of("Pain, Johnny Long")
YOUNG = _of("Dr. Summer Young", provider="Baker Back & Spine Institute")
MCALLISTER = _of("Fergus MacAlisdair Jr.")
SORENSEN = _of("Søren Bjørn-Åkesson")
NGUYEN = _of(
    "Nguyễn Thị Bích", addressee="Bích Nguyễn\nPost Office Box 771\nEl Cerrito, California 94530"
)
HOUSE = _of(
    "Tamsin Aldersgate",
    addressee="Cornelius Vanterpool, Esq.\nVanterpool Law Group\n900 Mission Bell Blvd., Suite 300\nSan Luis Obispo, CA 93401",
    copies_to="Hartwell Casualty\nc/o Priscilla Ngata\nPhone (805) 555-0177",
    provider="O’Shaughnessy, Bríd MD",
)

KEPT_ASIDE: tuple[Spelling, ...] = (
    Spelling("sharp s", DANGELO, "Renee DAngelo-Weiss came.", ("Renee", "DAngelo", "Weiss"), ("came",)),
    Spelling("half in capitals", DANGELO, "D’ANGELO came.", ("ANGELO",), ("came",)),
    Spelling("other order", DANGELO, "Weiss D'Angelo, Renée came.", ("Weiss", "Angelo", "Renée"), ("came",)),
    Spelling("apostrophe as blank", DANGELO, "Mrs. D Angelo came.", ("Angelo",), ("came",)),
    Spelling("backtick", DANGELO, "Mrs. D`Angelo came.", ("Angelo",), ("came",)),
    Spelling("prime", DANGELO, "Mrs. D′Angelo came.", ("Angelo",), ("came",)),
    Spelling("non-breaking hyphen", DANGELO, "D'Angelo\u2011Weiß came.", ("Angelo", "Weiß"), ("came",)),
    Spelling("two initials", DELACRUZ, "M.G. de la Cruz came.", ("M.G.", "Cruz"), ("came",)),
    Spelling("joined particles", DELACRUZ, "DelaCruz, Maria G. came.", ("DelaCruz", "Maria", "G."), ("came",)),
    Spelling("second surname", DELACRUZ, "Ibanez came; IBAÑEZ left.", ("Ibanez", "IBAÑEZ"), ("came", "left")),
    Spelling("middle name", DELACRUZ, "Guadalupe came.", ("Guadalupe",), ("came",)),
    Spelling("particles as words", DELACRUZ, "Opinion de novo in la Jolla style.", (), ("de novo in la",)),
    Spelling("claim with underscores", DELACRUZ, "file 0061_WC_14_0500227 came", ("0500227", "0061"), ("came",)),
    Spelling("claim with slashes", DELACRUZ, "file 0061/WC/14/0500227 came", ("0500227", "0061"), ("came",)),
    Spelling("claim digits", DELACRUZ, "file 0061140500227 came", ("0500227",), ("came",)),
    Spelling("claim tail", DELACRUZ, "file WC-14-0500227 came", ("0500227",), ("came",)),
    Spelling("claim spaced out", DANGELO, "file 2014 CA 0077315 - 02 came", ("0077315",), ("came",)),
    Spelling("claim in the middle", DANGELO, "file CA0077315 came", ("0077315",), ("came",)),
    Spelling("pain stays", LONG, "Chronic pain for a long time. Pain is 7/10. Long-term opioids. Pain Management was asked. Long COVID.", (), ("Chronic pain for a long time. Pain is 7/10. Long-term opioids. Pain Management was asked.",)),
    Spelling("pain the man", LONG, "Mr. Pain has pain. Johnny has pain.", ("Mr. Pain", "Johnny"), ("has pain",)),
    Spelling("pain turned round", LONG, "PAIN, JOHNNY L. has pain.", ("JOHNNY", "PAIN,"), ("has pain",)),
    Spelling("season and age", YOUNG, "In the summer a young patient fell; Summer heat made it worse.", (), ("In the summer a young patient fell", "heat made it worse")),
    Spelling("season and age named", YOUNG, "Dr. Young wrote; so did Summer Young.", ("Dr. Young", "Summer Young"), ("wrote; so did",)),
    Spelling("institute", YOUNG, "Seen at Baker Back and Spine Institute for his back and spine.", ("Baker Back",), ("for his back and spine",)),
    Spelling("trade stays", YOUNG, "A 40 year old baker with back pain.", (), ("A 40 year old baker with back pain.",)),
    Spelling("mac with a gap", MCALLISTER, "Mr. Mac Alisdair fell.", ("Alisdair",), ("fell",)),
    Spelling("mac and Jr", MCALLISTER, "MACALISDAIR JR fell.", ("MACALISDAIR",), ("fell",)),
    Spelling("mac misspelt", MCALLISTER, "Fergus MacAlisdir fell.", ("Fergus", "MacAlisdir"), ("fell",)),
    Spelling("ring and stroke", SORENSEN, "Soren Bjorn-Akesson fell.", ("Soren", "Bjorn", "Akesson"), ("fell",)),
    Spelling("ring half", SORENSEN, "AKESSON, S. fell.", ("AKESSON",), ("fell",)),
    Spelling("stacked accents", NGUYEN, "Nguyen Thi Bich fell; Mr. Nguyen rose.", ("Nguyen", "Bich"), ("fell", "rose")),
    Spelling("box and town", NGUYEN, "Mail goes to P.O. Box 771, El Cerrito 94530.", ("771", "El Cerrito", "94530"), ("Mail goes to",)),
    Spelling("attorney's firm", HOUSE, "Vanterpool Law Group wrote; VANTERPOOL signed.", ("Vanterpool", "VANTERPOOL"), ("wrote", "signed")),
    Spelling("suite and town", HOUSE, "The office at 900 Mission Bell Boulevard in San Luis Obispo closed.", ("900", "Mission Bell", "San Luis Obispo"), ("The office at", "closed")),
    Spelling("insurer", HOUSE, "Hartwell denied it. Ngata signed for Hartwell Casualty.", ("Hartwell", "Ngata"), ("denied it",)),
    Spelling("provider turned", HOUSE, "Dr. Brid O'Shaughnessy and B. OShaughnessy wrote.", ("Brid", "Shaughnessy"), ("wrote",)),
    Spelling("telephone of the cover", HOUSE, "Call 805/555-0177 now.", ("555", "0177"), ("Call", "now")),
    Spelling("look-alike letters", HOUSE, "Tаmsin Аldersgаte fell.", ("Tаmsin", "ldersg"), ("fell",)),
    Spelling("record forms", _of(), "Medical Record Number: 00-44-812-7. MR# 553311. Acct 9918273", ("812", "553311", "9918273"), ()),
    Spelling("birth forms", _of(), "Birthdate: 7 April 1961. Date of birth is 04.07.1961.", ("April 1961", "04.07.1961"), ()),
    Spelling("phones and fax", _of(), "Tel: +1 (530) 555 0144; Fax 530-555-0145; ph 5305550146", ("0144", "0145", "5305550146"), ()),
    Spelling("driver and policy", _of(), "Social Security No. 219099997. Policy # WC-2-99812-A.", ("219099997", "99812"), ()),
    Spelling("medical numbers stay", _of(), "ICD-10 M54.5, CPT 97110-97140, NRS 7/10, 8 CCR 9792.24.2, 40 mg 2x/day, ages 18-65, T12-L1.", (), ("ICD-10 M54.5, CPT 97110-97140, NRS 7/10, 8 CCR 9792.24.2, 40 mg 2x/day, ages 18-65, T12-L1.",)),
)  # fmt: skip

"""Made-up covers and the ways a text may write what stands on them; written before the code.

Each says which words must be gone from a public copy and which ordinary words must stay.
"""

from __future__ import annotations

from typing import NamedTuple

from app.letter import Cover


class Spelling(NamedTuple):
    """`text` as a summary says it, beside a cover: `gone` may not be left of it, `stays` must be."""

    name: str
    cover: Cover
    text: str
    gone: tuple[str, ...]
    stays: tuple[str, ...] = ()


def _of(employee: str = "", **more: str) -> Cover:
    return Cover(employee=employee, **more)


NUNEZ = _of("Anaïs Núñez-O’Farrell", claim_number="KL-445-90218")
BERG = _of("Joost van der Bergh")
MAY = _of("Theresa May")
HAND = _of("Learned Hand")
ZIELINSKI = _of("Łukasz Zieliński")
ADDRESS = _of(
    "Dara Quillfeather",
    addressee="Dara Quillfeather\n4482 West Larkspur Avenue, Apt. 9\nVisalia, CA 93277-1044",
)
COPIES = _of(
    "Dara Quillfeather",
    provider="Ingrid Thornquist, D.O.",
    copies_to="Mr. Osgood Prendergast, Esq., Prendergast & Vale LLP\n"
    "Claims administrator: Bluestem Mutual (adjuster Keiko Marumoto)\nDWC",
)

SPELLINGS: tuple[Spelling, ...] = (
    Spelling("given name of three signs", _of("王小明"), "Then 小明 and 王 小明 came.", ("小明", "王"), ("came",)),
    Spelling("particle behind a hyphen", _of("Kwame Nkrumah-Ó Dálaigh"), "Mr. ODalaigh and O Dalaigh", ("Dalaigh",), ("and",)),
    Spelling("as written", NUNEZ, "Anaïs Núñez-O’Farrell was seen.", ("Anaïs", "Núñez", "Farrell"), ("was seen",)),
    Spelling("straight apostrophe", NUNEZ, "Then Núñez-O'Farrell had pain.", ("Núñez", "Farrell"), ("had pain",)),
    Spelling("modifier apostrophe", NUNEZ, "Then Núñez-OʼFarrell had pain.", ("Núñez", "Farrell"), ("had pain",)),
    Spelling("no accents", NUNEZ, "Anais Nunez-O'Farrell returned.", ("Anais", "Nunez", "Farrell"), ("returned",)),
    Spelling("capitals", NUNEZ, "NUNEZ-O'FARRELL, ANAIS returned.", ("NUNEZ", "FARRELL", "ANAIS"), ("returned",)),
    Spelling("small letters", NUNEZ, "the record of nunez o'farrell shows", ("nunez", "farrell"), ("the record of", "shows")),
    Spelling("no hyphen", NUNEZ, "Nunez OFarrell returned.", ("Nunez", "Farrell"), ("returned",)),
    Spelling("run together", NUNEZ, "NunezOFarrell returned.", ("Nunez", "Farrell"), ("returned",)),
    Spelling("first half", NUNEZ, "Nunez improved with therapy.", ("Nunez",), ("improved with therapy",)),
    Spelling("second half", NUNEZ, "O Farrell improved.", ("Farrell",), ("improved",)),
    Spelling("possessive", NUNEZ, "Nunez's knee and Anais’s back", ("Nunez", "Anais"), ("knee and", "back")),
    Spelling("initial first", NUNEZ, "A. Nunez-O'Farrell came.", ("A. ", "Nunez"), ("came",)),
    Spelling("initial last", NUNEZ, "Nunez-O'Farrell, A. came.", ("Nunez", "A."), ("came",)),
    Spelling("decomposed accents", NUNEZ, "Anai\u0308s Nu\u0301n\u0303ez came.", ("Nu\u0301", "ez", "Anai"), ("came",)),
    Spelling("letter by letter", NUNEZ, "The name F a r r e l l was typed.", ("F a r r", "r e l l"), ("The name", "was typed")),
    Spelling("soft hyphen", NUNEZ, "Far\u00adrell came.", ("rell", "Far"), ("came",)),
    Spelling("zero width", NUNEZ, "Far\u200brell came.", ("rell", "Far"), ("came",)),
    Spelling("one letter off", NUNEZ, "Ms. Farrel came.", ("Farrel",), ("came",)),
    Spelling("swapped letters", ADDRESS, "Mr. Quillfaether came.", ("Quillfaether",), ("came",)),
    Spelling("claim without prefix", NUNEZ, "Claim 445-90218 was filed.", ("445", "90218"), ("was filed",)),
    Spelling("claim with blanks", NUNEZ, "Claim KL 445 90218 was filed.", ("KL", "445", "90218"), ("was filed",)),
    Spelling("claim run together", NUNEZ, "claim kl44590218 was filed.", ("kl445", "90218"), ("was filed",)),
    Spelling("claim with dashes of print", NUNEZ, "KL–445–90218 was filed.", ("445", "90218"), ("was filed",)),
    Spelling("claim with dots", NUNEZ, "445.90218 was filed.", ("445", "90218"), ("was filed",)),
    Spelling("end of a claim", NUNEZ, "the claim ending in 90218 was filed.", ("90218",), ("was filed",)),
    Spelling("particles with capitals", BERG, "Mr. Van Der Bergh slept.", ("Bergh", "Van Der"), ("slept",)),
    Spelling("particles joined", BERG, "VANDERBERGH slept; Vanderbergh too.", ("VANDER", "Vander", "bergh"), ("slept",)),
    Spelling("particle left out", BERG, "Bergh, J. slept.", ("Bergh",), ("slept",)),
    Spelling("particles stay words", BERG, "He took der medicine, van to the clinic.", (), ("der medicine", "van to the clinic")),
    Spelling("month", MAY, "On May 3, 2016 he may return; in May the brace may help.", (), ("On May 3, 2016 he may return", "in May the brace may help")),
    Spelling("month name with title", MAY, "Ms. May was seen.", ("Ms. May",), ("was seen",)),
    Spelling("month name possessive", MAY, "It was May's left knee.", ("May's",), ("left knee",)),
    Spelling("month name whole", MAY, "theresa may was seen in May 2016.", ("theresa",), ("was seen in May 2016",)),
    Spelling("body part", HAND, "The right hand was numb; Hand Surgery saw it. Hand and wrist hurt.", (), ("right hand was numb", "Hand Surgery", "Hand and wrist")),
    Spelling("body part with title", HAND, "Mr. Hand has a numb hand.", ("Mr. Hand",), ("numb hand",)),
    Spelling("body part whole", HAND, "HAND, LEARNED has a numb hand.", ("HAND", "LEARNED"), ("numb hand",)),
    Spelling("stroke letters", ZIELINSKI, "Lukasz Zielinski fell.", ("Lukasz", "Zielinski"), ("fell",)),
    Spelling("street short", ADDRESS, "She lives at 4482 W Larkspur Ave Apt 9.", ("4482", "Larkspur"), ("She lives at",)),
    Spelling("street name alone", ADDRESS, "The fall was on Larkspur Avenue.", ("Larkspur",), ("The fall was on",)),
    Spelling("town and zip", ADDRESS, "She went home to Visalia 93277.", ("Visalia", "93277"), ("She went home to",)),
    Spelling("provider", COPIES, "Dr Thornquist (I. Thornquist) wrote.", ("Thornquist",), ("wrote",)),
    Spelling("attorney", COPIES, "Attorney PRENDERGAST of Prendergast and Vale asked.", ("PRENDERGAST", "Prendergast"), ("asked",)),
    Spelling("administrator", COPIES, "Bluestem's adjuster Marumoto asked the claims administrator.", ("Bluestem", "Marumoto"), ("asked the claims administrator",)),
    Spelling("short form no list has", _of("Wenceslas Brockhurst"), "Wenzo Brockhurst sat. Later Wen B. slept, Wenzo B. too.", ("Wenzo", "Wen", "Brockhurst"), ("sat", "slept")),
    Spelling("short form beside an ordinary word", _of("Chidinma Fields"), "Then Chidi Fields bent in the fields of corn.", ("Chidi", "Fields"), ("fields of corn",)),
    Spelling("abbreviation beside the surname", _of("Petra Lindqvist"), "The QME Lindqvist took an MRI.", ("Lindqvist",), ("QME", "MRI")),
    Spelling("initials of halves", _of("Petra Lindqvist-Hale"), "Then P.L.H. agreed.", ("P.L.H.",), ("agreed",)),
    Spelling("initials before the surname", _of("Carlos Jorge Brandão"), "Then CJ Brandao and C.-J. Brandão sat.", ("CJ", "C.-J.", "Brand"), ("sat",)),
    Spelling("a middle initial that the cover has not", _of("Arlene Fields"), "A.K. Fields bent.", ("A.K.", "Fields"), ("bent",)),
    Spelling("initial without capitals", _of("Davit Beridze"), "დ. ბერიძე and ბერიძე დ. came.", ("დ", "ბერიძე"), ("came",)),
    Spelling("half of a name in another script", _of("Arpi Nazar-Boghosyan"), "Պողոսյան, Բողոսյան came.", ("Բողոսյան",), ("came",)),
    Spelling("declined in another script", _of("Tatiana Malinovskaya-Zhdanova"), "Told Ждановой that.", ("Жданов",), ("Told",)),
    Spelling("spelt by the habit of another language", _of("Irina Kuznetsova"), "Ms. Kusnezowa and Mrs. Kuznecova came.", ("Kusnez", "Kuznec"), ("came",)),
    Spelling("another first letter of one sound", _of("Pilar Yturbide"), "Ms. Iturbide sat.", ("Iturbide",), ("sat",)),
    Spelling("saint cut short", _of("Rhys Saint-Aubyn"), "R. StAubyn and Mr. St. Aubyn sat.", ("Aubyn",), ("sat",)),
    Spelling("pinyin of the cover", _of("Li Xiulan"), "Then 李秀兰 came.", ("李秀兰",), ("came",)),
)  # fmt: skip
"""Names and numbers that stand on the cover."""

WITHOUT_A_TERM: tuple[Spelling, ...] = (
    Spelling("social security with dots", _of(), "Social Security Number: 219.09.9999; XXX-XX-4321 shown.", ("219", "4321"), ("shown",)),
    Spelling("e-mail spelt out", _of(), "Write to d.quill at mail dot example dot org today.", ("quill", "example"), ("Write to", "today")),
    Spelling("half house number", _of(), "Lives at 1234 1/2 N. Larkspur St. now.", ("1234", "1/2", "Larkspur"), ("now",)),
    Spelling("spanish street", _of(), "Lives at 12 Calle del Sol, came to 88 El Camino Real.", ("Calle", "Sol", "Camino"), ("came to",)),
    Spelling("account with a colon", _of(), "Account: 99-88-77. The account: he fell.", ("99-88-77",), ("he fell",)),
    Spelling("identity numbers", _of(), "NPI 1234567890, passport no. X1234567, license plate 7QBC123, Medicare number 1EG4-TE5-MK73.", ("1234567890", "X1234567", "7QBC123", "1EG4"), ("NPI", "passport")),
    Spelling("no identity numbers", _of(), "The medi-cal 2016 fee schedule; a DEA schedule IV drug; Medicare covers 80 percent; plate and 6 screws.", (), ("2016", "IV", "80 percent", "6 screws")),
    Spelling("record number", _of(), "MRN 4455667 and medical record no. A-99812.", ("4455667", "99812"), ("and",)),
    Spelling("record number words", _of(), "Chart #: 100-22-9; patient ID 88213340.", ("100-22-9", "88213340"), ()),
    Spelling("birth date", _of(), "DOB 04/07/1961, born on March 3, 1961.", ("04/07/1961", "March 3, 1961"), ()),
    Spelling("birth date short", _of(), "(D.O.B.: 4-7-61) d.o.b 1961-04-07", ("4-7-61", "1961-04-07"), ()),
    Spelling("social security", _of(), "SSN 219-09-9999, SS# xxx-xx-4321, 219 09 9998", ("219", "4321"), ()),
    Spelling("telephones", _of(), "Call (559) 555-0131, 559.555.0132 or 559 555 0133 x12.", ("555", "0131", "0132", "0133"), ("Call", "or")),
    Spelling("e-mail", _of(), "Write to d.quill+x@mail.example.org today.", ("quill", "example.org"), ("Write to", "today")),
    Spelling("street address", _of(), "Lives at 77 N. Alder Creek Road, Madera, CA 93637.", ("77", "Alder", "Madera", "93637"), ("Lives at",)),
    Spelling("other street", _of(), "PO Box 5512; 1200 5th Street Unit B", ("5512", "1200", "5th"), ()),
    Spelling("claim shapes", _of(), "Claim no. 0555-CB-20-1188, WCAB ADJ10022334, EAMS 9912345", ("0555", "1188", "10022334", "9912345"), ()),
    Spelling("doses stay", _of(), "Norco 10-325 mg #120, L4-5, 30 visits, 12/09/2016, CPT 64483-50.", (), ("Norco 10-325 mg #120, L4-5, 30 visits, 12/09/2016, CPT 64483-50.",)),
)  # fmt: skip
"""What tells of a person whatever the cover says."""

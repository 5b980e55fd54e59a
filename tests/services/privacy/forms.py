"""Names in their short forms, other spellings, with single letters, and where they are no words."""

from __future__ import annotations

from app.letter import Cover
from tests.services.privacy.spellings import Spelling


def _of(employee: str = "", **more: str) -> Cover:
    return Cover(employee=employee, **more)


ROBERT = _of("Robert Dombrowski")
WILLIAM = _of("William Ashworth")
EDWARD = _of("Edward Pruitt")
LUPE = _of("Guadalupe Ibarra Soto")
YUSUF = _of("Yusuf Mohammed El-Amin")
MIN_JUN = _of("Kim Min-jun")
OCONNELL = _of("Thomas O’Connell-Tanaka", provider="Katarzyna Wrona, M.D.")
ELIZABETH = _of("Elizabeth Ann Marchetti-Boyle")
OKINA = _of("Leilani Kaʻahumanu")
LONG = _of("Chukwuemeka Venkataraman")
TOWN = _of("Aldo Verger", addressee="Aldo Verger\n12 Pine Lane\nSan Jose, CA 95110")

FORMS: tuple[Spelling, ...] = (
    Spelling("short form and initial", ROBERT, "Rob D. slept; later Bobby D came.", ("Rob", "Bobby", "D."), ("slept; later", "came")),
    Spelling("short form alone", ROBERT, "In June Bob fell.", ("Bob",), ("In June", "fell")),
    Spelling("initial and surname", ROBERT, "R. Dombrowski, then Dombrowski, R and R Dombrowski", ("Dombrowski", "R.", ", R"), ("then",)),
    Spelling("title and initial", ROBERT, "Mr. D. was seen. Then Mr D said no. Mrs. D.", ("D.", "Mr D"), ("was seen", "said no")),
    Spelling("title and the initial of another", ROBERT, "Mr. D. Quill and Dr. R. Vane met.", (), ("Mr. D. Quill and Dr. R. Vane met.",)),
    Spelling("patient by initials", ROBERT, "Patient R.D. and patient RD slept.", ("R.D.", "RD"), ("Patient", "slept")),
    Spelling("given name and initial", ROBERT, "Robert D. came.", ("Robert", "D."), ("came",)),
    Spelling("over the end of a line", ROBERT, "seen: Dombrow-\n  ski and Ro-\nbert.", ("Dombrow", "ski", "Ro-", "bert"), ("seen",)),
    Spelling("read wrongly", ROBERT, "DOMBR0WSKI, D0mbrowski, Dombrowsk1 came.", ("DOMBR0", "D0mb", "Dombrowsk1"), ("came",)),
    Spelling("possessive and plural", ROBERT, "Dombrowski's knee, the Dombrowskis’ home, DOMBROWSKI'S", ("ombrowski", "DOMBROWSKI"), ("knee, the",)),
    Spelling("names of files", ROBERT, "dombrowski_robert.pdf, rdombrowski-2.tif, Dombrowski2016.doc, dombrowskir", ("ombrowski",), (".pdf", ".tif", ".doc")),
    Spelling("sites", ROBERT, "www.robertdombrowski.com/a?b=1 or dombrowski-knee.net.", ("dombrowski", "knee"), ("or",)),
    Spelling("short form that is a word", WILLIAM, "Will A. came. Mr. Will said so. He will go; the bill was paid.", ("Will A.", "Mr. Will"), ("He will go; the bill was paid.",)),
    Spelling("short form beside the surname", WILLIAM, "Bill Ashworth and WILLIE ASHWORTH", ("Bill", "Ashworth", "WILLIE"), ("and",)),
    Spelling("department", EDWARD, "He was seen in the ED and wore a TED hose. Ed Pruitt came.", ("Ed ", "Pruitt"), ("seen in the ED and wore a TED hose", "came")),
    Spelling("spanish short form", LUPE, "Lupita I. came; Lupe Soto too; Sra. I. left.", ("Lupita", "Lupe", "Soto", "I."), ("came", "left")),
    Spelling("ways to write arabic names", YUSUF, "Yousef Muhammad Elamin; Mohd. El Amin; Youssef E.", ("Yousef", "Muhammad", "Elamin", "Mohd", "Amin", "Youssef"), ()),
    Spelling("korean order", MIN_JUN, "Kim M.J. and M.J. Kim and Minjun Kim; 5 min later", ("Kim", "M.J.", "Minjun"), ("and", "5 min later")),
    Spelling("two surnames and a short form", OCONNELL, "Tom O. left. Tommy O'Connell, T. Tanaka.", ("Tom", "O.", "Connell", "Tanaka"), ("left",)),
    Spelling("provider by short form", OCONNELL, "Dr. W. wrote, Kasia signed, Kathy Wrona called.", ("W.", "Wrona", "Kathy"), ("wrote",)),
    Spelling("many short forms", ELIZABETH, "Liz M. or Beth B.; Betsy M.-B.; E.A.M.", ("Liz", "Beth", "Betsy", "M.", "B."), ("or",)),
    Spelling("okina", OKINA, "Ka'ahumanu, Kaahumanu, KA’AHUMANU and Leilani K. came.", ("ahumanu", "AHUMANU", "K. "), ("came",)),
    Spelling("shortened names", LONG, "Emeka V. and Venkat came; Chukwu too.", ("Emeka", "Venkat", "Chukwu"), ("came", "too")),
    Spelling("a town has no short form", TOWN, "Joe and Pepe live in San Jose.", ("San Jose",), ("Joe and Pepe live in",)),
    Spelling("sites of authorities stay", ROBERT, "www.dir.ca.gov/dwc, https://pubmed.ncbi.nlm.nih.gov/1/, www.acoem.org, www.mdguidelines.com.", (), ("www.dir.ca.gov/dwc, https://pubmed.ncbi.nlm.nih.gov/1/, www.acoem.org, www.mdguidelines.com.",)),
    Spelling("a site that only names one", _of(), "http://quill.example/?to=www.cdc.gov and bit.ly, https://bit.ly/3x", ("quill", "3x"), ("and",)),
    Spelling("serial number", _of(), "stimulator, serial no. 88-22117", ("22117",), ("stimulator",)),
)  # fmt: skip

"""Names in other letters than Latin ones, of two letters, with particles, cut short; written before
the code, from a first reading of forty names with four wordings each.
"""

from __future__ import annotations

from app.letter import Cover
from tests.services.privacy.spellings import Spelling


def _of(employee: str) -> Cover:
    return Cover(employee=employee)


SURNAMES: tuple[Spelling, ...] = (
    Spelling("cyrillic", _of("Ірина Коваленко"), "Коваленко; КОВАЛЕНКО, І.; Ірини Коваленко; коваленко came.", ("овал", "ОВАЛ", "І.", "Ірин"), ("came",)),
    Spelling("cyrillic in Latin letters", _of("Ірина Коваленко"), "Ms. Kovalenko, Irina K. and I. Kovalenko came.", ("Kovalenko", "Irina", "K.", "I."), ("came",)),
    Spelling("short in capitals", _of("Олег Вовк"), "ВОВК; Вовк; вовк; Vovk came.", ("ВОВК", "овк", "Vovk"), ("came",)),
    Spelling("habits of spelling", _of("Сергей Воробьёв"), "Vorobyov, Vorobiev, Worobjow, Vorobev, ВОРОБЬЕВ, Sergei, Sergey came.", ("orob", "ОРОБ", "Serg"), ("came",)),
    Spelling("other habits", _of("Юрий Щукин"), "Yuri Shchukin, Iurii Schukin, Yury came; Jurij too.", ("Y", "ukin", "Iurii", "Jurij"), ("came", "too")),
    Spelling("Latin cover and cyrillic text", _of("Dmytro Shevchenko"), "Шевченко, Дмитро came.", ("Шевч", "Дмит"), ("came",)),
    Spelling("greek", _of("Νίκος Παπαδόπουλος"), "Παπαδοπουλος, ΠΑΠΑΔΟΠΟΥΛΟΣ, Papadopoulos, N. Papadopulos came.", ("απα", "ΑΠΑ", "apad", "N."), ("came",)),
    Spelling("armenian", _of("Արամ Սարգսյան"), "ՍԱՐԳՍՅԱՆ, Sargsyan, Aram S. came.", ("ՍԱՐ", "arg", "Aram", "S."), ("came",)),
    Spelling("chinese", _of("王小明"), "Mr. 王; 小明; Wang Xiaoming; Xiao-Ming W. came.", ("王", "明", "Wang", "ming", "Ming"), ("came",)),
    Spelling("korean", _of("김민수"), "Mr. 김; 민수; 김 민수 came.", ("김", "민수"), ("came",)),
    Spelling("hebrew and arabic", _of("דוד الفارسي"), "Mr. דוד; الفارسي came.", ("דוד", "الفارسي"), ("came",)),
    Spelling("look-alikes are no other script", _of("Ann Vale"), "Аnn Vаlе came.", ("V", "nn"), ("came",)),
    Spelling("declined", _of("Виктор Жуковский"), "Жуковского видели; с Жуковским came.", ("Жуков",), ("came",)),
    Spelling("two signs", _of("李伟"), "Patient 伟; Mr. 李; Li Wei came.", ("伟", "李", "Wei"), ("came",)),
    Spelling("plural of a word", _of("Brooke Summers"), "In summers it is less. Ms. Summers; then Summers came.", ("Ms. Summers", "then Summers"), ("In summers it is less",)),
    Spelling("more pet names", _of("Concepción de los Ríos"), "Conchita came.", ("Conchita",), ("came",)),
    Spelling("Li", _of("Wei Li"), "Li's pain; LI, WEI; Patient Li; Wei L. came.", ("Li", "LI", "Wei", "L."), ("came",)),
    Spelling("Ng and a tube", _of("Mei Ng"), "Ng slept. An NG tube, 5 ng/mL. NG returned.", ("Ng slept", "NG returned"), ("An NG tube, 5 ng/mL",)),
    Spelling("Le and a leg", _of("Minh Le"), "Le went home. Mrs. Le; the claimant, Le, came; LE, MINH T. The LE was weak; LE 5/5; Le Fort II.", ("Le went", "Mrs. Le", "Le,", "MINH", "T."), ("The LE was weak; LE 5/5; Le Fort II",)),
    Spelling("Le and a figure", _of("Minh Le"), "Seen 09/13/2016, 13 visits, L3, 1e5; 50 more. Lee came.", (), ("09/13/2016, 13 visits, L3, 1e5; 50 more. Lee",)),
    Spelling("Do and a degree", _of("An Do"), "Do was seen. Ms. Do; DO, AN. Ann Vale, DO, and R. Quill, D.O., wrote. Do not lift; an MRI.", ("Do was", "Ms. Do", "DO, AN"), ("Vale, DO", "D.O.", "Do not lift; an MRI")),
    Spelling("Do in capitals", _of("AN DO"), "Patient Do came.", ("Do",), ("came",)),
    Spelling("So", _of("Jin So"), "So was the pain. So reports pain. Then So said no; it is so.", ("So reports", "Then So"), ("So was the pain", "it is so")),
    Spelling("Ma", _of("Jack Ma"), "The MA took vitals. Ma denies pain.", ("Ma denies",), ("The MA took vitals",)),
    Spelling("Oh", _of("Grace Oh"), "Oh, it hurt; 17-OH. Oh denies. OH, GRACE.", ("Oh denies", "GRACE"), ("Oh, it hurt; 17-OH",)),
    Spelling("particle as a surname", _of("Thi Van Le"), "Ms. Le came; he took le medicine.", ("Ms. Le",), ("le medicine",)),
    Spelling("initial of a particle", _of("Katherine St. John"), "Kathy S. came; SAINT JOHN, KATE", ("Kathy", "S.", "SAINT", "JOHN", "KATE"), ("came",)),
    Spelling("surname cut short", _of("William O’Shaughnessy III"), "Bill O'S. came; Mr. O'Shaugh. too; Wm. O’Shaughnessy.", ("Bill", "O'S", "Wm", "Shaugh"), ("came", "too")),
    Spelling("Mc cut short", _of("Siobhan McGillicuddy"), "Ms. McG. came with Mr. McD. of work.", ("McG",), ("came with Mr. McD. of work",)),
    Spelling("middle initial that no cover has", _of("Tamsin Vandersloot"), "VANDERSLOOT, TAMSIN Q. came.", ("VANDER", "Q."), ("came",)),
)  # fmt: skip

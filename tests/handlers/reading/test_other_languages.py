"""Another language is told by its letters and small words; English of any sort is not."""

from __future__ import annotations

import pytest

from handlers.reading.other_languages import is_other_language

OTHER = [
    "Mae popeth yn mynd yn iawn gyda'r prosiect",
    "Rydym wedi dechrau ond mae angen mwy o amser",
    "Wszystko idzie zgodnie z planem, dziękuję",
    "Strona jest gotowa i działa dobrze",
    "nie mamy jeszcze danych ze szkół",
    "Le film sera prêt la semaine prochaine",
    "tout est en cours, rien de nouveau pour nous",
    "bonjour, est-ce que le plan est publié quelque part",
    "Das Projekt läuft gut aber wir brauchen mehr Zeit",
    "wie steht es um healthy-9",
    "todavía no está terminado pero vamos bien",
    "ainda não temos as datas",
    "il lavoro non è ancora finito",
    "nu avem încă datele pentru școli",
    "sab theek hai, kaam ho raha hai",
    "المشروع يسير بشكل جيد",
    "کام وقت پر مکمل ہو جائے گا",
    "проект идёт по плану",
    "项目 进展 顺利",
    "הכל מתקדם לפי התוכנית",
]
ENGLISH = [
    "on track",
    "yp ver drftd w/ 3 sch cncls, prfs nxt wk",
    "JSNA refresh, CAMHS DQ, IAPT KPI pack OK'd by CCG SMT",
    "flim editted but sond stil wonky, shoud be reddy frdiay",
    "so yeah um its its coming along like we had the the session comma and er yeah",
    "Łukasz Wójcik and Gwenllïan ap Rhys have joined the panel",
    "advisers محمد and עדה started",
    "La Leche League and Ysgol y Deri signed",
    "met Jean de la Fontaine and Ana da Silva",
    "Café Océane, Crosby: naïve artwork, déjà vu",
    "no mas to add",
    "El Salvador twinning",
    "die cutting of the film covers",
    "das",
    "محمد",
    "👍👍",
    "g",
    "ta ra chuck",
    "nowt yet, mebbe nex week",
    "Pan-Mersey SI & HPV vacs",
    "",
]


@pytest.mark.parametrize("text", OTHER)
def test_another_language_is_told(text: str) -> None:
    assert is_other_language(text)


@pytest.mark.parametrize("text", ENGLISH)
def test_english_of_any_sort_is_english(text: str) -> None:
    assert not is_other_language(text)

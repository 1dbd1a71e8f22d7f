# ruff: noqa: E501  # a text a line is easier to read; Cyrillic letters are meant
"""Two events told in several languages, and three articles on the same people and places."""

import pytest

from digest.pick.events.crosslingual import crosslingual_likeness
from digest.pick.picking import group_by_event

JERI = {
    "en": (
        "Peru's Congress removes interim President José Jerí",
        "Peru's Congress voted 75 to 24 on Tuesday to remove interim President José Jerí over meetings with the Chinese businessman Zhihua Yang. Jerí, 39, took over from Dina Boluarte in October.",
    ),
    "de": (
        "Perus Kongress setzt Übergangspräsident Jerí ab",
        "Der Kongress in Lima hat am Dienstag mit 75 gegen 24 Stimmen den Übergangspräsidenten José Jerí abgesetzt. Er hatte sich heimlich mit dem Unternehmer Zhihua Yang getroffen. Jerí war auf Dina Boluarte gefolgt.",
    ),
    "fr": (
        "Pérou : le président par intérim José Jerí destitué",
        "Le Congrès du Pérou a destitué mardi le président José Jerí par 75 voix contre 24, en raison de rencontres avec l'homme d'affaires Zhihua Yang. Il avait remplacé Dina Boluarte en octobre.",
    ),
    "es": (
        "El Congreso de Perú destituye al presidente interino José Jerí",
        "El Congreso de Perú destituyó el martes al presidente José Jerí con 75 votos a favor y 24 en contra por sus reuniones con el empresario Zhihua Yang. Había sucedido a Dina Boluarte.",
    ),
    "ru": (
        "Конгресс Перу отстранил президента Хосе Хери",
        "Во вторник конгресс в Лиме 75 голосами против 24 отстранил временного президента Хосе Хери из-за встреч с китайским бизнесменом Чжихуа Яном. Ранее пост занимала Дина Болуарте.",
    ),
}
MUNICH = {
    "en": (
        "Zelensky meets Macron and Merz in Munich",
        "Ukraine's President Volodymyr Zelensky met Emmanuel Macron and Friedrich Merz in Munich on Saturday to ask for 27 Patriot systems, Kyiv said after talks with Marco Rubio.",
    ),
    "de": (
        "Selenskyj trifft Macron und Merz in München",
        "Der ukrainische Präsident Wolodymyr Selenskyj hat am Samstag in München mit Emmanuel Macron und Friedrich Merz über 27 Patriot-Systeme gesprochen, hieß es nach dem Treffen mit Marco Rubio.",
    ),
    "ru": (
        "Зеленский встретился с Макроном и Мерцем в Мюнхене",
        "Президент Украины Владимир Зеленский в субботу встретился в Мюнхене с Эммануэлем Макроном и Фридрихом Мерцем и попросил 27 систем Patriot, сообщили после переговоров с Марко Рубио.",
    ),
    "ar": (
        "زيلينسكي يلتقي ماكرون وميرتس في ميونيخ",
        "التقى الرئيس الأوكراني فولوديمير زيلينسكي يوم السبت في ميونيخ إيمانويل ماكرون وفريدريش ميرتس وطلب 27 منظومة باتريوت، بعد محادثات مع ماركو روبيو.",
    ),
}
#: Of the same people and places, but other events.
OTHERS = {
    "en": (
        "Macron opens farm fair in Paris",
        "President Emmanuel Macron opened the farm fair in Paris and spoke with farmers from Brittany about milk prices.",
    ),
    "fr": (
        "Le Pérou attend Machu Picchu au printemps",
        "Les trains vers Machu Picchu reprennent au Pérou, a annoncé le ministère du tourisme à Lima.",
    ),
    "de": (
        "Merz besucht Werk in Leipzig",
        "Bundeskanzler Friedrich Merz hat in Leipzig ein Werk für Batterien besucht und mit Lehrlingen gesprochen.",
    ),
}


@pytest.fixture
def told(article):
    """told(kind) → an article a language"""

    def make(name, texts):
        return [
            article(f"{name}-{language}", title=title, text=text, language=language)
            for language, (title, text) in texts.items()
        ]

    return make


def groups(articles):
    return sorted(sorted(article.id for article in group) for group in group_by_event(articles).groups)


def test_an_event_full_of_names_is_one_story_in_any_language(told):
    found = groups([*told("jeri", JERI), *told("munich", MUNICH), *told("other", OTHERS)])

    # Хосе Хери and José Jerí are too short to tell by their consonants, and 75, 24 and Boluarte are too little.
    assert found == [
        ["jeri-de", "jeri-en", "jeri-es", "jeri-fr"],
        ["jeri-ru"],
        ["munich-ar", "munich-de", "munich-en", "munich-ru"],
        ["other-de"],
        ["other-en"],
        ["other-fr"],
    ]


def test_articles_of_one_language_are_left_to_their_wording(article):
    same = [article(name, title=JERI["en"][0], text=JERI["en"][1], language="en") for name in "ab"]

    assert crosslingual_likeness(same) == {}


def test_what_lies_days_apart_is_another_event(article):
    (title, text), (other_title, other_text) = JERI["en"], JERI["es"]
    late = article("late", title=title, text=text, language="en", hours=80)

    assert (
        crosslingual_likeness([late, article("now", title=other_title, text=other_text, language="es", hours=1)]) == {}
    )

"""When a sentence speaks: of a day that it names from its own ("this morning"), or of a time gone by ("last year").

A digest is read days after its articles were written, and by then "tomorrow" is the wrong day. What was a year ago is
where a story comes from, not what happened.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from digest.text.words import fold

#: Words that mean a day only for who reads them on theirs, and nothing else ("morgen" and "mañana" are mornings, too).
_OWN_DAY = {
    "en": "today/tonight/tomorrow/yesterday/this morning/this afternoon/this evening/last night/hours ago/an hour ago",
    "de": "heute/gestern/vorgestern/übermorgen/vor wenigen stunden",
    "fr": "aujourd'hui/hier/demain/ce matin/ce soir/cet après-midi/cette nuit",
    "es": "hoy/ayer/anoche/esta mañana/esta tarde/esta noche",
    "it": "oggi/ieri/domani/stamattina/stamane/stasera/stanotte/questa mattina/questa sera",
    "pt": "hoje/ontem/amanhã/esta manhã/esta tarde/esta noite",
    "nl": "vandaag/gisteren/vanochtend/vanmorgen/vanmiddag/vanavond/vannacht",
    "pl": "dziś/dzisiaj/wczoraj/jutro/dziś rano/dziś wieczorem",
    "ru": "сегодня/вчера/завтра/этим утром/этой ночью",
    "ar": "أمس/غدا/صباح اليوم/مساء اليوم",
    "hi": "आज/कल/आज सुबह",
}
_LONG_AGO = {
    "en": "last year/a year ago/years ago/decades ago",
    "de": "letztes jahr/letzten jahr/vergangenes jahr/vergangenen jahr/vor einem jahr/vor zwei jahren/vor jahren",
    "fr": "l'an dernier/l'année dernière/il y a un an/ans plus tôt",
    "es": "el año pasado/hace un año/años atrás",
    "it": "l'anno scorso/lo scorso anno/un anno fa/anni fa",
    "pt": "no ano passado/há um ano/anos atrás",
    "nl": "vorig jaar/een jaar geleden/jaren geleden/jaar geleden",
    "pl": "w zeszłym roku/w ubiegłym roku/rok temu/lat temu/lata temu",
    "ru": "в прошлом году/год назад/лет назад/года назад",
    "hi": "पिछले साल/साल पहले",
}
_UNSPACED_OWN_DAY = {"zh": "今天|今日|昨天|昨日|明天|明日|今晚|昨晚", "ja": "今日|昨日|明日|今朝|今夜|昨夜"}
_UNSPACED_LONG_AGO = {"zh": "去年|年前", "ja": "昨年|去年|年前"}
_YEAR = re.compile(r"(?<![\d.,$€£-])(?:19|20)\d\d(?![\d%]|[.,]\d)")


def names_its_own_day(text: str, language: str) -> bool:
    """Whether a sentence is true on the day of its article only."""
    return bool(_own_day(language).search(_spaced(text)))


def is_of_the_past(text: str, language: str, *, year: int) -> bool:
    """Whether a sentence speaks of an earlier year than `year`."""
    earlier = any(int(found) < year for found in _YEAR.findall(text))
    return earlier or bool(_long_ago(language).search(_spaced(text)))


@cache
def _own_day(language: str) -> re.Pattern[str]:
    return _any_of(language, _OWN_DAY, _UNSPACED_OWN_DAY)


@cache
def _long_ago(language: str) -> re.Pattern[str]:
    return _any_of(language, _LONG_AGO, _UNSPACED_LONG_AGO)


def _any_of(language: str, phrases: Mapping[str, str], unspaced: Mapping[str, str]) -> re.Pattern[str]:
    if language in unspaced:
        return re.compile(unspaced[language])
    words = phrases.get(language or "en", "").split("/")
    either = "|".join(re.escape(_spaced(phrase).strip()) for phrase in words if phrase)
    # A vowel sign of Devanagari is no letter to `re`: "कल" is not in "कला".
    return re.compile(rf"(?<!\w)(?:{either})(?![\w\u0900-\u097f])" if either else r"(?!)")


def _spaced(text: str) -> str:
    """A folded text with a space for each apostrophe, whichever it was."""
    return fold(text).replace("'", " ")

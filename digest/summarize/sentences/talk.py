"""Sentences in which an author talks to the readers: "I ...", "you can ...", "Keep those in mind".

Talk is understood in a row, from its beginning on. Papers and agencies report in the third person and lose nothing by
that rule (the scores of `consensus` stay); of blogs it takes away the sentences that hang in the air.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from digest.summarize.facts.claims import without_quotations

#: Who speaks and who is spoken to, without words that mean something else as well ("ihr", "Sie", "mi", "nos", "आप").
_PERSONS = {
    "en": "i we me us my our ours myself ourselves you your yours yourself",
    "de": "ich wir mich mir uns mein meine meinem meinen meiner meines unser unsere unseren unserer du dich dir",
    "fr": "je j moi nous mes notre tu toi vous votre vos",
    "es": "yo nosotros nosotras nuestro nuestra nuestros nuestras mis tú usted ustedes",
    "it": "io noi mio mia miei mie nostro nostra nostri nostre tu voi vostro vostra vostri vostre",
    "pt": "eu nós meu minha meus minhas nosso nossa nossos nossas você vocês",
    "nl": "ik wij we onze mijn jij je jouw",
    "pl": "ja my nam nas nasz nasza nasze mój moja moje mojego ty wy wam wasz wasza wasze",
    "ru": "я мы мне меня нас нам наш наша наше наши мой моя моё мои ты вы вас вам ваш ваша ваше ваши",
    "hi": "मैं मेरा मेरी मेरे मुझे हम हमारा हमारी हमारे हमें",
}
_UNSPACED_PERSONS = {
    "zh": "我(?![国國省市军軍校])|你|您",
    "ja": "私(?!立|有|的|鉄|服|学|道|費|案|財|営)|僕|俺|あなた|皆さん",
}
_WORD = re.compile(r"[^\s!-/:-@‘’“”„«»…–—]+")
#: "World War I" and "Part I" are numbers.
_NUMERAL = re.compile(r"\b(?:Act|Article|Book|Chapter|Charles|Class|Elizabeth|Francis|Level|Part|Phase|Type|War) I\b")

#: "Keep those in mind": a request to the reader, or a step of a recipe.
_EN_REQUEST = re.compile(
    r"\W*(?:please|let['’]s|don['’]t|be (?:aware|careful|prepared|sure)|make sure|feel free"
    r"|(?:add|ask|avoid|begin|bring|change|check|choose|click|compare|consider|copy|create|download|enter|explore|fill|"
    r"find|follow|forget|get|give|go|grab|grind|hope|imagine|install|keep|lean|learn|leave|look|make|note|notice|open|"
    r"pick|press|put|read|remember|remove|replace|run|save|say|see|select|send|start|stay|stop|take|tell|think|tr?y|turn|type|"
    r"use|visit|wait|watch|write)"
    r" (?:all|an?|any|as|at|for|how|if|in|into|it|more|on|out|some|that|the|them|these|this|those|to|up|what|with|your)"
    r")\b",
    re.IGNORECASE,
)


def talks(sentence: str, language: str) -> bool:
    """Whether the author speaks of him- or herself, or to the readers, outside quotations."""
    if language in {"en", ""} and _EN_REQUEST.match(sentence):
        return True
    own = without_quotations(sentence)
    if language in _UNSPACED_PERSONS:
        return bool(re.search(_UNSPACED_PERSONS[language], own))
    return not _persons(language or "en").isdisjoint(_words(own))


def _words(text: str) -> Iterator[str]:
    """The words of a text in small letters, but for the US."""
    words = _WORD.findall(_NUMERAL.sub("", text))
    return (word.lower() for word in words if len(word) == 1 or not word.isupper())


@cache
def _persons(language: str) -> frozenset[str]:
    """Nobody, where a language has no list."""
    return frozenset(_PERSONS.get(language, "").split())

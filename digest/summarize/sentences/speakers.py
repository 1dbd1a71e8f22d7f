"""Sentences that end in who says so by a pronoun, or by nobody at all: „Das ist gut“, sagte sie. ..., dijo en Madrid.

Whoever reads one of them alone does not know who. Behind a quotation any verb with a pronoun will do, behind a comma
one of saying. Where a language drops its pronouns, nothing may follow the verb but where and when it was said, since
the speaker may stand further behind: "dijo en Madrid el alcalde".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

#: The end of a quotation; an apostrophe stands within a word.
_QUOTED = r"(?<=\S)(?:[\"“”»«‘]|['’]['’]?(?=[,\s]))"
_BEFORE = r"\s{0,2}[-–—]{0,2}\s{0,2}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Saying:
    """How a language puts who says something behind it; words as in `leanings`."""

    #: Verbs, and the pronouns behind them.
    says: str
    whom: str
    #: Where pronouns are dropped: what says where and when.
    where: str = ""


_ES_WHERE = (
    r"(?:en|a|al|ante|tras|durante|desde|con|de|del|sobre|por)(?:_(?:el|la|los|las|un|una|su|sus|este|esta))?_[\w@]+"
    r" ayer hoy también además (?:el|este)_(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo)"
)
_IT_WHERE = (
    r"(?:in|a|ai|al|alla|con|di|del|della|dopo|durante|nel|nella|su|sul|sulla)(?:_(?:il|la|i|le|un|una))?_\w+"
    r" (?:all|dell|nell|sull|(?:in|con|a)_un)'\w+ ieri oggi anche inoltre ancora poi"
)
_PT_WHERE = (
    r"(?:em|no|na|nos|nas|num|numa|ao|aos|à|às|após|durante|com|de|do|da|sobre|por|pelo|pela)(?:_(?:o|a|um|uma|sua))?"
    r"_[\w@]+ ontem hoje também ainda nesta_\w+"
)
_PL_WHERE = (
    r"(?:w|we|na|dla|po|podczas|przed|do|z|ze|o)_\w+ nam wczoraj dziś dzisiaj też także również"
    r" dziennikarz(?:om|owi) mediom"
)

_SAYING: Mapping[str, _Saying] = MappingProxyType(
    {
        "en": _Saying(
            says="(?:also_)?(?:said|added|says|told|wrote|explained|continued|tweeted)",
            whom="he she they",
        ),
        "de": _Saying(
            says="(?:sag|erklär|beton|mein|warn|kritisier|forder|erzähl|versicher|ergänz|teil|füg|kündig|räum)(?:te?|ten)"
            " berichtete schr(?:eibt|ieb) so",
            whom="er sie",
        ),
        "fr": _Saying(
            says=r"(?:[lsm]'|se_|nous_)?(?:a|ont|avait|avaient)-(?:t-)?(?:ils?|elles?)_"
            r"(?:aussi_|ensuite_|notamment_|encore_)?\w+(?:é|it|u)"
            r" (?:se_|s')?(?!(?:es|fau|paraî|semble|son|fu|sera|serai|va|peu)t?-|y-)\w+-(?:t-)?(?:ils?|elles?)",
            whom="",
        ),
        "es": _Saying(
            says="dij(?:o|eron) dice añad(?:ió|e) (?:afirm|señal|agreg|asegur|explic|indic|declar|precis|subray|"
            "manifest|detall|recalc|coment|lament|apunt|relat|destac)(?:ó|a|aron) sostuvo sostiene concluy(?:ó|e)"
            " advirtió recordó escribió cuenta insist(?:ió|e)",
            whom="él ella ellos ellas",
            where=_ES_WHERE,
        ),
        "it": _Saying(
            says="(?:ha|hanno|aveva)_(?:poi_|anche_|inoltre_)?(?:detto|aggiunto|spiegato|dichiarato|affermato|"
            "sottolineato|precisato|concluso|commentato|scritto|ricordato|raccontato|assicurato) dic(?:e|ono) disse"
            " (?:spieg|afferm|raccont)a(?:no)? aggiunge conclude sottolinea commenta scrive ricorda assicura prosegue",
            whom="lui lei loro",
            where=_IT_WHERE,
        ),
        "pt": _Saying(
            says="disse(?:ram)? diz(?:em)? (?:afirm|acrescent|explic|declar|destac|ressalt|inform|complet|sublinh|cont|"
            "coment|avali|pontu|lembr|justific)(?:ou|a|aram) conclui?u? garant(?:iu|e) escreveu",
            whom="eles? elas?",
            where=_PT_WHERE,
        ),
        "nl": _Saying(
            says="zei(?:den)? zegt zeggen (?:stel|meld|verklaar|vertel|waarschuw|voeg|leg)(?:t|de) vindt? vond schrijft"
            " schreef benadrukt(?:e)? la(?:at|ten) aldus",
            whom="hij zij ze",
        ),
        "pl": _Saying(
            says="mów(?:i|ią|iła?) (?:powiedzia|doda|podkreśli|zaznaczy|wyjaśni|stwierdzi|poinformowa|przyzna|zapewni|"
            "oceni|tłumaczy|wskaza|napisa|opowiada|relacjonowa)(?:ła?|li|ły) dodaj[eą] (?:podkreśl|wyjaśni)a(?:ją)?"
            " zaznacza przyznaj[eą] zapewnia ocenia tłumacz[yą] wskazuje opowiada uważa",
            whom="on ona oni one",
            where=_PL_WHERE,
        ),
        "ru": _Saying(
            says="(?:сказа|заяви|добави|отмети|поясни|сообщи|подчеркну|рассказа|написа|объясни|призна|счита|уточни)л[аи]?"
            " говор(?:ит|ят) отмеча(?:ет|ют) считает добавляет поясняет",
            whom="он она они",
        ),
        "hi": _Saying(says="(?:उसने|उन्होंने)_(?:भी_)?(?:कहा|बताया)(?![\u0900-\u0963])", whom=""),
    }
)
#: “……。”他说。 「……」と彼は述べた。 Nobody is named where the quotation opens the sentence.
_UNSPACED = {
    "zh": re.compile(
        r"[”」，](?:他|她)(?:们|們)?(?:还|還|又|也)?(?:说|說|表示|称|稱|补充|補充|指出|强调|強調)(?:道)?[。！]?$"
    ),
    "ja": re.compile(
        r"と(?:彼|彼女)(?:ら)?は(?:述べ|語|話|言)\w{1,5}。?$|^「[^」]*」と(?:述べ|語|話|説明し|強調し)\w{1,5}。?$"
    ),
}


def names_no_speaker(sentence: str, language: str) -> bool:
    """Whether a sentence ends in whose words it is, and does not name them."""
    return bool(_pattern(language or "en").search(sentence))


@cache
def _pattern(language: str) -> re.Pattern[str]:
    if language in _UNSPACED:
        return _UNSPACED[language]
    saying = _SAYING.get(language)
    if saying is None:
        return re.compile(r"(?!)")
    says, whom = _words(saying.says), f"(?-i:{_words(saying.whom)})"
    if language == "en":
        return re.compile(rf"{_QUOTED}\s+(?:{whom}|(?-i:it))\s+\w+|,?\s{whom}\s+(?:{says})\b[^.]*\.?$", re.IGNORECASE)
    if saying.where:
        aside = rf"(?:\s+{whom})?(?:\s+(?:{_words(saying.where)})){{0,6}}"
        return re.compile(rf"(?:{_QUOTED},?|,|\s[-–—]){_BEFORE}(?:{says}){aside}[.!\s]*$", re.IGNORECASE)
    if not saying.whom:
        return re.compile(rf"(?:{_QUOTED},?|,)\s*(?:{says})(?!\w)[^.?:]*[.!\s]*$", re.IGNORECASE)
    return re.compile(
        rf"{_QUOTED},?{_BEFORE}\w+\s+{whom}(?![\w-])[^?:]*$"
        rf"|,{_BEFORE}(?:{says})\s+{whom}(?![\w-])[^.?:]*[.!\s]*$",
        re.IGNORECASE,
    )


def _words(table: str) -> str:
    return "|".join(word.replace("_", r"\s+").replace("'", "['’]") for word in table.split())

"""The words that lean on the sentence before, a table a language: "according to him", "added that", "such", "the man".

Words are separated by blanks, the parts of one by "_"; what the tables hold are regular expressions. Pronouns that open
a sentence and connectives stand in `openings`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaning:
    """What a language's sentences open with that speaks of something named before."""

    #: Prepositions, and the pronouns behind them: "selon elle".
    after: str = ""
    whom: str = ""
    #: Verbs of saying without a subject, and what comes right behind them: "agregó que".
    says: str = ""
    that: str = ""
    #: "dicha obra", "lo anunció", "as he said".
    such: str = ""
    #: Persons that a noun alone names; and what behind it says which: "el hombre de Ashford", a name, a clause.
    people: str = ""
    which: str = ""
    #: Verbs whose subject only an earlier sentence names, and what shows that none comes: "Pidió a los ministros".
    acts: str = ""
    then: str = ""


LEANINGS: Mapping[str, Leaning] = MappingProxyType(
    {
        "en": Leaning(
            after="as_for besides for like unlike with without",
            whom="(?:him|her|them), him_and her_and",
            such=r"such_an? such_(?!as\b)[a-z]+ [a-z]+s_(?:say|believe)_(?:that_)?s?he",
            people=r"the_\d+-year-olds? the_(?:actor|actress|driver|player|singer|teenager|writer),_\d+,"
            " the_politician",
            which="from in of who with",
        ),
        "de": Leaning(
            after="ohne mit nach laut für gemäß gegen wegen trotz durch neben bei von zu",
            whom="ihm ihn ihnen ihr sie seine[mnrs]? ihre[mnrs]?",
            such=r"solche[mnrs]? solch so_eine?[mnrs]? derartige[nrs]? das_(?:teilte|sagte|erklärte|gab|meldete|geht)"
            " wie_(?:er|sie) dort",
            people=r"(?:der|die|den|dem)_\d+-jährigen? der_(?:mann|junge|politiker|fahrer|täter|verdächtige|angeklagte)"
            " die_(?:frau|politikerin|fahrerin|verdächtige|angeklagte|beiden) das_(?:opfer|mädchen|kind|paar|duo|trio)",
            which="aus von vom des der mit in im am an hinter vor für eine[rs] das die den dessen deren",
        ),
        "fr": Leaning(
            after="selon d'après pour avec sans chez contre comme malgré",
            whom="lui elles? eux ce_dernier cette_dernière ces_derniers celui-ci celle-ci",
            such=r"(?:un|une)_(?:choix|décision|annonce|mesure|initiative|affirmation)_(?:que|qui|dont)"
            r" (?:un|une)_telle? de_tel(?:le)?s âgée?s?_de_\d+_ans,_(?:il|elle) y_a-t-il",
            people="l'homme la_femme l'élue? l'intéressée? l'accusée? le_suspect la_suspecte la_victime le_jeune_homme"
            " la_jeune_femme le_trentenaire le_quadragénaire le_quinquagénaire le_couple le_duo le_trio",
            which=r"de des du d'\w+ le la qui que dont à au en le_plus la_plus politique",
        ),
        "es": Leaning(
            after="según para con sin tras por contra ante entre",
            whom="él ellas? ellos ello esto eso",
            says="agregó añadió señaló aseguró afirmó indicó explicó precisó detalló sostuvo manifestó subrayó destacó"
            " recordó advirtió comentó aclaró dijo (?:también|además)_\\w+ó",
            that="que además también",
            such=r"dich[oa]s? tal(?:es)?(?!\s+(?:vez|como|y|cual)) semejantes? así_lo se_trata"
            " lo_(?:anunció|dijo|confirmó|informó|aseguró|explicó|hizo|reveló) les?(?=\\s+(?-i:[a-záéíóú]))",
            people="el_(?:mandatario|hombre|sujeto|joven|acusado|detenido|funcionario|dúo|trío)"
            " la_(?:mandataria|mujer|joven|acusada|detenida|víctima|funcionaria|pareja)",
            which="de del que quien con más",
            acts="(?:(?:también|además|luego|después)_)?(?:no_)?(?:(?:se|les?|l[ao]s?)_)?[a-záéíóúñ]{2,}ó",
            then=r"en a al que con como para por también además sus? ante contra desde durante tras una? el_\d+",
        ),
        "it": Leaning(
            after="secondo per con senza dopo contro",
            whom="lui lei loro ciò quest'ultim[oa]",
            says="ha(?:nno)?_(?:poi_|anche_|inoltre_)?(?:aggiunto|detto|spiegato|dichiarato|sottolineato|precisato|concluso|"
            "affermato) aggiunge spiega",
            that="che",
            such=r"tal[ei] lo_(?:ha|hanno|riferisce|rende|scrive|annuncia) si_tratta (?:il|la)_quale (?:i|le)_quali"
            " a_(?:suo|loro)_(?:avviso|parere|dire)",
            people="l'uomo la_donna il_giovane la_giovane l'indagat[oa] l'imputat[oa] la_vittima la_coppia il_trio",
            which=r"di del della dei delle degli dell'\w+ d'\w+ che con più",
            acts=r"(?:non_)?ha(?:nno)?_(?:(?:poi|anche|inoltre|già)_)?\w+[ts]o",
            then="che di anche in nell?[ao]? all?[ao]? ai a per con come dall?[ao]? da sull?[ao]? su tutt[eio]",
        ),
        "pt": Leaning(
            after="segundo para conforme com sem contra após",
            whom="el[ea]s? isso o_mesmo",
            says="acrescentou disse afirmou explicou ressaltou destacou declarou informou completou concluiu sublinhou"
            " garantiu adiantou",
            that="que ainda também",
            such=r"tal(?!\s+(?:como|qual|vez)) tais semelhante trata-se na_(?:opinião|avaliação|visão)_del[ea]s?",
            people="o_(?:político|homem|jovem|suspeito|acusado|mandatário|casal|trio)"
            " a_(?:mulher|jovem|vítima|acusada)",
            which="de do da dos das que quem com mais",
            acts=r"(?:também_)?(?:não_)?(?!(?:abreu|amadeu|coliseu|dirceu|europeu|liceu|mateu|moscou|museu|pompeu|romeu|tadeu)\b)"
            r"[a-zà-ú]{2,}(?:ou|eu|iu)(?:-(?:se|lhes?|[oa]s?))?",
            then="que em n[oa]s? numa? aos? às? para por pel[oa] com como contra até uma?",
        ),
        "nl": Leaning(
            after="volgens voor met zonder na naast bij",
            whom="hem haar hen hun",
            such="zo'n dergelijke zulke het_gaat_(?:om|hier) daar",
            people=r"de_(?:man|vrouw|verdachte|politicus|jongen|bestuurder) het_(?:slachtoffer|duo|stel|meisje)"
            r" de_\d+-jarige",
            which="van uit die dat met in op achter naast",
        ),
        "pl": Leaning(
            after="według dla z bez po obok wobec",
            whom="niego niej nich",
            says="(?:doda|powiedzia|podkreśli|zaznaczy|wyjaśni|stwierdzi|poinformowa|przyzna|zapewni|oceni)(?:ła?|li|ły)",
            that=",_że",
            such="jak_(?:doda|podkreśli|zaznaczy|wyjaśni|stwierdzi|poinformowa)(?:ła?|li|ły), tak(?:i|a|ie)(?!\\s+jak)"
            " chodzi_o mowa_o",
            acts=r"(?:nie_)?\w{2,}(?:ła?|li|ły)(?:_(?:też|także|również|ponadto|jednocześnie))?",
            then=r",_że mu jej im(?!\.) go ją ich",
        ),
        "ru": Leaning(
            after="у для с без от после",
            whom="него не[её] них ним ней",
            says="(?:добавил|отметил|сообщил|пояснил|подчеркнул|заявил|сказал|рассказал)[аи]?",
            that=",_что",
            such="по_(?:его|её|ее|их)_\\w+ так(?:ое|ая|ой|ие)(?!\\s+как) об_этом речь_ид[её]т ранее_сообщалось там_же"
            " как_(?:отметил|добавил|сообщил|пояснил|подчеркнул)[аи]?(?:,|_(?:политик|чиновник|эксперт|собеседник))",
        ),
        "ar": Leaning(
            after="بحسب وفق بالنسبة",
            whom="له لها لهم",
            says="و?(?:قال|أضاف|أوضح|أكد|ذكر|صرح|أشار|تابع|بين)ت?",
            that="(?:إلى_)?[أإ]ن(?:ه|ها|هم)?",
            such="و?(?:وفقا|وفقًا|طبقا)_ل(?:ه|ها|هم) و?مثل_هذ[اه]",
        ),
        "hi": Leaning(says="कहा बताया", that="कि", such="ऐस[ाीे] ऐसे_में"),
    }
)


@cache
def leaning_words(language: str) -> re.Pattern[str]:
    """What matches a sentence that leans by the tables; nothing does where a language has none."""
    table = LEANINGS.get(language)
    if table is None:
        return re.compile(r"(?!)")
    people = rf"(?:{_words(table.people)})(?![\w-])(?!,?\s+(?:{_words(table.which)})(?!\w)|\s+(?-i:[A-ZÀ-Þ]))"
    ways = [
        table.after and rf"(?:{_words(table.after)})\s+(?:{_words(table.whom)})",
        table.says and rf"(?:{_words(table.says)})\s*(?:{_words(table.that)})",
        _words(table.such),
        table.people and people,
    ]
    # A vowel sign of Hindi is no \w.
    return re.compile(rf"\W*(?:{'|'.join(filter(None, ways))})(?![\w\u0900-\u097f-])", re.IGNORECASE)


def drops_subject(sentence: str, language: str) -> bool:
    """Whether a sentence begins with what somebody did whom it does not name."""
    return bool(_acting(language).match(sentence))


@cache
def _acting(language: str) -> re.Pattern[str]:
    table = LEANINGS.get(language)
    if table is None or not table.acts:
        return re.compile(r"(?!)")
    return re.compile(rf"\W*(?:{_words(table.acts)})(?!\w)\s*(?:{_words(table.then)})(?!\w)", re.IGNORECASE)


def _words(table: str) -> str:
    return "|".join(word.replace("_", r"\s+").replace("'", "['’]") for word in table.split())

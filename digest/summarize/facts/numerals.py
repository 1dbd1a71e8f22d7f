"""How numbers, money, months and days are spelled, in the languages that feeds are most often written in.

All of it is folded as `text.words.fold` does: small letters, no accents. What a language's table lacks is not taken for
a number; the word must then be found in the source like any other.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from digest.text.words import fold

V = TypeVar("V")

#: 1 is left out: "one", "un" and "ein" are articles and pronouns more often than counts.
_COUNTS = {
    "en": "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty",
    "de": "zwei drei vier funf sechs sieben acht neun zehn elf zwolf dreizehn vierzehn funfzehn sechzehn siebzehn "
    "achtzehn neunzehn zwanzig",
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
    "dix-neuf vingt",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete "
    "dieciocho diecinueve veinte",
    "it": "due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici "
    "diciassette diciotto diciannove venti",
    "pt": "dois tres quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis dezessete dezoito "
    "dezenove vinte",
    "nl": "twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien "
    "achttien negentien twintig",
    "pl": "dwa trzy cztery piec szesc siedem osiem dziewiec dziesiec jedenascie dwanascie trzynascie czternascie "
    "pietnascie szesnascie siedemnascie osiemnascie dziewietnascie dwadziescia",
    "ru": "два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать "
    "пятнадцать шестнадцать семнадцать восемнадцать девятнадцать двадцать",
}
_TENS = {
    "en": "thirty forty fifty sixty seventy eighty ninety hundred",
    "de": "dreißig vierzig funfzig sechzig siebzig achtzig neunzig hundert",
    "fr": "trente quarante cinquante soixante soixante-dix quatre-vingts quatre-vingt-dix cent",
    "es": "treinta cuarenta cincuenta sesenta setenta ochenta noventa cien",
    "it": "trenta quaranta cinquanta sessanta settanta ottanta novanta cento",
    "pt": "trinta quarenta cinquenta sessenta setenta oitenta noventa cem",
    "nl": "dertig veertig vijftig zestig zeventig tachtig negentig honderd",
    "pl": "trzydziesci czterdziesci piecdziesiat szescdziesiat siedemdziesiat osiemdziesiat dziewiecdziesiat sto",
    "ru": "тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто сто",
}
#: Other forms and other words for a count.
_ALSO = {
    "en": {"dozen": 12, "twice": 2, "double": 2, "doubled": 2, "triple": 3, "tripled": 3, "third": 3, "fourth": 4,
           "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10},
    "de": {"dutzend": 12, "dritte": 3, "vierte": 4, "funfte": 5, "sechste": 6},
    "fr": {"douzaine": 12, "troisieme": 3, "quatrieme": 4, "cinquieme": 5},
    "es": {"docena": 12, "tercer": 3, "tercera": 3, "cuarto": 4},
    "it": {"terzo": 3, "terza": 3, "quarto": 4},
    "pt": {"duas": 2, "terceiro": 3, "terceira": 3, "duzia": 12},
    "pl": {"dwie": 2, "dwoch": 2, "trzech": 3, "czterech": 4, "pieciu": 5, "szesciu": 6},
    "ru": {"две": 2, "двух": 2, "трех": 3, "четырех": 4, "пяти": 5, "шести": 6, "семи": 7, "восьми": 8, "десяти": 10},
}  # fmt: skip


def _by_word(words: Mapping[V, str]) -> dict[str, V]:
    return {word: value for value, several in words.items() for word in several.split()}


def _table(language: str) -> dict[str, int]:
    counts = {word: value for value, word in enumerate(_COUNTS[language].split(), start=2)}
    tens = {word: 10 * value for value, word in enumerate(_TENS[language].split(), start=3)}
    return counts | tens | _ALSO.get(language, {})


#: Language → word → its value.
NUMBER_WORDS: Mapping[str, Mapping[str, int]] = {language: _table(language) for language in _COUNTS}

#: What a number before them is multiplied by.
MAGNITUDES: Mapping[str, int] = _by_word(
    {
        100: "hundred hundert honderd",
        10**3: "thousand tausend mille mil mila duizend tysiac tysiace tysiecy тыс тысяча тысячи тысяч",
        10**5: "lakh lakhs",
        10**6: "million millions millionen mio millon millones milione milioni milhao milhoes miljoen milion miliony "
        "milionow млн миллион миллиона миллионов mn mln",
        10**7: "crore crores",
        10
        ** 9: "billion billions milliarde milliarden milliard milliards mrd miliardo miliardi miljard miliard miliardy "
        "miliardow млрд миллиард миллиарда миллиардов bn bln",
        10**12: "trillion trillions tn",
    }
)
#: The same in Chinese and Japanese, behind the digits without a space.
MYRIADS: Mapping[str, int] = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
#: The same, written right behind the digits. "5m" may be metres; whoever repeats it word for word finds it anyway.
SHORT_MAGNITUDES: Mapping[str, int] = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12}

PERCENT = frozenset(_by_word({"%": "% percent prozent procent pourcent procento процент процента процентов"}))
#: "per cent", "pour cent", "por ciento": the second word.
PERCENT_PAIRS = frozenset([("per", "cent"), ("pour", "cent"), ("por", "ciento"), ("por", "cento"), ("per", "cento")])
#: A currency's signs and words → one name.
CURRENCIES: Mapping[str, str] = _by_word(
    {
        "$": "$ dollar dollars usd dolar dolares dollari dolarow доллар доллара долларов",
        "€": "€ euro euros eur евро",
        "£": "£ pound pounds sterling gbp pfund livres libras sterline",
        "¥": "¥ yen yuan renminbi rmb 円 元",
        "₹": "₹ rupee rupees inr",
        "₽": "₽ rouble roubles ruble rubles rubel рубль рубля рублей",
        "zl": "zl zloty zlotys zlotych pln",
        "chf": "franc francs franken chf",
    }
)

_MONTHS = {
    "en": "january february march april may june july august september october november december",
    "de": "januar februar marz april mai juni juli august september oktober november dezember",
    "fr": "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia pazdziernika listopada grudnia",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}
_DAYS = {
    "en": "monday tuesday wednesday thursday friday saturday sunday",
    "de": "montag dienstag mittwoch donnerstag freitag samstag sonntag",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "es": "lunes martes miercoles jueves viernes sabado domingo",
    "it": "lunedi martedi mercoledi giovedi venerdi sabato domenica",
    "pt": "segunda-feira terca-feira quarta-feira quinta-feira sexta-feira sabado domingo",
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "pl": "poniedziałek wtorek sroda czwartek piatek sobota niedziela",
    "ru": "понедельник вторник среда четверг пятница суббота воскресенье",
}
_RELATIVE = {
    "en": "today yesterday tomorrow tonight",
    "de": "heute gestern morgen vorgestern ubermorgen",
    "fr": "aujourd'hui hier demain",
    "es": "hoy ayer",
    "it": "oggi ieri domani",
    "pt": "hoje ontem amanha",
    "nl": "vandaag gisteren morgen",
    "pl": "dzis dzisiaj wczoraj jutro",
    "ru": "сегодня вчера завтра",
}

#: Language → word → the name of the month or day in all languages and spellings.
MONTHS: Mapping[str, Mapping[str, str]] = {
    language: {word: f"month {at}" for at, word in enumerate(words.split(), start=1)}
    for language, words in _MONTHS.items()
}
#: Months as English agencies shorten them.
SHORT_MONTHS: Mapping[str, str] = {
    word: f"month {at}"
    for at, words in enumerate(
        ["jan", "feb", "mar", "apr", "", "jun", "jul", "aug", "sep sept", "oct", "nov", "dec"], start=1
    )
    for word in words.split()
}
DAYS: Mapping[str, Mapping[str, str]] = {
    language: {word: f"day {at}" for at, word in enumerate(words.split(), start=1)} for language, words in _DAYS.items()
}
RELATIVE_DAYS: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split()) for language, words in _RELATIVE.items()
}
#: English months that are also words: dates only where they have a capital.
AMBIGUOUS_MONTHS = frozenset(["may", "march", "mar", "jan", "jun", "dec", "sep", "oct", "nov"])

_SPANS = {
    "en": "second seconds minute minutes hour hours day days year years am pm",
    "de": "sekunden minuten uhr stunde stunden tag tage tagen jahr jahre jahren",
    "fr": "secondes minutes heure heures jour jours an ans annee annees",
    "es": "segundos minutos hora horas dia dias ano anos",
    "it": "secondi minuti ora ore giorno giorni anno anni",
    "pt": "segundos minutos hora horas dia dias ano anos",
    "nl": "seconden minuten uur dag dagen jaar",
    "pl": "sekund minut godzin godziny dni dzien lat lata rok",
    "ru": "секунд минут час часа часов день дня дней год года лет",
}
#: Language → words for times of which every story has several. Weeks and months are fewer.
SPANS: Mapping[str, frozenset[str]] = {language: frozenset(words.split()) for language, words in _SPANS.items()}

_BOUNDS = {
    "en": {
        "over": "more than/over/above/upwards of/in excess of",
        "least": "at least/no fewer than/no less than",
        "nearly": "nearly/almost/close to/just under",
        "under": "less than/fewer than/under/below",
        "most": "up to/at most/as many as/no more than",
    },
    "de": {
        "over": "mehr als/über/gut", "least": "mindestens/wenigstens", "nearly": "fast/beinahe/nahezu/knapp",
        "under": "weniger als/unter", "most": "bis zu/höchstens/maximal",
    },
    "fr": {
        "over": "plus de/plus d", "least": "au moins", "nearly": "près de/presque/quasi", "under": "moins de",
        "most": "jusqu'à/au plus",
    },
    "es": {
        "over": "más de/por encima de", "least": "al menos/por lo menos", "nearly": "casi/cerca de",
        "under": "menos de", "most": "hasta/como máximo",
    },
    "it": {
        "over": "più di/oltre", "least": "almeno", "nearly": "quasi/poco meno di", "under": "meno di",
        "most": "fino a/al massimo",
    },
    "pt": {
        "over": "mais de/acima de", "least": "pelo menos/ao menos", "nearly": "quase/perto de", "under": "menos de",
        "most": "até/no máximo",
    },
    "nl": {
        "over": "meer dan/ruim", "least": "minstens/ten minste/zeker", "nearly": "bijna", "under": "minder dan",
        "most": "hooguit/maximaal",
    },
    "pl": {
        "over": "więcej niż/ponad", "least": "co najmniej/przynajmniej", "nearly": "prawie/niemal/blisko",
        "under": "mniej niż/poniżej", "most": "najwyżej/maksymalnie",
    },
    "ru": {
        "over": "более/больше/свыше", "least": "не менее/по меньшей мере/как минимум", "nearly": "почти",
        "under": "менее/меньше", "most": "не более",
    },
}  # fmt: skip
#: Language → the words before a number that bound it, longest first → how: "no more than" ends with "more than".
BOUNDS: Mapping[str, Mapping[tuple[str, ...], str]] = {
    language: dict(
        sorted(
            ((tuple(fold(phrase).split()), how) for how, phrases in rows.items() for phrase in phrases.split("/")),
            key=lambda row: -len(row[0]),
        )
    )
    for language, rows in _BOUNDS.items()
}

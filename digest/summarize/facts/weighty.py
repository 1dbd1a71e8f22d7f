"""Words that make another story of a sentence: death, injury, crime, guilt, drink, a sinking, a resignation, a cause.

A summary that is off by one common word is imprecise; by one of these it slanders. They are compared by class, so that
"was killed" may be told as "died". In scripts without capitals every word has to be in the article anyhow (`claims`);
only what is written with its particles is listed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from digest.summarize.facts.claims import stems
from digest.text.words import fold

#: Language → class → what its words begin with, or all of a word where a blank follows.
_CLASSES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "death": r"kill\w*|dies?|died|dying|dead\w*|deaths?|fatal\w*|perish\w*|drown\w*|slain|slay\w*|murder\w*|"
        r"manslaughter|homicid\w*|corpses?|bod(?:y|ies)|suicid\w*|assassin\w*|massacre\w*|toll",
        "injury": r"injur\w*|wound\w*|hurts?|hurting|casualt\w*|hospitali\w*|harm\w*|maim\w*",
        "murder": r"murder\w*|manslaughter|homicid\w*|assassin\w*|massacre\w*",
        "fraud": r"fraud\w*|embezzl\w*|corrupt\w*|brib\w*|launder\w*|swindl\w*|scam\w*",
        "abuse": r"rape[ds]?|rapists?|sexual\w*|molest\w*|abus\w*|assault\w*|harass\w*",
        "theft": r"steal\w*|stole\w*|thef\w*|thie\w*|robb\w*|burgl\w*|loot\w*",
        "terror": r"terror\w*|bomb\w*|explosi\w*|explod\w*",
        "crime": r"crim(?:es?|inal\w*)|illegal\w*|unlawful\w*|felon\w*",
        "guilt": r"guilt\w*|convict\w*|sentenc\w*|jail\w*|prison\w*|imprison\w*|plead\w*|pled",
        "arrest": r"arrest\w*|detain\w*|detention\w*|custody|jail\w*|imprison\w*|captur\w*",
        "charge": r"charge[ds]?|indict\w*|prosecut\w*|accus\w*|alleg\w*",
        "drink": r"drunk\w*|drink\w*|drank|alcohol\w*|intoxicat\w*|inebriat\w*|booz\w*",
        "sinking": r"sink\w*|sank|sunk\w*|capsiz\w*|founder(?:ed|ing)|submerg\w*|(?:went|go\w*) down|\w*wreck\w*",
        "resignation": r"resign\w*|step\w* (?:down|aside)|st(?:ood|and\w*) down|quit\w*|abdicat\w*",
        "dismissal": r"sack(?:ed|ing|s)?|dismiss\w*|fired|firing|oust\w*|laid off|layoffs?",
        "bankruptcy": r"bankrupt\w*|insolven\w*|liquidat\w*|receivership",
    },
    "de": {
        "death": r"tot\w*|tod\w*|töd\w*|töt\w*|getöt\w*|starb\w*|sterb\w*|stirbt|gestorben\w*|verst[oa]rb\w*|leiche\w*|"
        r"umgekommen\w*|ums leben|ertr[aui]nk\w*|ertrunken\w*|ermord\w*|mord\w*|\w*opfer\w*",
        "injury": r"\w*verletz\w*|verwund\w*|schwerverletz\w*",
        "murder": r"mord\w*|mörd\w*|ermord\w*|totschl\w*",
        "fraud": r"\w*betrug\w*|betrüg\w*|betrog\w*|korrup\w*|bestech\w*|bestochen\w*|untreu\w*|veruntreu\w*",
        "abuse": r"vergewaltig\w*|missbrauch\w*|missbräuch\w*|sexuell\w*|belästig\w*",
        "theft": r"dieb\w*|stehl\w*|stahl\w*|gestohl\w*|raub\w*|geraubt\w*",
        "terror": r"terror\w*|bombe\w*|\w*anschl[aä]g\w*|explo\w*",
        "crime": r"verbrech\w*|kriminell\w*|illegal\w*|straft[aä]t\w*|strafbar\w*",
        "guilt": r"schuldig\w*|verurteil\w*|haftstraf\w*|gefängnis\w*|geständ\w*|gestand\w*",
        "arrest": r"verhaft\w*|festgenommen\w*|festnahm\w*|nahm\w* fest|inhaft\w*|\w*haft",
        "charge": r"angeklag\w*|anklag\w*|ermitt\w*|verdächt\w*|beschuldig\w*",
        "drink": r"\w*betrunken\w*|\w*trunken\w*|alkohol\w*|promille\w*",
        "sinking": r"s[iau]nk\w*|gesunken\w*|kenter\w*|gekenter\w*|unterg\w*|ging\w* unter|\w*wrack\w*",
        "resignation": r"zurückgetreten\w*|zurücktr\w*|rücktritt\w*|tr[ia]tt\w* (?:\w+ ){0,6}zurück|abdank\w*",
        "dismissal": r"entlass\w*|gefeuert\w*|feuert\w*|gekündigt\w*|kündig\w*|rauswurf\w*|abgesetzt\w*",
        "bankruptcy": r"bankrott\w*|insolven\w*|pleite\w*|konkurs\w*",
    },
    "fr": {
        "death": r"mort\w*|mour\w*|meurt\w*|meurent|décè\w*|décéd\w*|tué\w*|tuer|tuant|noy\w*|cadavre\w*|péri\w*|"
        r"meurtr\w*|assassin\w*|victime\w*|suicid\w*",
        "injury": r"bless\w*",
        "murder": r"meurtr\w*|assassin\w*|homicid\w*",
        "fraud": r"fraud\w*|corrup\w*|corromp\w*|détourn\w*|escroqu\w*|blanchi\w*",
        "abuse": r"viol(?:s|e|er|é\w*|eurs?)?|sexuel\w*|agress\w*|harcel\w*|harcèl\w*",
        "theft": r"vol(?:s|é\w*|eurs?|er)?|dérob\w*|cambriol\w*|brau?qu\w*|pill\w*",
        "terror": r"terror\w*|attentat\w*|bombe\w*|explo\w*",
        "crime": r"crim\w*|illéga\w*|délit\w*",
        "guilt": r"coupable\w*|condamn\w*|prison\w*|emprison\w*|culpab\w*",
        "arrest": r"arrêté\w*|arrest\w*|interpell\w*|garde à vue|détenu\w*|détention\w*|incarcér\w*|écrou\w*",
        "charge": r"inculp\w*|accus\w*|mise?s? en examen|poursui\w*|soupçon\w*",
        "drink": r"ivre\w*|ivresse|alcool\w*|saoul\w*|soûl\w*|ébriété",
        "sinking": r"coul(?:e|é\w*|er|ait|a|ant)|sombr(?:é\w*|er|e|ait|a)|naufrag\w*|chavir\w*",
        "resignation": r"démission\w*|quitt\w*",
        "dismissal": r"limog\w*|licenci\w*|renvo[iy]\w*|révoqu\w*|destitu\w*",
        "bankruptcy": r"faillite\w*|insolvab\w*|liquidat\w*",
    },
    "es": {
        "death": r"muert\w*|mur(?:ió|ieron|iendo)|mor(?:ir\w*|tal\w*)|muere\w*|falleci\w*|"
        r"mat(?:a|ó|an|ar|aron|ado\w*|ando)|ahog\w*|cadáver\w*|asesin\w*|homicid\w*|perec\w*|víctima\w*|suicid\w*",
        "injury": r"herid\w*|hiri\w*|lesion\w*",
        "murder": r"asesin\w*|homicid\w*",
        "fraud": r"fraud\w*|corrup\w*|sobor\w*|estaf\w*|malvers\w*|blanqueo",
        "abuse": r"viol(?:ó|ada\w*|ado\w*|ador\w*|ación|aciones)|sexual\w*|abus\w*|acos\w*|agre[ds]\w*",
        "theft": r"rob(?:o|os|ó|ar|ado\w*|aron)|hurt\w*|ladr\w*|saque\w*",
        "terror": r"terror\w*|atentad\w*|bomba\w*|explo\w*",
        "crime": r"crim\w*|delit\w*|delincu\w*|ilegal\w*",
        "guilt": r"culpab\w*|conden\w*|cárcel\w*|prisi\w*|sentenci\w*",
        "arrest": r"deten\w*|detuv\w*|arrest\w*|apres\w*|encarcel\w*|captur\w*",
        "charge": r"acus\w*|imput\w*|proces(?:ad\w*|ar)|investigad\w*|sospech\w*",
        "drink": r"ebri\w*|borrach\w*|alcohol\w*|embriag\w*|bebid\w*",
        "sinking": r"hund\w*|naufrag\w*|volc\w*|zozobr\w*",
        "resignation": r"dimi(?:t|s)\w*|renunci\w*",
        "dismissal": r"desped\w*|despid\w*|destitu\w*|ces(?:ó|ado\w*|ar|ada\w*|e)",
        "bankruptcy": r"quiebra\w*|bancarrota|insolven\w*|concurso de acreedores",
    },
    "it": {
        "death": r"mort\w*|mor(?:ì|ire|endo|iron\w*)|muor\w*|decedut\w*|decess\w*|ucci\w*|anneg\w*|cadaver\w*|"
        r"omicid\w*|assassin\w*|vittim\w*|suicid\w*",
        "injury": r"ferit\w*|ferend\w*|lesion\w*",
        "murder": r"omicid\w*|assassin\w*",
        "fraud": r"frod\w*|corru\w*|truff\w*|tangent\w*|riciclagg\w*",
        "abuse": r"stupr\w*|violenz\w*|violent\w*|sessual\w*|abus\w*|molest\w*",
        "theft": r"furt\w*|rub(?:a|ato|ata|ati|ate|are|ò)|rapin\w*|ladr\w*",
        "terror": r"terror\w*|attentat\w*|bomb\w*|esplo\w*",
        "crime": r"crimin\w*|reat\w*|illegal\w*",
        "guilt": r"colpevol\w*|condann\w*|carcer\w*|prigion\w*",
        "arrest": r"arrest\w*|ferm(?:ato|ati|ata|ate)|detenut\w*|detenzion\w*",
        "charge": r"accus\w*|indaga\w*|imputat\w*|sospett\w*",
        "drink": r"ubriac\w*|alcol\w*|ebbr\w*",
        "sinking": r"affond\w*|naufrag\w*|colat\w* a picco|rovesci\w*",
        "resignation": r"dimi(?:s|tt)\w*|dimett\w*",
        "dismissal": r"licenzi\w*|rimoss\w*|destitu\w*|esoner\w*",
        "bankruptcy": r"bancarott\w*|falli(?:ment\w*|t\w*)|insolven\w*",
    },
    "pt": {
        "death": r"mort\w*|morr\w*|falec\w*|mat(?:a|ou|ar|aram|ando)|afog\w*|cadáver\w*|assassin\w*|homicíd\w*|"
        r"vítima\w*|suicíd\w*|óbito\w*",
        "injury": r"ferid\w*|fer(?:iu|iram|imento\w*)|les(?:ão|ões|ionad\w*)",
        "murder": r"assassin\w*|homicíd\w*",
        "fraud": r"fraud\w*|corrup\w*|suborn\w*|propina\w*|desvi\w*|lavagem",
        "abuse": r"estupr\w*|sexual\w*|abus\w*|asséd\w*|agred\w*|agress\w*",
        "theft": r"roub\w*|furt\w*|ladr\w*|assalt\w*",
        "terror": r"terror\w*|atentad\w*|bomba\w*|explo\w*",
        "crime": r"crim\w*|delit\w*|ilega\w*",
        "guilt": r"culpa\w*|conden\w*|pris(?:ão|ões)|cadeia",
        "arrest": r"pres[oa]s?|prend\w*|pris(?:ão|ões)|det(?:id\w*|eve|er\w*|ençã\w*)|captur\w*",
        "charge": r"acus\w*|indici\w*|denunci\w*|investigad\w*|suspeit\w*",
        "drink": r"bêbad\w*|embriag\w*|alcool\w*|álcool|alcoól\w*",
        "sinking": r"afund\w*|naufr\w*|virou|emborc\w*",
        "resignation": r"renunci\w*|renúnci\w*|demi(?:t|s)\w*",
        "dismissal": r"demi(?:t|s)\w*|exoner\w*|destitu\w*",
        "bankruptcy": r"falência\w*|faliu|falid\w*|insolv\w*|recuperação judicial",
    },
    "nl": {
        "death": r"dood\w*|dode\w*|gedood\w*|overl\w*|sterf\w*|stier[fv]\w*|sterv\w*|gestorven\w*|omgekomen|"
        r"verdr[oi]nk\w*|verdronken|vermoord\w*|moord\w*|lijk|lijken|slachtoffer\w*",
        "injury": r"gewond\w*|verwond\w*|letsel\w*",
        "murder": r"moord\w*|vermoord\w*|doodslag",
        "fraud": r"fraud\w*|corrupt\w*|omkop\w*|oplicht\w*|verduister\w*",
        "abuse": r"verkracht\w*|misbruik\w*|seksue\w*|aanrand\w*",
        "theft": r"diefstal\w*|die[fv]\w*|gestolen|stal|stelen|beroof\w*|overval\w*",
        "terror": r"terr\w*|aanslag\w*|bom\w*|explo\w*|ontplof\w*",
        "crime": r"misdr\w*|misda\w*|crimin\w*|illega\w*|strafba\w*",
        "guilt": r"schuldig\w*|veroorde\w*|gevangenis\w*|celstraf\w*",
        "arrest": r"gearresteerd\w*|arrest\w*|aangehouden|aanhoud\w*|opgepakt|vastgezet|gevangen",
        "charge": r"aangeklaag\w*|aanklacht\w*|beschuldig\w*|verdacht\w*|vervolg\w*",
        "drink": r"dronken\w*|beschonken|alcohol\w*",
        "sinking": r"zink\w*|zonk\w*|gezonken|gekapseisd|kapseis\w*|vergaan|verging",
        "resignation": r"aftred\w*|afgetreden|trad\w* af|treedt af|ontslag\w*|opgestapt|opstap\w*|stapt\w* op",
        "dismissal": r"ontslag\w*|ontsla\w*|ontslo\w*",
        "bankruptcy": r"failli\w*|bankroet|insolven\w*",
    },
    "pl": {
        "death": r"zgin\w*|zmar[lł]\w*|umar[lł]\w*|umier\w*|śmier\w*|zabi\w*|nie żyje|uton\w*|zwłok\w*|zab[oó]j\w*|"
        r"zamord\w*|morder\w*|ofiar\w*|samob\w*",
        "injury": r"rann\w*|ranien\w*|ranił\w*|zranion\w*|obraże\w*|poszkodowan\w*",
        "murder": r"zab[oó]j\w*|zamord\w*|morder\w*",
        "fraud": r"oszus\w*|oszuk\w*|korup\w*|łapów\w*|defraud\w*",
        "abuse": r"gwał[tc]\w*|zgwałc\w*|seksual\w*|molest\w*",
        "theft": r"krad[lłz]\w*|ukrad\w*|skrad\w*|rabun\w*|złodz\w*",
        "terror": r"terror\w*|zamach\w*|bomb\w*|eksplo\w*|wybuch\w*",
        "crime": r"przestęp\w*|zbrodn\w*|nielegal\w*",
        "guilt": r"winn\w*|skaza\w*|więzien\w*|wyrok\w*",
        "arrest": r"areszt\w*|zatrzyma\w*",
        "charge": r"oskarż\w*|zarzut\w*|podejrz\w*",
        "drink": r"pijan\w*|nietrzeźw\w*|alkohol\w*",
        "sinking": r"zaton\w*|ton(?:ie|ął|ęła|ęło)\w*|wywróc\w*|wrak\w*",
        "resignation": r"rezyg\w*|dymisj\w*|ustąpi\w*",
        "dismissal": r"zwoln\w*|dymisj\w*|odwoła\w*",
        "bankruptcy": r"bankru\w*|upadłoś\w*|niewypłac\w*",
    },
    "ru": {
        "death": r"поги[бг]\w*|гиб\w*|умер\w*|умир\w*|смерт\w*|убит\w*|убил\w*|убий\w*|скончал\w*|утон\w*|жертв\w*|"
        r"труп\w*|мертв\w*|самоуб\w*",
        "injury": r"ранен\w*|ранил\w*|пострада\w*|травм\w*",
        "murder": r"убий\w*|убил\w*|убит\w*",
        "fraud": r"мошен\w*|корруп\w*|взят\w*|растрат\w*|хищен\w*",
        "abuse": r"изнасил\w*|насили\w*|сексуал\w*|домогат\w*",
        "theft": r"краж\w*|украл\w*|украден\w*|ограб\w*|граб\w*|похит\w*",
        "terror": r"терр?ор\w*|теракт\w*|бомб\w*|взрыв\w*|взорв\w*",
        "crime": r"преступ\w*|незакон\w*|уголовн\w*",
        "guilt": r"винов\w*|осужд\w*|осуд\w*|приговор\w*|тюр\w*",
        "arrest": r"арест\w*|задерж\w*|заключ\w*",
        "charge": r"обвин\w*|подозр\w*",
        "drink": r"пьян\w*|алкогол\w*|нетрезв\w*|опьянен\w*",
        "sinking": r"затон\w*|тон(?:ет|ул\w*)|потоп\w*|перевер\w*",
        "resignation": r"отстав\w*|уволил\w*|ушел с",
        "dismissal": r"увол\w*|отстран\w*|отстав\w*",
        "bankruptcy": r"банкрот\w*|неплатеж\w*",
    },
}
#: Language → what gives a cause in a summary, and what else an article may give it by.
_CAUSES: Mapping[str, tuple[str, str]] = {
    "en": (
        r"because|due to|owing to|caused by|as a result of|thanks to",
        r"since|cause\w*|causing|result\w*|led|leads|leading|reason\w*|blam\w*|trigger\w*|prompt\w*|therefore|attribut\w*",
    ),
    "de": (
        r"weil|wegen|aufgrund|infolge|dank",
        r"denn|grund (?:da)?für|ursache\w*|durch|deshalb|daher|führte\w*|ausgelöst\w*",
    ),
    "fr": (
        r"parce qu\w*|à cause d\w*|en raison d\w*|du fait d\w*|grâce à",
        r"car|puisqu\w*|cause\w*|raison\w*|caus\w*|provoqu\w*|dû|due",
    ),
    "es": (
        r"porque|debido a\w?|a causa de\w?|por culpa de\w?|gracias a\w?",
        r"pues|causa\w*|causó|razón|provoc\w*|ya que|por",
    ),
    "it": (r"perché|a causa d\w*|per colpa d\w*|grazie a\w*", r"poiché|caus\w*|ragion\w*|provoc\w*|dovut\w*"),
    "pt": (r"porque|devido a\w?|por causa d\w*|graças a\w?", r"pois|caus\w*|razão|provoc\w*|já que"),
    "nl": (r"omdat|wegens|vanwege|door toedoen van|dankzij", r"want|oorza\w*|reden\w*|doordat|door|leidde\w*"),
    "pl": (r"ponieważ|z powodu|wskutek|dzięki", r"bo|gdyż|powod\w*|przyczyn\w*|spowodow\w*"),
    "ru": (r"потому что|из-за|вследствие|благодаря", r"так как|поскольку|причин\w*|вызва\w*|привел\w*"),
    "zh": (r".*?(?:因为|因為|由于|由於|导致|導致)", r".*?(?:原因|因)"),
    "ja": (r".*?(?:のため|ので|が原因で|によって)", r".*?(?:原因|から)"),
    "ar": (r"بسبب|نتيجة|لأن\w*", r"سبب\w*|أدى|أدت"),
    "hi": (r"के कारण|की वजह से|क्योंकि", r"कारण|वजह"),
}
#: Words behind a cause that say what it was.
_REASON = 8


def weighty(sentence: str, language: str) -> frozenset[str]:
    """The classes of the weighty words in a sentence."""
    text = fold(sentence.replace("’", "'"))
    return frozenset(name for name, pattern in _patterns(language or "en") if pattern.search(text))


def reasons(sentence: str, language: str) -> Iterator[frozenset[str]]:
    """The words of each cause that a sentence gives."""
    if (language or "en") in _CAUSES:
        text = fold(sentence.replace("’", "'"))
        for found in _cause(language or "en", every=False).finditer(text):
            behind = re.split(r"[,;:–—()，。、]", text[found.end() :])[0]
            yield stems(" ".join(behind.split()[:_REASON]), language)


def gives_cause(sentence: str, language: str) -> bool:
    """Whether a sentence of an article says why, in words that a summary may tell as "because"."""
    return bool(_cause(language or "en", every=True).search(fold(sentence.replace("’", "'"))))


@cache
def _patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, _whole(words)) for name, words in _CLASSES.get(language, {}).items())


@cache
def _cause(language: str, *, every: bool) -> re.Pattern[str]:
    said, also = _CAUSES[language]
    return _whole(f"{said}|{also}" if every else said)


def _whole(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{fold(words)})(?![^\W_])" if ".*?" not in words else fold(words))

"""How a sentence begins that leans on the one before it, in the languages that feeds are written in.

Two kinds. After a connective ("Meanwhile", "He said") a sentence is never wanted in a summary. After "But", a pronoun
or "the pair" it is, if the sentence before it is there too. What else leans so is in the tables of `leanings`.
"""

from __future__ import annotations

import re
from functools import cache

from digest.summarize.facts.claims import without_quotations
from digest.summarize.sentences.leanings import drops_subject, leaning_words
from digest.summarize.sentences.speakers import names_no_speaker

_CONNECTIVES = {
    "en": """but and or nor so yet still meanwhile however also too then thus hence therefore instead moreover
        furthermore nevertheless nonetheless indeed besides likewise similarly otherwise consequently accordingly
        conversely additionally in_addition in_turn in_contrast in_other_words in_short in_fact in_response of_course
        as_a_result as_such at_the_same_time for_example for_instance on_the_other_hand on_the_contrary by_contrast
        that_said even_so either_way after_that after_which because_of_this because_of_that plus the_move
        he_said she_said they_said it_said he_added she_added they_added it_added he_told she_told they_told
        he_says she_says they_say he_wrote she_wrote he_tweeted he_continued she_continued he_explained
        she_explained he_noted she_noted he_also_said she_also_said he_later_said when_asked asked_about asked_if
        asked_whether asked_why in_which_case which alas turns_out none_of_the_above how what why
        in_reality in_truth in_any_case at_any_rate""",
    "de": """aber und oder doch jedoch dennoch trotzdem deshalb daher darum deswegen somit also außerdem zudem
        allerdings hingegen dagegen dabei dafür damit danach dann indes unterdessen währenddessen gleichzeitig
        zum_beispiel sagte_er sagte_sie er_sagte sie_sagte so_der so_die warum weshalb
        derweil hinzu_kommt hinzu_kommen auch_deshalb auch_darum""",
    "fr": """mais et ou or donc car cependant toutefois pourtant néanmoins ainsi aussi ensuite puis alors enfin
        par_ailleurs de_plus en_outre par_conséquent en_revanche au_contraire par_exemple en_effet pendant_ce_temps
        a-t-il a-t-elle pourquoi
        de_son_côté de_leur_côté pour_sa_part pour_leur_part quant_à_lui quant_à_elle
        interrogé_sur_ce_point interrogée_sur_ce_point""",
    "es": """pero y e o u sino sin_embargo no_obstante además también entonces luego así por_tanto por_lo_tanto
        por_ello por_eso mientras_tanto asimismo por_otra_parte por_otro_lado por_ejemplo en_cambio de_hecho
        según_dijo dijo por_qué
        por_su_parte por_su_lado al_respecto""",
    "it": """ma e ed o però tuttavia inoltre anche quindi dunque poi così perciò intanto nel_frattempo invece
        infatti per_esempio ad_esempio d'altra_parte
        dal_canto_suo dal_canto_loro da_parte_sua""",
    "pt": """mas e ou porém contudo todavia entretanto no_entanto além_disso também então depois assim portanto
        por_isso enquanto_isso por_outro_lado por_exemplo de_fato aliás
        por_sua_vez por_seu_lado na_ocasião""",
    "nl": """maar en of echter toch ook dus daarom daardoor bovendien daarnaast vervolgens daarna intussen
        ondertussen daarentegen bijvoorbeeld zo waarom
        van_zijn_kant van_haar_kant op_zijn_beurt daarmee ook_daarom""",
    "pl": """ale a i lub jednak jednakże natomiast ponadto poza_tym także również więc zatem dlatego potem następnie
        tymczasem na_przykład dlaczego
        z_kolei ze_swojej_strony""",
    "ru": """но а и или однако тем_не_менее кроме_того также поэтому затем потом тогда при_этом между_тем тем_временем
        например таким_образом впрочем почему
        со_своей_стороны в_свою_очередь""",
    "ar": """لكن ولكن و ومع_ذلك بالإضافة كما لذلك ثم بينما في_المقابل على_سبيل_المثال وأضاف وقال
        من_جهته من_جهتها من_جانبه من_جانبها ومن_جهته ومن_جانبه""",
    "hi": """लेकिन और या मगर परन्तु हालांकि हालाँकि इसके_अलावा इसलिए फिर तब वहीं उदाहरण_के_लिए
        इस_बीच बता_दें""",
}

_PRONOUNS = {
    "en": """he she it they his her hers its their theirs him them this that these those here both neither
        according_to_him according_to_her of_these of_those despite_this despite_that under_this under_that
        others another_one the_latter the_former the_pair the_duo the_trio the_two""",
    "de": """er sie es ihm ihr ihn ihnen sein seine seinem seinen seiner ihre ihrem ihren ihrer dies diese dieser dieses
        diesem diesen das_ist das_sei das_war dessen deren beide letztere""",
    "fr": """il elle ils elles son sa ses leur leurs lui eux cela ceci ça c'est c'était ce cet cette ces celui-ci
        celle-ci ceux-ci celles-ci les_deux ce_dernier cette_dernière""",
    "es": """él ella ellos ellas su sus esto eso este esta estos estas ese esa esos esas ello ambos ambas
        este_último esta_última""",
    "it": """lui lei loro egli ella essi esse suo sua suoi sue questo questa questi queste quello quella ciò entrambi
        quest'ultimo quest'ultima""",
    "pt": """ele ela eles elas seu sua seus suas isso isto este esta estes estas esse essa esses essas aquele aquela
        ambos ambas""",
    "nl": """hij zij ze het_is hun zijn haar dit dat deze die beide laatstgenoemde""",
    "pl": """on ona ono oni one jego jej ich to ten ta te ci tego tej tych obaj oboje""",
    "ru": """он она оно они его её ее их это этот эта эти этого этой этих тот та те оба обе последний""",
    "ar": """هو هي هم هذا هذه هؤلاء ذلك تلك""",
    "hi": """वह वे यह ये उसने उन्होंने उनका उनकी उनके उसका उसकी उसके इसका इसकी इसके इस इन""",
}

#: Scripts without spaces: openings that stand right before the next character.
_UNSPACED = {
    "zh": (
        "但|不过|不過|然而|而且|此外|另外|因此|所以|同时|同時|随后|隨後|其中|与此同时|與此同時|据悉|據悉|据了解|对此|對此",
        "他|她|它|这|這|该|該|那|其|双方|雙方|据(?:他|她)|據(?:他|她)|此举|此舉|此次|此前|同日|当日|當日",
    ),
    "ja": (
        "しかし|だが|また|さらに|そして|一方|そのため|その後|なお|ただ|つまり|例えば|そこで",
        "彼|この|その|これ|それ|同[日社氏国県市州省]|当時|両|(?:男性|女性|男|女)は",
    ),
}

#: "But" in each of them. What it turns to is often the news, told behind what was expected.
_TURNS = {
    "en": "but",
    "de": "aber|doch",
    "fr": "mais",
    "es": "pero",
    "it": "ma",
    "pt": "mas",
    "nl": "maar",
    "pl": "ale",
    "ru": "но",
    "ar": "لكن|ولكن",
    "hi": "लेकिन",
}
_UNSPACED_TURNS = {"zh": "但是|但", "ja": "しかし、?|だが、?"}

_NOW = (
    "week|month|year|day|morning|afternoon|evening|summer|winter|spring|autumn|fall|season|weekend|time|century|decade"
)
_HERE = (
    "article|blog|column|edition|episode|essay|guide|issue|part|piece|post|report|series|site|story|talk|tutorial|video"
)
#: "this week" and "those who" lean on nothing.
_EN_FREE = re.compile(
    rf"\W*(?:this (?:{_NOW})"
    r"|those (?:who|with|in|from|of)|both (?:the )?\w+ and|here(?:'s|’s| is| are))\b",
    re.IGNORECASE,
)
#: "The move comes after", "The announcement came as": how reporters tie the background on.
_EN_BACKGROUND = re.compile(
    r"\W*(?:the \w+ (?:comes?|came|follows?|followed) (?:after|amid|as|just|months|weeks|days|hours)\b"
    r"|(?:afterwards?|again|anyway|at first|at th(?:e|at) time|at this point|before that|by then|earlier|elsewhere|"
    r"finally|first(?:ly)?|for one|granted|incidentally|lastly|later|naturally|next|no|oh|oh well|ok|okay|"
    r"second(?:ly)?|separately|since then|sorry|sure|third(?:ly)?|to begin with|to start|until then|well|yes),"
    r"|(?:imagine|picture this|suppose)\b"
    r"|at least (?:that|this|it)\b"
    # "Earlier today" is wrong in a digest, too.
    r"|earlier (?:today|(?:in|on) the day|that day|on \w+day)\b"
    r"|as (?:(?:previously |already |i )?(?:mentioned|noted|said)|i(?:['’]ve| have) said)\b|not (?:because|that|so)\b)",
    re.IGNORECASE,
)
#: "After that defeat he ...", "Nine of them are ..." speak of what came before.
_EN_POINTS_BACK = re.compile(
    r"\W*(?:(?:after|amid|among|at|because of|before|by|despite|during|for|from|given|in|of|on|to|under|with) that "
    r"(?!who|which|that|of|with|in|from)\w+|(?:\w+ ){1,3}of (?:them|whom)\b)",
    re.IGNORECASE,
)
_ABOUT = "about|against|for|from|of|on|to|with"
#: "..., one of these cases", "Be prepared, though.": so does what points back from the middle or the end.
#: "In this article" does not.
_EN_TIED = re.compile(
    rf"\b(?:this|these|those) (?!(?:{_NOW}|{_HERE}|\w+ (?:part|instal?lment|post|article|of)|as|from|in|of|who|with|"
    r"that|which|are|is|was|were)\b)\w+|,? (?:as well|either|though|too)[.!]$"
    # "There is no evidence of that.", "Critics were fond of it."; a longer sentence may itself say what "it" is.
    rf"|\b(?:{_ABOUT}) (?:that|this)[.!]$|^(?:\W*\w+){{1,7}}\W+(?:{_ABOUT}) (?:it|them)[.!]$",
    re.IGNORECASE,
)
#: "The decision came ...", with nothing that says which decision; "The decision to close the mine came" stands.
_EN_DEFINITE = re.compile(
    r"\W*the (?:announcement|attack|bill|case|changes?|comments?|company|couple|crash|deal|decision|event|figures?|"
    r"findings?|firm|game|group|incident|killing|law|lawmakers|letter|man|measure|meeting|news|order|plan|policy|proposal|remarks?|"
    r"report|results?|ruling|shooting|statement|study|suspects?|talks|team|travel|trip|verdict|victims?|visit|vote|"
    r"warning|woman)"
    r"(?:,| (?:also|appear\w*|are|came|come|comes|could|did|does|follow\w*|had|has|have|is|may|might|says?|said|was|"
    r"were|will|would|marks?|marked)\b)",
    re.IGNORECASE,
)
#: "At 16, he ...", "The reason he ...": nobody is named before the pronoun.
_EN_UNNAMED = re.compile(
    r"\W*(?:(?i:the (?:reason|day|time|moment|way))|(?i:about|after|among|as|at|before|by|during|for|from|in|on|since|"
    r"under|until|with|within|without)\b(?:\s[^\sA-Z,]+){1,6},?)\s(?:he|she)\b"
    r"|\W*(?i:like|unlike) [^,.]{2,40}, (?:he|she|they|it)\b"
    # "..., his new heart began to deteriorate"
    r"|\W*(?i:about|after|at|before|during|for|in|on|since|under|until|within|without)(?:\s[^\sA-Z,]+){1,8},\s(?:his|her)\s"
)
#: "That's Ann Miller, firing back ..." points at a picture or a quotation on top.
_PERSON = re.compile(
    r"\W*(?:(?:he|she|they|his|her|their|those (?:are|were)|these (?:are|were))\b|that(?:['’]s| is| was)\b)",
    re.IGNORECASE,
)

_QUOTES = (*"\"“”„«»‘'「『", ",,", "- ", "– ", "— ")


def is_connective(sentence: str, language: str) -> bool:
    """Whether a sentence begins with what only makes sense after another one."""
    if language in {"en", ""} and _EN_BACKGROUND.match(sentence):
        return True
    return bool(_pattern(language, "connectives").match(sentence))


def turns(sentence: str, language: str) -> bool:
    """Whether a sentence begins with "But"."""
    return bool(_turn(language).match(sentence))


def leans_back(sentence: str, language: str) -> bool:
    """Whether a sentence speaks of something that only the sentence before it names."""
    return (
        _opens_leaning(sentence, language) or drops_subject(sentence, language) or names_no_speaker(sentence, language)
    )


def names_nobody(sentence: str, language: str) -> bool:
    """Whether even the first sentence of an article leans: on a person that only the headline can name."""
    opens = bool(_PERSON.match(sentence)) if language in {"en", ""} else _opens_leaning(sentence, language)
    # "..., he said" behind words that are not quoted: the first sentence has named him. And it may begin with a verb
    # before its subject: "Murió en Ashford el actor Juan Pérez".
    return opens or (sentence.startswith(_QUOTES) and names_no_speaker(sentence, language))


def _opens_leaning(sentence: str, language: str) -> bool:
    if language in {"en", ""}:
        if _EN_FREE.match(sentence):
            return False
        if (
            _EN_POINTS_BACK.match(sentence)
            or _EN_DEFINITE.match(sentence)
            or _EN_UNNAMED.match(sentence)
            or _EN_TIED.search(without_quotations(sentence))
        ):
            return True
    opened = _pattern(language, "pronouns").match(sentence) or leaning_words(language or "en").match(sentence)
    return bool(opened)


@cache
def _turn(language: str) -> re.Pattern[str]:
    if language in _UNSPACED_TURNS:
        return re.compile(rf"\W*(?:{_UNSPACED_TURNS[language]})")
    return re.compile(rf"\W*(?:{_TURNS.get(language, _TURNS['en'])})(?![\w-])", re.IGNORECASE)


@cache
def _pattern(language: str, kind: str) -> re.Pattern[str]:
    if language in _UNSPACED:
        connectives, pronouns = _UNSPACED[language]
        return re.compile(rf"\W*(?:{connectives if kind == 'connectives' else pronouns})")
    table = _CONNECTIVES if kind == "connectives" else _PRONOUNS
    openings = table.get(language, table["en"]).split()
    words = "|".join(re.escape(opening).replace("_", r"\s+").replace("'", "['’]") for opening in openings)
    return re.compile(rf"\W*(?:{words})(?:['’](?:s|d|ll|re|ve))?(?![\w-])", re.IGNORECASE)

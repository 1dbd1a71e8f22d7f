import pytest

from digest.summarize.sentences.openings import is_connective, leans_back, names_nobody, turns


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "But the bridge is closed."),
        ("en", "“And we will build it,” said the mayor."),
        ("en", "He said the bridge is closed."),
        ("en", "The move was welcomed."),
        ("en", "The announcement comes after a long dispute."),
        ("en", "In addition, the bridge is narrow."),
        ("en", "Earlier, it rained."),
        ("en", "In which case the bridge is closed."),
        ("en", "How Ashford built its bridge."),
        ("de", "Warum die Brücke zu ist."),
        ("en", "Yes, there will be a bridge."),
        ("de", "Aber die Brücke ist zu."),
        ("fr", "Cependant, le pont est fermé."),
        ("es", "Sin embargo, el puente está cerrado."),
        ("it", "Tuttavia il ponte è chiuso."),
        ("pt", "No entanto, a ponte está fechada."),
        ("nl", "Maar de brug is dicht."),
        ("pl", "Jednak most jest zamknięty."),
        ("ru", "Однако мост закрыт."),
        ("ar", "لكن الجسر مغلق."),
        ("hi", "लेकिन पुल बंद है।"),
        ("zh", "但是大桥关闭了。"),
        ("ja", "しかし橋は閉鎖された。"),
        ("", "However, the bridge is closed."),
    ],
)
def test_a_sentence_that_joins_on_to_another_is_known(language, sentence):
    assert is_connective(sentence, language)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Butler opened the bridge."),
        ("en", "Then-President Trump opened the bridge."),
        ("en", "Earlier this week the bridge was closed."),
        ("en", "Sony closed its bridge."),
        ("de", "Obwohl es regnete, kam der Minister."),
        ("es", "Yolanda abrió el puente."),
        ("fr", "Oran a un nouveau pont."),
        ("it", "Emilia ha un nuovo ponte."),
    ],
)
def test_a_sentence_that_only_begins_alike_joins_on_to_nothing(language, sentence):
    assert not is_connective(sentence, language)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "She opened the bridge."),
        ("en", "It's closed."),
        ("en", "“The bridge is closed,” he added."),
        ("en", "The decision was expected."),
        ("en", "With these words the mayor opened the bridge."),
        ("en", "At 16, he built a bridge."),
        ("en", "To answer this question, the mayor built a bridge."),
        ("en", "The reason she left is the bridge."),
        ("en", "After that defeat the mayor left."),
        ("en", "Ashford has three of these bridges."),
        ("en", "Only two of them still stand."),
        ("en", "Be prepared for wet days, though."),
        ("de", "Sie eröffnete die Brücke."),
        ("fr", "Elle a ouvert le pont."),
        ("ru", "Она открыла мост."),
        ("zh", "她宣布大桥通车。"),
    ],
)
def test_a_sentence_about_something_named_before_leans(language, sentence):
    assert leans_back(sentence, language)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "This week the bridge was opened."),
        ("en", "Those who crossed the bridge were wet."),
        ("en", "The decision to build the bridge was expected."),
        ("en", "In this article we build a bridge."),
        ("en", "The mayor said this week that the bridge is open to those who can swim."),
        ("en", "“We love these bridges,” the mayor said."),
        ("en", "Itinerant builders came to the bridge."),
        ("en", "When he left, Mr Smith crossed the bridge."),
        ("en", "“The bridge is closed,” the mayor added."),
        ("de", "Eine Brücke wurde eröffnet."),
        ("fr", "Ilan a ouvert le pont."),
    ],
)
def test_a_sentence_that_names_what_it_is_about_leans_on_nothing(language, sentence):
    assert not leans_back(sentence, language)


def test_the_first_sentence_may_speak_of_it_but_not_of_her():
    assert not names_nobody("It is one of the longest bridges of Kent.", "en")
    assert names_nobody("She opened the bridge.", "en")
    assert names_nobody("That’s Ann Miller, opening the bridge.", "en")


def test_the_first_sentence_may_begin_with_a_verb_since_its_subject_comes_behind():
    assert leans_back("Murió en Ashford el actor Juan Pérez.", "es")
    assert not names_nobody("Murió en Ashford el actor Juan Pérez.", "es")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "But the bridge is closed."),
        ("de", "Aber die Brücke ist zu."),
        ("fr", "Mais le pont est fermé."),
        ("es", "Pero el puente está cerrado."),
        ("it", "Ma il ponte è chiuso."),
        ("pt", "Mas a ponte está fechada."),
        ("nl", "Maar de brug is dicht."),
        ("pl", "Ale most jest zamknięty."),
        ("ru", "Но мост закрыт."),
        ("ar", "لكن الجسر مغلق."),
        ("hi", "लेकिन पुल बंद है।"),
        ("zh", "但是大桥关闭了。"),
        ("ja", "しかし橋は閉鎖された。"),
    ],
)
def test_a_turn_is_known_in_each_language(language, sentence):
    assert turns(sentence, language)


def test_a_word_that_begins_like_but_is_no_turn():
    assert not turns("Butler opened the bridge.", "en")
    assert not turns("Maria ha aperto il ponte.", "it")


def test_what_happened_earlier_that_day_is_said_after_something_else():
    assert is_connective("Earlier today, the mayor opened the bridge.", "en")
    assert is_connective("Earlier on Monday lorries crossed the bridge.", "en")
    assert not is_connective("Earlier bridges were of wood.", "en")


#: Language → sentences that speak of what another one names, and some that only look alike.
LEANING: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "en": (
        (
            "The 54-year-old said the bridge would open.",
            "The actor, 72, died in Rome.",
            "For them, the bridge is late.",
            "As for her, nothing changed.",
            "Unlike him, Jones stayed.",
            "Critics say he lied to the council.",
            "Such a decision was overdue.",
            "Such cases are rare.",
            "The politician said it would cost 14 million pounds.",
            "About 40 days after the surgery, his new heart began to fail.",
        ),
        (
            "The 54-year-old Jones opened the bridge.",
            "The actor of the year died in Rome.",
            "For the mayor, the bridge is late.",
            "Unlike Smith, Jones stayed.",
            "Jones says he lied to the council.",
            "Such as it is, the bridge is open.",
            "After the speech, Mayor Smith praised the bridge.",
        ),
    ),
    "de": (
        (
            "Laut ihm dauert es zwei Jahre.",
            "Nach seinen Angaben dauert es zwei Jahre.",
            "Der 34-Jährige wurde verletzt.",
            "Die Politikerin lobte den Bau.",
            "Das teilte die Polizei am Montag mit.",
            "Derweil stieg der Preis.",
            "Auch deshalb folgt ein Gutachten.",
            "Solche Fälle häufen sich.",
            "Wie er mitteilte, beginnt der Bau im März.",
            "Der Mann wurde verletzt.",
        ),
        (
            "Laut Polizei wurde niemand verletzt.",
            "Nach Angaben der Feuerwehr brannte es.",
            "Der Mann aus Ulm wurde verletzt.",
            "Der 34-jährige Müller gewann.",
            "Die Frau, die den Bau plante, kam.",
            "Mit 34 Jahren wurde Weber Bürgermeisterin.",
            "Das Gericht gab der Klage statt.",
            "Der Fahrer eines Busses wurde verletzt.",
        ),
    ),
    "fr": (
        (
            "Selon lui, les travaux dureront deux ans.",
            "D’après ce dernier, il faut attendre.",
            "Pour elle, le projet est inutile.",
            "Âgé de 34 ans, il a été blessé.",
            "L'homme a été arrêté.",
            "L’élue a salué un succès.",
            "Un choix que regrette le maire.",
            "De son côté, le maire se tait.",
            "Une décision qui a surpris.",
            "Une telle mesure serait inutile.",
        ),
        (
            "Selon le ministre, le pont est fermé.",
            "D'après la police, le pont est fermé.",
            "Pour Ashford, le pont est utile.",
            "L'homme d'affaires Jean Martin est mort.",
            "L'homme qui a bâti le pont est mort.",
            "Une décision de justice a surpris.",
            "Avec 14 millions d'euros, le pont est cher.",
        ),
    ),
    "es": (
        (
            "Según él, las obras durarán dos años.",
            "Agregó que el puente abrirá.",
            "Lo anunció en rueda de prensa.",
            "El mandatario aseguró que no.",
            "Por su parte, el alcalde calló.",
            "Le dieron el premio.",
            "Al respecto, no hay datos.",
            "Dicha obra costará 14 millones.",
            "Tras ello, se fue.",
            "También señaló que abrirá.",
            "Pidió a los ministros un puente.",
            "Se convirtió en ingeniera.",
            "Nació en Ashford.",
            "Murió el 29 de septiembre.",
            "No habló con la prensa.",
        ),
        (
            "Según el alcalde, las obras durarán dos años.",
            "Tal vez el puente abra en mayo.",
            "Lo mejor de Ashford es el puente.",
            "El hombre más rico de Kent pagó el puente.",
            "El mandatario de Francia llegó.",
            "Le Monde informó del puente.",
            "Para 2028 habrá un puente.",
            "Abrió el puente de Ashford.",
            "Murió Juan Pérez en Ashford.",
            "Bogotá con su puente es la capital.",
        ),
    ),
    "it": (
        (
            "Secondo lui i lavori dureranno due anni.",
            "Ha aggiunto che il ponte aprirà.",
            "Ha poi detto che il ponte aprirà.",
            "Lo ha detto il sindaco.",
            "L'uomo è stato arrestato.",
            "Si tratta dell'opera maggiore.",
            "A suo avviso il ponte è inutile.",
            "Dal canto suo, il sindaco tace.",
            "Tale decisione ha sorpreso.",
            "La vittima era sul ponte.",
            "Per loro il ponte è inutile.",
            "Ha vinto anche il premio.",
            "Hanno chiesto al sindaco un ponte.",
            "Non ha parlato con la stampa.",
        ),
        (
            "Secondo il sindaco i lavori dureranno due anni.",
            "Lo Stato pagherà il ponte.",
            "L'uomo di Ashford è stato arrestato.",
            "Ha aperto il ponte di Ashford.",
            "Ha parlato il sindaco.",
            "Per il sindaco il ponte è utile.",
            "L’uomo che ha costruito il ponte è morto.",
        ),
    ),
    "pt": (
        (
            "Segundo ele, as obras durarão dois anos.",
            "Acrescentou que a ponte abrirá.",
            "Disse que não haverá atrasos.",
            "Trata-se da maior obra.",
            "Tal decisão surpreendeu.",
            "Na opinião dela, é inútil.",
            "Por sua vez, o prefeito calou.",
            "O político disse que não.",
            "Para eles, a ponte é inútil.",
            "A vítima estava na ponte.",
            "Pediu ao ministro uma ponte.",
            "Reencontrou-se com o irmão.",
            "Não falou com a imprensa.",
        ),
        (
            "Segundo o prefeito, as obras durarão dois anos.",
            "Segundo dia de obras em Ashford começa.",
            "Tal como Londres, Ashford tem uma ponte.",
            "O homem de Ashford foi preso.",
            "Na opinião de Ana Souza, é inútil.",
            "Para 2028 há uma ponte.",
            "Moscou com a sua ponte é a capital.",
            "Abriu a ponte de Ashford.",
            "Museu em Ashford abre.",
        ),
    ),
    "nl": (
        (
            "Volgens hem duurt het werk twee jaar.",
            "Volgens haar is het onzin.",
            "De man werd aangehouden.",
            "Zo'n besluit was nodig.",
            "Het gaat om het grootste werk.",
            "Daarmee eindigt het werk.",
            "De 34-jarige raakte gewond.",
            "Het slachtoffer ligt in het ziekenhuis.",
            "Ook daarom komt er een onderzoek.",
            "Dergelijke bruggen zijn duur.",
            "Voor hen is de brug te laat.",
        ),
        (
            "Volgens de politie is de brug dicht.",
            "De man uit Ashford werd aangehouden.",
            "De 34-jarige Jansen won.",
            "De vrouw die de brug bouwde, is dood.",
            "Voor Ashford is de brug te laat.",
            "Met Pasen gaat de brug open.",
        ),
    ),
    "pl": (
        (
            "Dodał, że prace potrwają dwa lata.",
            "Powiedziała, że most otworzy się w maju.",
            "Według niego most będzie szeroki.",
            "Jak podkreślił, opóźnień nie będzie.",
            "Chodzi o największą budowę.",
            "Dla niej most jest zbędny.",
            "Taka decyzja zaskoczyła.",
            "Takie mosty są drogie.",
            "Z kolei burmistrz milczy.",
            "Zaznaczyli, że most jest drogi.",
            "Mowa o moście.",
            "Uznał też, że most jest drogi.",
            "Pogratulowali mu mostu.",
        ),
        (
            "Według burmistrza most będzie szeroki.",
            "Jak podkreślił minister, opóźnień nie będzie.",
            "Dodał Kowalski bramkę w 90. minucie.",
            "Dla Polski most jest ważny.",
            "Takich Marek nie zna.",
            "Zespół w Ashford zbudował most.",
            "Szkoła im. Jana Kowalskiego stoi przy moście.",
            "Stanął nowy most.",
            "34-latek zginął na moście w Ashford.",
        ),
    ),
    "ru": (
        (
            "По его словам, работы продлятся два года.",
            "По её мнению, это ошибка.",
            "Как отметил политик, будет четыре полосы.",
            "Как сообщил чиновник, работы идут.",
            "Об этом сообщает ТАСС.",
            "Речь идёт о мосте.",
            "Такое решение удивило.",
            "Ранее сообщалось, что мост закрыт.",
            "Добавил, что мост закрыт.",
            "Для них мост не нужен.",
            "В свою очередь мэр молчит.",
        ),
        (
            "По словам мэра Иванова, работы продлятся два года.",
            "По данным полиции, мост закрыт.",
            "Как отметил министр Иванов, мост открыт.",
            "Такси сбило человека на мосту.",
            "Для Эшфорда мост важен.",
            "В 2025 году мост закрыли.",
        ),
    ),
    "ar": (
        (
            "وأوضح أن السكان انتظروا.",
            "وقالت إن العمل سيستمر.",
            "وأشار إلى أن الجسر مهم.",
            "وأكد أن العمل مستمر.",
            "ومن جهته قال الوزير إن العمل مستمر.",
            "كما أضاف أن الجسر سيكلف.",
            "وذكرت أنها ستعود.",
            "وأضافت أن الجسر مغلق.",
            "وفقا له الجسر مغلق.",
            "بالنسبة لهم الجسر مغلق.",
            "مثل هذا القرار مهم.",
        ),
        (
            "وزارة الدفاع أغلقت الجسر.",
            "أكد الوزير أن العمل مستمر.",
            "وفقا للشرطة الجسر مغلق.",
            "بالنسبة للسكان الجسر مهم.",
            "واشنطن أغلقت الجسر.",
            "وأشار الوزير إلى الجسر.",
        ),
    ),
    "hi": (
        (
            "उन्होंने कहा कि पुल बनेगा।",
            "उनके अनुसार काम दो साल चलेगा।",
            "इस बीच कीमत बढ़ी।",
            "ऐसे में फैसला जरूरी है।",
            "वहीं, महापौर चुप रहे।",
            "बता दें कि पुल बंद है।",
            "ऐसा फैसला जरूरी है।",
            "ऐसी नदी कहीं नहीं है।",
            "कहा कि पुल बंद है।",
            "बताया कि पुल बंद है।",
        ),
        (
            "पुलिस के अनुसार पुल बंद है।",
            "महापौर ने कहा कि पुल बनेगा।",
            "एशफोर्ड में पुल बना।",
            "2025 में पुल बंद हुआ।",
            "कहानी पुल की है।",
        ),
    ),
    "zh": (
        (
            "据他介绍，工程将持续两年。",
            "对此，市长没有回应。",
            "此举引发争议。",
            "他表示，工程将持续。",
            "与此同时，价格上涨。",
            "据悉，大桥将于五月开通。",
            "同日，市长辞职。",
            "此次工程耗资很大。",
            "此前大桥已关闭。",
            "據她介紹，工程將持續。",
        ),
        (
            "据新华社报道，大桥关闭。",
            "市长对此没有回应。",
            "同济大学建了一座桥。",
            "当地大桥关闭。",
            "2025年大桥关闭。",
        ),
    ),
    "ja": (
        (
            "同氏は述べた。",
            "同日、市長は辞任した。",
            "これに対し、市長は黙った。",
            "当時、橋は閉鎖されていた。",
            "男性は逮捕された。",
            "そこで市は橋を建てる。",
            "それによると、橋は5月に開く。",
            "女性は逮捕された。",
            "同社は橋を建てた。",
            "同市は橋を建てた。",
        ),
        (
            "同志社大学が橋を建てた。",
            "当局は橋を閉鎖した。",
            "男性議員は橋を渡った。",
            "2025年に橋は閉鎖された。",
            "市長は同日辞任した。",
        ),
    ),
}


@pytest.mark.parametrize("language", LEANING)
def test_what_another_sentence_names_is_missed_in_each_language(language):
    missed = [one for one in LEANING[language][0] if not (is_connective(one, language) or leans_back(one, language))]
    assert missed == []


@pytest.mark.parametrize("language", LEANING)
def test_what_only_looks_alike_stands_alone_in_each_language(language):
    caught = [one for one in LEANING[language][1] if is_connective(one, language) or leans_back(one, language)]
    assert caught == []


def test_what_is_imagined_or_set_against_what_was_said_joins_on():
    assert is_connective("Imagine if the bridge had to carry two trains at once.", "en")
    assert is_connective("In reality, the bridge is closed.", "en")


def test_a_sentence_that_ends_in_that_or_a_short_one_that_ends_in_it_leans():
    assert leans_back("There’s no evidence of that.", "en")
    assert leans_back("Drivers were fond of it.", "en")
    assert not leans_back("The town of Ashford built a second bridge over the Stour and never paid for it.", "en")


def test_what_only_limits_the_sentence_before_or_speaks_of_others_leans_on_it():
    assert is_connective("At least that’s the conclusion of a study of bridges.", "en")
    assert leans_back("Others cross the river by boat.", "en")
    assert leans_back("Like Jack, he is a builder of bridges.", "en")
    assert not leans_back("Like the mayor, Ann Miller is a builder of bridges.", "en")

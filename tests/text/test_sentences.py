import pytest
from hypothesis import given
from hypothesis import strategies as st
from sentencex import segment

from digest.text import sentences
from digest.text.sentences import fold_space, paragraphs, split_sentences

CASES = {
    "initials and titles": ("en", "Dr. J. R. R. Tolkien met Mrs. Smith.|Gov. Ron DeSantis spoke."),
    "party and state": ("en", "Rep. Ocasio-Cortez, D-N.Y., left.|Sen. Sanders, I-Vt., stayed."),
    "decimals, versions and addresses": (
        "en",
        "It costs $3.50.|Version 2.0.1 is at https://a.org/b.c?d.|See it.",
    ),
    "an abbreviation that ends a sentence": (
        "en",
        "He came at 5 p.m.|The U.S. said no.|It is in the U.K.|They left.",
    ),
    "hours and zones": ("en", "It starts at 1 p.m. ET on Monday.|Come."),
    "a letter at the end": ("en", "He posted on X.|At night it rained.|C. S. Lewis wrote.|Take vitamin C.|It helps."),
    "decades": ("en", "It was the ‘90s.|Then the band’s work fell.|She wrote in the ’80s."),
    "a quotation of two sentences": ("en", "“We won. They lost,” he said.|Then he left."),
    "a question inside a sentence": ("en", "“Were you hurt?” she was asked.|“Yes!”"),
    "a mark that opens the next sentence": ("en", "She was glad.|“We can go. We must.”"),
    "people who write everything small": ("en", "we went to ulm.|the bridge is new.|it rained."),
    "numbered points": ("en", "3. The bridge is new.|Then it rained."),
    "names that begin small": ("en", "He sold it.|iPads are dear.|eBay fell."),
    "English after sentencex's own list": ("en", "Apple Inc. rose.|Washington, D.C. is big."),
    "German ordinals and abbreviations": (
        "de",
        "Im 19. Jahrhundert kam z. B. Dr. Müller.|„Wir gehen. Ja“, sagte er.",
    ),
    "French": (
        "fr",
        "M. Dupont est arrivé.|« Nous partons. Oui », dit-il.|Le XXe siècle av. J.-C. fut long.",
    ),
    "Spanish": ("es", "El Sr. García llegó.|¿Qué pasó?|«Vamos. Ya», dijo.|EE. UU. ganó."),
    "Italian": ("it", "Il sig. Rossi è qui.|Costa 3,50 euro.|«Andiamo. Ora», ha detto."),
    "Portuguese": ("pt", "O Sr. Silva chegou.|A Dra. Ana saiu.|Custa R$ 3,50."),
    "Dutch": ("nl", "Dhr. Jansen kwam.|Mevr. De Vries ging.|Dit is nr. 5."),
    "Polish": ("pl", "Prof. Nowak wyszedł.|Było to m.in. w 1990 r. w Warszawie."),
    "Russian": ("ru", "В 2019 г. он приехал.|И. И. Иванов ушёл.|«Мы идём. Они нет», — сказал он."),
    "Arabic": ("ar", "ذهب د. أحمد إلى المدرسة.|هل رأيته؟|نعم!"),
    "a German member of parliament": ("de", "Die Abg. Meyer stimmte zu.|Dann ging sie."),
    "a Spanish president": ("es", "El pdte. Sánchez habló.|Luego salió."),
    "an Italian member of parliament": ("it", "Il sig. Rossi e l’On. Bianchi sono qui.|Poi sono partiti."),
    "a Portuguese honour": ("pt", "A Exma. Sra. D. Maria chegou.|Depois saiu."),
    "a Polish general and a saint": ("pl", "Św. Jan i gen. Anders przyszli.|Potem wyszli."),
    "a Polish quotation of two sentences": ("pl", "„To koniec. Idźcie!” – powiedział.|Potem „wyszedł”."),
    "an Arabic quotation": ("ar", "«انتهى الأمر. اذهبوا!» قال أحمد.|ثم غادر."),
    "an Arabic quotation and the next sentence": ("ar", "«انتهى الأمر!»|قال أحمد إن الجسر مغلق."),
    "Hindi": ("hi", "वह आया।|डॉ. शर्मा गए।|क्या हुआ?"),
}
UNSPACED = {
    "Chinese": ("zh", "他来了。|她走了！|“好的。我们走。”他说。|价格是3.5元。|真的吗？"),
    "Japanese": ("ja", "今日は晴れ。|元気ですか？|「はい。そうです。」と言った。"),
}


@pytest.mark.parametrize(("language", "marked"), CASES.values(), ids=CASES.keys())
def test_sentences_end_where_a_reader_would_end_them(language, marked):
    assert split_sentences(marked.replace("|", " "), language) == marked.split("|")


@pytest.mark.parametrize(("language", "marked"), UNSPACED.values(), ids=UNSPACED.keys())
def test_scripts_without_spaces_are_split_too(language, marked):
    assert split_sentences(marked.replace("|", ""), language) == marked.split("|")


def test_no_sentence_spans_two_paragraphs():
    assert split_sentences("A heading\n\nThe text\nof it.", "en") == ["A heading", "The text of it."]


def test_an_item_of_a_list_stands_alone():
    assert split_sentences("We need\n- bread\n- 3.5 l of milk", "en") == ["We need", "- bread", "- 3.5 l of milk"]


def test_short_lines_in_a_row_are_a_list():
    told = ["What to pack", "Warm socks", "A good tent", "The council of Ashford voted on Monday for a new camp."]
    assert split_sentences("\n".join(told), "en") == told
    assert list(paragraphs("It rained\nall day and\nThe river\nrose.")) == ["It rained all day and The river rose."]
    assert list(paragraphs("Warm socks\nA good tent")) == ["Warm socks A good tent"]


@pytest.mark.parametrize("language", ["", "xx", "pt-BR", "EN"])
def test_any_language_tag_will_do(language):
    assert split_sentences("One here. Two here.", language) == ["One here.", "Two here."]


def test_an_empty_text_has_no_sentences():
    assert split_sentences(" \n\n \u2029", "en") == []


@given(
    st.text(st.sampled_from("Aaé1.?!…\"“”„«»'()[] \n\t\u00a0。「」他ب।"), max_size=120),
    st.sampled_from(["en", "de", "zh", "ar"]),
)
def test_sentences_are_the_text_itself(text, language):
    joined = "".join("".join(split_sentences(text, language)).split())
    assert joined == "".join(text.split())


@given(st.text(alphabet=st.sampled_from('Ab1.?!"“”«() \n。」')), st.sampled_from(["en", "fr", "ja"]))
def test_every_sentence_is_a_piece_of_the_text_with_its_spaces_folded(text, language):
    folded = fold_space(text)
    assert all(sentence in folded for sentence in split_sentences(text, language))


HOSTILE = [
    ".",
    "(",
    '"',
    '" ',
    '. "',
    "“a. ",
    "«",
    "A. ",
    "Mr. ",
    "e\u0301. ",
    "no. A ",
    "?!",
    "\n- ",
    "http://a.b. ",
    "\n",
    "A\n",
]


@pytest.mark.parametrize("unit", HOSTILE, ids=ascii)
def test_hostile_text_is_split_without_hanging(unit):
    """In quadratic time 200 KB of some of these would take minutes."""
    text = unit * (200_000 // len(unit))
    assert sum(map(len, split_sentences(text, "en"))) >= len("".join(text.split()))


@pytest.mark.parametrize(
    ("language", "unit"), [("pl", "„A. "), ("pl", "„A. B.” "), ("ar", "«ا!» قال "), ("ar", "»قال ")]
)
def test_hostile_quotations_are_split_without_hanging(language, unit):
    text = unit * (200_000 // len(unit))
    assert sum(map(len, split_sentences(text, language))) >= len("".join(text.split()))


#: What news is full of: titles, initials, decimals, addresses, quotations.
NEWS = {
    ("en", 1): (
        "Mr. and Mrs. Brown met Lt. Col. A. B. Hunt at 10 a.m. on Jan. 5.",
        "It cost approx. 3.5 million (i.e. $1.2m).",
        "See www.example.org/a.b?c=1.2.",
        "“We won! We did!” she said.",
        "He works for Smith & Co. in St. Louis.",
    ),
    ("en", 2): (
        "The No. 10 bus came.",
        "Is it e.g. late?",
        "It rose 3.2 percent vs. 2.1 percent.",
    ),
    ("de", 1): (
        "Prof. Dr. Maier kam am 3. Oktober um ca. 10 Uhr an, d. h. zu spät.",
        "Die GmbH & Co. KG zahlte 3,5 Mio. Euro.",
        "„Wir kommen! Bald“, sagte sie.",
        "Nr. 5 lebt.",
    ),
    ("de", 2): (
        "Der 1. FC Köln siegte u. a. dank J. S. Müller.",
        "Das kostet 1.000,50 Euro.",
        "Am 24. Dezember ist Schluss, vgl. S. 12.",
    ),
    ("fr", 1): (
        "M. et Mme Durand, p. ex., sont venus.",
        "Le Dr. Petit a payé 3,5 M€.",
        "Voir www.exemple.fr/a.b.",
        "« C'est fini ! » a-t-il dit.",
        "Qui est là ?",
        "J. P. Martin arrive à 10 h. 30.",
    ),
    ("fr", 2): (
        "L'art. 5 de la loi no. 12 s'applique.",
        "Il pèse env. 3.5 kg.",
        "Mgr. Blanc a dit oui.",
    ),
    ("es", 1): (
        "La Sra. Gómez y el Dr. Ruiz llegaron a las 10.30.",
        "Cuesta 3.500,50 euros, p. ej., en Madrid.",
        "¡Ganamos!",
        "¿De verdad?",
        "J. L. Borges nació en 1899.",
        "Vea www.ejemplo.es/a.b.",
    ),
    ("es", 2): (
        "«Nos vamos. Ya», dijo Ana.",
        "El Sr. D. José Pérez vive en la Av. Central núm. 5.",
        "EE. UU. votó.",
    ),
    ("it", 1): (
        "Il dott. Rossi e la sig.ra Bianchi, ad es., sono qui.",
        "Costa 3.500,50 euro.",
        "Vedi www.esempio.it/a.b.",
        "«È finita!» ha detto.",
        "Chi è?",
        "G. B. Vico nacque a Napoli.",
    ),
    ("it", 2): (
        "L'on. Verdi e l'avv. Neri sono a S. Pietro.",
        "L'art. 5 è in vigore, cfr. p. 12.",
    ),
    ("pt", 1): (
        "O Dr. Silva e a Sra. Costa chegaram às 10h30.",
        "Custa R$ 3.500,50, p. ex., em Lisboa.",
        "Veja www.exemplo.pt/a.b.",
        "“Acabou!”, disse ele.",
        "Quem é?",
        "J. M. Eça nasceu em 1845.",
    ),
    ("pt", 2): (
        "A Av. Central n.º 5 fica perto.",
        "O art. 5 vale.",
        "O prof. Souza e o eng. Lima saíram.",
    ),
    ("nl", 1): (
        "Dr. Jansen en mevr. De Boer kwamen o.a. om 10.30 uur.",
        "Het kost 3.500,50 euro, d.w.z. veel.",
        "“Het is voorbij!” zei hij.",
        "Wie is dat?",
        "J. P. de Vries woont in Den Haag.",
    ),
    ("nl", 2): (
        "Hij heet o.m. ir. Bos.",
        "Zie art. 5 en blz. 12.",
        "Ca. 5 mensen kwamen.",
    ),
    ("pl", 1): (
        "Dr Nowak i prof. Kowalski przyszli ok. godz. 10.30.",
        "Kosztuje 3,5 mln zł, tj. dużo.",
        "Zob. www.przyklad.pl/a.b.",
        "„To koniec!” – powiedział.",
        "Kto to?",
        "J. K. Rowling mieszka przy ul. Długiej 5.",
    ),
    ("pl", 2): (
        "W 2019 r. przyjechał m.in. ks. Marek.",
        "Art. 5 obowiązuje.",
        "Np. kot śpi.",
    ),
    ("ru", 1): (
        "Г-н А. С. Пушкин жил на ул. Мойка, д. 12.",
        "Это стоит 3,5 млн. руб., т. е. много.",
        "См. www.primer.ru/a.b.",
        "«Всё кончено!» — сказал он.",
        "Кто это?",
        "В 1999 г. и в XX в. было иначе.",
    ),
    ("ru", 2): (
        "Акад. Петров и проф. Сидоров пришли, т. к. их звали.",
        "Это было в 5 тыс. км от Москвы.",
    ),
    ("ar", 1): (
        "وصل د. أحمد و أ. د. سامي الساعة 10.30.",
        "هل رأيتهم؟",
        "نعم!",
        "سعره 3.5 دولار.",
        "انظر www.example.org/a.b.",
    ),
    ("ar", 2): (
        "قال: «انتهى الأمر. سنرحل».",
        "ثم غادر.",
    ),
    ("hi", 1): (
        "डॉ. शर्मा और श्री वर्मा आए।",
        "क्या हुआ?",
        "कीमत 3.5 लाख रु. है।",
        "www.example.org/a.b देखें।",
        "“खत्म हुआ।” उसने कहा।",
    ),
    ("hi", 2): (
        "प्रो. गुप्ता बोले।",
        "वह 10.30 बजे गया।",
    ),
    ("zh", 1): (
        "他说：“结束了。我们走吧。”",
        "价格是3.5元！",
        "真的吗？",
        "请看www.example.org/a.b。",
        "J. K. 罗琳来了。",
    ),
    ("zh", 2): (
        "“好！”她说。",
        "他于2019年3月5日离开。",
    ),
    ("ja", 1): (
        "「終わった。行こう。」と彼は言った。",
        "価格は3.5ドルです！",
        "本当ですか？",
        "彼は3月5日に去った。",
    ),
    ("ja", 2): (
        "A. B. 田中さんが来た。",
        "『本』を読んだ。",
    ),
}


@pytest.mark.parametrize(("key", "told"), NEWS.items(), ids=[f"{language}-{at}" for language, at in NEWS])
def test_the_news_of_each_language_is_split_where_its_readers_would(key, told):
    between = "" if key[0] in {"zh", "ja"} else " "
    assert split_sentences(between.join(told), key[0]) == list(told)


@pytest.mark.parametrize("unit", ["a", ".", '"', "“", "« ", "a. ", "「", "1)"], ids=ascii)
def test_the_work_grows_with_the_length_of_a_hostile_text(unit, monkeypatch):
    pieces = []

    def counted(language, text):
        pieces.append(len(text))
        return segment(language, text)

    monkeypatch.setattr(sentences, "segment", counted)
    split_sentences(unit * (1_000_000 // len(unit)), "en")
    # What sentencex is given at a time is bounded, and all of it is little more than the text: a piece is read twice at
    # most, where no sentence ends in it.
    assert max(pieces) <= 2 * 4_000
    assert sum(pieces) <= 2 * 1_000_000

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.text.sentences import fold_space, split_sentences

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
]


@pytest.mark.parametrize("unit", HOSTILE, ids=ascii)
def test_hostile_text_is_split_without_hanging(unit):
    """In quadratic time 200 KB of some of these would take minutes."""
    text = unit * (200_000 // len(unit))
    assert sum(map(len, split_sentences(text, "en"))) >= len("".join(text.split()))

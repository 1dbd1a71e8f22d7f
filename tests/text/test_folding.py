import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.text.folding import capitalized, folded, folded_name, lowered


@pytest.mark.parametrize(
    "spellings",
    [
        ("ısparta", "ISPARTA", "Isparta", "İSPARTA", "isparta"),
        ("straße", "STRASSE", "STRAẞE", "strasse"),
        ("ΟΔΟΣ", "οδός", "οδοσ"),
        ("ᏣᎳᎩ", "ꮳꮃꭹ"),
        ("oﬃce", "OFFICE"),
        ("ＮＨＫ", "nhk"),
        ("café", "cafe\u0301", "CAFE"),
        ("l’été", "l'été", "lʼété", "l´été"),
        ("e-mail", "e‑mail", "e‐mail"),
        ("Donau\u00addampf", "donaudampf"),
        ("می\u200cخواهم", "میخواهم", "ميخواهم"),
        ("كتاب", "کتاب", "كِتَاب", "كتـــاب"),
        ("أحمد", "احمد", "إحمد", "ٱحمد"),
        ("مستشفى", "مستشفي"),
        ("שָׁלוֹם", "שלום"),
        ("ﾄﾞﾗﾏ", "ドラマ"),
        ("\u202eabc\u202c", "abc"),
        ("№ 5 ™", "no 5 TM"),
    ],
)
def test_spellings_of_one_word_are_folded_alike(spellings):
    assert len({folded(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(("word", "other"), [("हिन्दी", "हन्द"), ("ไม้", "ไม"), ("ハ", "パ"), ("C++", "C#")])
def test_what_makes_another_word_is_kept(word, other):
    assert folded(word) != folded(other)


@given(st.text())
def test_what_was_folded_stays_as_it_is(text):
    assert folded(folded(text)) == folded(text)


@given(st.text(alphabet=st.characters(max_codepoint=0x1EFF, exclude_characters="\u0345´ٵ")))
def test_neither_capitals_nor_the_form_of_accents_change_what_is_compared(text):
    assert folded(text.lower()) == folded(text)
    assert folded(unicodedata.normalize("NFD", text)) == folded(text)


def test_a_name_is_compared_without_regard_to_spaces():
    assert folded_name(" The\u00a0Daily  NEWS ") == folded_name("the daily news")


def test_small_letters_are_those_of_the_language():
    assert lowered("AÇILDI İZMİR", "tr") == "açıldı izmir"
    assert lowered("BIG IDEA", "en") == "big idea"


def test_capitals_are_those_of_the_language():
    assert capitalized("izmir", "tr") == "İzmir"
    assert capitalized("ISPARTA", "az") == "Isparta"
    assert capitalized("izmir", "de") == "Izmir"

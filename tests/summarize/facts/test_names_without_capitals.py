"""Names in scripts without capitals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.summarize.facts.claims import possible_names
from digest.summarize.facts.grounding import ground
from digest.summarize.facts.source_text import SourceText

SOURCES = {
    "zh": "渡轮“圣奥布雷尔号”周日在埃尔辛港附近搁浅，船上有214人。港务长罗莎说没有人受伤。",
    "ja": "フェリー「サントーブレル号」は日曜日、エルシン港の近くで座礁した。乗っていた214人にけがはなかった。",
    "ko": "여객선 생오브렐호가 일요일 엘신항 앞바다에서 좌초했다. 승객 214명은 모두 무사하다고 항만청이 밝혔다.",
    "ar": "جنحت العبارة سانت أوبريل يوم الأحد قرب ميناء إلسين وعلى متنها 214 شخصا. وقالت مديرة الميناء إن أحدا لم يصب.",
    "he": "המעבורת סנט אוברל עלתה על שרטון ביום ראשון ליד נמל אלסין ועליה 214 נוסעים. איש לא נפגע, מסרה הנהלת הנמל.",
    "hi": "रविवार को नौका सेंट ऑब्रेल एल्सिन बंदरगाह के पास 214 लोगों के साथ फँस गई। बंदरगाह प्रमुख ने कहा कि कोई घायल नहीं हुआ।",
}
SHORTER = {
    "zh": "渡轮周日在埃尔辛港附近搁浅，没有人受伤。",
    "ja": "フェリーは日曜日、エルシン港の近くで座礁した。",
    "ko": "여객선이 일요일 엘신항 앞바다에서 좌초했다.",
    "ar": "جنحت العبارة يوم الأحد قرب الميناء.",
    "he": "המעבורת עלתה על שרטון ליד הנמל ביום ראשון.",
    "hi": "रविवार को नौका एल्सिन बंदरगाह के पास फँस गई।",
}
INVENTED = {
    "zh": "安倍乘坐的渡轮周日在埃尔辛港附近搁浅，没有人受伤。",
    "ja": "フェリーは日曜日、アベマリアの乗ったままエルシン港の近くで座礁した。",
    "ko": "김철수가 탄 여객선이 일요일 엘신항 앞바다에서 좌초했다.",
    "ar": "جنحت العبارة يوم الأحد قرب الميناء مع محمود.",
    "he": "המעבורת עלתה על שרטון ליד הנמל ביום ראשון עם יצחק.",
    "hi": "रविवार को नौका मोहनलाल के साथ एल्सिन बंदरगाह के पास फँस गई।",
}


@pytest.mark.parametrize("language", SOURCES)
def test_a_shorter_sentence_of_the_articles_words_is_carried(language: str) -> None:
    assert ground(SHORTER[language], SourceText(SOURCES[language], language=language)).missing == ""


@pytest.mark.parametrize("language", SOURCES)
def test_a_name_that_is_not_there_is_missed(language: str) -> None:
    assert 'the word "' in ground(INVENTED[language], SourceText(SOURCES[language], language=language)).missing


def test_other_scripts_have_capitals_for_that() -> None:
    assert possible_names("Die Fähre „Saint Aubrel“ – Владимир, Αθήνα", "de") == frozenset()


@given(st.sampled_from(sorted(SOURCES)), st.integers(0, 60), st.integers(1, 60))
def test_a_piece_of_a_text_has_no_names_that_the_text_has_not(language: str, begin: int, length: int) -> None:
    words = SOURCES[language].split()
    piece = " ".join(words[begin % len(words) :][:length])
    assert possible_names(piece, language) <= possible_names(SOURCES[language], language)

"""Words that make another story of a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.summarize.facts.weighty import gives_cause, reasons, weighty

DEATHS = {
    "en": ("Two people died.", "Two people were killed."),
    "de": ("Zwei Menschen starben.", "Zwei Menschen wurden getötet."),
    "fr": ("Deux personnes sont mortes.", "Deux personnes ont été tuées."),
    "es": ("Murieron dos personas.", "Dos personas han muerto."),
    "it": ("Sono morte due persone.", "Due persone sono state uccise."),
    "pt": ("Duas pessoas morreram.", "Duas pessoas foram mortas."),
    "nl": ("Twee mensen stierven.", "Twee mensen zijn overleden."),
    "pl": ("Zginęły dwie osoby.", "Dwie osoby nie żyją, znaleziono zwłoki."),
    "ru": ("Погибли два человека.", "Два человека умерли."),
}
DRUNK = {
    "en": "He was drunk.",
    "de": "Er war betrunken.",
    "fr": "Il était ivre.",
    "es": "Estaba ebrio.",
    "it": "Era ubriaco.",
    "pt": "Estava embriagado.",
    "nl": "Hij was dronken.",
    "pl": "Był pijany.",
    "ru": "Он был пьян.",
}


@pytest.mark.parametrize(("language", "sentences"), DEATHS.items(), ids=DEATHS.keys())
def test_words_for_one_thing_are_one_class(language: str, sentences: tuple[str, str]) -> None:
    assert all("death" in weighty(sentence, language) for sentence in sentences)


@pytest.mark.parametrize(("language", "sentence"), DRUNK.items(), ids=DRUNK.keys())
def test_drink_is_known_in_each_language(language: str, sentence: str) -> None:
    assert weighty(sentence, language) == {"drink"}


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("It fell because of heavy rain.", "en"),
        ("Es fiel wegen schweren Regens.", "de"),
        ("Il est tombé à cause de fortes pluies.", "fr"),
        ("Cayó debido a fuertes lluvias.", "es"),
        ("大桥因为大雨倒塌。", "zh"),
    ],
)
def test_a_cause_is_read_with_its_words(sentence: str, language: str) -> None:
    assert gives_cause(sentence, language)
    assert all(reason for reason in reasons(sentence, language))
    assert len(list(reasons(sentence, language))) == 1


def test_plain_news_weighs_nothing() -> None:
    assert weighty("The council voted to build a second bridge and to plant trees.", "en") == frozenset()


@given(st.text(max_size=200), st.sampled_from(["en", "de", "ru", "zh", "hi", ""]))
def test_any_text_can_be_weighed(text: str, language: str) -> None:
    weighty(text, language)
    list(reasons(text, language))

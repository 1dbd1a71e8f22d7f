import pytest

from digest.model import Sentence
from digest.text.stops import with_stop


@pytest.mark.parametrize(
    ("text", "language", "shown"),
    [
        ("The airport is open", "en", "The airport is open."),
        ("“The airport is open”", "en", "“The airport is open”."),
        ("The airport is open!", "en", "The airport is open!"),
        ("“The airport is open.”", "en", "“The airport is open.”"),
        ("The airport …", "en", "The airport …"),
        ("机场重新开放", "zh-Hant", "机场重新开放。"),
        ("हवाई अड्डा खुला है।", "hi", "हवाई अड्डा खुला है।"),
        ("Open again", "", "Open again."),
        ("", "en", ""),
    ],
)
def test_a_sentence_of_an_article_is_shown_with_a_stop(text, language, shown):
    assert with_stop(Sentence(text=text, article="a"), language) == shown


def test_what_an_editor_wrote_stays_as_it_is():
    assert with_stop(Sentence(text="My own words", article=""), "en") == "My own words"

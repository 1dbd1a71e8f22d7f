import pytest

from digest.text.quotes import open_quotes, quotes_whole


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", 'He said "yes" and left.'),
        ("en", "He said “yes, ‘maybe’” and left."),
        ("en", "The players' bus and '90s hits weren't there."),
        ("en", '"It is ours. Really!”'),
        ("de", "Er sagte: „Ja“ und »nein«."),
        ("fr", "Il a dit « oui » à l'entrée."),
        ("sv", "Han sade ”ja” och gick."),
        ("ja", "首相は「『はい』と言う」と述べた。"),
        ("nl", "'s Ochtends zei hij niets."),
    ],
)
def test_quotations_that_are_opened_and_closed_are_whole(language, text):
    assert quotes_whole(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "He said: “We will go."),
        ("en", 'We will go," he said.'),
        ("en", "He told the paper: 'We will go."),
        ("en", "We will go,” he said."),
        ("de", "Er sagte: „Wir gehen."),
        ("fr", "Nous partons », a-t-il dit."),
        ("ja", "と述べた」。"),
    ],
)
def test_a_cut_quotation_is_not_whole(language, text):
    assert not quotes_whole(text, language)


def test_a_sentence_may_close_what_an_earlier_one_opened():
    assert open_quotes("He said: “We will", "en") == "“"
    assert open_quotes("go.”", "en", "“") == ""

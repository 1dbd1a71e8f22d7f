import pytest

from digest.summarize.openings import is_connective, leans_back, names_nobody, turns


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

import pytest

from digest.summarize.sentences.talk import talks


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "About a year ago I moved to Ashford."),
        ("en", "The bridge took us ten years."),
        ("en", "You can cross the bridge."),
        ("en", "Keep those in mind as the story moves on."),
        ("en", "Please cross the bridge."),
        ("", "I’m at the bridge."),
        ("de", "Vor einem Jahr zog ich nach Ashford."),
        ("fr", "L’an dernier, j’ai déménagé à Ashford."),
        ("es", "Nosotros cruzamos el puente."),
        ("it", "La mia casa è vicina al ponte."),
        ("pt", "Eu atravessei a ponte."),
        ("nl", "Vorig jaar verhuisde ik naar Ashford."),
        ("pl", "Nasz most jest długi."),
        ("ru", "Год назад я переехал в Ашфорд."),
        ("hi", "मैं पुल पर हूँ।"),
        ("zh", "我去年搬到了那里。"),
        ("ja", "僕は橋を渡った。"),
    ],
)
def test_an_author_who_speaks_to_the_readers_talks(language, sentence):
    assert talks(sentence, language)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The council of Ashford built a bridge."),
        ("en", "“I will build it for you,” said the mayor."),
        ("en", "The US built a bridge in World War I with the U.S. Army."),
        ("en", "Elizabeth I crossed the bridge."),
        ("en", "Use of the bridge fell."),
        ("de", "„Ich baue sie“, sagte die Bürgermeisterin."),
        ("ja", "私立大学が橋を架けた。"),
        ("zh", "我国去年建成了三座大桥。"),
        ("fi", "Minä ylitin sillan."),
    ],
)
def test_a_report_does_not_talk_and_neither_does_who_is_quoted(language, sentence):
    assert not talks(sentence, language)

import pytest

from digest.text.language import detect_language, primary_subtag


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The minister met her counterpart in Paris on Monday to talk about trade.", "en"),
        ("Die Ministerin traf am Montag in Paris ihren Kollegen zu Gesprächen über den Handel.", "de"),
        ("La ministre a rencontré lundi à Paris son homologue pour parler du commerce.", "fr"),
        ("La ministra se reunió el lunes en París con su homólogo para hablar del comercio.", "es"),
        ("Министр встретилась в понедельник в Париже со своим коллегой.", "ru"),
        ("外相は月曜日、パリで貿易について会談した。両国は協力を確認した。", "ja"),
    ],
)
def test_a_sentence_tells_its_language(text, language):
    assert detect_language(text) == language


def test_a_text_too_short_to_tell_has_no_language():
    assert detect_language("v1.2.3") == ""


def test_the_primary_subtag_stands_before_the_region():
    assert (primary_subtag("pt-BR"), primary_subtag("EN"), primary_subtag("")) == ("pt", "en", "")

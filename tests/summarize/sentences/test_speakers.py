"""Sentences that end in whose words they are, and do not name them."""

from __future__ import annotations

import pytest

from digest.summarize.sentences.openings import leans_back, names_nobody
from digest.summarize.sentences.speakers import names_no_speaker

#: Language → sentences that name no speaker, and some that do.
SAID: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "en": (
        ("“The bridge is closed,” he added.", "The bridge, at last, will open, she said on Monday."),
        ("“The bridge is closed,” the mayor added.", "“The bridge is closed.” It rained."),
    ),
    "de": (
        (
            "„Das ist gut“, sagte sie.",
            "»Das ist gut«, ruft er den Frauen zu.",
            "'Das ist gut', meinte er weiter.",
            "Die Brücke müsse offen bleiben, sagte sie der Zeitung.",
            "Die Brücke werde teurer, so er.",
        ),
        (
            "„Das ist gut“, sagte die Ministerin.",
            "„Nehmen Sie Platz“, sagte Meyer.",
            "Die Brücke kostet mehr, weil sie länger wird.",
            "Meyer fragte: „Hat er recht?“",
        ),
    ),
    "fr": (
        (
            "« C'est bien », a-t-il déclaré.",
            "Le pont restera fermé, ont-elles ensuite indiqué vendredi soir.",
            '"La bataille est dure", reconnaît-elle.',
            "Le pont, explique-t-il, est fermé.",
            "« C'est loin », se souvient-il.",
        ),
        (
            "« C'est bien », a déclaré le maire.",
            "Ainsi 3 fois 5 s'écrivait-il 3 in 5.",
            "Le pont, semble-t-il, est fermé.",
            "Un pont, faut-il le dire, est utile.",
        ),
    ),
    "es": (
        (
            "«El puente está cerrado», dijo él.",
            "“El puente está cerrado”, señaló a Efe.",
            '"El puente está cerrado", explicó en una entrevista con la radio.',
            "El puente abrirá en mayo, añadió el lunes.",
        ),
        (
            '"El puente está cerrado", dijo el alcalde.',
            '"El puente está cerrado", explicó en Madrid el alcalde.',
            "El alcalde, que llegó ayer, dijo que el puente abrirá.",
        ),
    ),
    "it": (
        (
            "«Il ponte è chiuso», ha detto.",
            '"Il ponte è chiuso", ha poi aggiunto lei.',
            "«Non ho dubbi», spiega in un'intervista alla radio.",
            "Il ponte aprirà a maggio, ha spiegato ieri.",
        ),
        (
            "«Il ponte è chiuso», ha detto il sindaco.",
            "Il sindaco non l'ha detto.",
            "«Il ponte», spiega Rossi, «è chiuso».",
        ),
    ),
    "pt": (
        (
            "«A ponte está fechada», disse ele.",
            '"A ponte está fechada", explicou em entrevista ao UOL.',
            "A ponte abre em maio, afirmou ontem.",
        ),
        (
            '"A ponte está fechada", afirmou a polícia.',
            '"A ponte está fechada", disse ao PÚBLICO Ana Souza.',
            "O autarca, disse Ana, abriu a ponte.",
        ),
    ),
    "nl": (
        (
            ",,De brug is dicht'', zei hij.",
            "„De brug is dicht”, bekende ze gistermiddag.",
            "De brug wordt duurder, legt hij uit.",
        ),
        ("„De brug is dicht”, zei de burgemeester.", "Toen de brug dicht was, liepen ze om."),
    ),
    "pl": (
        (
            "– Most jest zamknięty – powiedziała.",
            "„Most jest zamknięty” – dodał w rozmowie z PAP.",
            "Most otworzy się w maju, powiedział on dziennikarzom.",
        ),
        (
            "– Most jest zamknięty – mówi burmistrz.",
            "– Most jest zamknięty – powiedział nam Jan Nowak.",
        ),
    ),
    "ru": (
        ("«Мост закрыт», — сказал он.", "Мост откроют в мае, отметила она в понедельник."),
        ("«Мост закрыт», — сказал мэр.", "Мост закрыт, потому что он стар."),
    ),
    "hi": (("“पुल बंद है,” उसने कहा।",), ("“पुल बंद है,” महापौर ने कहा।",)),
    "zh": (("“大桥关闭了。”他说。", "大桥将关闭，她还表示。"), ("“大桥关闭了。”市长说。",)),
    "ja": (
        ("「橋は閉鎖された」と彼は述べた。", "「橋は閉鎖された」と述べた。"),
        ("市長は「橋は閉鎖」と述べた。",),
    ),
    "ar": ((), ("«الجسر مغلق» قال العمدة.",)),
}


@pytest.mark.parametrize(("language", "sentence"), [(key, each) for key, (said, _) in SAID.items() for each in said])
def test_who_is_named_by_a_pronoun_or_not_at_all_is_not_named(language: str, sentence: str) -> None:
    assert names_no_speaker(sentence, language)
    assert leans_back(sentence, language)


@pytest.mark.parametrize(("language", "sentence"), [(key, each) for key, (_, named) in SAID.items() for each in named])
def test_a_speaker_with_a_name_or_an_office_is_named(language: str, sentence: str) -> None:
    assert not names_no_speaker(sentence, language)


def test_a_text_may_begin_with_what_somebody_said_whom_the_sentence_names() -> None:
    assert names_nobody("« C'est bien », a-t-il déclaré.", "fr")
    assert names_nobody("“We will open it,” he said.", "en")
    assert not names_nobody("Le maire a ouvert le pont, a-t-il indiqué vendredi.", "fr")


def test_a_language_without_a_table_is_read_as_it_is() -> None:
    assert not names_no_speaker("„Sild on suletud“, ütles ta.", "et")

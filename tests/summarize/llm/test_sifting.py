"""An answer → what may be printed of it."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.summarize.facts.source_text import SourceText
from digest.summarize.llm.prompt import Question
from digest.summarize.llm.results import AnswerError
from digest.summarize.llm.sifting import read_answer, sift
from tests.summarize.ferry import COAST, FERRY, GAZETTE, GOOD, RADIO


def question(kind="summary", *, language="en", words=60, texts=(FERRY, RADIO)):
    articles = (GAZETTE, COAST)
    sources = tuple(
        SourceText(text, language=language, article=one.id) for text, one in zip(texts, articles, strict=False)
    )
    return Question(kind=kind, title="Ferry", sources=sources, language=language, words=words)


def test_two_sentences_in_one_text_are_judged_one_by_one():
    sifted = sift(question(), [f"{GOOD[0]} {GOOD[1]} The ship was sold to Kestria."])

    assert [sentence.text for sentence in sifted.kept] == list(GOOD[:2])
    assert [text for text, _ in sifted.dropped] == ["The ship was sold to Kestria."]


def test_an_article_that_is_not_cited_yet_is_preferred_where_both_carry_a_sentence():
    both = question(texts=(FERRY, f"{RADIO} {GOOD[2]}"))
    sifted = sift(both, [GOOD[0], GOOD[2]])

    assert [sentence.article for sentence in sifted.kept] == [GAZETTE.id, COAST.id]


def test_a_sentence_made_of_two_articles_is_carried_by_neither():
    mixed = "Rosa Engelby said that three lifeboats and a helicopter brought all 214 ashore before midnight."
    with pytest.raises(AnswerError, match="nothing of the answer can be printed"):
        sift(question(), [mixed])


def test_what_the_closest_article_says_otherwise_is_carried_by_no_other():
    with pytest.raises(AnswerError, match="no source has the day"):
        sift(question(), ["The ferry ran aground off Port Elsin on Monday."])


def test_a_subject_is_one_line_without_a_full_stop_that_does_not_shout():
    sifted = sift(question("subject", words=9), ["BREAKING: FERRY SAINT AUBREL RAN AGROUND OFF PORT ELSIN."])

    assert [sentence.text for sentence in sifted.kept] == ["Ferry Saint Aubrel ran aground off Port Elsin"]


def test_a_subject_that_no_mail_program_shows_whole_is_not_used():
    with pytest.raises(AnswerError, match="longer than 65 characters"):
        sift(question("subject"), ["The ferry Saint Aubrel ran aground on a sandbank off Port Elsin on Sunday evening"])


def test_parts_between_semicolons_may_be_about_different_stories_but_not_in_a_summary():
    text = "Repairs would cost 1.2 million euros; three lifeboats and a helicopter took part in the rescue."

    assert sift(question("introduction", words=35), [text]).kept
    with pytest.raises(AnswerError):
        sift(question(), [text])


def test_an_introduction_says_more_than_the_headlines():
    headlines = question("introduction", texts=(f"Ferry aground\n\n{FERRY}", f"All saved\n\n{RADIO}"))
    with pytest.raises(AnswerError, match="it repeats a headline"):
        sift(headlines, ["Ferry aground; three lifeboats and a helicopter took part in the rescue."])


def test_an_answer_in_the_language_of_the_story_is_used():
    german = "Die Fähre lief am Sonntag vor Port Elsin auf Grund. Niemand wurde verletzt, sagte die Hafenmeisterin."
    sifted = sift(
        question(language="de", texts=(german,), words=20), ["Die Fähre lief am Sonntag vor Port Elsin auf Grund."]
    )

    assert len(sifted.kept) == 1


@pytest.mark.parametrize(
    "answer",
    [
        '<think>{"sentences": ["A thought."]}</think>{"sentences": ["An answer."]}',
        'I think of {"sentences": ["A thought."]}</think>{"sentences": ["An answer."]}',
        'The text has a {word} and {"no": "sentence"} in it: {"sentences": ["An answer."]} So {much} for that.',
        '```json\n{"sentences": ["An answer."]}\n```',
        '{"sentences": ["An answer."]}<think>{"sentences": ["A thought."]}',
    ],
)
def test_an_answer_is_found_among_thoughts_and_other_words(answer):
    assert read_answer(answer) == ["An answer."]


def test_a_thought_without_an_end_is_no_answer():
    with pytest.raises(AnswerError, match="in the middle of a thought"):
        read_answer('<think>{"sentences": ["A thought."]} {"sentences": ["Another."]}')


@given(st.text(max_size=300))
def test_any_answer_is_read_or_refused(text: str):
    with suppress(AnswerError):
        assert all(isinstance(one, str) for one in read_answer(text))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_json_is_read_or_refused(value):
    for document in (value, {"sentences": value}):
        with suppress(AnswerError):
            assert all(isinstance(one, str) for one in read_answer(json.dumps(document)))


@given(st.lists(st.text(max_size=80), min_size=1, max_size=5), st.sampled_from(["summary", "introduction", "subject"]))
def test_whatever_a_model_says_only_what_a_source_carries_is_kept(texts: list[str], kind: str):
    try:
        kept = sift(question(kind), texts).kept
    except AnswerError:
        return
    assert all(sentence.article in {GAZETTE.id, COAST.id} for sentence in kept)

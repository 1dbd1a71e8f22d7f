"""What a model is asked."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from digest.summarize.facts.source_text import SourceText
from digest.summarize.llm.prompt import Question, key, messages

QUESTION = Question(
    kind="summary",
    title="Ferry",
    sources=(SourceText("The ferry is late.", language="en", article="a"),),
    language="en",
    words=60,
)
TWO = (*QUESTION.sources, SourceText("It rained.", language="en", article="b"))


def test_sources_stand_between_marks_that_the_rules_name():
    rules, sources = (message["content"] for message in messages(QUESTION, mark="0123abcd"))

    assert sources == "[0123abcd source 1]\nThe ferry is late.\n[0123abcd end]"
    assert "lines that carry the mark 0123abcd" in rules
    assert "at most 60 words" in rules


def test_only_a_story_of_several_articles_asks_for_several():
    assert "at least two of the sources" not in messages(QUESTION, mark="m")[0]["content"]
    assert "at least two of the sources" in messages(replace(QUESTION, sources=TWO), mark="m")[0]["content"]


@pytest.mark.parametrize(
    ("language", "named"), [("de", "Write in German."), ("eo", "Write in eo."), ("", "language of the")]
)
def test_the_language_is_named(language: str, named: str):
    assert named in messages(replace(QUESTION, language=language), mark="m")[0]["content"]


CHANGES = [{"words": 61}, {"language": "de"}, {"kind": "introduction"}, {"sources": TWO}, {"sources": TWO[1:]}]


@pytest.mark.parametrize("change", CHANGES)
def test_a_question_in_other_words_has_another_key(change):
    assert key(replace(QUESTION, **change), base_url="u", model="m") != key(QUESTION, base_url="u", model="m")


def test_another_model_has_another_key_and_the_same_question_the_same():
    own = key(QUESTION, base_url="u", model="m")

    assert own == key(replace(QUESTION, title="Not asked"), base_url="u", model="m")
    assert len({own, key(QUESTION, base_url="v", model="m"), key(QUESTION, base_url="u", model="n")}) == 3
    assert re.fullmatch(r"[0-9a-f]{64}", own)

"""Answers of a model that are not paid for twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from digest.store.answers import Answers

NOW = datetime(2026, 2, 19, 6, 30, tzinfo=UTC)


@pytest.fixture
def answers(engine: Engine) -> Answers:
    return Answers(engine)


def test_what_was_never_asked_has_no_answer(answers: Answers) -> None:
    assert answers.recall("a" * 64) is None


def test_an_answer_comes_back_as_it_was(answers: Answers) -> None:
    answers.remember("a" * 64, '{"sentences": ["Ľ – 你好"]}', now=NOW)
    answers.remember("b" * 64, "another", now=NOW)

    assert answers.recall("a" * 64) == '{"sentences": ["Ľ – 你好"]}'


def test_a_newer_answer_replaces_the_one_before(answers: Answers) -> None:
    answers.remember("a" * 64, "first", now=NOW)
    answers.remember("a" * 64, "second", now=NOW + timedelta(days=1))

    assert answers.recall("a" * 64) == "second"


def test_old_answers_are_forgotten(answers: Answers) -> None:
    answers.remember("a" * 64, "old", now=NOW - timedelta(days=200))
    answers.remember("b" * 64, "new", now=NOW)

    assert answers.forget(before=NOW - timedelta(days=120)) == 1
    assert (answers.recall("a" * 64), answers.recall("b" * 64)) == (None, "new")

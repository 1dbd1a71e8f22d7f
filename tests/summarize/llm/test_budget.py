"""What a run may spend."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.settings import ModelSettings
from digest.summarize.llm.budget import Budget, count_tokens
from digest.summarize.llm.results import AnswerError


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def budget(clock: Clock | None = None, **limits: Any) -> Budget:
    return Budget(ModelSettings(**limits), clock=clock or Clock())


def test_requests_on_their_way_count() -> None:
    spent = budget(max_requests=2)
    spent.reserve(10)
    spent.reserve(10)
    with pytest.raises(AnswerError, match="max_requests = 2") as caught:
        spent.reserve(10)
    assert "Raise max_requests of [model]" in caught.value.hint


def test_tokens_on_their_way_count_until_they_are_settled() -> None:
    spent = budget(max_tokens=1000, answer_tokens=400)
    reservation = spent.reserve(100)
    with pytest.raises(AnswerError, match="max_tokens = 1000"):
        spent.reserve(200)
    spent.settle(reservation, tokens_in=90, tokens_out=10)
    spent.reserve(200)
    assert (spent.used().tokens_in, spent.used().tokens_out) == (90, 10)


def test_what_was_refused_is_given_back() -> None:
    spent = budget(max_tokens=1000, answer_tokens=400)
    spent.release(spent.reserve(500))
    spent.reserve(500)
    assert spent.used().requests == 2


def test_money_is_counted_by_the_owners_prices() -> None:
    spent = budget(price_in=2.0, price_out=10.0, max_cost=0.02, answer_tokens=1000)
    reservation = spent.reserve(1000)
    spent.settle(reservation, tokens_in=1000, tokens_out=500)
    assert spent.used().cost == pytest.approx(0.007)
    spent.reserve(1000)
    with pytest.raises(AnswerError, match="max_cost"):
        spent.reserve(1000)


def test_without_prices_nothing_costs_anything() -> None:
    assert budget().cost(10**9, 10**9) is None


def test_time_runs_out() -> None:
    clock = Clock()
    spent = budget(clock, seconds=10)
    clock.now += 9
    assert spent.seconds_left == 1
    clock.now += 2
    with pytest.raises(AnswerError, match="more than 10 seconds"):
        spent.reserve(1)
    assert spent.used().seconds == 11


def test_an_answer_that_nobody_counted_is_marked_as_guessed() -> None:
    spent = budget()
    spent.settle(spent.reserve(100))
    assert (spent.used().tokens_in, spent.used().guessed) == (100, True)


@given(st.lists(st.tuples(st.integers(1, 500), st.integers(0, 400), st.booleans()), max_size=30))
def test_the_limit_is_never_passed(requests: list[tuple[int, int, bool]]) -> None:
    spent = budget(max_tokens=5000, answer_tokens=400)
    for tokens_in, tokens_out, settles in requests:
        try:
            reservation = spent.reserve(tokens_in)
        except AnswerError:
            continue
        if settles:
            spent.settle(reservation, tokens_in=tokens_in, tokens_out=tokens_out)
    assert spent.used().tokens_in + spent.used().tokens_out <= 5000


@given(st.text(max_size=500))
def test_tokens_are_rather_more_than_words(text: str) -> None:
    assert count_tokens(text) > len(text.split()) // 2

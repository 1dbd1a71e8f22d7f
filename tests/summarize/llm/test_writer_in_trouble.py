"""A model's server that fails, is slow, or would cost too much: the extractive texts stand, and the report says why."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest
import stamina

from digest.model import Story
from digest.settings import EndpointSettings, ModelSettings
from digest.summarize.llm.writer import WritingContext, WritingTask, write
from tests.modelserver import DROP, HANG, KEY, Asked, ModelServer, Reply, answer, failure, written
from tests.summarize.asking import Memory, one_after_another, ran
from tests.summarize.ferry import (
    FERRY,
    FERRY_STORY,
    GOOD,
    MOSS_STORY,
    NOW,
    article,
)

# --- it fails ---------------------------------------------------------------------------------------------------


@pytest.fixture
def without_pauses() -> Iterator[None]:
    stamina.set_testing(True, attempts=10, cap=True)
    yield
    stamina.set_testing(False)


@pytest.mark.usefixtures("without_pauses")
@pytest.mark.parametrize(
    "trouble",
    [failure(429, retry_after="0"), failure(500, retry_after="0"), failure(503, retry_after="0"), DROP],
    ids=["429", "500", "503", "hang-up"],
)
def test_what_passes_is_tried_again(trouble: Reply) -> None:
    run = ran(one_after_another(trouble, answer(*GOOD)))

    assert run.texts() == list(GOOD)
    assert (len(run.asked), run.account.used.requests) == (2, 2)


FAILURES = {
    "401": (failure(401), 1, "the server refused the key (401)", "Check LLM_API_KEY in .env."),
    "402": (failure(402), 1, "no credit is left (402)", "Add credit at your provider."),
    "403": (failure(403), 1, "the key may not use this model (403)", "Check what LLM_API_KEY may do, and LLM_MODEL."),
    "404": (failure(404, "model_not_found"), 1, "there is no such model or address (404, model_not_found)", "MODEL"),
    "no credit": (failure(429, "insufficient_quota"), 1, "no credit is left (429, insufficient_quota)", "Add credit"),
    "429": (failure(429, retry_after="0"), 3, "too many requests (429, 3 tries)", "Lower connections"),
    "500": (failure(500, retry_after="0"), 3, "the server failed (500, 3 tries)", "Run it again later"),
    "400": (failure(400), 1, "the server refused the question (400)", "Check LLM_MODEL"),
    "302": (
        Reply(status=302, headers={"location": "https://elsewhere.example/"}),
        1,
        "the server sends us elsewhere (302)",
        "LLM_BASE_URL",
    ),
    "a long wait": (failure(429, retry_after="9999"), 1, "too many requests (429, 1 try)", "Lower connections"),
}  # fmt: skip


@pytest.mark.parametrize(("reply", "requests", "reason", "hint"), FAILURES.values(), ids=FAILURES.keys())
def test_a_failure_is_told_with_the_next_step_and_never_with_the_key(
    reply: Reply, requests: int, reason: str, hint: str
) -> None:
    run = ran(reply)

    assert run.result.summaries == {}
    assert run.reasons == [reason]
    assert hint in run.hints[0]
    assert len(run.asked) == requests
    assert KEY not in repr(run.account)


def test_after_a_refused_key_nobody_is_asked_any_more() -> None:
    run = ran(failure(401), FERRY_STORY, MOSS_STORY)

    assert len(run.asked) == 1
    assert [(fallback.title, fallback.reason) for fallback in run.account.fallbacks] == [
        ("Ferry runs aground off Port Elsin", "the server refused the key (401)"),
        ("Moss wakes after forty years", "the server refused the key (401)"),
    ]


def test_after_three_failures_in_a_row_nobody_is_asked_any_more() -> None:
    stories = [
        Story(articles=(article(f"paper{number}", f"Ferry {number}", FERRY),), section="World", score=1.0)
        for number in range(6)
    ]
    run = ran(failure(500, retry_after="0"), *stories, attempts=1)

    assert len(run.asked) == 3
    assert len(run.reasons) == 6


def test_an_answer_that_never_comes_is_given_up() -> None:
    run = ran(HANG, answer_seconds=0.05)

    assert run.reasons == ["no answer within 0.05 seconds"]
    assert "answer_seconds" in run.hints[0]


def test_the_whole_run_has_a_deadline() -> None:
    run = ran(HANG, FERRY_STORY, MOSS_STORY, seconds=0.05)

    assert len(run.asked) <= 1
    assert run.reasons == ["out of time: all answers together took more than 0.05 seconds"] * 2


def test_an_answer_that_came_in_time_is_kept_when_the_time_is_up() -> None:
    moment = 0.0

    def slow(_: list[Asked]) -> Reply:
        nonlocal moment
        moment += 1000.0
        return answer(*GOOD)

    run = ran(slow, FERRY_STORY, MOSS_STORY, clock=lambda: moment)

    assert len(run.asked) == 1
    assert run.texts() == list(GOOD)
    assert run.reasons == ["out of time: all answers together took more than 300 seconds"]


def test_a_server_that_is_not_there_is_told() -> None:
    with ModelServer(lambda _: DROP) as server:
        url = server.url
    task = WritingTask(
        server=EndpointSettings(base_url=url, model="m"),
        settings=ModelSettings(writes=("summaries",), attempts=1),
        words=60,
        language="en",
        subject=False,
    )
    context = WritingContext(
        answers=Memory(), now=NOW, mark=lambda: "m", estimate=lambda _: None, progress=lambda *_: None
    )
    account = asyncio.run(write([FERRY_STORY], {}, task, context)).account

    assert account.fallbacks[0].reason == "the server can't be reached, or hung up (1 try)"
    assert "LLM_BASE_URL" in account.fallbacks[0].hint


def test_an_environment_that_no_connection_can_be_made_with_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "gopher://proxy.example")
    task = WritingTask(
        server=EndpointSettings(base_url="https://192.0.2.1/v1", model="m", api_key=KEY),
        settings=ModelSettings(writes=("summaries",)),
        words=60,
        language="en",
        subject=False,
    )
    context = WritingContext(
        answers=Memory(), now=NOW, mark=lambda: "m", estimate=lambda _: None, progress=lambda *_: None
    )
    account = asyncio.run(write([FERRY_STORY], {}, task, context)).account

    assert account.fallbacks[0].reason == "the connection can't be set up"
    assert "HTTPS_PROXY" in account.fallbacks[0].hint


def test_what_a_server_does_not_take_is_left_out_or_named_as_it_wants() -> None:
    def picky(asked: list[Asked]) -> Reply:
        body = asked[-1].body
        for name in ("max_tokens", "temperature", "response_format"):
            if name in body:
                error = {"error": {"message": f"Unsupported parameter: '{name}'.", "param": name, "code": None}}
                return Reply(status=400, body=json.dumps(error).encode())
        return answer(*GOOD)

    run = ran(picky, FERRY_STORY, MOSS_STORY)

    assert run.texts() == list(GOOD)
    assert run.asked[3].body["max_completion_tokens"] == 1000
    # What one question taught holds for the next.
    assert len(run.asked) == 5


# --- what it may cost -------------------------------------------------------------------------------------------


def test_what_will_be_asked_is_told_before_and_what_was_used_after() -> None:
    run = ran(answer(*GOOD), FERRY_STORY, MOSS_STORY, price_in=1.0, price_out=10.0)

    assert (run.estimate.questions, run.estimate.answered) == (2, 0)
    assert (run.estimate.model, run.estimate.host) == ("test-model", "127.0.0.1")
    assert run.estimate.tokens_out == 2000
    assert run.estimate.cost == pytest.approx((run.estimate.tokens_in + 20_000) / 1_000_000)
    used = run.account.used
    assert (used.requests, used.tokens_in, used.tokens_out, used.guessed) == (2, 200, 40, False)
    assert used.cost == pytest.approx(0.0006)


def test_where_the_server_does_not_count_we_do() -> None:
    used = ran(written(json.dumps({"sentences": GOOD}), usage=None)).account.used

    assert used.guessed
    assert used.tokens_in > 500
    assert used.tokens_out > 100


OVER = {
    "requests": ({"max_requests": 1}, "over budget: max_requests = 1"),
    "tokens": ({"max_tokens": 3000}, "over budget: max_tokens = 3000"),
    "money": ({"price_in": 1.0, "price_out": 10.0, "max_cost": 0.02}, "over budget: max_cost = 0.02"),
}


@pytest.mark.parametrize(("limits", "reason"), OVER.values(), ids=OVER.keys())
def test_what_is_over_the_limit_is_made_without_the_model(limits: dict[str, Any], reason: str) -> None:
    run = ran(answer(*GOOD, usage=(1000, 900)), FERRY_STORY, MOSS_STORY, **limits)

    assert len(run.asked) == 1
    assert run.texts() == list(GOOD)
    assert reason in run.reasons


def test_requests_that_are_tried_again_count() -> None:
    run = ran(failure(500, retry_after="0"), max_requests=2, attempts=3)

    assert len(run.asked) == 2
    assert run.reasons == ["over budget: max_requests = 2"]

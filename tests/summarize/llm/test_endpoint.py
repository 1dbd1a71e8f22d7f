"""When to try again, and how long to wait; the rest is tested with a real server in test_writer."""

from __future__ import annotations

from typing import Any

import httpx2
import openai
import pytest

from digest.summarize.llm.endpoint import explained, pause

REQUEST = httpx2.Request("POST", "https://api.example.com/v1/chat/completions")


def refused(status: int, body: Any = None, **headers: str) -> openai.APIStatusError:
    response = httpx2.Response(status, request=REQUEST, headers={k.replace("_", "-"): v for k, v in headers.items()})
    return openai.APIStatusError("sk-secret", response=response, body=body)


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503, 529])
def test_what_passes_is_tried_again(status: int) -> None:
    assert pause(refused(status), most=60) is True


@pytest.mark.parametrize("status", [302, 400, 401, 402, 403, 404, 413, 422])
def test_what_does_not_pass_is_not(status: int) -> None:
    assert pause(refused(status), most=60) is False


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry_after": "7"}, 7.0),
        ({"retry_after": "1.5"}, 1.5),
        ({"retry_after": "-3"}, 0.0),
        ({"retry_after": "Thu, 19 Feb 2026 06:00:20 GMT", "date": "Thu, 19 Feb 2026 06:00:00 GMT"}, 20.0),
        ({"retry_after": "61"}, False),
        ({"retry_after": "inf"}, False),
        ({"retry_after": "nan"}, True),
        ({"retry_after": "soon"}, True),
        ({"retry_after": "Thu, 19 Feb 2026 06:00:20 GMT"}, True),
    ],
)
def test_the_server_says_how_long_to_wait_and_nobody_waits_past_the_deadline(
    headers: dict[str, str], seconds: float | bool
) -> None:
    waited = pause(refused(429, **headers), most=60)
    assert (waited, type(waited)) == (seconds, type(seconds))


def test_a_broken_connection_is_tried_again() -> None:
    assert pause(openai.APIConnectionError(request=REQUEST), most=60) is True
    assert pause(openai.APITimeoutError(request=REQUEST), most=60) is True


def test_what_is_no_trouble_of_the_server_is_not_tried_again() -> None:
    assert pause(ValueError("a bug"), most=60) is False


@pytest.mark.parametrize("code", ["sk-secret", "invalid key sk-secret", "", None, 7, "x" * 99])
def test_a_code_that_is_no_code_is_not_repeated(code: Any) -> None:
    trouble = explained(refused(400, {"code": code, "message": "sk-secret"}), tries=3)
    assert trouble.reason == "the server refused the question (400)"


def test_a_code_is_told() -> None:
    assert explained(refused(400, {"code": "context_length_exceeded"}), tries=3).reason.endswith(
        "(400, context_length_exceeded)"
    )

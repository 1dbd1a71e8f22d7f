"""The door to a model: any server that speaks OpenAI's chat completions, through their own client.

Retries are ours (stamina), not the client's: each try counts against the budget, waits as long as Retry-After says, and
nobody waits for what comes after the deadline. Of a server's words nothing is repeated: some echo the key.
"""

from __future__ import annotations

import asyncio
import math
import re
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack, suppress
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any, cast

import httpx2
import openai
import stamina
from openai.types.chat import ChatCompletion

from digest.settings import EndpointSettings, ModelSettings
from digest.summarize.llm.budget import Budget, count_tokens, out_of_time
from digest.summarize.llm.results import AnswerError

# It would log each failure with the server's words, which some fill with the key.
stamina.instrumentation.set_on_retry_hooks(())

Messages = Sequence[Mapping[str, str]]

#: Seconds until a connection is there; a local model that is not running says so at once.
_CONNECT = 10.0
#: Seconds before the second try, and the longest pause where the server names none.
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 8.0
_HEADERS = {"accept", "accept-encoding", "connection", "content-length", "content-type", "host", "user-agent"}
#: Questions in a row that a server may fail before the others are spared it.
_FAILURES = 3
#: Parameters that not every server takes → what stands in when it refuses one.
_INSTEAD: Mapping[str, str] = {"max_tokens": "max_completion_tokens", "temperature": "", "response_format": ""}
#: What reading an answer raises that has another shape: the client takes whatever JSON it is given, and some is none.
_MISSHAPEN = (AttributeError, LookupError, TypeError, ValueError, RecursionError)
_NO_CREDIT = "insufficient_quota"
#: The codes of an error are short names; anything else may be somebody's secret.
_CODE = re.compile(r"[a-z_]{3,40}")

_LATER = "Run it again later: the answers that came are kept."
_FORM = "Check LLM_BASE_URL; it usually ends in /v1."
_SHORT = "Raise answer_tokens of [model]; a model that thinks needs more."
_SLOW = "Raise answer_seconds of [model], or use a faster model."

#: What a status means, what to do, and whether the next question would fare no better.
_LASTING: Mapping[int, tuple[str, str]] = {
    401: ("the server refused the key", "Check LLM_API_KEY in .env."),
    402: ("no credit is left", "Add credit at your provider."),
    403: ("the key may not use this model", "Check what LLM_API_KEY may do, and LLM_MODEL."),
    404: ("there is no such model or address", "Check LLM_MODEL, and LLM_BASE_URL, which usually ends in /v1."),
}


class Endpoint:
    """A server, for the questions of one run. Use it as an async context."""

    def __init__(self, server: EndpointSettings, settings: ModelSettings, budget: Budget) -> None:
        self._server = server
        self._settings = settings
        self._budget = budget
        self._open = AsyncExitStack()
        self._extras: dict[str, Any] = {
            "max_tokens": settings.answer_tokens,
            "temperature": 0,
            "response_format": {"type": "json_object"},
        }
        self._closed: AnswerError | None = None
        self._failures = 0

    async def __aenter__(self) -> Endpoint:
        try:
            self._client = await self._open.enter_async_context(self._new_client())
        except (ImportError, OSError, ValueError):
            hint = "Check HTTPS_PROXY, ALL_PROXY and SSL_CERT_FILE of the environment."
            self._closed = AnswerError("the connection can't be set up", hint=hint, lasting=True)
        return self

    def _new_client(self) -> openai.AsyncOpenAI:
        # No redirects: they could lead what is asked, and the key, elsewhere. A proxy has no business between this
        # program and a model on the same machine.
        http = httpx2.AsyncClient(
            follow_redirects=False,
            trust_env=not self._server.is_local,
            # How long an answer may take is the deadline's business, which all tries share.
            timeout=httpx2.Timeout(None, connect=_CONNECT),
            event_hooks={"request": [self._send_ours]},
        )
        return openai.AsyncOpenAI(base_url=self._server.base_url, api_key="none", max_retries=0, http_client=http)

    async def _send_ours(self, request: httpx2.Request) -> None:
        """Leave of a request's headers what it needs, and put the key in.

        The client adds what it finds in OPENAI_* variables, which is meant for OpenAI's own servers, and what it knows
        of this machine.
        """
        for name in set(request.headers) - _HEADERS:
            del request.headers[name]
        if key := self._server.api_key.get_secret_value():
            request.headers["authorization"] = f"Bearer {key}"

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._open.aclose()

    async def ask(self, messages: Messages) -> str:
        """The answer to one question. Raises AnswerError where there is none."""
        if self._closed:
            raise self._closed
        try:
            answer = await self._in_time(messages)
        except AnswerError as trouble:
            self._failures += trouble.passing
            if trouble.lasting or self._failures >= _FAILURES:
                self._closed = trouble
            raise
        self._failures = 0
        return answer

    async def _in_time(self, messages: Messages) -> str:
        left = self._budget.seconds_left
        if left <= 0:
            raise out_of_time(self._settings)
        limit = min(self._settings.answer_seconds, left)
        try:
            async with asyncio.timeout(limit):
                return await self._answer_with_retries(messages, limit)
        except TimeoutError:
            if limit == left:
                raise out_of_time(self._settings) from None
            raise AnswerError(f"no answer within {limit:g} seconds", hint=_SLOW, passing=True) from None

    async def _answer_with_retries(self, messages: Messages, limit: float) -> str:
        tries = stamina.retry_context(
            on=lambda error: pause(error, most=limit),
            attempts=self._settings.attempts,
            timeout=None,
            wait_initial=_FIRST_PAUSE,
            wait_max=_LONGEST_PAUSE,
        )
        count = 0
        try:
            async for attempt in tries:
                count = attempt.num
                with attempt:
                    return _text(await self._completion(messages))
        except openai.OpenAIError as error:
            raise explained(error, tries=count) from None
        except _MISSHAPEN:
            raise AnswerError("the answer is not in the form of a chat", hint=_FORM) from None
        raise AssertionError("the last attempt answers or raises")  # pragma: no cover

    async def _completion(self, messages: Messages) -> ChatCompletion:
        """One try; where the server refuses a parameter, another without it."""
        while True:
            sent = dict(self._extras)
            try:
                return await self._requested_completion(messages, sent)
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                refused = next((name for name in _INSTEAD if name in sent and _names(error, name)), None)
                if refused is None:
                    raise
                self._drop(refused)

    def _drop(self, name: str) -> None:
        value = self._extras.pop(name, None)
        if value is not None and _INSTEAD[name]:
            self._extras[_INSTEAD[name]] = value

    async def _requested_completion(self, messages: Messages, extras: Mapping[str, Any]) -> ChatCompletion:
        reservation = self._budget.reserve(sum(count_tokens(message["content"]) for message in messages))
        try:
            completion: ChatCompletion = await self._client.chat.completions.create(
                model=self._server.model, messages=cast("Any", messages), **extras
            )
        except openai.APIStatusError:
            # Refused before it was read: nobody bills that.
            self._budget.release(reservation)
            raise
        except BaseException:
            self._budget.settle(reservation)
            raise
        usage = getattr(completion, "usage", None)
        self._budget.settle(
            reservation,
            tokens_in=_token_count(usage, "prompt_tokens"),
            tokens_out=_token_count(usage, "completion_tokens") or count_tokens(str(completion)),
        )
        return completion


def _token_count(usage: object, name: str) -> int | None:
    """What the server says it took; None where it says nothing that can be."""
    count = getattr(usage, name, None)
    return count if isinstance(count, int) and count > 0 else None


def _text(completion: ChatCompletion) -> str:
    """What the model wrote. Raises AnswerError where that is nothing, or not all of it."""
    choice = completion.choices[0]
    if getattr(choice.message, "refusal", None) or choice.finish_reason == "content_filter":
        raise AnswerError("the model refused to answer")
    if choice.finish_reason == "length":
        raise AnswerError("the answer was cut off", hint=_SHORT)
    if not isinstance(choice.message.content, str) or not choice.message.content.strip():
        raise AnswerError("the answer is empty", hint=_SHORT)
    return choice.message.content


def pause(error: Exception, *, most: float) -> bool | float:
    """Whether to try again, and after how many seconds where the server names them."""
    if isinstance(error, openai.APIStatusError):
        passing = error.status_code in {408, 409, 429} or error.status_code >= 500
        if not passing or _code(error) == _NO_CREDIT:
            return False
        headers = error.response.headers
        asked = _retry_after(headers.get("retry-after", ""), headers.get("date", ""))
        if asked is None:
            return True
        return asked if asked <= most else False
    return isinstance(error, openai.APIConnectionError)


def _retry_after(value: str, now: str) -> float | None:
    """Seconds, or a date to be read by the server's own clock (RFC 9110, 10.2.3)."""
    with suppress(ValueError):
        seconds = float(value)
        return None if math.isnan(seconds) else max(0.0, seconds)
    try:
        return max(0.0, (parsedate_to_datetime(value) - parsedate_to_datetime(now)).total_seconds())
    except (TypeError, ValueError):
        return None


def explained(error: openai.OpenAIError, *, tries: int) -> AnswerError:
    """What went wrong, and the next step, in our own words."""
    if isinstance(error, openai.APIStatusError):
        return _status(error.status_code, _code(error), tries)
    if isinstance(error, openai.APIConnectionError):
        hint = "Check LLM_BASE_URL and the network; a local model must be running."
        return AnswerError(f"the server can't be reached, or hung up ({_after_tries(tries)})", hint=hint, passing=True)
    return AnswerError("the answer is not in the form of a chat", hint=_FORM)


def _status(status: int, code: str, tries: int) -> AnswerError:
    shown = f"{status}, {code}" if code else str(status)
    lasting = _LASTING.get(402 if code == _NO_CREDIT else status)
    if lasting:
        return AnswerError(f"{lasting[0]} ({shown})", hint=lasting[1], lasting=True)
    if status == 429:
        hint = f"Lower connections of [model]. {_LATER}"
        return AnswerError(f"too many requests ({shown}, {_after_tries(tries)})", hint=hint, passing=True)
    if status >= 500:
        return AnswerError(f"the server failed ({shown}, {_after_tries(tries)})", hint=_LATER, passing=True)
    if status < 400:
        hint = "Write the address that it leads to into LLM_BASE_URL."
        return AnswerError(f"the server sends us elsewhere ({shown})", hint=hint, lasting=True)
    hint = "Check LLM_MODEL and LLM_BASE_URL."
    return AnswerError(f"the server refused the question ({shown})", hint=hint, passing=True)


def _after_tries(tries: int) -> str:
    return "1 try" if tries == 1 else f"{tries} tries"


def _code(error: openai.APIStatusError) -> str:
    code = error.code or ""
    return code if _CODE.fullmatch(code) else ""


def _names(error: openai.APIStatusError, parameter: str) -> bool:
    return parameter in f"{error.message} {error.body}"

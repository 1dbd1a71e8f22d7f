"""A run of the writer against a server that a test scripts, and what came of it."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

from digest.model import Story
from digest.settings import EndpointSettings, ModelSettings
from digest.summarize.extractive import summarize
from digest.summarize.llm.results import Estimate, WrittenTexts
from digest.summarize.llm.writer import WritingContext, WritingTask, write
from tests.modelserver import KEY, Asked, ModelServer, Reply
from tests.summarize.ferry import (
    FERRY_STORY,
    NOW,
)


class Memory:
    """Remembers answers for as long as a test."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def recall(self, key: str) -> str | None:
        return self.kept.get(key)

    def remember(self, key: str, answer: str, *, now: datetime) -> None:
        self.kept[key] = answer


Script = Callable[[list[Asked]], Reply]


class Run:
    """What one run wrote, what it was told, and what the server was asked."""

    def __init__(self, server: ModelServer, result: WrittenTexts, estimates: list[Estimate]) -> None:
        self.asked = server.asked
        self.most_at_once = server.most_at_once
        self.result = result
        self.account = result.account
        [self.estimate] = estimates

    def texts(self, story: Story = FERRY_STORY) -> list[str]:
        """The model's sentences on a story; none where its extractive summary stands."""
        summary = self.result.summaries.get(story.id)
        return [sentence.text for sentence in summary.sentences] if summary else []

    @property
    def reasons(self) -> list[str]:
        return [fallback.reason for fallback in self.account.fallbacks]

    @property
    def hints(self) -> list[str]:
        return [fallback.hint for fallback in self.account.fallbacks]

    @property
    def left_out(self) -> list[str]:
        return [left.reason for left in self.account.left_out]


def one_after_another(*replies: Reply) -> Script:
    return lambda asked: replies[min(len(asked), len(replies)) - 1]


def ran(
    script: Script | Reply,
    *stories: Story,
    memory: Memory | None = None,
    writes: tuple[str, ...] = ("summaries",),
    words: int = 60,
    language: str = "en",
    clock: Callable[[], float] | None = None,
    **settings: Any,
) -> Run:
    """Have a server of this script write the texts of these stories; the ferry's summary where none are given."""
    stories = stories or (FERRY_STORY,)
    estimates: list[Estimate] = []
    with ModelServer(script if callable(script) else lambda _: script) as server:
        task = WritingTask(
            server=EndpointSettings(base_url=server.url, model="test-model", api_key=KEY),
            settings=ModelSettings(writes=writes, **{"connections": 1, **settings}),
            words=words,
            language=language,
            subject=True,
        )
        context = WritingContext(
            answers=memory or Memory(),
            now=NOW,
            mark=lambda: secrets.token_hex(8),
            estimate=estimates.append,
            progress=lambda done, total: None,
            **({"clock": clock} if clock else {}),
        )
        summaries = {story.id: summarize(story, words=words) for story in stories}
        return Run(server, asyncio.run(write(stories, summaries, task, context)), estimates)

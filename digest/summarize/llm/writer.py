"""A model's summaries, section introductions and subject line, each only where it can be trusted.

The extractive summaries are made before and stand wherever there is no better text: for want of an answer, of money or
of time, or because an answer says what no source says. Nothing here ends a run.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from digest.languages.patterns import is_spaceless
from digest.model import Sentence, Story, Summary
from digest.settings import EndpointSettings, ModelSettings
from digest.summarize.facts.source_text import SourceText
from digest.summarize.llm.budget import Budget, count_tokens
from digest.summarize.llm.material import language_of, printed_source, sources_of
from digest.summarize.llm.prompt import Question, key, messages
from digest.summarize.llm.results import (
    AnswerError,
    Estimate,
    Fallback,
    LeftOutSentence,
    Usage,
    WritingReport,
    WrittenTexts,
)
from digest.summarize.llm.sifting import Sifted, read_answer, sift
from digest.text.headlines import clean_headline
from digest.text.length import count_words

#: Words of an introduction to a section, and of a subject.
_INTRODUCTION, _SUBJECT = 35, 9
#: Stories that a subject may be about, and an introduction.
_TOP, _SECTION = 4, 8
#: A story of which there is not this much more to read than its summary may hold has nothing to be summarized.
_WORTH = 1.3


class Answers(Protocol):
    """Remembers answers by what was asked."""

    def recall(self, key: str) -> str | None: ...

    def remember(self, key: str, answer: str, *, now: datetime) -> None: ...


class LanguageModel(Protocol):
    """Answers a question; raises AnswerError."""

    async def ask(self, messages: Sequence[Mapping[str, str]]) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class WritingTask:
    """What is to be written, and by whom."""

    server: EndpointSettings
    settings: ModelSettings
    #: Of a summary, at most.
    words: int
    #: The newsletter's language.
    language: str
    #: Whether the subject has a place for it.
    subject: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WritingContext:
    """What a writer works with; time and chance come from outside."""

    answers: Answers
    now: datetime
    #: Letters and digits that nobody can guess, new at each call.
    mark: Callable[[], str]
    #: Told what is about to be asked, before it is.
    estimate: Callable[[Estimate], None]
    #: Told how many questions are done, of how many.
    progress: Callable[[int, int], None]
    #: Seconds that only go forward.
    clock: Callable[[], float] = time.monotonic


async def write(
    stories: Sequence[Story], summaries: Mapping[str, Summary], task: WritingTask, context: WritingContext
) -> WrittenTexts:
    """Have a model write an issue's texts.

    Args:
        stories: best first.
        summaries: the extractive ones by the story's id; what introduces a section is held to what is printed there.
    """
    # The client takes 0.3 s to import, and most newsletters have no model.
    from digest.summarize.llm.endpoint import Endpoint  # noqa: PLC0415 - openai takes 0.3 s; few have a model write

    budget = Budget(task.settings, clock=context.clock)
    questions = dict(_of_stories(stories, task))
    async with Endpoint(task.server, task.settings, budget) as endpoint:
        writer = _Writer(endpoint, task, context)
        # Earlier answers first: what they give is part of what is asked about sections and subject.
        known = {name: question for name, question in questions.items() if _has_answer(question, task, context)}
        better = _summaries(await writer.answer_all(known))
        new = {name: question for name, question in questions.items() if name not in known}
        ahead = [*new.values(), *_of_issue(stories, {**summaries, **better}, task).values()]
        context.estimate(_estimate(ahead, len(known), task, context, budget))
        better |= _summaries(await writer.answer_all(new))
        framed = await writer.answer_all(_of_issue(stories, {**summaries, **better}, task))
    subject = framed.pop("", ())
    return WrittenTexts(
        summaries=better,
        introductions={title: _joined_text(sentences, task.language) for title, sentences in framed.items()},
        subject=_joined_text(subject, task.language),
        account=writer.account(budget.used()),
    )


# --- what is asked ----------------------------------------------------------------------------------------------


def _of_stories(stories: Sequence[Story], task: WritingTask) -> Iterator[tuple[str, Question]]:
    """A question for each story that there is something to summarize of."""
    if "summaries" not in task.settings.writes:
        return
    for story in stories:
        sources = sources_of(story)
        if sum(count_words(source.text) for source in sources) >= task.words * _WORTH:
            yield (
                story.id,
                Question(
                    kind="summary",
                    title=_headline(story),
                    sources=sources,
                    language=language_of(story),
                    words=task.words,
                ),
            )


def _of_issue(stories: Sequence[Story], summaries: Mapping[str, Summary], task: WritingTask) -> dict[str, Question]:
    """A question for each section with several stories by its title, and one for the subject by ""."""
    native = [story for story in stories if language_of(story) == task.language]
    questions: dict[str, Question] = {}
    if "introductions" in task.settings.writes:
        sections = dict.fromkeys(story.section for story in stories)
        for title in sections:
            held = [story for story in native if story.section == title][:_SECTION]
            if len(held) > 1:
                questions[title] = _framing("introduction", title, held, summaries, task)
    # The subject is about the first story: one in another language leads it as it is.
    if task.subject and "subject" in task.settings.writes and native[:1] == list(stories[:1]):
        questions[""] = _framing("subject", "the issue", native[:_TOP], summaries, task)
    return questions


def _framing(
    kind: Literal["introduction", "subject"],
    title: str,
    stories: Sequence[Story],
    summaries: Mapping[str, Summary],
    task: WritingTask,
) -> Question:
    return Question(
        kind=kind,
        title=title,
        sources=tuple(_printed_story(story, summaries.get(story.id), task.language) for story in stories),
        language=task.language,
        words=_INTRODUCTION if kind == "introduction" else _SUBJECT,
    )


def _printed_story(story: Story, summary: Summary | None, language: str) -> SourceText:
    sentences = [sentence.text for sentence in summary.sentences] if summary else []
    return printed_source([_headline(story), *sentences], language=language, article=story.id)


def _headline(story: Story) -> str:
    lead = story.lead
    return clean_headline(lead.title, publisher=lead.publisher, text=lead.text, language=lead.language or "en")


def _estimate(
    questions: Sequence[Question], answered: int, task: WritingTask, context: WritingContext, budget: Budget
) -> Estimate:
    new = [question for question in questions if not _has_answer(question, task, context)]
    tokens_in = sum(count_tokens(message["content"]) for one in new for message in messages(one, mark="0" * 16))
    tokens_out = len(new) * task.settings.answer_tokens
    return Estimate(
        model=task.server.model,
        host=task.server.host,
        questions=len(new),
        answered=answered + len(questions) - len(new),
        tokens_in=tokens_in,
        tokens_out=tokens_out,
        cost=budget.cost(tokens_in, tokens_out),
    )


def _has_answer(question: Question, task: WritingTask, context: WritingContext) -> bool:
    return context.answers.recall(_key(question, task)) is not None


def _summaries(kept: Mapping[str, tuple[Sentence, ...]]) -> dict[str, Summary]:
    return {story: Summary(story=story, sentences=sentences) for story, sentences in kept.items()}


def _key(question: Question, task: WritingTask) -> str:
    return key(question, base_url=task.server.base_url, model=task.server.model)


def _joined_text(sentences: Sequence[Sentence], language: str) -> str:
    return ("" if is_spaceless(language) else " ").join(sentence.text for sentence in sentences)


# --- asking -----------------------------------------------------------------------------------------------------


class _Writer:
    """Asks questions, a few at a time, and keeps account of what became of them."""

    def __init__(self, endpoint: LanguageModel, task: WritingTask, context: WritingContext) -> None:
        self._endpoint = endpoint
        self._task = task
        self._context = context
        self._free = asyncio.Semaphore(task.settings.connections)
        self._done = 0
        self.asked = 0
        self.fallbacks: list[Fallback] = []
        self.left_out: list[LeftOutSentence] = []

    def account(self, used: Usage) -> WritingReport:
        return WritingReport(
            asked=self.asked, fallbacks=tuple(self.fallbacks), left_out=tuple(self.left_out), used=used
        )

    async def answer_all(self, questions: Mapping[str, Question]) -> dict[str, tuple[Sentence, ...]]:
        """The sentences of those questions that have a good answer, by the same names."""
        self.asked += len(questions)
        answers = await asyncio.gather(*(self._sentences(question) for question in questions.values()))
        return {name: answer for name, answer in zip(questions, answers, strict=True) if answer}

    async def _sentences(self, question: Question) -> tuple[Sentence, ...]:
        async with self._free:
            try:
                sifted = await self._ask_and_sift(question)
            except AnswerError as trouble:
                self._fall_back(question, trouble)
                return ()
            finally:
                self._done += 1
                self._context.progress(self._done, self.asked)
        self.left_out += [
            LeftOutSentence(kind=question.kind, title=question.title, sentence=text, reason=why)
            for text, why in sifted.dropped
        ]
        return sifted.kept

    async def _ask_and_sift(self, question: Question) -> Sifted:
        name = _key(question, self._task)
        known = self._context.answers.recall(name)
        if known is not None:
            return sift(question, read_answer(known))
        answer = await self._endpoint.ask(messages(question, mark=self._context.mark()))
        texts = read_answer(answer)
        # What has the right form is remembered, whatever is left of it: asking again would only cost again.
        self._context.answers.remember(name, answer, now=self._context.now)
        return sift(question, texts)

    def _fall_back(self, question: Question, trouble: AnswerError) -> None:
        self.fallbacks.append(
            Fallback(kind=question.kind, title=question.title, reason=trouble.reason, hint=trouble.hint)
        )

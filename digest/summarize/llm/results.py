"""What comes of having a model write an issue's texts: the texts, what they cost, what was left out and why.

An answer that is not there or can't be used is an entry of the report, never the end of a run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from digest.model import Summary

Kind = Literal["summary", "introduction", "subject"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What is about to be asked, told before it is."""

    #: The model's name, and the host that it is asked at.
    model: str
    host: str
    #: Questions that will be asked; sections and subject are counted as far as they are known.
    questions: int
    #: Questions that earlier runs have the answers to.
    answered: int
    #: Tokens of the questions, about; and of the answers, at most.
    tokens_in: int
    tokens_out: int
    #: At most, by the owner's prices; None where there are none.
    cost: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What was really used."""

    #: Requests that were sent, those that were tried again among them.
    requests: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = 0.0
    cost: float | None = None
    #: The server did not count for some of them: their tokens are our estimate.
    guessed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fallback:
    """A text that is not the model's, and why."""

    kind: Kind
    #: The headline, or the section's title.
    title: str
    reason: str
    #: The next step; "" where there is none to take.
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOutSentence:
    """A sentence of the model's that is not printed, and why."""

    kind: Kind
    title: str
    sentence: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WritingReport:
    """What became of all that a model was asked for."""

    #: Texts asked for.
    asked: int = 0
    fallbacks: tuple[Fallback, ...] = ()
    left_out: tuple[LeftOutSentence, ...] = ()
    used: Usage = Usage()


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenTexts:
    """The model's texts that are good enough to print, and an account of the others."""

    #: By the story's id.
    summaries: Mapping[str, Summary] = field(default_factory=dict)
    #: By the section's title.
    introductions: Mapping[str, str] = field(default_factory=dict)
    #: What leads the subject in place of the top headline; "" where there is none.
    subject: str = ""
    account: WritingReport = WritingReport()


class AnswerError(Exception):
    """One question got no answer that can be used.

    Args:
        reason: what happened, in a few words; never what a server wrote, which may hold the key.
        hint: the next step.
        lasting: the next question would fare no better.
        passing: the server or the way to it failed; after a few of these in a row nobody asks any more.
    """

    def __init__(self, reason: str, *, hint: str = "", lasting: bool = False, passing: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.hint = hint
        self.lasting = lasting
        self.passing = passing

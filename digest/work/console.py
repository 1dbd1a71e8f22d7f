"""How the work of a command reaches a person: what they are told and asked, and that they want it to end.

What is told are values, so that who shows them needs to know nothing of the work. The command line has the real one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from digest.errors import DigestError
from digest.model import Edition, Finding, Outcome, Plan, Progress, Report, Steps
from digest.work.schedule import Step

if TYPE_CHECKING:
    # Only named here; most commands need none of what they import.
    from digest.deliver.pacing.forecast import Forecast
    from digest.pipeline import Made
    from digest.summarize.llm.results import Estimate

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused:
    """A person paused an issue: no run goes on with it until they say so."""

    issue: str
    #: By the newsletter's clock.
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimated:
    """What a language model is about to be asked."""

    estimate: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """Sources were read and stories picked."""

    made: Made


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionsFull:
    """Sections that were too small for what belonged into them, a sentence each."""

    sentences: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A draft became an edition; in its folder, or only to look at."""

    edition: Edition
    findings: Sequence[Finding]
    #: Where it was written; None where it was not.
    folder: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAgain:
    """There is no news for a next issue, so the last one is shown as it went out."""

    issue: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """Who gets an issue is on record, or would be."""

    plan: Plan
    list: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """A delivery that is about to begin: where it goes, and how long limits and quiet hours make it take."""

    issue: str
    #: "by mail.example.org".
    destination: str
    by_mail: bool
    forecast: Forecast
    #: Whether quiet hours are set.
    quiet: bool
    now: Callable[[], datetime]
    #: A time by the newsletter's clock, which may be changed until then.
    local: Callable[[datetime], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class NobodyLeft:
    """Everybody has been tried; what became of it is still to be written down."""

    issue: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailedNow:
    """An issue that was only written into a folder so far."""

    issue: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """What became of a delivery."""

    report: Report
    #: By the newsletter's clock.
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """An issue that can't be gone on with; it keeps no other from being sent."""

    error: DigestError


@dataclass(frozen=True, slots=True, kw_only=True)
class NothingToDo:
    """This period's issue was sent."""

    step: Step
    #: Whether that is said after something else that a run would do.
    besides: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NothingBegun:
    """No run was interrupted, and nobody waits for another try."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WouldGoOn:
    """A rehearsed run would go on with an issue."""

    issue: str
    lists: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class WouldSend:
    """A rehearsed run would send an issue to so many people."""

    ahead: Ahead
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What a run that was stopped leaves to the next one, besides the issue that it was stopped in."""

    issues: Sequence[str]
    due: Step | None


Event = (
    Paused
    | Estimated
    | Collected
    | SectionsFull
    | Rendered
    | ShownAgain
    | Planned
    | Ahead
    | NobodyLeft
    | MailedNow
    | Ended
    | Waits
    | NothingToDo
    | NothingBegun
    | WouldGoOn
    | WouldSend
    | Left
)


class Console(Protocol):
    """Where a person reads what a command does, and may answer or stop it."""

    @property
    def stopped(self) -> bool:
        """Whether somebody wants the command to end: nothing new may begin."""

    def tell(self, event: Event) -> None: ...

    def confirm_sending(self, list_name: str, ahead: Callable[[], Ahead], plan: Callable[[], Plan]) -> None:
        """Ask whether an issue may go out, where somebody is there to be asked; a no ends the command.

        Args:
            ahead, plan: made only for a question, since both read the whole list.
        """

    def agrees_to_resend(self, issue: str, doubtful: Sequence[Outcome], now: datetime) -> bool:
        """Whether people of whom nobody knows whether they got an issue are to be sent it again.

        Args:
            now: by the newsletter's clock.
        """

    @property
    def asking(self) -> Progress:
        """Shows how far a language model has been asked."""

    def steps(self) -> AbstractContextManager[Steps]:
        """Shows how far the steps of a long piece of work are."""

    def sending(self, ahead: Ahead) -> AbstractContextManager[Progress]:
        """Shows how far a delivery is, and how long it still takes."""

    def until_stopped(self, work: Callable[[asyncio.Event], Awaitable[T]]) -> T:
        """Run a piece of work that ends early, and cleanly, once its event is set: when somebody stops the command."""

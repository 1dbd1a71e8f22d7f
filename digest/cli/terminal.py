"""What the user sees: lines, errors, progress. Nothing that a feed or a CSV cell holds can steer the terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, tzinfo
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import typer

from digest.errors import DigestError

if TYPE_CHECKING:
    from digest.model import Progress

#: Plain progress lines (under cron, in a log) come at most this often, in seconds.
_PLAIN_EVERY = 10.0


Item = TypeVar("Item")


#: How many are done and how many a second → seconds until the last one; None where nobody can tell.
Left = Callable[[int, float], float | None]


def printable(text: str) -> str:
    """The text without control characters: a title must not move the cursor or colour the screen."""
    return "".join(c if c.isprintable() or c in "\n\t" else "\N{REPLACEMENT CHARACTER}" for c in text)


def say(text: str = "") -> None:
    typer.echo(printable(text))


def warn(text: str) -> None:
    typer.echo(printable(text), err=True)


def report_error(error: DigestError) -> None:
    for line in error.message.splitlines():
        warn(f"digest: {line}")
    if error.hint:
        warn(f"        {error.hint}")


def listed(items: list[str], *, most: int, indent: str = "  ") -> None:
    """Say at most so many of the lines, and how many were left out."""
    for item in items[:most]:
        say(f"{indent}{item}")
    if len(items) > most:
        say(f"{indent}... and {len(items) - most} more")


def alike(items: Iterable[Item], *, kind: Callable[[Item], str]) -> dict[str, list[Item]]:
    """What is told together: the items of one kind, in the order of the first of each."""
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(kind(item), []).append(item)
    return groups


def reply(words: str, *, code: int | None, retry_at: datetime | None, zone: tzinfo | None) -> str:
    """A server's reply, with its code once, and when the next try is due, in the newsletter's zone."""
    # The server's own words begin with its code.
    told = words if words.startswith(str(code)) else f"{code or ''} {words}".strip()
    return f"{told} (not before {retry_at.astimezone(zone):%H:%M %Z, %d %b})" if retry_at else told


@contextmanager
def progress(label: str, *, left: Left | None = None) -> Iterator[Progress]:
    """Show how far a piece of work is: a bar on a terminal, a line now and then elsewhere, on stderr.

    Args:
        left: knows better when it will end than its rate so far tells.
    """
    with steps(left=left) as step:
        yield step(label)


@contextmanager
def steps(*, left: Left | None = None) -> Iterator[Callable[[str], Progress]]:
    """The same for work of several steps: called with the name of each as it begins."""
    if sys.stderr.isatty():
        with _bars(left) as bar:
            yield bar
    else:
        yield partial(plain_progress, left=left)


@contextmanager
def _bars(left: Left | None) -> Iterator[Callable[[str], Progress]]:
    from rich.console import Console  # noqa: PLC0415 - 60 ms that `--help` must not pay
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn  # noqa: PLC0415 - `--help` must not wait for it
    from rich.progress import Progress as Bars  # noqa: PLC0415 - `--help` must not wait for it

    ends = TextColumn("{task.fields[ends]}") if left else TimeRemainingColumn()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), ends)
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:

        def bar(label: str) -> Progress:
            task, started = bars.add_task(label, total=None, ends=""), time.monotonic()

            def update(done: int, total: int, note: str = "", /) -> None:
                rate = done / max(time.monotonic() - started, 0.001)
                ends = f"{rate:,.0f} a second, {span(left(done, rate))} left" if left else ""
                bars.update(task, completed=done, total=total, ends=printable(f"{ends}; {note}" if note else ends))

            return update

        yield bar


def span(seconds: float | None) -> str:
    """ "40 s", "12 min", "3 h", "5 days"; as rough as a forecast is."""
    if seconds is None:
        return "more than a year"
    for unit, length in (("days", 86400), ("h", 3600), ("min", 60)):
        if seconds >= 1.5 * length:
            return f"{round(seconds / length)} {unit}"
    return f"{seconds:.0f} s"


def plain_progress(label: str, *, left: Left | None = None) -> Progress:
    """A line now and then."""
    started = last = time.monotonic()

    def update(done: int, total: int, note: str = "", /) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _PLAIN_EVERY and done < total:
            last = now
            rate = done / (now - started)
            seconds = left(done, rate) if left else (total - done) / rate if rate else 0
            told = f"{label}: {done} of {total}, {rate:.0f} a second, about {span(seconds)} left"
            warn(f"{told}; {note}" if note else told)

    return update

"""What the user is told of a language model: what it will be asked, what it took, and what it did not do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.cli.terminal import say
from digest.text.plural import number

if TYPE_CHECKING:
    from digest.summarize.llm.results import Estimate, Fallback, Usage, WritingReport


def tell_estimate(estimate: Estimate) -> None:
    """Say what is about to be spent, before it is."""
    if not estimate.questions:
        say(f"Asking {estimate.model} nothing: {_known(estimate.answered)}.")
        return
    known = f"; {_known(estimate.answered)}" if estimate.answered else ""
    say(
        f"Asking {estimate.model} at {estimate.host}: {number(estimate.questions, 'question')}, about "
        f"{number(estimate.tokens_in, 'token')}, answers of at most {number(estimate.tokens_out, 'token')}"
        f"{_money(estimate.cost, ', at most')}{known}."
    )


def _known(count: int) -> str:
    return f"{number(count, 'answer')} from earlier runs"


def tell_account(account: WritingReport) -> None:
    """Say what the model wrote and what it took, and of each text that it didn't write why, and what to do."""
    done = account.asked - len(account.fallbacks)
    end = ". The others are made without it:" if account.fallbacks else "."
    say(f"The model wrote {done} of {number(account.asked, 'text')}{end}")
    for fallback in account.fallbacks:
        say(f"  {_named(fallback)}: {fallback.reason}")
    for hint in dict.fromkeys(fallback.hint for fallback in account.fallbacks if fallback.hint):
        say(f"    {hint}")
    if account.left_out:
        say(f"  Left out of its texts: {number(len(account.left_out), 'sentence')}; see writing.json.")
    if account.used.requests:
        say(_used(account.used))


def _named(fallback: Fallback) -> str:
    return "subject" if fallback.kind == "subject" else f'{fallback.kind} of "{fallback.title}"'


def _used(used: Usage) -> str:
    guessed = ", partly by our own count" if used.guessed else ""
    return (
        f"It took {number(used.requests, 'request')}, {number(used.tokens_in, 'token')} for questions and "
        f"{used.tokens_out:,} for answers{guessed}, in {number(round(used.seconds), 'second')}{_money(used.cost, ',')}."
    )


def _money(cost: float | None, words: str) -> str:
    return "" if cost is None else f"{words} {cost:.4f} by your prices"

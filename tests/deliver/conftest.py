"""An edition to send, and a ledger to send it from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from digest.deliver.messages.template import MessageTemplate, message_template
from digest.model import Edition, Placeholders, Recipient, Subscriber
from digest.settings import NewsletterSettings
from digest.store.database import open_database, sqlite_url
from digest.store.ledger import Ledger

NOW = datetime(2026, 2, 19, 6, 0, tzinfo=UTC)
ISSUE = "0001-2026-02-19"
PLACEHOLDERS = Placeholders(greeting="GREETx1x", email="EMAILx1x", unsubscribe_url="UNSUBx1x")
NEWSLETTER = NewsletterSettings(title="The Weekly Signal", sender="The Weekly Signal <news@example.org>")


@pytest.fixture
def edition() -> Edition:
    return Edition(
        issue=ISSUE,
        subject="Grüße: what happened this week",
        html='<p>GREETx1x</p><p>Written to EMAILx1x.</p><p><a href="UNSUBx1x">Unsubscribe</a></p>',
        text="GREETx1x\n\nWritten to EMAILx1x.\n\nUnsubscribe: UNSUBx1x\n",
        placeholders=PLACEHOLDERS,
    )


def unsubscribe_url(recipient: Recipient) -> str:
    return f"https://example.org/u/{recipient.key.encode().hex()}"


@pytest.fixture
def template(edition: Edition) -> MessageTemplate:
    return message_template(edition, newsletter=NEWSLETTER, date=NOW, secret=b"s" * 32, unsubscribe_url=unsubscribe_url)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(sqlite_url(tmp_path / "digest.db"))
    yield engine
    engine.dispose()


@pytest.fixture
def ledger(engine: Engine) -> Ledger:
    return Ledger(engine, run="test")


@pytest.fixture
def planned(ledger: Ledger) -> Callable[..., Ledger]:
    """Plans an issue for the names given, each of them at example.org."""

    def plan(*names: str) -> Ledger:
        people = ((f"{name}@example.org", Subscriber(email=f"{name}@example.org", name=name)) for name in names)
        ledger.freeze(ISSUE, people)
        return ledger

    return plan

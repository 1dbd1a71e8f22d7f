"""A run in a process of its own, for a test to kill: `python sending.py DATABASE PORT MESSAGES-A-SECOND`."""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from digest.deliver.loop.sender import deliver
from digest.deliver.messages.template import MessageTemplate, message_template
from digest.deliver.wire.smtp import SmtpTransport
from digest.model import Edition, Placeholders, Recipient
from digest.settings import NewsletterSettings, SendSettings
from digest.settings.mail import SmtpSettings
from digest.store.database import open_database, sqlite_url
from digest.store.journal import Journal, this_boot
from digest.store.ledger import Ledger
from digest.store.lock import project_lock

ISSUE = "0001-2026-02-19"
CONNECTIONS = 4
PLACEHOLDERS = Placeholders(greeting="GREETx1x", email="EMAILx1x", unsubscribe_url="UNSUBx1x")


def template() -> MessageTemplate:
    story = "<h2>What happened</h2>\n<p>A paragraph of some words, as every story has one.</p>\n" * 20
    edition = Edition(
        issue=ISSUE,
        subject="Grüße: what happened this week",
        html=f'<p>GREETx1x</p>{story}<p><a href="UNSUBx1x">Unsubscribe EMAILx1x</a></p>',
        text="GREETx1x\n\nWhat happened.\n\nUnsubscribe EMAILx1x: UNSUBx1x\n",
        placeholders=PLACEHOLDERS,
    )
    return message_template(
        edition,
        newsletter=NewsletterSettings(title="The Weekly Signal", sender="The Weekly Signal <news@example.org>"),
        date=datetime(2026, 2, 19, 6, 0, tzinfo=UTC),
        secret=b"s" * 32,
        unsubscribe_url=lambda person: f"https://example.org/u/{person.key.encode().hex()}",
        greeting=lambda person: f"Dear {person.name},",
    )


def message_id(email: str) -> str:
    return template().message_id(Recipient(key=email, email=email))


def journal_of(database: str | Path) -> Path:
    return Path(database).with_suffix(".sending")


def main(database: str, port: str, rate: str) -> None:
    engine = open_database(sqlite_url(Path(database)))
    settings = SmtpSettings(host="127.0.0.1", port=int(port), security="none")
    made = template()
    now = datetime.now(UTC)
    with project_lock(Path(database).with_suffix(".lock"), engine, command="sending.py", now=now):
        report = asyncio.run(
            deliver(
                ISSUE,
                ledger=Ledger(engine, run=now.isoformat(), journal=Journal(journal_of(database), boot=this_boot())),
                transport=SmtpTransport(settings, sender=made.sender),
                template=made,
                settings=SendSettings(connections=CONNECTIONS, per_second=float(rate)),
                now=lambda: datetime.now(UTC),
            )
        )
    print(json.dumps({"sent": report.sent, "uncertain": [one.recipient.email for one in report.uncertain]}))  # noqa: T201
    engine.dispose()


if __name__ == "__main__":
    main(*sys.argv[1:])

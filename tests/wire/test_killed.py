"""A run that is killed with -9 on the way, again and again, against Postfix's smtp-sink."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path

import pytest

from digest.deliver.plan import plan
from digest.model import DeliveryState as State
from digest.model import Subscriber
from digest.store.database import open_database, sqlite_url
from digest.store.deliveries import try_again
from digest.store.ledger import Ledger
from tests.wire.conftest import Sink
from tests.wire.sending import CONNECTIONS, ISSUE, message_id

pytestmark = pytest.mark.wire
SENDING = Path(__file__).with_name("sending.py")
NOW = datetime(2026, 2, 19, 6, 0, tzinfo=UTC)
#: A connection waits for one answer at a time. Whatever else a run has claimed it had not begun, or knows the answer.
IN_FLIGHT = CONNECTIONS


def start(database: Path, sink: Sink, people: int) -> subprocess.Popen[str]:
    # Slow enough that all of it takes two seconds: a faster run might end before it is killed.
    command = [sys.executable, str(SENDING), str(database), str(sink.port), str(people / 2)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def kill_when_sent(process: subprocess.Popen[str], ledger: Ledger, count: int) -> None:
    """Kill a run as soon as so many messages are on record as sent."""
    while process.poll() is None and ledger.tally(ISSUE)[State.SENT] < count:
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL, "it ended before it was killed"


@pytest.mark.parametrize("people", [600, pytest.param(5000, id="5000")])
def test_nobody_is_missing_and_nobody_gets_it_twice(people: int, tmp_path: Path, sink: Sink) -> None:
    database = tmp_path / "digest.db"
    engine = open_database(sqlite_url(database))
    ledger = Ledger(engine)
    addresses = [f"p{number}@example.org" for number in range(people)]
    rows = (Subscriber(email=address, name=f"Person {line}") for line, address in enumerate(addresses))
    assert plan(ISSUE, rows, ledger=ledger).recipients == people

    for quarter in (1, 2, 3):
        kill_when_sent(start(database, sink, people), ledger, quarter * people // 5)
    output, _ = start(database, sink, people).communicate()
    report = json.loads(output)

    taken = Counter(recipient for recipient, _ in sink.messages())
    sent = {row.recipient.email for row in ledger.deliveries(ISSUE, State.SENT)}
    assert max(taken.values()) == 1
    assert sent <= set(taken)
    # Whoever is not on record as sent is listed, whether the message arrived or not.
    assert sent | set(report["uncertain"]) == set(addresses)
    assert len(report["uncertain"]) <= 3 * IN_FLIGHT

    for recipient, message in sink.messages():
        assert message_from_bytes(message)["Message-ID"] == message_id(recipient)

    try_again(engine, ISSUE, [State.UNCERTAIN], now=NOW)
    start(database, sink, people).communicate()
    assert {recipient for recipient, _ in sink.messages()} == set(addresses)
    assert ledger.tally(ISSUE)[State.SENT] == people
    engine.dispose()

"""`digest send`, stopped by a signal on the way, with more to do behind what it is at."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from digest.audience.opened import OpenedList
from digest.audience.rows import ReadRow, read_rows
from tests.smtpd import ScriptedServer

from .conftest import SETTINGS, serving, write_articles


class Terminating(ScriptedServer):
    """Sends this process a SIGTERM when a recipient's message is on its way, once."""

    recipient = ""

    def scripted(self, point: str, recipient: str) -> str | None:
        if point == "BODY" and recipient == self.recipient:
            self.recipient = ""
            os.kill(os.getpid(), signal.SIGTERM)
        return super().scripted(point, recipient)


@pytest.fixture
def server() -> Iterator[Terminating]:
    with serving(Terminating()) as server:
        yield server


@pytest.fixture
def two_begun(run, project: Path, clock) -> Path:
    """Two issues that nobody has got yet, and articles for a third."""
    (project / "digest.toml").write_text(f'{SETTINGS}[send]\nquiet = "06:00-08:00"\n')
    for week in range(3):
        day = clock.now.date() - timedelta(days=2)
        news = {f"{name}{week}": (f"{name} in week {week}", f"It was {name} again.") for name in ("Rain", "Swans")}
        write_articles(project, news, day=f"{day}")
        if week < 2:
            assert run("send").code == 5
            clock.now += timedelta(days=7)
    (project / "digest.toml").write_text(f"{SETTINGS}[send]\nconnections = 1\n")
    return project


@pytest.mark.parametrize("option", [[], ["--resume"]])
@pytest.mark.parametrize("recipient", ["ada@example.org", "grace@example.org"])
def test_a_stop_ends_the_whole_command(
    recipient: str, option: list[str], run, two_begun: Path, server: Terminating
) -> None:
    server.recipient = recipient

    shown = run("send", *option, SMTP_HOST="127.0.0.1", SMTP_PORT=str(server.port), SMTP_SECURITY="none")

    assert shown.code == 5, shown.err
    assert "Stopping: finishing the messages on their way." in shown.err
    assert len(server.recipients) == len(set(server.recipients))
    assert "The next run goes on with 0002-2026-02-23." in shown.out
    assert ("The next run builds an issue and sends it" in shown.out) is not option
    assert sorted(path.name for path in (two_begun / "issues").iterdir()) == ["0001-2026-02-16", "0002-2026-02-23"]
    assert "2 planned" in run("status").out


def test_a_stop_while_the_list_is_read_mails_and_skips_nobody(
    run, two_begun: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(opened: OpenedList) -> Iterator[ReadRow]:
        first = next(read_rows(opened))
        yield first
        os.kill(os.getpid(), signal.SIGTERM)
        while True:
            yield first

    with monkeypatch.context() as reading:
        reading.setattr("digest.audience.snapshot.read_rows", interrupted)
        shown = run("send", "--resume")

    assert shown.code == 5, shown.err
    assert not (two_begun / "outbox").exists()
    assert run("status").out.count("2 planned") == 2

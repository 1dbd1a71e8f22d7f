"""The tests' own PostgreSQL: it stands apart from them, and says why it died."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator

import pytest

from tests.postgresql import PostgreSQL, postgresql

pytestmark = pytest.mark.postgresql


@pytest.fixture
def server() -> Iterator[PostgreSQL]:
    with postgresql() as server:
        yield server


def test_a_signal_to_the_tests_is_none_to_their_server(server: PostgreSQL) -> None:
    assert os.getpgid(server.process.pid) != os.getpgid(0)
    assert os.getsid(server.process.pid) != os.getsid(0)


@pytest.mark.parametrize(
    ("number", "told"),
    [(signal.SIGKILL, "was killed by SIGKILL"), (signal.SIGQUIT, "received immediate shutdown request")],
)
def test_a_server_that_died_says_why(server: PostgreSQL, number: signal.Signals, told: str) -> None:
    server.process.send_signal(number)
    server.process.wait()

    with pytest.raises(RuntimeError, match=told) as caught:
        server.run("SELECT 1")

    assert "database system is ready to accept connections" in str(caught.value)


def test_a_server_whose_folder_was_cleaned_away_says_so(server: PostgreSQL) -> None:
    shutil.rmtree(server.folder)
    server.process.send_signal(signal.SIGQUIT)
    server.process.wait()

    with pytest.raises(RuntimeError, match="its log is gone"):
        server.run("SELECT 1")

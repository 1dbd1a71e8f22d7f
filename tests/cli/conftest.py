"""A newsletter project with a few articles, and the program run on it in this process."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, TypeVar

import pytest

import digest.cli.holds
import digest.cli.issues
import digest.cli.send
from digest.cli import main
from tests.smtpd import ScriptedServer

MONDAY = datetime(2026, 2, 16, 7, 0, tzinfo=UTC)

SETTINGS = """
[newsletter]
title = "The Signal"
sender = "The Signal <news@example.org>"
address = "1 Example Street, Exampletown"
list = "weekly"
[[sources]]
folder = "articles"
[compose]
min_stories = 2
"""

ARTICLES = {
    "harbour": ("Ferry runs aground off Port Elsin", "All 214 people aboard were brought ashore unhurt on Sunday."),
    "moss": ("Moss wakes after forty years", "Botanists in Elsin watered a dried tuft of moss, and it turned green."),
    "maps": ("Map museum reopens", "The museum of maps in Hallowby opens its doors again after three years."),
}


class Result(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Result]


Server = TypeVar("Server", bound=ScriptedServer)


@contextmanager
def serving(server: Server) -> Iterator[Server]:
    """Serves from a thread of its own: the program under test has this one."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    asyncio.run_coroutine_threadsafe(server.__aenter__(), loop).result()
    yield server
    asyncio.run_coroutine_threadsafe(server.__aexit__(None, None, None), loop).result()
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = MONDAY

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    for module in (digest.cli.holds, digest.cli.issues, digest.cli.send):
        monkeypatch.setattr(module, "clock", clock)
    return clock


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], clock: Clock) -> Run:
    """Run the program as from a shell, cron's shell: nobody is there to answer questions."""

    def run(*arguments: object, **environ: str) -> Result:
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["digest", *map(str, arguments)])
        code = 0
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
        seen = capsys.readouterr()
        return Result(code, seen.out, seen.err)

    return run


def write_articles(project: Path, articles: Mapping[str, tuple[str, str]], *, day: str = "2026-02-14") -> None:
    (project / "articles").mkdir(exist_ok=True)
    for name, (title, text) in articles.items():
        head = f"---\ntitle: {title}\ndate: {day}\nurl: https://example.org/{name}\n---\n"
        (project / "articles" / f"{name}.md").write_text(head + text + "\n", encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "digest.toml").write_text(SETTINGS)
    (tmp_path / "subscribers").mkdir()
    (tmp_path / "subscribers" / "weekly.csv").write_text(
        "email,name,status\nada@example.org,Ada,\ngrace@example.org,Grace,\nbob@example.org,Bob,unsubscribed\n"
    )
    write_articles(tmp_path, ARTICLES)
    monkeypatch.chdir(tmp_path)
    return tmp_path

"""A newsletter project in a temporary folder, and the program run on it: what benchmarks/cases.py looks at."""

from __future__ import annotations

import contextlib
import email.policy
import json
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import IO, Any, cast

#: When every case is run.
TODAY = "2026-12-01 08:00:00"
_CHECKOUT = Path(__file__).resolve().parents[1]


class WrongError(Exception):
    """A case came out otherwise than it should; the message says what was seen."""


@dataclass(frozen=True, slots=True)
class Ran:
    """One run of the program."""

    code: int
    #: What it printed, on one line.
    said: str


@dataclass(frozen=True, slots=True)
class Trial:
    """A copy of a case's folder. Its servers get ports of their own."""

    folder: Path
    #: Where it was copied from.
    case: Path

    @classmethod
    def of(cls, case: Path, place: Path) -> Trial:
        shutil.copytree(case, place)
        for path in (place, *place.rglob("*")):
            path.chmod(path.stat().st_mode | 0o200)
        return cls(place, case.resolve())

    def digest(self, *arguments: str, at: str = TODAY, environ: Mapping[str, str] | None = None) -> Ran:
        """Run the program at a time."""
        return self._run(["faketime", at, sys.executable, "-m", "digest", *arguments], environ)

    def digest_on(self, machine: str, *arguments: str) -> Ran:
        """Run the program in a name space of its own, made into another machine by commands of the shell; as root."""
        command = shlex.join(["faketime", TODAY, sys.executable, "-m", "digest", *arguments])
        return self._run(["unshare", "--uts", "--mount", "sh", "-c", f"{machine} && {command}"], None)

    def _run(self, command: Sequence[str], environ: Mapping[str, str] | None) -> Ran:
        found = subprocess.run(
            command, cwd=self.folder, env=_environ(environ), capture_output=True, text=True, timeout=300, check=False
        )
        return Ran(found.returncode, " ".join((found.stdout + found.stderr).split()))

    def build(self, *arguments: str) -> list[dict[str, Any]]:
        """The stories of an issue built from what was published since 20 November; WrongError where there is none."""
        ran = self.digest("build", "--since", "2026-11-20", *arguments)
        require(ran.code == 0, f"exit {ran.code}: {ran.said}")
        return self.stories()

    def stories(self) -> list[dict[str, Any]]:
        newest = max(self.folder.glob("issues/*/issue.json"))
        sections = json.loads(newest.read_text("utf-8"))["issue"]["sections"]
        return [item for section in sections for item in section["items"]]

    def written(self) -> list[EmailMessage]:
        """The messages in outbox/."""
        parser = BytesParser(EmailMessage, policy=email.policy.default)
        return [parser.parsebytes(path.read_bytes()) for path in sorted(self.folder.glob("outbox/**/*.eml"))]

    def mailed(self) -> set[str]:
        """Whom the messages in outbox/ are for, by what stands before the @."""
        return {str(message["To"].addresses[0].username) for message in self.written()}

    def add_article(self, title: str, text: str) -> None:
        """One more article in the folder that is the project's source, dated a week after the others."""
        article = f"---\ndate: 2026-12-07\n---\n\n# {title}\n\n{text}\n"
        (self.folder / "articles" / "another.md").write_text(article, "utf-8")

    def replace(self, name: str, old: str, new: str) -> None:
        path = self.folder / name
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")

    @contextlib.contextmanager
    def serving(self, *command: str) -> Iterator[IO[str]]:
        """A server of the case as long as this lasts; gives what it prints."""
        with subprocess.Popen(
            [sys.executable, *command],
            cwd=self.folder,
            env=_environ(None),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ) as server:
            try:
                yield cast("IO[str]", server.stdout)
            finally:
                server.send_signal(signal.SIGTERM)

    @contextlib.contextmanager
    def serving_pages(self) -> Iterator[None]:
        """The case's own serve.py on a free port."""
        port = str(free_port())
        for name in ("serve.py", "digest.toml"):
            self.replace(name, "8765", port)
        with self.serving("serve.py"):
            wait_for(int(port))
            yield


Check = Callable[[Trial], str]


def require(right: bool, seen: str) -> None:
    """Raise WrongError with what was seen where it is not right."""
    if not right:
        raise WrongError(seen[:400])


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def wait_for(port: int) -> None:
    """Return as soon as somebody listens at a port of this machine."""
    for _ in range(10_000):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
    raise WrongError(f"nobody listens at port {port}")


def text_of(story: Mapping[str, Any]) -> str:
    return " ".join(sentence["text"] for sentence in story["sentences"])


def shorthand(story: Mapping[str, Any]) -> str:
    """A story in a few words, to show."""
    return f"{story['headline']} ({story['published']}, {story['url']})"


def _environ(more: Mapping[str, str] | None) -> dict[str, str]:
    ours = ("SMTP_", "DIGEST_", "LLM_", "DATABASE_URL", "IMAP_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**kept, "PYTHONPATH": str(_CHECKOUT), "FAKETIME_DONT_FAKE_MONOTONIC": "1", "COLUMNS": "300", **(more or {})}

"""Whole runs of `digest send` in processes of their own, for a benchmark to time, to kill and to count afterwards."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

_SETTINGS = """
[newsletter]
title = "The Weekly Signal"
sender = "The Weekly Signal <news@example.org>"
address = "1 Example Street, Exampletown"
list = "readers"
[[sources]]
folder = "articles"
[compose]
min_stories = 1
[send]
connections = {connections}
per_second = {per_second}
attempts = 20
"""


class Project:
    """A newsletter with one article and as many readers as wanted, whose mail goes to a port of this machine."""

    def __init__(self, folder: Path, *, people: int, port: int, connections: int = 10, per_second: float = 0.0) -> None:
        self.folder, self.people, self.port = folder, people, port
        (folder / "articles").mkdir(parents=True)
        (folder / "subscribers").mkdir()
        settings = _SETTINGS.format(connections=connections, per_second=per_second)
        (folder / "digest.toml").write_text(settings, encoding="utf-8")
        day = time.strftime("%Y-%m-%d", time.gmtime(time.time() - 86400))
        article = "Botanists in Elsin watered a dried tuft of moss, and it turned green within the hour. " * 3
        head = f"---\ntitle: Moss wakes after forty years\ndate: {day}\nurl: https://example.org/moss\n---\n"
        (folder / "articles" / "moss.md").write_text(head + article, encoding="utf-8")
        with (folder / "subscribers" / "readers.csv").open("w", encoding="utf-8") as rows:
            rows.write("email,name\n")
            rows.writelines(f"p{number}@example.org,Person {number}\n" for number in range(people))

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        environ = os.environ | {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(self.port), "SMTP_SECURITY": "none"}
        command = [sys.executable, "-m", "digest", *arguments]
        return subprocess.Popen(
            command, cwd=self.folder, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def run(self, *arguments: str) -> tuple[int, str]:
        """Exit code and output of a run that is left alone."""
        process = self.start(*arguments)
        output, _ = process.communicate()
        return process.returncode, output

    def _database(self) -> closing[sqlite3.Connection]:
        return closing(sqlite3.connect(f"file:{self.folder / 'digest.db'}?mode=ro", uri=True, timeout=60))

    def states(self) -> Counter[str]:
        """How many deliveries are in each state; empty before the first is planned."""
        try:
            with closing(
                sqlite3.connect(f"file:{self.folder / 'digest.db'}?mode=ro", uri=True, timeout=60)
            ) as database:
                return Counter(dict(database.execute("SELECT state, count(*) FROM deliveries GROUP BY state")))
        except sqlite3.OperationalError:
            return Counter()

    def addresses(self, state: str) -> set[str]:
        with self._database() as database:
            rows = database.execute("SELECT key FROM deliveries WHERE state = ?", (state,))
            return {key for (key,) in rows}

    def moments(self) -> list[float]:
        """When each message was put on record as sent, in seconds, in order."""
        with self._database() as database:
            rows = database.execute("SELECT changed_at FROM deliveries WHERE state = 'sent' ORDER BY changed_at")
            return [datetime.fromisoformat(at).replace(tzinfo=UTC).timestamp() for (at,) in rows]

    def wait_for(self, process: subprocess.Popen[str], sent: int) -> bool:
        """Wait until so many are on record as sent; False where the run ended before."""
        while process.poll() is None:
            if self.states()["sent"] >= sent:
                return True
            time.sleep(0.005)
        return False

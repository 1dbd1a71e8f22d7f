"""A `digest send` that is killed with -9 at random moments and started again, into Postfix's smtp-sink.

    python benchmarks/killed.py [--people 20000] [--kills 20] [--seed 1]

Counts, by the sink's own files: who was lost, who was mailed twice, and how many are uncertain beside how many could
have been on their way (one for each connection and kill).
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from runs import Project
from sending import PATH, free_port, serving

_CONNECTIONS = 10
#: Messages a second: slow enough that twenty starts and ends fit in, fast enough that all connections are busy.
_RATE = 2000


@contextmanager
def keeping_sink(parent: Path) -> Iterator[tuple[int, Path]]:
    """An smtp-sink that writes each message it took to a file of its own."""
    folder, port = parent / "taken", free_port()
    folder.mkdir()
    folder.chmod(0o777)  # it writes as nobody
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    command = [shutil.which("smtp-sink", path=PATH) or "smtp-sink", *user, "-d", f"{folder}/m."]
    with serving(*command, f"127.0.0.1:{port}", "1000", port=port):
        yield port, folder


def taken(folder: Path) -> Counter[str]:
    """How often the sink took a message for each recipient."""
    return Counter(_recipient(path) for path in folder.iterdir())


def _recipient(path: Path) -> str:
    with path.open("rb") as file:
        for line in file:
            if line.startswith(b"X-Rcpt-Args: "):
                return line.partition(b"<")[2].partition(b">")[0].decode()
    raise AssertionError(f"{path} names no recipient")


def kill(project: Project, moment: int, pause: float) -> bool:
    """Start a run and kill it a moment after so many are on record; False where it ended before."""
    process = project.start("send", "--yes")
    alive = project.wait_for(process, moment)
    time.sleep(pause)
    if process.poll() is not None:
        return False
    process.kill()
    process.communicate()
    return alive


def measure(people: int, kills: int, seed: int) -> dict[str, int]:
    chance = random.Random(seed)
    # Not so late that the run ends before it is killed.
    moments = sorted(chance.sample(range(people * 19 // 20), kills))
    with tempfile.TemporaryDirectory(prefix="killed-") as folder:
        parent = Path(folder)
        parent.chmod(0o755)
        with keeping_sink(parent) as (port, sunk):
            project = Project(parent / "p", people=people, port=port, connections=_CONNECTIONS, per_second=_RATE)
            killed = sum(kill(project, moment, chance.random() / 100) for moment in moments)
            code, output = project.run("send", "--yes")
            assert code == 0, output
            _, listed = project.run("deliveries", "list", "--state", "uncertain")
            got, sent, uncertain = taken(sunk), project.addresses("sent"), project.addresses("uncertain")
    everybody = {f"p{number}@example.org" for number in range(people)}
    return {
        "people": people,
        "killed": killed,
        "sent": len(sent),
        "lost": len(everybody - set(got) - uncertain),
        "doubled": sum(count > 1 for count in got.values()),
        "on record as sent, not taken": len(sent - set(got)),
        "uncertain": len(uncertain),
        "uncertain, not listed": sum(f"{address}\t" not in listed for address in uncertain),
        "in flight at most": killed * _CONNECTIONS,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    for name, figure in measure(asked.people, asked.kills, asked.seed).items():
        print(f"{figure:>8,} {name}")


if __name__ == "__main__":
    main()

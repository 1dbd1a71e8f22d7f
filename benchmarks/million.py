"""A list of a million: planned, then streamed in small messages into Postfix's smtp-sink, by `digest send` itself.

    python benchmarks/million.py [--people 1000000] [--connections 10]

Prints the seconds that planning took, the run's peak memory, and the rate of each tenth of the list, which should not
fall from the first to the last.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
import threading
import time
from itertools import pairwise
from pathlib import Path

from runs import Project
from sending import sink

_PLANNED = "on record for issue"


def peak_of(process: subprocess.Popen[str], peaks: list[int]) -> None:
    """Keep the highest memory of a process in KiB, as the kernel has it, until the process ends."""
    status = Path(f"/proc/{process.pid}/status")
    while process.poll() is None:
        try:
            lines = status.read_text(encoding="ascii").splitlines()
        except OSError:
            return
        peaks += [int(line.split()[1]) for line in lines if line.startswith("VmHWM")]
        time.sleep(0.2)


def start_up(port: int) -> float:
    """Seconds that the program takes to plan an issue for ten people: nearly all of it is its start."""
    with tempfile.TemporaryDirectory(prefix="ten-") as folder:
        project = Project(Path(folder) / "p", people=10, port=port)
        project.run("build")
        began = time.perf_counter()
        run = project.start("send", "--yes")
        assert run.stdout
        seconds = next(time.perf_counter() - began for line in run.stdout if _PLANNED in line)
        run.communicate()
    return seconds


def measure(people: int, connections: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="million-") as folder, sink(0) as port:
        project = Project(Path(folder) / "p", people=people, port=port, connections=connections)
        project.run("build")
        began = time.perf_counter()
        run = project.start("send", "--yes")
        peaks: list[int] = []
        watching = threading.Thread(target=peak_of, args=(run, peaks))
        watching.start()
        assert run.stdout
        planned = sent = 0.0
        for line in run.stdout:
            if _PLANNED in line:
                planned = time.perf_counter() - began
            if line.startswith("Sent "):
                sent = time.perf_counter() - began
        watching.join()
        assert run.wait() == 0
        rates = _rates(project)
        start = start_up(port)
    return {
        "people": people,
        "starting, s": round(start, 1),
        "planning, s": round(planned - start, 1),
        "peak memory, MB": round(max(peaks) / 1024),
        "sending, s": round(sent - planned, 1),
        "a second": round(people / (sent - planned)),
        "a second, first tenth": round(rates[0]),
        "a second, last tenth": round(rates[-1]),
        "slowest tenth / fastest": round(min(rates) / max(rates), 2),
    }


def _rates(project: Project) -> list[float]:
    """Messages a second in each tenth, by the times in the ledger."""
    moments = project.moments()
    tenth = len(moments) // 10
    edges = [moments[0], *(moments[number * tenth - 1] for number in range(1, 11))]
    return [tenth / (after - before) for before, after in pairwise(edges)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--connections", type=int, default=10)
    asked = parser.parse_args()
    for name, figure in measure(asked.people, asked.connections).items():
        print(f"{figure:>11,} {name}")


if __name__ == "__main__":
    main()

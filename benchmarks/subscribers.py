"""How long a list takes and how much memory: python benchmarks/subscribers.py [ROWS]

Prints for each operation the time and the peak memory of the process so far. Every tenth row is quoted, every
fiftieth person has unsubscribed; names and topics are filled in.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from digest.audience.subscribers import add, check, read, remove


def write_list(path: Path, count: int) -> None:
    with path.open("w") as file:
        file.write("email,name,status,topics,source\n")
        for n in range(count):
            name = f'"Reader {n}"' if n % 10 == 0 else f"Reader {n}"
            status = "unsubscribed" if n % 50 == 0 else "active"
            file.write(f"reader{n}.lastname@mail{n % 97}.example.org,{name},{status},science;local,web\n")


def measure(what: str, work: Callable[[], object]) -> None:
    start = time.perf_counter()
    outcome = work()
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what:8} {seconds:6.2f} s {peak:6.0f} MB peak   {str(outcome)[:80]}")


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        write_list(path, count)
        measure("nothing", lambda: f"{count:,} rows, {path.stat().st_size / 1e6:.0f} MB")
        measure("read", lambda: sum(1 for _ in read(path)))
        measure("check", lambda: check(path).statuses)
        measure("add", lambda: add(path, "new@example.org", name="Zoë").lines)
        measure("remove", lambda: remove(path, "NEW@example.org").lines)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)

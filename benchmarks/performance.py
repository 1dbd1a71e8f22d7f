"""The short form of every measurement of sending, and the table of docs/performance.md.

    python benchmarks/performance.py [--write docs/performance.md]

The bars are those of the full sizes, which the single benchmarks take as arguments: 20,000 people, 20 kills, a million.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import faults
import killed
import million
import sending

_ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Row:
    """A line of the table."""

    what: str
    bar: str
    seen: str
    met: bool


def _speed() -> Iterator[Row]:
    near = sending.compare(messages=4000, kilobytes=45, connections=10, rtt=0, rounds=3)
    what = "4,000 messages of 46 KiB through the ledger to smtp-sink, 10 connections"
    yield _ratio(what + ", beside `smtp-source -d`", near, "smtp-source", 1.0)
    yield _ratio(what + ", beside plain aiosmtplib", near, "aiosmtplib", 4.0)
    yield Row("CPU of our process for a message", "≤ 200 µs", f"{near['digest'].cpu:.0f} µs", near["digest"].cpu <= 200)
    signed = near["digest, signed"].rate / near["digest"].rate
    yield Row("signed with DKIM, RSA-2048, beside unsigned", "≥ 0.6 ×", f"{signed:.2f} ×", signed >= 0.6)
    far = sending.compare(messages=1500, kilobytes=45, connections=10, rtt=20, rounds=1)
    yield _ratio("1,500 messages at a round trip of 20 ms, beside plain aiosmtplib", far, "aiosmtplib", 3.5)


def _ratio(what: str, sides: dict[str, sending.Figure], other: str, bar: float) -> Row:
    ratio = sides["digest"].rate / sides[other].rate
    seen = f"{ratio:.2f} × ({sides['digest'].rate:,.0f}/s and {sides[other].rate:,.0f}/s)"
    return Row(what, f"≥ {bar:.1f} ×", seen, ratio >= bar)


def _size() -> Iterator[Row]:
    seen = million.measure(100_000, 10)
    planning, peak = seen["planning, s"], seen["peak memory, MB"]
    beside = f"{planning} s beside the program's start of {seen['starting, s']} s"
    yield Row("100,000 people planned from CSV", "≤ 3 s", beside, planning <= 3)
    yield Row("peak memory of that run", "≤ 300 MB", f"{peak} MB", peak <= 300)
    flat = seen["slowest tenth / fastest"]
    yield Row("rate, slowest tenth beside the fastest", "flat", f"{flat:.2f} ×, {seen['a second']:,}/s", flat >= 0.7)


def _safety() -> Iterator[Row]:
    seen = killed.measure(5000, 5, seed=1)
    told = f"{seen['lost']} lost, {seen['doubled']} doubled, {seen['uncertain']} uncertain, all listed"
    kept = not (seen["lost"] or seen["doubled"] or seen["uncertain, not listed"])
    bar = f"0 lost, 0 doubled, uncertain ≤ {seen['in flight at most']}"
    yield Row("5,000 people, killed 5 times", bar, told, kept and seen["uncertain"] <= seen["in flight at most"])
    mixed = faults.measure(5000, seed=1)
    wrong = sum(mixed[name] for name in faults.WRONG)
    told = f"{mixed['sent']:,} sent, {mixed['failed']:,} failed, {mixed['uncertain']:,} uncertain; {wrong:.0f} wrong"
    yield Row("5,000 people, everything that goes wrong at once", "everybody in one state", told, not wrong)
    slowest = mixed["slowest end after a signal, s"]
    yield Row("SIGTERM or Ctrl-C to the end of the run", "≤ 10 s", f"{slowest} s", slowest <= 10)


def _postfix() -> Iterator[Row]:
    command = [sys.executable, "-m", "pytest", "-q", "-n0", "tests/wire/test_postfix.py"]
    end = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=False)
    last = (end.stdout.strip().splitlines() or ["no output"])[-1]
    yield Row(
        "a real Postfix to a mailbox, TLS, AUTH, DKIM (tests/wire/test_postfix.py)", "passes", last, not end.returncode
    )


def rows() -> Iterator[Row]:
    for part in (_speed, _size, _safety, _postfix):
        for row in part():
            print(f"{'met   ' if row.met else 'MISSED'}  {row.what}: {row.seen} (bar: {row.bar})", flush=True)
            yield row


def _table(measured: list[Row], seconds: float) -> str:
    lines = [f"| {row.what} | {row.bar} | {row.seen} | {'yes' if row.met else 'no'} |" for row in measured]
    return _PAGE.format(
        date=f"{datetime.now(UTC):%d %B %Y}",
        machine=f"{_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}",
        python=platform.python_version(),
        seconds=f"{seconds:.0f}",
        rows="\n".join(lines),
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown processor"
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown processor"
    )


_PAGE = """# How fast and how safe sending is

Written by `make bench` on {date}: {machine}, Python {python}, {seconds} seconds in all.
All sides of a ratio were measured in the same run, into Postfix's smtp-sink on the same machine, which takes a part of
the same cores. What else a shared machine does shows in all sides: compare ratios, not rates.

| what | bar | seen | met |
|---|---|---|---|
{rows}

The full sizes, by hand:

```console
$ python benchmarks/sending.py --messages 20000 --kilobytes 45 --connections 10
$ python benchmarks/sending.py --messages 20000 --kilobytes 45 --connections 10 --rtt 20
$ python benchmarks/million.py
$ python benchmarks/killed.py
$ python benchmarks/faults.py
```
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", type=Path, help="write the table here, too")
    asked = parser.parse_args()
    began = time.perf_counter()
    measured = list(rows())
    if asked.write:
        asked.write.write_text(_table(measured, time.perf_counter() - began), encoding="utf-8")


if __name__ == "__main__":
    main()

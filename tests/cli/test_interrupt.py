"""Signals, sent to a process of its own as a terminal or an init system sends them."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

WORK = """
import asyncio
from digest.cli.interrupt import run_until_stopped

async def work(stop):
    print("working", flush=True)
    await stop.wait()
    print("finishing", flush=True)
    {ending}
    return "done"

print(run_until_stopped(work))
"""


def start(ending: str) -> subprocess.Popen[str]:
    code = WORK.format(ending=ending)
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "working\n"
    return process


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_signal_lets_the_work_finish(number: int) -> None:
    process = start("pass")
    process.send_signal(number)

    assert process.communicate()[0] == "finishing\ndone\n"
    assert process.returncode == 0


def test_the_second_signal_ends_it_at_once() -> None:
    process = start("await asyncio.Event().wait()")
    process.send_signal(signal.SIGTERM)
    assert process.stdout is not None
    assert process.stdout.readline() == "finishing\n"
    process.send_signal(signal.SIGTERM)

    assert process.wait() == 128 + signal.SIGTERM
    process.stdout.close()

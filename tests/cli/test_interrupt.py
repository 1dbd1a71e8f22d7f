"""Signals, sent to a process of its own as a terminal or an init system sends them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

WORK = """
import asyncio, signal
# The tests may have been started by a shell that has its children ignore some.
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(number, signal.SIG_DFL)
from digest.cli.interrupt import Stop, run_until_stopped

async def work(stop):
    print("working", flush=True)
    await stop.wait()
    print("finishing", flush=True)
    {ending}
    return "done"

print(run_until_stopped(work, Stop()))
"""


def start(ending: str, stdin: int | None = None) -> subprocess.Popen[str]:
    code = WORK.format(ending=ending)
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "working\n"
    return process


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
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


def test_nobody_waits_for_a_thread_that_hangs() -> None:
    hanging = "asyncio.create_task(asyncio.to_thread(__import__('threading').Event().wait)); await asyncio.sleep(0)"
    process = start(hanging)
    process.send_signal(signal.SIGTERM)
    try:
        assert process.communicate(timeout=30)[0] == "finishing\ndone\n"
    finally:
        process.kill()


def test_a_terminal_that_is_closed_twice_has_not_lost_patience() -> None:
    process = start("print(await asyncio.to_thread(input), flush=True)", stdin=subprocess.PIPE)
    process.send_signal(signal.SIGHUP)
    assert process.stdout is not None
    assert process.stdout.readline() == "finishing\n"
    process.send_signal(signal.SIGHUP)

    assert process.communicate("still here\n")[0] == "still here\ndone\n"


def test_a_signal_that_is_ignored_stays_so() -> None:
    ignoring = "import os; signal.signal(signal.SIGHUP, signal.SIG_IGN)\nfrom digest"
    code = WORK.format(ending="pass").replace("await stop.wait()", "os.kill(os.getpid(), signal.SIGHUP)")
    code = code.replace("return", "await asyncio.sleep(0.01); return").replace("from digest", ignoring)
    program = [sys.executable, "-c", code]
    ended = subprocess.run(program, capture_output=True, text=True, check=True)
    assert (ended.stdout, ended.stderr) == ("working\nfinishing\ndone\n", "")


def test_a_stop_that_nobody_hears_of_lets_the_work_finish_all_the_same() -> None:
    code = WORK.format(ending="pass")
    program = [sys.executable, "-c", code]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == "working\n"
        process.stderr.close()
        process.send_signal(signal.SIGTERM)
        assert process.stdout.read() == "finishing\ndone\n"


def test_a_mistake_that_nobody_hears_of_has_its_exit_code(tmp_path: Path) -> None:
    terminal, program = os.openpty()
    os.close(terminal)
    command = [sys.executable, "-m", "digest", "-C", str(tmp_path), "status"]
    with os.fdopen(program, "w") as closed:
        assert subprocess.run(command, stdout=closed, stderr=closed, check=False).returncode == 2


def test_the_second_signal_leaves_the_terminal_with_a_cursor() -> None:
    terminal, program = os.openpty()
    code = WORK.format(ending="await asyncio.Event().wait()")
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=program, text=True) as process:
        assert process.stdout is not None
        for line in ("working\n", "finishing\n"):
            assert process.stdout.readline() == line
            process.send_signal(signal.SIGINT)
    os.close(program)
    with os.fdopen(terminal, "rb", buffering=0) as screen:
        shown = screen.read(4096)
        while b"\x1b[?25h" not in shown:
            shown += screen.read(4096)


STARTING = """
import os, sys

class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            os.kill(os.getpid(), {number})

sys.meta_path.insert(0, Interrupting())
from digest.cli import main
sys.argv = ["digest", "build"]
main()
"""


@pytest.mark.parametrize("module", ["typer", "digest.cli.app", "digest.work.build", "numpy"])
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM)])
def test_a_signal_during_an_import_ends_the_program_without_a_traceback(
    number: int, code: int, module: str, project: Path
) -> None:
    program = STARTING.format(module=module, number=int(number))

    ended = subprocess.run([sys.executable, "-c", program], cwd=project, capture_output=True, text=True, check=False)

    assert (ended.returncode, ended.stderr) == (code, "")

"""Everything that goes wrong at once, and a count of everybody afterwards.

    python benchmarks/faults.py [--people 20000] [--seed 1]

A mail server (faulty.py) puts off 5 % of the recipients, refuses 1 % and hangs up on 0.5 % after the final dot; the run
gets SIGTERM on the way and Ctrl-C on the way, and the server is killed and started anew in the middle of it. Then runs
follow each other until nobody is left to be tried. Every address must be in exactly one state, and that state must
agree with what the server wrote down.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from runs import Project
from sending import free_port, serving

_FAULTY = Path(__file__).with_name("faulty.py")
_RATE = 3000
#: What must be nobody.
WRONG = (
    "in no state or in two",
    "lost",
    "doubled",
    "sent that the server did not take",
    "taken that are neither sent nor uncertain",
)
#: Runs until nobody is left; each tries again those who were put off.
_MOST_RUNS = 12


def stop(project: Project, moment: int, number: signal.Signals) -> float:
    """Send a signal once so many are sent; returns the seconds until the run has ended."""
    process = project.start("send", "--yes")
    project.wait_for(process, moment)
    process.send_signal(number)
    began = time.perf_counter()
    process.communicate()
    return time.perf_counter() - began


def taken(log: Path) -> Counter[str]:
    return Counter(line.split()[0] for line in log.read_text(encoding="utf-8").splitlines())


def measure(people: int, seed: int) -> dict[str, float]:
    # A shell has what it starts with "&" ignore Ctrl-C, and the runs would inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        log, port = Path(folder) / "taken.log", free_port()
        command = (sys.executable, str(_FAULTY), str(port), str(log), "--seed", str(seed))
        project = Project(Path(folder) / "p", people=people, port=port, per_second=_RATE)
        with serving(*command, port=port):
            drained = [stop(project, people // 5, signal.SIGTERM), stop(project, 2 * people // 5, signal.SIGINT)]
            run = project.start("send", "--yes")
            project.wait_for(run, 3 * people // 5)
        # Out of the `with`: the server is dead, and the run finds out.
        time.sleep(0.5)
        with serving(*command, port=port):
            run.communicate()
            runs = _finish(project)
        return _count(project, taken(log), people) | {
            "runs after the server was back": runs,
            "slowest end after a signal, s": round(max(drained), 2),
        }


def _finish(project: Project) -> int:
    for number in range(1, _MOST_RUNS):
        project.run("deliveries", "retry", "--deferred")
        code, _output = project.run("send", "--resume")
        if code == 0:
            return number
    return _MOST_RUNS


def _count(project: Project, got: Counter[str], people: int) -> dict[str, float]:
    states = {state: project.addresses(state) for state in project.states()}
    settled = states.get("sent", set()), states.get("failed", set()), states.get("uncertain", set())
    sent, failed, uncertain = settled
    wrong = (
        people - len(set().union(*states.values())),
        people - len(sent | failed | uncertain),
        sum(count > 1 for count in got.values()),
        len(sent - set(got)),
        len(set(got) - sent - uncertain),
    )
    counts = {"people": people, **{state: len(those) for state, those in states.items()}}
    return counts | dict(zip(WRONG, wrong, strict=True))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    for name, figure in measure(asked.people, asked.seed).items():
        print(f"{figure:>8,} {name}")


if __name__ == "__main__":
    main()

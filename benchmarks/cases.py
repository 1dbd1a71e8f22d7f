"""Whether inputs after public bug reports come out right: python benchmarks/cases.py FOLDER [NAME ...]

FOLDER holds lists/, sending/ and collecting/, each with a folder a case: a newsletter project, EXPECTED.md, and a
server where one is needed. Every case is run by the program itself in a copy of its folder, on 1 December 2026 (by
faketime); one line a case says what was seen. Exits with 1 where one comes out wrong, or is not known here.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from cases_of_lists import LISTS
from cases_of_sending import SENDING
from cases_of_sources import COLLECTING
from trial import Check, Trial, WrongError

CHECKS: dict[str, dict[str, Check]] = {"lists": LISTS, "sending": SENDING, "collecting": COLLECTING}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*", help="only these cases")
    asked = parser.parse_args()
    wrong = 0
    for kind, folder in _folders(asked.folder, set(asked.names)):
        check = CHECKS[kind].get(folder.name)
        right, seen = (False, "is not known to this program") if check is None else _tried(folder, check)
        wrong += not right
        print(f"{'right' if right else 'WRONG'}  {kind}/{folder.name}: {seen}", flush=True)
    print(f"{wrong} wrong" if wrong else "all right")
    return bool(wrong)


def _folders(root: Path, names: set[str]) -> Iterator[tuple[str, Path]]:
    for kind in CHECKS:
        for expected in sorted((root / kind).glob("*/EXPECTED.md")):
            if not names or expected.parent.name in names:
                yield kind, expected.parent


def _tried(folder: Path, check: Check) -> tuple[bool, str]:
    with tempfile.TemporaryDirectory() as place:
        try:
            return True, check(Trial.of(folder, Path(place) / "project"))
        except WrongError as error:
            return False, str(error)


if __name__ == "__main__":
    sys.exit(main())

"""What every test may rely on: a clean environment, and no check that is skipped unseen."""

from __future__ import annotations

import os
import signal
from collections.abc import Generator
from pathlib import Path

import hypothesis
import pytest

from tests.once import copy_new_databases, make_once

#: Third-party material to measure on: beside the project's checkout, never in it.
DATA = Path(__file__).parents[2] / "shared" / "data"

hypothesis.settings.register_profile("default", deadline=None, print_blob=True)
hypothesis.settings.register_profile("ci", deadline=None, print_blob=True, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "default")

# A shell has what it starts with "&" ignore Ctrl-C, and the programs that tests stop so would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)

make_once(pytest.MonkeyPatch())


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings of whoever runs the tests must not steer them."""
    for name in list(os.environ):
        if name.startswith(("SMTP_", "DIGEST_", "LLM_", "DATABASE_URL")) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def _new_databases(monkeypatch: pytest.MonkeyPatch) -> None:
    copy_new_databases(monkeypatch)


@pytest.fixture
def shared_data() -> Path:
    if not DATA.is_dir():
        pytest.skip(f"no material to measure on at {DATA}")
    return DATA


NO_SKIPS = bool(os.environ.get("DIGEST_NO_SKIPS"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Under DIGEST_NO_SKIPS (CI sets it) a skipped check is a failed one: a missing service must not look green."""
    report = yield
    if NO_SKIPS and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, but DIGEST_NO_SKIPS is set: {report.longrepr}"
    return report

"""What is printed, whatever it holds."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.cli import terminal
from digest.cli.terminal import listed, printable, progress, report_error, say, span, steps
from digest.errors import UsageError
from digest.text.plural import number


@given(st.text())
def test_nothing_printed_can_steer_the_terminal(text: str) -> None:
    assert all(c.isprintable() or c in "\n\t" for c in printable(text))


def test_an_escape_sequence_in_a_title_is_shown_and_not_obeyed(capsys: pytest.CaptureFixture[str]) -> None:
    say("\x1b[2JNews")

    assert capsys.readouterr().out == "\N{REPLACEMENT CHARACTER}[2JNews\n"


def test_an_error_is_told_line_by_line_with_the_next_step(capsys: pytest.CaptureFixture[str]) -> None:
    report_error(UsageError("one\ntwo", hint="Mend both."))

    assert capsys.readouterr().err == "digest: one\ndigest: two\n        Mend both.\n"


def test_a_long_list_is_cut_and_counted(capsys: pytest.CaptureFixture[str]) -> None:
    listed(["a", "b", "c"], most=2)

    assert capsys.readouterr().out == "  a\n  b\n  ... and 1 more\n"


@pytest.mark.parametrize(("count", "told"), [(0, "0 rows"), (1, "1 row"), (1234, "1,234 rows")])
def test_a_number_agrees_with_its_noun(count: int, told: str) -> None:
    assert number(count, "row") == told


def test_steps_under_cron_are_lines_with_the_name_of_the_step(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = iter([0.0, 20.0, 25.0, 40.0, 60.0])
    monkeypatch.setattr(time, "monotonic", lambda: next(moments))

    with steps() as step:
        collecting = step("Collecting")
        collecting(4, 8)
        picking = step("Picking")
        picking(300, 900)
        picking(900, 900)

    assert capsys.readouterr().err == (
        "Collecting: 4 of 8, 0 a second, about 20 s left\nPicking: 300 of 900, 20 a second, about 30 s left\n"
    )


def test_a_line_of_progress_ends_with_what_went_wrong(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = iter([0.0, 20.0])
    monkeypatch.setattr(time, "monotonic", lambda: next(moments))

    with progress("Sending") as update:
        update(100, 200, "3 deferred (451 4.3.0)")

    assert capsys.readouterr().err == ("Sending: 100 of 200, 5 a second, about 20 s left; 3 deferred (451 4.3.0)\n")


def test_progress_under_cron_is_silent_while_work_is_short(capsys: pytest.CaptureFixture[str]) -> None:
    with progress("Sending") as update:
        update(1, 2)
        update(2, 2)

    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0, "0 s"),
        (75, "75 s"),
        (90, "2 min"),
        (3000, "50 min"),
        (8000, "2 h"),
        (10**6, "12 days"),
        (None, "more than a year"),
    ],
)
def test_a_forecast_is_told_as_roughly_as_it_is_known(seconds: float | None, told: str) -> None:
    assert span(seconds) == told


def test_who_knows_better_when_it_ends_is_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(terminal, "_PLAIN_EVERY", 0.0)
    with progress("Sending", left=lambda done, _rate: 7200.0 - done) as update:
        update(200, 1000)
    assert "about 2 h left" in capsys.readouterr().err

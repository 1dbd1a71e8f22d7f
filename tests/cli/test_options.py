"""Options that are wrong, or that mean nothing beside one another."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("send --on-uncertain perhaps", "--on-uncertain: 'perhaps' is not one of 'skip', 'resend', 'ask'"),
        ("deliveries list --state lost", "--state: 'lost' is not one of 'planned', "),
        ("deliveries export --format xlsx", "--format: 'xlsx' is not one of 'csv', 'json'"),
        ("keys make --kind dsa", "--kind: 'dsa' is not one of 'rsa', 'ed25519'"),
        ("preview --port http", '--port: has to be a whole number, not "http"'),
        ("preview --port 70000", '--port: has to be at most 65535, not "70000"'),
        ("preview --port -1", '--port: has to be at least 0, not "-1"'),
        ("sources add example.org --weight much", '--weight: has to be a number, not "much"'),
        ("sources add example.org --as feeds", "--as: 'feeds' is not one of feed, opml, folder, page, "),
        ("build --window week", '--window: "week" is not a span of time: write a number and h, d or w'),
        ("build --window 0d", "--window 0d looks back at nothing"),
        ("build --window 99999999w", '--window: "99999999w" is longer than any newsletter'),
        ("build --since yesterday", '--since: "yesterday" is neither a day nor a time'),
        ("build --since 0001-01-01", '--since: "0001-01-01" is out of the years 1900 to 2200'),
        ("build --until 9999-12-31", '--until: "9999-12-31" is out of the years 1900 to 2200'),
        ("build --until 2026-02-30", '--until: "2026-02-30" is neither a day nor a time'),
        ("build --until", "Option '--until' requires an argument"),
        ("build --sinse 2026-02-01", "No such option: --sinse"),
        ("build now", "Got unexpected extra argument"),
        ("sources add", "Missing argument"),
        ("biuld", "No such command 'biuld'"),
    ],
)
def test_a_command_line_that_is_wrong_is_told_in_a_line_with_the_next_step(
    run, project: Path, written: str, told: str
) -> None:
    shown = run(*written.split())

    assert shown.code == 2
    assert shown.out == ""
    message, step = shown.err.splitlines()
    assert message.startswith(f"digest: {told}")
    assert step.strip()


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("send --to me@example.org --resume", "--to does not go with --resume"),
        ("send --to me@example.org --dry-run --list board", "--to does not go with --list and --dry-run"),
        ("send --to me@example.org --on-uncertain resend", "--to does not go with --on-uncertain"),
        ("send --resume --list board", "--resume does not go with --list"),
        ("build --from-draft --window 7d", "--from-draft does not go with --window"),
        ("build --from-draft --discard-draft", "--from-draft does not go with --discard-draft"),
        ("build --since 2026-02-01 --window 7d", "--since does not go with --window"),
    ],
)
def test_options_that_contradict_each_other_are_refused_before_anything_is_done(
    run, project: Path, written: str, told: str
) -> None:
    shown = run(*written.split())

    assert shown.code == 2
    assert shown.err.startswith(f"digest: {told}")
    assert "Leave out" in shown.err
    assert not (project / "issues").exists()


def test_a_group_of_commands_alone_shows_its_help(run, project: Path) -> None:
    shown = run("deliveries")

    assert shown.code == 2
    assert "retry" in shown.out + shown.err


def test_a_dry_run_of_a_resumed_send_says_what_was_begun_and_nothing_else(run, project: Path) -> None:
    fresh = run("send", "--resume", "--dry-run")
    run("send", SMTP_HOST="127.0.0.1", SMTP_PORT="1", SMTP_SECURITY="none")
    begun = run("send", "--resume", "--dry-run")

    assert (fresh.code, begun.code) == (0, 0)
    assert "Nothing to go on with" in fresh.out
    assert "Would go on with issue 0001-2026-02-16 to weekly" in begun.out
    assert "Would write" not in fresh.out + begun.out

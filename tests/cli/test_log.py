"""digest.log: what a run leaves for later, and what it keeps to itself."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

from digest.cli.log import _ADDRESS, logged
from digest.errors import UsageError
from digest.model import DeliveryState, Outcome, Recipient, Report
from digest.work.reports import _figures


def lines(project: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (project / "digest.log").read_text(encoding="utf-8").splitlines()]


def test_a_run_is_told_from_its_begin_to_its_exit_code(run, project: Path) -> None:
    run("send")

    told = lines(project)
    assert [(line["event"], line.get("exit_code")) for line in (told[0], told[-1])] == [
        ("run began", None),
        ("run ended", 0),
    ]
    [built] = [line for line in told if line["event"] == "issue built"]
    assert (built["issue"], built["stories"]) == ("0001-2026-02-16", 3)
    [frozen] = [line for line in told if line["event"] == "recipients frozen"]
    assert (frozen["list"], frozen["recipients"], frozen["skipped"]) == ("weekly", 2, 1)
    [sent] = [line for line in told if line["event"] == "delivery ended"]
    assert (sent["written"], sent["failed"], sent["stopped"]) == (2, 0, "")


def test_no_address_and_no_name_is_logged_by_default(run, project: Path) -> None:
    run("send")
    run("send", "--to", "nobody@example.org")

    text = (project / "digest.log").read_text(encoding="utf-8")
    assert "@example.org" not in text
    assert "Grace" not in text


def test_a_mailbox_named_without_its_domain_is_not_logged_by_default(tmp_path: Path) -> None:
    person = Recipient(key="jane.doe@example.org", email="jane.doe@example.org")
    said = "550 5.1.1 mailbox jane.doe does not exist"
    gone = Outcome(recipient=person, state=DeliveryState.FAILED, code=550, detail=said)
    report = Report(issue="0001", sent=0, sent_total=0, failed=(gone,))

    assert _figures(report)["reasons"] == {"failed (550 5.1.1)": 1}


def test_each_delivery_is_logged_with_its_address_at_debug(run, project: Path) -> None:
    run("send", DIGEST_LOG_LEVEL="debug")

    deliveries = [line for line in lines(project) if line["event"] == "delivery"]
    assert sorted((line["address"], line["state"]) for line in deliveries) == [
        ("ada@example.org", "written"),
        ("grace@example.org", "written"),
    ]


def test_a_mistake_of_the_user_is_logged_with_its_exit_code(run, project: Path) -> None:
    (project / "digest.toml").write_text((project / "digest.toml").read_text().replace("= 2", "= 20"))
    run("send")

    assert lines(project)[-1]["exit_code"] == 3
    assert "Not enough news" in lines(project)[-1]["error"]


def test_a_source_that_fails_is_a_warning(run, project: Path) -> None:
    with (project / "digest.toml").open("a") as settings:
        settings.write('[[sources]]\nfolder = "nowhere"\n')
    run("send")

    [line] = [line for line in lines(project) if line["level"] == "warning"]
    assert (line["event"], line["source"]) == ("source gave nothing", "nowhere")


def test_nothing_is_logged_where_the_owner_turned_it_off(run, project: Path) -> None:
    run("send", DIGEST_LOG_LEVEL="off")

    assert not (project / "digest.log").exists()


def test_a_level_that_is_none_is_refused(run, project: Path) -> None:
    shown = run("send", DIGEST_LOG_LEVEL="loud")

    assert shown.code == 2
    assert "DIGEST_LOG_LEVEL" in shown.err


def test_only_its_owner_reads_the_log(run, project: Path) -> None:
    run("build")

    assert (project / "digest.log").stat().st_mode & 0o777 == 0o600


def test_a_log_that_cannot_be_written_is_a_clear_error(tmp_path: Path) -> None:
    with (
        pytest.raises(UsageError, match="can't be written"),
        logged(tmp_path / "no" / "log", level="info", command="x"),
    ):
        pass


def test_a_break_down_is_logged_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), logged(tmp_path / "digest.log", level="info", command="x"):
        raise ZeroDivisionError("for ada@example.org")

    assert lines(tmp_path)[-1]["error"] == "ZeroDivisionError: for …@…"


def test_an_exit_code_of_typers_is_logged(tmp_path: Path) -> None:
    with pytest.raises(typer.Exit), logged(tmp_path / "digest.log", level="info", command="x"):
        raise typer.Exit(5)

    assert lines(tmp_path)[-1]["exit_code"] == 5


@given(
    local=st.text("abcXYZ019.+_-äß", min_size=1),
    domain=st.text("abcXYZ019.-ü", min_size=1),
    around=st.sampled_from(["{}", "<{}>", "550 5.1.1 <{}>: unknown", "to={},x", "a {} b", "({})", "'{}'", "x:{};"]),
)
def test_whatever_is_around_an_address_it_is_masked(local: str, domain: str, around: str) -> None:
    assert "@" not in _ADDRESS.sub("…", around.format(f"{local}@{domain}"))


def test_the_logger_is_as_it_was_afterwards(tmp_path: Path) -> None:
    before = list(logging.getLogger("digest").handlers)
    with logged(tmp_path / "digest.log", level="info", command="x"):
        pass
    assert logging.getLogger("digest").handlers == before

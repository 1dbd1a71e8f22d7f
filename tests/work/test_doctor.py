"""What `digest doctor` says of a whole project."""

from __future__ import annotations

import json
import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from digest.cli.app import app
from digest.deliver.wire.smtp import SmtpTransport
from digest.doctor.observation import State
from digest.project import Project
from digest.work.doctor import Surroundings, examine

NOW = datetime(2026, 2, 19, 6, 0, tzinfo=UTC)
SECRET = "Zq8-7hYw3kL0pVxN5tRc"
TOML = """
[newsletter]
title = "The Weekly Signal"
sender = "news@example.org"
address = "1 Example Street"
list = "readers"
[[sources]]
folder = "articles"
"""


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, arguments)
    return done.exit_code, done.output


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "digest.toml").write_text(TOML)
    (tmp_path / ".env").write_text(f"DIGEST_SECRET_KEY={SECRET}\n")
    (tmp_path / "subscribers").mkdir()
    (tmp_path / "subscribers" / "readers.csv").write_text("email\nada@example.org\n")
    return tmp_path


def found(folder: Path) -> dict[str, State]:
    project = Project.open(folder, {})
    return {one.code: one.state for one in examine(project, Surroundings(now=NOW, dns=None))}


def test_without_a_network_what_is_on_this_machine_is_looked_at(folder: Path) -> None:
    assert found(folder) == {
        "postal-address": State.OK,
        "secret-key": State.OK,
        "list": State.OK,
        "database": State.OK,
        "disk": State.OK,
        "network": State.UNKNOWN,
    }


def test_what_is_wrong_at_home_is_named(folder: Path) -> None:
    (folder / "digest.toml").write_text(TOML.replace('address = "1 Example Street"', ""))
    (folder / ".env").write_text("DIGEST_SECRET_KEY=aaaaaaaaaaaaaaaa\n")
    (folder / "subscribers" / "readers.csv").write_text("email\nnobody\n")
    (folder / "templates").mkdir()
    (folder / "templates" / "issue.html.j2").write_text("{% if %}")
    seen = found(folder)
    assert seen["postal-address"] is State.ERROR
    assert seen["secret-key"] is State.WARNING
    assert seen["list"] is State.WARNING
    assert seen["templates"] is State.ERROR


@pytest.mark.parametrize("written", [None, "junk"])
def test_a_key_that_can_not_be_used_is_an_error_without_a_network(folder: Path, written: str | None) -> None:
    (folder / "digest.toml").write_text(TOML + '[dkim]\nselectors = ["s1"]\n')
    if written:
        (folder / "keys").mkdir()
        (folder / "keys" / "s1.pem").write_text(written)
    assert found(folder)["key-file"] is State.ERROR


def test_the_doctor_answers_in_lines_and_in_json(folder: Path) -> None:
    code, told = run("-C", str(folder), "doctor", "--offline")
    assert (code, "ok       list" in told) == (0, True)
    code, told = run("-C", str(folder), "doctor", "--offline", "--json")
    assert [one["code"] for one in json.loads(told)][:2] == ["postal-address", "secret-key"]
    assert SECRET not in told


class Nothing:
    """A DNS in which nothing is published."""

    def txt(self, name: str) -> tuple[str, ...]:
        return ()

    mx = addresses = names = txt


def test_an_unreachable_server_is_an_error_and_the_rest_is_looked_at(folder: Path, closed_port) -> None:
    with (folder / ".env").open("a") as file:
        file.write(f"SMTP_HOST=127.0.0.1\nSMTP_PORT={closed_port}\nSMTP_SECURITY=none\n")

    project = Project.open(folder, {})
    around = Surroundings(now=NOW, dns=Nothing(), transport=lambda smtp: SmtpTransport(smtp, sender=""))
    seen = {one.code: one.state for one in examine(project, around)}
    assert seen["server"] is State.ERROR
    assert seen["spf"] is State.ERROR
    assert seen["one-click"] is State.WARNING


def test_what_a_named_server_lacks_is_told_by_its_own_variables(folder: Path, closed_port) -> None:
    with (folder / ".env").open("a") as file:
        file.write(f"SMTP_BACKUP_HOST=127.0.0.1\nSMTP_BACKUP_PORT={closed_port}\nSMTP_BACKUP_SECURITY=none\n")
    with (folder / "digest.toml").open("a") as file:
        file.write('[[servers]]\nname = "backup"\n')
    around = Surroundings(now=NOW, dns=Nothing(), transport=lambda smtp: SmtpTransport(smtp, sender=""))

    [server] = [one for one in examine(Project.open(folder, {}), around) if one.code == "server"]

    assert "SMTP_BACKUP_HOST" in server.advice


@pytest.fixture
def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_a_key_is_made_once_and_its_record_shown(folder: Path) -> None:
    code, told = run("-C", str(folder), "keys", "make", "--selector", "s1")
    assert (code, "s1._domainkey.example.org" in told, 'selectors = ["s1"]' in told) == (0, True, True)
    assert run("-C", str(folder), "keys", "make", "--selector", "s1")[0] != 0
    code, shown = run("-C", str(folder), "keys", "show")
    assert "v=DKIM1; k=rsa; p=" in shown
    assert "PRIVATE" not in told + shown


def test_a_selector_can_not_lead_out_of_the_folder(folder: Path) -> None:
    assert run("-C", str(folder), "keys", "make", "--selector", "../s1")[0] != 0
    assert not list(folder.rglob("*.pem"))

"""A run that signs its mail, from the key to the message in the outbox."""

from __future__ import annotations

import re
from pathlib import Path

import dkim
import pytest
from typer.testing import CliRunner

from digest.cli.app import app
from digest.deliver.messages import keys
from digest.errors import UsageError


@pytest.fixture
def project(tmp_path: Path) -> Path:
    assert CliRunner().invoke(app, ["init", str(tmp_path)]).exit_code == 0
    settings = tmp_path / "digest.toml"
    settings.write_text(settings.read_text().replace("# selectors = []", 'selectors = ["s1"]'))
    return tmp_path


def run(project: Path, *arguments: str) -> str:
    done = CliRunner().invoke(app, ["-C", str(project), *arguments])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.output


def test_messages_are_signed_with_the_key_that_was_made(project: Path) -> None:
    record = re.search(r"^value  (.*)$", run(project, "keys", "make", "--selector", "s1"), re.MULTILINE)
    assert record
    run(project, "send", "--yes")
    messages = [path.read_bytes() for path in (project / "outbox").rglob("*.eml")]
    assert messages
    assert all(dkim.verify(message, dnsfunc=lambda _name, timeout=5: record[1].encode()) for message in messages)


def test_a_key_that_is_missing_stops_the_run_before_anybody_is_on_record(project: Path) -> None:
    with pytest.raises(UsageError, match=r"There is no key .*s1\.pem"):
        run(project, "send", "--yes")
    assert not list((project / "outbox").rglob("*.eml"))
    assert "nobody on record" not in run(project, "status").replace("draft", "")


def test_whose_token_it_is_can_be_found(project: Path) -> None:
    run(project, "keys", "make", "--selector", "s1")
    run(project, "send", "--yes")
    message = next((project / "outbox").rglob("*.eml")).read_text()
    to = re.search(r"^To: .*<(.*)>", message, re.MULTILINE)
    token = re.search(r"unsubscribe%20(\w{24})", message)
    assert to
    assert token
    assert to[1] in run(project, "subscribers", "find", f"unsubscribe {token[1]}")
    assert "nobody's" in run(project, "subscribers", "find", "a" * 24)


def test_a_short_key_is_told_to_sign_beside_the_one_that_every_receiver_knows(project: Path) -> None:
    settings = project / "digest.toml"
    settings.write_text(settings.read_text().replace('selectors = ["s1"]', "# selectors = []"))
    run(project, "keys", "make", "--selector", "s1")
    shown = run(project, "keys", "make", "--selector", "short", "--kind", "ed25519")
    assert 'selectors = ["s1", "short"]' in shown


def test_a_run_reads_its_keys_once_and_again_once_they_change(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = []
    monkeypatch.setattr(keys, "signing_keys", lambda folder, **named: read.append(folder) or ())
    run(project, "keys", "make", "--selector", "s1")
    run(project, "send", "--to", "me@example.org")
    assert len(read) == 1

    (project / "keys" / "s1.pem").unlink()
    run(project, "keys", "make", "--selector", "s1")
    run(project, "send", "--yes")
    assert len(read) == 2

"""`digest send` to a server that will not have it: told while the issue can still be changed."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.smtpd import ScriptedServer

from .conftest import serving

LOGIN = {"SMTP_HOST": "127.0.0.1", "SMTP_SECURITY": "none", "SMTP_USERNAME": "news", "SMTP_PASSWORD": "wrong"}


@pytest.mark.parametrize(
    ("server", "told", "step"),
    [
        (ScriptedServer({"AUTH": "535 5.7.8 bad"}, offers=["AUTH CRAM-MD5 PLAIN LOGIN"]), "535 5.7.8", "SMTP_PASSWORD"),
        (ScriptedServer(offers=["AUTH PLAIN", "SIZE 3000"]), "no more than 3,000", "Shorten the issue"),
    ],
)
def test_a_server_in_vain_freezes_nobody(run, project: Path, server: ScriptedServer, told: str, step: str) -> None:
    with serving(server):
        shown = run("send", **LOGIN, SMTP_PORT=str(server.port))

    assert shown.code == 7
    assert told in shown.err
    assert step in shown.err
    assert server.connections == 1
    assert sqlite3.connect(project / "digest.db").execute("SELECT count(*) FROM deliveries").fetchone() == (0,)
    # The draft waits, and can be edited.
    assert "sends issue 0001-2026-02-16" in run("status").out


def test_half_a_login_is_told_before_any_connection(run, project: Path) -> None:
    shown = run("send", **{**LOGIN, "SMTP_PASSWORD": ""})

    assert shown.code == 2
    assert "SMTP_USERNAME needs SMTP_PASSWORD" in shown.err
    assert not (project / "digest.db").exists()

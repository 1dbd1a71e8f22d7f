"""What OpenDKIM, which stands before many a mail server, says to our signatures."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tests.deliver.messages.test_dkim import ADA, EDITION, keys_and_records, template
from tests.wire.conftest import program

pytestmark = pytest.mark.wire


def judged(message: bytes, folder: Path) -> str:
    """OpenDKIM's own words on a message; its keys come from a file instead of DNS."""
    name, record = next(iter(keys_and_records()[1].items()))
    (folder / "keys").write_text(f"{name.rstrip('.')} {record.decode()}\n")
    (folder / "opendkim.conf").write_text(f"Mode v\nTestPublicKeys {folder}/keys\nSyslog no\n")
    (folder / "message").write_bytes(message)
    command = [program("opendkim"), "-x", folder / "opendkim.conf", "-vvv", "-t", folder / "message"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
    return done.stdout + done.stderr


# OpenDKIM 2.11 knows no Ed25519.
RSA = keys_and_records()[0][:1]


def test_opendkim_accepts_our_signature(tmp_path: Path) -> None:
    assert "verification (s=s2026, d=example.org, 2048-bit key) succeeded" in judged(
        template(keys=RSA).message(ADA), tmp_path
    )


@pytest.mark.parametrize("text", ["", "a  b \n\n\n", ".\n..\n", "x" * 3000, "é" * 500, "新聞 \t" * 300])
def test_opendkim_accepts_whatever_stands_in_the_message(text: str, tmp_path: Path) -> None:
    edition = replace(EDITION, subject=text or "Nothing", text=text + "GREETx1x", html=text + "<p>GREETx1x</p>")
    message = template(edition, keys=RSA).message(replace(ADA, name=text[:200]))
    assert "succeeded" in judged(message, tmp_path)


def test_opendkim_sees_a_change(tmp_path: Path) -> None:
    changed = template(keys=RSA).message(ADA).replace(b"Unsubscribe=20", b"Subscribe=20")
    assert "succeeded" not in judged(changed, tmp_path)

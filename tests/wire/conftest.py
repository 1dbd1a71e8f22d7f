"""Mail servers from system packages, each started for one test on a port of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest


def program(name: str) -> str:
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/lib/postfix/sbin")
    if found is None:
        pytest.skip(f"{name} is not installed (scripts/system-packages does it)")
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int, *, seconds: float = 10) -> None:
    """Wait until somebody listens."""
    deadline = time.monotonic() + seconds
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert time.monotonic() < deadline, f"nobody listens on port {port}"


@dataclass(frozen=True)
class Sink:
    """Postfix's smtp-sink, which takes everything."""

    port: int
    folder: Path

    def messages(self) -> list[tuple[str, bytes]]:
        """What was taken in full, as (recipient, message)."""
        return [_dumped(path.read_bytes()) for path in self.folder.iterdir()]


def _dumped(file: bytes) -> tuple[str, bytes]:
    _, _, rest = file.partition(b"X-Rcpt-Args: ")
    # Between the recipient and the message smtp-sink puts a Received header of three lines.
    recipient, _, _, _, message = rest.split(b"\n", 4)
    return recipient.decode().strip("<>"), message


@pytest.fixture
def sink() -> Iterator[Sink]:
    """A sink that keeps each message as a file."""
    command, port = [program("smtp-sink")], free_port()
    with tempfile.TemporaryDirectory(prefix="sink-") as parent:
        if os.geteuid() == 0:
            command += ["-u", "nobody"]
        # smtp-sink writes as that user.
        Path(parent).chmod(0o755)
        folder = Path(parent) / "taken"
        folder.mkdir()
        folder.chmod(0o777)
        command += ["-d", f"{folder}/m.", f"127.0.0.1:{port}", "1000"]
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
            try:
                wait_for(port)
                yield Sink(port=port, folder=folder)
            finally:
                process.kill()

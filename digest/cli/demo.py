"""`digest demo`: the main job, once, on sample articles, to a mail server that keeps what it gets."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from digest import bundled
from digest.cli.terminal import say
from digest.errors import UsageError

#: The demo takes place on the Monday after the sample articles were published.
_MONDAY = datetime(2026, 11, 16, 6, 0, tzinfo=UTC)


def demo(
    folder: Annotated[
        Path | None, typer.Option(help="Where to make the project; a new temporary folder if not given.")
    ] = None,
) -> None:
    """Show the whole job on sample articles: pick, summarize, render and send, to a mail server inside this program."""
    project = _copy_samples(folder)
    say(f"A newsletter project with sample articles: {project}")
    mailbox = project / "mailbox"
    with _mail_server(mailbox) as port:
        _send_issue(project, port)
    _write_preview(project)
    messages = sorted(mailbox.glob("*.eml"))
    say()
    say("Where to look:")
    say(f"  the mail in a browser   {project / 'preview.html'}")
    say(f"  the messages as sent    {mailbox}/ ({len(messages)} files, such as {messages[0].name})")
    say(f"  the issue's draft       {next((project / 'issues').glob('*/draft.md'))}")
    say(f"  why each story is in    digest --project {project} explain")


def _copy_samples(folder: Path | None) -> Path:
    import shutil  # noqa: PLC0415 - with the next 30 ms that `--help` must not pay
    import tempfile  # noqa: PLC0415 - as above

    if folder is None:
        folder = Path(tempfile.mkdtemp(prefix="digest-demo-"))
    elif folder.exists() and any(folder.iterdir()):
        raise UsageError(f"{folder} is not empty.", hint="Name a folder that does not exist yet.")
    shutil.copytree(bundled.samples(), folder, dirs_exist_ok=True)
    return folder


@contextmanager
def _mail_server(folder: Path) -> Iterator[int]:
    """Run the catcher in a thread of its own, as a mail server would run beside this program; gives its port."""
    import asyncio  # noqa: PLC0415 - 25 ms that `--help` must not pay
    import threading  # noqa: PLC0415 - as above

    from digest.deliver.wire.catcher import Catcher  # noqa: PLC0415 - as above

    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="catcher")
    thread.start()
    catcher = Catcher(folder)
    try:
        asyncio.run_coroutine_threadsafe(catcher.__aenter__(), loop).result()
        yield catcher.port
        asyncio.run_coroutine_threadsafe(catcher.__aexit__(None, None, None), loop).result()
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def _send_issue(folder: Path, port: int) -> None:
    # The stages take 0.8 s to import, which `--help` must not pay.
    from digest.cli.console import TerminalConsole  # noqa: PLC0415 - see above
    from digest.project import Project  # noqa: PLC0415 - see above
    from digest.work.run import send_due  # noqa: PLC0415 - see above
    from digest.workspace import open_workspace  # noqa: PLC0415 - see above

    environ = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(port), "SMTP_SECURITY": "none"}
    project = Project.open(folder, environ)
    with open_workspace(project, clock=lambda: _MONDAY) as workspace:
        send_due(workspace, project.settings.newsletter.list, TerminalConsole(yes=True))


def _write_preview(folder: Path) -> None:
    from digest.issue.archive import Archive  # noqa: PLC0415 - settings take 0.2 s to import
    from digest.web.preview import self_contained  # noqa: PLC0415 - Jinja takes 50 ms to import

    archive = Archive(folder / "issues")
    page = self_contained(archive.load_edition(archive.find("latest")))
    (folder / "preview.html").write_text(page, encoding="utf-8")

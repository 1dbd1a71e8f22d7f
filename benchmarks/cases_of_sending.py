"""What is right for the cases about sending."""

from __future__ import annotations

import contextlib
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from trial import Check, Trial, free_port, require, wait_for


@contextlib.contextmanager
def _server(trial: Trial, mode: str, *options: str) -> Iterator[Path]:
    """The scripted server of the cases, where the project's .env says; gives the file of what was said."""
    port = str(free_port())
    written = re.sub(r"SMTP_PORT=\d+", f"SMTP_PORT={port}", (trial.folder / ".env").read_text("utf-8"))
    (trial.folder / ".env").write_text(written, "utf-8")
    with trial.serving(str(trial.case.parent / "srv.py"), port, mode, "server.log", *options):
        wait_for(int(port))
        yield trial.folder / "server.log"


def _served(log: Path) -> set[str]:
    rcpts = log / "rcpts"
    return set(rcpts.read_text("utf-8").split()) if rcpts.exists() else set()


def _logins(log: Path) -> int:
    return (log / "wire.log").read_text("utf-8").count(" C AUTH")


def _refused_login(trial: Trial) -> str:
    with _server(trial, "plain_535close", "needauth=1") as log:
        sent = trial.digest("send", "--yes")
    require("refuses the login" in sent.said and "535" in sent.said, f"exit {sent.code}: {sent.said}")
    require(_logins(log) == 1, f"asked {_logins(log)} times")
    return f"exit {sent.code}, asked once: {_from(sent.said, 'refuses the login')}"


def _wrong_password(trial: Trial) -> str:
    with _server(trial, "default", "needauth=1", "auth=CRAM-MD5 PLAIN LOGIN") as log:
        sent = trial.digest("send", "--yes")
        require(_logins(log) == 1, f"{_logins(log)} logins: {sent.said}")
        trial.replace(".env", "SMTP_PASSWORD=wrong", "SMTP_PASSWORD=")
        empty = trial.digest("send", "--yes")
        require(_logins(log) == 1 and "SMTP_PASSWORD" in empty.said, f"an empty password: {empty.said}")
    return f"exit {sent.code}, one login; an empty password: exit {empty.code}"


def _hello(trial: Trial) -> str:
    """Under a host name that is no valid one, in a name space of its own."""
    seen = []
    for name in ("mylaptop.", "web_1.app_net"):
        (trial.folder / "hosts").write_text(f"127.0.0.1 localhost\n127.0.1.1 {name} myhost\n", "utf-8")
        with _server(trial, "ehlo_strict") as log:
            (trial.folder / "digest.db").unlink(missing_ok=True)
            sent = trial.digest_on("hostname myhost && mount --bind hosts /etc/hosts", "send", "--yes")
        said = re.findall(r"C EHLO (.*)", (log / "wire.log").read_text("utf-8"))
        require(sent.code == 0 and len(_served(log)) > 0, f"{name}: exit {sent.code}, EHLO {said}: {sent.said}")
        seen.append(f"{name}: EHLO {said[-1]}")
        subprocess.run(["rm", "-rf", log, trial.folder / "issues"], check=True)
    return "; ".join(seen)


def _empty_host(trial: Trial) -> str:
    settings = (trial.folder / ".env").read_text("utf-8")
    (trial.folder / ".env").write_text(settings + "\nSMTP_SECURITY=none\n", "utf-8")
    with _server(trial, "default", "needauth=1", "auth=PLAIN") as log:
        sent = trial.digest("send", "--yes", environ={"SMTP_HOST": ""})
        by_server = len(_served(log))
        require(not trial.written(), f"{len(trial.written())} messages in outbox/: {sent.said}")
        require(sent.code != 0 or by_server == 3, f"exit {sent.code}, {by_server} by the server: {sent.said}")
        # The folder is moved, and its hidden files stay behind.
        (trial.folder / ".env").unlink()
        trial.add_article("The ferry has a new captain", "The ferry has a new captain since Sunday. She is from Selm.")
        gone = trial.digest("send", "--yes", at="2026-12-08 08:00:00")
        require(gone.code not in (0, 3) and not trial.written(), f".env gone: exit {gone.code}: {gone.said}")
    return f"{by_server} by the server of .env, exit {sent.code}; .env gone: exit {gone.code}: {gone.said[:100]}"


def _ledger_lost(trial: Trial) -> str:
    trial.digest("send", "--yes")
    before = len(trial.written())
    for path in trial.folder.glob("digest.db*"):
        path.unlink()
    again = trial.digest("send", "--yes")
    require(again.code not in (0, 1) and len(trial.written()) == before, f"exit {again.code}: {again.said}")
    return f"exit {again.code}: {again.said[:160]}"


def _mailbox_full(trial: Trial) -> str:
    words = "552 Requested mail action aborted: exceeded storage allocation"
    with _server(trial, "rcpt_script", f"p003@example.org={words}") as log:
        sent = trial.digest("send", "--yes")
    require(len(_served(log)) == 39, f"{len(_served(log))} of 39 served, exit {sent.code}: {sent.said}")
    return f"39 served, p003 not; exit {sent.code}"


def _session_limit(trial: Trial) -> str:
    with _server(trial, "max452d", "n=3") as log:
        sent = trial.digest("send", "--yes")
    require(sent.code == 0 and "deferred" not in sent.said, f"exit {sent.code}: {sent.said}")
    return f"{len(_served(log))} served, exit {sent.code}: {_from(sent.said, 'per_connection')}"


def _sender(trial: Trial) -> str:
    """The name as it was written with the address as it was written, or a refusal; never a guess."""
    written = re.search(r'sender = "(.*)"', (trial.folder / "digest.toml").read_text("utf-8"))
    name, _, address = (written[1] if written else "").rpartition(" ")
    sent = trial.digest("send", "--yes")
    if sent.code == 2 and "sender" in sent.said:
        return f"refused: {sent.said[:120]}"
    messages = trial.written()
    require(bool(messages), f"exit {sent.code}: {sent.said}")
    read = [(one.display_name, one.addr_spec) for one in messages[0]["From"].addresses]
    require(read == [(name, address.strip("<>"))], f"From: {messages[0]['From']}")
    return f"From: {messages[0]['From']}"


def _from(text: str, word: str) -> str:
    at = text.find(word)
    return text[max(0, at - 30) : at + 90] if at >= 0 else ""


SENDING: dict[str, Check] = {
    "auth-535-then-close": _refused_login,
    "ehlo-name-not-valid": _hello,
    "empty-host-in-environment": _empty_host,
    "ledger-lost": _ledger_lost,
    "mailbox-full-552": _mailbox_full,
    "sender-at-in-name": _sender,
    "sender-colon-in-name": _sender,
    "session-limit-452-at-data": _session_limit,
    "wrong-password-many-logins": _wrong_password,
}

"""A mailbox on Dovecot, as people run it: over TLS, and left as it was."""

from __future__ import annotations

import grp
import os
import pwd
import ssl
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from digest.collect.mail.articles import read_mail
from digest.collect.mail.mailbox import ImapMailboxes, MailboxError
from digest.model import Source
from digest.settings import CollectSettings
from tests.wire.conftest import free_port, program, wait_for

NOW = datetime(2026, 2, 18, 12, tzinfo=UTC)
PASSWORD = 'sw\u00f6rd "fish"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Dovecot:
    port: int
    mails: Path
    authority: trustme.CA

    @property
    def location(self) -> str:
        return f"imaps://rosa@localhost:{self.port}/R\u00f8rpost/A%20&%20B"

    def trusting(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        self.authority.configure_trust(context)
        return context


CONFIG = """
base_dir = {base}/run
state_dir = {base}/run
log_path = {base}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{base}/cert.pem
ssl_key = <{base}/key.pem
disable_plaintext_auth = yes
auth_mechanisms = plain login
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {login}
first_valid_uid = 0
mail_location = maildir:{base}/mail:LAYOUT=fs
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {base}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={base}/home
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


def _account(name: str) -> pwd.struct_passwd:
    """The account of a part of Dovecot: root lends its own ones, as the system's Dovecot does; others have one."""
    return pwd.getpwnam(name) if os.getuid() == 0 else pwd.getpwuid(os.getuid())


@pytest.fixture
def folder() -> Iterator[Path]:
    """One that Dovecot's accounts can look into, as those of pytest can't be."""
    with tempfile.TemporaryDirectory(prefix="dovecot-") as place:
        Path(place).chmod(0o755)
        yield Path(place)


@pytest.fixture
def dovecot(folder: Path) -> Iterator[Dovecot]:
    binary, authority, port, base = program("dovecot"), trustme.CA(), free_port(), folder
    issued = authority.issue_cert("localhost")
    issued.cert_chain_pems[0].write_to_path(base / "cert.pem")
    issued.private_key_pem.write_to_path(base / "key.pem")
    (base / "users").write_text(f"rosa:{{PLAIN}}{PASSWORD}\n", encoding="utf-8")
    mails = base / "mail" / "R&APg-rpost" / "A &- B" / "new"
    for part in ("new", "cur", "tmp"):
        (mails.parent / part).mkdir(parents=True)
    inner, login, owner = _account("dovecot"), _account("dovenull"), _account("mail")
    for path in (base / "mail", *(base / "mail").rglob("*")):
        os.chown(path, owner.pw_uid, owner.pw_gid)
    values = {"user": inner.pw_name, "group": grp.getgrgid(inner.pw_gid).gr_name, "login": login.pw_name}
    places = {"base": base, "port": port, "uid": owner.pw_uid, "gid": owner.pw_gid}
    (base / "dovecot.conf").write_text(CONFIG.format(**values, **places))
    server = subprocess.Popen([binary, "-F", "-c", str(base / "dovecot.conf")])
    try:
        wait_for(port)
        yield Dovecot(port=port, mails=mails, authority=authority)
    finally:
        server.terminate()
        server.wait(timeout=10)


def put(mails: Path, name: str, *, day: int, header: str = "List-Id: <signal.example>\n") -> None:
    path = mails / f"{day}.{name}.host"
    path.write_text(
        f"From: The Signal <news@signal.example>\nTo: rosa@reader.example\nSubject: {name}\n{header}"
        f"Date: {day:02} Feb 2026 07:00:00 +0000\nMessage-ID: <{name}@signal.example>\n\nThe text of {name}.\n"
    )
    os.chown(path, mails.stat().st_uid, mails.stat().st_gid)
    moment = datetime(2026, 2, day, 7, tzinfo=UTC).timestamp()
    os.utime(path, (moment, moment))


async def test_newsletters_are_read_and_stay_unread(dovecot: Dovecot) -> None:
    for name, day, header in (("Old", 1, "List-Id: <x>\n"), ("Ferry", 16, "List-Id: <x>\n"), ("Lunch", 17, "")):
        put(dovecot.mails, name, day=day, header=header)
    mailboxes = ImapMailboxes(CollectSettings(), password=lambda _: PASSWORD, tls=dovecot.trusting())
    for _ in range(2):
        mail = await mailboxes.read(dovecot.location, since=NOW - timedelta(days=7))
        found = read_mail(mail, source=Source(kind="mailbox", location=dovecot.location), now=NOW)
        assert [(article.title, article.text) for article in found.articles] == [("Ferry", "The text of Ferry.")]
        assert found.notes[0].startswith("1 of its messages left out: no newsletters")
    # A flag would stand behind ":2," in the name, and a message that was opened for changes would be in cur/ as seen.
    names = [path.name for path in dovecot.mails.parent.rglob("*.host*")]
    assert len(names) == 3
    assert not any("S" in name.partition(":2,")[2] for name in names)


async def test_a_wrong_password_is_told(dovecot: Dovecot) -> None:
    mailboxes = ImapMailboxes(CollectSettings(), password=lambda _: "hunter2", tls=dovecot.trusting())
    with pytest.raises(MailboxError, match="refuses the login") as caught:
        await mailboxes.read(dovecot.location, since=NOW)
    assert "hunter2" not in str(caught.value)


async def test_a_folder_that_is_none_is_told(dovecot: Dovecot) -> None:
    mailboxes = ImapMailboxes(CollectSettings(), password=lambda _: PASSWORD, tls=dovecot.trusting())
    with pytest.raises(MailboxError, match='has no folder "Nowhere"'):
        await mailboxes.read(f"imaps://rosa@localhost:{dovecot.port}/Nowhere", since=NOW)

"""Through a real Postfix, over TLS and with a login, into mailboxes: what arrives is what was meant, and signed."""

from __future__ import annotations

import asyncio
import email
import email.policy
import os
import shutil
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import cast

import pytest
import trustme

from digest.deliver.loop.sender import deliver
from digest.deliver.messages.dkim import Signer
from digest.deliver.messages.template import MessageTemplate
from digest.deliver.plan import plan
from digest.deliver.wire.smtp import SmtpTransport
from digest.model import Report, Subscriber
from digest.settings import SendSettings
from digest.settings.mail import SmtpSettings
from digest.store.database import open_database, sqlite_url
from digest.store.ledger import Ledger
from tests.deliver.messages.test_dkim import keys_and_records, verified
from tests.wire.conftest import free_port, program, wait_for
from tests.wire.sending import ISSUE, message_id, template

pytestmark = pytest.mark.wire
NOW = datetime(2026, 2, 19, 6, 0, tzinfo=UTC)
PEOPLE = [*(f"p{number}" for number in range(59)), "jürgen"]

_MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.example.org
mydestination =
alias_maps =
strict_rfc821_envelopes = yes
smtputf8_enable = yes
smtpd_tls_security_level = encrypt
smtpd_tls_chain_files = {folder}/tls.pem
virtual_mailbox_domains = example.org
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = texthash:{folder}/people
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{uid}
virtual_minimum_uid = 1
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = cyrus
smtpd_sasl_path = smtpd
smtpd_sasl_local_domain = example.org
cyrus_sasl_config_path = {folder}/sasl
smtpd_recipient_restrictions = permit_sasl_authenticated, reject
"""
_LOGINS = """
pwcheck_method: auxprop
auxprop_plugin: sasldb
sasldb_path: {folder}/sasl/users
mech_list: PLAIN
"""
PASSWORD = "correct horse"
_SERVICES = """
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""


@dataclass(frozen=True)
class Postfix:
    port: int
    tls: ssl.SSLContext
    mail: Path

    def mailbox(self, name: str) -> list[EmailMessage]:
        return [
            cast("EmailMessage", email.message_from_bytes(path.read_bytes(), policy=email.policy.default))
            for path in (self.mail / name / "new").glob("*")
        ]

    def wait_for(self, count: int) -> None:
        """Postfix delivers after it has said yes."""
        deadline = time.monotonic() + 30
        while len(list(self.mail.glob("*/new/*"))) < count:
            assert time.monotonic() < deadline, (self.mail.parent / "log").read_text()[-2000:]
            time.sleep(0.05)


@pytest.fixture(scope="module")
def postfix() -> Iterator[Postfix]:
    command, master = program("postfix"), program("master")
    if os.geteuid() != 0:
        pytest.skip("Postfix's master process runs as root only")
    add_user = program("saslpasswd2")
    port, authority = free_port(), trustme.CA()
    with tempfile.TemporaryDirectory(prefix="postfix-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        authority.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(folder / "tls.pem")
        (folder / "people").write_text("".join(f"{name}@example.org {name}/\n" for name in PEOPLE))
        (folder / "main.cf").write_text(_MAIN.format(folder=folder, uid=65534))
        (folder / "master.cf").write_text(_SERVICES.format(port=port))
        for part, user in (("queue", "root"), ("data", "postfix"), ("mail", "nobody")):
            (folder / part).mkdir()
            shutil.chown(folder / part, user)
        (folder / "sasl").mkdir()
        (folder / "sasl" / "smtpd.conf").write_text(_LOGINS.format(folder=folder))
        users = folder / "sasl" / "users"
        added = [add_user, "-p", "-c", "-f", users, "-u", "example.org", "news"]
        subprocess.run(added, input=PASSWORD.encode(), check=True, capture_output=True)
        shutil.chown(users, "postfix")
        subprocess.run([command, "-c", folder, "check"], check=True, capture_output=True)
        with subprocess.Popen([master, "-c", folder, "-d"], stderr=subprocess.DEVNULL) as process:
            try:
                wait_for(port)
                tls = ssl.create_default_context()
                authority.configure_trust(tls)
                yield Postfix(port=port, tls=tls, mail=folder / "mail")
            finally:
                process.terminate()


def signed(made: MessageTemplate) -> MessageTemplate:
    return replace(made, signer=Signer(keys_and_records()[0], common=made.common, date=NOW))


@pytest.fixture
def report(postfix: Postfix, tmp_path: Path) -> Iterator[Report]:
    """An issue that was sent to 60 people and two with no mailbox."""
    engine = open_database(sqlite_url(tmp_path / "digest.db"))
    ledger = Ledger(engine)
    addresses = [f"{name}@example.org" for name in (*PEOPLE, "gone", "gone2")]
    plan(ISSUE, [Subscriber(email=one, name="Zoë “Z” Ünal") for one in addresses], ledger=ledger)
    settings = SmtpSettings(
        host="localhost", port=postfix.port, security="starttls", username="news@example.org", password=PASSWORD
    )
    made = signed(template())
    yield asyncio.run(
        deliver(
            ISSUE,
            ledger=ledger,
            transport=SmtpTransport(settings, sender=made.sender, tls=postfix.tls, per_connection=20),
            template=made,
            settings=SendSettings(connections=3),
            now=lambda: datetime.now(UTC),
            ahead=2,
        )
    )
    engine.dispose()


def test_everybody_finds_one_message_as_it_was_meant(postfix: Postfix, report: Report) -> None:
    assert (report.sent, report.stopped) == (60, "")
    assert {one.recipient.email: one.code for one in report.failed} == {
        "gone@example.org": 550,
        "gone2@example.org": 550,
    }
    assert all("5.1.1" in one.detail for one in report.failed)

    postfix.wait_for(60)
    for name in PEOPLE:
        [message] = postfix.mailbox(name)
        assert message["Message-ID"] == message_id(f"{name}@example.org")
        [mailbox] = message["To"].addresses
        # The parser takes a header in UTF-8 (RFC 6532) for one in an unknown encoding.
        address = mailbox.addr_spec.encode("utf-8", "surrogateescape").decode("utf-8")
        assert (mailbox.display_name, address) == ("Zoë “Z” Ünal", f"{name}@example.org")

        # Postfix puts its own headers on top, and line ends of its own into the file.
        [file] = (postfix.mail / name / "new").iterdir()
        assert verified(file.read_bytes()) == [True, True]

    [message] = postfix.mailbox("jürgen")
    assert message["Return-Path"] == "<news@example.org>"
    assert message["From"] == "The Weekly Signal <news@example.org>"
    assert message["Subject"] == "Grüße: what happened this week"
    assert message["List-Id"] == "The Weekly Signal <subscribers.example.org>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    url = f"https://example.org/u/{'jürgen@example.org'.encode().hex()}"
    assert message["List-Unsubscribe"] == f"<{url}>"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    text, html = (part.get_content() for part in message.iter_parts())
    assert text.startswith("Dear Zoë “Z” Ünal,")
    assert "<p>Dear Zoë “Z” Ünal,</p>" in html
    assert f'<a href="{url}">' in html

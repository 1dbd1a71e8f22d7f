"""Mailboxes on a real server, well and badly behaved."""

from __future__ import annotations

import ssl
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.documents.document import Documents
from digest.collect.mail.mailbox import NO_MAILBOXES, ImapMailboxes, ImapUrl, MailboxError, _modified_utf7
from digest.collect.sources import SourceReader
from digest.model import Source, Window
from digest.settings import CollectSettings
from tests.imapd import ImapServer, Stored

NOW = datetime(2026, 2, 18, 12, tzinfo=UTC)
SINCE = NOW - timedelta(days=7)
SETTINGS = CollectSettings(timeout=5, max_pages=3, max_megabytes=0.01)
PASSWORD = 'sw\u00f6rd fish"'


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def certificate(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1", "localhost").configure_cert(context)
    return context


@pytest.fixture(scope="module")
def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def newsletter(name: str, *, day: int = 17, bulk: bool = True) -> bytes:
    return (
        f"From: The Signal <news@signal.example>\r\nTo: Rosa <rosa@reader.example>\r\nSubject: {name}\r\n"
        f"Date: {day:02} Feb 2026 07:00:00 +0000\r\nMessage-ID: <{name.replace(' ', '-')}@signal.example>\r\n"
        + ("List-Id: <signal.example>\r\n" if bulk else "")
        + f"\r\nThe text of {name}.\r\n"
    ).encode()


def stored(name: str, *, day: int = 17, bulk: bool = True) -> Stored:
    received = datetime(2026, 2, day, 7, 1, tzinfo=UTC)
    return Stored(body=newsletter(name, day=day, bulk=bulk), received=received)


def serving(*messages: Stored, folder: str = "INBOX", **how) -> ImapServer:
    return ImapServer({folder: messages}, password=PASSWORD, **how)


async def read(
    server: ImapServer, location: str = "imap://rosa@127.0.0.1:{port}/INBOX", *, password=PASSWORD, tls=None
):
    mailboxes = ImapMailboxes(SETTINGS, password=lambda _: password, tls=tls)
    return await mailboxes.read(location.format(port=server.port), since=SINCE)


def subjects(bodies: Sequence[bytes]) -> list[str]:
    return [body.split(b"Subject: ")[1].split(b"\r\n")[0].decode() for body in bodies]


async def test_messages_of_the_window_are_read_newest_first_and_left_as_they_were() -> None:
    messages = [stored("old", day=1), stored("first", day=16), stored("second", day=17)]
    async with serving(*messages) as server:
        mail = await read(server)
    assert subjects([message.body for message in mail.messages]) == ["second", "first"]
    assert mail.messages[0].received == datetime(2026, 2, 17, 7, 1, tzinfo=UTC)
    assert all(message.flags == set() for message in messages)
    commands = [command.split()[0] for command in server.commands]
    assert set(commands) <= {"CAPABILITY", "AUTHENTICATE", "EXAMINE", "UID", "LOGOUT"}
    assert server.commands[-1] == "LOGOUT"


async def test_a_mailbox_is_read_over_tls(certificate: ssl.SSLContext, trusting: ssl.SSLContext) -> None:
    async with serving(stored("first"), tls=certificate) as server:
        mail = await read(server, "imaps://rosa@127.0.0.1:{port}/INBOX", tls=trusting)
    assert len(mail.messages) == 1


async def test_a_mailbox_is_read_after_starttls(certificate: ssl.SSLContext, trusting: ssl.SSLContext) -> None:
    async with serving(stored("first"), tls=certificate, starttls=True) as server:
        mail = await read(server, tls=trusting)
    assert len(mail.messages) == 1
    assert server.commands.index("STARTTLS") < next(n for n, said in enumerate(server.commands) if "AUTH" in said)


async def test_a_certificate_of_somebody_else_ends_it(certificate: ssl.SSLContext) -> None:
    async with serving(stored("first"), tls=certificate) as server:
        with pytest.raises(MailboxError, match="has a certificate that is not trusted: "):
            await read(server, "imaps://rosa@127.0.0.1:{port}/INBOX")
    assert server.commands == []


async def test_without_encryption_no_password_is_sent_elsewhere(monkeypatch) -> None:
    monkeypatch.setattr("digest.collect.mail.mailbox._HERE", frozenset())
    async with serving(stored("first")) as server:
        with pytest.raises(MailboxError, match="does not offer encryption"):
            await read(server)
    assert not any("AUTH" in command or "LOGIN" in command for command in server.commands)


async def test_a_server_without_sasl_is_logged_in_to() -> None:
    async with ImapServer({"INBOX": [stored("first")]}, password='sword "fish"', offers=()) as server:
        assert len((await read(server, password='sword "fish"')).messages) == 1
    assert any(command.startswith('LOGIN "rosa" ') for command in server.commands)


@pytest.mark.parametrize("offers", [(), ("AUTH=PLAIN",)])
async def test_a_wrong_password_says_what_to_check_and_is_not_repeated(offers: tuple[str, ...]) -> None:
    async with serving(offers=offers) as server:
        with pytest.raises(MailboxError, match=r"refuses the login .*app password") as caught:
            await read(server, password="hunter2")
    assert "hunter2" not in str(caught.value)
    assert "b'" not in str(caught.value)


async def test_without_a_password_it_is_told_where_to_write_it() -> None:
    with pytest.raises(MailboxError, match=r"needs a password: write it into .env as IMAP_PASSWORD"):
        await ImapMailboxes(SETTINGS, password=lambda _: "").read("imaps://rosa@mail.example/INBOX", since=SINCE)


async def test_a_folder_that_is_none_is_told() -> None:
    async with serving() as server:
        with pytest.raises(MailboxError, match=r'has no folder "News" .*Unknown folder News'):
            await read(server, "imap://rosa@127.0.0.1:{port}/News")


async def test_a_folder_with_letters_of_other_scripts_is_found() -> None:
    async with serving(stored("first"), folder="R&APg-rpost/A &- B") as server:
        mail = await read(server, "imap://rosa@127.0.0.1:{port}/R%C3%B8rpost/A%20&%20B")
    assert len(mail.messages) == 1


async def test_a_server_that_is_not_there_is_told() -> None:
    async with serving() as server:
        pass
    with pytest.raises(MailboxError, match=r"^could not be reached: connection refused$"):
        await read(server)


async def test_only_so_many_messages_are_read() -> None:
    async with serving(*(stored(f"n{number}") for number in range(5))) as server:
        mail = await read(server)
    assert subjects([message.body for message in mail.messages]) == ["n4", "n3", "n2"]
    assert mail.notes == ("has 5 messages since then: the newest 3 are read (collect.max_pages)",)


async def test_a_message_that_is_too_large_is_not_fetched() -> None:
    large = stored("large")
    large.body += b"x" * 20_000
    async with serving(large, stored("small")) as server:
        mail = await read(server)
    assert subjects([message.body for message in mail.messages]) == ["small"]
    assert mail.notes == ("1 of its messages left out: larger than 0.01 MB",)


async def test_a_server_that_announces_more_than_was_asked_for_is_left() -> None:
    lying = stored("lying")
    lying.announced = 10**12
    async with serving(lying) as server:
        with pytest.raises(MailboxError, match="announced 1,000,000,000,000 bytes"):
            await read(server)


async def test_an_empty_mailbox_is_one() -> None:
    async with serving() as server:
        assert (await read(server)).messages == ()


@pytest.mark.parametrize(
    ("location", "address"),
    [
        ("imaps://rosa@mail.example", ("imaps", "rosa", "mail.example", 993, "INBOX")),
        ("imap://rosa@mail.example:1143/", ("imap", "rosa", "mail.example", 1143, "INBOX")),
        (
            "imaps://rosa@reader.example@mail.example/Lists/News",
            ("imaps", "rosa@reader.example", "mail.example", 993, "Lists/News"),
        ),
        (
            "imaps://rosa%40reader.example@mail.example/My%20News",
            ("imaps", "rosa@reader.example", "mail.example", 993, "My News"),
        ),
    ],
)
def test_an_address_is_taken_apart(location: str, address: tuple[str, str, str, int, str]) -> None:
    found = ImapUrl.of(location)
    assert (found.security, found.user, found.host, found.port, found.folder) == address


@given(st.text())
def test_a_folders_name_goes_over_the_wire_in_ascii(name: str) -> None:
    assert _modified_utf7(name.encode("utf-8", "replace").decode()).isascii()


async def test_newsletters_become_articles_and_private_mail_does_not(shelf, tmp_path: Path) -> None:
    messages = [stored("The ferry"), stored("Lunch on Friday", bulk=False), stored("Late", day=10)]
    async with serving(*messages) as server:
        location = f"imap://rosa@127.0.0.1:{server.port}/INBOX"
        mailboxes = ImapMailboxes(SETTINGS, password=lambda _: PASSWORD)
        documents = Documents(root=tmp_path, settings=SETTINGS, fetcher=None, shelf=shelf)
        week = Window(since=SINCE, until=NOW)
        reader = SourceReader(window=week, now=NOW, documents=documents, mailboxes=mailboxes)
        reading = await reader.read(Source(kind="mailbox", location=location, section="Letters", weight=2.0))
    [article] = reading.articles
    assert (article.title, article.text, article.publisher) == ("The ferry", "The text of The ferry.", "The Signal")
    assert (article.url, article.section, article.weight) == (None, "Letters", 2.0)
    assert article.canonical.startswith("mail:")
    assert reading.entries == 3
    assert [dropped.article.title for dropped in reading.dropped] == ["Late"]
    assert reading.notes == (
        (
            "1 of its messages left out: no newsletters (neither List-Unsubscribe nor List-Id in their headers) or"
            " about a subscription"
        ),
    )


async def test_where_no_mailbox_is_read_a_source_that_is_one_says_so() -> None:
    with pytest.raises(MailboxError, match="is not read here"):
        await NO_MAILBOXES.read("imaps://rosa@mail.example", since=SINCE)


async def test_a_password_that_no_encoding_has_is_refused_without_a_word_of_it() -> None:
    async with serving() as server:
        with pytest.raises(MailboxError, match="refuses the login") as caught:
            await read(server, password="hunter\udcff2")
    assert "hunter" not in str(caught.value)

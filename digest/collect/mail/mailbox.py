"""Reads the newest messages of a mailbox since a day over IMAP (RFC 3501), and leaves no trace there.

The mailbox is opened with EXAMINE and messages are read with BODY.PEEK, so that nothing is marked as read, moved or
deleted; the connection is encrypted, except to this machine. The standard library's imaplib does it in a thread: six
commands are all that is needed, and what the packages on top of it add is reading MIME, which is done in `parts`.
"""

from __future__ import annotations

import asyncio
import base64
import imaplib
import re
import ssl
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from digest.collect.documents.failures import no_connection
from digest.settings import CollectSettings
from digest.text.clean import clean_line

#: A server's words on a message, without the message.
_LONGEST_REPLY = 100_000
#: All messages of a mailbox, in memory at once; a newsletter has 50 to 150 KB.
_MOST_BYTES = 50_000_000
_SIZE = re.compile(rb"RFC822\.SIZE (\d{1,12})")
_RECEIVED = re.compile(rb'INTERNALDATE "([^"]{10,40})"')
_UID = re.compile(rb"\bUID (\d{1,10})")
#: Days and months as IMAP writes them, whatever the locale.
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905  # words as words
#: How imaplib repeats what a server said: b'NO ...', or bytearray(b'...').
_BYTES = re.compile(r"(?:bytearray\()?\bb(['\"])(.*?)\1\)?")
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})
_PORTS = {"imaps": 993, "imap": 143}


class MailboxError(Exception):
    """A mailbox could not be read; the message goes on after its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawMessage:
    """A message as it lies in the mailbox."""

    body: bytes
    #: When the mailbox got it, None where it does not say.
    received: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """What a mailbox holds since a day, newest first, and phrases on what was left there."""

    messages: tuple[RawMessage, ...]
    notes: tuple[str, ...] = ()


class Mailboxes(Protocol):
    """Gets the messages of a mailbox."""

    async def read(self, location: str, *, since: datetime) -> Mail:
        """The messages that came since.

        Raises:
            MailboxError: it cannot be read.
        """
        ...


class _NoMailboxes:
    """Where no mailbox can be read."""

    async def read(self, location: str, *, since: datetime) -> Mail:  # noqa: ARG002  # the door's signature
        raise MailboxError("is a mailbox, which is not read here")


NO_MAILBOXES = _NoMailboxes()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImapUrl:
    """The address of a mailbox (RFC 5092), taken apart: imaps://user@host:993/Folder."""

    security: str
    user: str
    host: str
    port: int
    folder: str

    @classmethod
    def of(cls, location: str) -> ImapUrl:
        parts = urlsplit(location)
        # A user name is often an address itself: the last @ is ours.
        user = parts.netloc.rpartition("@")[0]
        return cls(
            security=parts.scheme,
            user=unquote(user),
            host=parts.hostname or "",
            port=parts.port or _PORTS[parts.scheme],
            folder=unquote(parts.path).strip("/") or "INBOX",
        )


class ImapMailboxes:
    """Reads mailboxes on their servers.

    Args:
        password: by a mailbox's location, its password; "" where none is known.
        tls: by default, the system's authorities are trusted.
    """

    def __init__(
        self,
        settings: CollectSettings,
        *,
        password: Callable[[str], str],
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._settings = settings
        self._password = password
        self._tls = tls

    async def read(self, location: str, *, since: datetime) -> Mail:
        """See `Mailboxes`."""
        password = self._password(location)
        if not password:
            raise MailboxError("needs a password: write it into .env as IMAP_PASSWORD=..., or as password_in names it")
        return await asyncio.to_thread(self._read_now, ImapUrl.of(location), password, since)

    def _read_now(self, url: ImapUrl, password: str, since: datetime) -> Mail:
        try:
            with self._open_folder(url, password) as server:
                return _fetched_mail(server, since=since, settings=self._settings)
        except OSError as error:
            raise MailboxError(
                no_connection(error) or f"could not be reached: {_error_text(error, password)}"
            ) from None
        except (imaplib.IMAP4.error, ValueError) as error:
            raise MailboxError(f"could not be read: {_error_text(error, password)}") from None

    @contextmanager
    def _open_folder(self, url: ImapUrl, password: str) -> Iterator[_Server]:
        server = self._connect(url)
        try:
            _log_in(server, url.user, password)
            folder = _quoted(_modified_utf7(url.folder))
            answer, words = server.select(folder, readonly=True)
            if answer != "OK":
                names = f'has no folder "{url.folder}" that can be read: {_server_text(words)}'
                raise MailboxError(f"{names}; folders of Gmail and others are written as the server names them")
            yield server
        finally:
            _close(server)

    def _connect(self, url: ImapUrl) -> _Server:
        tls = self._tls or ssl.create_default_context()
        timeout = self._settings.timeout
        server: _Server
        if url.security == "imaps":
            server = _Encrypted(url.host, url.port, ssl_context=tls, timeout=timeout)
        else:
            server = _Plain(url.host, url.port, timeout=timeout)
            if "STARTTLS" in server.capabilities:
                server.starttls(tls)
            elif url.host not in _HERE:
                _close(server)
                raise MailboxError("does not offer encryption (STARTTLS), so the password was not sent: try imaps://")
        # Room for the rest of an answer beside the message.
        server.most = int(self._settings.max_megabytes * 1_000_000) + _LONGEST_REPLY
        return server


class _Bounded:
    """Takes no more than it asked for: of a literal the server says how long it is, and could say anything."""

    most = _LONGEST_REPLY

    def read(self, size: int) -> bytes:
        if size > self.most:
            raise imaplib.IMAP4.abort(f"the server announced {size:,} bytes, more than were asked for")
        return super().read(size)  # type: ignore[misc,no-any-return]


class _Plain(_Bounded, imaplib.IMAP4):
    """In the clear until STARTTLS."""


class _Encrypted(_Bounded, imaplib.IMAP4_SSL):
    """Over TLS from the start."""


_Server = _Plain | _Encrypted


def _log_in(server: _Server, user: str, password: str) -> None:
    try:
        if "AUTH=PLAIN" in server.capabilities:
            # Passwords may hold any character here; LOGIN is for ASCII.
            server.authenticate("PLAIN", lambda _: f"\0{user}\0{password}".encode())
        else:
            server.login(_quoted(user), password)
    except (imaplib.IMAP4.error, UnicodeEncodeError) as error:
        if isinstance(error, imaplib.IMAP4.abort):
            raise
        reason = _error_text(error, password)
        hint = "check user and password; many providers want one made for this program (an app password)"
        raise MailboxError(f"refuses the login ({reason}): {hint}") from None


def _fetched_mail(server: _Server, *, since: datetime, settings: CollectSettings) -> Mail:
    # Servers count days in their own zone.
    first = since - timedelta(days=1)
    uids = _uids_since(server, first)
    most, limit = settings.max_pages, int(settings.max_megabytes * 1_000_000)
    notes = []
    if len(uids) > most:
        notes.append(f"has {len(uids):,} messages since then: the newest {most:,} are read (collect.max_pages)")
    sizes = _sizes(server, uids[:most])
    small = [uid for uid in uids[:most] if sizes.get(uid, limit + 1) <= limit]
    if len(small) < len(sizes):
        notes.append(f"{len(sizes) - len(small)} of its messages left out: larger than {settings.max_megabytes:g} MB")
    messages, total = [], 0
    for uid in small:
        total += sizes[uid]
        if total > _MOST_BYTES:
            notes.append(f"holds more than {_MOST_BYTES // 1_000_000} MB of messages: the oldest are left out")
            break
        message = _fetched_message(server, uid)
        if message:
            messages.append(message)
    return Mail(messages=tuple(messages), notes=tuple(notes))


def _uids_since(server: _Server, moment: datetime) -> list[int]:
    """The messages of a day and later, the last that came first."""
    day = moment.astimezone(UTC)
    answer, found = server.uid("SEARCH", "SINCE", f"{day.day:02}-{_MONTHS[day.month - 1]}-{day.year:04}")
    if answer != "OK":
        raise MailboxError(f"could not be searched: {_server_text(found)}")
    return sorted({int(uid) for line in found if line for uid in line.split() if uid.isdigit()}, reverse=True)


def _sizes(server: _Server, uids: Sequence[int]) -> dict[int, int]:
    """How large messages are, by their number; one that was deleted in the meantime is missing."""
    if not uids:
        return {}
    _, parts = server.uid("FETCH", ",".join(map(str, uids)), "(UID RFC822.SIZE)")
    lines = [part for part in parts if isinstance(part, bytes)]
    found = [(_UID.search(line), _SIZE.search(line)) for line in lines]
    return {int(uid[1]): int(size[1]) for uid, size in found if uid and size}


def _fetched_message(server: _Server, uid: int) -> RawMessage | None:
    _, parts = server.uid("FETCH", str(uid), "(UID INTERNALDATE BODY.PEEK[])")
    body = next((part[1] for part in parts if isinstance(part, tuple) and len(part) == 2), None)
    # The date stands before the message or behind it, as the server likes.
    around = b" ".join(part[0] if isinstance(part, tuple) else part for part in parts if part)
    received = _RECEIVED.search(around)
    if body is None:
        return None
    return RawMessage(body=body, received=_internal_date(received[1].decode("ascii", "replace")) if received else None)


def _internal_date(written: str) -> datetime | None:
    try:
        return parsedate_to_datetime(written.strip().replace("-", " ", 2)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None


def _close(server: _Server) -> None:
    try:
        server.logout()
    except (OSError, imaplib.IMAP4.error):
        server.shutdown()


def _modified_utf7(folder: str) -> str:
    """A folder's name as IMAP writes it (RFC 3501 §5.1.3)."""

    def shifted(characters: re.Match[str]) -> str:
        if characters[0] == "&":
            return "&-"
        packed = base64.b64encode(characters[0].encode("utf-16-be")).decode().rstrip("=")
        return f"&{packed.replace('/', ',')}-"

    return re.sub(r"[^\x20-\x7e]+|&", shifted, folder)


def _quoted(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _server_text(parts: Iterable[Any]) -> str:
    return clean_line(b" ".join(part for part in parts if isinstance(part, bytes)).decode("utf-8", "replace"))[:200]


def _error_text(error: Exception, password: str) -> str:
    """What went wrong in a line, without the password should a server repeat it, and without Python's quotes."""
    said = _server_text(error.args) or _BYTES.sub(lambda match: match[2], str(error)) or type(error).__name__
    words = clean_line(said)[:300]
    packed = base64.b64encode(password.encode("utf-8", "replace")).decode()
    return words.replace(password, "...").replace(packed, "...")

"""The demo's mail server, spoken to by an independent client."""

from __future__ import annotations

import asyncio
from pathlib import Path

import aiosmtplib
import pytest

from digest.deliver.wire.catcher import Catcher


def client_of(catcher: Catcher) -> aiosmtplib.SMTP:
    return aiosmtplib.SMTP(hostname="127.0.0.1", port=catcher.port)


async def test_what_is_sent_is_kept_as_a_file(tmp_path: Path) -> None:
    message = b"Subject: x\r\n\r\n..two dots\r\n.one dot\r\n.\r\nend\r\n"
    async with (
        Catcher(tmp_path / "mail") as catcher,
        client_of(catcher) as client,
    ):
        await client.sendmail("news@example.org", ["ada@example.org"], message)
    assert catcher.caught == [tmp_path / "mail" / "ada@example.org.eml"]
    assert catcher.caught[0].read_bytes() == message


async def test_a_second_message_to_the_same_person_is_kept_beside_the_first(tmp_path: Path) -> None:
    async with Catcher(tmp_path) as catcher, client_of(catcher) as client:
        for text in (b"one\r\n", b"two\r\n", b"three\r\n"):
            await client.sendmail("news@example.org", ["ada@example.org", "bob@example.org"], text)
    names = [path.name for path in catcher.caught]
    assert names[::2] == ["ada@example.org.eml", "ada@example.org~2.eml", "ada@example.org~3.eml"]
    assert [path.read_bytes() for path in catcher.caught[1::2]] == [b"one\r\n", b"two\r\n", b"three\r\n"]


async def test_an_address_does_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    async with Catcher(tmp_path / "mail") as catcher:
        reader, writer = await asyncio.open_connection("127.0.0.1", catcher.port)
        writer.write(b"EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<../../etc/passwd>\r\nDATA\r\nhello\r\n.\r\nQUIT\r\n")
        answers = await reader.read()
        writer.close()
        await writer.wait_closed()
    assert answers.endswith(b"221 2.0.0 Bye\r\n")
    assert [path.parent for path in catcher.caught] == [tmp_path / "mail"]


@pytest.mark.parametrize(
    "octets", [b"", b"\r\n", b"DATA\r\n", b"\xff\x00 what\r\n", b"RCPT\r\nDATA\r\nx", b"x" * 200_000]
)
async def test_a_client_that_talks_nonsense_or_leaves_harms_nothing(tmp_path: Path, octets: bytes) -> None:
    async with Catcher(tmp_path) as catcher:
        _, writer = await asyncio.open_connection("127.0.0.1", catcher.port)
        writer.write(octets)
        writer.close()
        await writer.wait_closed()
        async with client_of(catcher) as client:
            await client.sendmail("news@example.org", ["ada@example.org"], b"hello\r\n")
    assert len(catcher.caught) == 1


async def test_it_closes_with_clients_still_connected(tmp_path: Path) -> None:
    async with Catcher(tmp_path) as catcher:
        reader, writer = await asyncio.open_connection("127.0.0.1", catcher.port)
        await reader.readline()
    assert await reader.read() == b""
    writer.close()

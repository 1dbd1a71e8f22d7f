"""Signatures as others verify them: dkimpy here, OpenDKIM in tests/wire/test_opendkim.py."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import dkim
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from digest.deliver.messages.dkim import OVERSIGNED, SigningKey, canonical_headers
from digest.deliver.messages.keys import key_record, make_key, read_key, signing_keys
from digest.deliver.messages.template import MessageTemplate, message_template
from digest.model import Edition, Placeholders, Recipient
from digest.settings import NewsletterSettings

NOW = datetime(2026, 2, 19, 6, 0, tzinfo=UTC)
SELECTORS = ("s2026", "s2026-ed25519")
NEWSLETTER = NewsletterSettings(title="The Weekly Signal", sender="The Weekly Signal <news@example.org>")
EDITION = Edition(
    issue="0001-2026-02-19",
    subject="Grüße: what happened this week",
    html='<p>GREETx1x</p><p><a href="UNSUBx1x">Unsubscribe EMAILx1x</a></p>',
    text="GREETx1x\n\nUnsubscribe EMAILx1x: UNSUBx1x\n",
    placeholders=Placeholders(greeting="GREETx1x", email="EMAILx1x", unsubscribe_url="UNSUBx1x"),
)
ADA = Recipient(key="ada@example.org", email="ada@example.org", name="Ada")

anything = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from(" \t\r\n.=<>&")), max_size=400
) | st.sampled_from(["", " ", "  \r\n \r\n\r\n", ".\r\n..\r\n", "From me\r\n", "x" * 3000, "é" * 700, "a  b\t c \r\n"])


@cache
def keys_and_records() -> tuple[tuple[SigningKey, ...], dict[str, bytes]]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        make_key(folder / "s2026.pem", "rsa")
        make_key(folder / "s2026-ed25519.pem", "ed25519")
        published = [
            key_record(read_key(folder / f"{selector}.pem"), domain="example.org", selector=selector)
            for selector in SELECTORS
        ]
        keys = signing_keys(folder, domain="example.org", selectors=SELECTORS)
    return keys, {f"{record.name}.": record.value.encode() for record in published}


def template(
    edition: Edition = EDITION, *, keys: Sequence[SigningKey] | None = None, **options: str
) -> MessageTemplate:
    return message_template(
        edition,
        newsletter=NewsletterSettings.model_validate({**dict(NEWSLETTER), **options}),
        date=NOW,
        secret=b"s" * 32,
        unsubscribe_url=lambda _: "https://example.org/u/0123456789abcdef",
        keys=keys_and_records()[0] if keys is None else keys,
    )


def verified(message: bytes) -> list[bool]:
    """What dkimpy says to each signature."""
    return [_verifies(message, index) for index in range(message.count(b"DKIM-Signature: "))]


def _verifies(message: bytes, index: int) -> bool:
    records = keys_and_records()[1]
    try:
        good: bool = dkim.DKIM(message).verify(idx=index, dnsfunc=lambda name, timeout=5: records[name.decode()])
    except dkim.ValidationError:
        # The hash of the body is another.
        return False
    return good


def tags(message: bytes) -> Iterator[dict[str, str]]:
    for found in re.finditer(rb"^DKIM-Signature: (.*\r\n(?:[ \t].*\r\n)*)", message, re.MULTILINE):
        value = re.sub(rb"\s", b"", found[1]).decode()
        yield dict(tag.split("=", 1) for tag in value.split(";"))


def test_a_message_is_signed_by_each_key() -> None:
    message = template().message(ADA)
    assert verified(message) == [True, True]
    assert [(one["a"], one["s"], one["d"], one["c"]) for one in tags(message)] == [
        ("rsa-sha256", "s2026", "example.org", "relaxed/relaxed"),
        ("ed25519-sha256", "s2026-ed25519", "example.org", "relaxed/relaxed"),
    ]


def test_without_a_key_nothing_is_signed() -> None:
    assert b"DKIM" not in template(keys=()).message(ADA)


@pytest.mark.parametrize("reply_to", ["", "Editors <editors@example.org>"])
def test_every_header_is_signed_and_none_can_be_added(reply_to: str) -> None:
    message = template(reply_to=reply_to).message(ADA)
    present = [line.partition(b":")[0].decode().lower() for line in canonical_headers(head(message)).splitlines()]
    for one in tags(message):
        signed = one["h"].split(":")
        for name in set(present) - {"dkim-signature"}:
            assert signed.count(name) == present.count(name) + (name in OVERSIGNED)
        assert set(OVERSIGNED) <= set(signed)


def head(message: bytes) -> bytes:
    return message.partition(b"\r\n\r\n")[0] + b"\r\n"


@pytest.mark.parametrize("name", OVERSIGNED)
def test_a_header_put_on_top_breaks_the_signatures(name: str) -> None:
    message = template().message(ADA)
    signatures, rest = message[: message.index(b"Date: ")], message[message.index(b"Date: ") :]
    assert verified(signatures + f"{name}: somebody else\r\n".encode() + rest) == [False, False]


def test_a_changed_body_breaks_the_signatures() -> None:
    assert verified(template().message(ADA).replace(b"Unsubscribe", b"unsubscribe")) == [False, False]


def test_what_a_relay_does_to_blanks_and_folds_leaves_the_signatures_whole() -> None:
    message = template().message(replace(ADA, name="Ada Lovelace"))
    relayed = message.replace(b"To: Ada Lovelace", b"TO:  Ada\r\n\tLovelace  ").replace(b"=\r\n", b"= \r\n")
    assert relayed != message
    assert verified(relayed + b"\r\n\r\n") == [True, True]


def test_the_time_of_a_signature_is_the_messages_own() -> None:
    assert {one["t"] for one in tags(template().message(ADA))} == {str(int(NOW.timestamp()))}


def test_a_message_signed_again_is_the_same() -> None:
    assert template().message(ADA) == template().message(ADA)


def test_the_lines_of_a_signature_are_short() -> None:
    long = template(keys=[replace(key, domain=f"{'a' * 60}.{'b' * 60}.example") for key in keys_and_records()[0]])
    lines = head(long.message(ADA)).split(b"\r\n")
    assert all(len(line) <= 78 or b"d=aaaa" in line for line in lines)


@given(name=anything, subject=anything, text=anything, html=anything)
@example(name="", subject="", text="", html="")
@example(name="Bobby\r\nBcc: x@example.org", subject="a" * 200, text=" \r\n", html="x" * 997 + " \r\n  \r\n")
@example(name="Ada", subject="新聞" * 60, text="新聞 " * 400, html="新聞\t" * 400)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_whatever_it_holds_a_message_verifies(name: str, subject: str, text: str, html: str) -> None:
    edition = replace(EDITION, subject=subject, text=f"{text}GREETx1x{text}", html=f"{html}<p>GREETx1x</p>{html}")
    assert verified(template(edition).message(replace(ADA, name=name))) == [True, True]


@given(anything, anything, anything)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_every_body_is_its_own_canonical_form(name: str, text: str, html: str) -> None:
    edition = replace(EDITION, text=f"{text}GREETx1x{text}", html=f"{html}<p>GREETx1x</p>{html}")
    body = template(edition, keys=()).message(replace(ADA, name=name)).partition(b"\r\n\r\n")[2]
    assert dkim.canonicalization.Relaxed.canonicalize_body(body) == body


def test_the_headers_examples_of_rfc_6376_come_out_as_it_says() -> None:
    assert canonical_headers(b"A: X\r\nB : Y\t\r\n\tZ  \r\n") == b"a:X\r\nb:Y Z\r\n"


def test_the_hash_of_the_body_is_of_the_octets_that_leave() -> None:
    message = template().message(ADA)
    digest = hashlib.sha256(message.partition(b"\r\n\r\n")[2]).digest()
    assert {one["bh"] for one in tags(message)} == {base64.b64encode(digest).decode()}

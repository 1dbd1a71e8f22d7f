"""Bodies with holes: whatever is put in, they decode to the text, and no line is too long."""

from __future__ import annotations

import base64
import quopri

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.deliver.messages.encoding import Base64, Piece, QuotedPrintable, Slot, encode_body, quoted_printable

letters = st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("\r\n\t .=From xé\u0416\U0001f5de"))
texts = st.one_of(st.text(letters, max_size=200), st.text(st.sampled_from("x. é\n"), min_size=60, max_size=300))
slots = st.builds(Slot, value=st.sampled_from(["greeting", "email", "unsubscribe_url"]), context=st.just("text"))
bodies = st.lists(st.one_of(texts, slots), min_size=1, max_size=7)
values = st.fixed_dictionaries({"greeting": texts, "email": texts, "unsubscribe_url": texts})


def with_crlf(pieces: list[Piece], values: dict[str, str]) -> bytes:
    """Line ends are those of each piece: "\\r" before a hole and "\\n" in it are two."""
    filled = [values[piece.value] if isinstance(piece, Slot) else piece for piece in pieces]
    return b"".join(
        one.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n").encode("utf-8") for one in filled
    )


def assert_fit_for_the_wire(encoded: bytes) -> None:
    assert encoded.endswith(b"\r\n") or not encoded
    assert encoded.isascii()
    for line in encoded.split(b"\r\n"):
        assert len(line) <= 76
        assert not set(line) & {0, 10, 13}
        assert not line.startswith((b".", b"From "))


@given(pieces=bodies, values=values)
@example(pieces=["a"], values={})
@example(pieces=["x" * 72 + "é" * 20], values={})
@example(pieces=[".\r\n..\r\nFrom me\r\n"], values={})
@example(pieces=["a ", Slot(value="email", context="text"), "\nb"], values={"email": ".x "})
def test_quoted_printable_decodes_to_the_text(pieces: list[Piece], values: dict[str, str]) -> None:
    encoded = b"".join(QuotedPrintable(pieces).filled(lambda slot: values[slot.value]))
    assert_fit_for_the_wire(encoded)
    assert quopri.decodestring(encoded) == with_crlf(pieces, values) + b"\r\n"
    assert not any(line.endswith((b" ", b"\t")) for line in encoded.split(b"\r\n"))


@given(pieces=bodies, values=values)
@example(pieces=["x" * 57], values={})
@example(pieces=[Slot(value="email", context="text"), "y" * 58], values={"email": "ab"})
def test_base64_decodes_to_the_text(pieces: list[Piece], values: dict[str, str]) -> None:
    encoded = b"".join(Base64(pieces).filled(lambda slot: values[slot.value]))
    assert_fit_for_the_wire(encoded)
    assert base64.b64decode(encoded.replace(b"\r\n", b""), validate=True) == with_crlf(pieces, values)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Plain text in English.\n" * 20, "quoted-printable"),
        ("Grüße aus Köln, wo die Bäume blühen.\n" * 20, "quoted-printable"),
        ('<p style="margin:0;color:#123456">Rząd ogłosił zmiany, które wchodzą w życie</p>' * 20, "quoted-printable"),
        ("Привет, как дела?\n" * 20, "base64"),
        ("今日のニュース\n" * 20, "base64"),
        ("", "quoted-printable"),
    ],
)
def test_a_script_other_than_latin_is_sent_in_base64(text: str, name: str) -> None:
    assert encode_body([text]).name == name


def test_blanks_are_never_two_in_a_row_nor_at_the_end_of_a_line() -> None:
    assert quoted_printable("a   b \n  c") == b"a =20=20b=20\r\n =20c"

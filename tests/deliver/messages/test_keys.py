"""Keys on disk, and what DNS is to say of them."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from digest.deliver.messages.keys import Kind, key_record, make_key, read_key, signing_keys
from digest.errors import UsageError


def written(path: Path, key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, password: bytes = b"") -> Path:
    encryption = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    path.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, encryption))
    return path


@pytest.mark.parametrize("kind", ["rsa", "ed25519"])
def test_a_new_key_is_its_owners_alone(kind: Kind, tmp_path: Path) -> None:
    path = tmp_path / "keys" / "s.pem"
    make_key(path, kind)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert (path.parent / ".gitignore").read_text() == "*\n"


def test_a_key_is_never_written_over(tmp_path: Path) -> None:
    make_key(tmp_path / "s.pem", "ed25519")
    before = (tmp_path / "s.pem").read_bytes()
    with pytest.raises(UsageError, match="there already"):
        make_key(tmp_path / "s.pem", "rsa")
    assert (tmp_path / "s.pem").read_bytes() == before


def test_the_record_holds_the_public_key_in_strings_that_dns_takes(tmp_path: Path) -> None:
    make_key(tmp_path / "s.pem", "rsa")
    record = key_record(read_key(tmp_path / "s.pem"), domain="example.org", selector="s")
    assert record.name == "s._domainkey.example.org"
    assert re.fullmatch(r"v=DKIM1; k=rsa; p=[A-Za-z0-9+/]{390}[A-Za-z0-9+/=]{2}", record.value)
    strings = re.findall(r'"([^"]*)"', record.zone_line)
    assert "".join(strings) == record.value
    assert max(map(len, strings)) <= 255


def test_an_ed25519_record_is_as_short_as_its_key(tmp_path: Path) -> None:
    make_key(tmp_path / "s.pem", "ed25519")
    value = key_record(read_key(tmp_path / "s.pem"), domain="example.org", selector="s").value
    assert re.fullmatch(r"v=DKIM1; k=ed25519; p=[A-Za-z0-9+/]{43}=", value)


def test_a_key_that_is_not_there_is_told_with_the_next_step(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"There is no key .*s\.pem") as caught:
        signing_keys(tmp_path, domain="example.org", selectors=["s"])
    assert "digest keys make" in caught.value.hint


def test_a_folder_in_a_keys_place_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="can't be read"):
        read_key(tmp_path)


@pytest.mark.parametrize(
    "content", [b"", b"not a key", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"]
)
def test_what_is_no_key_is_told_without_quoting_it(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "s.pem").write_bytes(content)
    with pytest.raises(UsageError, match="no private key") as caught:
        read_key(tmp_path / "s.pem")
    assert "AAAA" not in str(caught.value)


def test_a_key_with_a_password_is_told(tmp_path: Path) -> None:
    key = rsa.generate_private_key(65537, 2048)
    with pytest.raises(UsageError, match="without a password"):
        read_key(written(tmp_path / "s.pem", key, b"secret"))


def test_a_key_of_another_kind_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="neither an RSA nor an Ed25519 key"):
        read_key(written(tmp_path / "s.pem", ec.generate_private_key(ec.SECP256R1())))


def test_a_signing_key_shows_nothing_of_itself(tmp_path: Path) -> None:
    make_key(tmp_path / "s.pem", "ed25519")
    [key] = signing_keys(tmp_path, domain="example.org", selectors=["s"])
    assert repr(key) == "SigningKey(domain='example.org', selector='s', algorithm='ed25519-sha256')"

"""The key pairs that mail is signed with: made once, kept in files that only their owner may read."""

from __future__ import annotations

import base64
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

from digest.deliver.messages.dkim import SigningKey
from digest.errors import UsageError

Kind = Literal["rsa", "ed25519"]
PrivateKey = RSAPrivateKey | Ed25519PrivateKey

#: RFC 8301 §3.2: signers should use 2048 bits. Larger ones don't fit what some DNS servers and verifiers take.
RSA_BITS = 2048
#: Receivers take no signature with fewer (RFC 8301 §3.2).
_FEWEST_BITS = 1024
#: A string in a TXT record holds at most 255 octets (RFC 1035 §3.3).
_TXT_STRING = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRecord:
    """What DNS has to say of a key."""

    name: str
    value: str

    @property
    def zone_line(self) -> str:
        """The record as a line of a zone file, in strings of at most 255 characters."""
        strings = [f'"{self.value[at : at + _TXT_STRING]}"' for at in range(0, len(self.value), _TXT_STRING)]
        return f"{self.name}. 3600 IN TXT ( {' '.join(strings)} )"


def make_key(path: Path, kind: Kind) -> None:
    """Make a key and write it to a new file that only its owner may read.

    Raises:
        UsageError: there is such a file already, or it can't be written.
    """
    key = generate_private_key(65537, RSA_BITS) if kind == "rsa" else Ed25519PrivateKey.generate()
    text = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Also where the project's own .gitignore was written before there were keys.
        (path.parent / ".gitignore").write_text("*\n", encoding="ascii")
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(
            f"{path} is there already, and a key is never written over: mail that is out is verified with it.",
            hint="Choose another name with --selector; digest keys show prints the record of this one.",
        ) from None
    except OSError as error:
        raise UsageError(f"{path} can't be written: {error.strerror}", hint="Mend the folder's rights.") from error


def read_key(path: Path) -> PrivateKey:
    """Read a private key in PEM.

    Raises:
        UsageError: there is none, it can't be read, or it is no key to sign mail with.
    """
    again = "Make one with: digest keys make; or take its name out of dkim.selectors in digest.toml."
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except FileNotFoundError:
        raise UsageError(f"There is no key {path} to sign the mail with.", hint=again) from None
    except OSError as error:
        raise UsageError(
            f"The key {path} can't be read: {error.strerror}", hint="Give it to the user who sends: chown, chmod 600."
        ) from error
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        # The library's own words may quote the file.
        raise UsageError(f"{path} holds no private key in PEM without a password.", hint=again) from error
    if isinstance(key, RSAPrivateKey) and key.key_size < _FEWEST_BITS:
        raise UsageError(f"The key {path} has {key.key_size} bits; receivers want {RSA_BITS}.", hint=again)
    if not isinstance(key, RSAPrivateKey | Ed25519PrivateKey):
        raise UsageError(f"{path} is neither an RSA nor an Ed25519 key, and DKIM knows no others.", hint=again)
    return key


def signing_keys(folder: Path, *, domain: str, selectors: Sequence[str]) -> tuple[SigningKey, ...]:
    """The keys of a project, each in FOLDER/SELECTOR.pem. Raises UsageError as `read_key` does."""
    keys = [(selector, read_key(folder / f"{selector}.pem")) for selector in selectors]
    return tuple(
        SigningKey(
            domain=domain,
            selector=selector,
            algorithm="rsa-sha256" if isinstance(key, RSAPrivateKey) else "ed25519-sha256",
            sign=_sign_with(key),
        )
        for selector, key in keys
    )


def _sign_with(key: PrivateKey) -> Callable[[bytes], bytes]:
    if isinstance(key, Ed25519PrivateKey):
        # Ed25519 signs the hash as if it were the message (RFC 8463 §3).
        return key.sign
    padding, prehashed = PKCS1v15(), Prehashed(hashes.SHA256())
    return lambda digest: key.sign(digest, padding, prehashed)


def key_record(key: PrivateKey, *, domain: str, selector: str) -> KeyRecord:
    """The TXT record that the key's public half is published in (RFC 6376 §3.6.1, RFC 8463 §4)."""
    public = key.public_key()
    if isinstance(key, RSAPrivateKey):
        kind, octets = (
            "rsa",
            public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo),
        )
    else:
        kind, octets = "ed25519", public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    value = f"v=DKIM1; k={kind}; p={base64.b64encode(octets).decode('ascii')}"
    return KeyRecord(name=f"{selector}._domainkey.{domain}", value=value)

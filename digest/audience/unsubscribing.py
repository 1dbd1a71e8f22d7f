"""Links to unsubscribe, which nobody can make for somebody else. Pure; nothing is stored for them.

    token = HMAC-SHA256(secret, "unsubscribe", list, address key), 120 bits of it, in base32

The list is the newsletter's own, also for people on another: one person has one token, and it takes them off all lists.
A token names nobody: who holds it knows nothing about the person, and who holds the list finds the person by making
the tokens of all its rows (2.5 s for a million).
"""

from __future__ import annotations

import base64
import hmac
import re
from collections.abc import Iterable
from urllib.parse import quote

from digest.errors import UsageError
from digest.settings import NewsletterSettings

#: 24 characters of base32, which survive a mail program that changes capitals. Standard library and older receivers
#: break a List-Unsubscribe header whose address exceeds 75 characters (https://github.com/python/cpython/issues/85725).
_TOKEN_BYTES = 15
_SHORTEST_SECRET = 16


#: A token wherever it stands: in a link, a subject, an address that a message came back to.
_TOKEN = re.compile(r"(?<![a-z0-9])[a-z2-7]{24}(?![a-z0-9])")


def unsubscribe_token(secret: bytes, list_name: str, key: str, *, purpose: str = "unsubscribe") -> str:
    """The token of one person on one list: 24 small letters and digits.

    Args:
        secret: DIGEST_SECRET_KEY, at least 16 bytes.
        key: the address as `digest.text.addresses.address_key` gives it.
        purpose: one for bounces must not unsubscribe: other people's servers see it.

    Raises:
        UsageError: the secret is absent or can be guessed.
    """
    if len(secret) < _SHORTEST_SECRET:
        raise UsageError(
            f"DIGEST_SECRET_KEY has {len(secret)} characters; links to unsubscribe need {_SHORTEST_SECRET} or more",
            hint="Write a long random one into .env: python3 -c 'import secrets; print(secrets.token_urlsafe(32))'",
        )
    digest = hmac.digest(secret, f"{purpose}\0{list_name}\0{key}".encode(), "sha256")
    return base64.b32encode(digest[:_TOKEN_BYTES]).decode().lower()


def verify(token: str, *, secret: bytes, list_name: str, key: str) -> bool:
    """Whether a token is this person's; capitals and white space around it don't count.

    Raises:
        UsageError: see `unsubscribe_token`.
    """
    expected = unsubscribe_token(secret, list_name, key)
    # Bytes, because compare_digest refuses text that is not ASCII, and a token comes from outside.
    return hmac.compare_digest(token.strip().lower().encode("utf-8", "replace"), expected.encode())


def return_path(template: str, *, secret: bytes, list_name: str, key: str) -> str:
    """The address that one person's message comes back to (VERP): the template with the token of that person."""
    return template.replace("{token}", unsubscribe_token(secret, list_name, key, purpose="bounce"))


def tokens_in(text: str) -> frozenset[str]:
    """The tokens that a text may hold: a link, the subject of a mail, a return path."""
    return frozenset(_TOKEN.findall(text.lower()))


def tokens_of(key: str, *, secret: bytes, list_names: Iterable[str]) -> frozenset[str]:
    """All tokens that may be one person's: for each list one to unsubscribe and one in return paths; 5 µs a list."""
    purposes = ("unsubscribe", "bounce")
    return frozenset(unsubscribe_token(secret, name, key, purpose=why) for name in list_names for why in purposes)


def unsubscribe_url(newsletter: NewsletterSettings, *, secret: bytes, list_name: str, key: str) -> str:
    """What a person's link to unsubscribe leads to: the newsletter's own address, else a mail to its sender.

    Such a mail says “unsubscribe” and the token in its subject. Without a secret it has no token, and the owner goes
    by the address it comes from.

    Raises:
        UsageError: newsletter.unsubscribe_url is set and the secret is absent or can be guessed.
    """
    if newsletter.unsubscribe_url:
        return newsletter.unsubscribe_url.replace("{token}", unsubscribe_token(secret, list_name, key))
    subject = f"unsubscribe {unsubscribe_token(secret, list_name, key)}" if secret else "unsubscribe"
    return f"mailto:{quote(newsletter.sender.address, safe='@')}?subject={quote(subject)}"

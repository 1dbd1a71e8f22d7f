"""The identity of an article: `Article.canonical` says in text what it is, `Article.id` is a digest of it.

64 bits are a chance of one in 30 million for two equal ones among a million articles. What is canonical of an entry is
decided in `feeds.sameness`, of a page it is its canonical address, of a file its path.
"""

from __future__ import annotations

import hashlib


def article_id(canonical: str) -> str:
    """The identity as 16 hexadecimal digits; they are in the databases of people's projects."""
    return digest_of(canonical)


def digest_of(text: str) -> str:
    """16 hexadecimal digits of a text's SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]

"""Articles of papers that tell one story, for tests of its sentences."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from digest.model import Article

DAY = datetime(2026, 2, 19, tzinfo=UTC)


def article(text: str = "", number: int = 0, **values: Any) -> Article:
    """What the paper of that number says, in English and on one day unless told otherwise."""
    fields = {
        "id": f"{number:016x}",
        "source": "feed",
        "publisher": f"Paper {number}",
        "title": "",
        "url": None,
        "canonical": f"file:{number}",
        "published": DAY,
        "text": text,
        "language": "en",
    }
    return Article(**(fields | values))

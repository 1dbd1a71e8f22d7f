"""What the tasks of quality.py take and give."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from measures import Figures

from digest.model import Article

#: A line of a data set.
Row = dict[str, Any]

_NOWHEN = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one task gave."""

    task: str
    ours: Figures
    #: The plain method's figures, as far as it has any.
    plain: Figures = field(default_factory=dict)
    #: Lines of the predictions file, in the data's order.
    predictions: list[Row] = field(default_factory=list)
    note: str = ""


def read(path: Path) -> list[Row]:
    """The rows of a data set; none where it is absent."""
    if not path.exists():
        return []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def article_of(row: Row, name: str) -> Article:
    when = datetime.fromisoformat(row["published"]) if row.get("published") else None
    return Article(
        id=name,
        source=row["source"],
        publisher=row["source"],
        title=row["title"],
        url=row["url"],
        canonical=row["url"],
        published=(when if when.tzinfo else when.replace(tzinfo=UTC)) if when else _NOWHEN,
        dated=when is not None,
        text=row["text"],
        language="en",
    )


def title_and_text(row: Row) -> tuple[str, str]:
    title, _, text = row["text"].partition("\n")
    return title.strip(), text.strip()

"""The values that pass from one stage of the run to the next.

Each is frozen and keyword-only, so that a stage can only add to what came before by making a new value. Times are
aware. Text is text: no markup before `render`, no bytes before `deliver`. Personal data exists only in those of
`digest.model.mailing`.
"""

from __future__ import annotations

from digest.model.issue import (
    GMAIL_CLIPS_AT,
    Earlier,
    Edition,
    Finding,
    Issue,
    Item,
    Link,
    NotEnoughNews,
    Placeholders,
    Section,
    Sentence,
    Summary,
)
from digest.model.mailing import BadRow, DeliveryState, Outcome, Plan, Recipient, Report, Skipped, Subscriber
from digest.model.news import (
    Article,
    Collection,
    Dropped,
    Medium,
    Near,
    Picked,
    Remembered,
    SentArticle,
    Source,
    SourceKind,
    SourceReport,
    Story,
    Term,
    Why,
    Window,
)
from digest.model.progress import Progress, Steps, silent

__all__ = [
    "GMAIL_CLIPS_AT",
    "Article",
    "BadRow",
    "Collection",
    "DeliveryState",
    "Dropped",
    "Earlier",
    "Edition",
    "Finding",
    "Issue",
    "Item",
    "Link",
    "Medium",
    "Near",
    "NotEnoughNews",
    "Outcome",
    "Picked",
    "Placeholders",
    "Plan",
    "Progress",
    "Recipient",
    "Remembered",
    "Report",
    "Section",
    "SentArticle",
    "Sentence",
    "Skipped",
    "Source",
    "SourceKind",
    "SourceReport",
    "Steps",
    "Story",
    "Subscriber",
    "Summary",
    "Term",
    "Why",
    "Window",
    "silent",
]

"""The messages of a mailbox → articles, and what became of those that are none. Pure."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError

from digest.collect.article.article import new_article
from digest.collect.article.labels import publisher_of
from digest.collect.mail.letters import Letter, read_letter
from digest.collect.mail.mailbox import Mail
from digest.model import Article, Source
from digest.text.headlines import cut_headline
from digest.text.language import detect_language
from digest.urls import canonical_url

#: Where a text stands in for a missing subject.
_STAND_IN_TITLE = 90
_FIRST_SENTENCE = re.compile(r"(?<=[.!?…])\s|(?<=[。！？])|\n")
_LEFT_OUT = {
    "private": "no newsletters (neither List-Unsubscribe nor List-Id in their headers) or about a subscription",
    "broken": "nothing that can be read as mail",
    "empty": "neither a subject nor a text",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterArticles:
    """The articles of a mailbox, and notes on the messages that are none."""

    articles: tuple[Article, ...]
    notes: tuple[str, ...] = ()


def read_mail(mail: Mail, *, source: Source, now: datetime) -> LetterArticles:
    """Make an article of every newsletter, each once."""
    found: dict[str, Article] = {}
    left_out: Counter[str] = Counter()
    for raw in mail.letters:
        try:
            letter = read_letter(raw.body, received=raw.received)
        except (MessageError, ValueError, LookupError, RecursionError):
            # Made by hand to break readers: the email package raises what it likes.
            left_out["broken"] += 1
            continue
        if letter is None:
            left_out["private"] += 1
        elif not letter.subject and not letter.text:
            left_out["empty"] += 1
        else:
            article = _article(letter, source, now)
            found.setdefault(article.id, article)
    notes = tuple(f"{count} of its messages left out: {_LEFT_OUT[why]}" for why, count in left_out.items())
    return LetterArticles(articles=tuple(found.values()), notes=notes)


def _article(letter: Letter, source: Source, now: datetime) -> Article:
    # Never the Message-ID itself: some senders put their reader's number into it.
    canonical = canonical_url(letter.link) if letter.link else f"mail:{letter.key}"
    published = letter.published or now
    return new_article(
        source,
        canonical=canonical,
        publisher=source.name or letter.sender or publisher_of("", link=f"https://{letter.domain}/"),
        title=letter.subject or cut_headline(_FIRST_SENTENCE.split(letter.text, maxsplit=1)[0], most=_STAND_IN_TITLE),
        url=letter.link,
        published=min(published, now),
        dated=letter.published is not None,
        text=letter.text,
        language=letter.language or detect_language(letter.text or letter.subject),
    )

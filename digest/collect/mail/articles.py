"""The messages of a mailbox → articles, and what became of those that are none. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError

from digest.collect.article.article import LONGEST_STAND_IN, first_sentence, new_article
from digest.collect.article.labels import publisher_of
from digest.collect.mail.mailbox import Mail
from digest.collect.mail.newsletter import Newsletter, read_newsletter
from digest.model import Article, Source
from digest.text.headlines import cut_headline
from digest.text.language import detect_language
from digest.text.urls import canonical_url

_LEFT_OUT = {
    "private": "no newsletters (neither List-Unsubscribe nor List-Id in their headers) or about a subscription",
    "broken": "nothing that can be read as mail",
    "empty": "neither a subject nor a text",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MailArticles:
    """The articles of a mailbox, and notes on the messages that are none."""

    articles: tuple[Article, ...]
    notes: tuple[str, ...] = ()


def read_mail(mail: Mail, *, source: Source, now: datetime) -> MailArticles:
    """Make an article of every newsletter, each once."""
    found: dict[str, Article] = {}
    left_out: Counter[str] = Counter()
    for raw in mail.messages:
        try:
            newsletter = read_newsletter(raw.body, received=raw.received)
        except (MessageError, ValueError, LookupError, RecursionError):
            # Made by hand to break readers: the email package raises what it likes.
            left_out["broken"] += 1
            continue
        if newsletter is None:
            left_out["private"] += 1
        elif not newsletter.subject and not newsletter.text:
            left_out["empty"] += 1
        else:
            article = _article(newsletter, source, now)
            found.setdefault(article.id, article)
    notes = tuple(f"{count} of its messages left out: {_LEFT_OUT[why]}" for why, count in left_out.items())
    return MailArticles(articles=tuple(found.values()), notes=notes)


def _article(newsletter: Newsletter, source: Source, now: datetime) -> Article:
    # Never the Message-ID itself: some senders put their reader's number into it.
    canonical = canonical_url(newsletter.link) if newsletter.link else f"mail:{newsletter.key}"
    published = newsletter.published or now
    return new_article(
        source,
        canonical=canonical,
        publisher=source.name or newsletter.sender or publisher_of("", link=f"https://{newsletter.domain}/"),
        title=newsletter.subject or cut_headline(first_sentence(newsletter.text), most=LONGEST_STAND_IN),
        url=newsletter.link,
        published=min(published, now),
        dated=newsletter.published is not None,
        text=newsletter.text,
        language=newsletter.language or detect_language(newsletter.text or newsletter.subject),
    )

"""What of a story's other articles may stand below the leading one's headline."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from digest.model import Article
from digest.summarize.facts.tallies import Tallies, contradict, tallies
from digest.summarize.sentences.lines import Line

#: An article so much older than the leading one says that talks will be held of which the headline tells the end.
_LAG = timedelta(hours=8)


def up_to_date(articles: Sequence[Article]) -> Sequence[Article]:
    """The articles without those that know less than the leading one, where it is not left alone."""
    since = articles[0].published - _LAG
    told = [article for article in articles if not article.dated or article.published >= since]
    return told if len(told) > 1 else articles


def in_keeping(lines: Sequence[Line], lead: Article) -> Sequence[Line]:
    """The lines without those of other articles that count otherwise than the leading one's headline does."""
    counted = tallies(lead.title, lead.language)
    return [line for line in lines if not line.source or not contradict(counted, _tallies(line))] or lines


def _tallies(line: Line) -> Tallies:
    return tallies(line.text, line.article.language)

"""What of a story's other articles may stand below the leading one's headline."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from digest.model import Article
from digest.summarize.facts.tallies import Tallies, contradict, tallies
from digest.summarize.sentences.lines import Line
from digest.summarize.sentences.standing import is_usable
from digest.text.stems import stems, stop_stems

#: An article so much older than the leading one says that talks will be held of which the headline tells the end.
_LAG = timedelta(hours=8)
#: Another article tells the story of a headline with this share of its words: "Charting China's Winter Olympics Rise"
#: is not told by what says "Winter Olympics" of a sport without women.
_TOLD_BY_OTHERS = 0.5


def up_to_date(articles: Sequence[Article]) -> Sequence[Article]:
    """The articles without those that know less than the leading one, where it is not left alone."""
    since = articles[0].published - _LAG
    told = [article for article in articles if not article.dated or article.published >= since]
    return told if len(told) > 1 else articles


def in_keeping(lines: Sequence[Line], articles: Sequence[Article]) -> Sequence[Line]:
    """The lines without those of other articles that would belie the headline, or tell another story below it."""
    lead = articles[0]
    # Two may be one story by mistake, three seldom are.
    if len(articles) == 2 and _is_another_story(lines, lead):
        lines = [line for line in lines if not line.source] or lines
    counted = tallies(lead.title, lead.language)
    return [line for line in lines if not line.source or not contradict(counted, _tallies(line))] or lines


def _is_another_story(lines: Sequence[Line], lead: Article) -> bool:
    """Whether only a headline says what the leading article tells, and the others do not say that."""
    headline = frozenset(stems(lead.title)) - stop_stems(lead.language)
    if any(is_usable(line) for line in lines if not line.source):
        return False
    told = headline.intersection(stem for line in lines if line.source for stem in line.stems)
    return len(told) < _TOLD_BY_OTHERS * len(headline)


def _tallies(line: Line) -> Tallies:
    return tallies(line.text, line.article.language)

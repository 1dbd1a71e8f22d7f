"""A teaser beside a full report: a report of the event says most of what the teaser's headline says.

Two features on the Olympic Games share the words of the games, and a teaser has few others: of 120 real feeds' weeks
this keeps apart seven pairs that all else takes for one event, of which six are not ("Charting China's Winter Olympics
Rise", "Nordic combined: the Winter Olympics sport that bars women"). No pair of AllSides is concerned.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from digest.model import Article
from digest.pick.events.vectors import beginning
from digest.text.words import content_words

#: Characters of a teaser at most, and of a report at least.
_TEASER, _REPORT = 300, 1_000
#: Characters of a report in which a headline's words are looked for.
_SEARCHED = 4_000
#: What of a headline's words the report has at least. With 0.4 five of the seven pairs are found.
_LEAST_SHARED = 0.5
#: A headline without so many words has none that could be missing; scripts without spaces write it as one.
_FEWEST_WORDS = 3


def of_another_event(articles: Sequence[Article], pairs: Iterable[tuple[int, int]]) -> list[bool]:
    """Whether each pair is a teaser and a report that does not say what the teaser's headline says."""
    said: dict[int, frozenset[str]] = {}
    found = []
    for pair in pairs:
        teaser, report = sorted(pair, key=lambda at: _length(articles[at]))
        judged = _are_judged(articles[teaser], articles[report])
        if judged and report not in said:
            said[report] = _report_terms(articles[report])
        found.append(judged and _lacks(said[report], articles[teaser]))
    return found


def _are_judged(teaser: Article, report: Article) -> bool:
    return _length(teaser) <= _TEASER and _length(report) >= _REPORT and len(teaser.title.split()) >= _FEWEST_WORDS


def _report_terms(report: Article) -> frozenset[str]:
    return _beginnings(f"{report.title} {report.text[:_SEARCHED] or report.teaser}", report.language)


def _lacks(said: frozenset[str], teaser: Article) -> bool:
    headline = _beginnings(teaser.title, teaser.language)
    return len(headline & said) < _LEAST_SHARED * len(headline)


def _length(article: Article) -> int:
    return len(article.text or article.teaser)


def _beginnings(text: str, language: str) -> frozenset[str]:
    return frozenset(map(beginning, content_words(text, language)))

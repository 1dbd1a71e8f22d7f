"""What kind of article a headline or an address announces: a report of news, or a quiz, a gallery, a release note.

A form other than a report says little on what happened; it costs a story something unless another article of the
story is a report. The signs are fixed words of the trade, compared without accents and capitals, and parts of the
address. The words of all languages are asked of any article: sites say /video/ or /quiz/ in any.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import urlsplit

from digest.languages.tables import either, merged
from digest.model import Article
from digest.text.words import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A kind of article that is no report."""

    #: Its name in the tables of words.
    key: str
    #: With its article: "a quiz".
    name: str
    #: What it takes from the score: 0.25 is an age of a third of a half-life, 1 half of the publishers.
    cost: float


_NO_REPORT = 0.3

#: From what costs most; the first that fits counts.
FORMS = (
    Form(key="advertisement", name="an advertisement", cost=0.75),
    Form(key="quiz", name="a quiz or puzzle", cost=0.75),
    Form(key="horoscope", name="a horoscope", cost=0.75),
    Form(key="viewing", name="a viewing guide or table", cost=0.5),
    Form(key="links", name="a list of links or a briefing", cost=0.5),
    Form(key="release", name="a release note", cost=0.4),
    Form(key="part", name="a part of a series", cost=0.3),
    Form(key="pictures", name="pictures or a video", cost=0.3),
    Form(key="live", name="a running blog", cost=0.2),
    Form(key="opinion", name="an opinion", cost=0.2),
    Form(key="tips", name="a list of tips", cost=0.3),
)
#: What needs no words: three numbers, the last of at most three digits (no date), "v2.0", "#12", "2026.02".
_NUMBERS = {
    "release": (
        r"(?<![\d.])v?\d{1,3}\.\d{1,3}\.\d{1,3}(?![\d.]*\d{4})(?:[-.]?(?:rc|beta|alpha)\w*)?(?![\d.])",
        r"\bv\d+\.\d+\b",
    ),
    "part": (r"(?:^|\s)#\d+\b", r"^\d{4}\.\d{2}\b"),
}


def form_of(article: Article) -> Form | None:
    """The form that an article's headline or address announces; None for what may be a report."""
    return _form(article.title, article.url or "")


# The lead, the coverage and the form of a story ask for the same articles; two in three answers are known.
@lru_cache(maxsize=2_000)
def _form(title: str, url: str) -> Form | None:
    headline, path = fold(title), frozenset(urlsplit(url).path.split("/"))
    return next((form for form in FORMS if _announces(form, headline, path)), None)


def _announces(form: Form, headline: str, path: frozenset[str]) -> bool:
    return bool(_headline(form.key).search(headline)) or not _path(form.key).isdisjoint(path)


@cache
def _headline(form: str) -> re.Pattern[str]:
    return re.compile(either([*_NUMBERS.get(form, ()), *merged("forms")[form]]))


@cache
def _path(form: str) -> frozenset[str]:
    return frozenset(merged("form_paths").get(form, ()))


def is_report(article: Article) -> bool:
    """Whether an article tells news; a part of a series, a gallery, a list of links does not, an opinion does."""
    form = form_of(article)
    return form is None or form.cost < _NO_REPORT


def common_form(story: Sequence[Article]) -> Form | None:
    """The form of a story without a report: the one that costs least. None where one of its articles is a report."""
    least: Form | None = None
    for article in story:
        form = form_of(article)
        if form is None:
            return None
        least = form if least is None or form.cost < least.cost else least
    return least

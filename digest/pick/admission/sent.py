"""What earlier issues carried: articles never sent again, and stories that follow an earlier one.

An article is known by its id and address for ever, by its text for `MEMORY`. A story goes on with an earlier one where
both are of one event or its consequences; it is worth telling where it says what readers were not told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from urllib.parse import urlsplit

import numpy as np
from scipy.sparse import csr_matrix

from digest.model import Article, SentArticle
from digest.pick.admission.shingles import Shingles
from digest.pick.events.series import are_numbered_alike, compared_text
from digest.pick.events.stock_wording import (
    ComparedText,
    share_only_stock_wording,
    stand_every_day,
    tell_different_things,
)
from digest.pick.events.vectors import TermVectors, term_vectors
from digest.pick.forms import is_report
from digest.pick.matrix import Ints, joined, products
from digest.text.words import tokens

#: What was sent longer ago than this is no news that a story could go on with, and its text is forgotten.
MEMORY = timedelta(days=120)
# Only the first words of a sent article are kept, so these are compared: three hundred of them.
_LEAD_CHARACTERS = 3_000
# Where stories are compared, as many as the shares below were measured with.
_STORY_CHARACTERS = 700
# Of the shorter lead. The source is not known: where the headlines differ, more is asked than of copies in a window.
_SAME_LEAD = 0.8
_SAME_LEAD_AND_HEADLINE = 0.35
_HEADLINE_WORDS = 5
# How much two articles are alike: the geometric mean of their cosine and of what share of each headline stands in the
# other. Of accounts of one event, one sent and one new, 55 of 100 reach it (AllSides), of the articles of an AllSides
# week 67 reach it with one of the eight weeks before, some 62 of which go on with it; the others are of one topic (the
# jobs report of another month). With a cosine of 0.30 alone these were 51 of 100, 42 and 39; on real feeds, it also
# took a podcast's own words for a story that goes on. At 0.30 of the mean it is 63 of 100, but a fourth of what is
# found beyond that is of one topic.
_FOLLOWS = 0.34
_LEAST_COSINE = 0.2
# The share of an article's telling words (by the square of their weight, as in its vector) that readers were not told.
# Other outlets' accounts of an event that was told three times have 0.26 to 0.63 (the middle 80 %), what goes on with
# one of an earlier week 0.47 to 0.68: below 0.40 are 40 % of the first and 4 % of the second.
_LEAST_NEW = 0.40
_MOST_COMMON = 400


@dataclass(frozen=True, slots=True)
class SentBefore:
    """Which article of an earlier issue an article is, by its id."""

    by_article: Mapping[str, SentArticle]

    @classmethod
    def of(cls, articles: Sequence[Article], sent: Sequence[SentArticle]) -> SentBefore:
        by_key = {key: before for before in sent for key in (before.id, before.canonical)}
        found = {a.id: by_key.get(a.id) or by_key.get(a.canonical) for a in articles}
        known = {name: before for name, before in found.items() if before}
        return cls({**_by_lead([article for article in articles if not article.pinned], sent), **known})

    def sent_as(self, article: Article) -> SentArticle | None:
        return self.by_article.get(article.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A story that goes on with one of an earlier issue."""

    #: The most alike of what was sent.
    of: SentArticle
    #: The share of what it says that no article of the earlier story said, 0 to 1.
    new: float
    #: Whether its headline has a number that readers were not told: the same words, but "20 dead" was "3 dead".
    new_number: bool = False

    @property
    def says_nothing_new(self) -> bool:
        return self.new < _LEAST_NEW and not self.new_number


def recent(sent: Sequence[SentArticle], *, until: datetime) -> list[SentArticle]:
    """What was sent so lately that a story may go on with it."""
    return [before for before in sent if before.sent_on >= (until - MEMORY).date()]


def follow_ups(articles: Sequence[Article], sent: Sequence[SentArticle]) -> dict[str, FollowUp]:
    """For the articles that tell more of an earlier issue's story: of which, by id.

    The next of a series follows nothing: session 153 is no news of session 152, nor one quiz of another.
    """
    if not sent:
        return {}
    # What an outlet puts into all its articles (the name of a podcast, its hosts) is no story that goes on.
    at_home = [replace(article, source=_outlet(article.canonical)) for article in articles]
    vectors = term_vectors([*at_home, *(_as_article(before) for before in sent)])
    stories = _stories(sent, len(articles))
    found = {}
    for i, like in _alike(vectors, len(articles)).items():
        # The most alike first.
        earlier = [j for j in like if not are_numbered_alike(articles[i].title, sent[j - len(articles)].title)]
        if earlier and is_report(articles[i]):
            told = sorted({row for j in earlier for row in stories[_story(sent[j - len(articles)])]})
            found[articles[i].id] = FollowUp(
                of=sent[earlier[0] - len(articles)],
                new=_share_new(vectors.rows, i, told),
                new_number=_has_new_number(articles[i], [sent[row - len(articles)] for row in told]),
            )
    return found


def _alike(vectors: TermVectors, articles: int) -> dict[int, list[int]]:
    """For the articles, the first rows, the rows of what was sent and is like them, the most alike first."""
    parts = []
    for a, b, cosine in products(vectors.rows, most_common=_MOST_COMMON):
        across = (a < articles) & (b >= articles) & (cosine >= _LEAST_COSINE)
        parts.append((a[across], b[across], cosine[across]))
    a, b, cosine = joined(parts)
    likeness = np.sqrt(cosine * vectors.headlines_shared(a, b))
    alike = defaultdict(list)
    for at in np.lexsort((b, -likeness)).tolist():
        if likeness[at] < _FOLLOWS:
            break
        alike[int(a[at])].append(int(b[at]))
    return alike


def _stories(sent: Sequence[SentArticle], first: int) -> dict[tuple[str, str], list[int]]:
    """The rows of the articles that were sent, by story."""
    stories = defaultdict(list)
    for row, before in enumerate(sent, start=first):
        stories[_story(before)].append(row)
    return stories


def _story(before: SentArticle) -> tuple[str, str]:
    # What older versions recorded knows no story: each article stands for itself.
    return before.issue, before.story or before.id


def _share_new(rows: csr_matrix, of: int, told: Sequence[int]) -> float:
    said: Ints = np.unique(rows[list(told)].indices)
    row = rows[of]
    return float((row.data[~np.isin(row.indices, said)] ** 2).sum())


def _has_new_number(article: Article, told: Sequence[SentArticle]) -> bool:
    said = {token for before in told for token in tokens(f"{before.title} {before.lead[:_STORY_CHARACTERS]}")}
    return any(token.isdigit() and token not in said for token in tokens(article.title))


def _by_lead(articles: Sequence[Article], sent: Sequence[SentArticle]) -> dict[str, SentArticle]:
    sent = [before for before in sent if before.lead]
    if not sent:
        return {}
    leads = [(article.text or article.teaser)[:_LEAD_CHARACTERS] for article in articles]
    # Each sent article stands for a source of its own: nothing is known of its template.
    sources = [*(article.source for article in articles), *(f"sent {n}" for n in range(len(sent)))]
    shingles = Shingles.of([*leads, *(before.lead for before in sent)], sources)
    found = {}
    for a, b in shingles.candidates():
        if a < len(articles) <= b:
            article, before = articles[a], sent[b - len(articles)]
            if _is_same(article, before, shingles.shared(a, b)):
                found[article.id] = before
    return found


def _is_same(article: Article, before: SentArticle, shared: float) -> bool:
    if are_numbered_alike(article.title, before.title) or _is_next_of_series(article, before):
        return False
    headline = tokens(article.title)
    if len(headline) >= _HEADLINE_WORDS and headline == tokens(before.title):
        return shared >= _SAME_LEAD_AND_HEADLINE
    return shared >= _SAME_LEAD


def _is_next_of_series(article: Article, before: SentArticle) -> bool:
    """Whether an article shares with one that was sent only what its outlet prints each time."""
    new = compared_text(article).clipped(_LEAD_CHARACTERS)
    old = ComparedText(before.title, before.lead, article.language)
    if _outlet(article.canonical) != _outlet(before.canonical):
        return tell_different_things(new, old)
    # What is kept of the old one may end in the middle.
    pairs = ((new, old), (new.beside(old), old.beside(new)))
    return any(share_only_stock_wording(*pair) for pair in pairs) or stand_every_day(new, old)


def _outlet(canonical: str) -> str:
    """The host of an address, the folder of a file: which source it was is not known of what was sent."""
    parts = urlsplit(canonical)
    return parts.netloc or parts.path.rpartition("/")[0]


def _as_article(before: SentArticle) -> Article:
    return Article(
        id=before.id,
        source=_outlet(before.canonical),
        publisher="",
        title=before.title,
        url=None,
        canonical=before.canonical,
        published=datetime.combine(before.sent_on, time(), UTC),
        text=before.lead[:_STORY_CHARACTERS],
    )

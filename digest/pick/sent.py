"""What earlier issues carried: articles never sent again, and stories that follow an earlier one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from digest.model import Article, SentArticle
from digest.pick.matrix import joined, nearest, products
from digest.pick.series import are_numbered_alike
from digest.pick.shingles import Shingles
from digest.pick.wording import vectors
from digest.text.words import tokens

# Only the first words of a sent article are kept, so these are compared.
_LEAD_CHARACTERS = 700
# Of the shorter lead. The source is not known: where the headlines differ, more is asked than of copies in a window.
_SAME_LEAD = 0.8
_SAME_LEAD_AND_HEADLINE = 0.35
_HEADLINE_WORDS = 5
# The cosine of two articles of one event is 0.22 or more three times of four, of one topic seldom.
_FOLLOWS = 0.28
_MOST_COMMON = 400


@dataclass(frozen=True, slots=True)
class Archive:
    """Which article of an earlier issue an article is, by its id."""

    by_article: Mapping[str, SentArticle]

    @classmethod
    def of(cls, articles: Sequence[Article], sent: Sequence[SentArticle]) -> Archive:
        by_key = {key: before for before in sent for key in (before.id, before.canonical)}
        found = {a.id: by_key.get(a.id) or by_key.get(a.canonical) for a in articles}
        known = {name: before for name, before in found.items() if before}
        return cls({**_by_lead([article for article in articles if not article.pinned], sent), **known})

    def sent_as(self, article: Article) -> SentArticle | None:
        return self.by_article.get(article.id)


def followed(leads: Sequence[Article], sent: Sequence[SentArticle]) -> dict[str, SentArticle]:
    """For the articles that tell more of an earlier issue's story: which one, by id."""
    if not sent:
        return {}
    rows = vectors([*leads, *(_as_article(before) for before in sent)])
    parts = []
    for a, b, cosine in products(rows, most_common=_MOST_COMMON):
        across = (a < len(leads)) & (b >= len(leads)) & (cosine >= _FOLLOWS)
        parts.append(nearest(a[across], b[across], cosine[across], 1))
    a, b, _ = joined(parts)
    return {leads[i].id: sent[j - len(leads)] for i, j in zip(a.tolist(), b.tolist(), strict=True)}


def _by_lead(articles: Sequence[Article], sent: Sequence[SentArticle]) -> dict[str, SentArticle]:
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
    if are_numbered_alike(article.title, before.title):
        return False
    headline = tokens(article.title)
    if len(headline) >= _HEADLINE_WORDS and headline == tokens(before.title):
        return shared >= _SAME_LEAD_AND_HEADLINE
    return shared >= _SAME_LEAD


def _as_article(before: SentArticle) -> Article:
    return Article(
        id=before.id,
        source=f"issue {before.issue} {before.id}",
        publisher="",
        title=before.title,
        url=None,
        canonical=before.canonical,
        published=datetime.combine(before.sent_on, time(), UTC),
        text=before.lead,
    )

"""The same text twice: one address in two feeds, syndicated copies, new titles, updated versions.

A copy is told by three-word shingles. Shingles that many articles of one source share are its template (sponsors of
a podcast, the footer of a release note) and count for nothing, so that two episodes are not taken for one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from digest.model import Article
from digest.pick.shingles import Shingles
from digest.text.words import tokens

#: Copies appear within days; the same words a month later are a new event of a series.
_APART = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """An article that says what another, `of`, says already."""

    article: Article
    of: Article
    #: "the same address as", "the same text as", "nearly the same text as"
    relation: str


def find_copies(articles: Sequence[Article]) -> tuple[list[Article], list[Copy]]:
    """Split articles into those to keep, in their order, and the copies of them."""
    relations: dict[frozenset[int], str] = {}
    groups = _Groups(len(articles))
    for relation, pairs in (
        ("the same address as", _same_address(articles)),
        ("the same text as", _same_text(articles)),
        ("nearly the same text as", _near_copies(articles)),
    ):
        for a, b in pairs:
            relations.setdefault(frozenset((a, b)), relation)
            groups.join(a, b)
    return _split(articles, groups, relations)


def _split(
    articles: Sequence[Article], groups: _Groups, relations: dict[frozenset[int], str]
) -> tuple[list[Article], list[Copy]]:
    kept, copies = [], []
    best = {root: min(group, key=lambda i: _preference(articles[i])) for root, group in groups.members().items()}
    for i, article in enumerate(articles):
        of = best[groups.root(i)]
        if of == i:
            kept.append(article)
        else:
            relation = relations.get(frozenset((i, of)), "nearly the same text as")
            copies.append(Copy(article=article, of=articles[of], relation=relation))
    return kept, copies


def _preference(article: Article) -> tuple[float, bool, int, float, str]:
    """The owner's weight first, then an article one can open, then the fuller text, then the earlier one."""
    fullness = min(len(article.text), 6000) // 600
    return (-article.weight, article.url is None, -fullness, article.published.timestamp(), article.id)


def _same_address(articles: Sequence[Article]) -> Iterable[tuple[int, int]]:
    yield from _chains(_by(articles, lambda article: article.id))
    for group in _by(articles, lambda article: article.canonical):
        first = group[0]
        # Podcasts and bulletins give all their entries one link: within a source the titles must agree as well.
        yield from (
            (first, i)
            for i in group[1:]
            if articles[i].source != articles[first].source or articles[i].title == articles[first].title
        )


def _same_text(articles: Sequence[Article]) -> Iterable[tuple[int, int]]:
    return (
        (a, b)
        for a, b in _chains(_by(articles, _wording))
        if abs(articles[a].published - articles[b].published) <= _APART
    )


def _wording(article: Article) -> object:
    """What makes two articles the same text; an article with hardly a word is only like itself."""
    words = tuple(tokens(f"{article.title}\n{article.text or article.teaser}"))
    return words if len(words) >= 5 else article.id


def _near_copies(articles: Sequence[Article]) -> Iterable[tuple[int, int]]:
    shingles = Shingles.of(articles)
    return (
        (a, b)
        for a, b in shingles.candidates()
        if abs(articles[a].published - articles[b].published) <= _APART and shingles.are_copies(a, b)
    )


def _by(articles: Sequence[Article], key: object) -> Iterable[list[int]]:
    groups: dict[object, list[int]] = defaultdict(list)
    for i, article in enumerate(articles):
        groups[key(article)].append(i)  # type: ignore[operator]  # a plain function of Article
    return (group for group in groups.values() if len(group) > 1)


def _chains(groups: Iterable[list[int]]) -> Iterable[tuple[int, int]]:
    return ((group[0], i) for group in groups for i in group[1:])


class _Groups:
    """Disjoint sets of numbers."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def root(self, i: int) -> int:
        while self._parent[i] != i:
            self._parent[i] = self._parent[self._parent[i]]
            i = self._parent[i]
        return i

    def join(self, a: int, b: int) -> None:
        first, second = sorted((self.root(a), self.root(b)))
        self._parent[second] = first

    def members(self) -> dict[int, list[int]]:
        members: dict[int, list[int]] = defaultdict(list)
        for i in range(len(self._parent)):
            members[self.root(i)].append(i)
        return members

"""The same text twice: one address in two feeds, syndicated copies, new titles, updated versions.

A copy is told by three-word shingles. What many articles of one source share is its template (the sponsors of a
podcast, the footer of a release note) and counts for nothing, so that two episodes are not taken for one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from digest.model import Article
from digest.pick.admission.shingles import Shingles
from digest.pick.events.series import are_of_one_rubric, differ_in_substance, have_one_title
from digest.pick.forms import is_report
from digest.text.folding import folded_name
from digest.text.length import count_words
from digest.text.words import tokens

#: Copies appear within days; the same words later are a new event of a series.
_APART = timedelta(days=7)
# Share of the shorter text's shingles that the other has. Made by honest edits (benchmarks/quality.py) copies have
# 0.6 to 1; of 1.8 million other pairs of BBC and AllSides articles none has more than 0.51 that is no later version.
_COPY = 0.55
# Two articles of one source are alike for more reasons.
_COPY_IN_SOURCE = 0.7
# Under the same headline even a text of four sentences that lost one and got two is a version.
_COPY_WITH_HEADLINE = 0.35
# Versions of one article in a feed, three and more, look like its template.
_VERSION = 0.8
# A headline of fewer words ("Weekly links") may come twice.
_HEADLINE_WORDS = 5
# A text of fewer words says no more than its headline.
_BARE_WORDS = 25

_Pairs = Iterable[tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """An article that says what another, `of`, says already."""

    article: Article
    of: Article
    #: "the same address as", "the same text as", "the same headline as", "nearly the same text as"
    relation: str


def find_copies(articles: Sequence[Article]) -> tuple[list[Article], list[Copy]]:
    """Split articles into those to keep, in their order, and the copies of them."""
    relations: dict[frozenset[int], str] = {}
    groups = _Groups(len(articles))
    for relation, pairs in (
        ("the same address as", _same_address(articles)),
        ("the same text as", _same_text(articles)),
        ("the same headline as", _same_headline(articles)),
        ("nearly the same text as", _near_copies(articles)),
    ):
        for a, b in pairs:
            relations.setdefault(frozenset((a, b)), relation)
            groups.join(a, b)
    return _split(articles, groups, relations)


def _split(
    articles: Sequence[Article], groups: _Groups, relations: dict[frozenset[int], str]
) -> tuple[list[Article], list[Copy]]:
    best = {root: min(group, key=lambda i: _preference(articles[i])) for root, group in groups.members().items()}
    kept, copies = [], []
    for i, article in enumerate(articles):
        of = best[groups.root(i)]
        # What the owner picked stays, beside its copy, too; the same article twice does not.
        if of == i or (article.pinned and article.id != articles[of].id):
            kept.append(article)
        else:
            relation = relations.get(frozenset((i, of)), "nearly the same text as")
            copies.append(Copy(article=article, of=articles[of], relation=relation))
    return kept, copies


def _preference(article: Article) -> tuple[bool, float, bool, bool, int, float, str]:
    """The owner's pick and weight first, then an article one can open, then the fuller text, then the earlier one."""
    # By the thousand: a text a few words longer is no better than one that was there first.
    thousands = min(len(article.text), 6_000) // 1_000
    return (
        not article.pinned,
        -article.weight,
        article.url is None,
        _is_bare(article),
        -thousands,
        article.published.timestamp(),
        article.id,
    )


def _same_address(articles: Sequence[Article]) -> _Pairs:
    yield from _firsts(_by(articles, lambda article: article.id))
    yield from _firsts(_by(articles, lambda article: (article.canonical, article.title)))
    for group in _by(articles, lambda article: article.canonical):
        # Podcasts and bulletins give all their entries one link: then it says nothing.
        if len({articles[i].source for i in group}) == len(group):
            yield from _firsts([group])


def _same_text(articles: Sequence[Article]) -> _Pairs:
    pairs = _firsts(_by(articles, _text_key))
    return (pair for pair in pairs if _close(articles, pair, _APART) and not _is_rubric(articles, pair))


def _text_key(article: Article) -> Hashable:
    """What makes two articles the same text; one with hardly a word is only like itself."""
    text = f"{article.title}\n{article.text or article.teaser}"
    return folded_name(text) if count_words(text) >= _HEADLINE_WORDS else (article.id,)


def _same_headline(articles: Sequence[Article]) -> _Pairs:
    """A bare headline, as link lists give it, beside an article with the same one."""
    for group in _by(articles, lambda a: tuple(tokens(a.title))):
        fullest = max(group, key=lambda i: (len(articles[i].text), -i))
        if len(tokens(articles[fullest].title)) >= _HEADLINE_WORDS:
            pairs = ((fullest, i) for i in group if i != fullest and _is_bare(articles[i]))
            near = (pair for pair in pairs if _close(articles, pair, timedelta(days=3)))
            yield from (pair for pair in near if not _is_rubric(articles, pair) and not _is_usual(articles, pair))


def _is_usual(articles: Sequence[Article], pair: tuple[int, int]) -> bool:
    """Whether a headline is one that many outlets have: "Five things to know today"."""
    sources = {articles[i].source for i in pair}
    return len(sources) > 1 and not all(is_report(articles[i]) for i in pair)


def _is_rubric(articles: Sequence[Article], pair: tuple[int, int]) -> bool:
    return are_of_one_rubric(articles[pair[0]], articles[pair[1]])


def _is_bare(article: Article) -> bool:
    return count_words(article.text or article.teaser) < _BARE_WORDS


def _near_copies(articles: Sequence[Article]) -> _Pairs:
    shingles = Shingles.of([a.text or a.teaser for a in articles], [a.source for a in articles])
    for a, b in shingles.candidates():
        # What is asked of any copy is asked first: it turns most pairs away.
        likely = _close(articles, (a, b), _APART) and shingles.shared(a, b, templates=True) >= _COPY_WITH_HEADLINE
        if likely and _are_near_copies(articles[a], articles[b], shingles, a, b):
            yield a, b


def _are_near_copies(first: Article, second: Article, shingles: Shingles, a: int, b: int) -> bool:
    if not _share_enough(first, second, shingles, a, b) or differ_in_substance(first, second):
        return False
    return not are_of_one_rubric(first, second)


def _share_enough(first: Article, second: Article, shingles: Shingles, a: int, b: int) -> bool:
    if _have_one_headline(first, second):
        in_source = first.source == second.source and shingles.shared(a, b, templates=True) >= _VERSION
        return in_source or shingles.shared(a, b) >= _COPY_WITH_HEADLINE
    return shingles.shared(a, b) >= (_COPY_IN_SOURCE if first.source == second.source else _COPY)


def _have_one_headline(first: Article, second: Article) -> bool:
    return len(tokens(first.title)) >= _HEADLINE_WORDS and have_one_title(first, second)


def _close(articles: Sequence[Article], pair: tuple[int, int], apart: timedelta) -> bool:
    return abs(articles[pair[0]].published - articles[pair[1]].published) <= apart


def _by(articles: Sequence[Article], key: Callable[[Article], Hashable]) -> Iterable[list[int]]:
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for i, article in enumerate(articles):
        groups[key(article)].append(i)
    return (group for group in groups.values() if len(group) > 1)


def _firsts(groups: Iterable[list[int]]) -> _Pairs:
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

"""articles → stories, best first, and why every other article is not among them.

articles ── admit ───────▶ those inside the window, not muted, not sent before
         ── find_copies ─▶ one article of each text
         ── join_events ─▶ groups that tell one event, the lead first
         ── rank ────────▶ terms of a score
         ── place ───────▶ section and reason
         ── select ──────▶ the best within the caps
         ── merge ───────▶ no section of a single story
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from scipy.sparse import csr_matrix

from digest.model import Article, Dropped, Picked, Progress, SentArticle, Story, Why, Window, silent
from digest.pick.admission.dedupe import Copy, find_copies
from digest.pick.admission.gate import admit
from digest.pick.admission.sent import FollowUp, follow_ups, recent
from digest.pick.events.cluster import join_events
from digest.pick.events.source_languages import with_languages
from digest.pick.events.vectors import term_vectors
from digest.pick.phrases import phrases
from digest.pick.ranking.lead import each_pinned_leads, with_lead_first
from digest.pick.ranking.rank import Scoring
from digest.pick.ranking.worth import worth_telling
from digest.pick.selection.sections import place
from digest.pick.selection.select import Capacity, as_pairs, nearness, select
from digest.pick.selection.thin_sections import SectionMinimums, merge_thin_sections
from digest.settings import PickSettings, SectionSettings

# So many stories are placed in sections and compared with earlier issues; the rest of a busier week is far below any
# cut (an issue has at most 500).
_SHORTLIST = 3_000


def pick(
    articles: Sequence[Article],
    *,
    window: Window,
    settings: PickSettings,
    sections: Sequence[SectionSettings],
    sent: Sequence[SentArticle] = (),
    progress: Progress = silent,
) -> Picked:
    """Choose the stories of an issue.

    The same articles in any order give the same stories. Every article given is either in a story or in `dropped`.

    Args:
        progress: told how many articles the work done so far is worth, and how many there are.
    """
    milestones = _Milestones(progress, len(articles))
    admitted, turned_away = admit(articles, window=window, settings=settings, sent=sent)
    milestones.reach("admitted")
    events = group_by_event(with_languages(admitted), reach=milestones.reach)
    scoring = Scoring(
        window=window,
        half_life=settings.half_life or (window.until - window.since) / 3,
        boost=phrases(settings.boost),
        volumes=Counter(article.source for article in events.articles),
        copies=_publishers_of_copies(events.copies),
    )
    shortlist, rest = _shortlist(events.groups, scoring)
    earlier = follow_ups([article for group in shortlist for article in group], recent(sent, until=window.until))
    fresh, stale = _with_news(shortlist, earlier)
    milestones.reach("shortlisted")
    stories = _stories(fresh, scoring, settings, sections, earlier)
    milestones.reach("placed")
    near = nearness(events.rows_of_leads(stories))
    chosen, refused = choose(stories, near, capacity=Capacity.of(settings, sections), least=settings.min_score)
    dropped = (*turned_away, *(_as_dropped(copy) for copy in events.copies), *refused, *stale, *rest)
    merged = merge_thin_sections(chosen, SectionMinimums.of(settings, sections))
    milestones.reach("chosen")
    return Picked(stories=tuple(merged), dropped=dropped, considered=tuple(stories), near=as_pairs(near))


def choose(
    stories: Sequence[Story], near: csr_matrix, *, capacity: Capacity, least: float | None
) -> tuple[list[Story], list[Dropped]]:
    """Of the stories that stand for an issue those that are taken, best first; and why the others are not.

    Args:
        near: the `nearness` of their leads.
        least: see `worth_telling`.
    """
    fine, weak = worth_telling(stories, least=least)
    worthy = {story.id for story in fine}
    places = [place for place, story in enumerate(stories) if story.id in worthy]
    chosen, refused = select(fine, csr_matrix(near[places][:, places]), capacity)
    return chosen, [*refused, *weak]


@dataclass(frozen=True, slots=True, kw_only=True)
class Events:
    """Articles by the event they tell."""

    #: One article of each text.
    articles: list[Article]
    #: Their vectors, in their order.
    rows: csr_matrix
    copies: list[Copy]
    #: The articles again: each group tells one event, the lead first.
    groups: list[list[Article]]

    def rows_of_leads(self, stories: Sequence[Story]) -> csr_matrix:
        row = {article.id: i for i, article in enumerate(self.articles)}
        return csr_matrix(self.rows[[row[story.id] for story in stories]])


#: What share of the work is done by then, measured on 4,000 articles.
_SHARES = {
    "admitted": 0.0,
    "told from copies": 0.4,
    "read": 0.5,
    "grouped by event": 0.7,
    "shortlisted": 0.75,
    "placed": 0.95,
    "chosen": 1.0,
}


@dataclass(frozen=True, slots=True)
class _Milestones:
    """How far picking is."""

    progress: Progress
    total: int

    def reach(self, milestone: str) -> None:
        self.progress(int(_SHARES[milestone] * self.total), self.total)


def group_by_event(articles: Sequence[Article], *, reach: Callable[[str], None] = lambda _: None) -> Events:
    """Drop copies and group what is left by event; most groups are single articles."""
    kept, copies = find_copies(articles)
    reach("told from copies")
    vectors = term_vectors(kept)
    rows = vectors.rows
    reach("read")
    groups = [with_lead_first([kept[i] for i in group], rows[group]) for group in join_events(kept, vectors)]
    groups = [part for group in groups for part in each_pinned_leads(group)]
    reach("grouped by event")
    return Events(articles=kept, rows=rows, copies=copies, groups=groups)


def _shortlist(groups: Sequence[list[Article]], scoring: Scoring) -> tuple[list[list[Article]], list[Dropped]]:
    """The best of the stories by what is known of each alone, and the articles of the others."""
    scored = [(sum(term.value for term in scoring.terms(group)), group) for group in groups]
    scored.sort(key=lambda pair: (not pair[1][0].pinned, -pair[0], pair[1][0].id))
    detail = f"{_SHORTLIST:,} stories score higher."
    rest = [
        Dropped(article=article, why=Why.BELOW_CUT, detail=detail, score=score)
        for score, group in scored[_SHORTLIST:]
        for article in group
    ]
    return [group for _, group in scored[:_SHORTLIST]], rest


def _with_news(
    groups: Sequence[list[Article]], earlier: Mapping[str, FollowUp]
) -> tuple[list[list[Article]], list[Dropped]]:
    """The stories without the articles that say nothing but what an earlier issue told, and these."""
    fresh, stale = [], []
    for group in groups:
        told = {a.id: before for a in group if (before := earlier.get(a.id)) and before.says_nothing_new}
        if group[0].pinned:
            told = {}
        if len(told) < len(group):
            fresh.append([article for article in group if article.id not in told])
        stale += [_nothing_new(article, told[article.id]) for article in group if article.id in told]
    return fresh, stale


def _nothing_new(article: Article, before: FollowUp) -> Dropped:
    detail = f'Issue {before.of.issue} told it as "{before.of.title}"; {before.new:.0%} of what it says is new.'
    return Dropped(article=article, why=Why.NOTHING_NEW, detail=detail)


def _stories(
    groups: Sequence[list[Article]],
    scoring: Scoring,
    settings: PickSettings,
    sections: Sequence[SectionSettings],
    earlier: Mapping[str, FollowUp],
) -> list[Story]:
    placings = place(groups, sections, catch_all=settings.catch_all)
    stories = []
    for group, placing in zip(groups, placings, strict=True):
        before = next((earlier[article.id] for article in group if article.id in earlier), None)
        terms = scoring.terms(group, follows=before)
        score = sum(term.value for term in terms)
        stories.append(
            Story(
                articles=tuple(group),
                section=placing.section,
                score=score,
                terms=terms,
                section_reason=placing.reason,
                section_is_ruled=placing.is_ruled,
                follows=before.of if before else None,
            )
        )
    return stories


def _publishers_of_copies(copies: Sequence[Copy]) -> dict[str, list[str]]:
    publishers: dict[str, list[str]] = defaultdict(list)
    for copy in copies:
        if copy.relation != "the same address as":
            publishers[copy.of.id].append(copy.article.publisher)
    return publishers


def _as_dropped(copy: Copy) -> Dropped:
    detail = f'It has {copy.relation} "{copy.of.title}" of {copy.of.publisher}.'
    return Dropped(article=copy.article, why=Why.DUPLICATE, detail=detail)

"""articles → stories, best first, and why every other article is not among them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from digest.config import PickSettings, SectionSettings
from digest.model import Article, Dropped, Picked, SentArticle, Story, Why, Window
from digest.pick.cluster import join_events
from digest.pick.dedupe import Copy, find_copies
from digest.pick.phrases import Words, phrases
from digest.pick.rank import choose_lead, half_life, score_terms
from digest.pick.sections import Placing, place


def pick(
    articles: Sequence[Article],
    *,
    window: Window,
    settings: PickSettings,
    sections: Sequence[SectionSettings],
    sent: Sequence[SentArticle] = (),
) -> Picked:
    """Choose the stories of an issue.

    The same articles in any order give the same stories. Every article given is either in a story or in `dropped`.
    """
    dropped: list[Dropped] = []
    left = sorted(articles, key=lambda a: (a.published, a.id))
    left = _inside(left, window, dropped)
    left = _with_content(left, dropped)
    left = _not_muted(left, settings, dropped)
    left = _not_sent(left, sent, dropped)
    left, copies = find_copies(left)
    dropped.extend(_as_dropped(copy) for copy in copies)
    groups = [choose_lead(group) for group in join_events(left)]
    placings = place(groups, sections, catch_all=settings.catch_all)
    stories = [_story(g, p, window, settings) for g, p in zip(groups, placings, strict=True)]
    stories.sort(key=lambda story: (-story.score, story.id))
    chosen = _within_caps(stories, settings, sections, dropped)
    return Picked(stories=tuple(chosen), dropped=tuple(dropped))


def _story(group: Sequence[Article], placing: Placing, window: Window, settings: PickSettings) -> Story:
    terms = score_terms(
        group,
        window=window,
        halved_after=half_life(settings, window),
        boost=phrases(settings.boost),
        follows=None,
    )
    return Story(
        articles=tuple(group),
        section=placing.section,
        score=sum(term.value for term in terms),
        terms=terms,
        section_reason=placing.reason,
    )


def _inside(articles: Sequence[Article], window: Window, dropped: list[Dropped]) -> list[Article]:
    outside = [a for a in articles if not window.holds(a.published)]
    dropped.extend(
        Dropped(article=a, why=Why.OUTSIDE_WINDOW, detail=f"Published {a.published:%Y-%m-%d %H:%M}.") for a in outside
    )
    return [a for a in articles if window.holds(a.published)]


def _with_content(articles: Sequence[Article], dropped: list[Dropped]) -> list[Article]:
    empty = [a for a in articles if not a.title.strip() and not (a.text or a.teaser).strip()]
    dropped.extend(Dropped(article=a, why=Why.NO_CONTENT, detail="It has no title and no text.") for a in empty)
    return [a for a in articles if a.title.strip() or (a.text or a.teaser).strip()]


def _not_muted(articles: Sequence[Article], settings: PickSettings, dropped: list[Dropped]) -> list[Article]:
    muted = phrases(settings.mute)
    kept = []
    for article in articles:
        words = Words.of("\n".join((article.title, article.teaser, article.text[:600], *article.categories)))
        hit = next((phrase for phrase in muted if phrase.count(words)), None)
        if hit:
            dropped.append(Dropped(article=article, why=Why.MUTED, detail=f'It speaks of "{hit.written}".'))
        else:
            kept.append(article)
    return kept


def _not_sent(articles: Sequence[Article], sent: Sequence[SentArticle], dropped: list[Dropped]) -> list[Article]:
    by_key = {key: s for s in sent for key in (s.id, s.canonical)}
    kept = []
    for article in articles:
        before = by_key.get(article.id) or by_key.get(article.canonical)
        if before:
            detail = f"Issue {before.issue} of {before.sent_on} carried it."
            dropped.append(Dropped(article=article, why=Why.SENT_BEFORE, detail=detail))
        else:
            kept.append(article)
    return kept


def _as_dropped(copy: Copy) -> Dropped:
    detail = f'It has {copy.relation} "{copy.of.title}" of {copy.of.publisher}.'
    return Dropped(article=copy.article, why=Why.DUPLICATE, detail=detail)


def _within_caps(
    stories: Sequence[Story], settings: PickSettings, sections: Sequence[SectionSettings], dropped: list[Dropped]
) -> Iterator[Story]:
    caps = {section.name: section.max_stories or settings.per_section for section in sections}
    taken = 0
    by_source: Counter[str] = Counter()
    by_section: Counter[str] = Counter()
    for story in stories:
        source, section = story.lead.source, story.section
        refusal = None
        if taken >= settings.max_stories:
            refusal = (Why.BELOW_CUT, f"{taken} stories score higher.")
        elif by_source[source] >= settings.per_source:
            refusal = (Why.SOURCE_CAP, f"{by_source[source]} stories of {story.lead.publisher} score higher.")
        elif by_section[section] >= caps.get(section, settings.per_section):
            refusal = (Why.SECTION_CAP, f"{by_section[section]} stories of {section} score higher.")
        if refusal:
            why, detail = refusal
            dropped.extend(Dropped(article=a, why=why, detail=detail, score=story.score) for a in story.articles)
            continue
        taken += 1
        by_source[source] += 1
        by_section[section] += 1
        yield replace(story)

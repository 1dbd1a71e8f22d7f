"""Stories and their summaries → an issue: headlines, sections in order, subject and preheader."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

from digest.model import (
    Article,
    Earlier,
    Issue,
    Item,
    Link,
    NotEnoughNews,
    Picked,
    Section,
    SentArticle,
    Sentence,
    Story,
    Summary,
    Why,
)
from digest.settings import ComposeSettings, NewsletterSettings
from digest.text.clean import clean_line
from digest.text.headlines import clean_headline, cut_headline
from digest.text.length import reading_minutes
from digest.text.sentences import split_sentences
from digest.text.urls import shown_host

#: Columns that a mail program on a desktop shows of a subject; a phone shows about 40, so what matters comes first.
SUBJECT = 65
#: Columns of the preheader: what is shown behind or below the subject, together with it.
PREHEADER = 110
#: Columns of a headline made of an article's first sentence, where it has no title.
_HEADLINE = 90

_HEADLINE_PLACE = "{headline}"
_PLACE = re.compile(r"\{(title|number|date|headline)\}")


def compose(
    picked: Picked,
    summaries: Mapping[str, Summary],
    *,
    settings: ComposeSettings,
    newsletter: NewsletterSettings,
    section_order: Sequence[str],
    number: int,
    on: date,
    introductions: Mapping[str, str] = MappingProxyType({}),
    lead: str = "",
    newest_first: Collection[str] = (),
    dated: str = "",
) -> Issue | NotEnoughNews:
    """The issue that the picked stories make, or why there is none.

    Args:
        summaries: by the story's id; a story without one is shown by its headline.
        section_order: the titles of the sections from first to last. Sections that are not among them come behind in
            the order of their best stories; those without stories are left out.
        number: the issue's number.
        on: the issue's date in the newsletter's time zone.
        introductions: by the section's title.
        lead: what leads the subject, where it is not the top headline.
        newest_first: the titles of the sections whose stories come by their time, not by their worth.
        dated: the date as the subject tells it, where not as "2026-02-19".
    """
    # What the owner picked goes out even in a quiet week.
    if len(picked.stories) < settings.min_stories and not any(story.lead.pinned for story in picked.stories):
        weak = sum(dropped.why == Why.TOO_WEAK for dropped in picked.dropped)
        return NotEnoughNews(found=len(picked.stories), needed=settings.min_stories, weak=weak)
    items = {story.id: _item(story, summaries.get(story.id)) for story in picked.stories}
    best_first = [items[story.id] for story in picked.stories]
    in_order = sorted(picked.stories, key=lambda story: _turn(story, newest_first))
    sections = _sections(in_order, items, section_order, introductions)
    frame = _frame(settings.subject, newsletter=newsletter, number=number, dated=dated or on.isoformat())
    return Issue(
        number=number,
        date=on,
        newsletter=newsletter.title,
        language=newsletter.language,
        subject=_subject_with(frame, *_leading(best_first, lead, newsletter)),
        preheader=_preheader(best_first),
        introduction="",
        sections=sections,
        reading_minutes=issue_minutes("", sections),
        ranking=tuple(item.id for item in best_first),
        subject_frame=frame,
    )


def _leading(best_first: Sequence[Item], lead: str, newsletter: NewsletterSettings) -> tuple[str, str]:
    """What leads the subject, or the top headline, and the language of it."""
    if best_first and not lead:
        return best_first[0].headline, best_first[0].language
    return lead or newsletter.title, newsletter.language


def issue_minutes(introduction: str, sections: Iterable[Section]) -> int:
    """Minutes to read an issue itself."""
    sections = tuple(sections)
    items = [item for section in sections for item in section.items]
    above = [introduction, *(section.introduction for section in sections)]
    texts = [
        text for item in items for text in (item.headline, item.note, *(sentence.text for sentence in item.sentences))
    ]
    return reading_minutes(" ".join([*above, *texts]))


def _item(story: Story, summary: Summary | None) -> Item:
    lead = story.lead
    sentences = _citing(summary.sentences, story) if summary else ()
    return Item(
        id=story.id,
        headline=_headline(lead),
        url=lead.url,
        publisher=lead.publisher,
        published=lead.published,
        sentences=sentences,
        also=_also(story, sentences),
        articles=tuple(article.id for article in story.articles),
        language=lead.language,
        reading_minutes=reading_minutes(lead.text or lead.teaser),
        medium=lead.medium,
        playing_minutes=_minutes(lead.duration),
        note=clean_line(lead.note),
        follows=_earlier(story.follows),
    )


def _minutes(duration: timedelta | None) -> int:
    """At least 1 for any recording; 0 where its length is not known."""
    return max(1, round(duration / timedelta(minutes=1))) if duration else 0


def _earlier(before: SentArticle | None) -> Earlier | None:
    """The earlier story as readers saw it; an older version of the program did not note under which headline."""
    headline = (before.headline or clean_line(before.title)) if before else ""
    if before is None or not headline:
        return None
    number, _, day = before.issue.partition("-")
    return Earlier(number=int(number), date=date.fromisoformat(day), headline=headline, url=before.url)


def _headline(article: Article) -> str:
    """The cleaned title; for an article without one its first sentence, as far as there is room."""
    host = shown_host(article.url) if article.url else ""
    title = clean_headline(
        article.title, publisher=article.publisher, host=host, text=article.text, language=article.language
    )
    if title:
        return title
    first = next(iter(split_sentences((article.text or article.teaser)[:2000], article.language)), "")
    return cut_headline(clean_line(first), most=_HEADLINE, language=article.language) or article.publisher or host


def _citing(sentences: Sequence[Sentence], story: Story) -> tuple[Sentence, ...]:
    """The sentences, those of another article than the leading one with that article."""
    others = {article.id: article for article in story.articles if article.id != story.lead.id}
    return tuple(
        replace(sentence, cites=_link(others[sentence.article])) if sentence.article in others else sentence
        for sentence in sentences
    )


def _also(story: Story, sentences: Sequence[Sentence]) -> tuple[Link, ...]:
    """One link for each other publisher: first those that the summary cites, as readers look them up there."""
    told = {sentence.article for sentence in sentences}
    in_order = sorted(story.articles, key=lambda article: article.id not in told)
    others = {article.publisher: article for article in reversed(in_order)}
    others.pop(story.lead.publisher, None)
    return tuple(_link(article) for article in in_order if others.get(article.publisher) is article)


def _link(article: Article) -> Link:
    return Link(publisher=article.publisher, title=_headline(article), url=article.url)


def _turn(story: Story, newest_first: Collection[str]) -> float:
    """What stories of a section are sorted by; those that have the same stay as they are, best first."""
    if story.section not in newest_first:
        return 0.0
    return -max(article.published for article in story.articles).timestamp()


def _sections(
    stories: Sequence[Story], items: Mapping[str, Item], order: Sequence[str], introductions: Mapping[str, str]
) -> tuple[Section, ...]:
    titles = dict.fromkeys([*order, *(story.section for story in stories)])
    filled = {title: tuple(items[story.id] for story in stories if story.section == title) for title in titles}
    return tuple(
        Section(title=title, items=held, introduction=introductions.get(title, ""))
        for title, held in filled.items()
        if held
    )


def named_anew(edited: Issue, was: Issue) -> Issue:
    """An edited issue whose subject and preheader name no story that the editor deleted, nor any by its old headline.

    What the editor wrote into them stays; so does all of it where the stories are those that were composed.
    """
    now = {item.id: item for item in edited.items if item.id}
    renamed = [
        item.id
        for item in was.items
        if item.id in was.ranking and (item.id not in now or now[item.id].headline != item.headline)
    ]
    if not renamed:
        return edited
    best_first = [now[story] for story in was.ranking if story in now]
    best_first += [item for item in edited.items if item.id not in was.ranking]
    subject, preheader = edited.subject, edited.preheader
    if subject == was.subject and was.ranking[0] in renamed and _HEADLINE_PLACE in was.subject_frame:
        subject = _subject_with(was.subject_frame, best_first[0].headline, best_first[0].language)
    if preheader == was.preheader:
        preheader = _preheader(best_first)
    return replace(edited, subject=subject, preheader=preheader)


def told_though_gone(edited: Issue, was: Issue) -> tuple[str, ...]:
    """The headlines of deleted stories that the editor's own subject or preheader still has, word for word."""
    kept = {item.id for item in edited.items}
    shown = f"{edited.subject}\n{edited.preheader}".casefold()
    gone = (item.headline for item in was.items if item.id and item.id not in kept)
    return tuple(headline for headline in gone if headline and headline.casefold() in shown)


def _frame(template: str, *, newsletter: NewsletterSettings, number: int, dated: str) -> str:
    """The owner's template with all but the headline in it."""
    known = {"title": newsletter.title, "number": str(number), "date": dated, "headline": _HEADLINE_PLACE}
    return _PLACE.sub(lambda place: known[place[1]], template or _HEADLINE_PLACE)


def _subject_with(frame: str, headline: str, language: str) -> str:
    """The subject, the headline cut to what room is left."""
    around = frame.replace(_HEADLINE_PLACE, "")
    shown = cut_headline(headline, most=max(SUBJECT - len(around), SUBJECT // 2), language=language)
    return clean_line(frame.replace(_HEADLINE_PLACE, shown))


def _preheader(items: Sequence[Item]) -> str:
    """The headlines below the top one, as many as there is room for; of a single story how its summary begins."""
    rest = [item.headline for item in items[1:]] or [sentence.text for item in items for sentence in item.sentences]
    shown = ""
    for text in rest:
        longer = f"{shown} · {text}" if shown else cut_headline(text, most=PREHEADER)
        shown = longer if len(longer) <= PREHEADER else shown
    return clean_line(shown)

"""Stories and their summaries → an issue: headlines, sections in order, subject and preheader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from digest.config import ComposeSettings, NewsletterSettings
from digest.model import Article, Issue, Item, Link, NotEnoughNews, Picked, Section, Story, Summary
from digest.text.headlines import clean_headline, cut_headline
from digest.text.reading import reading_minutes

#: What phones show of a subject, and of the text after it.
_SUBJECT, _PREHEADER = 65, 110


def compose(
    picked: Picked,
    summaries: Mapping[str, Summary],
    *,
    settings: ComposeSettings,
    newsletter: NewsletterSettings,
    section_order: Sequence[str],
    number: int,
    on: date,
) -> Issue | NotEnoughNews:
    """The issue that the picked stories make, or why there is none."""
    if len(picked.stories) < settings.min_stories:
        return NotEnoughNews(found=len(picked.stories), needed=settings.min_stories)
    items = {story.id: _item(story, summaries.get(story.id)) for story in picked.stories}
    sections = _sections(picked.stories, items, section_order)
    headlines = [items[story.id].headline for story in picked.stories]
    return Issue(
        number=number,
        date=on,
        newsletter=newsletter.title,
        language=newsletter.language,
        subject=cut_headline(headlines[0], most=_SUBJECT),
        preheader=cut_headline(" · ".join(headlines[1:4]), most=_PREHEADER),
        introduction="",
        sections=sections,
        reading_minutes=issue_minutes("", sections),
    )


def issue_minutes(introduction: str, sections: Iterable[Section]) -> int:
    """Minutes to read an issue itself."""
    items = [item for section in sections for item in section.items]
    texts = [text for item in items for text in (item.headline, *(s.text for s in item.sentences))]
    return reading_minutes(" ".join([introduction, *texts]))


def _item(story: Story, summary: Summary | None) -> Item:
    lead = story.lead
    return Item(
        id=story.id,
        headline=_headline(lead),
        url=lead.url,
        publisher=lead.publisher,
        published=lead.published,
        sentences=summary.sentences if summary else (),
        also=tuple(
            Link(publisher=other.publisher, title=_headline(other), url=other.url) for other in story.articles[1:]
        ),
        articles=tuple(article.id for article in story.articles),
        language=lead.language,
        image=lead.image,
        reading_minutes=reading_minutes(lead.text or lead.teaser),
    )


def _headline(article: Article) -> str:
    return clean_headline(article.title, publisher=article.publisher) or article.publisher


def _sections(stories: Sequence[Story], items: Mapping[str, Item], order: Sequence[str]) -> tuple[Section, ...]:
    titles = dict.fromkeys([*order, *(story.section for story in stories)])
    filled = {title: tuple(items[story.id] for story in stories if story.section == title) for title in titles}
    return tuple(Section(title=title, items=its) for title, its in filled.items() if its)

"""What a feed leaves out and the pages of its articles tell: whole texts, and how long videos are."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from digest.collect.article.article import LONGEST_TEXT
from digest.collect.documents.fetch import Fetcher, FetchError
from digest.collect.feeds.articles import is_teaser
from digest.collect.feeds.recordings import playing_time_on
from digest.collect.pages.page import Page, extract_page
from digest.collect.reading import Reading
from digest.model import Article
from digest.text.urls import canonical_url
from digest.text.words import content_words, tokens

#: A page is about an article if it has this share of the words of its headline, or of its text in the feed. A page to
#: log in or to consent has next to none of either.
_OF_HEADLINE, _OF_TEXT = 1 / 2, 1 / 3
_ELSEWHERE = "tells of something else, as a page to log in does"


async def with_lengths(reading: Reading, *, fetcher: Fetcher, most: int) -> Reading:
    """The reading with the lengths of `most` of its videos: YouTube tells them on its pages, never in feeds."""
    videos = (one for one in reading.articles if one.medium == "video" and one.duration is None)
    silent = [one for one in videos if has_own_page(one)][:most]
    lengths = await asyncio.gather(*(_video_length(video, fetcher) for video in silent))
    by_id = {video.id: length for video, length in zip(silent, lengths, strict=True)}
    articles = tuple(replace(one, duration=by_id.get(one.id, one.duration)) for one in reading.articles)
    unknown = sum(length is None for length in lengths)
    return _with_note(reading, articles, f"the length of {unknown} of its videos is not known" if unknown else "")


async def with_full_texts(reading: Reading, *, fetcher: Fetcher) -> Reading:
    """The reading with the texts of pages where the feed has only teasers."""
    outcomes = await asyncio.gather(*(_with_full_text(article, fetcher) for article in reading.articles))
    problems = [problem for _, problem in outcomes if problem]
    pages = "1 page" if len(problems) == 1 else f"{len(problems)} pages"
    note = f"{pages} could not be read for their full text: the first {problems[0]}" if problems else ""
    return _with_note(reading, tuple(article for article, _ in outcomes), note)


def has_own_page(article: Article) -> bool:
    """Whether its link is its own: what stands on a page that it shares, or on the feed's, is not its text."""
    return article.url is not None and canonical_url(article.url) == article.canonical


def _with_note(reading: Reading, articles: tuple[Article, ...], note: str) -> Reading:
    return replace(reading, articles=articles, notes=(*reading.notes, note) if note else reading.notes)


async def _video_length(video: Article, fetcher: Fetcher) -> timedelta | None:
    try:
        answer = await fetcher.fetch(video.url or "")
    except FetchError:
        return None
    return await asyncio.to_thread(playing_time_on, answer.body.decode("utf-8", "replace"))


async def _with_full_text(article: Article, fetcher: Fetcher) -> tuple[Article, str]:
    # A recording's link may be the recording itself.
    if not has_own_page(article) or article.medium != "text" or not is_teaser(article):
        return article, ""
    try:
        # Not remembered: the pages of a year would make the database a hundred times as large.
        answer = await fetcher.fetch(article.url or "")
    except FetchError as error:
        return article, str(error)
    page = await asyncio.to_thread(extract_page, answer.body, url=answer.final_url, content_type=answer.content_type)
    text = page.text[:LONGEST_TEXT]
    if len(text) <= len(article.text):
        return article, ""
    return (replace(article, text=text), "") if _is_about(article, page) else (article, _ELSEWHERE)


def _is_about(article: Article, page: Page) -> bool:
    there = set(tokens(f"{page.title} {page.text}"))
    return (
        _share_of_words(article.title, article.language, there) >= _OF_HEADLINE
        or _share_of_words(article.text, article.language, there) >= _OF_TEXT
    )


def _share_of_words(text: str, language: str, there: set[str]) -> float:
    words = set(content_words(text, language))
    return len(words & there) / len(words) if words else 0.0

"""What pages tell that a feed leaves out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from digest.collect.article.article import article_id
from digest.collect.documents.fetch import FetchError
from digest.collect.feeds.supplements import has_own_page, with_full_texts, with_lengths
from digest.collect.reading import Reading
from digest.model import Article, Medium, Remembered

NOW = datetime(2026, 2, 18, tzinfo=UTC)
WORDS = " ".join(f"The council voted on the bridge for the {n}th time, and nothing came of it." for n in range(12))
PAGES = {
    "https://example.org/bridge": f"<article><h1>The bridge</h1><p>{WORDS}</p><p>{WORDS}</p></article>",
    "https://example.org/ferry": f"<title>Your account</title><h1>Your account</h1><article><p>{WORDS}</p></article>",
    "https://example.org/film": '<meta itemprop="duration" content="PT12M5S">',
    "https://example.org/silent": "<p>A film</p>",
}


class Web:
    """Pages by address; what was asked for is noted."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def fetch(self, url: str, known: Remembered | None = None) -> Remembered:
        self.asked.append(url)
        if url not in PAGES:
            raise FetchError("answered 403 Forbidden")
        return Remembered(
            url=url,
            final_url=url,
            moved=False,
            etag="",
            last_modified="",
            content_type="",
            body=PAGES[url].encode(),
            fetched_at=NOW,
        )


def article(name: str, *, medium: Medium = "text", text: str = "A vote.", canonical: str = "") -> Article:
    own = canonical or f"https://example.org/{name}"
    return Article(
        id=article_id(own),
        source="feed",
        publisher="G",
        title=name,
        url=f"https://example.org/{name}",
        canonical=own,
        published=NOW,
        text=text,
        medium=medium,
    )


def reading(*articles: Article) -> Reading:
    return Reading(entries=len(articles), articles=articles, notes=("odd",))


async def test_a_teaser_gives_way_to_the_text_of_its_page_and_a_whole_text_stays() -> None:
    whole = article("other", text=f"{WORDS} End.")
    found = await with_full_texts(reading(article("bridge"), whole), fetcher=Web())
    assert found.articles[0].text.startswith("The council voted")
    assert found.articles[1] == whole
    assert found.notes == ("odd",)


async def test_a_page_that_tells_of_something_else_is_not_the_article() -> None:
    given = article("ferry", text="A second boat sails in spring.")
    found = await with_full_texts(reading(given), fetcher=Web())
    assert found.articles == (given,)
    assert found.notes[1].endswith("the first tells of something else, as a page to log in does")


async def test_pages_that_are_shut_are_counted() -> None:
    found = await with_full_texts(reading(article("one"), article("two")), fetcher=Web())
    assert [one.text for one in found.articles] == ["A vote.", "A vote."]
    assert found.notes[1] == "2 pages could not be read for their full text: the first answered 403 Forbidden"


@pytest.mark.parametrize(
    "given",
    [
        article("bridge", canonical="https://example.org/bridge#0123456789abcdef"),
        article("bridge", medium="audio"),
        article("bridge", text=WORDS),
    ],
)
async def test_no_page_is_asked_for_that_could_tell_nothing_of_the_article(given: Article) -> None:
    web = Web()
    assert (await with_full_texts(reading(given), fetcher=web)).articles == (given,)
    assert web.asked == []


async def test_a_films_length_is_asked_of_its_page() -> None:
    films = [article(name, medium="video") for name in ("film", "silent", "shut", "beyond")]
    web = Web()
    found = await with_lengths(reading(*films), fetcher=web, most=3)
    assert [one.duration for one in found.articles] == [timedelta(minutes=12, seconds=5), None, None, None]
    assert found.notes == ("odd", "the length of 2 of its videos is not known")
    assert len(web.asked) == 3


def test_a_link_that_others_share_is_not_an_articles_own() -> None:
    assert has_own_page(article("bridge"))
    assert not has_own_page(article("bridge", canonical="https://example.org/#0123456789abcdef"))

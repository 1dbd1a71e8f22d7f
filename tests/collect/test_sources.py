"""Sources of every kind."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digest.collect.documents.document import Documents
from digest.collect.documents.fetch import FetchError
from digest.collect.feeds.entries import NotAFeedError
from digest.collect.sources import SourceError, SourceReader
from digest.model import Remembered, Source, Window
from digest.settings import CollectSettings

NOW = datetime(2026, 2, 18, 12, tzinfo=UTC)
WEEK = Window(since=NOW - timedelta(days=7), until=NOW)
TEXT = " ".join(f"The council voted on the bridge for the {n}th time, and nothing came of it again." for n in range(12))
PAGE = f"""<html lang="en"><head><title>The bridge</title><meta property="article:published_time" content="2026-02-17">
</head><body><nav>Home</nav><article><h1>The bridge</h1><p>{TEXT}</p><p>{TEXT}</p></article></body></html>""".encode()


class Web:
    """Pages by address."""

    def __init__(self, content_type: str = "", **pages: bytes) -> None:
        self.pages = {f"https://example.org/{name}": body for name, body in pages.items()}
        self.content_type = content_type

    async def fetch(self, url: str, known: Remembered | None = None) -> Remembered:
        if url not in self.pages:
            raise FetchError("answered 403 Forbidden")
        return Remembered(
            url=url,
            final_url=url,
            moved=False,
            etag="",
            last_modified="",
            content_type=self.content_type,
            body=self.pages[url],
            fetched_at=NOW,
        )


def reader(root: Path, shelf, now: datetime = NOW, content_type: str = "", **pages: bytes) -> SourceReader:
    web = Web(content_type, **pages)
    documents = Documents(root=root, settings=CollectSettings(), fetcher=web, shelf=shelf)
    return SourceReader(window=Window(since=now - timedelta(days=7), until=now), now=now, documents=documents)


def rss(*items: str) -> bytes:
    channel = f"<title>G</title><link>https://example.org/</link>{''.join(items)}"
    return f"<rss version='2.0'><channel>{channel}</channel></rss>".encode()


def item(name: str, about: str = "", day: int = 17) -> str:
    date = f"<pubDate>{day} Feb 2026 12:00:00 GMT</pubDate>" if day else ""
    return f"<item><title>{name}</title><link>/{name}</link><description>{about}</description>{date}</item>"


FEED = Source(kind="feed", location="https://example.org/feed")
FULL = Source(kind="feed", location="https://example.org/feed", full_text=True)


async def test_a_teaser_is_replaced_by_the_text_of_its_page(tmp_path: Path, shelf) -> None:
    reading = await reader(tmp_path, shelf, feed=rss(item("bridge", "A vote.")), bridge=PAGE).read(FULL)
    [article] = reading.articles
    assert article.text.startswith("The council voted")
    assert article.teaser == "A vote."
    assert list(shelf.responses) == [FEED.location]


async def test_a_page_is_not_asked_for_where_the_feed_has_the_text(tmp_path: Path, shelf) -> None:
    [article] = (await reader(tmp_path, shelf, feed=rss(item("bridge", TEXT))).read(FULL)).articles
    assert article.text == TEXT


async def test_a_page_that_cannot_be_read_leaves_the_teaser_and_a_note(tmp_path: Path, shelf) -> None:
    reading = await reader(tmp_path, shelf, feed=rss(item("bridge", "A vote."))).read(FULL)
    assert reading.articles[0].text == "A vote."
    assert reading.notes == ("1 page could not be read for their full text: the first answered 403 Forbidden",)


@pytest.mark.parametrize(
    "inside",
    ["", "<link>https://example.org/bridge</link>", "<comments>https://example.org/bridge</comments>"],
)
async def test_a_page_that_is_not_the_articles_own_gives_it_no_text(tmp_path: Path, shelf, inside: str) -> None:
    items = "".join(
        f"<item><title>{name}</title>{inside}<description>A vote.</description>"
        "<pubDate>Tue, 17 Feb 2026 10:00:00 GMT</pubDate></item>"
        for name in ("One", "Two")
    )
    feed = f"<rss><channel><title>G</title><link>https://example.org/bridge</link>{items}</channel></rss>".encode()
    reading = await reader(tmp_path, shelf, feed=feed, bridge=PAGE).read(FULL)
    assert [article.text for article in reading.articles] == ["A vote.", "A vote."]
    assert {article.url for article in reading.articles} == {"https://example.org/bridge"}


async def test_pages_are_not_asked_for_unless_the_owner_wants_it(tmp_path: Path, shelf) -> None:
    [article] = (await reader(tmp_path, shelf, feed=rss(item("bridge", "A vote.")), bridge=PAGE).read(FEED)).articles
    assert article.text == "A vote."


async def test_an_entry_without_a_date_is_news_once(tmp_path: Path, shelf) -> None:
    week = timedelta(days=7)
    first = await reader(tmp_path, shelf, feed=rss(item("old", day=0))).read(FEED)
    second = await reader(tmp_path, shelf, now=NOW + week, feed=rss(item("old", day=0), item("new", day=0))).read(FEED)
    assert [article.title for article in first.articles] == ["old"]
    assert [article.title for article in second.articles] == ["new"]


async def test_a_feed_that_does_not_say_its_language_is_told_by_its_words(tmp_path: Path, shelf) -> None:
    words = "Der Stadtrat hat am Montag wieder über die Brücke abgestimmt, und wieder kam nichts dabei heraus."
    [article] = (await reader(tmp_path, shelf, feed=rss(item("Die Brücke", words))).read(FEED)).articles
    assert article.language == "de"


async def test_a_page_is_one_article(tmp_path: Path, shelf) -> None:
    source = Source(kind="page", location="https://example.org/bridge", name="The Gazette", section="World", weight=2.0)
    [article] = (await reader(tmp_path, shelf, bridge=PAGE).read(source)).articles
    assert (article.title, article.url, article.publisher) == ("The bridge", source.location, "The Gazette")
    assert (article.section, article.weight, article.dated) == ("World", 2.0, True)
    assert article.published.date().isoformat() == "2026-02-17"
    assert list(shelf.responses) == [source.location]


CYRILLIC = "text/html; charset=windows-1251"
BRIDGE = "Мост через гавань снова открыт"
SENTENCES = " ".join(f"Рабочие закончили {n} часть моста, и город снова ходит по нему." for n in range(12))
RUSSIAN = f"""<html><head><title>{BRIDGE}</title><meta property="article:published_time" content="2026-02-17"></head>
<body><article><h1>{BRIDGE}</h1><p>{SENTENCES}</p><p>{SENTENCES}</p></article></body></html>""".encode("cp1251")


@pytest.mark.parametrize(
    "source",
    [
        Source(kind="page", location="https://example.org/bridge"),
        Source(kind="page", location="https://example.org/list", links="a"),
        Source(kind="feed", location="https://example.org/feed", full_text=True),
    ],
)
async def test_a_page_of_any_source_is_read_in_the_charset_that_its_server_names(tmp_path, shelf, source) -> None:
    pages = {
        "bridge": RUSSIAN,
        "list": f"<p><a href='/bridge'>{BRIDGE}</a>".encode("cp1251"),
        "feed": rss(item(BRIDGE).replace(f"/{BRIDGE}", "/bridge")),
    }
    reading = await reader(tmp_path, shelf, content_type=CYRILLIC, **pages).read(source)
    assert [article.title for article in reading.articles] == [BRIDGE]
    assert reading.articles[0].text.startswith("Рабочие закончили 0 часть моста")


async def test_a_page_in_a_file_is_read_too(tmp_path: Path, shelf) -> None:
    (tmp_path / "bridge.html").write_bytes(PAGE)
    [article] = (await reader(tmp_path, shelf).read(Source(kind="page", location="bridge.html"))).articles
    assert (article.url, article.canonical) == (None, "file:bridge.html")


async def test_a_page_without_a_date_is_news_once(tmp_path: Path, shelf) -> None:
    page = PAGE.replace(b"article:published_time", b"nothing")
    source = Source(kind="page", location="https://example.org/bridge")
    first = await reader(tmp_path, shelf, bridge=page).read(source)
    second = await reader(tmp_path, shelf, now=NOW + timedelta(days=7), bridge=page).read(source)
    assert ([article.dated for article in first.articles], second.articles) == ([False], ())


async def test_a_page_without_an_article_says_so(tmp_path: Path, shelf) -> None:
    with pytest.raises(SourceError, match="no article"):
        await reader(tmp_path, shelf, empty=b"<html></html>").read(
            Source(kind="page", location="https://example.org/empty")
        )
    assert shelf.responses == {}


async def test_a_folder_gives_its_files(tmp_path: Path, shelf) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/2026-02-17-bridge.md").write_text(f"# The bridge\n\n{TEXT}\n")
    [article] = (await reader(tmp_path, shelf).read(Source(kind="folder", location="notes"))).articles
    assert article.title == "The bridge"


async def test_a_folder_that_is_none_says_so(tmp_path: Path, shelf) -> None:
    with pytest.raises(SourceError, match="is no folder in"):
        await reader(tmp_path, shelf).read(Source(kind="folder", location="nowhere"))


async def test_a_document_that_is_no_feed_does_not_replace_one_that_was(tmp_path: Path, shelf) -> None:
    await reader(tmp_path, shelf, feed=rss(item("bridge"))).read(FEED)
    with pytest.raises(NotAFeedError):
        await reader(tmp_path, shelf, feed=b"<html>Down for maintenance").read(FEED)
    assert shelf.responses[FEED.location].body == rss(item("bridge"))


def videos(length: str = "") -> bytes:
    return f"""<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/"
      xmlns="http://www.w3.org/2005/Atom"><title>The Lock Keeper</title>
      <entry><id>yt:video:AbC</id><yt:videoId>AbC</yt:videoId><title>How a lock is drained</title>
        <link rel="alternate" href="https://example.org/watch"/><published>2026-02-17T15:00:12+00:00</published>
        <media:group><media:content url="https://example.org/v/AbC" type="application/x-shockwave-flash"{length}/>
          <media:description>We drain the lock of Aldra.\n00:00 Intro\nFollow us: https://x.example/lock</media:description>
        </media:group></entry></feed>""".encode()


async def test_a_video_brings_its_length_from_its_page_and_its_notes_without_chapters(tmp_path: Path, shelf) -> None:
    watch = b'<html><meta itemprop="duration" content="PT12M34S"></html>'
    [article] = (await reader(tmp_path, shelf, feed=videos(), watch=watch).read(FULL)).articles
    assert (article.medium, article.duration) == ("video", timedelta(minutes=12, seconds=34))
    assert article.text == "We drain the lock of Aldra."


async def test_a_video_whose_page_is_shut_is_a_note(tmp_path: Path, shelf) -> None:
    reading = await reader(tmp_path, shelf, feed=videos()).read(FEED)
    assert reading.articles[0].duration is None
    assert reading.notes == ("the length of 1 of its videos is not known",)


async def test_a_video_whose_length_is_known_is_not_asked_for(tmp_path: Path, shelf) -> None:
    [article] = (await reader(tmp_path, shelf, feed=videos(' duration="60"')).read(FEED)).articles
    assert article.duration == timedelta(minutes=1)


async def test_an_episode_without_a_link_is_heard_where_it_lies(tmp_path: Path, shelf) -> None:
    podcast = b"""<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel>
      <title>Tide Tables</title><item><title>12: The ferry</title><pubDate>17 Feb 2026 12:00:00 GMT</pubDate>
      <enclosure url="https://media.example.org/12.mp3" type="audio/mpeg"/><itunes:duration>48:10</itunes:duration>
      <itunes:summary>A captain tells why he waited.</itunes:summary></item></channel></rss>"""
    [article] = (await reader(tmp_path, shelf, feed=podcast).read(FULL)).articles
    assert (article.medium, article.duration) == ("audio", timedelta(minutes=48, seconds=10))
    assert (article.url, article.text) == ("https://media.example.org/12.mp3", "A captain tells why he waited.")


async def test_a_post_is_an_article_with_a_headline(tmp_path: Path, shelf) -> None:
    post = "<p>The ferry runs again. It waited for days.</p>".replace("<", "&lt;").replace(">", "&gt;")
    feed = f"""<rss version="2.0"><channel><title>Rosa</title><item><link>https://sea.example/@rosa/114000000001</link>
      <pubDate>17 Feb 2026 12:00:00 GMT</pubDate><description>{post}</description></item></channel></rss>""".encode()
    reading = await reader(tmp_path, shelf, feed=feed).read(FEED)
    [article] = reading.articles
    assert (article.title, article.text) == ("The ferry runs again", "It waited for days.")
    assert article.url == "https://sea.example/@rosa/114000000001"
    assert reading.notes == ()


async def test_a_feed_that_dates_its_articles_anew_gives_each_of_them_once(tmp_path, shelf) -> None:
    # As an issue of a week later sees it: a feed made anew, with one article more.
    later = NOW + timedelta(days=7)
    first = await reader(tmp_path, shelf, feed=rss(item("a"), item("b"))).read(FEED)
    anew = rss(item("a", day=24), item("b", day=24), item("c", day=24))
    second = await reader(tmp_path, shelf, now=later, feed=anew).read(FEED)
    assert sorted(article.title for article in first.articles) == ["a", "b"]
    assert [article.title for article in second.articles if article.published.day == 24] == ["c"]

"""Feeds made to break the reader: each gives a reason or its clean articles, and the run goes on.

The corpus is made here, so that it can be read, and large enough that quadratic work would show as a test that hangs.
"""

from __future__ import annotations

import gzip
import re
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digest.collect.collection import collect
from digest.collect.documents.fetch import FetchError
from digest.model import Collection, Remembered, Source, Window
from digest.settings import CollectSettings

NOW = datetime(2026, 2, 18, 12, tzinfo=UTC)
LARGE = 300_000
RSS = "<rss version='2.0'><channel><title>T</title><link>https://example.org/</link><item><link>/a</link>"
END = "</item></channel></rss>"
ACTIVE = re.compile(r"<\s*/?\s*(?:script|iframe|object|embed|svg|img|style|link|meta|form|a)[\s/>]", re.IGNORECASE)
CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f\u200b\u202a-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]")


def much(of: str) -> str:
    return of * (LARGE // len(of))


def laughs(quote: str) -> str:
    levels = "".join(f"<!ENTITY l{n} {quote}{f'&l{n - 1};' * 10}{quote}>" for n in range(1, 10))
    return f"<!DOCTYPE rss [<!ENTITY l0 {quote}ha{quote}>{levels}]>{RSS}<title>&l9;</title>{END}"


REFUSED = {
    "laughs": laughs('"'),
    "laughs-quoted": laughs("'"),
    "files": f"<!DOCTYPE rss [<!ENTITY f SYSTEM 'file:///etc/passwd'>]>{RSS}<title>&f;</title>{END}",
    "parameters": f"<!DOCTYPE rss [<!ENTITY % p SYSTEM 'http://127.0.0.1/'>%p;]>{RSS}<title>x</title>{END}",
    "html": f"<!DOCTYPE html><html>{much('<div>')}",
    "html-comments": f"{much('<!-- x -->')}<p>",
    "brackets": much("<"),
    "nulls": much("\0"),
    "doctypes": much("<!DOCTYPE x ["),
    "declarations": much("<?xml version='1.0'?>"),
    "json-nested": '{"items":' + much("["),
    "json-cut": '{"items":[' + much('{"id":1},'),
    "text": much("hello "),
    "address": "http://127.0.0.1:9/feed",
}
READ = {
    "laughs-undeclared": f"{RSS}<title>&l9;&l9;</title>{END}",
    "quadratic": f"<!DOCTYPE rss [<!ENTITY q '{much('q')}'>]>{RSS}<title>x{'&q;' * 1_000}</title>{END}",
    "nested": f"{RSS}<title>x</title><description>{much('<div>')}</description>{END}",
    "nested-escaped": f"{RSS}<title>x</title><description>{much('&lt;div&gt;')}</description>{END}",
    "nested-raised": f"{RSS}<title>x</title><description>{much('&lt;sup&gt;1')}</description>{END}",
    "unclosed": f"{RSS}<title>x</title><description>{much('<a ')}",
    "ampersands": f"{RSS}<title>x {much('&')}</title>{END}",
    "comments": f"{RSS}<title>x {much('&lt;!--')}</title>{END}",
    "scripts": f"{RSS}<title>x {much('&lt;script ')}</title>{END}",
    "marks": f"{RSS}<title>x{much(chr(0x301))}</title>{END}",
    "spaces": f"{RSS}<title>x{much(' ')}y</title>{END}",
    "link": f"{RSS}<title>x</title><link>https://example.org/{much('../')}</link>{END}",
    "slashes": f"{RSS}<title>x</title><guid>https://example.org/{much('/')}</guid>{END}",
    "attributes": f"<rss version='2.0'><channel><item {much('a=1 ')}><title>x</title></item></channel></rss>",
    "items": f"<rss version='2.0'><channel>{much('<item><title>x</title></item>')}</channel></rss>",
    "date": f"{RSS}<title>x</title><pubDate>{much('1 ')}</pubDate>{END}",
    "read-more": f"{RSS}<title>x</title><description>{much('read more ')}</description>{END}",
    "the-post": f"{RSS}<title>x</title><description>{much('the post appeared ')}</description>{END}",
    "script": f"{RSS}<title>&lt;script&gt;alert(1)&lt;/script&gt;x</title>{END}",
    "script-text": f"{RSS}<title>x</title><description>&lt;script&gt;alert(1)&lt;/script&gt;</description>{END}",
    "script-twice": f"{RSS}<title>&amp;lt;script&amp;gt;a&amp;lt;/script&amp;gt;x</title>{END}",
    "script-thrice": f"{RSS}<title>x&amp;amp;lt;img src=x onerror=a&amp;amp;gt;</title>{END}",
    "script-cdata": f"{RSS}<title>x</title><description><![CDATA[<img onerror=a><svg/onload=a>]]></description>{END}",
    "script-split": f"{RSS}<title>x&lt;scr&lt;script&gt;ipt&gt;alert(1)&lt;/script&gt;</title>{END}",
    "override": f"{RSS}<title>x\u202efdp.exe\u200b\u2066 \U000e0041</title>{END}",
    "header": f"{RSS}<title>x&#13;&#10;Bcc: everybody@example.org</title><author>a&#10;b</author>{END}",
    "javascript": f"{RSS}<title>x</title><guid>javascript:alert(1)</guid><enclosure url='data:text/html,x'/>{END}",
    "template": f"{RSS}<title>x {{{{ 7 * 7 }}}} {{% raw %}}</title>{END}",
    "surrogates": '{"items": [{"title": "x\\ud800", "content_text": "\\udfff"}]}',
    "types": '{"items": [{"title": {"a": 1}, "id": [], "content_text": "x", "authors": "y", "tags": {"z": 1}}]}',
    "truncated": f"{RSS}<title>x</title><description><![CDATA[<p>never ends",
}


class Nowhere:
    async def fetch(self, url: str, known: Remembered | None = None) -> Remembered:
        raise FetchError("must not be fetched")


async def collected(root: Path, shelf, *names: str) -> Collection:
    return await collect(
        [Source(kind="feed", location=name) for name in names],
        window=Window(since=NOW - timedelta(days=7), until=NOW),
        now=NOW,
        root=root,
        settings=CollectSettings(),
        fetcher=Nowhere(),
        shelf=shelf,
    )


def strings(collection: Collection) -> Iterator[str]:
    for article in (*collection.articles, *(dropped.article for dropped in collection.dropped)):
        yield from (article.title, article.text, article.teaser, article.author, article.publisher, *article.categories)


@pytest.mark.parametrize("name", REFUSED)
async def test_what_is_no_feed_is_refused_with_a_reason(tmp_path: Path, shelf, name: str) -> None:
    (tmp_path / name).write_bytes(REFUSED[name].encode())
    [report] = (await collected(tmp_path, shelf, name)).sources
    assert report.failed
    assert len(report.problem) < 300
    assert "must not" not in report.problem


@pytest.mark.parametrize("name", READ)
async def test_what_is_a_feed_gives_clean_articles(tmp_path: Path, shelf, name: str) -> None:
    (tmp_path / name).write_bytes(READ[name].encode("utf-8", "surrogatepass"))
    collection = await collected(tmp_path, shelf, name)
    assert collection.sources[0].entries > 0
    assert not any(ACTIVE.search(text) or CONTROLS.search(text) for text in strings(collection))
    assert all(len(article.title) <= 300 and "\n" not in article.title for article in collection.articles)
    assert all(article.url is None or article.url.startswith("https://example.org") for article in collection.articles)


async def test_all_of_them_together_leave_the_honest_one_whole(tmp_path: Path, shelf) -> None:
    for name, document in (REFUSED | READ).items():
        (tmp_path / name).write_bytes(document.encode("utf-8", "surrogatepass"))
    (tmp_path / "honest").write_text(f"{RSS}<title>News</title><description>Words.</description>{END}")
    collection = await collected(tmp_path, shelf, *REFUSED, *READ, "honest")
    assert len(collection.sources) == len(REFUSED) + len(READ) + 1
    [honest] = [article for article in collection.articles if article.source == "honest"]
    assert (honest.title, honest.text) == ("News", "Words.")


async def test_a_hundred_megabytes_are_refused_unread(tmp_path: Path, shelf) -> None:
    with (tmp_path / "large.xml").open("wb") as file:
        file.truncate(100_000_000)
    (tmp_path / "bomb.xml.gz").write_bytes(gzip.compress(b" " * 100_000_000, 9))
    tracemalloc.start()
    try:
        collection = await collected(tmp_path, shelf, "large.xml", "bomb.xml.gz")
        assert tracemalloc.get_traced_memory()[1] < 30_000_000
    finally:
        tracemalloc.stop()
    assert {report.problem for report in collection.sources} == {
        "is larger than 10 MB, the limit of collect.max_megabytes"
    }

"""Holds the sample project to what `digest demo` needs of it."""

import html
import json
import re
from datetime import UTC, date, datetime
from difflib import SequenceMatcher
from urllib.parse import urlsplit

import feedparser
import pytest

from digest import bundled
from digest.audience.subscribers import read
from digest.model import BadRow, Subscriber
from digest.settings.reading import load

SAMPLES = bundled.samples()


def _xml_articles(path):
    for entry in feedparser.parse(path.read_bytes()).entries:
        day = datetime(*entry.published_parsed[:6], tzinfo=UTC).date()
        yield entry.title, entry.link, day, _text(entry.content[0].value)


def _json_articles(path):
    for item in json.loads(path.read_text(encoding="utf-8"))["items"]:
        day = datetime.fromisoformat(item["date_published"]).date()
        yield item["title"], item["url"], day, _text(item["content_html"])


def _markdown_article(path):
    _, head, text = path.read_text(encoding="utf-8").split("---\n", 2)
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    return fields["title"], fields["url"], date.fromisoformat(fields["date"]), text


def _text(fragment):
    return html.unescape(re.sub(r"<[^>]+>", " ", fragment))


@pytest.fixture(scope="module")
def articles():
    feeds = SAMPLES / "feeds"
    found = [article for path in feeds.glob("*.xml") for article in _xml_articles(path)]
    found += [article for path in feeds.glob("*.json") for article in _json_articles(path)]
    return found + [_markdown_article(path) for path in (SAMPLES / "articles").glob("*.md")]


def test_the_samples_are_a_valid_project_whose_sources_are_all_there():
    settings = load(SAMPLES, {})
    assert {source.kind for source in settings.source_list()} == {"feed", "folder"}
    assert all((SAMPLES / source.location).exists() for source in settings.source_list())
    assert (SAMPLES / "subscribers" / f"{settings.newsletter.list}.csv").is_file()


def test_there_are_enough_articles_of_a_newspapers_length(articles):
    assert len(articles) >= 18
    assert {title: len(text.split()) for title, _, _, text in articles if not 150 <= len(text.split()) <= 400} == {}


def test_all_articles_are_of_one_week(articles):
    assert all(date(2026, 11, 9) <= day <= date(2026, 11, 15) for _, _, day, _ in articles)


def test_no_link_leads_to_anybodys_site(articles):
    hosts = {urlsplit(url).hostname.split(".", 1)[1] for _, url, _, _ in articles}
    assert hosts == {"example.org", "example.com", "example.net"}


def test_some_titles_are_not_english(articles):
    assert sum(not title.isascii() for title, *_ in articles) >= 2


@pytest.mark.parametrize(("event", "publishers"), [("Aldra", 3), ("Maren Rose", 3), ("Dunmarrow", 2)])
def test_an_event_is_told_by_several_publishers(articles, event, publishers):
    telling = {urlsplit(url).hostname for title, url, _, text in articles if text.count(event) >= 2}
    assert len(telling) >= publishers


def test_one_article_is_a_syndicated_copy(articles):
    ferry = [text for _, _, _, text in articles if "Maren Rose" in text]
    alike = [
        SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()
        for i, one in enumerate(ferry)
        for other in ferry[:i]
    ]
    assert sum(ratio > 0.9 for ratio in alike) == 1


def test_the_list_shows_what_happens_to_each_kind_of_row():
    rows = list(read(SAMPLES / "subscribers" / "readers.csv"))
    people = [row for row in rows if isinstance(row, Subscriber)]
    assert {person.status for person in people} == {"active", "unsubscribed"}
    assert any(not person.name.isascii() for person in people)
    assert [row.problem for row in rows if isinstance(row, BadRow)] == [
        "the same address as on line 3",
        "not an address: an email address must have an @-sign",
    ]

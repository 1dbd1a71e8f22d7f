"""A page as an article."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from digest.collect.article.identity import article_id
from digest.collect.article.limits import LONGEST_TEXT, LONGEST_TITLE
from digest.collect.pages.articles import page_article
from digest.collect.pages.page import Page
from digest.model import Source

DAY, NOW = datetime(2026, 2, 17, tzinfo=UTC), datetime(2026, 2, 18, tzinfo=UTC)
PAGE = Page(
    title="The bridge", text="The council voted on the bridge.", published=DAY, site="The Gazette", language="en"
)
SOURCE = Source(kind="page", location="https://example.org/bridge?utm_source=x", section="World", weight=2.0)


def never(name: str) -> datetime:
    raise AssertionError(name)


def test_a_page_is_known_by_its_canonical_address() -> None:
    found = page_article(PAGE, source=SOURCE, url=SOURCE.location, first_seen=never)
    assert (found.canonical, found.id) == ("https://example.org/bridge", article_id("https://example.org/bridge"))
    assert (found.publisher, found.section, found.weight) == ("The Gazette", "World", 2.0)
    assert (found.published, found.dated) == (DAY, True)


def test_a_page_without_a_time_is_as_old_as_our_memory_of_it() -> None:
    seen: list[str] = []
    page = replace(PAGE, published=None)
    found = page_article(page, source=SOURCE, url=SOURCE.location, first_seen=lambda name: seen.append(name) or NOW)
    assert (found.published, found.dated, seen) == (NOW, False, [found.id])


def test_a_page_without_end_is_cut() -> None:
    page = replace(PAGE, title="word " * 1_000, text="word " * 100_000)
    found = page_article(page, source=SOURCE, url=SOURCE.location, first_seen=never)
    assert (len(found.title), len(found.text)) == (LONGEST_TITLE, LONGEST_TEXT)


@pytest.mark.parametrize(("name", "publisher"), [("", "The Gazette"), ("Ours", "Ours")])
def test_a_page_in_a_file_is_known_by_its_path(name: str, publisher: str) -> None:
    found = page_article(PAGE, source=Source(kind="page", location="b.html", name=name), url="", first_seen=never)
    assert (found.canonical, found.url, found.publisher) == ("file:b.html", None, publisher)

"""Links of a page by selector."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from digest.collect.lists.linkpage import read_links

URL = "https://council.example/news/"
PAGE = b"""<html><head><title>News of the council</title></head><body>
<nav><a href="/">Home</a> <a href="/contact">Contact</a></nav>
<ul class="news">
  <li><a class="picture" href="/news/bridge"><img src="x.jpg"></a>
      <a href="/topics/roads">Roads and bridges in the town</a>
      <h2><a href="/news/bridge">The old bridge reopens</a></h2>
      <time datetime="2026-02-17T10:00:00Z">Tuesday</time></li>
  <li><h2><a href="/news/pool#top">Pool closes early</a></h2> <a href="/news/pool">Read more</a></li>
  <li><h2>Without a link</h2></li>
</ul>
<a href="/news/market"><h3>Market moves</h3></a>
</body></html>"""


def links(selector: str, page: bytes = PAGE, url: str = URL):
    return read_links(page, url=url, selector=selector)


def test_selected_links_are_the_articles() -> None:
    found = links("ul.news h2 a").links
    assert [(link.url, link.label) for link in found] == [
        ("https://council.example/news/bridge", "The old bridge reopens"),
        ("https://council.example/news/pool#top", "Pool closes early"),
    ]


def test_an_element_stands_for_the_link_of_its_headline() -> None:
    assert [link.label for link in links("ul.news li").links] == ["The old bridge reopens", "Pool closes early"]


def test_a_headline_inside_a_link_is_found_by_the_headline() -> None:
    [link] = links("h3").links
    assert (link.url, link.label) == ("https://council.example/news/market", "Market moves")


def test_an_article_linked_twice_is_one_with_the_words_of_its_headline() -> None:
    assert [link.label for link in links("ul.news a").links] == [
        "The old bridge reopens",
        "Roads and bridges in the town",
        "Pool closes early",
    ]


def test_the_time_in_a_teaser_is_the_articles() -> None:
    first, second = links("ul.news h2 a").links
    assert first.published == datetime(2026, 2, 17, 10, tzinfo=UTC)
    assert second.published is None


def test_the_pages_own_base_counts() -> None:
    page = b'<base href="https://other.example/x/"><p><a href="story">A story of the day</a></p>'
    assert [link.url for link in links("p a", page).links] == ["https://other.example/x/story"]


def test_links_that_lead_nowhere_are_left_out() -> None:
    page = b'<p><a href="javascript:x()">A</a><a>B</a><a href="#top">C</a><a href="mailto:a@b.example">D</a></p>'
    found = links("a", page)
    assert found.links == ()
    assert "no link to another page" in found.notes[0]


def test_a_selector_that_finds_nothing_says_how_to_go_on() -> None:
    found = links("article.teaser a")
    assert found.links == ()
    assert 'links = "article.teaser a" finds nothing' in found.notes[0]
    assert "Inspect" in found.notes[0]


def test_an_empty_page_finds_nothing() -> None:
    assert links("a", b"").links == ()


@given(st.text())
def test_no_page_breaks_it(text: str) -> None:
    found = links("a, li", f'<li><a href="{text}">{text}</a><time datetime="{text}"></li>'.encode("utf-8", "replace"))
    assert all(link.url.startswith("http") for link in found.links)

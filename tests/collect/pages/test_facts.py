from __future__ import annotations

import json
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from digest.collect.pages.blocks import read_blocks
from digest.collect.pages.facts import PageFacts, read_facts

URL = "https://www.example.org/2026/02/19/ice"


def facts(head: str = "", body: str = "", *, url: str = URL, zone: str = "UTC") -> PageFacts:
    tree = html.document_fromstring(f"<html><head>{head}</head><body>{body}<p>.</p></body></html>")
    return read_facts(tree, read_blocks(tree), url=url, zone=ZoneInfo(zone))


def linked(**values: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(values)}</script>'


def test_a_page_without_facts_has_none():
    assert facts(url="") == PageFacts(
        title="", titles=(), published=None, author="", language="", canonical="", site=""
    )


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="og:title" content="Harbour freezes - News"><meta property="og:site_name" content="News">',
        "<title>Harbour freezes | News | The Gazette</title>",
        linked(**{"@type": "NewsArticle", "headline": "Harbour freezes"}) + "<title>Gazette</title>",
    ],
)
def test_the_title_comes_without_the_site_s_name(head):
    assert facts(head).title == "Harbour freezes"


def test_the_heading_is_the_title_where_the_head_names_none():
    assert facts("<title>Gazette</title>", "<h1>Harbour <em>freezes</em></h1>").title == "Harbour freezes"


@pytest.mark.parametrize(
    ("head", "body", "moment"),
    [
        (
            linked(**{"@type": "NewsArticle", "datePublished": "2026-02-18T10:00:00+01:00"}),
            "",
            "2026-02-18T10:00:00+01:00",
        ),
        (
            linked(**{"@graph": [{"@type": "WebPage"}, {"@type": ["BlogPosting"], "datePublished": "2026-02-18"}]}),
            "",
            "2026-02-18",
        ),
        ('<meta property="article:published_time" content="2026-02-18T10:00:00Z">', "", "2026-02-18T10:00:00+00:00"),
        ('<meta itemprop="datePublished" content="2026-02-18T10:00:00Z">', "", "2026-02-18T10:00:00+00:00"),
        ('<meta name="date" content="18 February 2026, 10:00">', "", "2026-02-18T10:00:00+00:00"),
        (
            "",
            '<time itemprop="datePublished" datetime="2026-02-18T10:00Z">yesterday</time>',
            "2026-02-18T10:00:00+00:00",
        ),
        ("", "<h1>Ice</h1><p>By Jane Roe</p><p>Published 18 February 2026, 10:00 CET</p>", "2026-02-18T10:00:00+01:00"),
        ("", "<h1>Ice</h1>", "2026-02-19"),
        ('<meta name="date" content="yesterday">', "<time datetime='2026-02-01'>a teaser</time>", "2026-02-19"),
    ],
)
def test_the_time_is_looked_for_where_pages_name_it(head, body, moment):
    published = facts(head, body).published

    assert published is not None
    assert published.isoformat().startswith(moment)


COMMENT = """<div itemprop="comment" itemscope itemtype="https://schema.org/Comment"><p>By Ann Other</p>
<time itemprop="datePublished" datetime="2021-02-03">3 Feb 2021</time>
<meta itemprop="datePublished" content="2021-02-03">
</div>"""


@pytest.mark.parametrize(
    "others",
    [
        COMMENT,
        '<section id="comments"><p>3 February 2021</p><time class="published" datetime="2021-02-03"></time></section>',
        '<div class="related"><p>By Ann Other</p><abbr class="published" title="2021-02-03">then</abbr></div>',
        '<aside><time pubdate datetime="2021-02-03">then</time></aside>',
        "<article><h2>Another</h2><p>3 February 2021</p><p>By Ann Other</p></article>",
        "<footer><p>3 February 2021</p></footer>",
    ],
)
def test_dates_and_names_of_others_are_not_the_articles(others):
    alone = facts("", f"<article><h1>Ice</h1><p>It froze.</p></article>{others}", url="")
    assert (alone.published, alone.author) == (None, "")
    own = "<article><h1>Ice</h1><p>By Jane Roe</p><p>Published on 18 February 2026</p></article>"
    beside = facts("", f"{others}{own}{others}", url="")
    assert beside.published is not None
    assert (beside.published.isoformat()[:10], beside.author) == ("2026-02-18", "Jane Roe")


def test_the_moment_below_the_heading_is_that_of_its_element_but_not_of_a_change():
    byline = "<p>Published <time datetime='2026-02-18T10:30:00+01:00'>18 February 2026</time></p>"
    changed = "<p>Updated <time datetime='2026-02-20T10:30:00+01:00'>20 February 2026</time></p>"
    found = facts("", f"<h1>Ice</h1>{byline}{changed}").published
    assert found is not None
    assert found.isoformat() == "2026-02-18T10:30:00+01:00"


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ('<meta property="og:title" content="The Gazette"><title>Harbour freezes - The Gazette</title>',
         "<h1>Harbour freezes</h1>", "Harbour freezes"),
        ('<meta property="og:title" content="News from Merrow"><title>Harbour freezes</title>',
         "<h1>Harbour freezes</h1>", "Harbour freezes"),
        ('<meta property="og:title" content="Harbour freezes: what now"><title>Harbour freezes - The Gazette</title>',
         "<h1>Harbour freezes</h1>", "Harbour freezes: what now"),
        ('<meta property="og:title" content="Gazette"><meta property="og:site_name" content="Gazette">',
         "<h1>Harbour freezes</h1>", "Harbour freezes"),
        ('<meta property="og:title" content="Gazette"><title>Gazette</title>', "", "Gazette"),
    ],
)  # fmt: skip
def test_the_sites_name_is_no_title_of_an_article(head, body, title):
    assert facts(head, body).title == title


@pytest.mark.parametrize("name", ["The Gazette", "admin", "THE GAZETTE", "Unknown"])
def test_the_site_and_an_account_are_no_authors(name):
    site = '<meta property="og:site_name" content="The Gazette">'
    assert (
        facts(f'{site}<meta name="author" content="{name}"><meta name="byl" content="By Jane Roe">').author
        == "Jane Roe"
    )


@pytest.mark.parametrize(
    ("head", "canonical"),
    [
        ('<link rel="canonical" href="https://www.example.org/">', ""),
        ('<link rel="canonical" href="/"><meta property="og:url" content="/2026/02/19/ice">', URL),
        ('<base href="https://www.example.org/2026/02/19/"><link rel="canonical" href="ice">', URL),
        ('<link rel="canonical" href="/?p=7">', "https://www.example.org/?p=7"),
    ],
)
def test_the_front_page_is_no_address_of_an_article(head, canonical):
    assert facts(head).canonical == canonical


def test_a_time_without_a_zone_is_read_in_the_given_one():
    published = facts('<meta name="date" content="2026-02-18 10:00">', zone="Europe/Berlin").published

    assert published is not None
    assert published.isoformat() == "2026-02-18T10:00:00+01:00"


@pytest.mark.parametrize(
    ("head", "author"),
    [
        (linked(**{"@type": "Article", "author": {"@type": "Person", "name": "Jane Roe"}}), "Jane Roe"),
        (linked(**{"@type": "Article", "author": [{"name": "Jane Roe"}, {"name": "John Doe"}]}), "Jane Roe, John Doe"),
        ('<meta name="author" content="By Jane Roe">', "Jane Roe"),
        (
            '<meta property="article:author" content="https://facebook.com/jane"><meta name="byl" content="Jane Roe">',
            "Jane Roe",
        ),
        ('<meta name="twitter:creator" content="@jane">', ""),
        ('<meta name="author" content="' + "x" * 200 + '">', ""),
    ],
)
def test_the_author_is_a_name(head, author):
    assert facts(head).author == author


def test_the_byline_below_the_heading_names_the_author():
    assert facts("", "<h1>Ice</h1><p>By Jane Roe | Special</p>").author == "Jane Roe"


@pytest.mark.parametrize(
    ("markup", "language"),
    [
        ("<html lang='en-GB'>", "en"),
        ("<html lang='DE'>", "de"),
        ("<html lang=''>", ""),
        ("<html lang='klingon-old'>", ""),
    ],
)
def test_the_language_is_a_primary_tag(markup, language):
    tree = html.document_fromstring(f"{markup}<body><p>.</p></body></html>")

    assert read_facts(tree, read_blocks(tree)).language == language


def test_an_address_is_resolved_against_the_page_s_own():
    assert facts('<link rel="canonical" href="/ice">').canonical == "https://www.example.org/ice"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "http://[", "", "ftp://example.org/x"])
def test_an_unsafe_address_is_none(address):
    assert facts(f'<link rel="canonical" href="{address}">', url="").canonical == ""


@pytest.mark.parametrize(
    "script", ["{", "[" * 50_000, '"text"', "null", '{"@type": 5}', '{"@type": "Article", "author": 5}']
)
def test_broken_json_says_nothing(script):
    assert facts(f'<script type="application/ld+json">{script}</script>').author == ""


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["@type", "@graph", "author", "name", "headline", "image", "url", "publisher"]), inner
        )
    ),
    max_leaves=9,
)


@given(JSON)
def test_any_json_is_read(value):
    body = json.dumps({"@type": "Article", "author": value, "image": value, "headline": value, "publisher": value})

    assert isinstance(facts(f'<script type="application/ld+json">{body}</script>').author, str)

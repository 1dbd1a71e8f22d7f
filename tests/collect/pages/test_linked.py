"""JSON-LD about the article, and about everything else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from digest.collect.pages.linked import LinkedFacts, PageTitles, linked_facts, says_the_same

URL = "https://www.example.org/2026/ice"
TITLE = "Harbour freezes over"
OWN = {
    "@type": "NewsArticle",
    "headline": TITLE,
    "url": URL,
    "datePublished": "2026-02-18",
    "author": {"name": "Jane Roe"},
}
OTHER = {
    "@type": "NewsArticle",
    "headline": "Museum opens its roof",
    "url": "https://www.example.org/2021/museum",
    "datePublished": "2021-02-03",
    "author": {"name": "Somebody Else"},
}
NAMELESS = {"@type": "NewsArticle", "datePublished": "2026-02-18", "author": {"name": "Jane Roe"}}


def read(*scripts: Any, title: str = TITLE, in_head: str = "", url: str = URL) -> LinkedFacts:
    written = (script if isinstance(script, str) else json.dumps(script) for script in scripts)
    markup = "".join(f'<script type="application/ld+json">{text}</script>' for text in written)
    tree = html.document_fromstring(f"<html><head>{markup}</head><body><p>.</p></body></html>")
    titles = PageTitles(shown=(title,) if title else (), in_head=in_head, language="en")
    return linked_facts(tree, addresses=(url,), titles=titles)


def is_own(found: LinkedFacts) -> bool:
    return (found.published, found.author) == ("2026-02-18", "Jane Roe")


@pytest.mark.parametrize(
    "scripts",
    [
        [OWN],
        [OTHER, OWN],
        [[OTHER, OWN]],
        [{"@graph": [OTHER, {"@type": "WebSite"}, OWN]}],
        [{"@type": "WebPage", "datePublished": "2020-01-01", "mainEntity": OWN}],
        [{"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": OTHER}]}, OWN],
        [{**OWN, "comment": [{"@type": "Comment", "datePublished": "2021-02-03", "author": {"name": "X"}}]}],
        [{**OWN, "mentions": [OTHER], "isPartOf": {**OTHER, "@type": "CreativeWorkSeries"}, "review": OTHER}],
        [OTHER, {**OWN, "url": "", "headline": "Harbour freezes over: what we know"}],
        [OTHER, {**OWN, "headline": "Ice stops ships", "url": "http://example.org/2026/ice?utm_source=x#top"}],
        [OTHER, {**OWN, "url": "", "mainEntityOfPage": {"@type": "WebPage", "@id": URL}}],
        [OTHER, {**OWN, "url": "https://www.example.org/"}],
        [OTHER, NAMELESS],
        [{**OWN, "@type": "http://schema.org/NewsArticle"}],
        [{**OWN, "@type": ["Thing", "schema:BlogPosting"]}],
        [{**OWN, "datePublished": [{"@value": "2026-02-18"}]}],
        [{"@graph": [{**OWN, "author": {"@id": "#jane"}}, {"@id": "#jane", "@type": "Person", "name": "Jane Roe"}]}],
    ],
)
def test_the_pages_own_article_is_read_and_no_other(scripts: list[Any]) -> None:
    assert is_own(read(*scripts))


@pytest.mark.parametrize(
    "script",
    [
        OTHER,
        [OTHER, {**OTHER, "url": "https://www.example.org/2022/x", "headline": "Another one"}],
        {"@type": "ItemList", "itemListElement": [OTHER]},
        {"@type": "WebSite", "datePublished": "2020-01-01"},
        {**OTHER, "url": ""},
        {"@type": "JobPosting", "datePublished": "2020-01-01"},
        {"@type": "Comment", "datePublished": "2020-01-01"},
    ],
)
def test_what_is_about_others_says_nothing_of_this_one(script: Any) -> None:
    assert read(script) == LinkedFacts()


def test_of_a_page_without_an_article_the_page_is_read() -> None:
    page = {"@type": "WebPage", "url": URL, "name": TITLE, "datePublished": "2026-02-18"}
    assert read({"@graph": [page, OTHER]}) == LinkedFacts(published="2026-02-18")


def test_an_article_on_a_page_without_a_title_is_its_own() -> None:
    assert is_own(read({**OWN, "url": ""}, title="", in_head="The Gazette"))


WRITTEN = json.dumps(OWN)


@pytest.mark.parametrize(
    "script",
    [
        WRITTEN.replace("}", ",}"),
        f"<!-- {WRITTEN} -->",
        f"/*<![CDATA[*/ {WRITTEN} /*]]>*/",
        f"//<![CDATA[\n{WRITTEN}\n//]]>",
        f"<![CDATA[{WRITTEN}]]>",
        WRITTEN.replace('"', "&quot;"),
        WRITTEN.replace("freezes", "free\nzes").replace("free\nzes", "freezes\n"),
        f"{WRITTEN};",
        f"\ufeff{WRITTEN}",
        f"/* data */ {WRITTEN} // end",
        f"{json.dumps(OTHER)}\n{WRITTEN}",
        WRITTEN[:-1] + ', "image": "https://img.example/a.png", }',
    ],
)
def test_json_as_templates_write_it_is_read(script: str) -> None:
    assert is_own(read(script))


def test_a_headline_is_text_and_its_entities_are_read() -> None:
    assert read({**OWN, "headline": "Tom &amp; Anna&#8217;s <b>ice</b>"}, title="").headline == "Tom & Anna’s ice"


def test_the_publisher_is_named_however_it_is_nested() -> None:
    publisher = {"@type": "Organization", "name": {"@value": "The Gazette"}}
    assert read({**OWN, "publisher": [publisher]}).publisher == "The Gazette"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Harbour freezes over", "Harbour freezes over - The Gazette", True),
        ("Harbour freezes over", "Ice: harbour freezes, ships wait", True),
        ("The end of the war in the north", "The price of bread in the town", False),
        ("港の橋が再び開通した", "港の橋が再び開通、船が通る", True),
        ("港の橋が再び開通した", "博物館が屋根を開く", False),
        ("", "Harbour", False),
    ],
)
def test_two_titles_of_one_article_share_their_words(one: str, other: str, same: bool) -> None:
    assert says_the_same(one, other, "en") is same


@given(
    st.recursive(
        st.none() | st.text() | st.integers(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(
                    ["@type", "@graph", "@id", "url", "headline", "author", "name", "mainEntity", "datePublished"]
                ),
                inner,
            )
        ),
    )
)
def test_no_data_breaks_it(value: Any) -> None:
    assert isinstance(read(value), LinkedFacts)


@given(st.text(alphabet='{}[]",:/*<!->\\ \n@typeNewsArticle'))
def test_no_script_breaks_it(script: str) -> None:
    assert isinstance(read(script.replace("</", "")), LinkedFacts)

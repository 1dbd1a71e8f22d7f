"""What speaks of a page's article, and what of others."""

from __future__ import annotations

import pytest
from lxml import html

from digest.collect.pages.own import OwnElements

HEADED = "<article><h1>Ice</h1>{}</article>{}"


def holds(body: str, *, byline: bool = False) -> bool:
    tree = html.document_fromstring(f"<html><body class='single has-comments sidebar'>{body}</body></html>")
    [marked] = tree.xpath("//*[@id='x']")
    return OwnElements(tree).holds(marked, byline=byline)


X = "<b id='x'>3 May</b>"


@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "<div class='entry-meta'>{}</div>",
        "<footer class='entry-footer'>{}</footer>",
        "<div itemscope itemtype='https://schema.org/NewsArticle'>{}</div>",
        "<div itemprop='mainEntity' itemscope itemtype='http://schema.org/BlogPosting'>{}</div>",
        "<div class='commentary'>{}</div>",
    ],
)
def test_what_stands_in_the_article_is_its_own(around: str) -> None:
    assert holds(HEADED.format(around.format(X), ""))


@pytest.mark.parametrize(
    "kind", ["Comment", "UserComments", "Person", "Organization", "Review", "VideoObject", "JobPosting"]
)
@pytest.mark.parametrize("place", ["itemscope itemtype='https://schema.org/{}'", "typeof='schema:{}'"])
def test_what_is_said_of_another_thing_is_not(kind: str, place: str) -> None:
    assert not holds(HEADED.format(f"<div {place.format(kind)}>{X}</div>", ""))


@pytest.mark.parametrize("name", ["comment", "author", "publisher", "isPartOf", "mentions", "citation", "hasPart"])
def test_an_article_that_is_a_part_of_what_is_said_of_this_one_is_not(name: str) -> None:
    part = f"<div itemprop='{name}' itemscope itemtype='https://schema.org/Article'>{X}</div>"
    assert not holds(HEADED.format(part, ""))


@pytest.mark.parametrize(
    "box",
    [
        "<section class='comments'>{}</section>",
        "<ol id='comment-list'>{}</ol>",
        "<div class='related-posts'>{}</div>",
        "<div class='most-read'>{}</div>",
        "<div id='disqus_thread'>{}</div>",
        "<aside>{}</aside>",
        "<nav>{}</nav>",
        "<footer>{}</footer>",
        "<div role='complementary'>{}</div>",
        "<article>{}</article>",
        "<div class='kommentare'>{}</div>",
    ],
)
def test_a_box_beside_the_article_is_not(box: str) -> None:
    assert not holds(HEADED.format("", box.format(X)))


def test_an_article_within_the_article_is_a_comment_on_it() -> None:
    assert not holds(HEADED.format(f"<article>{X}</article>", ""))


def test_a_box_that_holds_the_heading_is_no_box_beside_it() -> None:
    assert holds(f"<div class='comments widget'><h1>Ice</h1>{X}</div>")


def test_the_heading_of_several_is_the_one_in_the_article() -> None:
    assert holds(f"<header><h1>The Gazette</h1></header><main class='latest'><h1>Ice</h1>{X}</main>")


def test_the_name_of_the_author_is_in_the_byline_of_the_article() -> None:
    byline = f"<div itemprop='author' itemscope itemtype='https://schema.org/Person'>{X}</div>"
    assert holds(HEADED.format(byline, ""), byline=True)
    assert not holds(HEADED.format(byline, ""))
    assert not holds(HEADED.format("", f"<div class='comment'>{byline}</div>"), byline=True)


def test_properties_are_found_in_every_notation() -> None:
    tree = html.document_fromstring(
        "<p itemprop='datePublished'>1</p><p property='schema:datePublished'>2</p>"
        "<p itemprop='http://schema.org/datePublished dateCreated'>3</p><p itemprop='dateModified'>4</p>"
        "<div class='comments'><p itemprop='datePublished'>5</p></div>"
    )
    assert [element.text for element in OwnElements(tree).named(tree, "datepublished")] == ["1", "2", "3"]

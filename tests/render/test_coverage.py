from __future__ import annotations

from dataclasses import replace

import pytest

from digest.model import Item, Link
from digest.render.coverage import coverage


def item(*others: str, publisher: str = "The Gazette") -> Item:
    also = tuple(Link(publisher=name, title=f"Title {at}", url=f"https://e.org/{at}") for at, name in enumerate(others))
    return Item(id="", headline="H", url=None, publisher=publisher, published=None, sentences=(), also=also)


def names(shown: Item) -> list[str]:
    return [link.publisher for link in coverage(shown).links]


def test_a_publisher_with_several_articles_is_named_once_with_the_first():
    shown = coverage(item("Radio", "Herald", "radio", "Radio"))
    assert [(link.publisher, link.url) for link in shown.links] == [
        ("Radio", "https://e.org/0"),
        ("Herald", "https://e.org/1"),
    ]


def test_the_publisher_of_the_story_does_not_also_cover_it():
    assert names(item("Gazette", "The Gazette", "Herald")) == ["Herald"]


@pytest.mark.parametrize(("publishers", "named", "more"), [(6, 6, 0), (7, 7, 0), (8, 6, 2), (40, 6, 34)])
def test_of_many_publishers_the_first_are_named_and_the_others_counted(publishers, named, more):
    shown = coverage(item(*(f"Paper {number}" for number in range(publishers))))
    assert (len(shown.links), shown.more) == (named, more)


def test_links_without_a_publisher_are_told_apart_by_title():
    also = tuple(Link(publisher="", title=title, url=None) for title in ("One", "Two", "One"))
    assert len(coverage(replace(item(), also=also)).links) == 2

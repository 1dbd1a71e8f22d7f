from __future__ import annotations

from dataclasses import replace

import pytest

from digest.model import Item, Link, Sentence
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


def test_those_that_the_summary_links_to_can_be_left_out_and_count_as_named():
    told = item(*(f"Paper {number}" for number in range(20)))
    linked, unlinked = told.also[1], replace(told.also[2], url=None)
    told = replace(told, sentences=tuple(Sentence(text="A.", article="b", cites=other) for other in (linked, unlinked)))
    assert names(told) == [f"Paper {number}" for number in range(6)]
    beside = coverage(told, cited=False)
    assert [link.publisher for link in beside.links] == ["Paper 0", "Paper 2", "Paper 3", "Paper 4", "Paper 5"]
    assert beside.more == coverage(told).more == 14

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model import Item, Link, Sentence
from digest.render.outlets import coverage, summary_pieces

RADIO = Link(publisher="Radio Seven", title="Rain", url="https://radio.example/rain")
HERALD = Link(publisher="The Herald", title="Rain!", url="https://herald.example/rain")


def told(*sentences: tuple[str, Link | None], publisher: str = "Gazette", language: str = "en") -> Item:
    return Item(
        id="a",
        headline="H",
        url="https://www.gazette.example/rain",
        publisher=publisher,
        published=None,
        sentences=tuple(Sentence(text=text, article="b", cites=cites) for text, cites in sentences),
        language=language,
    )


def shown(item: Item) -> str:
    return "".join(piece.text for piece in summary_pieces(item))


def test_sentences_of_another_outlet_in_a_row_are_followed_by_its_name_once():
    item = told(("It rains.", None), ("It pours.", RADIO), ("Roofs leak.", RADIO), ("It will end.", None))
    assert shown(item) == "It rains. It pours. Roofs leak. (Radio Seven) It will end."
    assert [(piece.text, piece.url) for piece in summary_pieces(item) if piece.is_name] == [("Radio Seven", RADIO.url)]


def test_each_outlet_is_named_behind_its_own_sentences():
    assert shown(told(("It rains.", RADIO), ("It pours.", HERALD))) == "It rains. (Radio Seven) It pours. (The Herald)"


def test_a_name_leads_to_the_article_that_its_sentences_are_from_and_to_no_other_of_its_outlet():
    later = Link(publisher="Radio Seven", title="Sun", url="https://radio.example/sun")
    item = told(("It rains.", RADIO), ("The sun is back.", later))
    assert [piece.url for piece in summary_pieces(item) if piece.is_name] == [RADIO.url, later.url]


@pytest.mark.parametrize("publisher", ["Herald", "the herald", "The Herald"])
def test_the_publisher_below_the_headline_is_not_named_again(publisher):
    assert shown(told(("It rains.", HERALD), publisher=publisher)) == "It rains."


def test_an_outlet_without_a_name_is_named_by_its_host_unless_the_story_is_there_too():
    nameless = Link(publisher="", title="Rain", url="https://www.radio.example/rain")
    own = Link(publisher="", title="Rain", url="https://gazette.example/more")
    assert shown(told(("It rains.", nameless))) == "It rains. (radio.example)"
    assert shown(told(("It rains.", own), publisher="")) == "It rains."


def test_what_has_neither_name_nor_address_names_nobody():
    assert shown(told(("It rains.", Link(publisher="", title="Rain", url=None)))) == "It rains."


def test_an_article_without_an_address_is_named_without_a_link():
    [name] = [
        piece
        for piece in summary_pieces(told(("It rains.", Link(publisher="Radio", title="", url=None))))
        if piece.is_name
    ]
    assert (name.text, name.url) == ("Radio", None)


def test_a_name_that_is_a_tagline_is_cut():
    tagline = Link(
        publisher="Radio Seven: all the weather, all the sport, all the news of the seven harbours", title="", url=None
    )
    assert (
        shown(told(("It rains.", tagline))) == "It rains. (Radio Seven: all the weather, all the sport, all the news…)"
    )


@pytest.mark.parametrize(
    ("language", "printed"),
    [
        ("zh", "下雨了。（Radio Seven）路湿。（The Herald）"),
        ("ja", "下雨了。（Radio Seven）路湿。（The Herald）"),
        ("ko", "下雨了。 (Radio Seven) 路湿。 (The Herald)"),
        ("th", "下雨了。 (Radio Seven) 路湿。 (The Herald)"),
    ],
)
def test_brackets_and_spaces_are_those_of_the_storys_script(language, printed):
    assert shown(told(("下雨了。", RADIO), ("路湿。", HERALD), language=language)) == printed


@given(st.lists(st.tuples(st.text(), st.none() | st.builds(Link, publisher=st.text(), title=st.text(), url=st.none()))))
def test_no_sentence_is_lost_whatever_is_cited(sentences):
    item = told(*sentences)
    rest = shown(item)
    for text, _ in sentences:
        assert text in rest
        rest = rest[rest.index(text) + len(text) :]


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

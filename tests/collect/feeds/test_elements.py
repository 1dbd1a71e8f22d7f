"""Elements by their names, and what addresses in them are relative to."""

from __future__ import annotations

import pytest
from lxml import etree

from digest.collect.documents.trees import xml_tree
from digest.collect.feeds.elements import Children, base_of, entries_of, text_construct_of, text_of

ADDRESS = "https://gazette.example/feeds/atom.xml"


def tree(text: str) -> etree._Element:
    root = xml_tree(text).root
    assert root is not None
    return root


@pytest.mark.parametrize(
    ("child", "name"),
    [
        ("<TITLE>A</TITLE>", "title"),
        ('<title xmlns="http://backend.userland.com/rss2">A</title>', "title"),
        ('<d:date xmlns:d="http://purl.org/dc/elements/1.1/">A</d:date>', "dc:date"),
        ("<dc:date>A</dc:date>", "dc:date"),
        ('<title xmlns="http://search.yahoo.com/mrss">A</title>', "media:title"),
        ('<title xmlns="https://elsewhere.example/ns">A</title>', "other:title"),
        ("<rss:title>A</rss:title>", "title"),
    ],
)
def test_an_element_is_known_whatever_its_namespace_is_called(child: str, name: str) -> None:
    assert Children(tree(f"<item>{child}</item>")).text(name) == "A"


def test_the_elements_of_atom_are_its_own_in_an_entry_and_guests_in_an_item() -> None:
    entry = tree('<entry xmlns="http://www.w3.org/2005/Atom"><title>A</title></entry>')
    item = tree('<item xmlns:a="http://www.w3.org/2005/Atom"><a:title>A</a:title></item>')
    assert (Children(entry).text("title"), Children(item).text("title"), Children(item).text("atom:title")) == (
        "A",
        "",
        "A",
    )


@pytest.mark.parametrize(
    ("bases", "base"),
    [
        (("", "", ""), "https://default.example/"),
        (("https://a.example/x/", "", ""), "https://a.example/x/"),
        (("https://a.example/x/", "y/", "z/"), "https://a.example/x/y/z/"),
        (("https://a.example/x/", "", "//b.example/"), "https://b.example/"),
        (("", "2026/", ""), "https://gazette.example/feeds/2026/"),
        (("/top/", "", "../other/"), "https://gazette.example/other/"),
        (("javascript:alert(1)", "y/", ""), "https://gazette.example/feeds/y/"),
    ],
)
def test_an_address_is_relative_to_each_base_around_it_in_turn(bases: tuple[str, str, str], base: str) -> None:
    feed, entry, link = (f' xml:base="{written}"' if written else "" for written in bases)
    root = tree(f"<feed{feed}><entry{entry}><link{link}/></entry></feed>")
    assert base_of(root[0][0], address=ADDRESS, default="https://default.example/") == base


@pytest.mark.parametrize(
    ("element", "kind", "text"),
    [
        ('<title type="text">a &lt;b&gt;</title>', "text", "a <b>"),
        ("<title>a &lt;b&gt;</title>", "text of atom", "a <b>"),
        ('<title type="html">a &lt;b&gt;c&lt;/b&gt;</title>', "html", "a <b>c</b>"),
        (
            '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">a <b>c</b></div></title>',
            "html",
            "a <b>c</b>",
        ),
        ('<title type="text/html" mode="escaped">a &lt;b&gt;</title>', "html", "a <b>"),
        ("<title>a <b>c</b></title>", "unsaid", "a <b>c</b>"),
        ('<content type="html"><p>a</p> &lt;i&gt;c&lt;/i&gt;</content>', "html", "<p>a</p> <i>c</i>"),
    ],
)
def test_words_are_text_or_markup_as_they_are_declared(element: str, kind: str, text: str) -> None:
    text_construct = text_construct_of(tree(element), of_atom=True)
    assert (text_construct.kind, text_construct.text.removeprefix("<div>").removesuffix("</div>")) == (kind, text)


def test_entities_that_are_declared_elsewhere_are_those_of_html() -> None:
    text = (
        '<!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "http://n.example/rss.dtd"><title>caf&eacute; &amp; bar</title>'
    )
    assert text_of(tree(text)) == "café & bar"


def test_entries_are_found_wherever_they_stand_and_however_they_are_spelt() -> None:
    assert len(entries_of(tree("<rdf><channel/><item/><item><item/></item></rdf>"))) == 3
    assert len(entries_of(tree("<rss><CHANNEL><ITEM/></CHANNEL></rss>"))) == 1

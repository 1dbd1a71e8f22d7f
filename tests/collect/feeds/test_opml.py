"""Lists of feeds."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from digest.collect.feeds.opml import NotOpmlError, Outline, parse_opml, read_outlines, write_opml
from digest.model import Source
from digest.text.clean import clean_line

NOW = datetime(2026, 2, 19, 6, 30, tzinfo=UTC)


def test_feeds_are_found_at_any_depth_each_once() -> None:
    body = b"""<?xml version="1.0" encoding="UTF-8"?><opml version="2.0"><head><title>Mine</title></head><body>
      <outline text="News"><outline type="rss" text="The Gazette" title="Gazette" xmlUrl="https://gazette.example/feed"/>
      <outline text="Deep"><outline text="Herald" xmlUrl="https://herald.example/atom"/></outline></outline>
      <outline text="Again" xmlUrl="https://gazette.example/feed"/><outline text="Nothing" xmlUrl=""/>
    </body></opml>"""
    assert parse_opml(body) == (
        Source(kind="feed", location="https://gazette.example/feed", name="Gazette"),
        Source(kind="feed", location="https://herald.example/atom", name="Herald"),
    )


@pytest.mark.parametrize("letters", ["xmlUrl", "xmlurl", "xmlURL", "XMLURL"])
def test_the_attribute_is_read_in_any_case(letters: str) -> None:
    body = f'<opml><body><outline text="x" {letters}="https://gazette.example/feed"/></body></opml>'.encode()
    assert [source.location for source in parse_opml(body)] == ["https://gazette.example/feed"]


def test_bare_ampersands_and_wrong_encodings_are_put_up_with() -> None:
    body = '<opml><outline text="R&D – Zoë" xmlUrl="https://x.example/?a=1&b=2"/></opml>'.encode("cp1252")
    assert parse_opml(body) == (Source(kind="feed", location="https://x.example/?a=1&b=2", name="R&D – Zoë"),)


@pytest.mark.parametrize("body", [b"", b"<rss/>", b"<html></html>", b"hello", b"\xff\xfe", b"<opml2/>"])
def test_anything_else_is_refused(body: bytes) -> None:
    with pytest.raises(NotOpmlError):
        parse_opml(body)


def test_entity_bombs_are_refused() -> None:
    with pytest.raises(NotOpmlError, match="entities"):
        parse_opml(b'<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><opml><outline xmlUrl="&c;"/></opml>')


@given(st.binary() | st.binary().map(lambda some: b"<opml><outline xmlUrl='" + some))
def test_any_bytes_are_a_list_or_refused(body: bytes) -> None:
    with contextlib.suppress(NotOpmlError):
        assert isinstance(parse_opml(body), tuple)


def test_folders_and_lines_are_told() -> None:
    body = b"""<?xml version="1.0"?>
<opml version="2.0"><body>
<outline text="News"><outline text="Deep">
<outline text="Herald" xmlUrl="https://herald.example/atom"/>
</outline><outline text="Bad" type="rss"/></outline>
<outline text="Top" xmlUrl="https://top.example/"/>
</body></opml>"""
    assert read_outlines(body) == (
        Outline(line=4, location="https://herald.example/atom", name="Herald", folder="Deep"),
        Outline(line=5, problem='"Bad" names no feed: it has no xmlUrl'),
        Outline(line=6, location="https://top.example/", name="Top"),
    )


@pytest.mark.parametrize(
    ("written", "location"),
    [
        ("feed://gazette.example/feed", "http://gazette.example/feed"),
        ("feed:https://gazette.example/feed", "https://gazette.example/feed"),
    ],
)
def test_addresses_made_for_feed_readers_are_those_of_the_web(written: str, location: str) -> None:
    body = f'<opml><body><outline text="A" xmlUrl="{written}"/></body></opml>'.encode()
    assert [outline.location for outline in read_outlines(body)] == [location]


def test_what_is_not_well_formed_is_told_by_its_line() -> None:
    body = b'<opml><body>\n<outline text="A" xmlUrl="https://a.example/">\n</body></opml>'
    first, fault = read_outlines(body)[:2]
    assert first.location == "https://a.example/"
    assert fault.line == 3
    assert fault.problem.startswith("is not well-formed: ")


def test_folders_nested_deeper_than_python_calls_go_are_read() -> None:
    body = b"<opml>" + b'<outline text="x">' * 200 + b'<outline xmlUrl="https://a.example/"/>'
    assert [outline.location for outline in read_outlines(body) if outline.location] == ["https://a.example/"]


def test_only_feeds_on_the_web_are_written() -> None:
    sources = [
        Source(kind="folder", location="articles"),
        Source(kind="feed", location="feeds/mine.xml"),
        Source(kind="page", location="https://example.org/"),
        Source(kind="feed", location="https://example.org/feed", name="Example"),
    ]
    assert parse_opml(write_opml(sources, title="T", made=NOW)) == (sources[3],)


def test_what_is_written_is_opml_2_that_other_readers_take() -> None:
    sources = [Source(kind="feed", location="https://a.example/?a=1&b=2", name='A & "B" <c>', section="Nöws")]

    root = etree.fromstring(write_opml(sources, title="The Signal", made=NOW))

    assert (root.tag, root.get("version")) == ("opml", "2.0")
    assert root.findtext("head/title") == "The Signal"
    assert root.findtext("head/dateCreated") == "Thu, 19 Feb 2026 06:30:00 +0000"
    [folder] = root.findall("body/outline")
    assert folder.get("text") == "Nöws"
    [feed] = folder
    assert feed.attrib == {
        "type": "rss",
        "text": 'A & "B" <c>',
        "title": 'A & "B" <c>',
        "xmlUrl": "https://a.example/?a=1&b=2",
    }


FEEDS = st.builds(
    Source,
    kind=st.just("feed"),
    location=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20).map("https://a.example/".__add__),
    name=st.text(),
    section=st.none() | st.text(),
)


@given(st.lists(FEEDS, max_size=8))
def test_what_is_written_is_read_back(sources: list[Source]) -> None:
    read = read_outlines(write_opml(sources, title="\x00<&>\ud800", made=NOW))

    expected = [(clean_line(s.location), clean_line(s.name), clean_line(s.section or "")) for s in sources]
    found = [(one.location, one.name, one.folder) for one in read]
    for folder in {folder for *_, folder in expected}:
        assert [one for one in found if one[2] == folder] == [one for one in expected if one[2] == folder]
    assert len(found) == len(expected)

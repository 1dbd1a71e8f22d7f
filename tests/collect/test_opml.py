"""Lists of feeds."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.opml import NotOpmlError, parse_opml
from digest.model import Source


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

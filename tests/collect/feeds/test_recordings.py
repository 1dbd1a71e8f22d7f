"""Recordings in feeds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.feeds.feed import parse_feed
from digest.collect.feeds.recordings import playing_time, playing_time_on

ITUNES = 'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
VIDEOS = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/"
      xmlns="http://www.w3.org/2005/Atom"><title>The Lock Keeper</title>
  <link rel="alternate" href="https://www.youtube.com/channel/UCx"/>
  <entry><id>yt:video:AbCdEfGhIjk</id><yt:videoId>AbCdEfGhIjk</yt:videoId><title>How a lock is drained</title>
    <link rel="alternate" href="https://www.youtube.com/watch?v=AbCdEfGhIjk"/>
    <published>2026-02-17T15:00:12+00:00</published>
    <media:group>
      <media:content url="https://www.youtube.com/v/AbCdEfGhIjk" type="application/x-shockwave-flash"{length}/>
      <media:description>We drain the lock of Aldra.&#10;00:00 Intro</media:description></media:group></entry></feed>"""


def podcast(*items: str, channel: str = "<itunes:category text='News'/>") -> bytes:
    return (
        f"<rss version='2.0' {ITUNES}><channel><title>Tide Tables</title><link>https://tides.example/</link>{channel}"
        f"{''.join(items)}</channel></rss>"
    ).encode()


def episode(name: str, *, more: str = "", enclosure: str = "audio/mpeg") -> str:
    return (
        f"<item><title>{name}</title><guid>{name}</guid><description>About {name}.</description>{more}"
        f"<enclosure url='https://media.tides.example/{name}.mp3' type='{enclosure}' length='1'/></item>"
    )


def entries(body: bytes | str):
    return parse_feed(body if isinstance(body, bytes) else body.encode(), url="https://x.example/feed").entries


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("2890", 2890),
        ("2890.5", 2890),
        ("48:10", 2890),
        ("00:48:10", 2890),
        ("1:02:03", 3723),
        ("90:00", 5400),
        ("PT48M10S", 2890),
        ("PT1H2M3S", 3723),
        ("pt2h", 7200),
        ("48 min", 2880),
        ("48m", 2880),
        (" 30 sec ", 30),
    ],
)
def test_a_length_is_read_as_it_is_written(written: str, seconds: int) -> None:
    assert playing_time(written) == timedelta(seconds=seconds)


@pytest.mark.parametrize("written", ["", "0", "00:00:00", "-5", "P", "PT", "soon", "1:2:3:4", "999999", "٣٠", "1e3"])
def test_what_is_no_length_is_none(written: str) -> None:
    assert playing_time(written) is None


@given(st.integers(1, 86_400))
def test_every_length_of_a_day_is_read_in_each_of_its_forms(seconds: int) -> None:
    hours, minutes = seconds // 3600, seconds // 60 % 60
    for written in (str(seconds), f"{hours}:{minutes:02}:{seconds % 60:02}", f"PT{hours}H{minutes}M{seconds % 60}S"):
        assert playing_time(written) == timedelta(seconds=seconds)


@given(st.text(max_size=40))
def test_any_text_gives_a_length_of_at_most_a_day_or_none(written: str) -> None:
    found = playing_time(written)
    assert found is None or timedelta(0) < found <= timedelta(days=1)


def test_an_episode_is_heard_and_tells_how_long() -> None:
    [entry] = entries(podcast(episode("ferry", more="<itunes:duration>00:48:10</itunes:duration>")))
    assert (entry.medium, entry.duration) == ("audio", timedelta(minutes=48, seconds=10))
    assert entry.link == "https://media.tides.example/ferry.mp3"


def test_an_episode_that_can_be_watched_is_a_video() -> None:
    [entry] = entries(podcast(episode("ferry", enclosure="video/mp4")))
    assert (entry.medium, entry.duration) == ("video", None)


def test_the_longest_of_the_notes_counts() -> None:
    [entry] = entries(podcast(episode("ferry", more="<itunes:summary>A captain tells why he waited.</itunes:summary>")))
    assert entry.content == "A captain tells why he waited."
    assert entry.summary == "About ferry."


def test_an_article_that_is_also_read_aloud_stays_an_article() -> None:
    [entry] = entries(podcast(episode("ferry"), channel=""))
    assert (entry.medium, entry.duration) == ("text", None)


def test_episodes_and_articles_in_one_feed_are_told_apart() -> None:
    plain = "<item><title>plain</title><link>https://tides.example/plain</link></item>"
    first, second = entries(podcast(plain, episode("ferry", more="<itunes:duration>60</itunes:duration>")))
    assert (first.medium, second.medium) == ("text", "audio")


def test_a_video_is_watched() -> None:
    [entry] = entries(VIDEOS.format(length=' duration="754"'))
    assert (entry.medium, entry.duration) == ("video", timedelta(seconds=754))
    assert entry.content.startswith("We drain the lock")


def test_a_video_whose_feed_does_not_say_its_length_is_one_still() -> None:
    [entry] = entries(VIDEOS.format(length=""))
    assert (entry.medium, entry.duration) == ("video", None)


def test_attachments_of_a_json_feed_are_recordings() -> None:
    [entry] = entries(
        '{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [{"id": "1", "title": "Ferry",'
        ' "attachments": [{"url": "https://m.example/a.jpg", "mime_type": "image/jpeg"},'
        ' {"url": "https://m.example/a.mp3", "mime_type": "audio/mpeg", "duration_in_seconds": 2890}]}]}'
    )
    assert (entry.medium, entry.duration) == ("audio", timedelta(seconds=2890))
    assert entry.link == "https://m.example/a.mp3"


@pytest.mark.parametrize(
    "page",
    [
        '<meta itemprop="duration" content="PT12M34S">',
        '<meta property="og:video:duration" content="754">',
        '{"lengthSeconds":"754"}',
        '{"@type": "VideoObject", "duration": "PT12M34S"}',
    ],
)
def test_a_page_tells_how_long_its_video_is(page: str) -> None:
    assert playing_time_on(f"<html>{page}</html>") == timedelta(seconds=754)


def test_a_page_without_a_video_tells_nothing() -> None:
    assert playing_time_on('<html>{"duration":"long"}</html>') is None

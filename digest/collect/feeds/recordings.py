"""What feeds of podcasts and video channels say beside title and text: that it is a recording, and how long. Pure.

Looked for only where a document has something of the kind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from lxml import etree

from digest.collect.documents.trees import local_name
from digest.collect.feeds.entries import Entry
from digest.model import Medium

_HINT = re.compile(r"<itunes:(?:duration|category|summary)|<yt:videoId|<enclosure\b[^<>]{0,2000}\b(?:audio|video)/")
#: "PT1H2M3S" (ISO 8601), as pages and some feeds write it.
_ISO = re.compile(r"P(?:(\d{1,3})D)?T?(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6})(?:[.,]\d+)?S)?", re.IGNORECASE)
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,4}):(\d{1,2})(?:[.,]\d+)?", re.ASCII)
_SECONDS = re.compile(r"(\d{1,7})(?:[.,]\d+)?(?:\s*s(?:ec(?:onds?)?)?\.?)?", re.ASCII | re.IGNORECASE)
_MINUTES = re.compile(r"(\d{1,5})\s*m(?:in(?:utes?)?)?\.?", re.ASCII | re.IGNORECASE)
#: A longer one is a stream that never ends, or a number of something else.
_LONGEST = timedelta(hours=24)
#: In a page: what YouTube and others tell search engines (https://schema.org/duration).
_ON_PAGE = (
    re.compile(r"""itemprop=["']duration["']\s+content=["']([^"']{2,30})"""),
    re.compile(r"""property=["'](?:og:)?video:duration["']\s+content=["'](\d{1,6})"""),
    re.compile(r""""lengthSeconds"\s*:\s*"(\d{1,6})\""""),
    re.compile(r""""duration"\s*:\s*"(P[^"]{2,30})\""""),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """An entry's recording."""

    medium: Medium
    duration: timedelta | None = None
    #: What it is about, where the parsers leave that out: text or HTML.
    notes: str = ""


def medium_of(media_type: str) -> Medium:
    """What something of a MIME type is: "audio/mpeg" is audio; all that can't be heard or watched counts as text."""
    kind = media_type.lower()
    return "audio" if kind.startswith("audio/") else "video" if kind.startswith("video/") else "text"


def playing_time(written: str) -> timedelta | None:
    """ "2890", "48:10", "1:02:03", "PT48M10S" or "48 min" as a span of time; None for none, for 0 and beyond a day."""
    text = written.strip()
    found = _spelled_duration(text)
    return found if found and timedelta(0) < found <= _LONGEST else None


def _spelled_duration(text: str) -> timedelta | None:
    if clock := _CLOCK.fullmatch(text):
        return timedelta(hours=int(clock[1] or 0), minutes=int(clock[2]), seconds=int(clock[3]))
    if seconds := _SECONDS.fullmatch(text):
        return timedelta(seconds=int(seconds[1]))
    if minutes := _MINUTES.fullmatch(text):
        return timedelta(minutes=int(minutes[1]))
    if (iso := _ISO.fullmatch(text)) and any(iso.groups()):
        days, hours, minutes_, seconds_ = (int(part or 0) for part in iso.groups())
        return timedelta(days=days, hours=hours, minutes=minutes_, seconds=seconds_)
    return None


def playing_time_on(page: str) -> timedelta | None:
    """The length of the video that a page shows."""
    written = (match[1] for pattern in _ON_PAGE if (match := pattern.search(page)))
    return next((found for found in map(playing_time, written) if found), None)


def with_recordings(
    entries: Sequence[Entry], items: Sequence[etree._Element], *, root: etree._Element, text: str
) -> tuple[Entry, ...]:
    """The entries of a feed with what its document says of their recordings.

    Args:
        entries: in the document's order.
        items: their elements.
        root: the document's.
        text: the document.
    """
    if not _HINT.search(text):
        return tuple(entries)
    # A channel that Apple's directory sorts by a category is a podcast.
    podcast = any(_is_element(element, "itunes", "category") for channel in root for element in channel)
    found = (_recording(item, podcast=podcast) for item in items)
    return tuple(
        entry if recording is None else _with_recording(entry, recording)
        for entry, recording in zip(entries, found, strict=True)
    )


def _with_recording(entry: Entry, recording: Recording) -> Entry:
    content = max(entry.content, recording.notes, key=len)
    return replace(
        entry,
        medium=recording.medium,
        duration=recording.duration,
        content=content,
        summary=entry.summary or recording.notes,
    )


def _recording(item: etree._Element, *, podcast: bool) -> Recording | None:
    duration = next((playing_time(part.text or "") for part in item if _is_element(part, "itunes", "duration")), None)
    notes = max((part.text or "" for part in item if _is_element(part, "itunes", "summary")), key=len, default="")
    if any(local_name(part) == "videoId" for part in item):
        return Recording(medium="video", duration=duration or _media_duration(item), notes=notes)
    kind = next((kind for part in item if (kind := _enclosed(part))), None)
    # A blog may enclose its article read aloud: then the text is the article.
    if kind is None or not (podcast or duration):
        return None
    return Recording(medium=kind, duration=duration or _media_duration(item), notes=notes)


def _enclosed(part: etree._Element) -> Medium | None:
    if not (local_name(part) == "enclosure" or (local_name(part) == "link" and part.get("rel") == "enclosure")):
        return None
    medium = medium_of(part.get("type") or "")
    return medium if medium != "text" else None


def _media_duration(item: etree._Element) -> timedelta | None:
    written = (part.get("duration") or "" for part in item.iter() if local_name(part) == "content")
    return next((found for found in map(playing_time, written) if found), None)


def _is_element(element: etree._Element, prefix: str, name: str) -> bool:
    tag = element.tag if isinstance(element.tag, str) else ""
    return local_name(element) == name and (prefix in tag.lower())

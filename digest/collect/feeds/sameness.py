"""What makes an entry the same article in every run, in every feed that carries it.

The rule, in one place, because everything that must not happen twice hangs on it (sent articles, duplicates, drafts):

1. The canonical form of its link, if no other entry of the feed has the same and it is not the feed's own home page.
   So an article keeps its identity when a feed moves, rewrites its guids or is joined by another feed of the site.
2. A link that several entries share (podcasts, change logs) does not tell them apart; the guid is put behind it, if
   that is the entry's own: `https://show.example/#<digest of the guid>`.
3. Without a link, the guid alone if it is made to be unique everywhere (a URL, `tag:`, `urn:`), else within the source.
4. Without a guid of its own, the title within the source; with the day where titles repeat.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from digest.collect.article.article import digest_of
from digest.collect.feeds.entries import Entry
from digest.text.urls import canonical_url

_UNIQUE_EVERYWHERE = re.compile(r"(?:tag:|urn:|https?://).{8,}", re.IGNORECASE)


def canonicals(entries: Sequence[Entry], *, home: str, source: str) -> list[str]:
    """The identity of each entry of one feed; equal only for entries that are the same article.

    Args:
        home: the feed's own page, "" if unknown.
        source: where the feed is, for entries that only mean something within it.
    """
    links = [canonical_url(entry.link) if entry.link else "" for entry in entries]
    titles_and_days = [(_title(entry), entry.published and entry.published.date()) for entry in entries]
    own_link = _unique({*zip(links, titles_and_days, strict=True)}, apart_from=canonical_url(home))
    own_guid = _unique({(entry.guid, _title(entry)) for entry in entries}, apart_from="")
    repeated = Counter(_title(entry) for entry in entries)
    return [
        _canonical(
            entry,
            link=link,
            link_is_own=link in own_link,
            guid=entry.guid if entry.guid in own_guid else "",
            place=link or canonical_url(source),
            titles=repeated[_title(entry)],
        )
        for entry, link in zip(entries, links, strict=True)
    ]


def _unique(pairs: set[tuple[str, object]], *, apart_from: str) -> set[str]:
    """Keys that stand for one thing only: the same link with the same title and day is one article listed twice."""
    counted = Counter(key for key, _ in pairs)
    return {key for key, times in counted.items() if key and times == 1 and key != apart_from}


def _canonical(entry: Entry, *, link: str, link_is_own: bool, guid: str, place: str, titles: int) -> str:
    if link and link_is_own:
        return link
    if guid and not link and _UNIQUE_EVERYWHERE.fullmatch(guid):
        return canonical_url(guid)
    day = f" {entry.published:%Y-%m-%d}" if titles > 1 and entry.published else ""
    return f"{place}#{digest_of(guid or _title(entry) + day)}"


def _title(entry: Entry) -> str:
    return (entry.title or entry.summary[:200]).casefold()

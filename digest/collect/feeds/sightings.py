"""Since when the entries of a feed are known, so that a new date makes no old article new.

Some feeds date all their entries by the moment of their own making, others one whenever they touch it. An article keeps
the earliest time that was ever given for it, and is no newer than the run that first saw it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from digest.collect.article.article import article_id
from digest.collect.article.moments import is_announced
from digest.collect.documents.fetch import Shelf
from digest.collect.feeds.articles import IdentifiedEntry
from digest.collect.feeds.entries import date_of
from digest.model import Source

#: An older date is remembered as this one, which is far outside any window: a sighting is forgotten after two years in
#: which no feed names it.
_LONG_AGO = timedelta(days=365)


def first_sightings(
    entries: Sequence[IdentifiedEntry], *, source: Source, shelf: Shelf, now: datetime
) -> Mapping[str, datetime]:
    """When each entry was published at the latest, by its id; one that is only announced is not remembered yet.

    An entry is known by its article, and where its link changes by its guid together with its title.
    """
    keys = {identified.id: _keys(identified, source) for identified in entries}
    published = {
        key: max(min(dated or now, now), now - _LONG_AGO)
        for identified in entries
        for dated in (date_of(identified.entry),)
        if not (dated and is_announced(dated, now=now))
        for key in keys[identified.id]
    }
    known = shelf.known_since(published) if published else {}
    since = {name: min(known[key] for key in own) for name, own in keys.items() if own[0] in known}
    earlier = {key: since[name] for name in since for key in keys[name] if since[name] < known[key]}
    if earlier:
        shelf.known_since(earlier)
    return since


def _keys(identified: IdentifiedEntry, source: Source) -> tuple[str, ...]:
    entry = identified.entry
    # A guid alone may be a place in the list: "1" is then always the newest.
    again = f"{source.location}#{entry.guid}#{entry.title.casefold()}"
    return (
        (identified.id, article_id(again))
        if entry.guid and entry.title and entry.guid != entry.link
        else (identified.id,)
    )

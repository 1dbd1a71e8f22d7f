"""What names articles by their addresses only: as sitemaps, pages of links and the owner's picks do."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from digest.collect.article.dates import find_date
from digest.collect.article.moments import EARLIEST, day_in_link, end_of_day
from digest.collect.article.timestamps import read_timestamp
from digest.text.urls import canonical_url

_TIMED = re.compile(r"\d{4}-\d\d-\d\d[T ]\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An article's address and what the list says of it; "" and None where it says nothing."""

    #: Absolute http(s) address.
    url: str
    #: Its headline, as the list's maker wrote it for that purpose.
    title: str = ""
    #: The words of the link; worth something only where the page has no title.
    label: str = ""
    #: Aware.
    published: datetime | None = None
    #: When its page last changed: no older than the article.
    changed: datetime | None = None
    publisher: str = ""
    language: str = ""
    categories: tuple[str, ...] = ()
    #: The owner chose it by hand, perhaps with a word on it.
    pinned: bool = False
    note: str = ""

    @property
    def canonical(self) -> str:
        return canonical_url(self.url)

    @property
    def moment(self) -> datetime | None:
        """When it was published, as far as the list tells."""
        return self.published or self.changed


def when_listed(entry: Listed) -> datetime | None:
    """When it was published or changed, as far as the list or its address tells."""
    return entry.moment or day_in_link(entry.url)


def each_once(listed: Iterable[Listed]) -> dict[str, Listed]:
    """Every article once, by its canonical address, in the list's order; the entry that says most stands for it."""
    found: dict[str, Listed] = {}
    for entry in listed:
        # Once for each: it is most of the work on a sitemap of 50,000 pages.
        canonical = entry.canonical
        known = found.get(canonical)
        if known is None or (not known.title and entry.title) or (known.moment is None and entry.moment):
            found[canonical] = entry
    return found


def listed_moment(written: str) -> datetime | None:
    """A date as lists write it, ISO 8601 or in words; a day without a time counts until its end.

    A list that says only "17 February" names an article that came after this morning's issue as well: taken for
    midnight, no issue would ever carry it. It is in no two issues, since what was sent is not picked again.
    """
    text = written.strip()[:200]
    exact = read_timestamp(text) if _TIMED.match(text) else None
    if exact is not None:
        return max(exact, EARLIEST)
    found = find_date(text)
    if found is None:
        return None
    return found.moment.astimezone(UTC) if found.timed else end_of_day(found.moment)

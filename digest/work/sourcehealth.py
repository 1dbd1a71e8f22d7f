"""How the sources are: what each last had and how often, what the next issue gets, what to do about the dead. Pure."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from digest.model import Article, Collection, Picked, Source, SourceReport
from digest.store.sources import SourceHistory
from digest.text.folding import folded_name

_WEEK = timedelta(weeks=1)
#: A rate is taken over this time, or as far back as the source goes.
_MEASURED = 4 * _WEEK
#: Servers are down for a day, sites are rebuilt for a week; after two, a page that is gone stays gone.
_GONE_FOR = 2 * _WEEK
_SILENT_FOR = timedelta(days=90)
_GONE = re.compile(r"\banswered (?:404|410)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkup:
    """How one source is."""

    source: Source
    #: As readers know it, "" where nobody does.
    called: str
    report: SourceReport
    history: SourceHistory
    #: The time and title of its newest article, None for none that has words; "" where the source has it no more.
    newest: datetime | None
    newest_title: str
    #: Articles a week, None where there are too few to tell.
    rate: float | None
    #: Articles in the window of the next issue, and stories of that issue that it leads or joins.
    articles: int
    leads: int
    joins: int
    #: What to do about it, "" where all is well.
    hint: str

    @property
    def failed(self) -> bool:
        return self.report.failed

    @property
    def empty(self) -> bool:
        """Whether it can be read, but never had an article; of a list of feeds, whether it names none."""
        return not self.failed and self.newest is None and bool(self.report.problem)

    @property
    def problem(self) -> str:
        """Why it gives nothing: that it has no news this week is none."""
        return self.report.problem if self.failed or self.empty else ""


def examine(
    collection: Collection,
    picked: Picked,
    *,
    histories: Mapping[str, SourceHistory],
    moved: Mapping[str, str],
    now: datetime,
) -> tuple[Checkup, ...]:
    """A checkup of every source of a run.

    Args:
        histories: by location, this run's included.
        moved: where sources have moved for good, by location.
    """
    known: defaultdict[str, list[Article]] = defaultdict(list)
    for article in (*collection.articles, *(dropped.article for dropped in collection.dropped)):
        known[article.source].append(article)
    leads = Counter(story.lead.source for story in picked.stories)
    joins = Counter(place for story in picked.stories for place in {a.source for a in story.articles[1:]})
    checkups = []
    for report in collection.sources:
        place = report.source.location
        history = histories.get(place, SourceHistory(location=place))
        newest = _newest(report, history, known[place])
        checkups.append(
            Checkup(
                source=report.source,
                called=report.source.name or next((article.publisher for article in known[place]), ""),
                report=report,
                history=history,
                newest=newest,
                newest_title=next((article.title for article in known[place] if article.published == newest), ""),
                rate=weekly((a.published for a in known[place] if a.dated and a.published <= now), now=now),
                articles=report.articles,
                leads=leads[place],
                joins=joins[place],
                hint=_hint(report, history, newest, moved.get(place, ""), now),
            )
        )
    return tuple(checkups)


def _newest(report: SourceReport, history: SourceHistory, known: Sequence[Article]) -> datetime | None:
    if known and not any(article.title or article.text for article in known):
        return None
    return max((moment for moment in (report.newest, history.newest) if moment), default=None)


def weekly(times: Iterable[datetime], *, now: datetime) -> float | None:
    """Articles a week in the last four, or in as many as the source goes back; None where one article tells nothing."""
    known = sorted(times)
    if len(known) < 2:
        return None
    if now - known[0] > _MEASURED:
        return sum(moment > now - _MEASURED for moment in known) / (_MEASURED / _WEEK)
    # A feed holds the latest few: one that goes back five days says nothing of the weeks before.
    return (len(known) - 1) / (max(now - known[0], timedelta(days=1)) / _WEEK)


def _hint(report: SourceReport, history: SourceHistory, newest: datetime | None, moved: str, now: datetime) -> str:
    source = report.source
    failing = now - history.failing_since if history.failing_since else timedelta(0)
    if report.failed and _GONE.search(report.problem) and failing >= _GONE_FOR:
        return (
            f"It has been gone for {failing.days} days: find its new address with `digest sources add`, or remove it."
        )
    if report.failed and _GONE.search(report.problem):
        return "There is nothing at this address: correct it, or find its feed with: digest sources add SITE"
    if report.failed and failing >= _GONE_FOR:
        return f"It has not been read for {failing.days} days: see whether it still exists, or remove it."
    if moved:
        return f'It moved for good: write {source.kind} = "{moved}" in digest.toml.'
    if newest and now - newest >= _SILENT_FOR:
        return f"It has been silent for {(now - newest).days} days: it may be given up, or have a new address."
    return ""


def matching(checkups: Sequence[Checkup], name: str) -> tuple[Checkup, ...]:
    """Those of the sources whose name or location holds `name`, in any case; all of them for ""."""
    wanted = folded_name(name)
    return tuple(one for one in checkups if wanted in folded_name(f"{one.called}\n{one.source.location}"))

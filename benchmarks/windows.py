"""Windows of articles of many kinds, made of the AllSides weeks: what is given to pick may be like any of them.

A window is a list of rows with their story (gold). The kinds differ in what a threshold may lean on unawares: dates,
the length of a text, how many articles tell a story, how many stories there are, and what else is in the window.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from random import Random

from outcome import Row
from picking_tasks import cut

Windows = list[list[Row]]

_TEASER_WORDS = 28
_START = datetime(2021, 6, 2, tzinfo=UTC)


def kinds(rows: Sequence[Row], openings: Sequence[Row], others: Sequence[tuple[str, str]]) -> dict[str, Windows]:
    """Kind of window → its windows.

    Args:
        rows: of the AllSides weeks.
        openings: title and text of articles with their story, without dates.
        others: title and text of articles on other subjects, each a story of its own.
    """
    mixed = cut(rows)
    weeks, whole = by_week(mixed), by_week(rows)
    pairs = by_week(at_most_two(rows))
    hundreds = [flat(some) for some in _chunks(_by(openings, lambda row: row["story"]), 100)]
    tens = [flat(some) for some in _chunks(_by(openings, lambda row: row["story"]), 10)]
    return {
        "weeks, mixed": weeks,
        "weeks, whole": whole,
        "weeks, half of the articles": [[r for r in week if Random(r["url"]).random() < 0.5] for week in whole],
        "weeks, two a story": pairs,
        "weeks, one a story": by_week(first_of_each(rows)),
        "days": _by(with_first_day(mixed), lambda row: row["day"]),
        "2 weeks as one": by_week(stacked(mixed, 2)),
        "4 weeks as one": by_week(stacked(mixed, 4)),
        "half a year as one": [mixed],
        "titles only": [[{**row, "text": ""} for row in week] for week in weeks],
        "first paragraphs": [[{**row, "text": row["text"].split("\n\n")[0]} for row in week] for week in weeks],
        "teasers": [[_teaser(row) for row in week] for week in whole],
        "no dates, mixed": undated(weeks),
        "no dates, whole": undated(whole),
        "no dates, two a story": undated(pairs),
        "no dates, ten stories": undated([flat(some) for some in _chunks(_by(rows, lambda r: r["story"]), 10)]),
        "no dates, half a year": undated([mixed]),
        "no dates, one a story": undated([first_of_each(rows)]),
        "one date, mixed": [[{**row, "published": _START.isoformat()} for row in week] for week in weeks],
        "among others": among(weeks, others),
        "among others, teasers": _teasers(among(weeks, others)),
        "among others, teasers, two a story": _teasers(among(pairs, others)),
        "among others, teasers, one a story": _teasers(among(by_week(first_of_each(rows)), others)),
        "openings, all": [list(openings)],
        "openings, all, two a story": [at_most_two(openings)],
        "openings, 100 stories": hundreds,
        "openings, 100 stories, mixed": [cut(window) for window in hundreds],
        "openings, 10 stories, dated": [_spread(window) for window in tens],
    }


def by_week(rows: Iterable[Row]) -> Windows:
    return _by(rows, lambda row: row["week"])


def at_most_two(rows: Sequence[Row]) -> list[Row]:
    """Two articles of two stories of three, one of the others."""
    return [row for row, number in _numbered(rows) if number < 1 + (Random(row["story"]).random() < 2 / 3)]


def first_of_each(rows: Sequence[Row]) -> list[Row]:
    return [row for row, number in _numbered(rows) if number == 0]


def stacked(rows: Sequence[Row], weeks: int) -> Iterator[Row]:
    """So many weeks moved onto the first of them."""
    names = sorted({row["week"] for row in rows})
    target = {name: names[i // weeks * weeks] for i, name in enumerate(names)}
    for row in rows:
        moved = _monday(row["week"]) - _monday(target[row["week"]])
        published = (datetime.fromisoformat(row["published"]) - moved).isoformat()
        yield {**row, "week": target[row["week"]], "published": published}


def with_first_day(rows: Sequence[Row]) -> Iterator[Row]:
    first: dict[str, str] = {}
    for row in rows:
        day = row["published"][:10]
        first[row["story"]] = min(first.get(row["story"], day), day)
    return ({**row, "day": first[row["story"]]} for row in rows)


def undated(windows: Windows) -> Windows:
    return [[{**row, "published": None} for row in window] for window in windows]


def among(windows: Windows, others: Sequence[tuple[str, str]], each: int = 150) -> Windows:
    """The windows with so many articles on other subjects in each, from forty outlets, over the same days."""
    random, number, mixed = Random(0), 0, []
    for window in windows:
        start = min(datetime.fromisoformat(row["published"]) for row in window)
        added = []
        for title, text in random.sample(list(others), min(each, len(others))):
            number += 1
            outlet = f"o{random.randrange(40)}"
            published = (start + timedelta(days=7 * random.random())).isoformat()
            url = f"https://{outlet}.example/{number}"
            row = {"story": url, "source": outlet, "url": url, "title": title, "text": text, "published": published}
            added.append(row)
        mixed.append([*window, *added])
    return mixed


def flat(windows: Windows) -> list[Row]:
    return [row for window in windows for row in window]


def _spread(window: Sequence[Row]) -> list[Row]:
    """Each story on a day of a week, its articles within half a day of it."""
    days: dict[str, float] = {}
    spread = []
    for row in window:
        random = Random(row["url"])
        day = days.setdefault(row["story"], 7 * random.random())
        spread.append({**row, "published": (_START + timedelta(days=day + random.random() - 0.5)).isoformat()})
    return spread


def _teasers(windows: Windows) -> Windows:
    return [[_teaser(row) for row in window] for window in windows]


def _teaser(row: Row) -> Row:
    return {**row, "text": " ".join(row["text"].split()[:_TEASER_WORDS])}


def _numbered(rows: Iterable[Row]) -> Iterator[tuple[Row, int]]:
    """Each row, and how many of its story come before it."""
    seen: dict[str, int] = defaultdict(int)
    for row in rows:
        yield row, seen[row["story"]]
        seen[row["story"]] += 1


def _by(rows: Iterable[Row], key: Callable[[Row], Hashable]) -> Windows:
    windows: dict[Hashable, list[Row]] = defaultdict(list)
    for row in rows:
        windows[key(row)].append(row)
    return list(windows.values())


def _chunks(stories: Windows, size: int) -> Iterator[Windows]:
    shuffled = Random(1).sample(stories, len(stories))
    return (shuffled[i : i + size] for i in range(0, len(shuffled), size))


def _monday(week: str) -> datetime:
    return datetime.strptime(f"{week}-1", "%G-%V-%u")  # noqa: DTZ007  # only differences of weeks are used

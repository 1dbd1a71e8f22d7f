"""Where an article begins and ends among the lines of a page. Pure.

Every line gets a score, prose a positive one, everything else a negative one, and the article is the run of lines with
the largest sum: maximum subsequence segmentation (Pasternack and Roth, WWW 2009, doi 10.1145/1526709.1526840). All such
runs are found in linear time (Ruzzo and Tompa, ISMB 1999); of several, the one that stands below the page's title and
speaks of it is taken. Nothing here knows a language.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from digest.collect.prose.furniture import Furniture, furniture_of, is_prose, word_count


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """A line of a page and what it looks like."""

    text: str
    words: int
    prose: bool
    furniture: Furniture | None


def read_lines(texts: Iterable[str]) -> list[TextLine]:
    lines = []
    for text in texts:
        words = word_count(text)
        lines.append(TextLine(text=text, words=words, prose=is_prose(text), furniture=furniture_of(text)))
    return lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The lines of an article: from `start` up to, not including, `end`."""

    start: int
    end: int
    #: Lines that repeat the page's title.
    titles: tuple[int, ...]
    #: What each line of the page counts; positive for the article's own.
    scores: tuple[int, ...]


# Set on one random half of 98 flattened article pages (4-shingle F1 0.946) and measured on the other (0.926); the floor
# is in tests/eval. Around these values the figure moves by less than 0.01.
#: Words of prose that count in one line; without a limit, one long legal paragraph outweighs a menu of any length.
_MOST_WORDS = 30
_OTHER = -8
_LEGAL = -24
_COMMENTS = -40
#: A title stands above an article, never within it.
_TITLE = -100
#: A line of a table of dates, results or prices within the article.
_LISTED = 1
#: Prose that a standfirst and a caption may take up between the title and the article.
_STANDFIRST_WORDS = 60
_STANDFIRST_LINES = 60
#: An article has more words than this before its readers' comments.
_FEWEST_WORDS = 30
#: How much more a run counts that stands below the page's title; and the share that counts without words of the title.
_BELOW_TITLE = 2.5
_UNTITLED = 0.3


def article_span(lines: Sequence[TextLine]) -> Span | None:
    """Find the article of a page whose first line is its title, None where there is no prose."""
    titles = _headings(lines, _titles(lines))
    scores = _scores(lines, titles)
    prose = [line.words if score > 0 else 0 for line, score in zip(lines, scores, strict=True)]
    _silence_comments(lines, titles, scores, prose)
    topic = {word for word in _words(main_title(lines[0].text)) if len(word) > 3} if lines else set()

    def weight(run: tuple[int, int, int]) -> float:
        start, end, total = run
        below = _BELOW_TITLE if _stands_below_title(start, end, titles, prose) else 1
        return total * below * (_UNTITLED + _share_of_topic(topic, lines[start:end]))

    runs = maximal_runs(scores)
    if not runs:
        return None
    start, end, _ = max(runs, key=weight)
    start = _start_below_title(start, end, titles, prose)
    return Span(start=start, end=end, titles=tuple(titles), scores=tuple(scores))


def maximal_runs(scores: Sequence[int]) -> list[tuple[int, int, int]]:
    """All runs (start, end, sum) that lose by being made longer or shorter; linear time (Ruzzo and Tompa 1999)."""
    runs: list[_Run] = []
    total = 0
    for position, score in enumerate(scores):
        before, total = total, total + score
        if score > 0:
            _add_run(runs, _Run(start=position, end=position + 1, left=before, right=total, lower=-1))
    return [(run.start, run.end, run.right - run.left) for run in runs]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """A run between two cumulated sums."""

    start: int
    end: int
    left: int
    right: int
    #: The nearest run before it that starts from a lower sum, -1 for none: what makes the search linear.
    lower: int


def _add_run(runs: list[_Run], run: _Run) -> None:
    """Add a run at the end, joined with those before it as long as that makes the sum larger."""
    while True:
        at = len(runs) - 1
        while at >= 0 and runs[at].left >= run.left:
            at = runs[at].lower
        if at < 0 or runs[at].right >= run.right:
            runs.append(replace(run, lower=at))
            return
        run = replace(run, start=runs[at].start, left=runs[at].left)
        del runs[at:]


def main_title(line: str) -> str:
    """A page's title without the names of its site and section: the longest part."""
    return max(re.split(r"\s+[|»–—·-]\s+|\s*\|\s*|\s*::\s*", line), key=len)


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) > 1}


def _titles(lines: Sequence[TextLine]) -> list[int]:
    """The lines that say what the first one says, but for the site's name."""
    if not lines:
        return []
    whole, main = _words(lines[0].text), _words(main_title(lines[0].text))
    return [i for i, line in enumerate(lines) if i and len(line.text) >= 8 and _is_title(line, whole, main)]


def _headings(lines: Sequence[TextLine], titles: Sequence[int]) -> list[int]:
    """The titles that stand above an article; one with an article above it is a link to the page itself."""
    headings: list[int] = []
    for title in titles:
        prose = sum(line.words for line in lines[headings[-1] : title] if line.prose) if headings else 0
        if prose <= _STANDFIRST_WORDS:
            headings.append(title)
    return headings


def _is_title(line: TextLine, whole: set[str], main: set[str]) -> bool:
    if line.words > 30:
        return False
    words = _words(line.text)
    common = len(words & main)
    if common < 2 and not (common == 1 == len(main)):
        return False
    # 7 words of 10 in common: headlines above the text are often a little longer or shorter than the page's title.
    return words == whole or common >= 0.7 * max(len(words), len(main))


def _scores(lines: Sequence[TextLine], titles: Sequence[int]) -> list[int]:
    times = Counter(line.text for line in lines)
    listed = _listed(lines)
    scores = [_score(line, repeated=times[line.text] > 1, listed=i in listed) for i, line in enumerate(lines)]
    for i in titles:
        scores[i] = _TITLE
    return scores


def _score(line: TextLine, *, repeated: bool, listed: bool) -> int:
    if line.furniture is Furniture.COMMENTS:
        return _COMMENTS
    if line.furniture is Furniture.LEGAL:
        return _LEGAL
    if line.furniture or (repeated and line.words >= 4):
        return _OTHER
    if line.prose:
        return min(line.words, _MOST_WORDS)
    return _LISTED if listed else _OTHER


_INNER_MARK = re.compile(r"\w\s(–|—|-|@|\|)\s|\w(: )|\w (\()")
_FEWEST_LISTED = 4


def _listed(lines: Sequence[TextLine]) -> set[int]:
    """Lines of lists: four or more in a row that are parted in two by the same mark, such as dates and places."""
    marks = [_inner_mark(line) for line in lines]
    listed: set[int] = set()
    start = 0
    for i in range(1, len(lines) + 1):
        if i == len(lines) or marks[i] != marks[start]:
            if marks[start] and i - start >= _FEWEST_LISTED:
                listed.update(range(start, i))
            start = i
    return listed


def _inner_mark(line: TextLine) -> str:
    match = _INNER_MARK.search(line.text) if 3 <= line.words <= 25 else None
    return next((mark for mark in match.groups() if mark), "") if match else ""


def _silence_comments(lines: Sequence[TextLine], titles: Sequence[int], scores: list[int], prose: list[int]) -> None:
    """An article is over where its readers begin to speak: nothing below counts."""
    if not titles:
        return
    words = 0
    for i in range(titles[0], len(lines)):
        words += prose[i]
        if words >= _FEWEST_WORDS and lines[i].furniture is Furniture.COMMENTS:
            rest = len(lines) - i
            scores[i:], prose[i:] = [_OTHER] * rest, [0] * rest
            return


def _stands_below_title(start: int, end: int, titles: Sequence[int], prose: Sequence[int]) -> bool:
    own = sum(prose[start:end])
    return any(
        (start - _STANDFIRST_LINES <= title < start and sum(prose[title:start]) <= _STANDFIRST_WORDS)
        or (start <= title < end and sum(prose[start:title]) <= own / 3)
        for title in titles
    )


def _share_of_topic(topic: set[str], lines: Sequence[TextLine]) -> float:
    text = " ".join(line.text for line in lines).casefold()
    return sum(word in text for word in topic) / len(topic) if topic else 1.0


def _start_below_title(start: int, end: int, titles: Sequence[int], prose: Sequence[int]) -> int:
    """The start moved below a title inside the run, or up to the standfirst below a title before it."""
    own = sum(prose[start:end])
    inside = [title for title in titles if start <= title < end and sum(prose[start:title]) < own / 3]
    if inside:
        return inside[-1] + 1
    before = [t for t in titles if start - _STANDFIRST_LINES <= t < start and sum(prose[t:start]) <= _STANDFIRST_WORDS]
    if not before:
        return start
    return next((i for i in range(before[-1] + 1, start) if prose[i] >= 12), start)

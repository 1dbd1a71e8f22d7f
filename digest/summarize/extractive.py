"""Summaries made of the articles' own sentences, offline: what they agree on, said once, in sentences that stand alone.

The rules come first (`lines`): no sentence that begins with "But" or "He said", no question, cut quotation or credit;
one that speaks of "she" or "the pair" only after the sentence that says who. Among what they allow, the choice that
says most of what the story says is taken (`consensus`, `choice`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from digest.model import Article, Sentence, Story, Summary
from digest.summarize.boilerplate import is_boilerplate
from digest.summarize.choice import Candidate, best_choice
from digest.summarize.consensus import consensus
from digest.summarize.lines import Line, content, is_usable, leans, read_lines, stems
from digest.summarize.openings import turns
from digest.text.quotes import quotes_whole
from digest.text.reading import count_words

#: Sentences that may be chosen, for 60 words of summary and one article: 8 to 12 as good on the writers' summaries.
_CANDIDATES = 10
#: Fewer are a heading or a handle, not the beginning of a story.
_FEWEST_WORDS = 3
#: A sentence with this share of its content words in the headline says nothing new below it; less will do where another
#: outlet says it again. From 0.6 to 0.8 the round-ups score the same.
_REPEATS, _REPEATS_ELSEWHERE = 0.8, 0.6
#: A summary shorter than this tells nothing where the article tells more: its opening does, even if it leans on the
#: headline. (Diaries and poems, of whose sentences few stand alone.)
_THIN = 12
#: An article so much older than the leading one says that talks will be held of which the headline tells the end.
_LAG = timedelta(hours=12)


def summarize(story: Story, *, words: int) -> Summary:
    """The sentences that tell a story in at most `words` words, verbatim, in the order of their article.

    There is one at least, longer than `words` only where no shorter one will do. A story over several articles cites
    two of them at least, if they have sentences that stand alone. A story with only a teaser gets the teaser's
    sentences, one with neither text nor teaser none.
    """
    articles = _up_to_date(story.articles)
    lines = read_lines(articles)
    headlines = [stems(article.title) for article in articles]
    chosen = _chosen(lines, headlines, words) or _makeshift(lines)
    if sum(count_words(line.text) for line in chosen) < _THIN:
        chosen = max(chosen, _opening(lines, words), key=lambda told: sum(count_words(line.text) for line in told))
    sentences = tuple(Sentence(text=line.text, article=line.article.id) for line in chosen)
    return Summary(story=story.id, sentences=sentences)


def _up_to_date(articles: Sequence[Article]) -> Sequence[Article]:
    """The articles without those that know less than the leading one, where it is not left alone."""
    since = articles[0].published - _LAG
    told = [article for article in articles if not article.dated or article.published >= since]
    return told if len(told) > 1 else articles


def _chosen(lines: Sequence[Line], headlines: Sequence[Sequence[str]], words: int) -> list[Line]:
    """The sentences that together say most; what the headline says already only where it lets two articles be cited."""
    new = _best(lines, headlines, words, known=frozenset(headlines[0]))
    if len(headlines) > 1 and not _cites_two(new):
        with_known = _best(lines, headlines, words, known=frozenset())
        return with_known if _cites_two(with_known) else new
    return new


def _cites_two(chosen: Sequence[Line]) -> bool:
    return len({line.source for line in chosen}) > 1


def _best(
    lines: Sequence[Line], headlines: Sequence[Sequence[str]], words: int, *, known: frozenset[str]
) -> list[Line]:
    pool = _pool(lines, known, words, articles=len(headlines))
    if not pool:
        return []
    measure = consensus(lines, headlines, [candidate.line for candidate in pool], words=words)
    return _told([pool[at].line for at in best_choice(pool, measure, words=words)])


def _pool(lines: Sequence[Line], known: frozenset[str], words: int, *, articles: int) -> list[Candidate]:
    """The sentences to choose from, in the articles' order: the first of each that may be used, and fit."""
    judged = (_judged(line) for line in sorted(lines, key=lambda line: (line.place, line.source)) if is_usable(line))
    usable = (candidate for candidate in judged if not _repeats(candidate, known))
    most = max(_CANDIDATES, words // 6) + 3 * (articles - 1)
    too_long: list[Candidate] = []
    pool: list[Candidate] = []
    for candidate in usable:
        (pool if candidate.length <= words else too_long).append(candidate)
        if len(pool) == most:
            break
    if all(candidate.leans for candidate in pool):
        alone = [candidate for candidate in too_long if not candidate.leans]
        return sorted(alone, key=lambda candidate: candidate.length)[:1]
    return sorted(pool, key=lambda candidate: (candidate.line.source, candidate.line.place))


def _judged(line: Line) -> Candidate:
    return Candidate(line=line, length=count_words(line.text), leans=leans(line), content=content(line))


def _repeats(candidate: Candidate, headline: frozenset[str]) -> bool:
    most = _REPEATS_ELSEWHERE if candidate.line.source else _REPEATS
    return len(candidate.content & headline) >= most * max(1, len(candidate.content))


def _opening(lines: Sequence[Line], words: int) -> list[Line]:
    """The leading article's first sentences in a row, from one that is no question, as many as there is room for."""
    told: list[Line] = []
    for line in (line for line in lines if line.source == 0):
        if not told and (not is_usable(line) or turns(line.text, line.article.language)):
            continue
        if is_boilerplate(line.text) or sum(count_words(other.text) for other in (*told, line)) > words:
            break
        told.append(line)
    while told and not quotes_whole(" ".join(line.text for line in told), told[0].article.language):
        told.pop()
    return told


def _makeshift(lines: Sequence[Line]) -> list[Line]:
    """The first words of the story, where none of its sentences stands alone."""
    saying = [at for at, line in enumerate(lines) if _says_something(line)]
    first = next((at for at in saying if not lines[at].scene), min(saying, default=len(lines)))
    last = first + 1
    # A quotation goes on to its end.
    while last < len(lines) and lines[last].quoted:
        last += 1
    return list(lines[first:last])


def _says_something(line: Line) -> bool:
    return count_words(line.text) >= _FEWEST_WORDS and not is_boilerplate(line.text)


def _told(lines: Sequence[Line]) -> list[Line]:
    """The sentences as they are told: article after article, first those whose opening is there, which names things."""
    soonest = {line.source: min(other.rank for other in lines if other.source == line.source) for line in lines}
    return sorted(lines, key=lambda line: (soonest[line.source] > 0, line.source, line.place))

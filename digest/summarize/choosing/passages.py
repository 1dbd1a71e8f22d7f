"""Sentences of an article in a row, where a choice of them would not be understood: of essays, diaries and poems."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from digest.languages.tables import words
from digest.summarize.sentences.boilerplate import is_boilerplate
from digest.summarize.sentences.lines import Line, content, is_ended
from digest.summarize.sentences.standing import is_statement, leans, says_little, without_mark
from digest.text.cuts import cut_words
from digest.text.quotes import quotes_whole
from digest.text.reading import count_words
from digest.text.stems import stems

#: A summary of fewer words tells nothing where the article tells more.
THIN = 12
#: Fewer are a heading or a handle, not the beginning of a story.
_FEWEST_WORDS = 3
#: Of a list with nothing around it, an item says something alone from so many words on.
_FEWEST_OF_ITEM = 8
#: One whole sentence may have so many times the words of a summary: more is told by its end than by a stop half-way.
_OVER = 1.5
_CLOSING = "\"'”’»“)]）」』 "


def length(lines: Iterable[Line]) -> int:
    """The words of some sentences."""
    return sum(count_words(line.text) for line in lines)


def opening(lines: Sequence[Line], words: int) -> list[Line]:
    """The leading article's abstract; or, where it has none that says enough, its first sentences, as many as fit."""
    leading = [line for line in lines if line.source == 0]
    abstract = _run([line for line in leading if line.place < 0], words)
    return abstract if length(abstract) >= THIN else _run([line for line in leading if line.place >= 0], words)


def _run(lines: Iterable[Line], words: int) -> list[Line]:
    """Sentences in a row, from one that may begin a summary."""
    told: list[Line] = []
    for line in lines:
        if not told and not _may_begin(line):
            continue
        if is_boilerplate(line.text) or not line.ended or length((*told, line)) > words:
            break
        told.append(line)
    while told and not _ends_well(told):
        told.pop()
    return told


def _may_begin(line: Line) -> bool:
    """Whether a sentence leans on nothing, and says more than the headline."""
    known = set(stems(line.article.title))
    return is_statement(line, fewest=_FEWEST_WORDS) and not leans(line) and not content(line) <= known


def _ends_well(told: Sequence[Line]) -> bool:
    """Whether sentences in a row end with a fact, and no quotation is open."""
    whole = quotes_whole(" ".join(line.text for line in told), told[0].article.language)
    return whole and not (len(told) > 1 and says_little(told[-1]))


def makeshift(lines: Sequence[Line]) -> list[Line]:
    """The first words of the story, where none of its sentences stands alone; nothing where all of them ask."""
    # What stands between the items of a list is as short as they are: "death metal", "listen".
    fewest = _FEWEST_OF_ITEM if lines and _is_item(lines[0]) else _FEWEST_WORDS
    telling = [at for at, line in enumerate(lines) if _says_something(line, fewest) and not _asks(line)]
    if not telling:
        return []
    first = min(telling, key=lambda at: (_is_item(lines[at]), lines[at].scene, _is_cut_off(lines[at])))
    if _is_item(lines[first]):
        return [replace(lines[first], text=without_mark(lines[first].text))]
    last = first + 1
    # A quotation goes on to its end.
    while last < len(lines) and lines[last].quoted:
        last += 1
    return list(lines[first:last])


def within(lines: Sequence[Line], words: int) -> list[Line]:
    """As many of the lines as `words` have room for; the first, where it is no whole sentence of nearly that, cut."""
    kept = [line for at, line in enumerate(lines) if length(lines[: at + 1]) <= words]
    if kept or not lines:
        return kept
    first = lines[0]
    if is_ended(first.text) and count_words(first.text) <= _OVER * words:
        return [first]
    return [replace(first, text=cut_words(first.text, most=words, language=first.article.language))]


def _asks(line: Line) -> bool:
    bare = line.text.rstrip(_CLOSING)
    return bare.endswith(("?", "？", "؟", *words(line.article.language, "script", "question_marks")))


def _is_item(line: Line) -> bool:
    return without_mark(line.text) != line.text


def _is_cut_off(line: Line) -> bool:
    return line.text.rstrip("])} ").endswith(("…", "..."))


def _says_something(line: Line, fewest: int) -> bool:
    leads_up = line.text.rstrip(_CLOSING).endswith((":", "："))
    fewest = _FEWEST_OF_ITEM if _is_item(line) else fewest
    return count_words(without_mark(line.text)) >= fewest and not leads_up and not is_boilerplate(line.text)

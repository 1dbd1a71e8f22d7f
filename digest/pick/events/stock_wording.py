"""Two texts that share stock wording only: newsletters under one introduction, bulletins of one form.

They tell different things, though they share as much wording as copies; where they differ tells the two apart. A
version of an article has sentences added here and dropped there, and figures corrected. What changes between two texts
with one stock wording stands at the same place in both: other news between the same greeting and the same signature,
other names in the same sentences.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from digest.text.length import count_words
from digest.text.words import content_words, tokens

#: Characters of a text that are looked at: an introduction may be long, and news stand below it.
_CHARACTERS = 12_000
#: Of the three words in a row of the shorter text; two accounts of an event in an outlet's own words share fewer.
_LEAST_SHARED = 0.2
#: Two outlets share most of the wording of a form; what they take from one agency they share in part.
_STOCK_WORDING = 0.5
#: Words in a row that the other text has not: so many at least are sentences of its own, so many at most fill a gap.
_SENTENCES, _GAP = 10, 9
#: News are told in more words than `_NEWS` if they are this share of the text, else in more than `_MANY_NEWS`.
_NEWS, _NEWS_SHARE = 12, 0.25
_MANY_NEWS, _MANY_NEWS_SHARE = 25, 0.12
#: They stand at the same place, give or take a word of the date: of 874 pairs of versions in one feed (made as
#: benchmarks/edits.py makes them) 4 have so much of their own at one place by chance, with 20 words more than 10.
_SHIFT = 5
#: What of the words between the first and the last of them is new: headings ("In sport") may stand among them.
_NEW_BETWEEN = 0.7
#: So many figures are all others: of those of a version some three in ten are.
_FEWEST_FIGURES, _OTHER_FIGURES = 3, 0.8
#: Names spelt more alike are one, misspelt in one of the texts.
_MISSPELT = 0.75
#: A text of so few words under the title of another day's stands there every day ("Open thread: talk about anything");
#: under a short title, one of so many.
_BARE, _STANDING, _SHORT_TITLE = 25, 60, 5
_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")
_CAPITALIZED = re.compile(r"\b[^\W\d_a-z][\w’'-]*")


@dataclass(frozen=True)
class ComparedText:
    """A text, as two of them are compared: its words, names and figures."""

    title: str
    text: str
    language: str = ""

    @cached_property
    def words(self) -> list[str]:
        return tokens(self.text[:_CHARACTERS])

    @cached_property
    def triples(self) -> list[tuple[str, ...]]:
        return list(zip(self.words, self.words[1:], self.words[2:], strict=False))

    @cached_property
    def known(self) -> frozenset[tuple[str, ...]]:
        return frozenset(self.triples)

    @cached_property
    def headline(self) -> frozenset[str]:
        return frozenset(word for word in content_words(self.title, self.language) if not word.isdigit())

    @cached_property
    def names(self) -> frozenset[str]:
        """The words that are written with a capital letter somewhere."""
        return frozenset(token for word in _CAPITALIZED.findall(self.text[:_CHARACTERS]) for token in tokens(word))

    @cached_property
    def figures(self) -> frozenset[str]:
        return frozenset(_FIGURE.findall(self.text[:_CHARACTERS]))

    def clipped(self, characters: int) -> ComparedText:
        return ComparedText(self.title, self.text[:characters], self.language)

    def beside(self, other: ComparedText) -> ComparedText:
        """It without the words that it has more than another."""
        return self.clipped(len(other.text)) if len(self.text) > len(other.text) else self


def tell_different_things(first: ComparedText, second: ComparedText) -> bool:
    """Whether each of two texts that share wording names in its headline, and tells, what the other never mentions.

    That holds whoever publishes them: warnings of one agency for two counties, two results of one championship.
    """
    if _shared_wording(first, second) < _STOCK_WORDING:
        return False
    return _name_others(_OwnWords.of(first, second), _OwnWords.of(second, first))


def share_only_stock_wording(first: ComparedText, second: ComparedText, *, at_once: bool = False) -> bool:
    """Whether two texts of one outlet share much wording, and only what it prints again and again.

    Args:
        at_once: both came within hours. Then other sentences at one place make a version, not the next letter.
    """
    if _shared_wording(first, second) < _LEAST_SHARED:
        return False
    one, other = _OwnWords.of(first, second), _OwnWords.of(second, first)
    return (
        _name_others(one, other)
        or (not at_once and one.is_news_in_place_of(other))
        or _are_filled_otherwise(one, other)
        or _say_nothing_of(first, second, one)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _OwnWords:
    """What a text has that another has not."""

    whole: ComparedText
    #: From and to which word, in order; each run has no three words in a row of the other text.
    runs: tuple[tuple[int, int], ...]
    #: The words in short runs that the other text has nowhere.
    fillings: frozenset[str]

    @classmethod
    def of(cls, whole: ComparedText, beside: ComparedText) -> _OwnWords:
        runs = tuple(_runs(whole.triples, beside.known, len(whole.words)))
        short = {word for begin, end in runs if end - begin <= _GAP for word in whole.words[begin:end]}
        return cls(whole=whole, runs=runs, fillings=frozenset(short.difference(beside.words, tokens(beside.title))))

    def is_news_in_place_of(self, other: _OwnWords) -> bool:
        mine, theirs = self._news(), other._news()
        return (
            bool(mine and theirs)
            and abs(mine[0][0] - theirs[0][0]) <= _SHIFT
            and abs((len(self.whole.words) - mine[-1][1]) - (len(other.whole.words) - theirs[-1][1])) <= _SHIFT
        )

    def _news(self) -> list[tuple[int, int]]:
        """The sentences of its own, where they are much of the text and hardly anything stands between them."""
        long = [(begin, end) for begin, end in self.runs if end - begin >= _SENTENCES]
        own = sum(end - begin for begin, end in long)
        share = own / max(1, len(self.whole.words))
        is_much = (own >= _NEWS and share >= _NEWS_SHARE) or (own >= _MANY_NEWS and share >= _MANY_NEWS_SHARE)
        return long if is_much and own >= _NEW_BETWEEN * (long[-1][1] - long[0][0]) else []

    @property
    def names(self) -> frozenset[str]:
        return frozenset(word for word in self.fillings & self.whole.names if not word[:1].isdigit())


def _runs(triples: Sequence[tuple[str, ...]], known: frozenset[tuple[str, ...]], words: int) -> list[tuple[int, int]]:
    """Of which words no three in a row are known: (first, behind the last)."""
    found, begin = [], None
    for at, triple in enumerate([*triples, None]):
        if triple is not None and triple not in known:
            begin = at if begin is None else begin
        elif begin is not None:
            # The first two words of a run end what is known before it, its last two begin what is known behind it.
            end = at if triple is not None else words
            found.append((begin + 2 if begin else 0, max(end, begin + 2 if begin else 0)))
            begin = None
    return found


def _shared_wording(first: ComparedText, second: ComparedText) -> float:
    fewer = min(len(first.known), len(second.known))
    return len(first.known & second.known) / fewer if fewer else 0.0


def _name_others(one: _OwnWords, other: _OwnWords) -> bool:
    return _are_others(one.whole.headline & one.fillings, other.whole.headline & other.fillings)


def _are_filled_otherwise(one: _OwnWords, other: _OwnWords) -> bool:
    """Whether the same sentences have other names, with other figures or more such names; or other figures alone."""
    if any(end - begin >= _SENTENCES for own in (one, other) for begin, end in own.runs):
        return False
    figures = one.whole.figures - other.whole.figures, other.whole.figures - one.whole.figures
    if _are_others(one.names, other.names) and all(
        len(own.names) + len(its) >= 2 for own, its in zip((one, other), figures, strict=True)
    ):
        return True
    return all(
        len(its) >= max(_FEWEST_FIGURES, _OTHER_FIGURES * len(own.whole.figures))
        for own, its in zip((one, other), figures, strict=True)
    )


def stand_every_day(first: ComparedText, second: ComparedText) -> bool:
    """Whether an outlet's texts of two days, under one title, are too short for a title so short to be one article."""
    if tokens(first.title) != tokens(second.title):
        return False
    fewest = _STANDING if len(tokens(first.title)) < _SHORT_TITLE else _BARE
    return max(count_words(first.text), count_words(second.text)) < fewest


def _say_nothing_of(first: ComparedText, second: ComparedText, one: _OwnWords) -> bool:
    """Whether a text that two articles have speaks of neither headline: "Every day our photographers choose ..." """
    mine, theirs = first.headline - second.headline, second.headline - first.headline
    return _are_others(mine, theirs) and not one.runs and (mine | theirs).isdisjoint(first.words)


def _are_others(some: frozenset[str], others: frozenset[str]) -> bool:
    """Whether there are words on both sides, and these are no two spellings of one."""
    alike = any(SequenceMatcher(None, a, b).ratio() > _MISSPELT for a in some for b in others)
    return bool(some and others) and not alike

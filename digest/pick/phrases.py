"""The owner's words (boost, mute, section keywords) found in text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from digest.text.words import tokens

# "election" also finds "elections"; anything longer is another word ("star" must not find "start").
_PLURALS = ("s", "es")


class Tokens:
    """The words of a text, ready to be searched."""

    __slots__ = ("counts", "sequence")

    def __init__(self, sequence: Sequence[str]) -> None:
        self.sequence = sequence
        self.counts = Counter(sequence)

    @classmethod
    def of(cls, text: str, *, most: int | None = None) -> Tokens:
        return cls(tokens(text)[:most])


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A word or several words in a row; "climat*" stands for every word that begins so."""

    written: str
    words: tuple[str, ...]
    open_end: bool

    def count(self, text: Tokens) -> int:
        """How often it stands in a text."""
        *first, last = self.words
        if not first:
            return sum(text.counts[word] for word in self._endings(last, text.counts))
        if not all(word in text.counts for word in first):
            return 0
        endings = set(self._endings(last, text.counts))
        length, sequence = len(self.words), text.sequence
        starts = (i for i in range(len(sequence) - length + 1) if sequence[i] == first[0])
        return sum(list(sequence[i : i + length - 1]) == first and sequence[i + length - 1] in endings for i in starts)

    def _endings(self, last: str, known: Iterable[str]) -> Iterable[str]:
        if self.open_end:
            return [word for word in known if word.startswith(last)]
        return [last, *(last + plural for plural in _PLURALS if len(last) > 2)]


def phrases(written: Iterable[str]) -> tuple[Phrase, ...]:
    """Read the owner's words; one without a letter or digit is left out."""
    read = (Phrase(written=one, words=tuple(tokens(one)), open_end=one.rstrip().endswith("*")) for one in written)
    return tuple(phrase for phrase in read if phrase.words)

"""The owner's words (boost, mute, section keywords) found in text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from digest.text.words import tokens

# "election" also finds "elections"; anything longer is another word ("star" must not find "start").
_PLURALS = ("s", "es")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A word or several words in a row; "climat*" stands for every word that begins so."""

    written: str
    words: tuple[str, ...]
    open_end: bool

    def count(self, text: Sequence[str]) -> int:
        """How often it stands in the words of a text."""
        if len(self.words) == 1:
            return sum(self._ends_with(word) for word in text)
        return sum(self._stands_at(text, i) for i in range(len(text) - len(self.words) + 1))

    def _stands_at(self, text: Sequence[str], start: int) -> bool:
        *first, _ = self.words
        end = start + len(first)
        return list(text[start:end]) == first and self._ends_with(text[end])

    def _ends_with(self, word: str) -> bool:
        last = self.words[-1]
        if not word.startswith(last):
            return False
        rest = word[len(last) :]
        return not rest or self.open_end or (len(last) > 2 and rest in _PLURALS)


def phrases(written: Sequence[str]) -> tuple[Phrase, ...]:
    """Read the owner's words; one without a letter or digit is left out."""
    read = (Phrase(written=one, words=tuple(tokens(one)), open_end=one.rstrip().endswith("*")) for one in written)
    return tuple(phrase for phrase in read if phrase.words)

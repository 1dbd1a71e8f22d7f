"""What may be a name where no capital says so: in Chinese, Japanese, Korean, Arabic, Hebrew, Hindi and their like.

There any word may be one, so each has to be known from the source: in Chinese and Japanese each character and each word
in katakana, elsewhere how a word begins, without the particles and articles that are written together with it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from digest.languages.tables import either, merged
from digest.text.words import fold, stop_words

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc-\u30ff]{2,}")
#: Hangul, Arabic, Hebrew, the scripts of India, Georgian, Amharic; with their marks.
_WORD = re.compile("[\u0590-\u05ff\u0600-\u06ff\u0750-\u077f\u0900-\u0dff\u10d0-\u10ff\u1200-\u137f\uac00-\ud7af]{2,}")
#: Letters of a word that its forms share; a syllable of Hangul is a character.
_BEGINNING, _SYLLABLES = 4, 2


def possible_names(text: str, language: str) -> frozenset[str]:
    """What of a text may be a name in a script without capitals, in the form that it compares in."""
    return frozenset() if text.isascii() else frozenset(_possible(unicodedata.normalize("NFKC", text), language))


def _possible(text: str, language: str) -> Iterator[str]:
    yield from (character for character in _HAN.findall(text) if character not in _particles())
    yield from _KATAKANA.findall(text)
    known = stop_words(language)
    for word in _WORD.findall(text):
        if fold(word) not in known:
            bare = _joined().sub("", word)
            yield bare[: _SYLLABLES if "\uac00" <= bare[:1] <= "\ud7af" else _BEGINNING]


@cache
def _particles() -> frozenset[str]:
    return frozenset("".join(merged("caseless")["particles"]))


@cache
def _joined() -> re.Pattern[str]:
    return re.compile(f"^{either(merged('caseless')['prefixes'])}")

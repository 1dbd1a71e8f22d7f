"""Where a text may be cut: between words, and never inside of what readers see as one character."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import cache

from digest.text.length import count_words
from digest.text.words import fold, stop_words

_JOINER = "\u200d"
#: The tones of skin behind an emoji, and the letters of which two make a flag.
_TONES, _FLAGS = range(0x1F3FB, 0x1F400), range(0x1F1E6, 0x1F200)
#: Signs that bind two consonants to one: Devanagari to Malayalam, Sinhala, Myanmar, Khmer.
_BINDS = frozenset("\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca\u1039\u17d2")
#: Vowels that are written before the consonant that they are spoken behind: Thai and Lao.
_BEFORE = frozenset("เแโใไເແໂໃໄ")
#: Behind these a phrase ends in scripts without spaces.
_PHRASE = "、，。；：！？၊။།ฯ"
#: No phrase is looked for further before the end than this share of what there is room for.
_NEAR_END = 0.6
_ROUGH_END = " ,;:–—-|(“\"'‘、，；：၊"


def cut_words(text: str, *, most: int, language: str) -> str:
    """The text in at most so many words (as `count_words` counts), between two words with "…" behind."""
    if count_words(text) <= most:
        return text
    room = bisect_right(range(len(text)), most, key=lambda at: count_words(text[:at])) - 1
    kept = text[: whole_characters(text, max(room, 1))]
    return f"{whole_words(kept, text, language)}…"


def whole_characters(text: str, at: int) -> int:
    """The place to cut a text at, or the next one before it that is not inside of a character; at least 1."""
    begin = at
    while 1 < begin < len(text) and _is_inside(text, begin):
        begin -= 1
    # What is nothing but marks is cut anywhere.
    return begin if begin > 1 or not _is_inside(text, 1) else at


def _is_inside(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if _JOINER in {before, after} or before in _BINDS or before in _BEFORE:
        return True
    if ord(before) in _FLAGS and ord(after) in _FLAGS:
        flags = len(text[:at]) - len(text[:at].rstrip("".join(map(chr, _FLAGS))))
        return flags % 2 == 1
    # The halves of what is no character at all stay together, too.
    return unicodedata.category(after)[0] == "M" or ord(after) in _TONES or "\udc00" <= after <= "\udfff"


def whole_words(kept: str, text: str, language: str) -> str:
    """What is kept of a text without a word cut in two, or a small word at the end that asks for another."""
    if not text[len(kept) :].startswith(" "):
        kept = kept[: _end_of_phrase(kept)]
    words = kept.split(" ")
    while len(words) > 2 and fold(words[-1]) in _hanging(language):
        words.pop()
    return " ".join(words).rstrip(_ROUGH_END)


def _end_of_phrase(kept: str) -> int:
    """Where the last word or phrase ends; scripts without spaces may have none near the end."""
    space = kept.rfind(" ")
    mark = max(kept.rfind(mark) for mark in _PHRASE) + 1
    if max(space, mark) >= _NEAR_END * len(kept):
        return max(space, mark)
    return space if space > 0 and _is_spaced(kept[space:]) else len(kept)


def _is_spaced(word: str) -> bool:
    """Whether a piece behind a space is one long word, and no sentence of a script without spaces."""
    return count_words(word) <= 1


@cache
def _hanging(language: str) -> frozenset[str]:
    return stop_words(language) | {"", "-", "–", "—", "|", "&"}

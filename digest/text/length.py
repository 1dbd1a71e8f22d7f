"""How long a text is and takes to read, in words where a script has spaces and in characters where it has none."""

from __future__ import annotations

import re
from collections.abc import Sequence

#: Silent reading of English non-fiction: Brysbaert, "How many words do we read per minute?", 2019.
WORDS_PER_MINUTE = 238
#: Characters of Chinese or Japanese: what Medium counts with.
CHARACTERS_PER_MINUTE = 500

#: Scripts written without spaces between words, and how many of their characters (vowel signs are some) make a word.
#: Han and kana by the time they take; the others by the length of words in their dictionaries.
_UNSPACED = {
    "\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
    "\U00020000-\U0003ffff": CHARACTERS_PER_MINUTE / WORDS_PER_MINUTE,
    # Thai and Lao; Burmese, Khmer and the scripts of the Tai; Tibetan, whose syllables are set apart.
    "\u0e00-\u0eff": 4.5,
    "\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\ua9e0-\ua9ff\uaa60-\uaadf": 5.0,
    "\u0f00-\u0fff": 6.0,
}
_ANY_UNSPACED = re.compile(f"[{''.join(_UNSPACED)}]")
_BY_SCRIPT = [(re.compile(f"[{script}]"), characters) for script, characters in _UNSPACED.items()]
#: What stands between two spaces is no single word if it is longer: an address, or a script that is not known here.
_LONGEST_WORD = 40


def count_words(text: str) -> int:
    """The number of words; in scripts without spaces, the characters that take as long to read count as one."""
    if text.isascii() or not _ANY_UNSPACED.search(text):
        return _between_spaces(text.split())
    unspaced = 0.0
    for script, characters in _BY_SCRIPT:
        text, found = script.subn(" ", text)
        unspaced += found / characters
    return _between_spaces([word for word in text.split() if any(c.isalnum() for c in word)]) + round(unspaced)


def _between_spaces(words: Sequence[str]) -> int:
    if max(map(len, words), default=0) < _LONGEST_WORD:
        return len(words)
    return sum(1 + len(word) // _LONGEST_WORD for word in words)


def reading_minutes(text: str) -> int:
    """Minutes to read a text, rounded, at least 1; 0 for an empty one."""
    if not text.strip():
        return 0
    return max(1, round(count_words(text) / WORDS_PER_MINUTE))

"""How long a text is and takes to read, in words where a script has spaces and in characters where it has none."""

from __future__ import annotations

import re

#: Silent reading of English non-fiction: Brysbaert, "How many words do we read per minute?", 2019.
WORDS_PER_MINUTE = 238
#: Characters of Chinese or Japanese: what Medium counts with.
CHARACTERS_PER_MINUTE = 500

#: Scripts written without spaces: Thai, Lao, Burmese, Khmer, kana, Han, and their extensions.
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    r"\uf900-\ufaff\U00020000-\U0003ffff]"
)


def count_words(text: str) -> int:
    """Words as a reader feels them: those between spaces, and for unspaced scripts the characters that take as long."""
    spaced, unspaced = _lengths(text)
    return spaced + round(unspaced * WORDS_PER_MINUTE / CHARACTERS_PER_MINUTE)


def reading_minutes(text: str) -> int:
    """Minutes to read a text, rounded, at least 1; 0 for an empty one."""
    if not text.strip():
        return 0
    return max(1, round(count_words(text) / WORDS_PER_MINUTE))


def _lengths(text: str) -> tuple[int, int]:
    spaced, unspaced = _UNSPACED.subn(" ", text)
    return sum(any(c.isalnum() for c in word) for word in spaced.split()) if unspaced else len(text.split()), unspaced

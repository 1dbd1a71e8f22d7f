"""Text → words, in any of the scripts that feeds are written in.

Words are case-folded and stripped of accents, so that outlets which write a name differently still share it. Scripts
that write no spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese) give overlapping pairs of characters instead.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from digest.languages import tables
from digest.text.folding import folded

# A possessive or an elided article is no part of the word: Biden's, l'Europe, dell'Arte. (What other elisions leave,
# n'est and s'est, is a single letter.)
_POSSESSIVE = re.compile(r"(?<=\w)['’]s\b", re.IGNORECASE)

# Most English text is ASCII but for these, and ASCII folds ten times faster.
_TYPOGRAPHY = str.maketrans("“”‘’„«»–—…•\u00a0", " " * 12)

_WORD = re.compile(r"[^\W_]+")
_SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_SPACELESS_RUN = re.compile(f"[{_SPACELESS}]+")
_HIRAGANA_ONLY = re.compile("[\u3041-\u309f]+")


def tokens(text: str) -> list[str]:
    """The words of `text` in order, case-folded and without accents; numbers are words too."""
    folded = fold(text)
    if folded.isascii() or not _any_mark_or_spaceless().search(folded):
        return _WORD.findall(folded)
    return [token for word in _any_word().findall(folded) for token in _pairs(word)]


def content_words(text: str, language: str = "") -> list[str]:
    """The words of `text` that carry meaning: no stop words of `language`, no single letters.

    Args:
        language: BCP 47 primary tag; with "" or a language without a list, English stop words are left out.
    """
    stop = stop_words(language)
    return [word for word in tokens(text) if word not in stop and _is_content(word)]


def stop_words(language: str) -> frozenset[str]:
    """The stop words of a BCP 47 primary tag, folded as `tokens` folds; English ones for an unknown language."""
    return _folded_stop_words(language if has_stop_words(language) else "en")


def has_stop_words(language: str) -> bool:
    """Whether the stop words of a language are known."""
    return bool(tables.words(language, "stop_words", "words"))


def fold(text: str) -> str:
    """`text` as `folding` compares it, without possessives and elided articles; the length may change."""
    if "'" in text or "’" in text:
        text = _POSSESSIVE.sub("", text)
        if any(end in text for end in _elided_ends()):
            text = _elision().sub(" ", text)
    if not text.isascii():
        text = text.translate(_TYPOGRAPHY)
    return folded(text)


@cache
def _elision() -> re.Pattern[str]:
    elided = "|".join(tables.merged("elisions")["words"])
    return re.compile(rf"\b(?:{elided})['’](?=\w)", re.IGNORECASE)


@cache
def _elided_ends() -> tuple[str, ...]:
    """Looking for these first is ten times faster than the expression, which tries every word."""
    ends = {end for word in tables.merged("elisions")["words"] for end in (word[-1].lower(), word[-1].upper())}
    return tuple(f"{end}{mark}" for end in sorted(ends) for mark in "'’")


@cache
def _marks() -> str:
    return "".join(chr(c) for c in range(0x370, 0x1B00) if unicodedata.category(chr(c)).startswith("M"))


@cache
def _any_mark_or_spaceless() -> re.Pattern[str]:
    return re.compile(f"[{_SPACELESS}{_marks()}]")


@cache
def _any_word() -> re.Pattern[str]:
    # re's \w leaves out combining marks, which would cut every Hindi word into pieces.
    return re.compile(rf"[{_SPACELESS}]+|(?:(?![{_SPACELESS}])[^\W_])(?:(?![{_SPACELESS}])[^\W_]|[{_marks()}])*")


def _pairs(word: str) -> Iterable[str]:
    if len(word) < 3 or not _SPACELESS_RUN.fullmatch(word):
        return (word,)
    pairs = (word[i : i + 2] for i in range(len(word) - 1))
    return (pair for pair in pairs if not _HIRAGANA_ONLY.fullmatch(pair))


def _is_content(word: str) -> bool:
    return len(word) > 1 or word.isdigit() or _SPACELESS_RUN.fullmatch(word) is not None


@cache
def _folded_stop_words(language: str) -> frozenset[str]:
    return frozenset(token for word in tables.words(language, "stop_words", "words") for token in tokens(word))

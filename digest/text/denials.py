"""The words that deny: the smallest change that turns a report into its opposite."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from digest.languages import tables
from digest.text.words import fold


def denials(sentence: str, language: str) -> Iterator[re.Match[str]]:
    """The denying words of a sentence, found in its folded text; none in a language whose denials are not known."""
    return _pattern(language or "en").finditer(fold(sentence.replace("’", "'")))


@cache
def _pattern(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){tables.either(tables.words(language, 'denials', 'words'))}(?![^\W_])")

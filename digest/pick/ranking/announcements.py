"""Headlines that announce: "Expectations are low for the talks", "Macron eyes a deal", "Council to vote on a bridge".

Once the talks are held they lead nobody. The words are those that headlines of the trade use for what is to come.
"""

from __future__ import annotations

import re
from functools import cache

from digest.languages.tables import either, words
from digest.text.words import fold


def looks_ahead(headline: str, language: str) -> bool:
    """Whether a headline tells what is to come; `language` is a BCP 47 primary tag, English where it is empty."""
    return bool(_ahead(language or "en").search(fold(headline).replace("'", " ")))


@cache
def _ahead(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){either(words(language, 'announcing', 'words'))}(?!\w)")

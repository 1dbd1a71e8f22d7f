"""Headlines as readers should see them: without the site's name, shouting or bait, never reworded."""

from __future__ import annotations

import re

from digest.text.sentences import fold_space

_SEPARATOR = re.compile(r"\s+[|·–—:-]+\s+|\s*\|\s*")


def clean_headline(title: str, *, publisher: str = "") -> str:
    """The title without a trailing " - Publisher"."""
    folded = fold_space(title)
    last = list(_SEPARATOR.finditer(folded))[-1:]
    for separator in last:
        if folded[separator.end() :].casefold() == publisher.casefold() and separator.start():
            return folded[: separator.start()]
    return folded


def cut_headline(headline: str, *, most: int) -> str:
    """The headline in at most `most` characters, cut between words with an ellipsis."""
    if len(headline) <= most:
        return headline
    kept = headline[:most].rsplit(" ", 1)[0].rstrip(" ,;:–—-|")
    return f"{kept}…"

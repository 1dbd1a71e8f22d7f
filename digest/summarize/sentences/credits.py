"""Sentences that publishers put around a story: bylines, credits, captions, calls, notices. None is for a summary.

The words of all languages are asked of any sentence: none of them means anything else in another one.
"""

from __future__ import annotations

import re
from functools import cache

from digest.languages.tables import either, merged

#: What stands for names in the tables of words.
_NAMES = {
    "<agency>": (
        r"(?:AFP|ANI|AP|BBC|Bloomberg|CNN|dpa|EPA|Getty(?: Images)?|IANS|KCNA|PTI|Press Association|Reuters|UPI|Xinhua)"
    ),
    "<app>": r"(?:whatsapp|telegram|youtube|viber|instagram|tiktok)",
}


def is_credit_or_notice(sentence: str) -> bool:
    """Whether a sentence is not part of the story it stands in."""
    if _begins().match(sentence):
        return True
    lowered = sentence.lower()
    return any(
        literal in lowered and pattern.search(sentence) for literal, pattern in _held(only_ascii=sentence.isascii())
    )


@cache
def _begins() -> re.Pattern[str]:
    notices = merged("notices")
    labels, labels_within = either(notices["labels"]), either(notices["labels_within"])
    begins = either(map(_named, notices["begins"]))
    # A byline is a name and nothing else; Por and Von begin sentences, too.
    name = rf"(?-i: (?:{either(notices['name_parts'])}\s)*[A-ZÀ-ÖØ-Þ][\w.'’-]+)"
    byline = rf"{either(notices['by'])}{name}{{2,4}}(?:, [\w ]{{1,30}})?\.?$"
    return re.compile(rf"\W*(?:{begins}|{labels}\s?[:/]|{labels_within}\s?[:：／/・]|{byline})", re.IGNORECASE)


@cache
def _held(*, only_ascii: bool) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Texts in small letters, each with what makes a notice of a sentence that holds it.

    To look for the texts first takes a tenth of the time. Most sentences are ASCII, and cannot hold the others.
    """
    rows = (entry.partition(" :: ") for entry in merged("notices")["holds"])
    return tuple(
        (literal, re.compile(_named(pattern), re.IGNORECASE))
        for literal, _, pattern in rows
        if literal.isascii() or not only_ascii
    )


def _named(pattern: str) -> str:
    for mark, names in _NAMES.items():
        pattern = pattern.replace(mark, names)
    return pattern

"""Sentences that end in who says so by a pronoun, or by nobody at all: „Das ist gut“, sagte sie. ..., dijo en Madrid.

Whoever reads one of them alone does not know who. Behind a quotation any verb with a pronoun will do, behind a comma
one of saying. Where a language drops its pronouns, nothing may follow the verb but where and when it was said, since
the speaker may stand further behind: "dijo en Madrid el alcalde".
"""

from __future__ import annotations

import re
from functools import cache

from digest.languages.patterns import as_spoken
from digest.languages.tables import either, words

#: The end of a quotation; an apostrophe stands within a word.
_QUOTED = r"(?<=\S)(?:[\"“”»«‘]|['’]['’]?(?=[,\s]))"
_BEFORE = r"\s{0,2}[-–—]{0,2}\s{0,2}"


def names_no_speaker(sentence: str, language: str) -> bool:
    """Whether a sentence ends in whose words it is, and does not name them."""
    return bool(_pattern(language or "en").search(sentence))


@cache
def _pattern(language: str) -> re.Pattern[str]:
    says, before, behind, where = (either(_some(language, key)) for key in ("says", "before", "behind", "where"))
    if endings := words(language, "speakers", "endings"):
        return re.compile(either(endings), re.IGNORECASE)
    if not words(language, "speakers", "says"):
        return re.compile(r"(?!)")
    if words(language, "speakers", "before"):
        any_verb = either([before, *_some(language, "before_any")])
        return re.compile(rf"{_QUOTED}\s+(?-i:{any_verb})\s+\w+|,?\s(?-i:{before})\s+{says}\b[^.]*\.?$", re.IGNORECASE)
    if words(language, "speakers", "where"):
        aside = rf"(?:\s+(?-i:{behind}))?(?:\s+{where}){{0,6}}"
        return re.compile(rf"(?:{_QUOTED},?|,|\s[-–—]){_BEFORE}{says}{aside}[.!\s]*$", re.IGNORECASE)
    if not words(language, "speakers", "behind"):
        return re.compile(rf"(?:{_QUOTED},?|,)\s*{says}(?!\w)[^.?:]*[.!\s]*$", re.IGNORECASE)
    return re.compile(
        rf"{_QUOTED},?{_BEFORE}\w+\s+(?-i:{behind})(?![\w-])[^?:]*$"
        rf"|,{_BEFORE}{says}\s+(?-i:{behind})(?![\w-])[^.?:]*[.!\s]*$",
        re.IGNORECASE,
    )


def _some(language: str, key: str) -> tuple[str, ...]:
    return as_spoken(words(language, "speakers", key))

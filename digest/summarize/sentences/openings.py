"""How a sentence begins that leans on the one before it.

Two kinds. After a connective ("Meanwhile", "He said") a sentence is never wanted in a summary. After "But", a pronoun
or "the pair" it is, if the sentence before it is there too. What else leans so is in `leanings`.
"""

from __future__ import annotations

import re
from functools import cache

from digest.languages.patterns import as_spoken, is_spaceless
from digest.languages.tables import either, words
from digest.summarize.facts.claims import without_quotations
from digest.summarize.sentences.leanings import drops_subject, leaning_words
from digest.summarize.sentences.speakers import names_no_speaker

_QUOTES = (*"\"“”„«»‘'「『", ",,", "- ", "– ", "— ")


def is_connective(sentence: str, language: str) -> bool:
    """Whether a sentence begins with what only makes sense after another one."""
    language = language or "en"
    return _begins(sentence, language, "background") or bool(_opening(language, "connectives").match(sentence))


def turns(sentence: str, language: str) -> bool:
    """Whether a sentence begins with "But"."""
    return bool(_opening(language or "en", "turns").match(sentence))


def leans_back(sentence: str, language: str) -> bool:
    """Whether a sentence speaks of something that only the sentence before it names."""
    return (
        _opens_leaning(sentence, language) or drops_subject(sentence, language) or names_no_speaker(sentence, language)
    )


def names_nobody(sentence: str, language: str) -> bool:
    """Whether even the first sentence of an article leans: on a person that only the headline can name."""
    language = language or "en"
    opens = _begins(sentence, language, "persons")
    if not words(language, "openings", "persons"):
        opens = _opens_leaning(sentence, language)
    # "..., he said" behind words that are not quoted: the first sentence has named him. And it may begin with a verb
    # before its subject: "Murió en Ashford el actor Juan Pérez".
    return opens or (sentence.startswith(_QUOTES) and names_no_speaker(sentence, language))


def _opens_leaning(sentence: str, language: str) -> bool:
    language = language or "en"
    if _begins(sentence, language, "free"):
        return False
    if any(_begins(sentence, language, way) for way in ("points_back", "definite")):
        return True
    unnamed, tied = _phrases(language, "unnamed", flags=0), _phrases(language, "tied")
    if (unnamed and unnamed.match(sentence)) or (tied and tied.search(without_quotations(sentence))):
        return True
    return bool(_opening(language, "pronouns").match(sentence) or leaning_words(language).match(sentence))


def _begins(sentence: str, language: str, key: str) -> bool:
    pattern = _phrases(language, key)
    return bool(pattern and pattern.match(sentence))


@cache
def _phrases(language: str, key: str, flags: int = re.IGNORECASE) -> re.Pattern[str] | None:
    """What finds phrases of a language that stand behind marks only, or for `tied` anywhere; None where it has none."""
    some = words(language, "openings", key)
    before = "" if key == "tied" else r"\W*"
    return re.compile(before + either(some), flags) if some else None


@cache
def _opening(language: str, key: str) -> re.Pattern[str]:
    some = either(as_spoken(words(language, "openings", key)))
    end = "" if is_spaceless(language) else r"(?![\w-])"
    return re.compile(rf"\W*{some}{end}", re.IGNORECASE)

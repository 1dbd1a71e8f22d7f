"""A headline in capitals → the way that its article, or its language, writes."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from digest.languages import tables
from digest.text.folding import capitalized, lowered
from digest.text.words import stop_words

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
#: Words in capitals in a row are shouted in a text, too, or are the title again; they show no way of writing.
_SHOUT = re.compile(r"\b[^\W\d_a-zß-öø-ÿа-я]{4,}(?:[:,]? [^\W\d_a-zß-öø-ÿа-я]{4,})+\b")
_PART = re.compile(r"[^\W\d_]+")
_ROMAN = re.compile(r"[IVX]{2,}$")
_VOWELS = frozenset("aeiouyäöüéèêëàâáãåíîïóôõúûùœæаеёиоуыэюяąęіїє")
_APART = re.compile(r"(?:^|[,;:] )\W*$")


def shouts(headline: str) -> bool:
    """Whether a headline is written in capitals."""
    letters = [c for c in headline if c.isupper() or c.islower()]
    return len(letters) >= 12 and len(headline.split()) > 2 and sum(c.isupper() for c in letters) > 0.9 * len(letters)


def calm(headline: str, text: str, language: str) -> str:
    """The headline as its article writes the words.

    Where an English article lacks one of them, all have capitals, as English headlines may; others have sentence case.
    """
    written = _as_written(text, language)
    # "L'UE", "DELL'ITALIA" are two words.
    pattern = _PART if tables.words(language, "elisions", "words") else _WORD
    common = stop_words(language)
    words = [_key(found[0], language) for found in pattern.finditer(headline)]
    sentence = language != "en" or all(word in written or word in common for word in words)

    def small(found: re.Match[str]) -> str:
        word, key = found[0], _key(found[0], language)
        if key in written and (sentence or written[key] != key):
            return written[key]
        if len(word) == 1 and language != "en":
            return lowered(word, language)
        if _stays(found, headline, common, language):
            return word
        if not sentence:
            return key if len(key) < 4 and key in common and key != "i" else word.capitalize()
        return _in_sentence(word, key, written, common, language)

    calmed = pattern.sub(small, headline)
    return re.sub(r"(?:^|(?<=[:.!?] ))\W*\w", lambda start: start[0][:-1] + capitalized(start[0][-1], language), calmed)


def _key(word: str, language: str) -> str:
    """The word without regard to capitals: "BESCHLIESST" is "beschließt"."""
    return lowered(word, language).casefold()


def _in_sentence(word: str, key: str, written: dict[str, str], common: frozenset[str], language: str) -> str:
    if key in common:
        return "I" if (key, language) == ("i", "en") else lowered(word, language)
    # "РОССИИ" in a text that has "Россия": the forms of a name share how they begin.
    begins = key[: max(4, len(key) - 2)]
    near = [form for known, form in written.items() if len(key) > 4 and known.startswith(begins)]
    if near:
        return capitalized(word, language) if all(form[0].isupper() for form in near) else lowered(word, language)
    endings = tables.words(language, "headlines", "small_endings")
    is_noun = endings and not _ends_small(endings).match(key)
    return word.capitalize() if is_noun else lowered(word, language)


def _stays(found: re.Match[str], headline: str, common: frozenset[str], language: str) -> bool:
    """Whether a word is an acronym."""
    word, key = found[0], found[0].casefold()
    before = headline[: found.start()]
    if language == "en" and key == "us":
        of_us = tables.words(language, "headlines", "before_us")
        return not before or (before.split() or [""])[-1].casefold() not in of_us
    if language == "en" and key == "who":
        return bool(_APART.search(before) and _behind_who(language).match(headline, found.end()))
    if key in common:
        return False
    # "EU", "EA"; a word so short that is none is known as a common one.
    return (
        len(word) == 2
        or key in tables.merged("headlines")["acronyms"]
        or bool(_ROMAN.match(word))
        or not _VOWELS & set(key)
    )


def _as_written(text: str, language: str) -> dict[str, str]:
    """How an article writes its words in the middle of a sentence, most often."""
    forms: dict[str, Counter[str]] = {}
    for found in re.finditer(r"(?<=[^\W_.!?:“\"] )" + _WORD.pattern, _SHOUT.sub("", text[:20_000])):
        forms.setdefault(_key(found[0], language), Counter())[found[0]] += 1
    return {key: counts.most_common(1)[0][0] for key, counts in forms.items()}


@cache
def _behind_who(language: str) -> re.Pattern[str]:
    return re.compile(rf"\W+{tables.either(tables.words(language, 'headlines', 'behind_who'))}", re.IGNORECASE)


@cache
def _ends_small(endings: tuple[str, ...]) -> re.Pattern[str]:
    """Where nouns have capitals: words that are none, by how they end."""
    return re.compile(rf".{{2,}}{tables.either(endings)}$")

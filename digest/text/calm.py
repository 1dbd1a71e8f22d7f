"""A headline in capitals → the way that its article, or its language, writes."""

from __future__ import annotations

import re
from collections import Counter

from digest.text.folding import capitalized, lowered
from digest.text.words import stop_words

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
#: Words in capitals in a row are shouted in a text, too, or are the title again; they show no way of writing.
_SHOUT = re.compile(r"\b[^\W\d_a-zß-öø-ÿа-я]{4,}(?:[:,]? [^\W\d_a-zß-öø-ÿа-я]{4,})+\b")
#: "L'UE", "DELL'ITALIA" are two words.
_ELIDED = frozenset(["fr", "it"])
_PART = re.compile(r"[^\W\d_]+")
_ROMAN = re.compile(r"[IVX]{2,}$")
_VOWELS = frozenset("aeiouyäöüéèêëàâáãåíîïóôõúûùœæаеёиоуыэюяąęіїє")
_ACRONYMS = (
    "aukus basf brics cia covid ecb epa esa eu ezb faa fao fbi fda fema fifa hbo icc ifo iaea imf isis mi nasa nato "
    "nba nfl nhl nhs oecd onu opec osce osze otan uefa uk un unesco unhcr unicef uno usa wada who нато оон сша ес"
)
#: Words that turn "US" into those of whom they speak, and those that show who "WHO" is.
_OF_US = "of for to with let tell give than among between join help"
_WHO = re.compile(r"\W+(?:says?|warns?|urges?|declares?|chief|director|and (?:the )?[A-Z]{2,5}\b)", re.IGNORECASE)
_APART = re.compile(r"(?:^|[,;:] )\W*$")
#: German words that are no nouns, by how they end.
_SMALL_ENDINGS = re.compile(
    r".{2,}(?:iert|iesst|ließt|tzt|immt|ues|ollen|isch(?:e[mnrs]?)?|lich(?:e[mnrs]?)?|ige[mnrs]?)$"
)


def shouts(headline: str) -> bool:
    """Whether a headline is written in capitals."""
    letters = [c for c in headline if c.isupper() or c.islower()]
    return len(letters) >= 12 and len(headline.split()) > 2 and sum(c.isupper() for c in letters) > 0.9 * len(letters)


def calm(headline: str, text: str, language: str) -> str:
    """The headline as its article writes the words.

    Where an English article lacks one of them, all have capitals, as English headlines may; others have sentence case.
    """
    written = _as_written(text, language)
    pattern = _PART if language in _ELIDED else _WORD
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
    return word.capitalize() if language == "de" and not _SMALL_ENDINGS.match(key) else lowered(word, language)


def _stays(found: re.Match[str], headline: str, common: frozenset[str], language: str) -> bool:
    """Whether a word is an acronym."""
    word, key = found[0], found[0].casefold()
    before = headline[: found.start()]
    if language == "en" and key == "us":
        return not before or (before.split() or [""])[-1].casefold() not in _OF_US.split()
    if language == "en" and key == "who":
        return bool(_APART.search(before) and _WHO.match(headline, found.end()))
    if key in common:
        return False
    # "EU", "EA"; a word so short that is none is known as a common one.
    return len(word) == 2 or key in _ACRONYMS.split() or bool(_ROMAN.match(word)) or not _VOWELS & set(key)


def _as_written(text: str, language: str) -> dict[str, str]:
    """How an article writes its words in the middle of a sentence, most often."""
    forms: dict[str, Counter[str]] = {}
    for found in re.finditer(r"(?<=[^\W_.!?:“\"] )" + _WORD.pattern, _SHOUT.sub("", text[:20_000])):
        forms.setdefault(_key(found[0], language), Counter())[found[0]] += 1
    return {key: counts.most_common(1)[0][0] for key, counts in forms.items()}

"""Names and numbers as any language writes them, to find one event told in two languages.

A name is reduced to its first four consonants in Latin letters: Rhodes, Rodas, Родоса and رودس are all "rds", Zelensky
and Зеленский "slns". Arabic writes no short vowels, and endings of cases stand behind, so that what is left is what the
languages agree on. Names are words with a capital inside a sentence; Arabic, which has no capitals, gives all its
words, the common ones of which find no counterpart.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping

from digest.model import Article
from digest.text.words import content_words, fold

_TEXT_CHARACTERS = 1200
_HEADLINE = 2.0
# Fewer letters ("rn") are those of too many names; later ones may be an ending: Макроном.
_FEWEST_LETTERS = 3
_MOST_LETTERS = 4
_FEWEST_DIGITS = 2

_WORD = re.compile(r"[^\W\d_]+|\d+")
# A word begins a sentence here, and its capital says nothing.
_SENTENCE_START = re.compile(r"(?:^|[.!?:;»”\"“„\n|–—-])[\s«»“”„\"'(]*$")

_CYRILLIC = {
    **dict(zip("абвгдезийклмнопрстуфх", "abvgdesiiklmnoprstufh", strict=True)),
    **dict(zip("жцчшщыэюяёіїєґ", "sssssieuaeiieg", strict=True)),
    **dict.fromkeys("ъь", ""),
}
_GREEK = dict(zip("αβγδεζηθικλμνξοπρσςτυφχψω", "avgdesitiklmnkoprsstifhpo", strict=True))
_ARABIC = {
    **dict(zip("ابتثجحخدذرزسشصضطظغفقكلمنهويىةپچژکی", "abttshhddrssssdtsgfkklmnhuiiapsski", strict=True)),
    **dict.fromkeys("عء", "a"),
}
_ROMAN = _CYRILLIC | _GREEK | _ARABIC
# What spellings of one sound have in common.
_SOUNDS = (
    ("tsch", "s"),
    ("sch", "s"),
    ("tch", "s"),
    ("ch", "s"),
    ("sh", "s"),
    ("zh", "s"),
    ("kh", "h"),
    ("gh", "g"),
    ("ph", "f"),
    ("th", "t"),
    ("rh", "r"),
    ("dh", "d"),
    ("ck", "k"),
    ("qu", "k"),
    ("x", "k"),
)
# Arabic has no p and no v.
_LETTERS = str.maketrans({"c": "k", "q": "k", "z": "s", "w": "v", "j": "", "y": "", "p": "b"})
_VOWELS = frozenset("aeiou")
_MARK = "@"


def names_of(article: Article, *, characters: int = _TEXT_CHARACTERS) -> Mapping[str, float]:
    """The names and numbers of an article's headline and first sentences, with how much they weigh.

    Args:
        characters: of the text that are looked at.
    """
    bag: dict[str, float] = defaultdict(float)
    for text, weight in ((article.title, _HEADLINE), ((article.text or article.teaser)[:characters], 1.0)):
        content = set(content_words(text, article.language))
        for word in _names_and_numbers(text):
            if word.isdigit():
                if len(word) >= _FEWEST_DIGITS:
                    bag[word] += weight
            elif fold(word) in content and len(letters := skeleton(word)) >= _FEWEST_LETTERS:
                bag[letters] += weight
    return bag


def skeleton(word: str) -> str:
    """The consonants of a word in Latin letters, no letter twice in a row; a vowel in front is marked."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    roman = "".join(_ROMAN.get(letter, letter) for letter in plain if not unicodedata.combining(letter))
    for spelling, sound in _SOUNDS:
        roman = roman.replace(spelling, sound)
    first = _MARK if roman[:1] in _VOWELS else ""
    kept = ""
    for letter in roman.translate(_LETTERS):
        if letter not in _VOWELS and kept[-1:] != letter:
            kept += letter
    return (first + kept)[:_MOST_LETTERS]


def _names_and_numbers(text: str) -> list[str]:
    words = [(match[0], match.start()) for match in _WORD.finditer(text)]
    titles = sum(word[:1].isupper() for word, _ in words) > 0.6 * max(1, sum(not w.isdigit() for w, _ in words))
    return [word for word, at in words if _is_name(word, text[max(0, at - 4) : at], shouted=titles and len(words) > 3)]


def _is_name(word: str, before: str, *, shouted: bool) -> bool:
    if word.isdigit():
        return True
    if not word[0].isupper():
        # A script without capitals.
        return word[0] in _ARABIC
    return not shouted and not _SENTENCE_START.search(before)

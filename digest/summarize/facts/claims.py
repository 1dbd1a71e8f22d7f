"""What a sentence claims that can be looked up: numbers and dates (`figures`), names, quotations, and its words.

Spelling does not count: quotation marks, dashes, accents and case are one in all their forms.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from digest.languages.tables import either, merged, words
from digest.summarize.facts.figures import Figures, is_date, plain, read_figures
from digest.text.words import fold, stop_words, tokens

#: Letters of a word that its forms have in common, near enough in every language that has endings.
_STEM = 6

_QUOTED = re.compile(
    r"“([^“”\"]*)[”\"]|„([^“”„\"]*)[“”\"]|«([^«»]*)»|»([^«»]*)«|「([^「」]*)」|『([^『』]*)』|\"([^\"“”]*)[\"”]"
    # A single mark opens before a letter and closes after one, so that apostrophes do neither.
    r"|(?:(?<=[\s(—–-])|^)[‘'](?=[^\W_])([^‘'’\n]*(?:[’'](?=\w)[^‘’'\n]*)*)(?<=[\w.,!?…])[’'](?=[\s.,;:)!?—–-]|$)"
)
_WORD = re.compile(r"[^\W_]+(?:'[^\W\d_]+)*|[^\w\s]")
#: "Elsin's", "I'm", "we've": what an apostrophe adds behind a word.
_ADDED = re.compile(r"'(?:s|m|d|t|re|ve|ll)?$", re.IGNORECASE)
#: What may stand between two parts of a name: "Joe R. Biden", "Rosa-Maria".
_JOINS = frozenset("-.")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc-\u30ff]{2,}")
#: Hangul, Arabic, Hebrew, the scripts of India, Georgian, Amharic; with their marks.
_UNCASED_WORD = re.compile(
    "[\u0590-\u05ff\u0600-\u06ff\u0750-\u077f\u0900-\u0dff\u10d0-\u10ff\u1200-\u137f\uac00-\ud7af]{2,}"
)
#: Letters of a word that its forms share; a syllable of Hangul is a character.
_NAME_LETTERS, _NAME_SYLLABLES = 4, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What one sentence claims."""

    figures: Figures
    #: Capitalised words outside quotations, folded, run by run as they stand side by side.
    names: tuple[tuple[str, ...], ...]
    #: What stands between quotation marks, as `verbatim` makes it.
    quotations: tuple[str, ...]
    #: The words that carry meaning, cut to what their forms share.
    stems: frozenset[str]


def read_claims(sentence: str, language: str) -> Claims:
    """The claims of one sentence; `language` is a BCP 47 primary tag, English where it is empty."""
    return Claims(
        figures=read_figures(sentence, language),
        names=tuple(names(sentence, language)),
        quotations=tuple(quotations(sentence)),
        stems=stems(sentence, language),
    )


def stems(text: str, language: str) -> frozenset[str]:
    """The words of a text that carry meaning, cut to what their forms share; numbers are claims of their own."""
    stop = stop_words(language)
    return frozenset(word[:_STEM] for word in tokens(text) if word not in stop and len(word) > 1 and not word.isdigit())


def quotations(text: str) -> Iterator[str]:
    """What stands between quotation marks in a text, as `verbatim` makes it."""
    for found in _QUOTED.finditer(text):
        if quoted := verbatim(next(part for part in found.groups() if part is not None)):
            yield quoted


def without_quotations(text: str) -> str:
    """The text with a comma in the place of each quotation."""
    return _QUOTED.sub(" , ", text)


def verbatim(text: str) -> str:
    """A text as it compares with another one word for word: no marks, no case, no accents; framed by spaces."""
    words = " ".join(re.findall(r"[^\W_]+", fold(plain(text))))
    return f" {words} " if words else ""


def names(sentence: str, language: str) -> Iterator[tuple[str, ...]]:
    """The runs of capitalised words outside quotations, folded."""
    run: list[str] = []
    written = _WORD.findall(plain(without_quotations(sentence)))
    opening = next((at for at, word in enumerate(written) if word[0].isalnum()), 0)
    for at, word in enumerate(written):
        name = _ADDED.sub("", word)
        if _is_name(name, language, opens=at == opening):
            run.append(_name_key(name))
        if run and name not in _JOINS and (name != word or _name_key(name) != run[-1]):
            yield tuple(run)
            run = []
    if run:
        yield tuple(run)


@cache
def _plain_openings(language: str) -> frozenset[str]:
    """Plain words that summaries open with. Any other first word may be a name, and has to be in the source."""
    return frozenset(words(language, "openings", "ordinary"))


def _name_key(name: str) -> str:
    """Without the apostrophe, which would part "O'Neill"."""
    return fold(name.replace("'", ""))


def _is_name(word: str, language: str, *, opens: bool) -> bool:
    if not word[:1].isalpha() or word == word.lower():
        return False
    if word.isupper() and len(word) > 1:
        return True
    if is_date(word, language):
        return False
    ordinary = stop_words(language) | (_plain_openings(language or "en") if opens else frozenset())
    return fold(word) not in ordinary


def possible_names(text: str, language: str) -> frozenset[str]:
    """What of a text may be a name in a script without capitals: Chinese, Japanese, Korean, Arabic, Hebrew, Hindi.

    There any word may be one, so each has to be known from the source: in Chinese and Japanese each character and each
    word in katakana, elsewhere how a word begins, without the particles and articles that are written together with it.
    """
    return frozenset() if text.isascii() else frozenset(_uncased_names(unicodedata.normalize("NFKC", text), language))


def _uncased_names(text: str, language: str) -> Iterator[str]:
    yield from (character for character in _HAN.findall(text) if character not in _particles())
    yield from _KATAKANA.findall(text)
    known = stop_words(language)
    for word in _UNCASED_WORD.findall(text):
        if fold(word) not in known:
            bare = _joined().sub("", word)
            yield bare[: _NAME_SYLLABLES if "\uac00" <= bare[:1] <= "\ud7af" else _NAME_LETTERS]


@cache
def _particles() -> frozenset[str]:
    return frozenset("".join(merged("caseless")["particles"]))


@cache
def _joined() -> re.Pattern[str]:
    return re.compile(f"^{either(merged('caseless')['prefixes'])}")

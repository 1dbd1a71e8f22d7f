"""The numbers and dates of a sentence, by their value: "1,200,000", "1.2m" and "1.2 million" are one.

An answer and its source are read by the same rules: a sentence taken word for word always finds its own figures.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from digest.languages.tables import text as text_of
from digest.summarize.facts import numerals
from digest.text.stems import stem
from digest.text.words import fold, stop_words

_DASHES = re.compile(r"[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_SPACES = re.compile(r"[\u00a0\u2009\u202f]")
_APOSTROPHES = str.maketrans("’‘ʼ`´", "'''''")
_TOKEN = re.compile(
    r"(?P<number>\d{1,2}(?::\d\d){1,2}(?!\d)|\d{1,3}(?:[.,' ]\d{3})+(?!\d)(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d+)?)"
    r"|(?P<word>[^\W\d_]+(?:['-][^\W\d_]+)*)|(?P<mark>[^\w\s])"
)
_SHARED_SPACE = re.compile(r"(?<=\d) (?=\d)")
#: Longer runs of digits are no counts; arithmetic on them only costs time.
_LONGEST = 30
_AT_LEAST, _AT_MOST = frozenset(["over", "least"]), frozenset(["nearly", "under", "most"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    #: Written out, without grouping: "1200000", "0.5".
    value: str
    #: "%", the name of a currency, "o'clock", or "" for a plain count.
    kind: str = ""
    #: "over", "least", "nearly", "under", "most": how the words before it bound it.
    bound: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    numbers: tuple[Number, ...]
    #: Months, days of the week, and words such as "yesterday": each by one name in all spellings.
    dates: frozenset[str]
    #: A month with the number beside it: a day, or a year.
    bundles: frozenset[tuple[str, str]]


#: What is counted in a text → the numbers of it.
Counts = Mapping[str, tuple[Number, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Token:
    #: Folded; a number as its digits.
    text: str
    written: str
    is_number: bool
    #: Nothing stands between it and the token before.
    attached: bool


def read_figures(sentence: str, language: str) -> Figures:
    """The numbers and dates of a sentence; `language` is a BCP 47 primary tag, English where it is empty."""
    language = language or "en"
    read = _tokens(sentence, language)
    numbers = list(_numbers(read, language))
    dates = {at: name for at, token in enumerate(read) if (name := _date(token, language))}
    return Figures(
        numbers=tuple(number for number, _, _ in numbers),
        dates=frozenset(dates.values()),
        bundles=frozenset(_bundles(numbers, dates, read)),
    )


@lru_cache(maxsize=4_000)
def read_counts(text: str, language: str) -> Counts:
    """What is counted in a text, as the stem of the word behind the number → the numbers: "49 people", "1.5m videos".

    Nothing for money, shares, dates and hours, days and years, of which every story has several.
    """
    language = language or "en"
    read = _tokens(text, language)
    counted: dict[str, tuple[Number, ...]] = {}
    for number, _, end in _numbers(read, language):
        if not number.kind and end < len(read) and _is_counted(read[end], language):
            key = stem(read[end].text)
            counted[key] = (*counted.get(key, ()), number)
    return counted


def _is_counted(token: _Token, language: str) -> bool:
    word = token.text
    return (
        word[:1].isalpha()
        and word not in numerals.spans(language)
        and word not in stop_words(language)
        and not _date(token, language)
    )


def is_date(word: str, language: str) -> bool:
    """Whether a word is a month's or a day's name."""
    return bool(_date(_Token(text=fold(word), written=word, is_number=False, attached=False), language or "en"))


def plain(text: str) -> str:
    """The text with ASCII digits, dashes, apostrophes and spaces."""
    shown = _SPACES.sub(" ", _DASHES.sub("-", unicodedata.normalize("NFKC", text).translate(_APOSTROPHES)))
    return shown if shown.isascii() else "".join(map(_ascii_digit, shown))


def _ascii_digit(character: str) -> str:
    return str(unicodedata.decimal(character)) if character.isdecimal() else character


def _tokens(sentence: str, language: str) -> list[_Token]:
    text = plain(sentence)
    if text_of(language, "numerals", "grouping"):
        # Where a comma groups digits "in 2020 300 people" holds two numbers.
        text = _SHARED_SPACE.sub("  ", text)
    tokens: list[_Token] = []
    end = -1
    for found in _TOKEN.finditer(text):
        written = found[0]
        folded = written if found["number"] else fold(written)
        tokens.append(
            _Token(text=folded, written=written, is_number=bool(found["number"]), attached=found.start() == end)
        )
        end = found.end()
    return tokens


def _numbers(read: Sequence[_Token], language: str) -> Iterator[tuple[Number, int, int]]:
    """Each number, the place of its first token and that behind its last."""
    at = 0
    while at < len(read):
        value, end = _value(read, at, language)
        if value is None:
            at += 1
            continue
        bound = _bound(read, at, language)
        yield Number(value=f"{value.normalize():f}", kind=_kind(read, at, end), bound=bound), at, end
        at = end


def _value(read: Sequence[_Token], at: int, language: str) -> tuple[Decimal | None, int]:
    """The number that begins at a token, and where it ends; None where none begins."""
    value, end = _literal(read, at, language) if read[at].is_number else _number_in_words(read, at, language)
    while (
        value is not None and end < len(read) and (factor := _factor(read[end], after_digits=read[end - 1].is_number))
    ):
        value, end = value * factor, end + 1
    return value, end


def _literal(read: Sequence[_Token], at: int, language: str) -> tuple[Decimal, int]:
    digits = read[at].text[:_LONGEST].replace(":", ".", 1).replace(":", "")
    last = max(digits.rfind("."), digits.rfind(","))
    groups = re.split(r"[.,' ]", digits)
    mark = digits[last] if last >= 0 else ""
    both = "." in digits and "," in digits
    is_decimal = mark and (both or len(groups) == 2) and (both or len(groups[-1]) != 3 or mark == _point(language))
    whole, part = (groups[:-1], groups[-1]) if is_decimal else (groups, "")
    return Decimal(f"{''.join(whole)}.{part or 0}"), at + 1


def _point(language: str) -> str:
    return text_of(language, "numerals", "point") or ","


def _factor(token: _Token, *, after_digits: bool) -> int:
    if after_digits and token.attached:
        # "120万人": in Chinese and Japanese the count goes on without a space.
        short = numerals.attached_magnitudes().get(token.text) or numerals.myriads().get(token.text[:1])
        return short or numerals.magnitudes().get(token.text, 0)
    return numerals.magnitudes().get(token.text, 0)


def _number_in_words(read: Sequence[_Token], at: int, language: str) -> tuple[Decimal | None, int]:
    words = numerals.number_words(language)
    token = read[at].text
    if token in words:
        value, end = words[token], at + 1
        if 20 <= value < 100 and end < len(read) and words.get(read[end].text, 10) < 10:
            return Decimal(value + words[read[end].text]), end + 1
        return Decimal(value), end
    # "twenty-three"
    tens, hyphen, ones = token.partition("-")
    if hyphen and 20 <= words.get(tens, 0) < 100 and (ones in words or ones == "one"):
        return Decimal(words[tens] + words.get(ones, 1)), at + 1
    return None, at


def _kind(read: Sequence[_Token], at: int, end: int) -> str:
    """What a number counts, as far as it is money, a percentage or a time of day."""
    if ":" in read[at].text:
        return "o'clock"
    before = read[at - 1].text if at else ""
    behind = [token.text for token in read[end : end + 2]]
    first = behind[0].partition("-")[0] if behind else ""
    if not numerals.percent().isdisjoint([(first,), tuple(behind)]):
        return "%"
    return numerals.currencies().get(before) or numerals.currencies().get(first, "")


def _bound(read: Sequence[_Token], at: int, language: str) -> str:
    # "more than $12", "nearly all 12"
    if at and (read[at - 1].text in numerals.currencies() or read[at - 1].text == "all"):
        at -= 1
    before = tuple(token.text for token in read[max(0, at - 4) : at])
    phrases = numerals.bounds(language)
    return next((how for words, how in phrases.items() if before[-len(words) :] == words), "")


def _date(token: _Token, language: str) -> str:
    word = token.text.partition("'")[0]
    if word in numerals.capital_months(language) and not token.written[0].isupper():
        return ""
    if word in numerals.relative_days(language):
        return word
    return numerals.months(language).get(word) or numerals.days(language).get(word, "")


def _bundles(
    numbers: Sequence[tuple[Number, int, int]], dates: Mapping[int, str], read: Sequence[_Token]
) -> Iterator[tuple[str, str]]:
    """A month and the number beside it, but for a full stop or "of": its day or its year."""
    for number, start, end in numbers:
        for at, name in dates.items():
            between = [token.text for token in (read[at + 1 : start] if at < start else read[end:at])]
            if name.startswith("month") and len(between) <= 1 and {*between} <= {".", "of", "de", "del"}:
                yield name, number.value


def contradict_each_other(one: Counts, other: Counts) -> bool:
    """Whether something is counted in both, and no number of one can be one of the other: "49 people", "50 people".

    Outlets count at different hours. Each of their sentences is right by itself; side by side they make the issue
    contradict itself. Of the 307 round-ups of `choosing.consensus` six did.
    """
    return any(
        not any(_agree(a, b) for a in numbers for b in other[counted])
        for counted, numbers in one.items()
        if counted in other
    )


def _agree(a: Number, b: Number) -> bool:
    return _fits(a, Decimal(b.value)) or _fits(b, Decimal(a.value))


def _fits(number: Number, value: Decimal) -> bool:
    own = Decimal(number.value)
    return value == own or (number.bound in _AT_LEAST and value > own) or (number.bound in _AT_MOST and value < own)

"""What stands around an article on a page: calls to read on, credits, counters, widgets, legal lines. Pure.

Everything here looks at one line alone and knows phrases; where an article begins and ends is found without them
(`segment`), so a language that has no phrases loses little. A phrase only counts where a sentence of an article
would not have it: alone on its line, before a colon, with a name behind it.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Callable

from digest.collect.article.dates import find_date
from digest.collect.prose import phrases


class Furniture(enum.Enum):
    """What a line is, if it is not the article's own."""

    CALL = "a call to read something else"
    CREDIT = "a picture's caption or credit"
    PROMOTION = "an invitation to subscribe or to follow"
    WIRE = "who else reported or edited"
    LABEL = "the label of a button, a menu or a widget"
    COUNTER = "a number of views, shares or minutes"
    DATE = "a date or a time"
    BYLINE = "the author's name"
    COMMENTS = "where readers' comments begin"
    LEGAL = "a copyright or privacy line"


_CAPITAL = r"[^\W\d_a-z]"
#: A caption has no more words; a longer paragraph only has a credit stuck to it.
_LONGEST_CAPTION = 60
#: No furniture has more words; a longer line is a paragraph that happens to begin like it.
_LONGEST = 60

_WORD = re.compile(r"[\w’']+")
#: Chinese, Japanese and Thai write no spaces; two characters make about a word.
_SPACELESS = re.compile("[\u0e00-\u0eff\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_TERMINAL = frozenset(".!?…。！？؟।॥")
_CLOSING = "\"”'’»)]）」』* "
_SENTENCE_INSIDE = re.compile(rf"[^\W\d_]{{3,}}[\"”’»)]?[.!?…][\"”’»)]?\s+[\"“‘«(]?{_CAPITAL}|[。！？]")


def word_count(line: str) -> int:
    """How many words a line has, in scripts with and without spaces."""
    return len(_WORD.findall(line)) + len(_SPACELESS.findall(line)) // 2


def words_only(line: str) -> str:
    """The words of a line in small letters, to be compared with those of another."""
    return re.sub(r"\W+", " ", line).strip().casefold()


def is_prose(line: str) -> bool:
    """Whether a line is made of sentences: it ends like one, holds the end of one, or is too long for anything else."""
    words = word_count(line)
    if words < 6:
        return False
    if line.rstrip(_CLOSING)[-1:] in _TERMINAL or words >= 30 or (words >= 8 and line.endswith(":")):
        return True
    return words >= 15 and _SENTENCE_INSIDE.search(line) is not None


def furniture_of(line: str) -> Furniture | None:
    """What a line is if it belongs to the page, None if it may be the article's own."""
    if not any(character.isalpha() for character in line):
        return Furniture.COUNTER
    words = word_count(line)
    if words > _LONGEST:
        return None
    straight = line.replace("’", "'")
    return next((kind for kind, found in _TESTS.items() if found(straight, words)), None)


def split_credit(paragraph: str) -> tuple[str, str]:
    """A paragraph without the credits of pictures that are stuck to it, and the credit at its end.

    A short paragraph that ends in a credit is the picture's caption: nothing of it remains.
    """
    whole = phrases.credit_within().sub("", paragraph)
    credit = phrases.credit_at_end().search(whole)
    if credit is None:
        return whole, ""
    rest = whole[: credit.start()].rstrip()
    return ("" if word_count(rest) <= _LONGEST_CAPTION else rest), credit[0].strip()


def author_in(line: str) -> str:
    """The name in a byline, "" where there is none: "By Jane Roe | Special to the Gazette" names Jane Roe."""
    match = phrases.byline().fullmatch(line)
    return phrases.behind_name().split(match["name"])[0].strip() if match else ""


def _is_call(line: str, words: int) -> bool:
    match = phrases.call().match(line) if words <= 30 else None
    if match is None:
        return False
    return match["after"] is None or match["after"] != "" or not is_prose(line)


def _is_credit(line: str, words: int) -> bool:
    if phrases.caption().match(line) or not split_credit(line)[0]:
        return True
    return words <= 25 and not is_prose(line) and phrases.credit_line().match(line) is not None


def _is_date(line: str, words: int) -> bool:
    if words > 20:
        return False
    if phrases.elapsed().fullmatch(line):
        return True
    rest = line
    while found := find_date(rest):
        rest = rest[: found.start] + rest[found.end :]
    return rest != line and word_count(phrases.date_label().sub(" ", rest)) <= 2


def _is_byline(line: str, words: int) -> bool:
    return words <= 12 and not is_prose(line) and phrases.byline().fullmatch(line) is not None


#: In this order: the first that fits is what a line is.
_TESTS: dict[Furniture, Callable[[str, int], object]] = {
    Furniture.COMMENTS: lambda line, _: phrases.comments().fullmatch(line),
    Furniture.LEGAL: lambda line, _: phrases.legal().search(line),
    Furniture.LABEL: lambda line, words: words <= 30 and phrases.label().fullmatch(line),
    Furniture.DATE: _is_date,
    Furniture.COUNTER: lambda line, words: words <= 6 and phrases.counter().fullmatch(line),
    Furniture.WIRE: lambda line, _: phrases.wire().fullmatch(line),
    Furniture.CALL: _is_call,
    Furniture.CREDIT: _is_credit,
    Furniture.BYLINE: _is_byline,
    Furniture.PROMOTION: lambda line, words: words <= 40 and phrases.promotion().match(line),
}

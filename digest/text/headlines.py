"""Headlines as readers should see them: without the site's name, shouting or bait, never reworded."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from digest.languages.tables import either, merged
from digest.text.bait import is_headline, without_alarm, without_promise
from digest.text.calm import calm, shouts
from digest.text.clean import clean_line
from digest.text.cuts import whole_characters, whole_words
from digest.text.words import tokens

_SEPARATOR = re.compile(r"\s+(?:[|·•»«]|[-–—]{1,2}|::?)\s+|\s*[|»]\s*")
#: Names at the end of titles whose feed is called otherwise, as in those of news search engines.
_OUTLET = re.compile(
    r"(?:abc|ap|bbc|cbs|cnn|fox|itv|nbc|pbs|sky|yahoo) (?:news|sports?|business|online)|afp|ap|bbc|bloomberg|cnbc|cnn|"
    r"dw|npr|reuters|al jazeera|ars technica|axios|business insider|the conversation|deutsche welle|el país|engadget|"
    r"forbes|france 24|hacker news|le monde|newsweek|politico|der spiegel|techcrunch|usa today|youtube|"
    r"the (?:atlantic|economist|guardian|hill|independent|telegraph|times|verge)|daily mail(?: online)?|"
    r"(?:the )?(?:(?:new york|los angeles|financial|irish) times|(?:washington|new york) post|wall street journal)|"
    r"\w[\w-]+\.(?:com|org|net|news|co\.uk|de|fr|it|es|nl|pl)",
    re.IGNORECASE,
)

_FRONT_WORDS = 3

#: Where a headline may end although it goes on, without a mark that something is missing.
_CLAUSE = re.compile(r"[:;?!](?=\s)|\s+[–—|-](?=\s)|(?<=\w{3})\.(?=\s)")


def clean_headline(title: str, *, publisher: str = "", host: str = "", text: str = "", language: str = "en") -> str:
    """A title as a headline: " - Publisher", "[VIDEO]" and "Here's why" taken off, CAPITALS turned small.

    Args:
        publisher: the name of the site, to know it by.
        host: the site's host, to know it by.
        text: the article, which shows how the words of a title in capitals are written.
    """
    headline = without_alarm(clean_line(title))
    headline = without_alarm(_without_front(_without_site(headline, publisher, host), publisher, host))
    headline = without_promise(without_promise(headline))
    return calm(headline, text, language) if shouts(headline) else headline


def cut_headline(headline: str, *, most: int, language: str = "en") -> str:
    """The headline in at most `most` columns: to the end of a clause, else between words with "…" behind."""
    if _columns(headline) <= most:
        return headline
    for clause in reversed(list(_CLAUSE.finditer(headline))):
        kept = headline[: clause.end() if clause[0] in "?!" else clause.start()]
        if most * 0.5 <= _columns(kept) <= most:
            return kept
    return f"{whole_words(_first_columns(headline, most - 1), headline, language)}…"


def _without_site(headline: str, publisher: str, host: str) -> str:
    peeled = False
    for separator in reversed(list(_SEPARATOR.finditer(headline))):
        head, tail = headline[: separator.start()].strip(), headline[separator.end() :].strip()
        loose = "|" in separator[0]
        is_part = bool(_part().fullmatch(tail)) and is_headline(head) and (loose or peeled)
        is_site = ":" not in separator[0].replace("::", "") and _is_site(tail, publisher, host, loose=loose)
        # "Talks fail : NPR"; in French a colon has a space before it, too.
        is_site = is_site or _is_own(tail, publisher)
        if not head or not (is_site or is_part):
            break
        headline, peeled = head, True
    return headline


def _without_front(headline: str, publisher: str, host: str) -> str:
    """The headline without "The Guardian | " before it."""
    separator = _SEPARATOR.search(headline)
    if not separator or " : " in separator[0]:
        return headline
    head, rest = headline[: separator.start()].strip(), headline[separator.end() :].strip()
    is_site = _is_own(head, publisher) or bool(_OUTLET.fullmatch(head)) or _is_host(head, host)
    # "Dawn – a new beginning" goes on.
    goes_on = rest[:1].islower() or len(rest.split()) < _FRONT_WORDS
    return rest if is_site and not goes_on else headline


def _is_site(name: str, publisher: str, host: str, *, loose: bool) -> bool:
    return bool(_OUTLET.fullmatch(name)) or _is_host(name, host) or _is_publisher(name, publisher, loose)


def _is_own(name: str, publisher: str) -> bool:
    """Whether a name is all of the publisher's."""
    return bool(tokens(name)) and tokens(name) == tokens(publisher)


def _is_publisher(name: str, publisher: str, loose: bool) -> bool:
    """Whether a name is the publisher's, or most of it; behind a bar ("| Our Show #643") it may say more."""
    said = set(tokens(name)) - _site_words()
    own = set(tokens(publisher)) - _site_words()
    return bool(own) and ((said <= own and 2 * len(said) >= len(own)) or (loose and own <= said))


def _is_host(name: str, host: str) -> bool:
    compact = "".join(tokens(name))
    return len(compact) > 2 and compact in host.replace("-", "").split(".")


def _columns(text: str) -> int:
    return sum(_width(c) for c in text)


def _first_columns(text: str, most: int) -> str:
    used = 0
    for at, character in enumerate(text):
        used += _width(character)
        if used > most:
            return text[: whole_characters(text, max(at, 1))]
    return text


def _width(character: str) -> int:
    """Chinese and Japanese characters take two columns, marks above and below letters and joiners none."""
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


@cache
def _part() -> re.Pattern[str]:
    """Parts of a paper behind a bar, or between a dash and its name; "Opinion" stays: it says how to read a story."""
    return re.compile(either(merged("headlines")["parts"]), re.IGNORECASE)


@cache
def _site_words() -> frozenset[str]:
    """Words that sites add to their name, or leave out, from one place to another."""
    return frozenset(merged("headlines")["site_words"])

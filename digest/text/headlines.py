"""Headlines as readers should see them: without the site's name, shouting or bait, never reworded."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache

from digest.text.clean import clean_line
from digest.text.words import stop_words, tokens

_SEPARATOR = re.compile(r"\s+(?:[|·•»«]|[-–—]{1,2}|::)\s+|\s*[|»]\s*")
#: Words that sites add to their name, or leave out, from one place to another.
_SITE_WORDS = frozenset(["the", "www", "com", "org", "net", "co", "uk", "news", "online", "magazine", "blog", "daily"])
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

_LABEL = re.compile(
    r"\s*[\[(](?:audio|gallery|photos?|pics|pictures|podcast|videos?|watch|updated?|live|exclusive)[\])]\s*",
    re.IGNORECASE,
)
_ALARM = re.compile(
    r"^\s*(?:(?:breaking(?: news)?|exclusive|just in|must[ -](?:read|see|watch))\s*[:!|–—-]+"
    r"|(?:watch(?: live| now)?|live(?: updates?)?|listen|video|photos|in pictures|update[sd]?)\s*:)\s*",
    re.IGNORECASE,
)
#: ". Here's what we know", " – and you won't believe what happened next".
_BAIT = re.compile(
    # What ends the part that is kept stays: a question mark, a quotation.
    r"(?:(?:(?<=[?!])|(?<=[.!?]['’”\"]))\s+|[.:;,]\s*|\s+[-–—|]\s*)(?:"
    r"here(?:['’]s| is| are) (?:how|what|why|everything)(?: [\w'’-]+){0,5}"
    r"|what (?:to know|we know(?: so far)?|you need to know|you should know|it means|happened next)"
    r"|everything (?:we know|you need to know)(?: so far)?"
    r"|(?:and )?(?:you won['’]t believe|this is why|find out (?:how|why)|see (?:how|why|pics|photos|video))\b.{0,40}"
    r"|(?:watch|video|photos|pics|read (?:on|more)|details (?:here|inside)|check (?:it out|details|here))"
    r")\s*[.!?…]*\s*$",
    re.IGNORECASE,
)
#: A headline that loses a tail must still be one.
_FEWEST_WORDS = 5

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
#: Words in capitals in a row are shouted in a text, too, or are the title again; they show no way of writing.
_SHOUT = re.compile(r"\b[^\W\d_a-zß-öø-ÿа-я]{4,}(?:[:,]? [^\W\d_a-zß-öø-ÿа-я]{4,})+\b")
_ROMAN = re.compile(r"[IVX]{2,}$")

#: Where a headline may end although it goes on, without a mark that something is missing.
_CLAUSE = re.compile(r"[:;?!](?=\s)|\s+[–—|-](?=\s)|(?<=\w{3})\.(?=\s)")


def clean_headline(title: str, *, publisher: str = "", host: str = "", text: str = "", language: str = "en") -> str:
    """A title as a headline: " - Publisher", "[VIDEO]" and "Here's why" taken off, CAPITALS turned small.

    Args:
        publisher: the name of the site, to know it by.
        host: the site's host, to know it by.
        text: the article, which shows how the words of a title in capitals are written.
    """
    headline = _ALARM.sub("", _LABEL.sub(" ", clean_line(title))).strip()
    headline = _without_site(headline, publisher, host)
    headline = _without_bait(headline)
    return _calm(headline, text, language) if _shouts(headline) else headline


def cut_headline(headline: str, *, most: int, language: str = "en") -> str:
    """The headline in at most `most` columns: to the end of a clause, else between words with "…" behind."""
    if _columns(headline) <= most:
        return headline
    for clause in reversed(list(_CLAUSE.finditer(headline))):
        kept = headline[: clause.end() if clause[0] in "?!" else clause.start()]
        if most * 0.5 <= _columns(kept) <= most:
            return kept
    return f"{_whole_words(_first_columns(headline, most - 1), headline, language)}…"


def _without_site(headline: str, publisher: str, host: str) -> str:
    for separator in reversed(list(_SEPARATOR.finditer(headline))):
        head, tail = headline[: separator.start()].strip(), headline[separator.end() :].strip()
        loose = "|" in separator[0]
        if not head or not (_OUTLET.fullmatch(tail) or _is_host(tail, host) or _is_publisher(tail, publisher, loose)):
            break
        headline = head
    return headline


def _is_publisher(name: str, publisher: str, loose: bool) -> bool:
    """Whether a name is the publisher's, or most of it; behind a bar ("| Our Show #643") it may say more."""
    said = set(tokens(name)) - _SITE_WORDS
    own = set(tokens(publisher)) - _SITE_WORDS
    return bool(own) and ((said <= own and 2 * len(said) >= len(own)) or (loose and own <= said))


def _is_host(name: str, host: str) -> bool:
    compact = "".join(tokens(name))
    return len(compact) > 2 and compact in host.replace("-", "").split(".")


def _without_bait(headline: str) -> str:
    kept = _BAIT.sub("", headline)
    return kept if len(kept.split()) >= _FEWEST_WORDS else headline


def _shouts(headline: str) -> bool:
    letters = [c for c in headline if c.isupper() or c.islower()]
    return len(letters) >= 12 and len(headline.split()) > 2 and sum(c.isupper() for c in letters) > 0.9 * len(letters)


def _calm(headline: str, text: str, language: str) -> str:
    written = _as_written(text)
    common = stop_words(language)

    def small(found: re.Match[str]) -> str:
        word = found[0]
        key = word.casefold()
        if key in written:
            return written[key]
        # "EU", "EA"; a word so short that is none is known as a common one.
        short = len(word) == 2 and key not in common
        if short or _ROMAN.match(word) or not any(c in "aeiouyAEIOUYäöüÄÖÜéèàáíóúаеёиоуыэюя" for c in key):
            return word
        return key if len(key) < 4 and key in common and key != "i" else word.capitalize()

    calm = _WORD.sub(small, headline)
    return re.sub(r"(?:^|(?<=[:.!?] ))\W*\w", lambda start: start[0].upper(), calm)


def _as_written(text: str) -> dict[str, str]:
    """How an article writes its words in the middle of a sentence, most often."""
    forms: dict[str, Counter[str]] = {}
    for found in re.finditer(r"(?<=[^\W_.!?:“\"] )" + _WORD.pattern, _SHOUT.sub("", text[:20_000])):
        forms.setdefault(found[0].casefold(), Counter())[found[0]] += 1
    return {key: counts.most_common(1)[0][0] for key, counts in forms.items()}


def _whole_words(kept: str, headline: str, language: str) -> str:
    """`kept` without a word cut in two, or a small word at the end that asks for another."""
    if not headline[len(kept) :].startswith(" ") and " " in kept:
        kept = kept.rpartition(" ")[0]
    words = kept.split(" ")
    while len(words) > 2 and words[-1].casefold() in _hanging(language):
        words.pop()
    return " ".join(words).rstrip(" ,;:–—-|(“\"'‘")


@cache
def _hanging(language: str) -> frozenset[str]:
    return stop_words(language) | {"", "-", "–", "—", "|", "&"}


def _columns(text: str) -> int:
    return sum(_width(c) for c in text)


def _first_columns(text: str, most: int) -> str:
    used = 0
    for at, character in enumerate(text):
        used += _width(character)
        if used > most:
            return text[:at]
    return text


def _width(character: str) -> int:
    """Chinese and Japanese characters take two columns, marks above and below letters none."""
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1

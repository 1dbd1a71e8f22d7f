"""The patterns by which page furniture is known, made of the phrases of all languages.

`furniture` says in which places a phrase counts. What belongs to no language stands here: marks, names of agencies, of
networks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from digest.languages.tables import either, merged

#: Picture agencies and archives, with regard to case.
_AGENCY = either(
    (
        *("AP(?: Photo)?", "Associated Press", "AFP", "Reuters", "REUTERS", "Getty(?: Images)?", "EPA(?:-EFE)?", "EFE"),
        *("dpa", "DPA", "PTI", "ANI", "IANS", "KCNA", "Xinhua", "TASS", "Sputnik", "Bloomberg", "AAP", "ANSA"),
        *("PA (?:Images|Media|Wire)", "Lusa", "PAP", "Anadolu(?: Agency)?", "Shutterstock", "iStock", "Unsplash"),
        *("Pexels", "Pixabay", "Alamy", "Flickr", "imago", "picture[- ]alliance", "Wikimedia(?: Commons)?"),
        *("ZUMA(?: Press)?", "NurPhoto"),
    )
)
#: Buttons of networks, alone on their line.
_NETWORKS = (
    *("facebook", "twitter", "x", "linkedin", "whatsapp", "pinterest", "reddit", "tumblr", "telegram", "flipboard"),
    *("instagram", "youtube", "tiktok", "messenger"),
)
_SLIDE = r"\d+ / \d+"
#: Accounts and addresses at the end of a line.
_ACCOUNTS = (r"(?:\S+ ){0,3}@\w{3,}\W*$", r"\S+@\S+\.\w{2,6}$")
_COPYRIGHT = ("©", r"\(c\) ?\d{4}")
_CAPITAL = r"[^\W\d_a-z]"
_NAME = rf"(?-i:{_CAPITAL})"
_NUMBER = r"(?:\d[\d,.]*)"


@cache
def call() -> re.Pattern[str]:
    """An invitation to read something else; "after" is what shows that it is one, None for a word that needs more."""
    calls, words = _any("calls"), _any("words_that_call")
    return re.compile(
        rf"[^\w(]*(?:{calls}(?P<after>\s*[:|»>›]|\s*[…\W]*$|\s+-|\b)|{words}\s*(?::|[…\W]*$))", re.IGNORECASE
    )


@cache
def comments() -> re.Pattern[str]:
    counts, calls = either((*_phrases("comment_counts"), _NUMBER)), _any("comment_calls")
    return _line(rf"(?:(?:{counts}\s+)*{_any('comments')}\W*{_NUMBER}?|{calls}(?:\W.*)?)")


@cache
def label() -> re.Pattern[str]:
    return _line(either((*_phrases("labels"), *_NETWORKS, _SLIDE)))


@cache
def wire() -> re.Pattern[str]:
    return _line(either(phrase.replace("{name}", _NAME) for phrase in _phrases("wires")))


@cache
def elapsed() -> re.Pattern[str]:
    return _line(_any("elapsed"))


@cache
def byline() -> re.Pattern[str]:
    """With "name"."""
    return _line(rf"{_any('bylines')}\s*:?\s+(?P<name>{_NAME}.{{2,80}})")


@cache
def behind_name() -> re.Pattern[str]:
    return re.compile(rf"\s*[|•·,(]|\s+[–—-]\s|\s+\d|\s+{_any('behind_names')}\s")


@cache
def counter() -> re.Pattern[str]:
    return _line(rf"\d[\d.,]*\s*[km]?\s*\+?\s*{_any('counters')}\b.{{0,20}}")


@cache
def promotion() -> re.Pattern[str]:
    return re.compile(rf"\W*{either((*_phrases('promotions'), *_ACCOUNTS))}", re.IGNORECASE)


@cache
def legal() -> re.Pattern[str]:
    return re.compile(either((*_COPYRIGHT, *_phrases("legal"))), re.IGNORECASE)


@cache
def date_label() -> re.Pattern[str]:
    return re.compile(rf"\b{_any('date_labels')}\b", re.IGNORECASE)


@cache
def caption() -> re.Pattern[str]:
    return re.compile(rf"\W*{_any('captions')}", re.IGNORECASE)


@cache
def credit_line() -> re.Pattern[str]:
    picture = _picture()
    return re.compile(
        rf"\W*(?:{picture}\s*(?:copyright|[:/=：|])|{picture} (?={_NAME})|{_any('credit_labels')})", re.IGNORECASE
    )


@cache
def credit_at_end() -> re.Pattern[str]:
    """ "... abroad. File image/KCNA/Reuters", "... (AP Photo/Jane Roe)", "... [Photo: Jane Roe]", "... / AP file"."""
    picture = _picture()
    return re.compile(
        rf"(?:^|(?<=[.!?…\"”’')\]]\s)|(?<=[a-z][.!?])){picture}\s*[:/|–—-]\s*(?:{_AGENCY}|{_CAPITAL})[^.!?:]{{0,60}}\.?$"
        rf"|\(\s*(?:{picture}\s*[:/|–—-]|{picture} (?={_CAPITAL})|{_AGENCY}\s*(?:[Pp]hoto|[Ii]mages?|via|[/,]))"
        r"[^()]{0,80}\)\.?$"
        rf"|\[\s*{picture}\b[^\[\]]{{0,80}}\]\.?$"
        rf"|(?:/\s?{_AGENCY}(?:\s+file)?)+\.?$"
    )


@cache
def credit_within() -> re.Pattern[str]:
    """A credit that stands between two sentences; only the name of an agency shows where it ends."""
    return re.compile(
        rf"(?:\s|(?<=[.!?…\"”’'])){_picture()}\s*[:/|]\s*{_AGENCY}(?:\s*/\s*{_AGENCY})*\.?(?=\s+(?:{_CAPITAL}|[\"“'‘]))"
        rf"|\s\(\s*{_AGENCY}\s*(?:Photo|Images)?/[^()]{{2,40}}\)(?=\s+\w)"
    )


def _picture() -> str:
    """ "File image", "photo", "Foto"."""
    kinds, pictures, sources = _any("picture_kinds"), _any("pictures"), _any("picture_sources")
    return rf"(?i:(?:{kinds}\s+)?{pictures}s?(?:\s+{sources})?)"


def _any(key: str) -> str:
    return either(_phrases(key))


def _phrases(key: str) -> Iterable[str]:
    return merged("furniture")[key]


def _line(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\W*{pattern}\W*", re.IGNORECASE)

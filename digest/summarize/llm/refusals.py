"""What a model's sentence may never hold, even if an article does: links, markup, words to a reader or a machine.

An article is its own source, so a page that says "Visit evil.example" would carry that sentence. The same sentences are
taken out of an article before a model is shown it: they are no news, and what is not there can't steer.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from digest.languages.patterns import whole_words
from digest.languages.tables import either, merged, words
from digest.summarize.facts.claims import without_quotations
from digest.summarize.facts.figures import plain
from digest.summarize.sentences.credits import is_credit_or_notice

_LINK = re.compile(
    r"h\w\wps?\s?:|//|\bwww\b|\bmailto:|[\w.+-]+\s?@\s?[\w-]|[\[({]\s?(?:\.|dot|at)\s?[\])}]"
    # "evil.example/x": a full stop with no space behind it, between letters that no abbreviation has.
    r"|\bdot (?:com|net|org|example)\b|[\w-]{2,}[.。．｡][^\W\d_]{2,}|\b\d{1,3}(?:\.\d{1,3}){3}\b",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?:\+\s?\d|\b0\d|\b1[ -]?\(?8\d\d)[\d ()/.-]{5,}\d|\b\d{3}-\d{3}-\d{4}\b")
_HANDLE = re.compile(r"(?<!\w)[@#][^\W\d]\w*")
_MARKUP = re.compile(
    r"<[/!?]?[a-z]|&(?:#\w+|[a-z]+\d*);|\]\s?\(|!\[|\*\*|__|``?|\{[{%#]|[%#}]\}|^\s*(?:#+|[-*•>]|\d+[.)])\s",
    re.IGNORECASE,
)
#: What chat models take for the beginning or end of a turn; some servers read it in an article, too.
CONTROL = re.compile(
    r"<\|[^|>]{0,40}\|>|\[/?(?:INST|SYS)\]|<</?SYS>>|</?s>|<(?:start|end)_of_turn>"
    r"|^\s*#{2,} ?(?:instruction|response|system)\b",
    re.IGNORECASE,
)

#: Characters of a sentence. Longer ones are no news, and take time to search.
_LONGEST = 1_000
#: Emoji and characters that nobody has assigned.
_SYMBOLS = {"So", "Cn", "Co", "Cs"}
_STOPS = (".", "。", "।", "۔", "．", "։", "።", "။", "។")
#: Thai and Lao end sentences without a mark.
_ENDLESS = re.compile("[\u0e00-\u0eff]")
_CLOSING = "\"'”’»“)]）」』 "


def refused(sentence: str, language: str) -> str:
    """Why a sentence of an answer may not be printed, whatever the sources say; "" where it may."""
    outside = without_quotations(sentence)
    if why := steers(sentence, language):
        return why
    if any(unicodedata.category(character) in _SYMBOLS and character not in "°©®™" for character in sentence):
        return "a symbol"
    if "?" in outside or "!" in outside or "？" in outside or "！" in outside:
        return "a question or a call"
    if _first_person(language or "en").search(outside):
        return "it speaks in the first person"
    return ""


def steers(sentence: str, language: str) -> str:
    """Whether a sentence leads somewhere or tells somebody what to do: what of it, "" where it doesn't."""
    if len(sentence) > _LONGEST:
        return "far too long for a sentence"
    shown = plain(sentence)
    for pattern, what in (
        (CONTROL, "control words of a chat"),
        (_LINK, "a link or an address"),
        (_PHONE, "a phone number"),
        (_HANDLE, "a handle"),
        (_MARKUP, "markup"),
        (_to_a_machine(), "words about a prompt"),
    ):
        if pattern.search(shown):
            return what
    outside = plain(without_quotations(sentence))
    if _speaks_to_reader(language or "en").search(outside):
        return "words to the reader"
    return "a call or a notice" if is_credit_or_notice(sentence) else ""


def is_finished(sentence: str) -> bool:
    """Whether a sentence comes to its end."""
    bare = sentence.rstrip(_CLOSING)
    if _ENDLESS.search(bare[-1:]):
        return True
    return bare.endswith(_STOPS) and not bare.endswith("...")


@cache
def _to_a_machine() -> re.Pattern[str]:
    machine = merged("machine")
    ignore, instructions = either(machine["ignore"]), either(machine["instructions"])
    return re.compile(either([*machine["phrases"], f"{ignore}.{{0,60}}{instructions}"]), re.IGNORECASE)


@cache
def _speaks_to_reader(language: str) -> re.Pattern[str]:
    persons = whole_words(words(language, "reader", "persons"), language)
    calls, no_calls = either(words(language, "reader", "calls")), either(words(language, "reader", "no_calls"))
    return re.compile(rf"{persons}|(?:^|[:;,—–-] )\W*{calls}(?!{no_calls}\b)", re.IGNORECASE)


@cache
def _first_person(language: str) -> re.Pattern[str]:
    return re.compile(either(words(language, "reader", "first_person")), re.IGNORECASE)

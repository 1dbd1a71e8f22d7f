"""Text → sentences, each a verbatim piece of it but for white space.

sentencex does the splitting (247 of pysbd's 273 golden rules in over 20 languages at 0.03 ms an article; pysbd itself
hangs on hostile text). What it gets wrong in news is mended here: its cuts are joined again after initials and
abbreviations it does not know, and inside quotations; and "said no. He" is cut where it takes "no." for "number".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from sentencex import segment

from digest.languages import tables
from digest.text.language import primary_subtag
from digest.text.listitems import split_items
from digest.text.quotes import open_quotes

#: Longer paragraphs are split piece by piece: sentencex takes quadratic time in the length of a paragraph of opening
#: quotation marks (0.5 s for 100 KB, 50 s for 1 MB).
_PIECE = 4_000

#: The end of a sentence that shows whether it goes on; looking at all of it each time would take quadratic time.
_TAIL = 24

#: How far a quotation is followed to its end.
_QUOTATION = 400

#: Spaces that may be folded; the no-break spaces of French typography stay as they are.
_SPACE = re.compile(r"[^\S\u00a0\u202f]+")
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n|\u2029")

#: "3. The third point": the number of an item.
_NUMBER = re.compile(r"\d{1,3}[.)]\s*$")
_INITIAL = re.compile(r"(?:^|[\s(“\"'‘-])(?:[^\W\d_]\.-?){0,8}[^\W\d_]\.$")
#: A small letter goes on with a sentence; "iPhone" may begin one.
_GOES_ON = re.compile(r"[^\W\d_A-Z](?![A-Z])")
#: Who says what stands in the quotation before: «…!» — сказал он.
_DASH_SAYS = re.compile(r"[–—-]\s+[^\W\d_]")
#: "The ‘90s": sentencex waits for the quotation to end.
_DECADE = re.compile(r"‘(?=\d0s\b)")
#: A mark with a space before it and none behind opens what comes next.
_STRANDED = re.compile(r"(?<=\s)[\"“„«‘']$")
_QUOTED = (*"\"'”’»“",)
_ENDS = (".", "…", *"\"'”’»“)]）」』")


def fold_space(text: str) -> str:
    """The text on one line, with single spaces."""
    return _SPACE.sub(" ", text).strip()


def paragraphs(text: str) -> Iterator[str]:
    """The paragraphs of a text, each on one line; an item of a list counts as one."""
    groups = (group for paragraph in _PARAGRAPH.split(text) for group in split_items(paragraph.split("\n")))
    return filter(None, (fold_space(" ".join(group)) for group in groups))


def split_sentences(text: str, language: str) -> list[str]:
    """The sentences of a text in order; no sentence spans two paragraphs.

    `language` is a BCP 47 primary tag; English rules are used where it is empty or unknown. Time is linear in the
    length of the text, whatever it holds.
    """
    return [sentence for paragraph in paragraphs(text) for sentence in paragraph_sentences(paragraph, language)]


def paragraph_sentences(paragraph: str, language: str) -> Iterator[str]:
    """The sentences of one of a text's `paragraphs`."""
    primary = primary_subtag(language) or "en"
    while len(paragraph) > _PIECE:
        *whole, rest = _mended(paragraph[:_PIECE], primary)
        yield from whole
        if not whole:
            yield rest
            rest = ""
        paragraph = (rest + paragraph[_PIECE:]).lstrip()
    if paragraph:
        yield from _mended(paragraph, primary)


def ends_in_title(text: str) -> bool:
    """Whether a text ends in an abbreviation such as "Dr." that asks for a name behind it."""
    return bool(_title().search(text[-_TAIL:]))


def _mended(piece: str, language: str) -> list[str]:
    sentences: list[str] = []
    begin = 0
    for found in segment(language, _DECADE.sub("’", piece)):
        cut = piece[begin : begin + len(found)]
        begin += len(found)
        stranded = _STRANDED.search(sentences[-1], max(0, len(sentences[-1]) - 2)) if sentences else None
        if stranded:
            sentences[-1] = sentences[-1][: stranded.start()]
            sentences.append(stranded[0] + cut)
        elif sentences and (
            _is_cut_inside(sentences[-1], cut, language)
            or _quotes_on(sentences[-1], piece[begin - len(found) : begin - len(found) + _QUOTATION], language)
        ):
            sentences[-1] += cut
        else:
            sentences.append(cut)
    stripped = [sentence.strip() for sentence in sentences if sentence.strip()]
    if not tables.words(language, "sentences", "closers"):
        return stripped
    return [part for sentence in stripped for part in _cut_missed(sentence, language)]


def _cut_missed(sentence: str, language: str) -> Iterator[str]:
    """The sentences in what sentencex holds together because an abbreviation stands between them."""
    opener, closer = _around_missed(language)
    begin = 0
    for stop in opener.finditer(sentence):
        before = sentence[max(begin, stop.start() - _TAIL) : stop.start()]
        if closer.search(before) and open_quotes(sentence[begin : stop.start()], language) == "":
            yield sentence[begin : stop.start() + 1]
            begin = stop.end()
    yield sentence[begin:]


def _is_said_after(after: str, language: str) -> bool:
    dashed = _DASH_SAYS.match(after)
    if dashed and dashed[0][-1].islower():
        return True
    return bool(_speaker(language).match(after.rstrip()[: 2 * _QUOTATION]))


def _quotes_on(sentence: str, after: str, language: str) -> bool:
    """Whether a Polish quotation, of which sentencex knows no marks, goes on behind a cut."""
    if language != "pl":
        return False
    tail = sentence[-_QUOTATION:]
    return tail.rfind("„") > tail.rfind("”") and "”" in after.partition("„")[0]


def _is_cut_inside(sentence: str, after: str, language: str) -> bool:
    """Whether sentencex cut inside a sentence."""
    before = sentence[-_TAIL:].rstrip()
    if language in {"ja", "zh"}:
        return (before.endswith(("”", "」", "』")) and bool(_speaker(language).match(after))) or bool(
            _INITIAL.search(before)
        )
    if before.endswith(_QUOTED) and _is_said_after(after, language):
        return True
    if after[:1].islower():
        # Some people write all sentences small.
        return before.endswith(_ENDS) and not sentence[:1].islower() and bool(_GOES_ON.match(after))
    return (
        bool(_NUMBER.match(sentence))
        or bool(_INITIAL.search(before))
        or ends_in_title(before)
        or bool(_before_number().search(before) and after[:1].isdigit())
        or _is_timed(before, after)
        or bool(_before_ordinal(language).search(before))
    )


def _is_timed(before: str, after: str) -> bool:
    half_day, zone = _half_day_and_zone()
    return bool(half_day.search(before) and zone.match(after))


# --- words ------------------------------------------------------------------------------------------------------


@cache
def _title() -> re.Pattern[str]:
    """Abbreviations that stand before a name, and that sentencex does not always hold together with it."""
    titles = tables.merged("sentences")
    plain, elided = tables.either(titles["titles"]), tables.either(titles["elided_titles"])
    return re.compile(rf"(?:^|[\s()“\"'‘/]){plain}\.$|['’]{elided}\.$")


@cache
def _before_number() -> re.Pattern[str]:
    return re.compile(rf"(?:^|[\s()'’]){tables.either(tables.merged('sentences')['before_numbers'])}\.$")


@cache
def _half_day_and_zone() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """ "a.m." and the zone behind it."""
    words = tables.merged("sentences")
    half_days, zones = tables.either(words["half_days"]), tables.either(words["zones"])
    return re.compile(rf"\b{half_days}\.$"), re.compile(rf"{zones}\b")


@cache
def _around_missed(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What begins a sentence, and the abbreviations that also end one: they do before a word that begins one."""
    openers = "|".join(tables.words(language, "sentences", "openers"))
    closers = tables.either(tables.words(language, "sentences", "closers"))
    return re.compile(rf"\. (?=(?:{openers})\b|[“\"])"), re.compile(rf"{closers}$")


@cache
def _before_ordinal(language: str) -> re.Pattern[str]:
    """ "Im 19. Jahrhundert": an ordinal behind what only stands before a noun."""
    words = tables.either(tables.words(language, "sentences", "before_ordinals"))
    return re.compile(rf"\b{words}\s\d{{1,3}}\.$", re.IGNORECASE)


@cache
def _speaker(language: str) -> re.Pattern[str]:
    """Who says what stands in the quotation before: 「…。」と言った。 “……。”他说。 “…।” उसने कहा।"""
    return re.compile(tables.either(tables.words(language, "sentences", "says")))

"""Whether an article says what a sentence says.

The measure is made of what can be looked up. Each number, date, name and quotation of the sentence must be in the
article, numbers and quotations beside the words that they are told with; most of its other words must be in the
article too, half of them close together; a death, a crime or a cause must be told there, a title must be the person's
and a day of the week the event's; and a denial must be denied there. One article has to carry the whole sentence: put
together from two, it may say what neither does.

Words that no table knows are not weighed. To ask for every word would refuse 87 % of the sentences in writers'
summaries; these tables refuse 46 %, without them it was 43 %.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from digest.languages.tables import merged
from digest.summarize.facts.claims import Claims, possible_names, read_claims, stems
from digest.summarize.facts.figures import Number
from digest.summarize.facts.negation import denied
from digest.summarize.facts.roles import roles
from digest.summarize.facts.source_text import SourceText
from digest.summarize.facts.weighty import gives_cause, reasons, weighty
from digest.text.words import fold

#: Of a sentence's words, the share that must be in the article, and within `_PASSAGE` of its sentences. Of the
#: sentences in writers' summaries, which nobody asked to stay close to the article, 56 % are carried; of sentences on
#: other events of the same topic (allsides) 5 in 4,121; with 0.7 and 0.5 it is 48 % and 2.
_WHOLE, _NEAR = 0.6, 0.45
_PASSAGE = 3
#: Of a sentence's words, the share that a sentence of the article must have to bear on it: to be where its number or
#: its denial is from.
_BESIDE = 0.15
#: A sentence of the article that has this share of the words tells the same event: what it denies is denied.
_SAME = 0.6
#: Of a sentence's other words, the share that must stand in a sentence that has its name, or in the one behind.
#: It lets through 26 % of the sentences in which a name was swapped for another of the same article, without it 58 %.
_AROUND = 0.3
#: Words of a cause that must stand beside the article's own "because".
_CAUSE = 0.5
#: Sentences whose shares differ by no more than this are equally close.
_CLOSE = 0.1
#: Whom an article is mostly about is "he" for longer than one sentence. This many let through 1 % more swapped names.
_CHIEF = 5
#: Of the words around a denial, the share that must be denied in the article. Of sentences of articles into which a
#: "not" was put, 91 % are caught so; of writers' own sentences 3 % are taken for the opposite.
_ABOUT = 0.5
#: Sentences around a quotation in which one of those named with it is named.
_SPEAKER = 3
#: Words of a quotation that may be a title or a term, which articles write without marks as well.
_TERM = 3


_OPPOSITE = "the opposite of what the article says"
_OTHER_DAY = "the day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounding:
    """How far an article carries a sentence."""

    #: What the article does not say; "" where it carries the sentence.
    missing: str
    #: The share of the sentence's words that stand close together in the article.
    support: float
    #: Whether the article says something else in its place: another day, or the opposite.
    contradicted: bool = False


def ground(sentence: str, source: SourceText) -> Grounding:
    """Look a sentence up in a text."""
    claims = read_claims(sentence, source.language)
    support = _closest_share(claims, source)
    lacks = list(_missing(sentence, claims, source, support))
    contradicted = _OPPOSITE in lacks or any(lack.startswith(_OTHER_DAY) for lack in lacks)
    return Grounding(missing=next(iter(lacks), ""), support=support, contradicted=contradicted)


def _missing(sentence: str, claims: Claims, source: SourceText, support: float) -> Iterator[str]:
    yield from _missing_figures(claims, source)
    yield from (f'the name "{name}"' for run in claims.names for name in _missing_names(run, claims, source))
    yield from (
        f'the word "{word}"' for word in sorted(possible_names(sentence, source.language) - source.possible_names)
    )
    yield from (f"the quotation “{quoted.strip()}”" for quoted in _missing_quotations(claims, source))
    yield from _missing_words(claims, source, support)
    yield from _missing_weights(sentence, claims, source)
    yield from _missing_roles(sentence, claims, source)
    if _says_the_opposite(sentence, claims, source):
        yield _OPPOSITE


# --- numbers and dates ------------------------------------------------------------------------------------------


def _missing_figures(claims: Claims, source: SourceText) -> Iterator[str]:
    for number in claims.figures.numbers:
        if not any(_has_number(there, claims, number) for there in source.claims):
            yield f"the number {number.value}{number.kind and ' ' + number.kind}"
        elif number.bound and not any(_has_number(there, claims, number, bound=True) for there in source.claims):
            yield f"the number {number.value} told as one with such a bound"
    for date in sorted(claims.figures.dates):
        if not any(date in there.figures.dates for there in source.claims):
            yield f"the date ({date})"
        elif date.startswith("day") and not _is_day_of(date, claims, source):
            yield f"{_OTHER_DAY} ({date}) told of the same thing"
    for bundle in sorted(claims.figures.bundles):
        if not any(_has_bundle(there, bundle) for there in source.claims):
            yield f"the date ({' '.join(bundle)})"


def _is_day_of(day: str, claims: Claims, source: SourceText) -> bool:
    """Whether a day is that of the sentence closest to this one: its own, or that of the last one before it."""
    shares = [_share(claims.stems, there.stems) for there in source.claims]
    best = max(shares, default=0.0)
    return any(day in source.days[at] for at, share in enumerate(shares) if share >= best - _CLOSE)


def _has_number(there: Claims, claims: Claims, number: Number, *, bound: bool = False) -> bool:
    """Whether a sentence of the article has a number, and tells it of the same thing; `bound`: as "more than" it."""
    numbers = [other for other in there.figures.numbers if not bound or other.bound == number.bound]
    if not any(_same(number, other, claims, there) for other in numbers):
        return False
    return _share(claims.stems, there.stems) >= _BESIDE


def _same(number: Number, other: Number, claims: Claims, there: Claims) -> bool:
    if number.value != other.value:
        return False
    kinds = {one.kind for one in claims.figures.numbers}
    # "12 to 15 percent": the first of the two shows no kind.
    return (
        number.kind == other.kind
        or (not number.kind and other.kind in kinds)
        or (not other.kind and number.kind in {one.kind for one in there.figures.numbers})
    )


def _has_bundle(there: Claims, bundle: tuple[str, str]) -> bool:
    month, value = bundle
    return month in there.figures.dates and any(number.value == value for number in there.figures.numbers)


# --- names and quotations ---------------------------------------------------------------------------------------


def _missing_names(run: Sequence[str], claims: Claims, source: SourceText) -> Iterator[str]:
    for name in run:
        if not (_is_known(name, source.words) and _is_told_of(name, claims, source)):
            yield name
    for first, second in pairwise(run):
        if not _belong_together(first, second, source):
            yield f"{first} {second}"


def _is_told_of(name: str, claims: Claims, source: SourceText) -> bool:
    """Whether the article speaks of somebody where it says such a thing; "he" stands in the sentence behind a name."""
    others = claims.stems - stems(name, source.language)
    reach = _CHIEF if name == source.chief else 1
    for at in range(len(source.claims)):
        span = slice(max(0, at - reach), at + 1)
        near = frozenset[str]().union(*(there.stems for there in source.claims[span]))
        if _share(others, near) >= _AROUND and _is_known(name, frozenset[str]().union(*source.told[span])):
            return True
    return False


def _is_known(name: str, words: frozenset[str]) -> bool:
    if name in words:
        return True
    return len(name) > 3 and any(_is_form(name, word) for word in words if word[:3] == name[:3])


def _is_form(name: str, word: str) -> bool:
    short, long = sorted((name, word), key=len)
    common = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return common >= max(3, len(short) - 2) and {short[common:], long[common:]} <= _name_endings()


def _belong_together(first: str, second: str, source: SourceText) -> bool:
    """Whether two words of a run are one name in the article, or two words of which one is no name."""
    if (first, second) in source.pairs or (second, first) in source.pairs:
        return True
    return any(word in _titles() or word in source.small for word in (first, second))


@cache
def _name_endings() -> frozenset[str]:
    """What languages put behind a name: "Italy" is in "Italian", "Brussels" in "Brussels'"."""
    return frozenset(["", *merged("names")["endings"]])


@cache
def _titles() -> frozenset[str]:
    """Words before a name that belong to no name."""
    return frozenset(map(fold, merged("names")["titles"]))


def _missing_quotations(claims: Claims, source: SourceText) -> Iterator[str]:
    for quoted in claims.quotations:
        if any(quoted in there for there in source.quoted):
            if not _spoken_by(quoted, claims, source):
                yield quoted
        elif len(quoted.split()) > _TERM or not any(quoted in shown for shown in source.shown):
            yield quoted


def _spoken_by(quoted: str, claims: Claims, source: SourceText) -> bool:
    """Whether one of those named beside a quotation is named near it in the article as well."""
    names = {name for run in claims.names for name in run}
    if not names:
        return True
    begins = " ".join(quoted.split()[:6])
    places = [at for at, shown in enumerate(source.shown) if f" {begins} " in shown] or range(len(source.shown))
    near = (shown for at in places for shown in source.shown[max(0, at - _SPEAKER) : at + _SPEAKER + 1])
    words = frozenset(word for shown in near for word in shown.split())
    return any(_is_known(name, words) for name in names)


# --- weighty words and people's parts ----------------------------------------------------------------------------


def _missing_weights(sentence: str, claims: Claims, source: SourceText) -> Iterator[str]:
    near = [at for at, there in enumerate(source.claims) if _share(claims.stems, there.stems) >= _BESIDE]
    told = frozenset[str]().union(*(source.weights[at] for at in near))
    yield from (f"such a thing ({name})" for name in sorted(weighty(sentence, source.language) - told))
    for reason in reasons(sentence, source.language):
        if not any(_is_reason(reason, at, source) for at in near):
            yield "such a cause"


def _is_reason(reason: frozenset[str], at: int, source: SourceText) -> bool:
    around = frozenset[str]().union(*(there.stems for there in source.claims[max(0, at - 1) : at + 2]))
    return gives_cause(source.sentences[at], source.language) and _share(reason, around) >= _CAUSE


def _missing_roles(sentence: str, claims: Claims, source: SourceText) -> Iterator[str]:
    names = frozenset(name for run in claims.names for name in run)
    for role, name in roles(sentence, names, source.language):
        if not any(
            _is_known(role, words) and _is_closest_share(name, at, source) for at, words in enumerate(source.told)
        ):
            yield f'"{role}"{name and " of " + name}'


def _is_closest_share(name: str, at: int, source: SourceText) -> bool:
    return not name or _is_known(name, frozenset[str]().union(*source.told[max(0, at - 1) : at + 2]))


# --- everything else --------------------------------------------------------------------------------------------


def _missing_words(claims: Claims, source: SourceText, support: float) -> Iterator[str]:
    if _share(claims.stems, source.stems) < _WHOLE:
        unknown = sorted(claims.stems - source.stems)
        yield f"much of it ({', '.join(unknown[:4])} ...)"
    elif support < _NEAR:
        yield "any such thing in one place"


def _closest_share(claims: Claims, source: SourceText) -> float:
    """The largest share of a sentence's words within a few sentences of the article."""
    held = [there.stems for there in source.claims]
    passages = (frozenset[str]().union(*held[at : at + _PASSAGE]) for at in range(max(1, len(held) - _PASSAGE + 1)))
    return max((_share(claims.stems, passage) for passage in passages), default=0.0)


def _says_the_opposite(sentence: str, claims: Claims, source: SourceText) -> bool:
    """Whether a sentence denies what the article affirms, or affirms what it denies."""
    shares = [_share(claims.stems, there.stems) for there in source.claims]
    near = [text for text, share in zip(source.sentences, shares, strict=True) if share >= _BESIDE]
    there = [around for text in near for _, around in denied(text, source.language)]
    mine = [behind or around for behind, around in denied(sentence, source.language)]
    if any(not any(_share(about, around) >= _ABOUT for around in there) for about in mine):
        return True
    best = max(shares, default=0.0)
    if mine or best < _SAME:
        return False
    closest = [text for text, share in zip(source.sentences, shares, strict=True) if share >= best - 0.1]
    return all(
        any(behind and _share(behind, claims.stems) >= _ABOUT for behind, _ in denied(text, source.language))
        for text in closest
    )


def _share(stems: frozenset[str], others: frozenset[str]) -> float:
    return len(stems & others) / len(stems) if stems else 1.0

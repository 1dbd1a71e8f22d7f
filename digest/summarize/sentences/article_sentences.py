"""A story → its sentences, each with what must be known of it to choose among them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from digest.model import Article
from digest.summarize.sentences.given_information import given_stems
from digest.text.length import count_words
from digest.text.quotes import open_quotes
from digest.text.sentences import ends_in_title, paragraph_sentences, paragraphs
from digest.text.stems import stems, stop_stems
from digest.text.words import stop_words, tokens

#: Sentences of an article that are looked at: what a reader must know stands further up. From 20 to 200 the scores of
#: the summaries in `consensus` do not move; 15 lose 0.004.
HORIZON = 25

#: A lead may be delayed: among the first five sentences one has two fifths of the headline's words, the first at most
#: one fifth. The figures of `consensus` do not ask for it, readers do ("After the summit comes another meeting ...").
_OPENING, _TOLD, _UNTOLD = 5, 0.4, 0.2

#: A teaser is the editor's own abstract where more of its triples of words than this are not in the text; else it is a
#: piece of it, cut off or put together from headings and links.
_ABSTRACT = 0.6
#: Characters of the text in which they are looked for: pieces are of its beginning, and texts may be endless.
_SEARCHED = 20_000
#: Some outlets set no stop behind a teaser of one sentence. With fewer words it may be a heading.
_FEWEST_UNSTOPPED = 8
_STOPS = (".", "!", "。", "！", "।", "۔", "．", "։")
#: How a line ends that is no heading either, though no statement: a question, or what goes on below it.
_BROKEN_OFF = ("?", "？", "؟", "…", ":", "：")
_MOST_HEADINGS = 3
_CLOSING = "\"'”’»“)]）」』 "
#: "LONDON (Reuters) - ", "(CNN) -- ", "Boston (CNN)": where a report was written is no part of what it says.
_DATELINE = re.compile(
    r"(?:(?:[^\W\d_a-z][\w.,'’ /-]{1,40}\s?)?\((?:AFP|ANI|AP|Bloomberg|CBS[^)]*|CNN[^)]*|dpa|IANS|Kyodo[^)]*|PTI|"
    r"Reuters|UPI|Xinhua)\)\s*(?:[-–—]{1,2}\s*)?"
    r"|[A-ZÀ-ÞА-Я][A-ZÀ-ÞА-Я.'’ /-]{2,30}(?:, [A-Z][\w.]{1,12}){0,2}(?:, [A-Z][a-z]{2,8}\.? \d{1,2})?\s?"
    r"(?:\([^)]{2,20}\)\s?)?[-–—]{1,2}\s)"
    r"(?=[^\W\d_a-z]|[“\"'‘«])"
)
#: "PARIS: Service was ...", "Nairobi -- Workers ...": how others write it, on top of a text only.
_PLACE = re.compile(
    r"(?=[A-Z -]{4,}:)[A-Z]{3,}(?:[ -][A-Z]{3,}){0,2}: (?=[A-Z“\"][\w’']*[^A-Z])"
    r"|[A-Z][a-z]+(?: [A-Z][a-z]+){0,2} -- (?=[A-Z“\"])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleSentence:
    """A sentence where it stands in a story."""

    text: str
    article: Article
    #: The place of its article among the story's, from 0, and its own in the article's text; below 0 in the abstract.
    source: int
    place: int
    #: How soon it comes, counted from the sentence that tells what the headline tells; an abstract right behind that.
    rank: int
    #: It only leads up to that sentence: a scene, or the abstract of a text that begins with it.
    scene: bool
    #: It is a statement to its end.
    ended: bool
    #: It begins inside a quotation that the sentence before it opened.
    quoted: bool
    #: Its words, cut to what their forms have in common.
    stems: tuple[str, ...]
    #: Those of its words that an earlier sentence of its article introduced, and that it takes as given.
    given: frozenset[str]

    @property
    def begins(self) -> bool:
        """Whether nothing but the headline stands before it: it is the first of the text, or of the abstract."""
        return self.place == 0 or (self.place < 0 and self.rank == 1)


def read_sentences(articles: Sequence[Article]) -> list[ArticleSentence]:
    """The first sentences of each article in order, behind those of its abstract."""
    return [line for source, article in enumerate(articles) for line in _lines(article, source)]


def is_ended(text: str) -> bool:
    """Whether a text is a statement to its end, and no question, heading or beginning."""
    bare = text.rstrip(_CLOSING)
    return bare.endswith(_STOPS) and not bare.endswith("...") and not ends_in_title(bare)


def content(line: ArticleSentence) -> frozenset[str]:
    """The stems that carry meaning."""
    return frozenset(line.stems) - stop_stems(line.article.language)


def _lines(article: Article, source: int) -> list[ArticleSentence]:
    language = article.language
    headline = frozenset(stems(article.title)) - stop_stems(language)
    # A text shorter than its teaser is a stump of it, or of something else.
    text = _sentences(max(article.text, article.teaser, key=len), language)
    told = list(islice(_behind_headings(text), HORIZON))
    shares = [_share(headline, stems(sentence)) for sentence, _ in told[:_OPENING]]
    above = list(_sentences(article.teaser, language)) if _has_abstract(article) else []
    lead, sentences = _lead(shares), above + told
    givens = given_stems((sentence for sentence, _ in sentences), language)
    return [
        ArticleSentence(
            text=sentence,
            article=article,
            source=source,
            place=place,
            rank=place + len(above) + 1 if place < 0 else _rank(place, lead),
            scene=place < lead if place >= 0 else shares[0] > _UNTOLD,
            ended=is_ended(sentence) or (len(told if place >= 0 else above) == 1 and _lacks_a_stop(sentence, language)),
            quoted=quoted,
            stems=stems(sentence),
            given=given,
        )
        for place, ((sentence, quoted), given) in enumerate(zip(sentences, givens, strict=True), start=-len(above))
    ]


def _behind_headings(sentences: Iterator[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    """The sentences without up to three lines that stand above the first statement: "What happened", a second deck."""
    above = list(islice(sentences, _MOST_HEADINGS + 1))
    first = next((at for at, (sentence, _) in enumerate(above) if not _is_heading(sentence)), 0)
    yield from above[first:]
    yield from sentences


def _is_heading(sentence: str) -> bool:
    return not sentence.rstrip(_CLOSING).endswith((*_STOPS, *_BROKEN_OFF))


def _share(headline: frozenset[str], sentence: Sequence[str]) -> float:
    """How much of a headline a sentence tells."""
    return len(headline.intersection(sentence)) / len(headline) if headline else 1.0


def _lead(shares: Sequence[float]) -> int:
    """The place of the first sentence, or of one soon after that tells the headline where the first only leads up."""
    best = max(shares, default=0.0)
    return shares.index(best) if best >= _TOLD and shares[0] <= _UNTOLD else 0


def _rank(place: int, lead: int) -> int:
    return place - lead if place >= lead else lead - place + 2


def _has_abstract(article: Article) -> bool:
    """Whether the teaser is an abstract of the text, and no piece of it."""
    if len(article.teaser) >= len(article.text) or not _is_told_out(article.teaser, article.language):
        return False
    own = _triples(article.teaser)
    return len(own - _triples(article.text[:_SEARCHED])) > _ABSTRACT * len(own)


def _is_told_out(teaser: str, language: str) -> bool:
    """Whether a teaser has an end, or is one sentence without its stop."""
    if is_ended(teaser):
        return True
    sentences = list(islice(_sentences(teaser, language), 2))
    return len(sentences) == 1 and _lacks_a_stop(sentences[0][0], language)


def _lacks_a_stop(sentence: str, language: str) -> bool:
    """Whether the only sentence of a text is whole but for its stop: neither short nor cut off."""
    bare = sentence.rstrip(_CLOSING)
    last = tokens(bare)[-1:]
    return (
        count_words(sentence) >= _FEWEST_UNSTOPPED
        and (unicodedata.category(bare[-1:] or " ")[0] in "LMN" or bare.endswith(("%", "€", "£", "$")))
        and "…" not in sentence
        and "..." not in sentence
        and stop_words(language).isdisjoint(last)
    )


def _triples(text: str) -> set[tuple[str, ...]]:
    words = stems(text)
    return set(zip(words, words[1:], words[2:], strict=False))


def _sentences(text: str, language: str) -> Iterator[tuple[str, bool]]:
    """The sentences of a text without datelines; and whether each begins inside a quotation."""
    begun = False
    for paragraph in paragraphs(text):
        open_before: str | None = ""
        for sentence in paragraph_sentences(paragraph, language):
            dateline = _DATELINE.match(sentence) or (None if begun else _PLACE.match(sentence))
            begun = True
            yield sentence[dateline.end() :] if dateline else sentence, bool(open_before)
            open_before = open_quotes(sentence, language, open_before or "")

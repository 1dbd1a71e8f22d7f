"""Sentences of an article in a row, where a choice of them would not be understood: of essays, diaries and poems."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from digest.languages.tables import words
from digest.summarize.sentences.article_sentences import ArticleSentence, content, is_ended
from digest.summarize.sentences.credits import is_credit_or_notice
from digest.summarize.sentences.usable import is_statement, leans, says_little, without_mark
from digest.text.cuts import cut_words
from digest.text.length import count_words
from digest.text.quotes import quotes_whole
from digest.text.stems import stems

#: A summary of fewer words tells nothing where the article tells more.
THIN = 12
#: Fewer are a heading or a handle, not the beginning of a story.
_FEWEST_WORDS = 3
#: Of a list with nothing around it, an item says something alone from so many words on.
_FEWEST_OF_ITEM = 8
#: One whole sentence may have so many times the words of a summary: more is told by its end than by a stop half-way.
_OVER = 1.5
_CLOSING = "\"'”’»“)]）」』 "


def length(sentences: Iterable[ArticleSentence]) -> int:
    """The words of some sentences."""
    return sum(count_words(sentence.text) for sentence in sentences)


def opening(sentences: Sequence[ArticleSentence], words: int) -> list[ArticleSentence]:
    """The leading article's abstract; or, where it has none that says enough, its first sentences, as many as fit."""
    leading = [sentence for sentence in sentences if sentence.source == 0]
    abstract = _run([sentence for sentence in leading if sentence.place < 0], words)
    return (
        abstract if length(abstract) >= THIN else _run([sentence for sentence in leading if sentence.place >= 0], words)
    )


def _run(sentences: Iterable[ArticleSentence], words: int) -> list[ArticleSentence]:
    """Sentences in a row, from one that may begin a summary."""
    told: list[ArticleSentence] = []
    for sentence in sentences:
        if not told and not _may_begin(sentence):
            continue
        if is_credit_or_notice(sentence.text) or not sentence.ended or length((*told, sentence)) > words:
            break
        told.append(sentence)
    while told and not _ends_well(told):
        told.pop()
    return told


def _may_begin(sentence: ArticleSentence) -> bool:
    """Whether a sentence leans on nothing, and says more than the headline."""
    known = set(stems(sentence.article.title))
    return is_statement(sentence, fewest=_FEWEST_WORDS) and not leans(sentence) and not content(sentence) <= known


def _ends_well(told: Sequence[ArticleSentence]) -> bool:
    """Whether sentences in a row end with a fact, and no quotation is open."""
    whole = quotes_whole(" ".join(sentence.text for sentence in told), told[0].article.language)
    return whole and not (len(told) > 1 and says_little(told[-1]))


def makeshift(sentences: Sequence[ArticleSentence]) -> list[ArticleSentence]:
    """The first words of the story, where none of its sentences stands alone; nothing where all of them ask."""
    # What stands between the items of a list is as short as they are: "death metal", "listen".
    fewest = _FEWEST_OF_ITEM if sentences and _is_item(sentences[0]) else _FEWEST_WORDS
    telling = [at for at, sentence in enumerate(sentences) if _says_something(sentence, fewest) and not _asks(sentence)]
    if not telling:
        return []
    first = min(telling, key=lambda at: (_is_item(sentences[at]), sentences[at].scene, _is_cut_off(sentences[at])))
    if _is_item(sentences[first]):
        return [replace(sentences[first], text=without_mark(sentences[first].text))]
    last = first + 1
    # A quotation goes on to its end.
    while last < len(sentences) and sentences[last].quoted:
        last += 1
    return list(sentences[first:last])


def within(sentences: Sequence[ArticleSentence], words: int) -> list[ArticleSentence]:
    """As many of the sentences as fit into `words`; the first, where it is no whole sentence of nearly that, cut."""
    kept = [sentence for at, sentence in enumerate(sentences) if length(sentences[: at + 1]) <= words]
    if kept or not sentences:
        return kept
    first = sentences[0]
    if is_ended(first.text) and count_words(first.text) <= _OVER * words:
        return [first]
    return [replace(first, text=cut_words(first.text, most=words, language=first.article.language))]


def _asks(sentence: ArticleSentence) -> bool:
    bare = sentence.text.rstrip(_CLOSING)
    return bare.endswith(("?", "？", "؟", *words(sentence.article.language, "script", "question_marks")))


def _is_item(sentence: ArticleSentence) -> bool:
    return without_mark(sentence.text) != sentence.text


def _is_cut_off(sentence: ArticleSentence) -> bool:
    return sentence.text.rstrip("])} ").endswith(("…", "..."))


def _says_something(sentence: ArticleSentence, fewest: int) -> bool:
    leads_up = sentence.text.rstrip(_CLOSING).endswith((":", "："))
    fewest = _FEWEST_OF_ITEM if _is_item(sentence) else fewest
    return (
        count_words(without_mark(sentence.text)) >= fewest and not leads_up and not is_credit_or_notice(sentence.text)
    )

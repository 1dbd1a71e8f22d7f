"""A model's answer → the sentences that may be printed, each with its article, and why the others may not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any

from digest.model import Sentence
from digest.summarize.facts.grounding import Grounding, ground
from digest.summarize.facts.source_text import SourceText
from digest.summarize.llm.prompt import Question
from digest.summarize.llm.refusals import is_finished, refused
from digest.summarize.llm.results import AnswerError
from digest.summarize.sentences.openings import is_connective, leans_back
from digest.text.clean import clean_line
from digest.text.headlines import clean_headline
from digest.text.language import detect_language
from digest.text.length import count_words
from digest.text.quotes import quotes_whole
from digest.text.sentences import split_sentences
from digest.text.words import has_stop_words, stop_words, tokens

#: Characters of an answer that are looked at.
_LONGEST = 20_000
#: A text may be longer than it was asked to be by this factor; then it ends with the sentence before.
_ROOM = 1.15
#: Of the words that a summary may have, the share that must be left, unless nothing was dropped.
_LEAST = 0.25
#: An article that carries a sentence nearly as well as the best one is cited instead if no other sentence cites it.
_NEARLY = 0.1
#: Columns of a subject.
_SUBJECT = 65

#: Some servers leave out the mark that opens a thought, and a model that runs out of tokens the one that ends it.
_THOUGHT = re.compile(r".*</think(?:ing)?>", re.DOTALL | re.IGNORECASE)
_UNENDED = re.compile(r"<think(?:ing)?>.*", re.DOTALL | re.IGNORECASE)
#: Braces of an answer that are tried; before its JSON stands at most a sentence or two.
_BRACES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Sifted:
    kept: tuple[Sentence, ...]
    #: Each sentence that is not kept, and why.
    dropped: tuple[tuple[str, str], ...]


def read_answer(text: str) -> list[str]:
    """The texts in an answer. Raises AnswerError where it does not have the form that was asked for."""
    said = _THOUGHT.sub("", text)
    answer = _UNENDED.sub("", said)
    texts = next((found for value in _values(answer[:_LONGEST]) if (found := _texts(value)) is not None), None)
    if texts is None and answer != said:
        hint = "Raise answer_tokens of [model]; a model that thinks needs more."
        raise AnswerError("the answer ends in the middle of a thought", hint=hint)
    if texts is None:
        raise AnswerError("the answer is not the JSON that was asked for", hint="Try a larger model.")
    if not any(texts):
        raise AnswerError("the answer holds no sentence", hint="Try a larger model.")
    return texts


def _values(answer: str) -> Iterator[Any]:
    """What can be read as JSON from each of its first braces."""
    for brace in islice(re.finditer(r"\{", answer), _BRACES):
        with suppress(ValueError, RecursionError):
            yield json.JSONDecoder().raw_decode(answer, brace.start())[0]


def _texts(value: Any) -> list[str] | None:
    sentences = value.get("sentences") if isinstance(value, dict) else None
    if isinstance(sentences, str):
        sentences = [sentences]
    if not isinstance(sentences, list):
        return None
    # Some models explain each sentence: {"text": ..., "source": 1}.
    texts = [one.get("text") if isinstance(one, dict) else one for one in sentences]
    found = [clean_line(one) for one in texts if isinstance(one, str)]
    return found if len(found) == len(texts) else None


def sift(question: Question, texts: Sequence[str]) -> Sifted:
    """Keep of an answer what its sources say.

    Raises:
        AnswerError: too little is left of it, or it is in another language.
    """
    if foreign := _foreign(question, " ".join(texts)):
        raise AnswerError(f"the answer is in another language ({foreign})", hint="Try a larger model.")
    kept: list[Sentence] = []
    dropped: list[tuple[str, str]] = []
    gap = False
    for text in _sentences(question, texts):
        sentence, why = _sentence_or_flaw(question, text, kept, gap=gap)
        if sentence:
            kept.append(sentence)
        else:
            dropped.append((text, why))
        gap = sentence is None
    _refuse_too_little(question, kept, dropped)
    return Sifted(kept=tuple(kept), dropped=tuple(dropped))


def _sentences(question: Question, texts: Sequence[str]) -> Iterator[str]:
    for text in texts:
        if question.kind == "subject":
            shown = " ".join(source.text for source in question.sources)
            yield clean_headline(text.rstrip("."), text=shown, language=question.language or "en")
        else:
            yield from split_sentences(text, question.language)


def _sentence_or_flaw(
    question: Question, text: str, kept: Sequence[Sentence], *, gap: bool
) -> tuple[Sentence | None, str]:
    """The sentence with the article that it rests on, or why it is dropped."""
    if why := refused(text, question.language) or _flaw(question, text, kept, gap=gap):
        return None, why
    article, missing = _article_and_lack(question, text, kept)
    return (None, f"no source has {missing}") if missing else (Sentence(text=text, article=article), "")


def _flaw(question: Question, text: str, kept: Sequence[Sentence], *, gap: bool) -> str:
    language = question.language
    if question.kind == "subject":
        return f"longer than {_SUBJECT} characters" if len(text) > _SUBJECT else ""
    words = sum(count_words(sentence.text) for sentence in kept) + count_words(text)
    flaws = {
        "it has no end": not is_finished(text),
        "a quotation is cut": not quotes_whole(text, language),
        f"over {question.words} words": words > question.words * _ROOM,
        "it repeats a headline": question.kind == "introduction" and _repeats_headline(question, text),
        "said before": any(tokens(text) == tokens(sentence.text) for sentence in kept),
        "it speaks of what is not there": (gap or not kept)
        and (is_connective(text, language) or leans_back(text, language)),
    }
    return next((why for why, found in flaws.items() if found), "")


def _repeats_headline(question: Question, text: str) -> bool:
    headlines = [tokens(source.text.partition("\n")[0]) for source in question.sources]
    return any(tokens(part) in headlines for part in text.split(";"))


def _article_and_lack(question: Question, text: str, kept: Sequence[Sentence]) -> tuple[str, str]:
    """The article that a sentence rests on, and what it says that none does."""
    article, missing = _carried_by_one(text, question.sources, kept)
    parts = [part.strip() for part in text.split(";")]
    if missing and question.kind != "summary" and 1 < len(parts) <= 3:
        # A semicolon joins two stories: each part is a statement of its own.
        grounds = [_carried_by_one(part, question.sources, kept) for part in parts]
        return grounds[0][0], next((lack for _, lack in grounds if lack), "")
    return article, missing


def _carried_by_one(text: str, sources: Sequence[SourceText], kept: Sequence[Sentence]) -> tuple[str, str]:
    grounds = [(ground(text, source), source) for source in sources]
    # What the article that has more of its words says otherwise, no other one carries.
    denied = max((found.support for found, _ in grounds if found.contradicted), default=0.0)
    carrying = [(found, source) for found, source in grounds if not found.missing and found.support >= denied]
    if not carrying:
        return "", _closest([found for found, _ in grounds])
    best = max(found.support for found, _ in carrying)
    near = [source.article for found, source in carrying if found.support >= best - _NEARLY]
    cited = {sentence.article for sentence in kept}
    top = next(source.article for found, source in carrying if found.support == best)
    return next((article for article in near if article not in cited), top), ""


def _closest(grounds: Sequence[Grounding]) -> str:
    return max(grounds, key=lambda found: found.support).missing if grounds else "anything"


def _refuse_too_little(question: Question, kept: Sequence[Sentence], dropped: Sequence[tuple[str, str]]) -> None:
    least = question.words * _LEAST if question.kind == "summary" and dropped else 1
    if sum(count_words(sentence.text) for sentence in kept) >= least:
        return
    why = f": {dropped[0][1]}" if dropped else ""
    raise AnswerError(f"{'too little' if kept else 'nothing'} of the answer can be printed{why}")


def _foreign(question: Question, text: str) -> str:
    """The language of a text, where it is clearly not the one that was asked for."""
    found = detect_language(text)
    if not question.language or found in {"", question.language}:
        return ""
    # A detector errs on a few words full of names, and on neighbours; the small words of a language do not.
    words = set(tokens(text))
    return found if _small_words(words, found) > _small_words(words, question.language) else ""


def _small_words(words: set[str], language: str) -> int:
    return len(words & stop_words(language)) if has_stop_words(language) else 0

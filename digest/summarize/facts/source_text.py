"""A text read so that what a sentence claims can be looked up in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from digest.summarize.facts.claims import Claims, possible_names, quotations, read_claims, verbatim
from digest.summarize.facts.weighty import weighty
from digest.text.sentences import paragraph_sentences, paragraphs
from digest.text.words import fold, tokens


class SourceText:
    """The sentences of a text with what they claim, each worked out once and only when asked for."""

    def __init__(self, text: str, *, language: str, article: str = "") -> None:
        self.article = article
        self.language = language
        self.text = text
        self.sentences = [
            sentence for paragraph in paragraphs(text) for sentence in paragraph_sentences(paragraph, language)
        ]

    @cached_property
    def claims(self) -> Sequence[Claims]:
        return [read_claims(sentence, self.language) for sentence in self.sentences]

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset[str]().union(*(claims.stems for claims in self.claims))

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset[str]().union(*self.told)

    @cached_property
    def told(self) -> Sequence[frozenset[str]]:
        """The words of each sentence."""
        return [_words(sentence, claims) for sentence, claims in zip(self.sentences, self.claims, strict=True)]

    @cached_property
    def days(self) -> Sequence[frozenset[str]]:
        """The days of the week that each sentence tells of: where it names none, those of the last one that does."""
        days: list[frozenset[str]] = []
        for claims in self.claims:
            own = frozenset(date for date in claims.figures.dates if date.startswith("day"))
            days.append(own or (days[-1] if days else own))
        return days

    @cached_property
    def weights(self) -> Sequence[frozenset[str]]:
        """The classes of the weighty words in each sentence."""
        return [weighty(sentence, self.language) for sentence in self.sentences]

    @cached_property
    def chief(self) -> str:
        """The name that stands in most of its sentences."""
        names = Counter(name for claims in self.claims for name in {name for run in claims.names for name in run})
        return names.most_common(1)[0][0] if names else ""

    @cached_property
    def possible_names(self) -> frozenset[str]:
        return possible_names(self.text, self.language)

    @cached_property
    def small(self) -> frozenset[str]:
        """The words that the article writes without a capital, which are therefore not only names."""
        return frozenset(fold(word) for word in self.text.split() if word[:1].islower())

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Words that stand side by side, or with one between them."""
        runs = [tokens(sentence) for sentence in self.sentences]
        runs += [list(run) for claims in self.claims for run in claims.names]
        return frozenset(pair for run in runs for gap in (1, 2) for pair in zip(run, run[gap:], strict=False))

    @cached_property
    def quoted(self) -> Sequence[str]:
        """What it quotes: in whole paragraphs, where quotations span sentences, and sentence by sentence."""
        whole = [quoted for paragraph in paragraphs(self.text) for quoted in quotations(paragraph)]
        return [*whole, *(quoted for claims in self.claims for quoted in claims.quotations)]

    @cached_property
    def shown(self) -> Sequence[str]:
        return [verbatim(sentence) for sentence in self.sentences]


def _words(sentence: str, claims: Claims) -> frozenset[str]:
    return frozenset([*tokens(sentence), *(name for run in claims.names for name in run)])

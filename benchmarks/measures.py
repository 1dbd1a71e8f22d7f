"""How the figures of quality.py are counted."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

from sentencex import segment

Figures = dict[str, float]


def clusters(gold: Sequence[Hashable], found: Sequence[Hashable]) -> Figures:
    """B-cubed and pairwise precision and recall of a clustering, both given as a label for each article."""
    of_gold, of_found = _members(gold), _members(found)
    both = _members(list(zip(gold, found, strict=True)))
    shared = [len(both[pair]) for pair in zip(gold, found, strict=True)]
    precision = sum(n / len(of_found[label]) for n, label in zip(shared, found, strict=True)) / len(gold)
    recall = sum(n / len(of_gold[label]) for n, label in zip(shared, gold, strict=True)) / len(gold)
    right, given, wanted = _pairs(both), _pairs(of_found), _pairs(of_gold)
    return {
        "B3 F1": 2 * precision * recall / (precision + recall),
        "pair precision": right / given if given else 1.0,
        "pair recall": right / wanted if wanted else 1.0,
    }


def _members(labels: Sequence[Hashable]) -> dict[Hashable, set[int]]:
    members: dict[Hashable, set[int]] = defaultdict(set)
    for i, label in enumerate(labels):
        members[label].add(i)
    return members


def _pairs(members: Mapping[Hashable, set[int]]) -> int:
    return sum(len(group) * (len(group) - 1) // 2 for group in members.values())


def rouge(summaries: Iterable[tuple[Sequence[str], Sequence[str]]]) -> Figures:
    """Mean ROUGE F of pairs (sentences of the summary, reference texts): over references, then over pairs."""
    from rouge_score import rouge_scorer  # noqa: PLC0415  # a development tool, and slow to import

    scorer = rouge_scorer.RougeScorer(["rouge1", "rouge2", "rougeLsum"], use_stemmer=True)
    total: Counter[str] = Counter()
    count = 0
    for sentences, references in summaries:
        count += 1
        for reference in references:
            scores = scorer.score("\n".join(in_sentences(reference)), "\n".join(sentences))
            for name, score in scores.items():
                total[name] += score.fmeasure / len(references)
    names = {"rouge1": "ROUGE-1", "rouge2": "ROUGE-2", "rougeLsum": "ROUGE-Lsum"}
    return {label: total[name] / max(count, 1) for name, label in names.items()}


def shingle_f1(texts: Iterable[tuple[str, str]]) -> Figures:
    """F1 over four-word shingles of pairs (found, wanted): mean precision against mean recall."""
    precisions, recalls = [], []
    for found, wanted in texts:
        have, want = _shingles(found), _shingles(wanted)
        shared = sum((have & want).values())
        precisions.append(shared / sum(have.values()) if have else 0.0)
        recalls.append(shared / sum(want.values()) if want else 0.0)
    p, r = sum(precisions) / len(precisions), sum(recalls) / len(recalls)
    return {"F1": 2 * p * r / (p + r)}


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return Counter(zip(words, words[1:], words[2:], words[3:], strict=False))


def in_sentences(text: str) -> list[str]:
    """The sentences of a text, as the references of ROUGE are cut."""
    return [s.strip() for line in text.split("\n") for s in segment("en", line) if s.strip()]


def within(sentences: Sequence[str], words: int) -> list[str]:
    """The longest run of whole sentences from the start within so many words; one sentence at least."""
    taken: list[str] = []
    count = 0
    for sentence in sentences:
        count += len(sentence.split())
        if taken and count > words:
            break
        taken.append(sentence)
    return taken


# An opening that hangs on something said before, seen apart from the rules of the summarizer.
_DANGLING = re.compile(
    r"""["“‘']?(?:(?:he|she|it(?![’']s|\ is|\ was|\ seem)|they|this|that|these|those|but|and|so)\b
    |(?:however|meanwhile|moreover|also|instead|yet)\b
    |the\ (?:move|decision|incident|announcement|comments?|pair|duo|former|latter|news)\b)""",
    re.IGNORECASE | re.VERBOSE,
)


def flaws(summaries: Sequence[Sequence[str]], sources: Sequence[str], *, words: int) -> Figures:
    """What no summary should have, counted: sentences not in the source, hanging openings, cut quotations, length."""
    flat = [_flat(source) for source in sources]
    told = [(sentence, source) for sentences, source in zip(summaries, flat, strict=True) for sentence in sentences]
    return {
        "verbatim": sum(_flat(s) in source for s, source in told) / max(len(told), 1),
        "dangling openings": float(sum(bool(s and _DANGLING.match(s[0])) for s in summaries)),
        "cut quotations": float(sum(_is_cut(s) for s, _ in told)),
        "over budget": float(sum(sum(len(s.split()) for s in one) > words for one in summaries)),
    }


def _is_cut(sentence: str) -> bool:
    return sum(character in '"“”' for character in sentence) % 2 == 1


def _flat(text: str) -> str:
    return " ".join(text.split())


def share(values: Iterable[Any]) -> float:
    """How many of the values are true, from 0 to 1."""
    found = [bool(value) for value in values]
    return sum(found) / max(len(found), 1)

"""The plain methods that ours are measured against, in the same run."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
from measures import in_sentences, within

from digest.pick.phrases import Tokens, phrases
from digest.settings import SectionSettings


def cluster(texts: Sequence[tuple[str, str]]) -> list[int]:
    """Events of (title, text) by TF-IDF of the title twice and sixty words, average linkage at a cosine of 0.18."""
    from sklearn.cluster import AgglomerativeClustering  # noqa: PLC0415  # slow to import
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415

    if len(texts) < 2:
        return [0] * len(texts)
    documents = [f"{title} {title} {' '.join(text.split()[:60])}" for title, text in texts]
    rows = TfidfVectorizer(stop_words="english", sublinear_tf=True).fit_transform(documents)
    distances = 1 - np.clip((rows @ rows.T).toarray(), 0, 1)
    linkage = AgglomerativeClustering(None, metric="precomputed", linkage="average", distance_threshold=0.82)
    return [int(label) for label in linkage.fit(distances).labels_]


def copies(texts: Sequence[tuple[str, str]]) -> list[int]:
    """Copies by the share of three-word shingles in common: half of all that either has."""
    shingles = [_shingles(f"{title} {text}") for title, text in texts]
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    labels: list[int] = []
    for i, own in enumerate(shingles):
        shared = Counter(j for shingle in own for j in holders[shingle])
        alike = [labels[j] for j, n in shared.items() if n >= 0.5 * (len(own) + len(shingles[j]) - n)]
        labels.append(min(alike, default=i))
        for shingle in own:
            holders[shingle].append(i)
    return labels


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return set(zip(words, words[1:], words[2:], strict=False))


def section(title: str, text: str, sections: Sequence[SectionSettings]) -> str:
    """The section most of whose keywords stand in the text; "" where none does."""
    words = Tokens.of(f"{title}\n{text}")
    counts = {s.name: sum(bool(phrase.count(words)) for phrase in phrases(s.keywords)) for s in sections}
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else ""


def by_examples(texts: Sequence[tuple[str, str]], examples: dict[str, list[tuple[str, str]]]) -> list[str]:
    """The section whose examples' mean TF-IDF vector is nearest to each text."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415

    known = [(name, one) for name, some in examples.items() for one in some]
    documents = ["\n".join(one) for one in (*texts, *(one for _, one in known))]
    rows = TfidfVectorizer(stop_words="english", sublinear_tf=True).fit_transform(documents)
    names = list(examples)
    of = {name: [len(texts) + i for i, (label, _) in enumerate(known) if label == name] for name in names}
    centres = np.concatenate([np.asarray(rows[of[name]].mean(axis=0)) for name in names])
    centres /= np.linalg.norm(centres, axis=1, keepdims=True)
    return [names[best] for best in np.asarray(rows[: len(texts)] @ centres.T).argmax(axis=1)]


def lead(text: str, words: int) -> list[str]:
    return within(in_sentences(text), words)


def lead_in_turn(texts: Sequence[str], words: int) -> list[str]:
    """The first sentence of each article, then the second of each, as far as they fit."""
    each = [in_sentences(text) for text in texts]
    longest = max(map(len, each))
    return within([s[i] for i in range(longest) for s in each if i < len(s)], words)


def page_text(html: str) -> str:
    import trafilatura  # noqa: PLC0415  # slow to import

    return trafilatura.extract(html, favor_precision=True, include_comments=False) or ""


def prose_lines(text: str) -> str:
    """The lines of five words and more that end as a sentence does."""
    return "\n".join(line for line in text.split("\n") if len(line.split()) >= 5 and line[-1] in ".!?\"”'’")


_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote br button dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 "
        "header hr li main nav ol option p pre section table td th title tr ul",
    )
)


def flattened(html: str) -> str:
    """A page as a careless scraper leaves it: all text, a line per block, nothing removed but code and markup."""
    from lxml import etree  # noqa: PLC0415
    from lxml import html as parser  # noqa: PLC0415

    tree = parser.fromstring(html.encode(), parser=parser.HTMLParser(encoding="utf-8"))
    for element in list(tree.iter("script", "style", "noscript", "template", etree.Comment)):
        element.drop_tree()
    pieces: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        edge = "\n" * (isinstance(element.tag, str) and element.tag in _BLOCKS)
        pieces += [edge, re.sub(r"\s", " ", (element.text if event == "start" else element.tail) or "")]
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)

"""What articles are about, told by the owner's few keywords and by the company an article keeps.

An article rarely holds the very words an owner thinks of, but the articles most like it do. So each article gets for
each topic the keywords found in its forty nearest neighbours, the articles sure of a topic make the topic's centre,
and the rest go where neighbours and centre draw them, if its neighbours speak of the topic at all.

The owner's example articles, where there are some, stand among the articles as sure of their topic, and to be like them
counts as a mention of its keywords.

On BBC news (1,111 articles, five topics of eight keywords, no labels) 95 % come out right against 82 % by keywords
alone, 92 % in windows of a hundred. Of the articles of a topic that has no section, 75 % are left over. Other
keywords by another hand gave 96 %, four a topic 92 %. Swept and flat around: neighbours 20 to 60, the weights of
neighbours and own words by half and double, rounds 2 to 6.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from digest.pick.matrix import (
    Floats,
    Ints,
    document_frequencies,
    joined,
    nearest,
    of_length_one,
    products,
    term_matrix,
)

_MOST_NEIGHBOURS = 40
# In a small window even the nearest are far: one in ten counts.
_NEIGHBOUR_SHARE = 10
_MOST_COMMON = 600
_LEAST_COSINE = 0.04
# Mentions of keywords that count; more of them is no more certain.
_MOST_MENTIONS = 3.0
# So many own mentions (one in the headline is three, the most for one keyword) are enough if the neighbours speak a
# little of the topic; more, of several keywords, whatever they say.
_ENOUGH_MENTIONS = 3.0
_NEIGHBOURS_WEIGHT = 0.05
_OWN_WEIGHT = 0.02
# How much its neighbours must speak of a topic, measured by those of articles that name it themselves. 0.34 leaves
# 70 % of what fits no topic and places 95 % of the rest right, 0.40 leaves 77 % and places 94 %.
_LEAST_COMPANY = 0.37
# A lone keyword may have another sense ("no DNA matches" is no sport): where it has, the neighbours hardly speak of the
# topic. 0.2 to 0.3 cost nothing on BBC news, and 0.3 leaves more of what fits no topic.
_LEAST_COMPANY_OF_ONE_KEYWORD = 0.3
# In fewer articles the company of any of them is chance (a sourdough recipe is nearest to a school's garden): there its
# own words decide, and one passing mention is not enough.
_FEWEST = 60
_FEW_MENTIONS = 2.0
# In a window where no topic stands out, what is usual is little: a neighbour must hold so many mentions at least. For
# articles without a mention of their own 0.8 costs nothing on BBC news and halves such placings in a week of feeds.
_LEAST_MENTIONS_AROUND = 0.5
_LEAST_MENTIONS_AROUND_SILENT = 0.8
_ROUNDS = 4
# What likeness to a topic's examples (the cosine with their centre) counts in mentions, for a topic without keywords;
# beside keywords half of it. With three examples a topic and no keyword 86 to 91 % of BBC news come out right (four
# draws of examples), with five 91 to 94 %; with 40 instead of 80 it is 76 and 82 %. Beside keywords five raise 95 %
# to 96 %. In a few articles one word in common makes a likeness: there half of it counts, from three words on.
_LIKE_EXAMPLES = 80.0
_FEWEST_SHARED = 3
_EXAMPLE_MENTIONS = 3.0
# The least certain of a topic's articles do not shape its centre.
_DOUBTFUL = 0.1

Flags = NDArray[np.bool_]


Bag = dict[str, float]


def assign_topics(bags: Sequence[Bag], mentions: Floats, examples: Sequence[tuple[int, Bag]] = ()) -> list[int]:
    """The number of each article's topic, -1 for an article that fits none.

    Args:
        bags: the content words of each article with how often they stand there.
        mentions: a row an article, a column a topic: how often the topic's keywords stand in the article.
        examples: the numbers of topics, each with the words of an article that is known to be of it.
    """
    if not mentions.size or not (mentions.any() or examples):
        return [-1] * len(bags)
    vectors = _vectors([*bags, *(bag for _, bag in examples)])
    mentions = _with_examples(mentions, [topic for topic, _ in examples], vectors)
    return _topic_numbers(vectors, mentions)[: len(bags)]


def _with_examples(mentions: Floats, topics: Sequence[int], vectors: csr_matrix) -> Floats:
    """The mentions with a row for each example, and with what likeness to them counts."""
    if not topics:
        return mentions
    first = len(mentions)
    known = np.zeros((len(topics), mentions.shape[1]))
    known[np.arange(len(topics)), list(topics)] = _EXAMPLE_MENTIONS
    few = first + len(topics) < _FEWEST
    # What differs from the mean of a few articles is chance.
    usual = np.zeros(vectors.shape[1]) if few else _mean(vectors, np.arange(vectors.shape[0]))
    worth = np.where(mentions.any(axis=0) | few, _LIKE_EXAMPLES / 2, _LIKE_EXAMPLES)
    mentions = np.concatenate([mentions, known])
    for topic in set(topics):
        rows = first + np.flatnonzero(np.array(topics) == topic)
        centre = _mean(vectors, rows) - usual
        likeness = vectors @ (centre / max(float(np.linalg.norm(centre)), 1e-9))
        if few:
            likeness[vectors.sign() @ np.sign(centre) < _FEWEST_SHARED] = 0.0
        mentions[:, topic] += worth[topic] * np.clip(likeness, 0.0, None)
    return mentions


def _topic_numbers(vectors: csr_matrix, mentions: Floats) -> list[int]:
    own = np.minimum(mentions, _MOST_MENTIONS)
    if len(mentions) < _FEWEST:
        topics = np.where(own.max(axis=1) >= _FEW_MENTIONS, mentions.argmax(axis=1), -1)
        return [int(topic) for topic in topics]
    company = _company(vectors, own)
    likely = _NEIGHBOURS_WEIGHT * company + _OWN_WEIGHT * own
    attraction = likely
    for _ in range(_ROUNDS):
        attraction = vectors @ _centres(vectors, attraction, _fitting(attraction, company, mentions)).T + likely
    topics = np.where(_fitting(attraction, company, mentions), attraction.argmax(axis=1), -1)
    return [int(topic) for topic in topics]


def _vectors(bags: Sequence[dict[str, float]]) -> csr_matrix:
    matrix, _ = term_matrix(bags)
    frequency = document_frequencies(matrix)
    rarity = np.where(frequency > 1, np.log((1 + len(bags)) / (1 + frequency)), 0.0)
    matrix.data = (1 + np.log(matrix.data)) * rarity[matrix.indices]
    return of_length_one(matrix)


def _company(vectors: csr_matrix, own: Floats) -> Floats:
    """The mean mentions of each topic among an article's nearest neighbours, weighed by how near they are."""
    size = vectors.shape[0]
    most = min(_MOST_NEIGHBOURS, max(1, size // _NEIGHBOUR_SHARE))
    parts = []
    for a, b, cosine in products(vectors, most_common=_MOST_COMMON):
        others = (a != b) & (cosine >= _LEAST_COSINE)
        parts.append(nearest(a[others], b[others], cosine[others], most))
    a, b, cosine = joined(parts)
    near = csr_matrix((cosine, (a, b)), shape=(size, size))
    nearness = np.bincount(a, cosine, size)
    company: Floats = (near @ own) / np.where(nearness == 0, 1.0, nearness)[:, None]
    return company


def _fitting(attraction: Floats, company: Floats, mentioned: Floats) -> Flags:
    """Whether each article fits the topic that draws it most."""
    articles, topic = np.arange(len(mentioned)), attraction.argmax(axis=1)
    mentions, around = mentioned[articles, topic], company[articles, topic]
    usual = np.ones(mentioned.shape[1])
    for number in range(mentioned.shape[1]):
        naming = (topic == number) & (mentions >= 2)
        usual[number] = np.median(around[naming]) if naming.any() else 1.0
    least = np.where(mentions > 0, _LEAST_MENTIONS_AROUND, _LEAST_MENTIONS_AROUND_SILENT)
    in_company = around >= np.maximum(least, _LEAST_COMPANY * usual[topic])
    little_company = around >= _LEAST_COMPANY_OF_ONE_KEYWORD * usual[topic]
    named = (mentions > _ENOUGH_MENTIONS) | ((mentions == _ENOUGH_MENTIONS) & little_company)
    return np.asarray(in_company | named, dtype=np.bool_)


def _centres(vectors: csr_matrix, attraction: Floats, fitting: Flags) -> Floats:
    """For each topic the mean of the articles sure of it, as far as it differs from the mean of all."""
    topic = attraction.argmax(axis=1)
    best_two = np.sort(np.pad(attraction, ((0, 0), (1, 0))), axis=1)[:, -2:]
    margin = best_two[:, 1] - best_two[:, 0]
    everything = _mean(vectors, np.arange(vectors.shape[0]))
    centres = np.zeros((attraction.shape[1], vectors.shape[1]))
    for number in range(len(centres)):
        members = np.flatnonzero(fitting & (topic == number))
        if len(members):
            sure = members[margin[members] >= np.quantile(margin[members], _DOUBTFUL)]
            centre = _mean(vectors, sure) - everything
            centres[number] = centre / max(float(np.linalg.norm(centre)), 1e-9)
    return centres


def _mean(vectors: csr_matrix, rows: Ints) -> Floats:
    chosen = csr_matrix(vectors[rows])
    total = np.bincount(chosen.indices, chosen.data, vectors.shape[1])
    return np.asarray(total / max(len(rows), 1), dtype=np.float64)

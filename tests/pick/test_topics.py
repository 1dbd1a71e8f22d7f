"""What articles are about, by keywords and by company."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from digest.pick.topics import tell_topics

SPORT = {"match": 1.0, "goal": 2.0, "coach": 1.0, "season": 1.0, "striker": 1.0}
MONEY = {"bank": 2.0, "shares": 1.0, "profit": 1.0, "quarter": 1.0, "investors": 1.0}


def week(size: int) -> tuple[list[dict[str, float]], np.ndarray]:
    """Articles on sport and on money by turns, of which every second one names its topic's keyword."""
    bags = [{**(SPORT if i % 2 == 0 else MONEY), f"name{i}": 1.0} for i in range(size)]
    mentions = np.zeros((size, 2))
    for i in range(size):
        mentions[i, i % 2] = 2.0 if i % 4 < 2 else 0.0
    return bags, mentions


def test_in_a_small_window_an_article_is_about_what_it_names() -> None:
    bags = [SPORT, MONEY, {"dough": 1.0}]

    assert tell_topics(bags, np.array([[3.0, 0.0], [0.0, 2.0], [0.0, 0.0]])) == [0, 1, -1]


def test_in_a_small_window_one_passing_mention_is_not_enough() -> None:
    assert tell_topics([SPORT, MONEY], np.array([[0.0, 1.0], [0.0, 3.0]])) == [-1, 1]


def test_in_a_large_window_an_article_goes_where_its_company_goes() -> None:
    bags, mentions = week(80)

    assert tell_topics(bags, mentions) == [i % 2 for i in range(80)]


def test_what_is_like_nothing_that_names_a_topic_fits_none() -> None:
    bags, mentions = week(80)
    bags += [{"dough": 2.0, "flour": 1.0, f"baker{i}": 1.0} for i in range(10)]
    mentions = np.vstack([mentions, np.zeros((10, 2))])

    assert tell_topics(bags, mentions)[80:] == [-1] * 10


def test_without_keywords_there_are_no_topics() -> None:
    assert tell_topics([SPORT, MONEY], np.zeros((2, 0))) == [-1, -1]


@given(st.integers(1, 90), st.integers(1, 4), st.randoms(use_true_random=False))
def test_every_article_gets_a_topic_or_none(size: int, topics: int, random) -> None:
    bags = [{random.choice("abcdefgh"): 1.0, f"w{i % 7}": 2.0} for i in range(size)]
    mentions = np.array([[float(random.randint(0, 4)) for _ in range(topics)] for _ in range(size)])

    told = tell_topics(bags, mentions)

    assert len(told) == size
    assert all(-1 <= topic < topics for topic in told)

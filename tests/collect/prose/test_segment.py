from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from digest.collect.prose.segment import article_span, main_title, maximal_runs, read_lines

PROSE = [
    "The harbour of Saltmouth froze on Sunday for the first time in forty years, and nobody went out to fish.",
    "The ice is thick enough to walk on, said the harbour master, but she would not advise anybody to try it.",
    "Boats that were out in the night found shelter in the next bay and will stay there until the wind turns.",
]
MENU = ["Home", "News", "Sport", "Weather", "Travel", "Video", "Sign in", "Search"]


@given(st.lists(st.integers(-20, 20), max_size=40))
def test_the_best_run_has_the_largest_sum_of_all(scores):
    best = max((total for _, _, total in maximal_runs(scores)), default=0)
    sums = [sum(scores[i:j]) for i in range(len(scores)) for j in range(i + 1, len(scores) + 1)]

    assert best == max([*sums, 0])


@given(st.lists(st.integers(-20, 20), max_size=60))
def test_runs_follow_each_other_and_sum_up_to_what_they_say(scores):
    runs = maximal_runs(scores)

    assert all(total == sum(scores[start:end]) > 0 for start, end, total in runs)
    assert all(before[1] <= after[0] for before, after in pairwise(runs))
    assert all(score <= 0 or any(start <= i < end for start, end, _ in runs) for i, score in enumerate(scores))


def test_a_hundred_thousand_lines_are_no_matter():
    falling = [score for _ in range(50_000) for score in (1, -2)]

    assert len(maximal_runs(falling)) == 50_000


def test_the_article_is_the_prose_between_the_menus():
    lines = read_lines(["Harbour freezes | The Gazette", *MENU, "Harbour freezes", *PROSE, *MENU, "© 2026 The Gazette"])
    span = article_span(lines)

    assert span is not None
    assert [line.text for line in lines[span.start : span.end]] == PROSE


def test_of_two_texts_the_one_below_the_title_is_the_article():
    other = [f"{line} That was elsewhere, in another year." for line in reversed(PROSE)]
    lines = read_lines(["Harbour freezes", *MENU, "Harbour freezes", *PROSE, *MENU * 3, *other])
    span = article_span(lines)

    assert span is not None
    assert [line.text for line in lines[span.start : span.end]] == PROSE


def test_the_article_ends_where_readers_comment():
    comments = ["3 comments", "I walked on it.", *[f"I do not believe it at all. {line}" for line in PROSE]]
    lines = read_lines(["Harbour freezes", *MENU, "Harbour freezes", *PROSE, *comments])
    span = article_span(lines)

    assert span is not None
    assert [line.text for line in lines[span.start : span.end]] == PROSE


def test_a_list_of_dates_belongs_to_the_article():
    dates = [f"{day} June – Saltmouth, Harbour Hall" for day in range(10, 30)]
    lines = read_lines(["Harbour tour", *MENU, "Harbour tour", *PROSE, *dates, *MENU])
    span = article_span(lines)

    assert span is not None
    assert [line.text for line in lines[span.start : span.end]] == PROSE + dates


def test_lines_without_prose_have_no_article():
    assert article_span(read_lines(MENU)) is None
    assert article_span([]) is None


def test_the_main_title_is_the_longest_part():
    assert main_title("Harbour of Saltmouth freezes - News | The Gazette") == "Harbour of Saltmouth freezes"


@given(st.lists(st.sampled_from([*PROSE, *MENU, "", "Harbour freezes"]), max_size=30))
def test_a_span_lies_within_the_lines(texts):
    lines = read_lines(text for text in texts if text)
    span = article_span(lines)

    assert span is None or 0 <= span.start < span.end <= len(lines)

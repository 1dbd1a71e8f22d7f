import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.pick.admission.shingles import Shingles

LONG = st.lists(st.sampled_from([f"w{n}" for n in range(30)]), min_size=30, max_size=120).map(" ".join)


def shared(first, second, **more):
    return Shingles.of([first, second], ["a", "b"]).shared(0, 1, **more)


def candidates(*texts):
    return set(Shingles.of(texts, [f"source {n}" for n in range(len(texts))]).candidates())


@given(LONG)
def test_a_text_shares_all_with_itself(text):
    assert shared(text, text) == 1.0


@given(LONG, LONG)
def test_the_share_is_part_of_one_and_the_same_from_both_sides(first, second):
    if len(first.split()) != len(second.split()):
        assert shared(first, second) == shared(second, first)
    assert 0.0 <= shared(first, second) <= 1.0


@given(st.lists(st.text(max_size=80), max_size=5))
def test_any_texts_can_be_searched_for_candidates(texts):
    assert all(a < b < len(texts) for a, b in Shingles.of(texts, ["s"] * len(texts)).candidates())


def test_texts_without_a_common_word_share_nothing(prose):
    assert shared(prose("x", 80), prose("y", 80)) == 0.0


def test_the_same_words_in_another_order_share_nothing(prose):
    assert shared(prose("x", 80), " ".join(reversed(prose("x", 80).split()))) == 0.0


def test_the_share_is_that_of_the_shorter_text(prose):
    assert shared(prose("x", 50), f"{prose('x', 50)} {prose('y', 40)}") == 1.0


def test_a_text_too_short_to_tell_shares_nothing(prose):
    assert shared(prose("x", 13), prose("x", 13)) == 0.0
    assert shared(prose("x", 14), prose("x", 14)) == 1.0


def test_a_much_longer_text_that_begins_with_the_shorter_holds_it(prose):
    assert shared(prose("x", 40), f"{prose('x', 40)} {prose('y', 200)}") == 1.0


def test_a_round_up_that_quotes_the_shorter_text_far_down_does_not_hold_it(prose):
    assert shared(prose("x", 40), f"{prose('y', 200)} {prose('x', 40)}") == 0.0


def test_case_and_punctuation_make_no_difference(prose):
    assert shared(prose("x", 40), prose("X", 40).replace(" ", ", ")) == 1.0


def test_a_chinese_text_shares_its_wording_with_its_copy():
    text = "央行周三宣布将基准利率维持不变并表示通货膨胀率正在缓慢回落至目标水平"

    assert shared(text, text) == 1.0


def test_copies_are_candidates_and_strangers_are_not(prose):
    assert candidates(prose("x", 80), prose("y", 80), f"{prose('z', 10)} {prose('x', 80)}") == {(0, 2)}


def test_no_text_gives_no_candidates():
    assert candidates() == set()
    assert candidates("", "one two") == set()


@pytest.fixture
def episodes(prose):
    """Four episodes of one podcast that share their sponsors."""
    texts = [f"{prose(letter, 30)} {prose('sponsor', 60)}" for letter in "abcd"]
    return Shingles.of(texts, ["pod"] * len(texts))


def test_what_several_articles_of_a_source_share_is_its_template_and_counts_for_nothing(episodes):
    assert episodes.shared(0, 1) == 0.0


def test_the_template_counts_where_it_is_asked_for(episodes):
    assert episodes.shared(0, 1, templates=True) > 0.6


def test_what_two_articles_of_a_source_share_is_no_template(prose):
    texts = [f"{prose(letter, 30)} {prose('same', 60)}" for letter in "ab"]

    assert Shingles.of(texts, ["pod", "pod"]).shared(0, 1) > 0.6


def test_what_articles_of_three_sources_share_is_no_template(prose):
    assert Shingles.of([prose("x", 60)] * 3, ["a", "b", "c"]).shared(0, 2) == 1.0

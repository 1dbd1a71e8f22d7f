import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.pick.events.vectors import term_vectors


def cosine(first, second, *others):
    """How alike the first two are among them all."""
    rows = term_vectors([first, second, *others]).rows
    return float((rows[0] @ rows[1].T).toarray()[0, 0])


@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=60)), max_size=5))
def test_rows_are_of_length_one_or_empty(article, titles_and_texts):
    articles = [article(f"a{n}", title=title, text=text) for n, (title, text) in enumerate(titles_and_texts)]

    lengths = np.linalg.norm(term_vectors(articles).rows.toarray(), axis=1)

    assert all(length == pytest.approx(1.0) or length == 0.0 for length in lengths)
    assert len(lengths) == len(articles)


def test_an_article_without_a_telling_word_is_like_none(article):
    rows = term_vectors([article("a", title="The of and", url=None), article("b", title="The of and", url=None)]).rows

    assert rows.nnz == 0


def test_articles_on_one_event_are_more_alike_than_others(quake, flood, elsewhere):
    together = cosine(quake[0], quake[1], flood, *elsewhere)

    assert together > 0.3 > cosine(quake[0], flood, quake[1], *elsewhere)


def test_a_word_of_the_headline_weighs_more_than_one_of_the_text(article, elsewhere):
    headline = article("a", title="Volcano erupts", text="People watched from afar.")
    text = article("b", title="People watched from afar", text="Volcano erupts.")
    other = article("c", title="Volcano erupts", text="Lava reached a road.")

    assert cosine(headline, other, text, *elsewhere) > cosine(text, other, headline, *elsewhere)


def test_the_words_of_the_address_count(article, elsewhere):
    plain = article("a", title="Shaken and stirred", url="https://a.example/2026/02/lisbon-earthquake-injures-dozens")
    other = article("b", title="Lisbon earthquake injures dozens")

    assert cosine(plain, other, *elsewhere) > 0.2
    assert cosine(article("a", title="Shaken and stirred"), other, *elsewhere) == 0.0


@pytest.mark.parametrize("path", ["2026/02/19/1234567", "news/live-now", "p/a-b-c"])
def test_an_address_that_names_no_subject_counts_for_nothing(article, elsewhere, path):
    numbered = article("a", title="Shaken", url=f"https://a.example/{path}")

    bare = term_vectors([article("a", title="Shaken", url=None), *elsewhere]).rows

    assert term_vectors([numbered, *elsewhere]).rows[0].nnz == bare[0].nnz


def test_words_with_one_beginning_are_alike_in_any_language(article, elsewhere):
    first, second = article("a", title="Vaccine", url=None), article("b", title="Vaccinated", url=None)
    third, fourth = article("c", title="выборы", url=None), article("d", title="выборов", url=None)

    assert cosine(first, second, *elsewhere) > 0.2
    assert cosine(third, fourth, *elsewhere) > 0.2


def test_what_all_articles_of_a_source_share_tells_nothing_about_one(article, elsewhere):
    show = "https://pod.example/feed"
    episodes = [
        article(f"e{n}", source=show, title=f"Compiler Talk: {subject}", url=None)
        for n, subject in enumerate(("bees", "rivers", "glass", "bread"))
    ]

    assert cosine(*episodes, *elsewhere) == pytest.approx(0.0, abs=1e-9)


def test_what_articles_of_many_sources_share_still_tells(article, elsewhere):
    articles = [
        article(f"e{n}", title=f"Compiler Talk: {subject}", url=None)
        for n, subject in enumerate(("bees", "rivers", "glass", "bread"))
    ]

    assert cosine(*articles, *elsewhere) > 0.2


def test_the_order_of_articles_changes_no_likeness(quake, flood, elsewhere):
    first, second, *others = [*quake, flood, *elsewhere]

    assert cosine(first, second, *others) == pytest.approx(cosine(second, first, *reversed(others)))


def test_a_text_counts_by_its_beginning_only(article, elsewhere, prose):
    long = article("a", title="Something", text=f"{prose('w', 300)} volcano", url=None)

    assert cosine(long, article("b", title="Volcano", url=None), *elsewhere) == 0.0


def test_what_a_headline_says_is_shared_out_by_how_rare_its_words_are(article, elsewhere):
    vectors = term_vectors([article("a", title="Volcano erupts"), article("b", title="The of"), *elsewhere])

    sums = np.asarray(vectors.headlines.sum(axis=1)).ravel()
    assert sums[0] == pytest.approx(1.0)
    assert sums[1] == 0.0
    assert vectors.headlines.shape == vectors.rows.shape

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from digest.pick.admission.dedupe import find_copies


def relations(articles):
    """{(copy's id, kept one's id): relation}"""
    return {(copy.article.id, copy.of.id): copy.relation for copy in find_copies(articles)[1]}


def test_one_address_in_two_feeds_is_one_article(article):
    address = "https://paper.example/story"
    first = article("a", canonical=address, title="Rates rise", hours=9)
    second = article("b", canonical=address, title="Rates rise", hours=8)

    assert relations([first, second]) == {("b", "a"): "the same address as"}


def test_one_address_under_two_titles_in_two_feeds_is_one_article(article):
    address = "https://paper.example/story"
    first = article("a", canonical=address, title="Rates rise", hours=9)
    second = article("b", canonical=address, title="Bank surprises markets", hours=8)

    assert relations([first, second]) == {("b", "a"): "the same address as"}


def test_a_podcast_that_gives_all_episodes_one_link_keeps_them_all(article):
    episodes = [
        article(f"e{n}", source="https://pod.example/feed", canonical="https://pod.example/", title=title)
        for n, title in enumerate(("On bees", "On rivers", "On glass"))
    ]

    assert find_copies(episodes) == (episodes, [])


def test_the_same_text_at_two_addresses_is_one_article(article, prose):
    first = article("a", title="Rates rise again", text=prose("w", 80), hours=9)
    second = article("b", title="Rates rise again", text=prose("w", 80), hours=8)

    assert relations([first, second]) == {("b", "a"): "the same text as"}


def test_a_copy_with_a_new_title_is_found(article, prose):
    first = article("a", title="Rates rise again", text=prose("w", 80), hours=9)
    second = article("b", title="Bank surprises the markets", text=prose("w", 80), hours=8)

    assert relations([first, second]) == {("b", "a"): "nearly the same text as"}


def test_a_copy_with_a_new_beginning_and_a_cut_end_is_found(article, prose):
    first = article("a", text=prose("w", 120), hours=9)
    second = article("b", text=f"{prose('intro', 15)} {prose('w', 100)}", hours=8)

    assert ("b", "a") in relations([first, second])


def test_texts_that_share_a_quotation_are_two_articles(article, prose):
    first = article("a", text=f"{prose('x', 100)} {prose('quote', 25)}")
    second = article("b", text=f"{prose('y', 100)} {prose('quote', 25)}")

    assert relations([first, second]) == {}


def test_the_same_text_more_than_a_week_later_is_a_new_article(article, prose):
    first = article("a", title="Rates rise again", text=prose("w", 80), hours=9)
    second = article("b", title="Rates rise again", text=prose("w", 80), published=first.published - timedelta(days=8))

    assert relations([first, second]) == {}


def test_a_bare_headline_is_a_copy_of_the_article_that_has_a_text(article, prose):
    headline = "Central bank raises rates for the third time"
    bare = article("link", title=headline, text="", hours=30)
    full = article("paper", title=headline.upper(), text=prose("w", 400), hours=20)

    assert relations([bare, full]) == {("link", "paper"): "the same headline as"}


def test_a_short_headline_may_come_twice(article, prose):
    first = article("a", title="Weekly links", text=prose("x", 40))
    second = article("b", title="Weekly links", text="")

    assert relations([first, second]) == {}


def test_episodes_that_share_their_sponsors_are_no_copies(article, prose):
    episodes = [
        article(
            f"e{n}",
            source="https://pod.example/feed",
            title=f"All about {subject}",
            text=f"{prose(subject, 40)} {prose('sponsor', 90)}",
        )
        for n, subject in enumerate(("bees", "rivers", "glass", "bread"))
    ]

    assert relations(episodes) == {}


def test_numbered_episodes_of_one_podcast_are_no_copies(article, prose):
    episodes = [
        article(f"e{n}", source="https://pod.example/feed", title=f"Open thread {n}", text=prose("w", 80))
        for n in (7, 8)
    ]

    assert relations(episodes) == {}


def test_articles_with_hardly_a_word_are_no_copies_of_each_other(article):
    assert relations([article("a", title="Photo"), article("b", title="Photo")]) == {}


def test_the_owners_weight_decides_which_copy_stays(article, prose):
    plain = article("a", text=prose("w", 80), hours=9)
    dear = article("b", text=prose("w", 80), hours=8, weight=2.0)

    assert ("a", "b") in relations([plain, dear])


def test_a_copy_that_can_be_opened_stays_before_one_without_a_link(article, prose):
    closed = article("a", text=prose("w", 80), url=None, hours=9)
    openable = article("b", text=prose("w", 80), hours=8)

    assert ("a", "b") in relations([closed, openable])


def test_the_fuller_copy_stays(article, prose):
    short = article("a", text=prose("w", 150), hours=9)
    full = article("b", text=prose("w", 290), hours=8)

    assert ("a", "b") in relations([short, full])


TEXTS = st.sampled_from(["", "a b c d e f", " ".join(f"w{n}" for n in range(60)), " ".join(f"w{n}" for n in range(75))])


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from(["News", "Six words make a real headline"]), TEXTS),
        max_size=8,
    )
)
def test_every_article_is_kept_in_its_order_or_a_copy_of_one_that_is(article, given_articles):
    articles = [
        article(f"n{n}", source=source, title=title, text=text)
        for n, (source, title, text) in enumerate(given_articles)
    ]

    kept, copies = find_copies(articles)

    assert sorted(a.id for a in (*kept, *(copy.article for copy in copies))) == [a.id for a in articles]
    assert [a for a in articles if a in kept] == kept
    assert all(copy.of in kept for copy in copies)


def test_an_article_with_a_text_is_kept_before_its_bare_headline(article):
    headline = "Harbour council votes to rebuild the old ferry pier"
    bare = article("bare", title=headline, text="")
    full = article("full", title=headline, text="The council voted on Thursday to rebuild the pier. " * 6)
    kept, (copy,) = find_copies([bare, full])

    assert kept == [full]
    assert copy.article == bare


def test_two_chinese_texts_under_one_headline_are_two_articles(article):
    headline = "今日新闻综述与深度报道"
    pier = "市议会周四投票决定重建老渡口码头，工程预计明年春天开始，费用由市政府承担。"
    moss = "植物学家在实验室里让一株干燥四十年的苔藓重新变绿，研究结果发表在周五的期刊上。"
    both = [article("one", title=headline, text=pier * 4), article("two", title=headline, text=moss * 4)]

    assert find_copies(both) == (both, [])
